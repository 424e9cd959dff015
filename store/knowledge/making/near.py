"""Events that may be of one happening with what some sources tell: near in date, who and where."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from store.database import Connection
from store.knowledge.making.equalising import among
from store.knowledge.making.happenings import Telling, are_worded_alike
from store.knowledge.values import Precision, Status, When

# An event stands under the date of its first telling; another of it may be so much off.
_REACH = timedelta(days=4)
_GIVEN = (
    "WITH given AS (SELECT json_extract(value, '$[0]') AS n, json_extract(value, '$[1]') AS what, "
    "json_extract(value, '$[2]') AS first, json_extract(value, '$[3]') AS last FROM json_each(?)) "
)
_BY_PERSON = (
    "SELECT DISTINCT n, event FROM given JOIN event_person "
    "ON person = what AND starts BETWEEN first AND last"
)
_BY_PLACE = (
    "SELECT n, key FROM given JOIN event ON place_key = what AND starts BETWEEN first AND last"
)
_NAMELESS = (
    "SELECT n, key FROM given JOIN event ON place_key IS NULL AND starts BETWEEN first AND last "
    "WHERE NOT EXISTS (SELECT 1 FROM event_person WHERE event = key)"
)


class Near:
    """Finds the events known that tellings may be of one happening with."""

    def __init__(self, db: Connection) -> None:
        """Look among what `db` holds."""
        self._db = db

    def to(self, tellings: Sequence[Telling], known: Collection[str]) -> dict[str, list[Telling]]:
        """Return the events, but for `known`, each with those of `tellings` that may be of it.

        They share a person or the place, or name neither, near in date; and what is done.
        """
        pairs: set[tuple[int, str]] = set()
        reaches = [_reach(telling) for telling in tellings]
        for question, shared in (
            (_BY_PERSON, lambda telling: sorted(telling.present)),
            (_BY_PLACE, lambda telling: [telling.place] if telling.place else []),
            (_NAMELESS, lambda telling: [] if telling.present or telling.place else [""]),
        ):
            given = [
                (number, one, *reaches[number])
                for number, telling in enumerate(tellings)
                for one in shared(telling)
            ]
            pairs.update(self._db.execute(_GIVEN + question, [json.dumps(given)]).fetchall())
        told = self._told({event for _, event in pairs if event not in known})
        found: dict[str, list[Telling]] = defaultdict(list)
        for number, event in pairs:
            if event in told and _may_be_one(tellings[number], *told[event]):
                found[event].append(tellings[number])
        return found

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


def _may_be_one(telling: Telling, status: str, texts: Iterable[str]) -> bool:
    return telling.status == status and any(are_worded_alike(telling, _of(text)) for text in texts)


@lru_cache(maxsize=1 << 14)
def _of(text: str) -> Telling:
    day = When.day(date.min)
    return Telling(
        key="", order=(), sources=frozenset(), when=day, text=text, status=Status.HAPPENED
    )


def _reach(telling: Telling) -> tuple[str, str]:
    when = telling.when
    if when.precision is not Precision.DAY:
        return when.start.isoformat(), when.start.isoformat()
    return _shift(when.start, -_REACH).isoformat(), _shift(when.start, _REACH).isoformat()


def _shift(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day
