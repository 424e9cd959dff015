"""What is known of events: by person, place and date, in the order of time."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from store.database import Connection, select
from store.knowledge.choosing import Chosen, Stretch, nearest, of_date, page, sized
from store.knowledge.disputes import ELSEWHERE, Dispute, disputes
from store.knowledge.remembering import remembered
from store.knowledge.rows import EventRow, TellingRow
from store.knowledge.sources import Citations, Row, as_of, citation
from store.knowledge.values import Basis, Status, When

_SURE = (Basis.STATED, Basis.RESOLVED, Basis.INFERRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Somebody or something in an event: the key of its page, and how it is spelled in full."""

    key: str
    name: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An event as timelines have it: with the date and in the words of its first source."""

    when: When
    text: str
    sources: Citations  # all that tell of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened or is planned, with the sources that say so."""

    key: str
    when: When
    text: str
    place: str | None
    status: Status
    borne_out: bool
    sources: Citations
    correction: str | None = None  # the text that this one corrects
    basis: Basis = Basis.STATED  # of the date: the surest that a source has
    because: str | None = None  # why the date is this one, where that is not stated
    dispute: Dispute | None = None
    listed: Listed | None = None  # where this is one source's telling, and timelines have another
    people: tuple[Present, ...] = ()
    subjects: tuple[Present, ...] = ()  # places, organisations, topics, sides


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFilter:
    """Which events: of a person, a subject, at a place (keys), on a date; each may be left out.

    `beside` is a second person, `also` a second subject: of the events with both.
    """

    person: str | None = None
    beside: str | None = None
    place: str | None = None
    subject: str | None = None
    also: str | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """One page of events in the order of time, and where it stands among all."""

    events: tuple[Event, ...]
    offset: int
    total: int


_EVENT = (
    "SELECT key, starts, ends, precision, text, place, status, borne_out, correction, "  # noqa: S608 (our own text)
    f"{ELSEWHERE} FROM event AS one "
)


def timeline(
    db: Connection, chosen: TimelineFilter, *, limit: int, offset: int | None = None
) -> TimelinePage:
    """Return a page of the events that `chosen` lets through.

    Without an offset it is the page that holds the newest event up to "as of",
    so that a reader lands where the story stands.
    """
    stretches = sized(db, _stretches(db, chosen))
    total = sum(count for _, count in stretches)
    if offset is None:
        past = _past(db, stretches) if chosen.when else stretches[0][1]
        offset = max(past - 1, 0) // limit * limit
    return TimelinePage(
        events=_known(db, page(db, stretches, limit=limit, offset=offset)),
        offset=offset,
        total=total,
    )


def newest_events(
    db: Connection, *, limit: int, person: str | None = None, subject: str | None = None
) -> tuple[Event, ...]:
    """Return the newest events that are not to come, newest first: of one of these, or of all."""
    chosen = Chosen.by(db, person=person, subject=subject)
    past = chosen.stretch(
        f"starts <= :as_of AND NOT ({chosen.open} AND ends > :as_of)", {"as_of": _as_of(db)}
    )
    return _known(db, past.last(db, limit))[::-1]


def coming_events(
    db: Connection, *, limit: int, person: str | None = None, subject: str | None = None
) -> tuple[Event, ...]:
    """Return what is to come, soonest first, of a person or a subject if given."""
    begun, future = _to_come(db, Chosen.by(db, person=person, subject=subject))
    keys = begun.first(db, limit)
    return _known(db, [*keys, *future.first(db, limit - len(keys))])


def planned_events(db: Connection, *, limit: int, offset: int = 0) -> TimelinePage:
    """Return a page of what is to come, soonest first."""
    stretches = sized(db, _to_come(db, Chosen.by(db)))
    keys = page(db, stretches, limit=limit, offset=offset)
    return TimelinePage(
        events=_known(db, keys),
        offset=offset,
        total=sum(count for _, count in stretches),
    )


def nearest_dates(db: Connection, chosen: TimelineFilter) -> tuple[When, ...]:
    """Return the dates of the last event before, and the first after, those of `chosen`.

    Of the same persons and place. `chosen` must have a date.
    """
    if chosen.when is None:
        return ()
    events = _known(db, nearest(db, _chosen(db, chosen), chosen.when))
    return tuple(dict.fromkeys(event.when for event in events))


