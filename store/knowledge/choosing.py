"""How a page of events is found: along one index, from whichever end of it is nearer.

The events of a timeline lie in stretches, one behind the other in the order of time: those
up to "as of" and those after it, or those of a date. Each stretch is a range of an index
that holds the dates beside what they are chosen by, so that a page costs what stands on
it, however many events there are; how many there are is remembered (store.knowledge.remembering).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from store.database import Connection
from store.knowledge.remembering import counted
from store.knowledge.values import When

Values = Mapping[str, str | None]

# What can drive: the table in the order of time, and what the others must share with it.
_TABLES = {
    "person": ("event_person", "person = :person"),
    "beside": ("event_person", "person = :beside"),
    "subject": ("event_subject", "subject = :subject"),
    "also": ("event_subject", "subject = :also"),
    "place": ("event", "place_key = :place"),
}
_LONG = "ends > starts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Events that share something: of which index they are a range, and what else they must be."""

    table: str
    key: str  # the column with the key of the event
    where: str
    open: str  # what tells a plan of which no outcome is known
    values: Values

    @classmethod
    def by(cls, db: Connection, **given: str | None) -> "Chosen":
        """Return the events with all of what is `given`; the rarest of it drives."""
        values = {name: value for name, value in given.items() if value is not None}
        names = list(values)
        if len(names) > 1:
            names.sort(key=lambda name: _count_of(db, name, values))
        table, where = _TABLES[names[0]] if names else ("event", "TRUE")
        others = [_shared(name, "chosen." + _key_in(table)) for name in names[1:]]
        is_event = table == "event"
        return cls(
            table=table,
            key=_key_in(table),
            where=" AND ".join([where, *others]),
            open="status = 'planned' AND NOT borne_out" if is_event else "open",
            values=values,
        )

    def stretch(self, condition: str, values: Mapping[str, str], *, few: bool = False) -> "Stretch":
        """Return those of the events that `condition` lets through."""
        return Stretch(self, f"{self.where} AND {condition}", {**self.values, **values}, few)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Events in the order of time that can be counted, and read from either end."""

    chosen: Chosen
    where: str
    values: Values = field(default_factory=dict)
    few: bool = False  # to be found by what they are, and then put in order

    @property
    def source(self) -> str:
        """What a statement selects from."""
        return f"FROM {self.chosen.table} AS chosen WHERE {self.where}"

    def until(self, day: str) -> "Stretch":
        """Return those of the events that begin no later than `day`."""
        values = {**self.values, "until": day}
        return Stretch(self.chosen, f"{self.where} AND starts <= :until", values, self.few)

    def count(self, db: Connection) -> int:
        """Return how many there are."""
        return counted(db, f"SELECT COUNT(*) {self.source}", self.values)

    def first(self, db: Connection, limit: int, skipped: int = 0) -> list[str]:
        """Return the keys of the first."""
        order = "+starts, ends, {key}" if self.few else "starts, ends, {key}"
        return self._keys(db, order, limit, skipped)

    def last(self, db: Connection, limit: int, skipped: int = 0) -> list[str]:
        """Return the keys of the last, the last one first."""
        return self._keys(db, "starts DESC, ends DESC, {key} DESC", limit, skipped)

    def slice(self, db: Connection, begin: int, end: int, count: int) -> list[str]:
        """Return the keys from number `begin` up to `end` of the `count` that there are."""
        if begin <= count - end:
            return self.first(db, end - begin, begin)
        return self.last(db, end - begin, count - end)[::-1]

    def _keys(self, db: Connection, order: str, limit: int, skipped: int) -> list[str]:
        key = self.chosen.key
        rows = db.conn.execute(
            f"SELECT {key} {self.source} ORDER BY {order.format(key=key)} "
            "LIMIT :limit OFFSET :skipped",
            {**self.values, "limit": limit, "skipped": skipped},
        )
        return [row[0] for row in rows]


def page(
    db: Connection, stretches: Sequence[tuple[Stretch, int]], *, limit: int, offset: int
) -> list[str]:
    """Return the keys of a page of all stretches, each given with how many it holds."""
    keys: list[str] = []
    first = 0
    for stretch, count in stretches:
        begin, end = max(offset - first, 0), min(offset + limit - first, count)
        if begin < end:
            keys += stretch.slice(db, begin, end, count)
        first += count
    return keys


def sized(db: Connection, stretches: Sequence[Stretch]) -> list[tuple[Stretch, int]]:
    """Return stretches with how many each holds."""
    return [(stretch, stretch.count(db)) for stretch in stretches]


def of_date(db: Connection, chosen: Chosen, when: When) -> list[Stretch]:
    """Return the stretches of what shares a day with `when`, as any of its sources dates it.

    What began before it and goes on is looked for among what lasts longer than a day.
    """
    days = {
        "first": when.start.isoformat(),
        "last": when.end.isoformat(),
        "before": _days_before(when.start, _longest(db)),
    }
    began = f"starts >= :before AND starts < :first AND {_LONG} AND ends >= :first"
    within = chosen.stretch("starts BETWEEN :first AND :last", days)
    told = json.dumps([row[0] for row in db.conn.execute(_TOLD, days)])
    if told == "[]":
        return [chosen.stretch(began, days), within]
    among = f"{chosen.key} IN (SELECT value FROM json_each(:told))"  # noqa: S608 (our own text)
    return [
        chosen.stretch(f"({began} OR starts < :first AND {among})", {**days, "told": told}),
        within,
        chosen.stretch(f"starts > :last AND {among}", {**days, "told": told}),
    ]


# Events that some source tells of that date; most that it is not the event's own.
_TOLD = """
    SELECT DISTINCT event FROM event_source
    WHERE starts BETWEEN :before AND :last AND ends >= :first ORDER BY event
