"""What is known of events: by person, place and date, in the order of time."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from store.database import Connection
from store.knowledge.disputes import Dispute, disputes
from store.knowledge.sources import Citations, citation
from store.knowledge.values import Basis, Precision, Status, When

_SURE = (Basis.STATED, Basis.RESOLVED, Basis.INFERRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Somebody or something in an event: the key of its page, and how it is spelled in full."""

    key: str
    name: str
    spellings: tuple[str, ...]


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


# One statement for every filter: what is NULL does not restrict. `ends` and `starts`
# compare as text because both are ISO days.
_CHOSEN = """
    (:person IS NULL OR key IN (SELECT event FROM event_person WHERE person = :person))
    AND (:beside IS NULL OR key IN (SELECT event FROM event_person WHERE person = :beside))
    AND (:also IS NULL OR key IN (SELECT event FROM event_subject WHERE subject = :also))
    AND (:place IS NULL OR place_key = :place)
    AND (:first IS NULL OR (ends >= :first AND starts <= :last))
"""
# Of a subject only its own events are looked through: of a million, a few.
_OF_SUBJECT = """
    FROM event_subject JOIN event ON event.key = event_subject.event
    WHERE event_subject.subject = :subject AND
"""
_COLUMNS = "SELECT key, starts, ends, precision, text, place, status, borne_out, correction "
# What is to come begins after "as of". A plan that has begun is still one while its last day
# is to come and no outcome is known.
_IS_TO_COME = """
    (starts > (SELECT MAX(published) FROM source)
    OR (status = 'planned' AND NOT borne_out AND ends > (SELECT MAX(published) FROM source)))
"""
_TO_COME = f"FROM event WHERE {_IS_TO_COME}"
_UP_TO_AS_OF = "AND starts <= (SELECT MAX(published) FROM source)"


def timeline(
    db: Connection, chosen: TimelineFilter, *, limit: int, offset: int | None = None
) -> TimelinePage:
    """Return a page of the events that `chosen` lets through.

    Without an offset it is the page that holds the newest event up to "as of",
    so that a reader lands where the story stands.
    """
    values = _values(chosen)
    total = db.execute(f"SELECT COUNT(*) {_from(chosen.subject)} {_CHOSEN}", values).fetchone()[0]
    if offset is None:
        past = db.execute(
            f"SELECT COUNT(*) {_from(chosen.subject)} {_CHOSEN}" + _UP_TO_AS_OF,
            values,
        ).fetchone()[0]
        offset = max(past - 1, 0) // limit * limit
    rows = db.query(
        f"{_COLUMNS} {_from(chosen.subject)} {_CHOSEN} "
        "ORDER BY starts, ends, key LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": offset},
    )
    return TimelinePage(events=_events(db, rows), offset=offset, total=total)


def newest_events(
    db: Connection,
    *,
    limit: int,
    person: str | None = None,
    subject: str | None = None,
    source: str | None = None,
) -> tuple[Event, ...]:
    """Return the newest events that are not to come, newest first: of one of these, or of all."""
    rows = db.query(
        f"{_COLUMNS} {_from(subject)} "  # noqa: S608 (our own text)
        "(:person IS NULL OR key IN "
        "(SELECT event FROM event_person WHERE person = :person)) "
        "AND (:source IS NULL OR key IN "
        "(SELECT event FROM event_source WHERE source = :source)) "
        f"AND NOT {_IS_TO_COME} "
        "ORDER BY starts DESC, ends DESC, key LIMIT :limit",
        {"person": person, "subject": subject, "source": source, "limit": limit},
    )
    return _events(db, rows)


def coming_events(
    db: Connection, *, limit: int, person: str | None = None, subject: str | None = None
) -> tuple[Event, ...]:
    """Return what is to come, soonest first, of a person or a subject if given."""
    rows = db.query(
        f"{_COLUMNS} {_from(subject)} {_IS_TO_COME} "  # noqa: S608 (our own text)
        "AND (:person IS NULL OR key IN "
        "(SELECT event FROM event_person WHERE person = :person)) "
        "ORDER BY starts, ends, key LIMIT :limit",
        {"person": person, "subject": subject, "limit": limit},
    )
    return _events(db, rows)


def planned_events(db: Connection, *, limit: int, offset: int = 0) -> TimelinePage:
    """Return a page of what is to come, soonest first."""
    total = db.execute("SELECT COUNT(*)" + _TO_COME).fetchone()[0]
    rows = db.query(
        _COLUMNS + _TO_COME + "ORDER BY starts, ends, key LIMIT :limit OFFSET :offset",
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
        f"SELECT starts, ends, precision {_from(chosen.subject)} {_CHOSEN} "
        "AND ends < :begins "
        "ORDER BY ends DESC, starts DESC, key LIMIT 1",
        around,
    )
    after = db.query(
        f"SELECT starts, ends, precision {_from(chosen.subject)} {_CHOSEN} "
        "AND starts > :stops "
        "ORDER BY starts, ends, key LIMIT 1",
        around,
    )
    return tuple(dict.fromkeys(_when(row) for row in (*before, *after)))


