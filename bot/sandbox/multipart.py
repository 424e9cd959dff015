"""Multipart forms, read as Telegram's server reads them, which is not quite as the standard has it.

A file's name may stand without quotation marks, and then goes up to the next semicolon
whatever it holds; names are URL-decoded, as some clients encode them; whatever else the
header carries is passed over. [server] HttpReader.cpp
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

_BOUNDARY = re.compile(r'boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))', re.IGNORECASE)
_FORM_DATA = "form-data;"
_PARAMETER = re.compile(
    r"""\s*([^=;]*?)\s*=\s*            # its name
    (?:"((?:[^"\\]|\\.)*)"\s*|([^;]*)) # its value, in quotation marks or up to the semicolon
    (?:;|$)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One field of a form; a file where it has a file name."""

    name: str
    file_name: str | None
    content_type: str
    data: bytes


def read_parts(content_type: str, body: bytes) -> list[Part]:
    """Read the parts of a multipart body, or raise ValueError."""
    return list(_read(content_type, body))


def _read(content_type: str, body: bytes) -> Iterator[Part]:
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise ValueError("boundary not found")
    border = b"\r\n--" + (found[1] or found[2]).encode()
    for piece in (b"\r\n" + body).split(border)[1:]:
        if piece.startswith(b"--"):
            return
        head, blank_line, data = piece.partition(b"\r\n\r\n")
        if not blank_line:
            raise ValueError("a part has no headers")
        yield _part(head.decode(), data)
    raise ValueError("the end is missing")


def _part(head: str, data: bytes) -> Part:
    lines = (line.partition(":") for line in head.split("\r\n"))
    headers = {name.strip().lower(): value.strip() for name, _, value in lines}
    disposition = headers.get("content-disposition", "")
    if not disposition.startswith(_FORM_DATA):
        raise ValueError("expected form-data content disposition")
    parameters = {
        match[1]: unquote(match[3] if match[2] is None else re.sub(r"\\(.)", r"\1", match[2]))
        for match in _PARAMETER.finditer(disposition, len(_FORM_DATA))
    }
    file_name = parameters.get("filename")
    return Part(
        name=parameters.get("name", "").strip(),
        file_name=None if file_name is None else file_name.strip(),
        content_type=headers.get("content-type", "application/octet-stream"),
        data=data,
    )
