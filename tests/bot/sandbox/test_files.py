import pytest

from bot.sandbox.errors import TelegramError
from bot.sandbox.files import image_size
from bot.sandbox.params import Upload
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.world import User
from tests.bot.sandbox.calling import DOCUMENT, PHOTO, Calling, bad, png

JPEG = bytes.fromhex("ffd8 ffe0 0004 0000 ffc0 000b 08 0102 0304 03 ffd9")
WEBP_LOSSY = b"RIFF0000WEBPVP8 " + bytes(10) + (7).to_bytes(2, "little") + (5).to_bytes(2, "little")
WEBP_LOSSLESS = b"RIFF0000WEBPVP8L" + bytes(5) + (6 | 4 << 14).to_bytes(4, "little")
WEBP_EXTENDED = b"RIFF0000WEBPVP8X" + bytes(8) + b"\x06\0\0\x04\0\0"


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(640, 480), (640, 480)),
        (b"GIF89a" + (3).to_bytes(2, "little") + (2).to_bytes(2, "little"), (3, 2)),
        (JPEG, (0x0304, 0x0102)),
        (WEBP_LOSSY, (7, 5)),
        (WEBP_LOSSLESS, (7, 5)),
        (WEBP_EXTENDED, (7, 5)),
        (b"text", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", None),
        (b"\xff\xd8", None),
        (b"RIFF0000WEBPXXXX", None),
    ],
)
def test_pictures_are_measured(data: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(data) == size


def test_what_was_sent_is_downloaded_byte_for_byte(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    telegram.people.send_document(ann.id, ann.id, DOCUMENT)
    document = call.updates()[-1]["message"]["document"]

    described = call("getFile", file_id=document["file_id"])
    stored = telegram.download(SANDBOX_TOKEN, described["file_path"])

    assert described["file_path"].endswith(".txt")
    assert described["file_size"] == len(DOCUMENT.data)
    assert stored.data == DOCUMENT.data
    assert telegram.file(document["file_id"]) is stored


def test_what_is_not_there_is_not_downloaded(telegram: Telegram, ann: User, call: Calling) -> None:
    telegram.people.send_photo(ann.id, ann.id, PHOTO)

    with pytest.raises(TelegramError, match="404 Not Found"):
        telegram.download(SANDBOX_TOKEN, "photos/none.jpg")
    with pytest.raises(TelegramError, match="401 Unauthorized"):
        telegram.download("1:wrong", "photos/none.jpg")
    assert call.refusal("getFile") == bad("file_id not specified")
    assert call.refusal("getFile", file_id="x") == bad("invalid file_id")


def test_files_over_twenty_megabytes_are_not_downloaded(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    large = Upload(name="large.bin", data=bytes(20 * 1024 * 1024 + 1))
    telegram.people.send_document(ann.id, ann.id, large)
    document = call.updates()[-1]["message"]["document"]

    refusal = call.refusal("getFile", file_id=document["file_id"])

    assert refusal == bad("file is too big")


def test_a_picture_without_a_name_is_a_jpg(telegram: Telegram, ann: User) -> None:
    photo = telegram.people.send_photo(ann.id, ann.id, Upload(name="", data=png()))

    stored = telegram.file(photo.content["photo"][0]["file_id"])

    assert stored is not None
    assert stored.path.endswith(".jpg")
