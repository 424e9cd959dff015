"""Plain text: folding for comparison, words, sentences. Knows nothing of the story."""

import re
import unicodedata
from collections.abc import Iterator

from anyascii import anyascii

_WORD = re.compile(r"\w+", re.UNICODE)
_NOT_ALNUM = re.compile(r"[^0-9a-z]+")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_END = re.compile(r"[.!?]+[\"\u201d\u2019')\]]*(?=\s+[\"\u201c\u2018('\[]*\w)", re.UNICODE)
_ABBREVIATIONS = frozenset(
    word
    for line in (
        "mr mrs ms dr prof gen col lt sgt capt adm sen rep gov st jr sr vs etc no inc ltd co corp",
        "dept jan feb mar apr jun jul aug sep sept oct nov dec mt ft cf",
    )
    for word in line.split()
)


def fold(text: str) -> str:
    """Return `text` as it is compared: ASCII letters and digits, lower case, single spaces.

    Other scripts are transliterated as people type them (Шерман → sherman), so
    that a name is found in whatever script it is asked for.
    """
    plain = anyascii(_APOSTROPHE.sub("", unicodedata.normalize("NFC", text))).casefold()
    return _NOT_ALNUM.sub(" ", plain).strip()


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` in their order, as written."""
    return tuple(_WORD.findall(text))


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of `text`; a blank line ends one, a line break does not."""
    return tuple(
        sentence
        for block in re.split(r"\n\s*\n", text)
        for sentence in _split_block(" ".join(block.split()))
    )


def _split_block(block: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(block):
        if match.group().startswith(".") and _is_abbreviation(block[start : match.start()]):
            continue
        if block[match.end() :].lstrip(" \"'“‘([")[:1].islower():  # noqa: RUF001
            continue
        yield block[start : match.end()].strip()
        start = match.end()
    if rest := block[start:].strip():
        yield rest


def _is_abbreviation(before: str) -> bool:
    last = before.rsplit(maxsplit=1)[-1:] or [""]
    word = last[0].lstrip("(\"'“‘").casefold()  # noqa: RUF001
    return word in _ABBREVIATIONS or bool(re.fullmatch(r"(?:[a-z]\.)*[a-z]", word))
