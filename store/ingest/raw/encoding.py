"""From bytes to text: byte order marks, declared encodings, and a refusal of what is no text.

Knows four families: UTF-8, UTF-16, UTF-32 and the Windows code page that old pages use.
"""

import codecs
import re

from store.ingest.clean import clean_text
from store.ingest.raw.values import RawError

LARGEST = 5_000_000  # bytes; a novel takes one million
LONGEST_LINE = 200_000  # characters; a whole article on one line takes 30,000

_MARKS = (  # the longer before those that they begin with
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
)
_DECLARED = re.compile(
    rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.IGNORECASE
)
_HEAD = 2048  # bytes; HTML wants its declaration in the first 1,024
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL = 0.001  # of all characters
_REMEDY = "save it as text in UTF-8"
_SAME = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "utf-8"}  # as browsers take them
_CODECS = frozenset({"utf-8", "cp1252", "utf-16", "utf-16-le", "utf-16-be"})


def decode(raw: bytes, name: str, *, declared: str | None = None) -> str:
    """Return the text in `raw`, cleaned; `declared` is what the sender called its encoding.

    Raises `RawError` naming `name` for what is too large or no text.
    """
    if len(raw) > LARGEST:
        raise RawError(name, f"is larger than {LARGEST:,} bytes", "give one article a file")
    for head, kind in _BINARY:
        if raw.startswith(head):
            raise RawError(name, f"is {kind}, not text", _REMEDY)
    text = _decoded(raw, name, declared)
    controls = len(_CONTROL.findall(text))
    if controls > 1 and controls > len(text) * _MOST_CONTROL:
        raise RawError(name, "is binary, not text", _REMEDY)
    if not text.strip():
        raise RawError(name, "is empty", "give a file with text in it")
    return clean_text(text)


def _decoded(raw: bytes, name: str, declared: str | None) -> str:
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, codec, name)
    if unmarked := _without_mark(raw[:_HEAD]):
        return _strictly(raw, unmarked, name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for said in (declared, _declared_inside(raw)):
        if said and (text := _as_declared(raw, said)) is not None:
            return text
    if re.search(rb"[\x00-\x08\x0e-\x1a\x7f]", raw) and raw.count(0):
        raise RawError(name, "is binary, not text", _REMEDY)
    return raw.decode("cp1252", "replace")


def _strictly(raw: bytes, codec: str, name: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        shown = codec.removesuffix("-sig").upper()
        raise RawError(name, f"begins as {shown} but is not", _REMEDY) from error


def _without_mark(head: bytes) -> str | None:
    """Tell UTF-16 by its empty bytes: in Latin letters every second one is."""
    even, odd = head[::2], head[1::2]
    if len(head) < 8 or not head.count(0):  # noqa: PLR2004 (too little to tell)
        return None
    mostly = len(odd) * 0.6
    if odd.count(0) > mostly and even.count(0) <= len(even) // 50:
        return "utf-16-le"
    if even.count(0) > mostly and odd.count(0) <= len(odd) // 50:
        return "utf-16-be"
    return None


def _declared_inside(raw: bytes) -> str | None:
    match = _DECLARED.search(raw[:_HEAD])
    return match[1].decode("ascii") if match else None


def _as_declared(raw: bytes, said: str) -> str | None:
    """Decode by a declared encoding of plain text; Python knows others that are none."""
    try:
        codec = codecs.lookup(_SAME.get(said.casefold(), said)).name
        codec = _SAME.get(codec.replace("iso8859", "iso-8859"), codec)
        single = codec.startswith(("iso8859", "cp125", "koi8", "mac-"))
        if codec not in _CODECS and not single and codec not in _EASTERN:
            return None
        return raw.decode(codec)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


_EASTERN = frozenset({"gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"})