"""


def nearest(db: Connection, chosen: Chosen, when: When) -> list[str]:
    """Return the keys of the last event before `when` and of the first after it, if any."""
    days = {"first": when.start.isoformat(), "last": when.end.isoformat()}
    after = chosen.stretch("starts > :last", days).first(db, 1)
    ended = chosen.stretch("starts < :first AND ends < :first", days)
    for starts in db.conn.execute(
        f"SELECT starts {ended.source} ORDER BY starts DESC LIMIT 1", ended.values
    ):
        # Only what lasts longer can have begun before that and ended after it.
        since = _days_before(date.fromisoformat(starts[0]), _longest(db))
        ends = chosen.stretch("starts >= :since AND starts < :first AND ends < :first", days)
        before = db.conn.execute(
            f"SELECT {chosen.key} {ends.source} "
            f"ORDER BY ends DESC, starts DESC, {chosen.key} LIMIT 1",
            {**ends.values, "since": since},
        ).fetchall()
        return [before[0][0], *after]
    return after


def _longest(db: Connection) -> int:
    """Return over how many days an event goes on at most."""
    longest = db.conn.execute(
        "SELECT MAX(julianday(ends) - julianday(starts)) FROM event WHERE ends > starts"
    ).fetchone()[0]
    return int(longest or 0)


def _days_before(day: date, days: int) -> str:
    return date.fromordinal(max(day.toordinal() - days, 1)).isoformat()


def _count_of(db: Connection, name: str, values: Values) -> int:
    table, where = _TABLES[name]
    question = f"SELECT COUNT(*) FROM {table} WHERE {where}"  # noqa: S608 (our own text)
    return counted(db, question, {name: values[name]})


def _key_in(table: str) -> str:
    return "key" if table == "event" else "event"


def _shared(name: str, event: str) -> str:
    table, where = _TABLES[name]
    key = _key_in(table)
    same = f"other.{key} = {event} AND other.{where}"
    return f"EXISTS (SELECT 1 FROM {table} AS other WHERE {same})"  # noqa: S608 (our own text)