def events_of_source(db: Connection, source: str) -> tuple[Event, ...]:
    """Return the events that a source tells of, in the order of time.

    Their words, their date with its basis and their status are the source's own; where words or
    date differ from those of timelines, no other source is behind them.
    """
    rows = db.conn.execute(_OF_SOURCE, {"source": source}).fetchall()
    return _events(
        db,
        [EventRow._make(row[:_WIDTH]) for row in rows],
        {"keys": json.dumps([row[0] for row in rows])},
        only=source,
        listed={row[0]: row[_WIDTH:] for row in rows},
    )


_WIDTH = len(EventRow._fields)
_OF_SOURCE = (
    "SELECT one.key, IFNULL(told.starts, one.starts), IFNULL(told.ends, one.ends), "  # noqa: S608 (our own text)
    "IFNULL(told.precision, one.precision), IFNULL(told.text, one.text), place, told.status, "
    f"borne_out, correction, {ELSEWHERE}, one.starts, one.ends, one.precision, one.text "
    "FROM event_source AS told JOIN event AS one ON one.key = told.event "
    "WHERE told.source = :source ORDER BY 2, 3, one.key"
)


def events_of_keys(db: Connection, keys: Sequence[str]) -> tuple[Event, ...]:
    """Return the events of `keys` that are known, in the order of time.

    What another source told before, in other words, is found by the key that it had alone.
    """
    tellings = db.conn.execute(_OF_TELLINGS, {"keys": json.dumps(list(keys))})
    return _known(db, [*keys, *(event for (event,) in tellings)])


_OF_TELLINGS = (
    "SELECT event FROM event_source WHERE telling IN (SELECT value FROM json_each(:keys))"
)


def _known(db: Connection, keys: Sequence[str]) -> tuple[Event, ...]:
    """Return the events with these keys of their own, in the order of time."""
    asked = {"keys": json.dumps(keys)}
    rows = db.conn.execute(_OF_KEYS, asked)
    return _events(db, list(map(EventRow._make, rows)), asked)


_OF_KEYS = (
    f"{_EVENT} WHERE key IN (SELECT value FROM json_each(:keys)) "  # noqa: S608 (our own text)
    "ORDER BY starts, ends, key"
)


def place_of_key(db: Connection, key: str) -> str | None:
    """Return the name of the place with `key`, as the sources write it, or None."""
    row = db.conn.execute(
        "SELECT place FROM event WHERE place_key = :key ORDER BY starts, ends, key LIMIT 1",
        {"key": key},
    ).fetchone()
    return str(row[0]) if row else None


def places(db: Connection) -> tuple[str, ...]:
    """Return every place at which something happened or is planned."""

    def answer() -> tuple[str, ...]:
        rows = select(
            db,
            "SELECT place_key FROM event WHERE place_key IS NOT NULL "
            "GROUP BY place_key ORDER BY COUNT(*) DESC, place_key",
        )
        return tuple(name for row in list(rows) if (name := place_of_key(db, row["place_key"])))

    return remembered(db, ("places",), answer)


def _chosen(db: Connection, chosen: TimelineFilter) -> Chosen:
    return Chosen.by(
        db,
        person=chosen.person,
        beside=chosen.beside,
        place=chosen.place,
        subject=chosen.subject,
        also=chosen.also,
    )


def _stretches(db: Connection, chosen: TimelineFilter) -> list[Stretch]:
    """Return the events that are chosen, cut where the story stands."""
    events, now = _chosen(db, chosen), _as_of(db)
    if chosen.when is not None:
        return of_date(db, events, chosen.when)
    return [
        events.stretch("starts <= :as_of", {"as_of": now}),
        events.stretch("starts > :as_of", {"as_of": now}),
    ]


def _past(db: Connection, stretches: Iterable[tuple[Stretch, int]]) -> int:
    """Return how many of the events begin no later than "as of"."""
    now = _as_of(db)
    return sum(stretch.until(now).count(db) for stretch, _ in stretches)


def _to_come(db: Connection, chosen: Chosen) -> tuple[Stretch, Stretch]:
    """Return what is to come: plans under way, and what begins after "as of".

    A plan that has begun is still one while its last day is to come and no outcome is known.
    """
    now = _as_of(db)
    return (
        chosen.stretch(
            f"{chosen.open} AND ends > :as_of AND +starts <= :as_of", {"as_of": now}, few=True
        ),
        chosen.stretch("starts > :as_of", {"as_of": now}),
    )


def _as_of(db: Connection) -> str:
    """Return the newest day of publication; before all days where nothing is known."""
    now = as_of(db)
    return now.isoformat() if now else ""


