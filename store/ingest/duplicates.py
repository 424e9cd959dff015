"""The same copy printed by several outlets, found and folded into one with all its sources.

Word shingles and a one-permutation MinHash: one hash a shingle, banded, so that the work
grows with the number of articles; what the bands bring together is then compared in full.
Pure and without chance: the same articles fold the same way, in whatever order they come.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from store.ingest.raw.values import RawArticle
from store.text import fold

_SHINGLE = 4  # words
_BINS = 64
_ROWS = 2  # two bins a band: a third of the words in common is found 39 times in 40
_FEWEST = 24  # shingles; less text is a copy only where it is the same word for word
_ALIKE = 0.5  # of the shingles of both
_CONTAINED = 0.7  # of the shingles of the shorter, where it was cut
_LEAST_OF_LONGER = 0.35  # as long as the longer, at least: a round-up quotes shorter ones
_MOST_A_BUCKET = 40  # heads compared; a band of boilerplate brings many strangers


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """One text and all that print it: the fullest, and the others from the earliest on."""

    article: RawArticle
    copies: tuple[RawArticle, ...] = ()

    @property
    def sources(self) -> tuple[RawArticle, ...]:
        """All that print the text, the fullest first."""
        return (self.article, *self.copies)


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What an article is compared by."""

    shingles: frozenset[int]
    whole: int

    def same(self, other: "_Sketch") -> bool:
        """Tell whether the two are one text, edited or cut."""
        if self.whole == other.whole:
            return True
        shorter, longer = sorted((len(self.shingles), len(other.shingles)))
        if shorter < _FEWEST or shorter < longer * _LEAST_OF_LONGER:
            return False
        common = len(self.shingles & other.shingles)
        return common >= (shorter + longer - common) * _ALIKE or common >= shorter * _CONTAINED


def fold_copies(articles: Sequence[RawArticle]) -> tuple[Folded, ...]:
    """Return `articles` with the copies of one text folded, by the place of the first of each.

    An article is compared with the fullest of a group, never along a chain: two texts
    that are both like a third are not one for that.
    """
    sketches = [_sketch(article) for article in articles]
    groups: dict[int, list[int]] = {}
    buckets: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for index in sorted(range(len(articles)), key=lambda i: _fullest_first(articles[i])):
        sketch = sketches[index]
        bands = tuple(_bands(sketch))
        head = _head(sketch, bands, buckets, sketches)
        if head is not None:
            groups[head].append(index)
            continue
        groups[index] = [index]
        for band in bands:
            buckets[band].append(index)
    return tuple(
        Folded(
            article=articles[head],
            copies=tuple(sorted((articles[i] for i in members if i != head), key=_earliest_first)),
        )
        for head, members in sorted(groups.items(), key=lambda each: min(each[1]))
    )


def _head(
    sketch: _Sketch,
    bands: Sequence[tuple[int, ...]],
    buckets: dict[tuple[int, ...], list[int]],
    sketches: Sequence[_Sketch],
) -> int | None:
    tried: set[int] = set()
    for band in bands:
        for head in buckets.get(band, ())[:_MOST_A_BUCKET]:
            if head not in tried and sketch.same(sketches[head]):
                return head
            tried.add(head)
    return None


def _sketch(article: RawArticle) -> _Sketch:
    words = fold(" ".join(article.paragraphs)).split()
    pieces = (" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))
    return _Sketch(frozenset(map(_hash, pieces)), _hash(" ".join(words)))


def _bands(sketch: _Sketch) -> Iterator[tuple[int, ...]]:
    """Yield the keys under which the sketch is found: its whole text, and each full band."""
    yield (sketch.whole,)
    lowest: dict[int, int] = {}
    for value in sketch.shingles:
        place = value % _BINS
        if value < lowest.get(place, value + 1):
            lowest[place] = value
    for first in range(0, _BINS, _ROWS):
        rows = [lowest.get(place) for place in range(first, first + _ROWS)]
        held = [row for row in rows if row is not None]
        if len(held) == _ROWS:
            yield (first, *held)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


def _fullest_first(article: RawArticle) -> tuple[int, str, str]:
    return (-len(article.text), *_earliest_first(article))


def _earliest_first(article: RawArticle) -> tuple[str, str]:
    day = article.published.when.start.isoformat() if article.published else "9999"
    return day, article.name
