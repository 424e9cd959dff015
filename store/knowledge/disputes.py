"""Which events the sources tell differently: another day, another status, another figure.

Says only what the sources themselves say. What an event and a figure have in common is read
from their words, so it is asked of them narrowly: one source gives both.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from store.database import Connection
from store.knowledge.figures import Figure
from store.knowledge.figures import disputed as disputed_figures
from store.knowledge.remembering import remembered
from store.knowledge.rows import EventRow, TellingRow
from store.knowledge.sources import Citations, Row, citation
from store.knowledge.topics import Topic
from store.knowledge.values import Status, When
from store.text import fold

_LONGEST_GAP = 31  # days; the same words further apart are of something that comes again
_LONGEST_EVENT = 366  # days, of those that are looked for before another
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"\b(\d{1,2}) ([a-z]{3})[a-z]* (\d{4})\b")  # of a folded text
_ISO_DAY = re.compile(r"\b(\d{4}) (\d{2}) (\d{2})\b")
_TELLING = 4  # letters of a word that says what something is about

_FALLING_BACK = (("happened", "ongoing"), ("happened", "planned"), ("ongoing", "planned"))


class Dispute(StrEnum):
    """In what the sources of an event differ."""

    DATE = "date"
    STATUS = "status"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What some sources say of an event on which others say something else."""

    when: When
    status: Status
    sources: Citations
    text: str | None = None  # the words of the first of them, where they are not the event's


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedEvent:
    """An event of which the sources tell another day or another status."""

    dispute: Dispute
    text: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputePage:
    """One page of what the sources differ in: figures first, then events; and how many."""

    figures: tuple[Figure, ...]
    events: tuple[DisputedEvent, ...]
    offset: int
    total: int


# In what one or several events differ, and their keys.
_Disputed = tuple[Dispute, tuple[str, ...]]

# Told as over by one source, and as still to come or going on by a later one.
_STATUS = """
    SELECT DISTINCT sooner.event AS key FROM event_source AS sooner
    JOIN source AS first INDEXED BY source_cited ON first.key = sooner.source
    JOIN event_source AS later ON later.event = sooner.event
    JOIN source AS second INDEXED BY source_cited ON second.key = later.source
    WHERE sooner.event IN (SELECT value FROM json_each(:keys))
    AND first.published < second.published AND later.status != 'happened'
    AND (sooner.status = 'happened' OR later.status = 'planned' AND sooner.status = 'ongoing')
"""
# Of an event `one`: other sources tell the same words of a day near by.
ELSEWHERE = f"""
    EXISTS (SELECT 1 FROM event AS other WHERE other.text = one.text COLLATE NOCASE
    AND other.starts >= date(one.starts, '-{_LONGEST_GAP + _LONGEST_EVENT} days')
    AND other.starts <= date(one.ends, '+{_LONGEST_GAP} days')
    AND (other.starts > one.ends
    OR other.ends < one.starts AND other.ends >= date(one.starts, '-{_LONGEST_GAP} days'))
    AND (one.place_key IS NULL OR other.place_key IS NULL OR one.place_key = other.place_key)
    AND NOT EXISTS (SELECT 1 FROM event_source AS a JOIN event_source AS b
    ON b.event = other.key AND b.source = a.source WHERE a.event = one.key))
"""  # noqa: S608 (two numbers)
# Or one source of the event itself gives it another day.
_DATE = f"""
    SELECT event AS key FROM event_source
    WHERE event IN (SELECT value FROM json_each(:keys)) AND starts IS NOT NULL
    UNION SELECT one.key FROM event AS one
    WHERE one.key IN (SELECT value FROM json_each(:keys)) AND {ELSEWHERE}
"""  # noqa: S608 (our own text)
# What the sources of events give, each figure by each of them, where another value is given.
_GIVEN = """
    SELECT source, folded, value FROM figure_source
    JOIN figure ON figure.key = figure_source.figure
    WHERE source IN (SELECT value FROM json_each(:sources)) AND EXISTS (SELECT 1
    FROM figure AS other WHERE other.folded = figure.folded AND other.value != figure.value)
"""
_BY_ANOTHER = """
    SELECT 1 FROM figure JOIN figure_source ON figure_source.figure = figure.key
    WHERE folded = :folded AND source != :source LIMIT 1
"""
# Those of which the statements above can hold.
_MAY_DIFFER = """
    SELECT key FROM event WHERE text COLLATE NOCASE IN
    (SELECT text FROM event GROUP BY text COLLATE NOCASE HAVING COUNT(*) > 1)
    UNION SELECT event FROM event_source GROUP BY event HAVING COUNT(DISTINCT status) > 1
    UNION SELECT event FROM event_source WHERE starts IS NOT NULL
"""
# Every event as any of its sources dates it.
_IN_ORDER = """
    SELECT event.key, event.text, IFNULL(place, '') FROM event
    JOIN event_source AS told ON told.event = event.key
    WHERE event.key IN (SELECT value FROM json_each(:keys))
    ORDER BY lower(event.text), IFNULL(told.starts, event.starts), IFNULL(told.ends, event.ends),
    event.key
"""
_VERSIONS = """
    SELECT event.key, event.text, IFNULL(told.starts, event.starts), IFNULL(told.ends, event.ends),
    IFNULL(told.precision, event.precision), told.status, told.text, n, source.key, outlet,
    published
    FROM event JOIN event_source AS told ON told.event = event.key
    JOIN source INDEXED BY source_cited ON source.key = told.source
    WHERE event.key IN (SELECT value FROM json_each(:keys))
    ORDER BY 3, 4, event.key, published, n
"""