def _events(
    db: Connection,
    rows: Sequence[EventRow],
    asked: Mapping[str, str],
    *,
    only: str | None = None,
    listed: Mapping[str, Row] | None = None,
) -> tuple[Event, ...]:
    """Make events of their rows; `asked` are their keys, as statements take them.

    `only`: the rows are what one source tells, and so is the basis of their dates; `listed` is
    then how timelines have them.
    """
    if not rows:
        return ()
    tellings = _tellings(db, asked)
    disputed = disputes(db, rows, tellings)
    present, named = _present(db, _PERSONS, asked), _present(db, _SUBJECTS, asked)
    events = []
    for row in rows:
        tells = tellings[row.key]
        sources = tuple([citation(one.n, one.source, one.outlet, one.published) for one in tells])
        others = _listed(row, listed[row.key], sources) if listed else None
        surest = _surest(tells, only)
        events.append(
            Event(
                key=row.key,
                when=When.kept(row.starts, row.ends, row.precision),
                text=row.text,
                place=row.place,
                status=_STATUSES[row.status],
                borne_out=bool(row.borne_out),
                correction=row.correction,
                sources=tuple(one for one in sources if one.key == only) if others else sources,
                basis=_BASES[surest.basis],
                because=surest.because,
                dispute=disputed.get(row.key),
                listed=others,
                people=present.get(row.key, ()),
                subjects=named.get(row.key, ()),
            )
        )
    return tuple(events)


def _surest(tells: Sequence[TellingRow], only: str | None) -> TellingRow:
    """Return which of those that tell of an event is surest of its date."""
    if only is None:
        dates = [telling for telling in tells if telling.starts is None]
    else:
        dates = [telling for telling in tells if telling.source == only]
    return min(dates, key=_by_basis) if len(dates) > 1 else dates[0]


_STATUSES: Mapping[str, Status] = {status.value: status for status in Status}
_BASES: Mapping[str, Basis] = {basis.value: basis for basis in Basis}


def _by_basis(telling: TellingRow) -> int:
    return _SURE.index(_BASES[telling.basis])


def _listed(row: EventRow, listed: Row, sources: Citations) -> Listed | None:
    """Return how timelines have an event whose `row` is what one source says, if they differ."""
    starts, ends, precision, text = listed
    if listed == (row.starts, row.ends, row.precision, row.text):
        return None
    return Listed(when=When.kept(starts, ends, precision), text=text, sources=sources)


_TELLINGS = (
    "SELECT event, source, n, outlet, published, told.basis, told.because, status, starts, ends, "
    "precision, text FROM event_source AS told "
    "JOIN source INDEXED BY source_cited ON source.key = told.source "
    "WHERE event IN (SELECT value FROM json_each(:keys)) ORDER BY n"
)


def _tellings(db: Connection, asked: Mapping[str, str]) -> dict[str, list[TellingRow]]:
    """Return what the sources of each event say of it, by number."""
    found: dict[str, list[TellingRow]] = {}
    for telling in map(TellingRow._make, db.conn.execute(_TELLINGS, asked)):
        found.setdefault(telling.event, []).append(telling)
    return found


# A surname on its own names nobody in full.
_PERSONS = """
    SELECT event, person.key, person.name, (SELECT GROUP_CONCAT(text, char(10)) FROM name
    WHERE name.person = person.key AND text LIKE '% %')
    FROM event_person JOIN person ON person.key = event_person.person
    WHERE event IN (SELECT value FROM json_each(:keys)) ORDER BY person.name, person.key
"""
_SUBJECTS = """
    SELECT event, subject.key, subject.name, (SELECT GROUP_CONCAT(text, char(10)) FROM subject_name
    WHERE subject_name.subject = subject.key)
    FROM event_subject JOIN subject ON subject.key = event_subject.subject
    WHERE event IN (SELECT value FROM json_each(:keys)) ORDER BY subject.name, subject.key
"""


def _present(
    db: Connection, question: str, asked: Mapping[str, str]
) -> dict[str, tuple[Present, ...]]:
    """Return who, or what else, is in each event, by name."""
    found: dict[str, list[Present]] = {}
    for event, key, name, spellings in db.conn.execute(question, asked):
        found.setdefault(event, []).append(_spelled(key, name, spellings))
    return {event: tuple(present) for event, present in found.items()}


@lru_cache(maxsize=4096)  # the same few are in most events
def _spelled(key: str, name: str, spellings: str | None) -> Present:
    if spellings is None:
        return Present(key=key, name=name, spellings=())
    return Present(key=key, name=name, spellings=tuple(sorted(spellings.split("\n"))))
