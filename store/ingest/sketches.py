"""What texts are told to be copies by: runs of words as numbers, whole or a sample to remember.

Pure and without chance, the same from one run of the program to the next. Which of many
texts are copies is found in duplicates.py.
"""

import re
from array import array
from base64 import b85decode, b85encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from itertools import accumulate
from sys import byteorder
from zlib import crc32

from store.ingest.raw.values import RawArticle

_SHINGLE = 4  # words
_BINS = 64
_ROWS = 2  # two bins a band: a third of the words in common is found 39 times in 40
_FEWEST = 24  # shingles; less text is a copy only where it is the same word for word
_ALIKE = 0.5  # of the shingles of both
_CONTAINED = 0.7  # of the shingles of the shorter, where it was cut
_LEAST_OF_LONGER = 0.35  # as long as the longer, at least: a round-up quotes shorter ones
_SAMPLE = 128  # shingles that are remembered; how much two share is known to a twentieth
_WORD = re.compile(r"\w+")
_APOSTROPHES = re.compile("['\u2018\u2019`\u00b4]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What is remembered of a text: the lowest of its shingles, and how many it has."""

    lowest: frozenset[int]
    count: int
    whole: int

    def __str__(self) -> str:
        """Return it as words of a line."""
        numbers = array("I", sorted(self.lowest))
        if byteorder == "big":
            numbers.byteswap()
        return f"{self.count} {self.whole} {b85encode(numbers.tobytes()).decode()}"

    @classmethod
    def parse(cls, text: str) -> "Sample":
        """Return what `str` made. Raises ValueError."""
        count, whole, packed = (*text.split(), "")[:3]
        numbers = array("I", b85decode(packed))
        if byteorder == "big":
            numbers.byteswap()
        found = cls(lowest=frozenset(numbers), count=int(count), whole=int(whole))
        if len(found.lowest) != min(found.count, _SAMPLE):
            raise ValueError("a sample that was cut short")
        return found

    def same(self, other: "Sample") -> bool:
        """Tell whether the two are of one text, edited or cut, as far as samples tell."""
        if self.whole == other.whole:
            return True
        seen = nsmallest(_SAMPLE, self.lowest | other.lowest)
        if not seen:
            return False
        share = sum(each in self.lowest and each in other.lowest for each in seen) / len(seen)
        return _is_copy(self.count, other.count, share / (1 + share) * (self.count + other.count))

    def bands(self) -> Iterator[tuple[int, ...]]:
        """Yield the keys under which the text is found."""
        return _bands(self.whole, self.lowest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What a text is compared by."""

    shingles: frozenset[int]
    whole: int

    def same(self, other: "Sketch") -> bool:
        """Tell whether the two are one text, edited or cut."""
        if self.whole == other.whole:
            return True
        common = len(self.shingles & other.shingles)
        return _is_copy(len(self.shingles), len(other.shingles), common)

    def bands(self) -> Iterator[tuple[int, ...]]:
        """Yield the keys under which the text is found: the whole, and each full band."""
        return _bands(self.whole, self.shingles)

    def sample(self) -> Sample:
        """Return what is to be remembered."""
        lowest = frozenset(nsmallest(_SAMPLE, self.shingles))
        return Sample(lowest=lowest, count=len(self.shingles), whole=self.whole)


def sketch_of(article: RawArticle) -> Sketch:
    """Return what an article is compared by: its words, whatever marks stand between them."""
    text = _APOSTROPHES.sub("", " ".join(article.paragraphs)).casefold()
    words = [word.encode() for word in _WORD.findall(text)]
    whole = b" ".join(words)
    ends = list(accumulate(len(word) + 1 for word in words))
    starts = [0, *ends]
    # A hash of four bytes suffices for texts that are compared pair by pair, and is quick.
    shingles = frozenset(
        crc32(whole[start : end - 1])
        for start, end in zip(starts, ends[_SHINGLE - 1 :], strict=False)
    )
    digest = blake2b(whole, digest_size=8).digest()
    return Sketch(shingles=shingles, whole=int.from_bytes(digest, "big"))


def _is_copy(one: int, other: int, common: float) -> bool:
    """Tell whether two texts with so many shingles, and so many in common, are one."""
    shorter, longer = sorted((one, other))
    if shorter < _FEWEST or shorter < longer * _LEAST_OF_LONGER:
        return False
    return common >= (shorter + longer - common) * _ALIKE or common >= shorter * _CONTAINED


def _bands(whole: int, shingles: Iterable[int]) -> Iterator[tuple[int, ...]]:
    yield (whole,)
    lowest: list[int | None] = [None] * _BINS
    for value in sorted(shingles, reverse=True):
        lowest[value % _BINS] = value
    for first in range(0, _BINS, _ROWS):
        rows = [row for row in lowest[first : first + _ROWS] if row is not None]
        if len(rows) == _ROWS:
            yield (first, *rows)