def differences(db: Connection, topic: str = "", *, limit: int, offset: int = 0) -> DisputePage:
    """Return a page of what the sources differ in, of a topic if given."""
    counted = disputed_figures(db, topic, limit=limit, offset=offset)
    disputed = _disputed(db, topic)
    first = max(offset - counted.total, 0)
    return DisputePage(
        figures=counted.figures,
        events=_events(db, disputed[first : first + limit - len(counted.figures)]),
        offset=offset,
        total=counted.total + len(disputed),
    )


def _disputed(db: Connection, topic: str) -> tuple[_Disputed, ...]:
    """Return the keys of the events of which the sources tell other days or statuses.

    Those told in the same words of several days are one.
    """
    asked = Topic(topic)

    def answer() -> tuple[_Disputed, ...]:
        keys = [row[0] for row in db.conn.execute(_MAY_DIFFER)]
        values = {"keys": json.dumps(keys)}
        found = dict.fromkeys(_keys(db, _STATUS, values), Dispute.STATUS)
        found |= dict.fromkeys(_keys(db, _DATE, values), Dispute.DATE)
        told: dict[tuple[Dispute, str], dict[str, None]] = {}
        for key, text, place in db.conn.execute(_IN_ORDER, {"keys": json.dumps(list(found))}):
            dispute = found[key]
            # Of a status each event is one; of a day, all with the same words.
            same = text.lower() if dispute is Dispute.DATE else key
            if asked.all_in(f"{text} {place}"):
                told.setdefault((dispute, same), {})[key] = None
        return tuple((dispute, tuple(keys)) for (dispute, _), keys in told.items())

    return remembered(db, ("disputed events", *asked.words), answer)


def _keys(db: Connection, question: str, values: Mapping[str, str]) -> Iterator[str]:
    return (row[0] for row in db.conn.execute(question, values))


def _events(db: Connection, disputed: Sequence[_Disputed]) -> tuple[DisputedEvent, ...]:
    if not disputed:
        return ()
    one = {key: number for number, (_, keys) in enumerate(disputed) for key in keys}
    told: list[list[Row]] = [[] for _ in disputed]
    for row in db.conn.execute(_VERSIONS, {"keys": json.dumps(list(one))}):
        told[one[row[0]]].append(row)
    return tuple(
        DisputedEvent(dispute=dispute, text=rows[0][1], versions=_versions(rows))
        for (dispute, _), rows in zip(disputed, told, strict=True)
    )


def _versions(rows: Sequence[Row]) -> tuple[Version, ...]:
    """Return what the rows of an event tell, each with all sources that do."""
    told: dict[Row, list[Row]] = {}
    for _, _, *telling, words, n, key, outlet, published in rows:
        cited = (words, citation(n, key, outlet, published))
        told.setdefault(tuple(telling), []).append(cited)
    return tuple(
        Version(
            when=When.kept(starts, ends, precision),
            status=Status(status),
            sources=tuple(source for _, source in cited),
            text=cited[0][0],
        )
        for (starts, ends, precision, status), cited in told.items()
    )


def disputes(
    db: Connection, events: Sequence[EventRow], told: Mapping[str, Sequence[TellingRow]]
) -> dict[str, Dispute]:
    """Return in what the sources differ, for those of the events of which they do.

    `told` is what the sources of each say.
    """
    found: dict[str, Dispute] = {}
    others = []
    for event in events:
        tellings = told[event.key]
        if event.elsewhere or [1 for telling in tellings if telling.starts is not None]:
            found[event.key] = Dispute.DATE
        elif len(tellings) > 1 and _falls_back(tellings):
            found[event.key] = Dispute.STATUS
        else:
            others += [(event, telling) for telling in tellings]
    return found | dict.fromkeys(_touched(db, others), Dispute.FIGURE)


