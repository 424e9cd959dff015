"""Plain text: folding for comparison, words, sentences. Knows nothing of the story."""

import re
import unicodedata
from collections.abc import Iterator

from anyascii import anyascii

_POSSESSIVE = re.compile("(?<=\\w)['\u2019]s\\b")
_NOT_ALNUM = re.compile(r"[^0-9a-z]+")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bb\u02bc`\u00b4]")  # and soft signs, in ASCII
_BEFORE_END = 20  # characters; longer than any abbreviation
_END = re.compile(
    "[.!?\u0589\u061f\u06d4\u0964]+[\"\u201d\u2019')\\]]*(?=\\s+[\"\u201c\u2018('\\[]*(\\w))"
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ABBREVIATIONS = frozenset(
    word
    for line in (
        "mr mrs ms dr prof gen col lt sgt capt adm sen rep gov st jr sr vs etc inc ltd co corp",
        "dept jan feb mar apr jun jul aug sep sept oct nov dec mt ft cf",
    )
    for word in line.split()
)


def fold(text: str) -> str:
    """Return `text` as it is compared: ASCII letters and digits, lower case, single spaces.

    Other scripts are transliterated as people type them (Шерман → sherman), so
    that a name is found in whatever script it is asked for.
    """
    plain = text if text.isascii() else anyascii(unicodedata.normalize("NFC", text))
    return _NOT_ALNUM.sub(" ", _APOSTROPHE.sub("", plain).casefold()).strip()


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` in their order, as written; a possessive 's is none."""
    plain = _POSSESSIVE.sub("", unicodedata.normalize("NFC", text))
    kept = "".join(letter if in_word(letter) else " " for letter in plain)
    return tuple(word for word in kept.split() if any(map(str.isalnum, word)))


def folded_words(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each word of `text` folded, and whether it begins like a name: not in lower case."""
    for part, word in spelled_words(text):
        yield part, not word[0].islower()


def spelled_words(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word of `text` folded, and as it is written."""
    for word in words(_APOSTROPHE.sub("", _POSSESSIVE.sub("", text))):
        for part in fold(word).split():
            yield part, word


def in_word(letter: str) -> bool:
    """Tell whether `letter` is part of a word."""
    # Marks too: the vowels of many scripts are marks on their letters.
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of `text`; a blank line ends one, a line break does not.

    They are cut at spaces only, so their words are those of the text.
    """
    return tuple(
        sentence
        for block in re.split(r"\n\s*\n", text)
        for sentence in _split_block(" ".join(block.split()))
    )


def _split_block(block: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(block):
        following = match.group(1)
        before = block[max(start, match.start() - _BEFORE_END) : match.start()]
        if match.group().startswith(".") and _is_abbreviation(before, following):
            continue
        if following.islower():
            continue
        yield block[start : match.end()].strip()
        start = match.end()
    if rest := block[start:].strip():
        yield rest


def _is_abbreviation(before: str, following: str) -> bool:
    last = before.rsplit(maxsplit=1)[-1:] or [""]
    word = last[0].lstrip("([\"'“‘").casefold()
    if word == "no":  # of number; else the end of a sentence
        return following.isdigit()
    return word in _ABBREVIATIONS or bool(_INITIALS.fullmatch(word))
