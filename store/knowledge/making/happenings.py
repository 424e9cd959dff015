"""Which tellings of several sources are of one happening. Pure; holds no SQL.

A wrong join is worse than a missed one, so the rule is narrow (`is_one`), and what differs
is kept: a happening is its first telling, by publication, with the others beside it. Each
is held against the first only, so a source that comes later never parts or joins what
was known before it. Two tellings may be one only if they share a mark (`marks`); where
a telling belongs then depends on those alone that `is_one` ties it to, and on theirs.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from heapq import nsmallest
from itertools import combinations
from math import ceil

from store.knowledge.making.said import spelled_again
from store.knowledge.topics import stem
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
# What people are called by, and how any happening is told: no two are one for these.
_WEAK = frozenset(
    word
    for line in (
        "president prime minister foreign defence defense deputy secretary state general chief",
        "leader leaders official officials spokesman spokeswoman spokesperson ambassador head",
        "government country countries side sides tell tells saying according today yesterday",
        "tomorrow days weeks months years other others only still just there then so if could",
        "should can may might must do does did",
    )
    for word in line.split()
)
_AGAIN = frozenset(
    {"again", "second", "third", "fourth", "another", "further", "resume", "continue"}
)
# What says that something was not so; beside it, "didnt" and "keinen".
_DENIALS = frozenset(
    word
    for line in (
        "not no never none nobody nothing neither nor without cannot refus deny deni declin reject",
        "fail failur cancel cancell postpon abandon avoid disput oppos nicht nie ne ni pas",
    )
    for word in line.split()
)
_DENYING = re.compile(
    r"(?:did|do|does|wo|would|was|were|is|are|has|have|had|ca|could|should)nt|kein\w*"
)
_IRREGULAR = {
    past: present
    for pair in (
        "met meet,held hold,spoke speak,spoken speak,began begin,begun begin,sent send,left leave",
        "struck strike,sank sink,sunk sink,won win,fell fall,shot shoot,gave give,took take",
    )
    for past, present in (each.split() for each in pair.split(","))
}
_STEM = 6  # letters; Russian and Russia, negotiated and negotiation begin alike
_ALIKE = 0.5  # of the words of the shorter
_FEWEST = 3  # words in common
_NEARLY_WHOLE = 0.8  # of all words of both
_NEAR = timedelta(days=2)
_ROUNDING = 1e-9
_CROWD = 16  # happenings with one mark; a clue that more of them share is none
# More of them say nothing more, and a text may be of any length.
_MOST_PRESENT = 12
_MOST_DOINGS = 24


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


@dataclass(frozen=True, kw_only=True)
class Telling:
    """An event in the words and with the date of one source, or of several that agree.

    `order` sorts tellings by publication. One that is `first_only` corrects what was told
    before: it may lead a happening, and never be a line beside another's.
    """

    key: str
    order: tuple[str, ...]
    sources: frozenset[str]
    when: When
    text: str
    status: Status
    people: frozenset[str] = frozenset()
    place: str | None = None  # its key
    first_only: bool = False

    @cached_property
    def words(self) -> frozenset[str]:
        """All words that say what it is about, names and numbers among them."""
        return frozenset(
            _root(word) for word in fold(self.text).split() if word not in _STOP and len(word) > 1
        )

    @cached_property
    def doings(self) -> frozenset[str]:
        """The words that say what was done: no names, for everything in a story shares those.

        What is written with a capital counts as a name, and a number does not count.
        """
        doings = {
            _root(word)
            for word, written in zip(*spelled_again(self.text), strict=True)
            if not (written[0].isupper() or written[0].isdigit())
            and word not in _STOP
            and word not in _WEAK
            and len(word) > 1
        }
        few = len(doings) <= _MOST_DOINGS
        return frozenset(doings if few else _longest(doings)[:_MOST_DOINGS])

    @cached_property
    def present(self) -> frozenset[str]:
        """Who is in it."""
        if len(self.people) <= _MOST_PRESENT:
            return self.people
        return frozenset(nsmallest(_MOST_PRESENT, self.people))

    @cached_property
    def clues(self) -> frozenset[str]:
        """Words of which it shares one with any telling of the same that shares somebody with it.

        Two of one happening have a third of their doings in common, or nearly all words.
        """
        return frozenset(_beginning(self.doings, 1 / 3)) if self.doings else self.words

    @cached_property
    def clues_of_all(self) -> frozenset[str]:
        """Words of which it shares one with any telling of the same, where both name nobody."""
        return frozenset(_beginning(self.words, _NEARLY_WHOLE))

    @cached_property
    def is_again(self) -> bool:
        """Tell whether it says that the like was there before."""
        return any(stem(word) in _AGAIN for word in fold(self.text).split())

    @cached_property
    def denies(self) -> bool:
        """Tell whether it says that something was not so, or was not done."""
        words = fold(self.text).split()
        return any(stem(word) in _DENIALS or _DENYING.fullmatch(word) for word in words)


@lru_cache(maxsize=1 << 16)
def _root(word: str) -> str:
    return stem(_IRREGULAR.get(word, word))[:_STEM]


def marks(telling: Telling) -> list[str]:
    """Return what a telling is looked for by: two that share no mark are never one.

    Of the same date they share a person or the place, and a word; or a word, where they
    name neither. Of days at most two apart they share two persons, or a person and the place.
    """
    present = [*telling.present, *([telling.place] if telling.place else [])]
    day = str(telling.when)
    said = telling.clues if present else telling.clues_of_all
    found = [f"{day} {one} {word}" for one in present or ("",) for word in said]
    if telling.when.precision is Precision.DAY and len(present) > 1:
        number = telling.when.start.toordinal()
        pairs = [f"{min(pair)} {max(pair)}" for pair in combinations(present, 2)]
        found += [f"{number + later} {pair}" for later in range(_NEAR.days + 1) for pair in pairs]
    return found


def _beginning(words: Iterable[str], share: float) -> list[str]:
    """Return so many of the longest words that sets with such a `share` in common meet in them."""
    longest = _longest(words)
    return longest[: len(longest) - ceil(share * len(longest) - _ROUNDING) + 1]


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(sorted(words), key=len, reverse=True)  # equally long ones stay in their order


def is_one(one: Telling, other: Telling) -> bool:
    """Tell whether two tellings are of one happening.

    Never what one source tells as two, nor what has another status or is in another place, nor
    a denial and what it denies.
    Of the same date it is the same doings (a third of the longer telling's and half of the
    shorter's), with a person or the place in common: the more of these, the fewer words; or
    nearly all words. Of days that differ, and of dates as wide as a month, more is asked for.
    """
    if one.status is not other.status or not one.sources.isdisjoint(other.sources):
        return False
    if one.place and other.place and one.place != other.place:
        return False
    if one.denies != other.denies or not are_worded_alike(one, other):
        return False
    common = len(one.doings & other.doings)
    same_place = one.place is not None and one.place == other.place
    persons = len(one.present & other.present)
    met = persons > 1 or (persons == 1 and same_place)
    if one.when != other.when:
        near = _are_near(one.when, other.when) and one.is_again == other.is_again
        return near and met and _same_doings(one, other, common, shared=1)
    exact = one.when.end - one.when.start <= _NEAR
    shared = persons + same_place if exact else int(met)
    if shared and _same_doings(one, other, common, shared=shared):
        return True
    nameless = not (one.present or one.place or other.present or other.place)
    return (persons + same_place > 0 or nameless) and _nearly_whole(one.words, other.words)


def are_worded_alike(one: Telling, other: Telling) -> bool:
    """Tell whether enough of the same is done for two tellings to be of one happening."""
    return 3 * len(one.doings & other.doings) >= max(len(one.doings), len(other.doings))


def _are_near(one: When, other: When) -> bool:
    exact = one.precision is other.precision is Precision.DAY
    return exact and abs(one.start - other.start) <= _NEAR


def _nearly_whole(one: frozenset[str], other: frozenset[str]) -> bool:
    common = len(one & other)
    return common >= _FEWEST and common >= _NEARLY_WHOLE * (len(one) + len(other) - common)


def _same_doings(one: Telling, other: Telling, common: int, *, shared: int) -> bool:
    """Tell whether the same is done, by what is `shared` of persons and place."""
    shorter = min(len(one.doings), len(other.doings))
    fewest = _FEWEST if shared == 1 else _FEWEST - 1
    if shared > 2:  # noqa: PLR2004 (two who meet somewhere): all that a short telling says
        fewest = max(1, min(fewest, shorter))
    return common >= fewest and 2 * common >= shorter


class _Happening:
    """The tellings found to be of one happening so far."""

    def __init__(self, first: Telling) -> None:
        self.tellings = [first]
        self.sources = set(first.sources)
        self.place = first.place

    def takes(self, new: Telling) -> bool:
        """Tell whether `new` is of it too."""
        if new.place and self.place and new.place != self.place:
            return False
        return self.sources.isdisjoint(new.sources) and is_one(self.tellings[0], new)

    def add(self, new: Telling) -> None:
        self.tellings.append(new)
        self.sources |= new.sources
        self.place = self.place or new.place

    def nearness(self, new: Telling) -> tuple[bool, int, int]:
        """Return how well `new` fits: by date, by words, by persons."""
        first = self.tellings[0]
        common = len(first.words & new.words)
        return first.when == new.when, common, len(first.people & new.people)


class _Marked:
    """The happenings by their marks; most marks are those of one only."""

    def __init__(self) -> None:
        self._first: dict[str, _Happening] = {}
        self._others: dict[str, list[_Happening]] = {}

    def add(self, happening: _Happening, of_it: Iterable[str]) -> None:
        for mark in of_it:
            if self._first.setdefault(mark, happening) is not happening:
                others = self._others.setdefault(mark, [])
                if len(others) < _CROWD:
                    others.append(happening)

    def near(self, of_it: Iterable[str]) -> Collection[_Happening]:
        """Return the happenings that have one of the marks."""
        found: dict[int, _Happening] = {}
        for mark in of_it:
            if (first := self._first.get(mark)) is not None:
                found[id(first)] = first
                for other in self._others.get(mark, ()):
                    found[id(other)] = other
        return found.values()


def join_happenings(tellings: Iterable[Telling]) -> tuple[Sequence[Telling], ...]:
    """Join the tellings of the same happening: each is in one, the first of it leads.

    Whatever the order in which they come. Their keys must differ.
    """
    found: list[_Happening] = []
    marked = _Marked()
    for telling in sorted(tellings, key=lambda one: (one.order, one.key)):
        of_it = marks(telling)
        home = None if telling.first_only else _home(telling, marked.near(of_it))
        if home is not None:
            home.add(telling)
        else:
            found.append(_Happening(telling))
            marked.add(found[-1], of_it)
    return tuple(happening.tellings for happening in found)


def _home(telling: Telling, near: Iterable[_Happening]) -> _Happening | None:
    """Return the happening that `telling` is of, the nearest if several fit."""
    fitting = [one for one in near if one.takes(telling)]
    if not fitting:
        return None
    best = max(one.nearness(telling) for one in fitting)
    nearest = (one for one in fitting if one.nearness(telling) == best)
    return min(nearest, key=lambda one: (one.tellings[0].order, one.tellings[0].key))
