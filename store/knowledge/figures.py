"""What is known of figures: the numbers that sources give, and where those differ."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import itemgetter

from store.database import Connection
from store.knowledge.forms import in_any_form
from store.knowledge.remembering import counted, remembered
from store.knowledge.sources import Citations, Row, citations_of
from store.knowledge.topics import Topic
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
    asked = Topic(topic).words[:_MOST_WORDS]
    if asked:
        first, *others = [in_any_form(db, "figure", word) for word in asked]
        for number in range(len(others), -1, -1):
            match = " OR ".join(
                f"({' AND '.join((first, *some))})" for some in combinations(others, number)
            )
            if total := counted(db, _COUNT, {"match": match}):
                page = {"match": match, "most": _MOST_ORDERED, "limit": limit, "offset": offset}
                rows = db.conn.execute(_IN_ORDER if offset < _MOST_ORDERED else _OLDER, page)
                return FigurePage(
                    figures=_figures(db, rows),
                    offset=offset,
                    total=total,
                    all_words=number == len(others),
                )
    return FigurePage(figures=(), offset=offset, total=0, all_words=not asked)


_MOST_WORDS = 8
_MOST_ORDERED = 200  # those loaded last; what is older follows as it was loaded
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
    things: Sequence[_Thing]
    if asked.words:
        things = _differing_of(db, asked)
        first, total = 0, sum(figures for _, figures in things)
    else:
        marks, total = _marks(db)
        first, mark = marks[bisect(marks, offset, key=itemgetter(0)) - 1]
        things = _differing(db, mark, _BETWEEN_MARKS + limit)
    rows: list[Row] = []
    for folded, figures in things:
        begin, end = max(offset - first, 0), min(offset + limit - first, figures)
        if begin < end:
            page = {"folded": folded, "limit": end - begin, "offset": begin}
            rows += db.conn.execute(_OF_THING, page)
        first += figures
    return FigurePage(figures=_figures(db, rows), offset=offset, total=total)


_Thing = tuple[str, int]  # what sources give different values for, as compared; and how many
_Marks = tuple[tuple[tuple[int, str], ...], int]
_BETWEEN_MARKS = 8  # things

_OF_THING = (
    f"{_FIGURE} WHERE folded = :folded ORDER BY IFNULL(at, ''), key LIMIT :limit OFFSET :offset"
)
_DIFFERING = """
    SELECT folded, COUNT(*) FROM figure WHERE {where} GROUP BY folded
    HAVING MIN(lower(value)) != MAX(lower(value)) AND
    (SELECT COUNT(*) FROM (SELECT DISTINCT source FROM figure AS given
    JOIN figure_source ON figure_source.figure = given.key
    WHERE given.folded = figure.folded LIMIT 2)) = 2
    ORDER BY folded
"""
_SINCE = _DIFFERING.format(where="folded >= :folded") + "LIMIT :limit"
_AMONG = _DIFFERING.format(
    where="folded IN (SELECT folded FROM figure WHERE rowid IN "
    "(SELECT rowid FROM figure_text WHERE figure_text MATCH :match))"
)
_FIRST = "SELECT what FROM figure WHERE folded = :folded ORDER BY IFNULL(at, ''), key LIMIT 1"


def _differing(db: Connection, folded: str, limit: int) -> Sequence[_Thing]:
    """Return so many of the things for which sources give different values, from one on."""
    return db.conn.execute(_SINCE, {"folded": folded, "limit": limit}).fetchall()


def _marks(db: Connection) -> _Marks:
    """Return every so many things how many figures stand before, and how many there are."""

    def answer() -> _Marks:
        marks, total = [(0, "")], 0
        for number, (folded, figures) in enumerate(_differing(db, "", -1)):
            if number % _BETWEEN_MARKS == 0:
                marks.append((total, folded))
            total += figures
        return tuple(marks), total

    return remembered(db, ("things on which sources differ",), answer)


def _differing_of(db: Connection, topic: Topic) -> tuple[_Thing, ...]:
    """Return the things for which sources give different values of which `topic` is."""

    def answer() -> tuple[_Thing, ...]:
        match = " AND ".join(in_any_form(db, "figure", word) for word in topic.words)
        return tuple(
            (folded, figures)
            for folded, figures in db.conn.execute(_AMONG, {"match": match}).fetchall()
            for (what,) in db.conn.execute(_FIRST, {"folded": folded})
            if topic.all_in(what)
        )

    return remembered(db, ("things on which sources differ", *topic.words), answer)


def figures_of_source(db: Connection, source: str) -> tuple[Figure, ...]:
    """Return the figures that a source gives."""
    rows = db.conn.execute(
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
    rows = db.conn.execute(
        "SELECT key, what, value, at, according_to FROM figure WHERE key IN "
        "(SELECT figure FROM figure_subject WHERE subject = :subject "
        "ORDER BY folded, at, figure LIMIT :limit OFFSET :offset) ORDER BY +folded, at, key",
        {"subject": subject, "limit": limit, "offset": offset},
    )
    return FigurePage(figures=_figures(db, rows), offset=offset, total=total)


def _figures(db: Connection, rows: Iterable[Row]) -> tuple[Figure, ...]:
    told = list(rows)
    cited = citations_of(db, "figure", [row[0] for row in told])
    return tuple(
        Figure(
            what=what,
            value=value,
            at=When.known(at) if at else None,
            according_to=according_to,
            sources=cited[key],
        )
        for key, what, value, at, according_to in told
    )
