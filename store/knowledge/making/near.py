"""Events that may be of one happening with what some sources tell: near in date, who and where."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from store.database import Connection
from store.knowledge.making.equalising import among
from store.knowledge.making.happenings import Telling, are_worded_alike
from store.knowledge.values import Precision, Status, When

# An event stands under the date of its first telling; another of it may be so much off.
_REACH = timedelta(days=4)
# CROSS JOIN: what is given comes first. SQLite would rather go through all without a place.
_GIVEN = (
    "WITH given AS (SELECT json_extract(value, '$[0]') AS what, "
    "json_extract(value, '$[1]') AS first, json_extract(value, '$[2]') AS last FROM json_each(?)) "
)
_BY_PERSON = (
    "SELECT event, starts, what FROM given CROSS JOIN event_person "
    "ON person = what AND starts BETWEEN first AND last"
)
_BY_PLACE = (
    "SELECT key, starts, what FROM given CROSS JOIN event "
    "ON place_key = what AND starts BETWEEN first AND last"
)
_NAMELESS = (
    "SELECT key, starts, what FROM given CROSS JOIN event "
    "ON place_key IS NULL AND starts BETWEEN first AND last "
    "WHERE NOT EXISTS (SELECT 1 FROM event_person WHERE event = key)"
)
_NOBODY = ""  # what those share who name neither persons nor a place
_TEXTS = 1 << 15  # of the days around what is told of one, in a story of a million summaries

_Reach = tuple[str, str]  # the first and the last day


class Near:
    """Finds the events known that tellings may be of one happening with."""

    def __init__(self, db: Connection) -> None:
        """Look among what `db` holds."""
        self._db = db

    def to(self, tellings: Sequence[Telling], known: Collection[str]) -> dict[str, list[Telling]]:
        """Return the events, but for `known`, each with those of `tellings` that may be of it.

        They share a person or the place, or name neither, near in date; and what is done.
        """
        sought = _Sought(tellings)
        around = [
            (event, starts, what)
            for question, reaches in sought.reaches.items()
            for event, starts, what in self._around(question, reaches)
            if event not in known
        ]
        told = self._told({event for event, _, _ in around})
        found: dict[str, dict[str, Telling]] = defaultdict(dict)
        for event, starts, what in around:
            for telling in sought.like(what, starts, *told[event]):
                found[event][telling.key] = telling
        return {event: list(alike.values()) for event, alike in found.items()}

    def _around(
        self, question: str, reaches: Mapping[str, Iterable[_Reach]]
    ) -> list[tuple[str, str, str]]:
        given = [(what, *reach) for what, each in reaches.items() for reach in _merged(each)]
        return self._db.execute(_GIVEN + question, [json.dumps(given)]).fetchall()

    def _told(self, events: Collection[str]) -> dict[str, tuple[str, list[str]]]:
        """Return the status of each of the events, and the words in which it is told."""
        rows = among(self._db, "SELECT key, status, text FROM event WHERE key IN keys", events)
        told = {key: (status, [text]) for key, status, text in rows}
        for event, text in among(
            self._db,
            "SELECT event, text FROM event_source WHERE event IN keys AND text IS NOT NULL",
            events,
        ):
            told[event][1].append(text)
        return told


class _Sought:
    """Tellings, found by what others of the same happening share with them.

    That is a person or the place, and a word: to hold each against all that is known of its
    days takes the time of the days that there are.
    """

    def __init__(self, tellings: Iterable[Telling]) -> None:
        # By question: the days that each person or place is looked for in.
        self.reaches: dict[str, dict[str, list[_Reach]]] = {}
        self._given: dict[str, list[tuple[Telling, _Reach]]] = {}
        self._by_clue: dict[str, dict[str, list[tuple[Telling, _Reach]]]] = {}
        for telling in tellings:
            reach = _reach(telling)
            for question, what in _shared(telling):
                self.reaches.setdefault(question, {}).setdefault(what, []).append(reach)
                self._given.setdefault(what, []).append((telling, reach))

    def like(self, what: str, starts: str, status: str, texts: Iterable[str]) -> Iterator[Telling]:
        """Yield those that share `what` with an event, of which the same may be told."""
        by_clue = self._with(what)
        for text in texts:
            other = _of(text)
            for clue in by_clue.keys() & _clues(other, what):
                for telling, (first, last) in by_clue[clue]:
                    if (
                        first <= starts <= last
                        and telling.status == status
                        and are_worded_alike(telling, other)
                    ):
                        yield telling

    def _with(self, what: str) -> Mapping[str, Sequence[tuple[Telling, _Reach]]]:
        """Return by their clues those that share `what`; for most there is nothing to ask it."""
        if what not in self._by_clue:
            found = self._by_clue[what] = {}
            for given in self._given[what]:
                for clue in _clues(given[0], what):
                    found.setdefault(clue, []).append(given)
        return self._by_clue[what]


def _shared(telling: Telling) -> Iterator[tuple[str, str]]:
    """Yield what an event may share with a telling, each with the question for such events."""
    for person in telling.present:
        yield _BY_PERSON, person
    if telling.place:
        yield _BY_PLACE, telling.place
    elif not telling.present:
        yield _NAMELESS, _NOBODY


def _clues(telling: Telling, what: str) -> frozenset[str]:
    return telling.clues_of_all if what == _NOBODY else telling.clues


@lru_cache(maxsize=_TEXTS)
def _of(text: str) -> Telling:
    day = When.day(date.min)
    return Telling(
        key="", order=(), sources=frozenset(), when=day, text=text, status=Status.HAPPENED
    )


def _reach(telling: Telling) -> _Reach:
    when = telling.when
    if when.precision is not Precision.DAY:
        return when.start.isoformat(), when.start.isoformat()
    return _shift(when.start, -_REACH).isoformat(), _shift(when.start, _REACH).isoformat()


def _shift(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def _merged(reaches: Iterable[_Reach]) -> Iterator[_Reach]:
    """Yield the same days, each once."""
    first = last = ""
    for begins, ends in sorted(reaches):
        if last and begins <= last:
            last = max(last, ends)
            continue
        if last:
            yield first, last
        first, last = begins, ends
    if last:
        yield first, last
