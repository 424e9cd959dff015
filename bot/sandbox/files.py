"""Files on their way up and down: pictures are measured, nothing is changed or fetched."""

import struct

from bot.sandbox.errors import (
    EMPTY_FILE,
    FAILED_URL,
    FILE_TOO_BIG,
    IMAGE_PROCESS_FAILED,
    PHOTO_DIMENSIONS,
    WRONG_FILE_ID,
    TelegramError,
    bad_request,
)
from bot.sandbox.params import Params, Upload
from bot.sandbox.world import StoredFile, World

# [docs] "Sending files" and getFile
MAX_PHOTO = 10 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_SIDES = 10_000
MAX_RATIO = 20


def new_file(world: World, kind: str, upload: Upload) -> StoredFile:
    """Check an uploaded file and give it an id, without keeping it."""
    if not upload.data:
        raise bad_request(EMPTY_FILE)
    if len(upload.data) > MAX_UPLOAD:
        raise TelegramError(413, "Request Entity Too Large")
    width = height = 0
    if kind == "photo":
        width, height = _measured(upload.data)
    serial = world.next_serial()
    return StoredFile(
        file_id=f"sandbox-{kind}-{serial}",
        unique_id=f"u{serial}",
        kind=kind,
        name=upload.name or None,
        mime_type=upload.mime_type,
        data=upload.data,
        width=width,
        height=height,
    )


def keep_files(world: World, *files: StoredFile) -> None:
    """Keep files that are being sent."""
    world.files.update({file.file_id: file for file in files})


def read_file(
    world: World, params: Params, kind: str, name: str, given: str | None = None
) -> StoredFile:
    """Find or make the file that a parameter means: an upload, `attach://…` or a file id."""
    upload = params.upload(name)
    value = params.text(name) if given is None else given
    if value.startswith("attach://"):
        upload = params.upload(value.removeprefix("attach://"))
        value = ""
    if upload is not None:
        return new_file(world, kind, upload)
    if not value and given is not None:
        raise bad_request("can't parse InputMedia: media not found")
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request(FAILED_URL)  # the sandbox fetches nothing
    file = world.files.get(value)
    if file is None:
        raise bad_request(WRONG_FILE_ID)
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def downloadable(world: World, file_id: str) -> StoredFile:
    """Find the file that getFile asks for."""
    if not file_id:
        raise bad_request("file_id not specified")
    file = world.files.get(file_id)
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.data) > MAX_DOWNLOAD:
        raise bad_request(FILE_TOO_BIG)
    return file


def _measured(data: bytes) -> tuple[int, int]:
    size = image_size(data)
    if size is None:
        raise bad_request(IMAGE_PROCESS_FAILED)
    if len(data) > MAX_PHOTO:
        raise bad_request(
            f"file of size {len(data)} bytes is too big for a photo; "
            f"the maximum size is {MAX_PHOTO} bytes"
        )
    long, short = max(size), min(size)
    if short < 1 or sum(size) > MAX_SIDES or long > MAX_RATIO * short:
        raise bad_request(PHOTO_DIMENSIONS)
    return size


def image_size(data: bytes) -> tuple[int, int] | None:
    """Read width and height out of a PNG, GIF, JPEG or WebP, or None."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            width, height = struct.unpack(">II", data[16:24])
        elif data.startswith((b"GIF87a", b"GIF89a")):
            width, height = struct.unpack("<HH", data[6:10])
        elif data.startswith(b"\xff\xd8"):
            return _jpeg_size(data)
        elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp_size(data)
        else:
            return None
    except struct.error:
        return None
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:  # noqa: PLR2004 - every JPEG segment begins with FF
            return None
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:  # noqa: PLR2004
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return (
            1 + int.from_bytes(data[24:27], "little"),
            1 + int.from_bytes(data[27:30], "little"),
        )
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = struct.unpack("<I", data[21:25])[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return None
