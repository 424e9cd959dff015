"""Which events of several texts are one happening, and in what their sources differ.

Every source is kept. Where they give different days or different figures for the same thing,
both stand and the happening is disputed; nothing is averaged. Reads no text beyond the
sentences that it is given.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from store.knowledge.values import Precision, Status, When
from store.text import fold

_STOP = frozenset(
    word
    for line in (
        "a an the and or but of to in on at by for from with as is are was were be been being",
        "it its he she they his her their this that these those who which what when where while",
        "after before will would has have had not no also more than over under into about",
        "between during against said says say told added monday tuesday wednesday thursday",
        "friday saturday sunday january february march april may june july august september",
        "october november december day week month year last next new two first",
    )
    for word in line.split()
)
_STEM = 6  # letters; Russian and Russia, negotiated and negotiation begin alike
_ALIKE = 0.5  # of the words of the shorter
_FEWEST = 3  # words in common
_NEAR = timedelta(days=2)


@lru_cache(maxsize=4096)
def telling_words(sentence: str) -> frozenset[str]:
    """Return the words of `sentence` that say what it is about, cut to their beginnings."""
    return frozenset(
        word[:_STEM] for word in fold(sentence).split() if word not in _STOP and len(word) > 1
    )


def alike(one: Collection[str], other: Collection[str]) -> bool:
    """Tell whether two sets of telling words are mostly of the same."""
    common = len(frozenset(one) & frozenset(other))
    return common >= _FEWEST and common >= _ALIKE * min(len(one), len(other))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event as one source tells it."""

    source: str
    text: str
    when: When
    status: Status
    people: frozenset[str] = frozenset()
    place: str | None = None
    figures: tuple[tuple[str, str], ...] = ()  # what is counted, and how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One happening with all that tell it."""

    told: tuple[Told, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources, each once."""
        return tuple(dict.fromkeys(each.source for each in self.told))

    @property
    def dates(self) -> tuple[When, ...]:
        """The dates that the sources give, each once."""
        return tuple(sorted({each.when for each in self.told}))

    @property
    def disputed_date(self) -> bool:
        """Tell whether two sources give days that cannot both be right."""
        return any(
            not one.overlaps(other) for one in self.dates for other in self.dates if one < other
        )

    @property
    def disputed_figures(self) -> tuple[str, ...]:
        """What the sources give different numbers for."""
        values: dict[str, set[str]] = defaultdict(set)
        for each in self.told:
            for what, value in each.figures:
                values[fold(what)].add(fold(value))
        return tuple(sorted(what for what, given in values.items() if len(given) > 1))

    @property
    def disputed(self) -> bool:
        """Tell whether the sources differ in the date or in a figure."""
        return self.disputed_date or bool(self.disputed_figures)


def join_happenings(told: Iterable[Told]) -> tuple[Happening, ...]:
    """Join what is told of the same happening; the order is that of the dates."""
    groups: list[list[Told]] = []
    by_day: dict[int, list[int]] = defaultdict(list)
    for each in sorted(told, key=lambda one: (one.when, one.source, one.text)):
        days = range(each.when.start.toordinal() - _NEAR.days, each.when.start.toordinal() + 1)
        near = [place for day in days for place in by_day.get(day, ())]
        home = next((place for place in near if _same(groups[place], each)), None)
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append(each)
        by_day[each.when.start.toordinal()].append(home)
    return tuple(Happening(told=tuple(group)) for group in groups)


def _same(group: Sequence[Told], new: Told) -> bool:
    return any(_is_one(old, new) for old in group)


def _is_one(old: Told, new: Told) -> bool:
    """Tell whether two sentences tell of one happening.

    On the same day, telling words in common do; of days that differ it must also be the same
    people or place, or a source would dispute what it says of another meeting.
    """
    if not alike(telling_words(old.text), telling_words(new.text)):
        return False
    if old.when.overlaps(new.when) and _as_exact(old.when, new.when):
        return True
    days = {old.when.precision, new.when.precision} == {Precision.DAY}
    if not days or old.source == new.source:
        return False
    shared = len(old.people & new.people)
    placed = old.place is not None and old.place == new.place
    return shared >= 2 or (shared == 1 and placed)  # noqa: PLR2004 (two who meet)


def _as_exact(one: When, other: When) -> bool:
    """Tell whether two dates are about as exact: a year holds too much to be one day's."""
    wide = {Precision.YEAR, Precision.MONTH}
    return one.precision == other.precision or not {one.precision, other.precision} & wide
