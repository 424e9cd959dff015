"""What is known of sources: their list, one with all that was taken from it, and "as of"."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from store.database import Connection, select
from store.knowledge.remembering import counted
from store.knowledge.values import Basis, Side, Story

Citations = tuple["Citation", ...]
Row = tuple[Any, ...]  # as SQLite gives it: by position, at a fraction of what names cost


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Citation:
    """What stands behind a `[n]`."""

    n: int
    key: str
    outlet: str
    published: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article that a summary is of, with the summary's own words."""

    citation: Citation
    title: str
    document: str | None
    basis: Basis
    because: str | None
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceList:
    """One page of the sources, newest first, and how many there are."""

    sources: tuple[Source, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much is known."""

    sources: int
    people: int
    events: int
    quotes: int
    figures: int


_KINDS = {
    "sources": "source",
    "people": "person",
    "events": "event",
    "quotes": "quote",
    "figures": "figure",
}
_SOURCE = "SELECT n, key, outlet, published, title, document, basis, because, body FROM source"
_NEWEST = (
    f"{_SOURCE} WHERE n IN (SELECT n FROM source ORDER BY published DESC, n DESC "  # noqa: S608 (our own text)
    "LIMIT :limit OFFSET :offset) ORDER BY +published DESC, n DESC"
)
_OF_KEYS = f"{_SOURCE} WHERE key IN (SELECT value FROM json_each(:keys)) ORDER BY +n"  # noqa: S608 (our own text)
_CITED = {
    kind: f"SELECT {kind}, n, key, outlet, published FROM {kind}_source "  # noqa: S608 (three names)
    f"JOIN source INDEXED BY source_cited ON source.key = {kind}_source.source "
    f"WHERE {kind} IN (SELECT value FROM json_each(:keys)) ORDER BY n"
    for kind in ("event", "quote", "figure")
}


def story(db: Connection) -> Story | None:
    """Return what the story is, or None where nothing was ever loaded."""
    for row in select(db, "SELECT title, intro, language FROM story"):
        sides = select(db, "SELECT name, short, colour FROM side ORDER BY position")
        return Story(**row, sides=tuple(Side(**side) for side in sides))
    return None


def as_of(db: Connection) -> date | None:
    """Return the newest day of publication: the story's own today."""
    newest = db.conn.execute("SELECT MAX(published) FROM source").fetchone()[0]
    return date.fromisoformat(newest) if newest else None


def counts(db: Connection) -> Counts:
    """Return how much of each kind is known."""
    return Counts(
        **{kind: counted(db, f"SELECT COUNT(*) FROM {table}", {}) for kind, table in _KINDS.items()}  # noqa: S608 (our own names)
    )


def sources(db: Connection, *, offset: int = 0, limit: int = 10) -> SourceList:
    """Return the sources, newest first."""
    rows = db.conn.execute(_NEWEST, {"limit": limit, "offset": offset})
    total = counted(db, "SELECT COUNT(*) FROM source", {})
    return SourceList(sources=tuple(map(_source, rows)), total=total)


def source(db: Connection, key: str) -> Source | None:
    """Return the source with `key`, or None where there is none (any more)."""
    rows = db.conn.execute(f"{_SOURCE} WHERE key = :key", {"key": key})
    return next(map(_source, rows), None)


def key_of_number(db: Connection, number: int) -> str | None:
    """Return the key of the source that is shown as `[number]`, or None."""
    row = db.conn.execute("SELECT key FROM source WHERE n = ?", [number]).fetchone()
    return str(row[0]) if row else None


def sources_of_keys(db: Connection, keys: Sequence[str]) -> tuple[Source, ...]:
    """Return the sources of `keys` that are known, by number."""
    rows = db.conn.execute(_OF_KEYS, {"keys": json.dumps(list(keys))})
    return tuple(map(_source, rows))


def citations_of(
    db: Connection, kind: Literal["event", "quote", "figure"], keys: Sequence[str]
) -> dict[str, Citations]:
    """Return the sources of each of some events, quotes or figures, by number."""
    found: dict[str, list[Citation]] = {key: [] for key in keys}
    for key, *cited in db.conn.execute(_CITED[kind], {"keys": json.dumps(list(keys))}):
        found[key].append(citation(*cited))
    return {key: tuple(cited) for key, cited in found.items()}


@lru_cache(maxsize=4096)  # a source stands behind many lines
def citation(n: int, key: str, outlet: str, published: str) -> Citation:
    """Make a citation of what a row has."""
    return Citation(n=n, key=key, outlet=outlet, published=date.fromisoformat(published))


def _source(row: Row) -> Source:
    n, key, outlet, published, title, document, basis, because, body = row
    return Source(
        citation=citation(n, key, outlet, published),
        title=title,
        document=document,
        basis=Basis(basis),
        because=because,
        body=body,
    )
