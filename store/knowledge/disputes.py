"""Which events the sources tell differently: another day, another status, another figure.

Says only what the sources themselves say. What an event and a figure have in common is read
from their words, so it is asked of them narrowly: one source gives both.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from store.database import Connection
from store.knowledge.figures import Figure
from store.knowledge.figures import disputed as disputed_figures
from store.knowledge.remembering import remembered
from store.knowledge.sources import Citations, citation
from store.knowledge.topics import Topic
from store.knowledge.values import Precision, Status, When
from store.text import fold

_LONGEST_GAP = 31  # days; the same words further apart are of something that comes again
_LONGEST_EVENT = 366  # days, of those that are looked for before another
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"\b(\d{1,2}) ([a-z]{3})[a-z]* (\d{4})\b")  # of a folded text
_ISO_DAY = re.compile(r"\b(\d{4}) (\d{2}) (\d{2})\b")
_TELLING = 4  # letters of a word that says what something is about

_Row = Mapping[str, str]


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


# Told as over by one source, and as still to come or going on by a later one.
_STATUS = """
    SELECT DISTINCT sooner.event AS key FROM event_source AS sooner
    JOIN source AS first ON first.key = sooner.source
    JOIN event_source AS later ON later.event = sooner.event
    JOIN source AS second ON second.key = later.source
    WHERE sooner.event IN (SELECT value FROM json_each(:keys))
    AND first.published < second.published AND later.status != 'happened'
    AND (sooner.status = 'happened' OR later.status = 'planned' AND sooner.status = 'ongoing')
"""
# One source of the event gives it another day; or others tell the same words of a day near by.
_DATE = """
    SELECT event AS key FROM event_source
    WHERE event IN (SELECT value FROM json_each(:keys)) AND starts IS NOT NULL
    UNION SELECT one.key FROM event AS one
    WHERE one.key IN (SELECT value FROM json_each(:keys)) AND EXISTS (
        SELECT 1 FROM event AS other WHERE other.text = one.text COLLATE NOCASE
        AND other.starts >= date(one.starts, :longest)
        AND other.starts <= date(one.ends, :later)
        AND (other.starts > one.ends
        OR other.ends < one.starts AND other.ends >= date(one.starts, :earlier))
        AND (one.place_key IS NULL OR other.place_key IS NULL OR one.place_key = other.place_key)
        AND NOT EXISTS (SELECT 1 FROM event_source AS a JOIN event_source AS b
        ON b.event = other.key AND b.source = a.source WHERE a.event = one.key))
"""
# Each telling of an event, with its own words and days.
_TOLD = """
    SELECT event.key, place, told.source, IFNULL(told.text, event.text) AS text,
    IFNULL(told.starts, event.starts) AS starts, IFNULL(told.ends, event.ends) AS ends,
    IFNULL(told.precision, event.precision) AS precision
    FROM event JOIN event_source AS told ON told.event = event.key
    WHERE event.key IN (SELECT value FROM json_each(:keys))
"""
# What the sources of events give, each figure by each of them.
_GIVEN = """
    SELECT source, what, value, folded FROM figure_source
    JOIN figure ON figure.key = figure_source.figure
    WHERE source IN (SELECT value FROM json_each(:sources))
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
_VERSIONS = """
    SELECT event.key AS event, event.text, place, IFNULL(told.starts, event.starts) AS starts,
    IFNULL(told.ends, event.ends) AS ends, IFNULL(told.precision, event.precision) AS precision,
    told.status, told.text AS words, n, source.key, outlet, published
    FROM event JOIN event_source AS told ON told.event = event.key
    JOIN source ON source.key = told.source
    WHERE event.key IN (SELECT value FROM json_each(:keys))
    ORDER BY lower(event.text), 4, 5, event.key, published, n
"""


def differences(db: Connection, topic: str = "", *, limit: int, offset: int = 0) -> DisputePage:
    """Return a page of what the sources differ in, of a topic if given."""
    counted = disputed_figures(db, topic, limit=limit, offset=offset)
    told = disputed_events(db, topic)
    first = max(offset - counted.total, 0)
    return DisputePage(
        figures=counted.figures,
        events=told[first : first + limit - len(counted.figures)],
        offset=offset,
        total=counted.total + len(told),
    )


def disputed_events(db: Connection, topic: str = "") -> tuple[DisputedEvent, ...]:
    """Return the events of which the sources tell other days or statuses, of a topic if given.

    Those told in the same words of several days are one.
    """
    asked = Topic(topic)
    found = remembered(db, ("disputed events",), lambda: _disputed(db))
    told: dict[tuple[Dispute, str], list[_Row]] = {}
    for row in db.query(_VERSIONS, {"keys": json.dumps(list(found))}):
        dispute = found[row["event"]]
        # Of a status each event is one; of a day, all with the same words.
        same = row["text"].lower() if dispute is Dispute.DATE else row["event"]
        if asked.all_in(f"{row['text']} {row['place'] or ''}"):
            told.setdefault((dispute, same), []).append(row)
    return tuple(
        DisputedEvent(dispute=dispute, text=rows[0]["text"], versions=_versions(rows))
        for (dispute, _same), rows in told.items()
    )