def events_of_source(db: Connection, source: str) -> tuple[Event, ...]:
    """Return the events that a source tells of, in the order of time.

    Their status and the basis of their dates are the source's own.
    """
    rows = db.query(
        "SELECT event.key, starts, ends, precision, text, place, event_source.status AS status, "
        "borne_out, correction FROM event_source JOIN event ON event.key = event_source.event "
        "WHERE event_source.source = :source ORDER BY starts, ends, event.key",
        {"source": source},
    )
    return _events(db, rows, only=source)


def events_of_keys(db: Connection, keys: Sequence[str]) -> tuple[Event, ...]:
    """Return the events of `keys` that are known, in the order of time."""
    rows = db.query(
        f"{_COLUMNS} FROM event WHERE key IN (SELECT value FROM json_each(:keys)) "  # noqa: S608 (our own text)
        "ORDER BY starts, ends, key",
        {"keys": json.dumps(list(keys))},
    )
    return _events(db, rows)


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


def _from(subject: str | None) -> str:
    return _OF_SUBJECT if subject else "FROM event WHERE"


def _values(chosen: TimelineFilter) -> dict[str, str | None]:
    return {
        "person": chosen.person,
        "beside": chosen.beside,
        "place": chosen.place,
        "subject": chosen.subject,
        "also": chosen.also,
        "first": chosen.when.start.isoformat() if chosen.when else None,
        "last": chosen.when.end.isoformat() if chosen.when else None,
    }


def _events(
    db: Connection, rows: Iterable[Mapping[str, str]], *, only: str | None = None
) -> tuple[Event, ...]:
    """Make events of their rows; `only`: the basis of their dates is that of one source."""
    told = list(rows)
    keys = [row["key"] for row in told]
    tellings, present, disputed = _tellings(db, keys), _present(db, keys), disputes(db, keys)
    named = _named(db, keys)
    events = []
    for row in told:
        tells = tellings[row["key"]]
        dates = [telling for telling in tells if only is None or telling["key"] == only]
        surest = min(dates, key=lambda telling: _SURE.index(Basis(telling["basis"])))
        events.append(
            Event(
                key=row["key"],
                when=_when(row),
                text=row["text"],
                place=row["place"],
                status=Status(row["status"]),
                borne_out=bool(row["borne_out"]),
                correction=row["correction"],
                sources=tuple(map(citation, tells)),
                basis=Basis(surest["basis"]),
                because=surest["because"],
                dispute=disputed.get(row["key"]),
                people=present.get(row["key"], ()),
                subjects=named.get(row["key"], ()),
            )
        )
    return tuple(events)


def _tellings(db: Connection, keys: Sequence[str]) -> dict[str, list[Mapping[str, str]]]:
    """Return the sources of each event by number, with what they say of its date."""
    found: dict[str, list[Mapping[str, str]]] = {key: [] for key in keys}
    for row in db.query(
        "SELECT event, n, source.key, outlet, published, event_source.basis, "
        "event_source.because FROM event_source JOIN source ON source.key = event_source.source "
        "WHERE event IN (SELECT value FROM json_each(:keys)) ORDER BY n",
        {"keys": json.dumps(keys)},
    ):
        found[row["event"]].append(row)
    return found


def _present(db: Connection, keys: Sequence[str]) -> dict[str, tuple[Present, ...]]:
    """Return who is in each event, by name."""
    rows = db.query(
        "SELECT event, person.key, person.name, name.text FROM event_person "
        "JOIN person ON person.key = event_person.person "
        "JOIN name ON name.person = person.key "
        "WHERE event IN (SELECT value FROM json_each(:keys)) "
        "ORDER BY person.name, person.key, name.text",
        {"keys": json.dumps(keys)},
    )
    return _spelled(rows, at_least=2)


def _named(db: Connection, keys: Sequence[str]) -> dict[str, tuple[Present, ...]]:
    """Return what else each event names."""
    rows = db.query(
        "SELECT event, subject.key, subject.name, text FROM event_subject "
        "JOIN subject ON subject.key = event_subject.subject "
        "JOIN subject_name ON subject_name.subject = subject.key "
        "WHERE event IN (SELECT value FROM json_each(:keys)) "
        "ORDER BY subject.name, subject.key, text",
        {"keys": json.dumps(keys)},
    )
    return _spelled(rows, at_least=1)


def _spelled(rows: Iterable[Mapping[str, str]], *, at_least: int) -> dict[str, tuple[Present, ...]]:
    """Return what is in each event, from a row for each spelling; one is of so many words."""
    spelled: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        spelled.setdefault((row["event"], row["key"], row["name"]), []).append(row["text"])
    found: dict[str, tuple[Present, ...]] = {}
    for (event, key, name), texts in spelled.items():
        full = tuple(text for text in texts if len(text.split()) >= at_least)
        found[event] = (*found.get(event, ()), Present(key=key, name=name, spellings=full))
    return found


def _when(row: Mapping[str, str]) -> When:
    return When(
        date.fromisoformat(row["starts"]),
        date.fromisoformat(row["ends"]),
        Precision(row["precision"]),
    )
