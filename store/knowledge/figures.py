"""What is known of figures: the numbers that sources give, and where those differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from store.database import Connection, select
from store.knowledge.remembering import counted, remembered
from store.knowledge.sources import Citations, citations_of
from store.knowledge.topics import Topic, in_any_form
from store.knowledge.values import When


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
    first, *others = Topic(topic).words[:_MOST_WORDS] or ("",)
    if first:
        for number in range(len(others), -1, -1):
            match = " OR ".join(
                f"({' AND '.join(map(in_any_form, (first, *some)))})"
                for some in combinations(others, number)
            )
            if total := counted(db, _COUNT, {"match": match}):
                page = {"match": match, "most": _MOST_ORDERED, "limit": limit, "offset": offset}
                rows = select(db, _IN_ORDER if offset < _MOST_ORDERED else _OLDER, page)
                return FigurePage(
                    figures=_figures(db, rows),
                    offset=offset,
                    total=total,
                    all_words=number == len(others),
                )
    return FigurePage(figures=(), offset=offset, total=0, all_words=not first)


_MOST_WORDS = 8
_MOST_ORDERED = 500  # those loaded last; what is older follows as it was loaded
_COUNT = "SELECT COUNT(*) FROM figure_text WHERE figure_text MATCH :match"
_FOUND = "SELECT rowid FROM figure_text WHERE figure_text MATCH :match ORDER BY rowid DESC"
_FIGURE = "SELECT key, what, value, at, according_to FROM figure "
_IN_ORDER = (
    f"{_FIGURE} WHERE rowid IN ({_FOUND} LIMIT :most) "
    "ORDER BY +folded, IFNULL(at, ''), key LIMIT MIN(:limit, :most - :offset) OFFSET :offset"
)
_OLDER = f"{_FIGURE} WHERE rowid IN ({_FOUND} LIMIT :limit OFFSET :offset)"


def disputed(db: Connection, topic: str = "", *, limit: int, offset: int = 0) -> FigurePage:
    """Return the figures for which sources give different values, of a topic if given."""
    asked = Topic(topic)
    things = [thing for thing in _differing(db) if asked.all_in(thing.what)]
    rows: list[Mapping[str, str]] = []
    first = 0
    for thing in things:
        begin, end = max(offset - first, 0), min(offset + limit - first, thing.figures)
        if begin < end:
            page = {"folded": thing.folded, "limit": end - begin, "offset": begin}
            rows += select(db, _OF_THING, page)
        first += thing.figures
    return FigurePage(figures=_figures(db, rows), offset=offset, total=first)


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something for which sources give different values: as compared, as told first, how many."""

    folded: str
    what: str
    figures: int


_OF_THING = (
    f"{_FIGURE} WHERE folded = :folded ORDER BY IFNULL(at, ''), key LIMIT :limit OFFSET :offset"
)
_DIFFERING = """
    SELECT folded, COUNT(*) AS figures FROM figure GROUP BY folded
    HAVING MIN(lower(value)) != MAX(lower(value))
"""
_FIRST = """
    SELECT what FROM figure WHERE folded = :folded AND
    (SELECT COUNT(*) FROM (SELECT DISTINCT source FROM figure AS given
    JOIN figure_source ON figure_source.figure = given.key
    WHERE given.folded = :folded LIMIT 2)) = 2
    ORDER BY IFNULL(at, ''), key LIMIT 1
"""


def _differing(db: Connection) -> tuple[_Thing, ...]:
    """Return every thing for which sources give different values."""

    def answer() -> tuple[_Thing, ...]:
        return tuple(
            _Thing(row["folded"], first["what"], row["figures"])
            for row in list(select(db, _DIFFERING))
            for first in list(select(db, _FIRST, {"folded": row["folded"]}))
        )

    return remembered(db, ("things on which sources differ",), answer)


def figures_of_source(db: Connection, source: str) -> tuple[Figure, ...]:
    """Return the figures that a source gives."""
    rows = select(
        db,
        "SELECT key, what, value, at, according_to FROM figure "
        "JOIN figure_source ON figure_source.figure = figure.key "
        "WHERE figure_source.source = :source ORDER BY what, value",
        {"source": source},
    )
    return _figures(db, rows)


def figures_of_subject(db: Connection, subject: str, *, limit: int, offset: int = 0) -> FigurePage:
    """Return the figures about a subject, those for the same thing together."""
    total = counted(
        db, "SELECT COUNT(*) FROM figure_subject WHERE subject = :subject", {"subject": subject}
    )
    rows = select(
        db,
        "SELECT key, what, value, at, according_to FROM figure WHERE key IN "
        "(SELECT figure FROM figure_subject WHERE subject = :subject "
        "ORDER BY folded, at, figure LIMIT :limit OFFSET :offset) ORDER BY +folded, at, key",
        {"subject": subject, "limit": limit, "offset": offset},
    )
    return FigurePage(figures=_figures(db, rows), offset=offset, total=total)


def _figures(db: Connection, rows: Iterable[Mapping[str, str]]) -> tuple[Figure, ...]:
    told = list(rows)
    cited = citations_of(db, "figure", [row["key"] for row in told])
    return tuple(
        Figure(
            what=row["what"],
            value=row["value"],
            at=When.parse(row["at"]) if row["at"] else None,
            according_to=row["according_to"],
            sources=cited[row["key"]],
        )
        for row in told
    )