def _disputed(db: Connection) -> Mapping[str, Dispute]:
    keys = [row["key"] for row in db.query(_MAY_DIFFER)]
    values = {"keys": json.dumps(keys)}
    return _of_status(db, values) | _of_date(db, values)


def _versions(rows: Sequence[_Row]) -> tuple[Version, ...]:
    """Return what the rows of an event tell, each with all sources that do."""
    told: dict[tuple[str, str, str, str], list[_Row]] = {}
    for row in rows:
        telling = (row["starts"], row["ends"], row["precision"], row["status"])
        told.setdefault(telling, []).append(row)
    return tuple(
        Version(
            when=When(date.fromisoformat(starts), date.fromisoformat(ends), Precision(precision)),
            status=Status(status),
            sources=tuple(map(citation, telling)),
            text=telling[0]["words"],
        )
        for (starts, ends, precision, status), telling in told.items()
    )


def disputes(db: Connection, keys: Sequence[str]) -> dict[str, Dispute]:
    """Return in what the sources differ, for those of the events `keys` of which they do."""
    values = {"keys": json.dumps(keys)}
    found = dict.fromkeys(_touched(db, values), Dispute.FIGURE)
    return found | _of_status(db, values) | _of_date(db, values)


def _of_status(db: Connection, values: dict[str, str]) -> dict[str, Dispute]:
    return {row["key"]: Dispute.STATUS for row in db.query(_STATUS, values)}


def _of_date(db: Connection, values: dict[str, str]) -> dict[str, Dispute]:
    near = {
        "later": f"+{_LONGEST_GAP} days",
        "earlier": f"-{_LONGEST_GAP} days",
        "longest": f"-{_LONGEST_GAP + _LONGEST_EVENT} days",
    }
    return {row["key"]: Dispute.DATE for row in db.query(_DATE, {**values, **near})}


def _touched(db: Connection, values: dict[str, str]) -> Iterator[str]:
    """Yield the events that give one of several values on which the sources differ.

    Of what their sources give, little is said in an event; only that is compared with others.
    """
    events = list(db.query(_TOLD, values))
    sources = json.dumps(sorted({event["source"] for event in events}))
    figures: dict[str, list[_Given]] = {}
    for row in db.query(_GIVEN, {"sources": sources}):
        figures.setdefault(row["source"], []).append(_Given.of(row))
    known: dict[str, tuple[str, ...]] = {}
    for event in events:
        said = f" {fold(event['text'])} "
        for figure in figures.get(event["source"], ()):
            by_day = _gives_day(event, figure)
            if not by_day and not _gives_value(event, said, figure):
                continue
            if figure.folded not in known:
                known[figure.folded] = _differing(db, figure)
            of_it = known[figure.folded]
            of_day = all(any(_days(value)) for value in of_it)
            if of_it and (by_day if of_day else _gives_value(event, said, figure)):
                yield event["key"]
                break


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A figure that a source gives, as it is looked for in each event of that source."""

    source: str
    what: str
    folded: str
    value: str  # folded, between spaces; '' where it tells too little to be found by
    days: tuple[str, ...]

    @classmethod
    def of(cls, row: _Row) -> "_Given":
        value = fold(row["value"])
        is_telling = " " in value or len(value) >= _TELLING
        return cls(
            source=row["source"],
            what=row["what"],
            folded=row["folded"],
            value=f" {value} " if is_telling else "",
            days=tuple(_days(row["value"])),
        )


def _differing(db: Connection, figure: _Given) -> tuple[str, ...]:
    """Return the values given for what `figure` counts, if sources differ on it; else none."""
    same = {"folded": figure.folded}
    rows = db.query("SELECT DISTINCT value FROM figure WHERE folded = :folded", same)
    values = tuple(row["value"] for row in rows)
    if len({value.casefold() for value in values}) < 2:  # noqa: PLR2004 (one is no dispute)
        return ()
    another = list(db.query(_BY_ANOTHER, {**same, "source": figure.source}))
    return values if another else ()


def _gives_value(event: _Row, said: str, figure: _Given) -> bool:
    """Tell whether an event, whose folded text is `said`, gives the value of the figure."""
    return bool(figure.value) and figure.value in said and _is_about(event, figure)


def _gives_day(event: _Row, figure: _Given) -> bool:
    """Tell whether an event is of a day that the figure names, in the place that it names."""
    if not figure.days or event["precision"] not in {"day", "range"}:
        return False
    if not any(event["starts"] <= day <= event["ends"] for day in figure.days):
        return False
    place = set(fold(event["place"] or "").split())
    return bool(place) and place <= set(fold(figure.what).split()) and _is_about(event, figure)


def _is_about(event: _Row, figure: _Given) -> bool:
    """Tell whether the event's words name something of what the figure counts."""
    place = fold(event["place"] or "").split()
    about = (word for word in fold(figure.what).split() if word not in place)
    return any(Topic(word).all_in(event["text"]) for word in about if len(word) >= _TELLING)


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
