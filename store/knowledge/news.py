"""What is news: the items of the knowledge as the ledger counts them, and told again by key."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from store.database import Connection, select
from store.knowledge.quotes import Quote, quotes_of_keys
from store.knowledge.sources import Source, sources_of_keys
from store.knowledge.timeline import Event, events_of_keys


class Kind(StrEnum):
    """What can be news."""

    SOURCE = "source"
    EVENT = "event"
    QUOTE = "quote"


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


def revision(db: Connection) -> str | None:
    """Return what stands for all that is known; None before anything is."""
    row = db.execute("SELECT text FROM revision").fetchone()
    return str(row[0]) if row else None


def newsworthy(db: Connection) -> tuple[Newsworthy, ...]:
    """Return every item that can be news. An event is news again when its status changes."""
    rows = select(
        db,
        "SELECT 'source' AS kind, key, '' AS mark FROM source "
        "UNION ALL SELECT 'event', key, status FROM event "
        "UNION ALL SELECT 'quote', key, '' FROM quote",
    )
    return tuple(
        Newsworthy(kind=Kind(row["kind"]), key=row["key"], mark=row["mark"]) for row in rows
    )


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
    known = [(Kind(row["kind"]), row["key"]) for row in select(db, _IN_ORDER, {"keys": named})]
    return NewsPage(
        news=told(db, known[offset : offset + limit]),
        counted=Counter(kind for kind, _key in known),
        offset=offset,
    )


def planned_between(db: Connection, first: date, last: date) -> tuple[Event, ...]:
    """Return what is planned for the days from `first` to `last`."""
    rows = select(
        db,
        "SELECT key FROM event WHERE status = 'planned' AND precision IN ('day', 'range') "
        "AND ends >= :first AND +starts <= :last",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return events_of_keys(db, [row["key"] for row in rows])


def on_this_day(db: Connection, day: date) -> tuple[Event, ...]:
    """Return what happened on the same day of earlier years."""
    began = db.execute("SELECT MIN(starts) FROM event").fetchone()[0]
    years = range(int(began[:4]), day.year) if began else ()
    rows = select(
        db,
        "SELECT key FROM event WHERE starts IN (SELECT value FROM json_each(:days)) "
        "AND status != 'planned' AND precision = 'day'",
        {"days": json.dumps([f"{year:04}-{day:%m-%d}" for year in years])},
    )
    return events_of_keys(db, [row["key"] for row in rows])
