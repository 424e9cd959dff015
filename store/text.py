"""Plain text: folding for comparison, words, sentences. Knows nothing of the story.

Most texts are ASCII and are folded by bytes, far quicker than letter by letter. Of others each
word is worked out once and kept for a while: words recur, texts do not.
"""

import re
import string
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from anyascii import anyascii

_POSSESSIVE = re.compile("(?<=\\w)['\u2019]s\\b")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bb\u02bc`\u00b4]")
_ASCII_APOSTROPHES = b"'`"  # and soft signs, transliterated
_ASCII_WORDS = bytes(
    code if chr(code) in string.ascii_letters + string.digits else ord(" ") for code in range(256)
)
_ASCII_FOLDED = _ASCII_WORDS.lower()
_KEPT = 4096  # words
_LONGEST_KEPT = 64  # letters; what has more is no word that comes again
_BEFORE_END = 20  # characters; longer than any abbreviation
_NO_ABBREVIATION = 5  # letters in a row: none has as many
_STOPS = "[.!?\u0589\u061f\u06d4\u0964]"
_END = re.compile(  # one stop and more: a search for one letter of a set is quicker than for x+
    f"{_STOPS}{_STOPS}*[\"\u201d\u2019')\\]]*(?=\\s+[\"\u201c\u2018('\\[]*(\\w))"
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


class Words(NamedTuple):
    """The words of a text: each folded, and beside it as it is written."""

    folded: list[str]
    written: list[str]


def fold(text: str) -> str:
    """Return `text` as it is compared: ASCII letters and digits, lower case, single spaces.

    Other scripts are transliterated as people type them (Шерман → sherman), so
    that a name is found in whatever script it is asked for.
    """
    if text.isascii():
        kept = text.encode().translate(_ASCII_FOLDED, _ASCII_APOSTROPHES)
        return b" ".join(kept.split()).decode()
    folded = (
        _transliterate_known(word) if len(word) <= _LONGEST_KEPT else _transliterate(word)
        for word in text.split(" ")
    )
    return " ".join(filter(None, folded))


def _transliterate(text: str) -> str:
    return fold(anyascii(unicodedata.normalize("NFC", text)))


_transliterate_known = lru_cache(_KEPT)(_transliterate)


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` in their order, as written; a possessive 's is none."""
    if text.isascii():
        return tuple(_without_possessives(text).translate(_ASCII_WORDS).decode().split())
    plain = _POSSESSIVE.sub("", unicodedata.normalize("NFC", text))
    kept = "".join(letter if in_word(letter) else " " for letter in plain)
    return tuple(word for word in kept.split() if any(map(str.isalnum, word)))


def _without_possessives(text: str) -> bytes:
    """Return ASCII `text` without each possessive 's, as bytes."""
    return (_POSSESSIVE.sub("", text) if "'" in text else text).encode()


def spelled(text: str) -> Words:
    """Return each word of `text` folded, and as it is written.

    A word as written may stand beside several that it folds to, and has no apostrophes.
    """
    if text.isascii():
        plain = _without_possessives(text)
        kept = plain.translate(_ASCII_WORDS, _ASCII_APOSTROPHES).decode()
        return Words(kept.lower().split(), kept.split())
    pieces = [
        _spell_known(piece) if len(piece) <= _LONGEST_KEPT else _spell(piece)
        for piece in text.split()
    ]
    return Words(
        list(chain.from_iterable(folded for folded, _ in pieces)),
        list(chain.from_iterable(written for _, written in pieces)),
    )


def _spell(text: str) -> Words:
    found = Words([], [])
    for word in words(_APOSTROPHE.sub("", _POSSESSIVE.sub("", text))):
        for part in fold(word).split():
            found.folded.append(part)
            found.written.append(word)
    return found


_spell_known = lru_cache(_KEPT)(_spell)


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
        if following.islower():
            continue
        before = block[max(start, match.start() - _BEFORE_END) : match.start()]
        if match.group().startswith(".") and _is_abbreviation(before, following):
            continue
        yield block[start : match.end()].strip()
        start = match.end()
    if rest := block[start:].strip():
        yield rest


def _is_abbreviation(before: str, following: str) -> bool:
    if before[-_NO_ABBREVIATION:].isalpha() and len(before) >= _NO_ABBREVIATION:
        return False
    last = before.rsplit(maxsplit=1)[-1:] or [""]
    word = last[0].lstrip("([\"'“‘").casefold()
    if word == "no":  # of number; else the end of a sentence
        return following.isdigit()
    if word in _ABBREVIATIONS:
        return True
    return word[1:2] in {"", "."} and bool(_INITIALS.fullmatch(word))  # the first is the quicker
