"""The same copy printed by several outlets, found and folded into one with all its sources.

Word shingles and a one-permutation MinHash: one hash a shingle, banded, so that the work
grows with the number of articles; what the bands bring together is then compared in full.
Pure and without chance: the same articles fold the same way, in whatever order they come.
Of texts that were read in an earlier run only samples are known; `Remembered` finds copies
of those.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from store.ingest.raw.values import RawArticle
from store.ingest.sketches import Sample, Sketch, sketch_of

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


def fold_copies(articles: Sequence[RawArticle]) -> tuple[Folded, ...]:
    """Return `articles` with the copies of one text folded, by the place of the first of each.

    An article is compared with the fullest of a group, never along a chain: two texts
    that are both like a third are not one for that.
    """
    sketches = [sketch_of(article) for article in articles]
    groups: dict[int, list[int]] = {}
    buckets: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for index in sorted(range(len(articles)), key=lambda i: _fullest_first(articles[i])):
        sketch = sketches[index]
        bands = tuple(sketch.bands())
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
    sketch: Sketch,
    bands: Sequence[tuple[int, ...]],
    buckets: dict[tuple[int, ...], list[int]],
    sketches: Sequence[Sketch],
) -> int | None:
    tried: set[int] = set()
    for band in bands:
        for head in buckets.get(band, ())[:_MOST_A_BUCKET]:
            if head not in tried and sketch.same(sketches[head]):
                return head
            tried.add(head)
    return None


_Home = TypeVar("_Home")
_FULLER = 1.25  # times as long: it tells more, and is no mere copy


class Remembered(Generic[_Home]):
    """Texts of earlier runs, each by its sample and with where it went."""

    def __init__(self, samples: Mapping[_Home, Sample]) -> None:
        self._samples = samples
        self._buckets: defaultdict[tuple[int, ...], list[_Home]] = defaultdict(list)
        for home, sample in samples.items():
            for band in sample.bands():
                self._buckets[band].append(home)

    def find(self, article: RawArticle) -> _Home | None:
        """Return where the text went of which `article` is a copy that does not tell much more."""
        sketch = sketch_of(article)
        sample = sketch.sample()
        tried: set[_Home] = set()
        for band in sketch.bands():
            for home in self._buckets.get(band, ())[:_MOST_A_BUCKET]:
                known = self._samples[home]
                fuller = sample.count > known.count * _FULLER
                if home not in tried and not fuller and sample.same(known):
                    return home
                tried.add(home)
        return None


def _fullest_first(article: RawArticle) -> tuple[int, str, str]:
    return (-len(article.text), *_earliest_first(article))


def _earliest_first(article: RawArticle) -> tuple[str, str]:
    day = article.published.when.start.isoformat() if article.published else "9999"
    return day, article.name
