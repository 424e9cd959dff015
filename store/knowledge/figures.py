"""What is known of figures: the numbers that sources give, and where those differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.database import Connection
from store.knowledge.sources import Citations, citations_of
from store.knowledge.topics import Topic
from store.knowledge.values import When
from store.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that sources give for something."""

    what: str
    value: str
    at: When | None
    according_to: str | None
    sources: Citations


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePage:
    """One page of figures, those for the same thing together, and how many there are."""

    figures: tuple[Figure, ...]
    offset: int
    total: int
    all_words: bool = True  # False: about some of the words that were asked for


def figures_about(db: Connection, topic: str, *, limit: int, offset: int = 0) -> FigurePage:
    """Return the figures for what `topic` names: of all its words, else of most.

    The first word always counts: it says what is to be counted.
    """
    asked = Topic(topic)
    rows = [
        (asked.found_in(about), row)
        for row in _all(db)
        if asked.first_in(about := f"{row['what']} {row['according_to'] or ''}")
    ]
    most = max((found for found, _ in rows), default=0)
    chosen = [row for found, row in rows if found == most]
    return FigurePage(
        figures=_figures(db, chosen[offset : offset + limit]),
        offset=offset,
        total=len(chosen),
        all_words=most == len(asked.words),
    )


def disputed(db: Connection, topic: str = "", *, limit: int, offset: int = 0) -> FigurePage:
    """Return the figures for which sources give different values, of a topic if given."""
    asked = Topic(topic)
    chosen = [row for row in differing(db) if asked.all_in(row["about"])]
    return FigurePage(
        figures=_figures(db, chosen[offset : offset + limit]), offset=offset, total=len(chosen)
    )


def differing(db: Connection) -> list[Mapping[str, str]]:
    """Return the rows of the figures for which sources give different values.

    Each with the sources that give it as `cited`, and as `about` the words of the first
    that is for the same thing.
    """
    alike: dict[str, list[Mapping[str, str]]] = {}
    for row in _all(db):
        alike.setdefault(_same(row), []).append(row)
    return [
        {**row, "about": rows[0]["what"]}
        for rows in alike.values()
        if len({row["value"].casefold() for row in rows}) > 1
        and len({n for row in rows for n in row["cited"].split(",")}) > 1
        for row in rows
    ]


def _all(db: Connection) -> list[Mapping[str, str]]:
    """Return every figure with the sources that give it, those for the same thing together."""
    rows = db.query(
        "SELECT key, what, value, at, according_to, GROUP_CONCAT(source) AS cited "
        "FROM figure JOIN figure_source ON figure_source.figure = figure.key "
        "GROUP BY key ORDER BY key"
    )
    return sorted(rows, key=lambda row: (_same(row), row["at"] or "", row["key"]))


def _same(row: Mapping[str, str]) -> str:
    return fold(row["what"]) or row["what"]


def figures_of_source(db: Connection, source: str) -> tuple[Figure, ...]:
    """Return the figures that a source gives."""
    rows = db.query(
        "SELECT key, what, value, at, according_to FROM figure "
        "JOIN figure_source ON figure_source.figure = figure.key "
        "WHERE figure_source.source = :source ORDER BY what, value",
        {"source": source},
    )
    return _figures(db, rows)


def figures_of_subject(db: Connection, subject: str, *, limit: int, offset: int = 0) -> FigurePage:
    """Return the figures about a subject, those for the same thing together."""
    total = db.execute(
        "SELECT COUNT(*) FROM figure_subject WHERE subject = ?", [subject]
    ).fetchone()[0]
    rows = db.query(
        "SELECT key, what, value, at, according_to FROM figure_subject "
        "JOIN figure ON figure.key = figure_subject.figure WHERE subject = :subject "
        "ORDER BY lower(what), at, key LIMIT :limit OFFSET :offset",
        {"subject": subject, "limit": limit, "offset": offset},
    )
    return FigurePage(figures=_figures(db, rows), offset=offset, total=total)


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
