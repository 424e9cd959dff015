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
from store.knowledge.figures import Figure, differing
from store.knowledge.figures import disputed as disputed_figures
from store.knowledge.sources import Citation, Citations, citation
from store.knowledge.topics import Topic
from store.knowledge.values import Precision, Status, When
from store.text import fold

_LONGEST_GAP = 31  # days; the same words further apart are of something that comes again
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
# Told in the same words by other sources, of a day near by.
_DATE = """
    SELECT DISTINCT one.key FROM event AS one JOIN event AS other
    ON other.text = one.text COLLATE NOCASE AND other.key != one.key
    WHERE one.key IN (SELECT value FROM json_each(:keys))
    AND (one.ends < other.starts AND julianday(other.starts) - julianday(one.ends) <= :gap
    OR other.ends < one.starts AND julianday(one.starts) - julianday(other.ends) <= :gap)
    AND (one.place_key IS NULL OR other.place_key IS NULL OR one.place_key = other.place_key)
    AND NOT EXISTS (SELECT 1 FROM event_source AS a JOIN event_source AS b ON b.source = a.source
    WHERE a.event = one.key AND b.event = other.key)
"""
_TOLD = """
    SELECT key, starts, ends, precision, text, place, source FROM event
    JOIN event_source ON event_source.event = event.key
    WHERE key IN (SELECT value FROM json_each(:keys))
"""


# Those of which the statements above can hold.
_MAY_DIFFER = """
    SELECT key FROM event WHERE lower(text) IN
    (SELECT lower(text) FROM event GROUP BY lower(text) HAVING COUNT(*) > 1)
    UNION SELECT event FROM event_source GROUP BY event HAVING COUNT(DISTINCT status) > 1
"""
_VERSIONS = """
    SELECT event.key AS event, text, place, starts, ends, precision, event_source.status,
    n, source.key, outlet, published
    FROM event JOIN event_source ON event_source.event = event.key
    JOIN source ON source.key = event_source.source
    WHERE event.key IN (SELECT value FROM json_each(:keys))
    ORDER BY lower(text), starts, ends, event.key, published, n
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
    keys = [row["key"] for row in db.query(_MAY_DIFFER)]
    found = {k: d for k, d in disputes(db, keys).items() if d is not Dispute.FIGURE}
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


def _versions(rows: Sequence[_Row]) -> tuple[Version, ...]:
    """Return what the rows of an event tell, each with all sources that do."""
    sources: dict[tuple[str, str, str, str], list[Citation]] = {}
    for row in rows:
        telling = (row["starts"], row["ends"], row["precision"], row["status"])
        sources.setdefault(telling, []).append(citation(row))
    return tuple(
        Version(
            when=When(date.fromisoformat(starts), date.fromisoformat(ends), Precision(precision)),
            status=Status(status),
            sources=tuple(cited),
        )
        for (starts, ends, precision, status), cited in sources.items()
    )


def disputes(db: Connection, keys: Sequence[str]) -> dict[str, Dispute]:
    """Return in what the sources differ, for those of the events `keys` of which they do."""
    values: dict[str, str | int] = {"keys": json.dumps(keys), "gap": _LONGEST_GAP}
    found = dict.fromkeys(_touched(db, values), Dispute.FIGURE)
    found |= {row["key"]: Dispute.STATUS for row in db.query(_STATUS, values)}
    return found | {row["key"]: Dispute.DATE for row in db.query(_DATE, values)}


def _touched(db: Connection, values: dict[str, str | int]) -> Iterator[str]:
    """Yield the events that give one of several values on which the sources differ."""
    rows = differing(db)
    undated = {row["about"] for row in rows if not any(_days(row["value"]))}
    figures: dict[str, list[_Row]] = {}
    for row in rows:
        for source in row["cited"].split(","):
            figures.setdefault(source, []).append(row)
    if not figures:
        return
    for event in db.query(_TOLD, values):
        if any(
            _gives(event, figure, of_day=figure["about"] not in undated)
            for figure in figures.get(event["source"], ())
        ):
            yield event["key"]


def _gives(event: _Row, figure: _Row, *, of_day: bool) -> bool:
    """Tell whether an event gives the value of a figure that its source gives.

    `of_day`: all values of the figure name days.
    """
    about = fold(figure["what"]).split()
    place = fold(event["place"] or "").split()
    subject = [word for word in about if len(word) >= _TELLING and word not in place]
    if not any(Topic(word).all_in(event["text"]) for word in subject):
        return False
    if of_day:
        same_place = bool(place) and set(place) <= set(about)
        return (
            same_place
            and any(event["starts"] <= day <= event["ends"] for day in _days(figure["value"]))
            and event["precision"] in {"day", "range"}
        )
    value = fold(figure["value"])
    is_telling = " " in value or len(value) >= _TELLING
    return is_telling and f" {value} " in f" {fold(event['text'])} "


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
