"""What store.text means, in the plainest words: letter by letter, nothing kept."""

import re
import unicodedata
from collections.abc import Iterator

from anyascii import anyascii

_POSSESSIVE = re.compile("(?<=\\w)['\u2019]s\\b")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bb\u02bc`\u00b4]")


def fold(text: str) -> str:
    plain = anyascii(unicodedata.normalize("NFC", text))
    return re.sub(r"[^0-9a-z]+", " ", _APOSTROPHE.sub("", plain).casefold()).strip()


def words(text: str) -> tuple[str, ...]:
    plain = _POSSESSIVE.sub("", unicodedata.normalize("NFC", text))
    kept = "".join(letter if _in_word(letter) else " " for letter in plain)
    return tuple(word for word in kept.split() if any(map(str.isalnum, word)))


def spelled_words(text: str) -> Iterator[tuple[str, str]]:
    for word in words(_APOSTROPHE.sub("", _POSSESSIVE.sub("", text))):
        for part in fold(word).split():
            yield part, word


def _in_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")