def _falls_back(tellings: Iterable[TellingRow]) -> bool:
    """Tell whether a later source says less of what came of it than one before, as `_STATUS`."""
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for telling in tellings:
        day, status = telling.published, telling.status
        first[status] = min(day, first.get(status, day))
        last[status] = max(day, last.get(status, day))
    return any(
        first[more] < last[less] for more, less in _FALLING_BACK if more in first and less in last
    )


def _touched(db: Connection, told: Sequence[tuple[EventRow, TellingRow]]) -> Iterator[str]:
    """Yield the events that give one of several values on which the sources differ.

    Of what their sources give, little is said in an event; only that is compared with others.
    """
    sources = json.dumps(list({telling.source for _, telling in told}))
    figures: dict[str, list[_Given]] = {}
    for source, folded, value in db.conn.execute(_GIVEN, {"sources": sources}):
        if figure := _given(folded, value):
            figures.setdefault(source, []).append(figure)
    known: dict[str, tuple[str, ...]] = {}
    for event, telling in told:
        if telling.source not in figures:
            continue
        text = telling.text or event.text
        folded = _folded(text)
        for figure in figures[telling.source]:
            by_value = bool(figure.value) and figure.value in folded
            by_day = bool(figure.days) and _is_of_day(event, telling, figure)
            if not (by_value or by_day) or not _is_about(text, event.place, figure):
                continue
            if figure.folded not in known:
                known[figure.folded] = _differing(db, figure, telling.source)
            of_it = known[figure.folded]
            of_day = all(any(_days(value)) for value in of_it)
            if of_it and (by_day if of_day else by_value):
                yield event.key
                break


class _Given(NamedTuple):
    """A figure that a source gives, as it is looked for in each event of that source."""

    folded: str
    about: frozenset[str]  # the words of what it counts
    value: str  # folded, between spaces; '' where it tells too little
    days: tuple[str, ...]


@lru_cache(maxsize=4096)  # what sources differ on comes again
def _given(folded: str, value: str) -> _Given | None:
    """Return a figure, or None where it tells too little to be found by."""
    given = fold(value)
    is_telling = " " in given or len(given) >= _TELLING
    days = tuple(_days(value))
    if not is_telling and not days:
        return None
    return _Given(folded, frozenset(folded.split()), f" {given} " if is_telling else "", days)


def _differing(db: Connection, figure: _Given, source: str) -> tuple[str, ...]:
    """Return the values given for what `figure` counts, if sources differ on it; else none."""
    same = {"folded": figure.folded}
    values = tuple(_keys(db, "SELECT DISTINCT value FROM figure WHERE folded = :folded", same))
    if len({value.casefold() for value in values}) < 2:  # noqa: PLR2004 (one is no dispute)
        return ()
    another = list(_keys(db, _BY_ANOTHER, {**same, "source": source}))
    return values if another else ()


def _is_of_day(event: EventRow, telling: TellingRow, figure: _Given) -> bool:
    """Tell whether an event is of a day that the figure names, in the place that it names."""
    if (telling.precision or event.precision) not in {"day", "range"}:
        return False
    starts, ends = telling.starts or event.starts, telling.ends or event.ends
    if not any(starts <= day <= ends for day in figure.days):
        return False
    place = _words(event.place)
    return bool(place) and place <= figure.about


def _is_about(text: str, place: str | None, figure: _Given) -> bool:
    """Tell whether the words of an event name something of what the figure counts."""
    subject = (word for word in figure.about - _words(place) if len(word) >= _TELLING)
    return any(Topic(word).all_in(text) for word in subject)


@lru_cache(maxsize=512)  # the same text is compared with one figure after another
def _folded(text: str) -> str:
    return f" {fold(text)} "


def _words(place: str | None) -> frozenset[str]:
    return frozenset(fold(place or "").split())


def _days(value: str) -> Iterator[str]:
    """Yield the days that a value names in full."""
    folded = fold(value)
    for day, month, year in _DAY.findall(folded):
        if month in _MONTHS:
            yield from _day(int(year), _MONTHS.index(month) + 1, int(day))
    for year, month, day in _ISO_DAY.findall(folded):
        yield from _day(int(year), int(month), int(day))


def _day(year: int, month: int, day: int) -> Iterator[str]:
    try:
        yield date(year, month, day).isoformat()
    except ValueError:
        return
