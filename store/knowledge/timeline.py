"""What is known of events: by person, place and date, in the order of time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from store.database import Connection
from store.knowledge.sources import Citations, citations_of
from store.knowledge.values import Precision, Status, When


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFilter:
    """Which events: of a person (key), at a place (key), on a date; each may be left out.

    `beside` is a second person: of the events with both.
    """

    person: str | None = None
    beside: str | None = None
    place: str | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """One page of events in the order of time, and where it stands among all."""

    events: tuple[Event, ...]
    offset: int
    total: int


# One statement for every filter: what is NULL does not restrict. `ends` and `starts`
# compare as text because both are ISO days.
_CHOSEN = """
    FROM event WHERE
    (:person IS NULL OR key IN (SELECT event FROM event_person WHERE person = :person))
    AND (:beside IS NULL OR key IN (SELECT event FROM event_person WHERE person = :beside))
    AND (:place IS NULL OR place_key = :place)
    AND (:first IS NULL OR (ends >= :first AND starts <= :last))
"""
# A plan that has begun is still one while its last day is to come and no outcome is known.
_TO_COME = """
    FROM event WHERE starts > (SELECT MAX(published) FROM source)
    OR (status = 'planned' AND NOT borne_out AND ends > (SELECT MAX(published) FROM source))
"""
_UP_TO_AS_OF = "AND starts <= (SELECT MAX(published) FROM source)"


def timeline(
    db: Connection, chosen: TimelineFilter, *, limit: int, offset: int | None = None
) -> TimelinePage:
    """Return a page of the events that `chosen` lets through.

    Without an offset it is the page that holds the newest event up to "as of",
    so that a reader lands where the story stands.
    """
    values = _values(chosen)
    total = db.execute("SELECT COUNT(*)" + _CHOSEN, values).fetchone()[0]
    if offset is None:
        past = db.execute(
            "SELECT COUNT(*)" + _CHOSEN + _UP_TO_AS_OF,
            values,
        ).fetchone()[0]
        offset = max(past - 1, 0) // limit * limit
    rows = db.query(
        "SELECT key, starts, ends, precision, text, place, status, borne_out, "
        "correction" + _CHOSEN + "ORDER BY starts, ends, key LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset},
    )
    return TimelinePage(events=_events(db, rows), offset=offset, total=total)


def newest_events(
    db: Connection, *, limit: int, person: str | None = None, source: str | None = None
) -> tuple[Event, ...]:
    """Return the newest events up to "as of", newest first, of a person or a source if given."""
    rows = db.query(
        "SELECT key, starts, ends, precision, text, place, status, borne_out, "
        "correction FROM event "
        "WHERE (:person IS NULL OR key IN "
        "(SELECT event FROM event_person WHERE person = :person)) "
        "AND (:source IS NULL OR key IN "
        "(SELECT event FROM event_source WHERE source = :source)) "
        "AND starts <= (SELECT MAX(published) FROM source) "
        "ORDER BY starts DESC, ends DESC, key LIMIT :limit",
        {"person": person, "source": source, "limit": limit},
    )
    return _events(db, rows)


def coming_events(db: Connection, *, limit: int, person: str | None = None) -> tuple[Event, ...]:
    """Return what is planned after "as of", soonest first."""
    rows = db.query(
        "SELECT key, starts, ends, precision, text, place, status, borne_out, "
        "correction FROM event "
        "WHERE starts > (SELECT MAX(published) FROM source) "
        "AND (:person IS NULL OR key IN "
        "(SELECT event FROM event_person WHERE person = :person)) "
        "ORDER BY starts, ends, key LIMIT :limit",
        {"person": person, "limit": limit},
    )
    return _events(db, rows)


def planned_events(db: Connection, *, limit: int, offset: int = 0) -> TimelinePage:
    """Return a page of what is planned after "as of", soonest first."""
    total = db.execute("SELECT COUNT(*)" + _TO_COME).fetchone()[0]
    rows = db.query(
        "SELECT key, starts, ends, precision, text, place, status, borne_out, "
        "correction" + _TO_COME + "ORDER BY starts, ends, key LIMIT :limit OFFSET :offset",
        {"limit": limit, "offset": offset},
    )
    return TimelinePage(events=_events(db, rows), offset=offset, total=total)


def nearest_dates(db: Connection, chosen: TimelineFilter) -> tuple[When, ...]:
    """Return the dates of the last event before, and the first after, those of `chosen`.

    Of the same persons and place. `chosen` must have a date.
    """
    values = _values(chosen)
    around = {**values, "first": None, "last": None, "begins": values["first"]}
    around["stops"] = values["last"]
    before = db.query(
        "SELECT starts, ends, precision" + _CHOSEN + "AND ends < :begins "
        "ORDER BY ends DESC, starts DESC, key LIMIT 1",
        around,
    )
    after = db.query(
        "SELECT starts, ends, precision" + _CHOSEN + "AND starts > :stops "
        "ORDER BY starts, ends, key LIMIT 1",
        around,
    )
    return tuple(dict.fromkeys(_when(row) for row in (*before, *after)))


def events_of_source(db: Connection, source: str) -> tuple[Event, ...]:
    """Return the events that a source tells of, in the order of time."""
    rows = db.query(
        "SELECT event.key, starts, ends, precision, text, place, event.status, borne_out, "
        "correction "
        "FROM event_source JOIN event ON event.key = event_source.event "
        "WHERE event_source.source = :source ORDER BY starts, ends, event.key",
        {"source": source},
    )
    return _events(db, rows)


def events_of_keys(db: Connection, keys: Sequence[str]) -> tuple[Event, ...]:
    """Return the events of `keys` that are known, in the order of time."""
    found = [
        row
        for key in keys
        for row in db.query(
            "SELECT key, starts, ends, precision, text, place, status, borne_out, "
            "correction FROM event "
            "WHERE key = :key",
            {"key": key},
        )
    ]
    return _events(db, sorted(found, key=lambda row: (row["starts"], row["ends"], row["key"])))


def place_of_key(db: Connection, key: str) -> str | None:
    """Return the name of the place with `key`, as the sources write it, or None."""
    row = db.execute("SELECT MIN(place) FROM event WHERE place_key = :key", {"key": key}).fetchone()
    return str(row[0]) if row[0] else None


def places(db: Connection) -> tuple[str, ...]:
    """Return every place at which something happened or is planned."""
    rows = db.query(
        "SELECT MIN(place) AS place FROM event WHERE place IS NOT NULL "
        "GROUP BY place_key ORDER BY COUNT(*) DESC, place"
    )
    return tuple(row["place"] for row in rows)


def _values(chosen: TimelineFilter) -> dict[str, str | None]:
    return {
        "person": chosen.person,
        "beside": chosen.beside,
        "place": chosen.place,
        "first": chosen.when.start.isoformat() if chosen.when else None,
        "last": chosen.when.end.isoformat() if chosen.when else None,
    }


def _events(db: Connection, rows: Iterable[Mapping[str, str]]) -> tuple[Event, ...]:
    return tuple(
        Event(
            key=row["key"],
            when=_when(row),
            text=row["text"],
            place=row["place"],
            status=Status(row["status"]),
            borne_out=bool(row["borne_out"]),
            correction=row["correction"],
            sources=citations_of(db, "event", row["key"]),
        )
        for row in list(rows)
    )


def _when(row: Mapping[str, str]) -> When:
    return When(
        date.fromisoformat(row["starts"]),
        date.fromisoformat(row["ends"]),
        Precision(row["precision"]),
    )
