"""What is known of figures: the numbers that sources give, and where those differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.database import Connection
from store.knowledge.sources import Citations, citations_of
from store.knowledge.values import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that sources give for something."""

    what: str
    value: str
    at: When | None
    according_to: str | None
    sources: Citations


def figures_of_source(db: Connection, source: str) -> tuple[Figure, ...]:
    """Return the figures that a source gives."""
    rows = db.query(
        "SELECT key, what, value, at, according_to FROM figure "
        "JOIN figure_source ON figure_source.figure = figure.key "
        "WHERE figure_source.source = :source ORDER BY what, value",
        {"source": source},
    )
    return _figures(db, rows)


def _figures(db: Connection, rows: Iterable[Mapping[str, str]]) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            what=row["what"],
            value=row["value"],
            at=When.parse(row["at"]) if row["at"] else None,
            according_to=row["according_to"],
            sources=citations_of(db, "figure", row["key"]),
        )
        for row in list(rows)
    )
