"""What is news: the items of the knowledge as the ledger counts them, and told again by key."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from store.database import Connection
from store.knowledge.quotes import Quote, quotes_of_keys
from store.knowledge.remembering import counted
from store.knowledge.sources import Source, sources_of_keys
from store.knowledge.timeline import Event, events_of_keys


class Kind(StrEnum):
    """What can be news."""

    SOURCE = "source"
    EVENT = "event"
    QUOTE = "quote"


_KINDS: Mapping[str, Kind] = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsworthy:
    """An item, and what makes it news again when it changes."""

    kind: Kind
    key: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Items told in full: events and quotes in the order of time, sources by number."""

    sources: tuple[Source, ...]
    events: tuple[Event, ...]
    quotes: tuple[Quote, ...]

    def __bool__(self) -> bool:
        return bool(self.sources or self.events or self.quotes)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsPage:
    """One page of news, events before quotes before sources, and how many there are of each."""

    news: News
    counted: Mapping[Kind, int]
    offset: int

    @property
    def total(self) -> int:
        """How many there are on all pages."""
        return sum(self.counted.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class LastOf:
    """The last of some events, in the order of time, and how many stand before them."""

    events: tuple[Event, ...]
    before: int = 0


def revision(db: Connection) -> str | None:
    """Return what stands for all that is known; None before anything is."""
    row = db.conn.execute("SELECT text FROM revision").fetchone()
    return str(row[0]) if row else None


# Where a look through all of a kind begins, and how it goes on: in the order of an index that has
# all that is asked for; in that of the rows where none has, for to fetch each takes longer.
_LOOKS: Mapping[Kind, tuple[str | int, str]] = {
    Kind.SOURCE: ("", "SELECT key, key, '' FROM source WHERE key > ? ORDER BY key LIMIT ?"),
    Kind.EVENT: (-1, "SELECT rowid, key, status FROM event WHERE rowid > ? ORDER BY rowid LIMIT ?"),
    Kind.QUOTE: ("", "SELECT key, key, '' FROM quote WHERE key > ? ORDER BY key LIMIT ?"),
}


def newsworthy(
    db: Connection, kind: Kind, after: str | int | None = None, *, limit: int
) -> tuple[tuple[Newsworthy, ...], str | int | None]:
    """Return items of a kind that can be news, and after what the next ones stand, if any do.

    There may be millions: no more than `limit` come at a time. An event is news again when its
    status changes.
    """
    first, question = _LOOKS[kind]
    rows = db.conn.execute(question, (first if after is None else after, limit)).fetchall()
    found = tuple(Newsworthy(kind=kind, key=key, mark=mark) for _, key, mark in rows)
    return found, rows[-1][0] if len(rows) == limit else None


def told(db: Connection, keys: Iterable[tuple[str, str]]) -> News:
    """Return the items of `keys` (kind, key) that are still known."""
    by_kind = _by_kind(keys)
    return News(
        sources=sources_of_keys(db, by_kind[Kind.SOURCE]),
        events=events_of_keys(db, by_kind[Kind.EVENT]),
        quotes=quotes_of_keys(db, by_kind[Kind.QUOTE]),
    )


def _by_kind(keys: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    by_kind: dict[str, list[str]] = {kind: [] for kind in Kind}
    for kind, key in keys:
        by_kind.setdefault(kind, []).append(key)
    return by_kind


# Events and quotes in the order of time, sources by number, as `told` has them.
_IN_ORDER = """
    SELECT kind, key FROM (
    SELECT 1 AS rank, 'event' AS kind, key, starts || ends AS time FROM event
    WHERE key IN (SELECT value FROM json_each(:keys, '$.event')
    UNION SELECT event FROM event_source
    WHERE telling IN (SELECT value FROM json_each(:keys, '$.event')))
    UNION ALL SELECT 2, 'quote', key, sorted FROM quote
    WHERE key IN (SELECT value FROM json_each(:keys, '$.quote'))
    UNION ALL SELECT 3, 'source', key, printf('%09d', n) FROM source
    WHERE key IN (SELECT value FROM json_each(:keys, '$.source')))
    ORDER BY rank, time, key
"""


def news_page(
    db: Connection, keys: Iterable[tuple[str, str]], *, limit: int, offset: int
) -> NewsPage:
    """Return a page of the items of `keys` (kind, key) that are still known."""
    named = json.dumps(_by_kind(keys))
    known = [(_KINDS[kind], key) for kind, key in db.conn.execute(_IN_ORDER, {"keys": named})]
    return NewsPage(
        news=told(db, known[offset : offset + limit]),
        counted=Counter(kind for kind, _key in known),
        offset=offset,
    )


# Each finds the last that begin; how many there are is counted where they are not all.
_PLANNED = """
    FROM event WHERE status = 'planned' AND precision IN ('day', 'range')
    AND ends >= :first AND +starts <= :last
"""
_ON_A_DAY = "FROM event WHERE starts = :day AND status != 'planned' AND precision = 'day'"


def planned_between(db: Connection, first: date, last: date, *, limit: int) -> LastOf:
    """Return what is planned for the days from `first` to `last`: the last that begin."""
    days = {"first": first.isoformat(), "last": last.isoformat()}
    keys = _keys(db, f"{_PLANNED} ORDER BY +starts DESC, ends DESC, key DESC", days, limit)
    total = len(keys) if len(keys) < limit else counted(db, f"SELECT COUNT(*) {_PLANNED}", days)
    return LastOf(events=events_of_keys(db, keys), before=total - len(keys))


def on_this_day(db: Connection, day: date, *, limit: int) -> LastOf:
    """Return what happened on the same day of earlier years: the last of it."""
    began = db.conn.execute("SELECT MIN(starts) FROM event").fetchone()[0]
    years = range(int(began[:4]), day.year) if began else ()
    days = [{"day": f"{year:04}-{day:%m-%d}"} for year in reversed(years)]
    keys: list[str] = []
    total = 0
    for asked in days:
        found = _keys(db, f"{_ON_A_DAY} ORDER BY ends DESC, key DESC", asked, limit - len(keys))
        keys += found
        full = len(keys) == limit
        total += counted(db, f"SELECT COUNT(*) {_ON_A_DAY}", asked) if full else len(found)
    return LastOf(events=events_of_keys(db, keys), before=total - len(keys))


def _keys(db: Connection, found: str, values: Mapping[str, str], limit: int) -> list[str]:
    """Return the keys of the first events that are `found`, in its order."""
    asked = {**values, "limit": limit}
    return [key for (key,) in db.conn.execute(f"SELECT key {found} LIMIT :limit", asked)]
