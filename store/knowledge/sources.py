"""What is known of sources: their list, one with all that was taken from it, and "as of"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from store.database import Connection
from store.knowledge.values import Basis, Side, Story

Citations = tuple["Citation", ...]


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


_CITED = {
    kind: "SELECT n, key, outlet, published FROM source "  # noqa: S608 (the three names below)
    f"WHERE key IN (SELECT source FROM {kind}_source WHERE {kind} = :key) ORDER BY n"
    for kind in ("event", "quote", "figure")
}


def story(db: Connection) -> Story | None:
    """Return what the story is, or None where nothing was ever loaded."""
    for row in db.query("SELECT title, intro, language FROM story"):
        sides = db.query("SELECT name, short, colour FROM side ORDER BY position")
        return Story(**row, sides=tuple(Side(**side) for side in sides))
    return None


def as_of(db: Connection) -> date | None:
    """Return the newest day of publication: the story's own today."""
    newest = db.execute("SELECT MAX(published) FROM source").fetchone()[0]
    return date.fromisoformat(newest) if newest else None


def counts(db: Connection) -> Counts:
    """Return how much of each kind is known."""
    return Counts(
        sources=db.table("source").count,
        people=db.table("person").count,
        events=db.table("event").count,
        quotes=db.table("quote").count,
        figures=db.table("figure").count,
    )


def sources(db: Connection, *, offset: int = 0, limit: int = 10) -> SourceList:
    """Return the sources, newest first."""
    rows = db.query(
        "SELECT n, key, title, outlet, document, published, basis, because, body FROM source "
        "ORDER BY published DESC, n DESC LIMIT :limit OFFSET :offset",
        {"limit": limit, "offset": offset},
    )
    return SourceList(sources=tuple(map(_source, rows)), total=db.table("source").count)


def source(db: Connection, key: str) -> Source | None:
    """Return the source with `key`, or None where there is none (any more)."""
    rows = db.query(
        "SELECT n, key, title, outlet, document, published, basis, because, body FROM source "
        "WHERE key = :key",
        {"key": key},
    )
    return next(map(_source, rows), None)


def key_of_number(db: Connection, number: int) -> str | None:
    """Return the key of the source that is shown as `[number]`, or None."""
    row = db.execute("SELECT key FROM source WHERE n = ?", [number]).fetchone()
    return str(row[0]) if row else None


def sources_of_keys(db: Connection, keys: Sequence[str]) -> tuple[Source, ...]:
    """Return the sources of `keys` that are known, by number."""
    found = (source(db, key) for key in keys)
    return tuple(sorted((known for known in found if known), key=lambda known: known.citation.n))


def citations_of(db: Connection, kind: Literal["event", "quote", "figure"], key: str) -> Citations:
    """Return the sources of one event, quote or figure, by number."""
    return tuple(map(citation, db.query(_CITED[kind], {"key": key})))


def citation(row: Mapping[str, str | int]) -> Citation:
    """Make a citation of a row with n, key, outlet and published."""
    return Citation(
        n=int(row["n"]),
        key=str(row["key"]),
        outlet=str(row["outlet"]),
        published=date.fromisoformat(str(row["published"])),
    )


def _source(row: Mapping[str, str]) -> Source:
    return Source(
        citation=citation(row),
        title=row["title"],
        document=row["document"],
        basis=Basis(row["basis"]),
        because=row["because"],
        body=row["body"],
    )
