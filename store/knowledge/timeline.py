"""What is known of events: by person, place and date, in the order of time."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from store.database import Connection, select
from store.knowledge.choosing import Chosen, Stretch, nearest, of_date, page, sized
from store.knowledge.disputes import Dispute, disputes
from store.knowledge.remembering import remembered
from store.knowledge.sources import Citations, as_of, citation
from store.knowledge.values import Basis, Precision, Status, When

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


_COLUMNS = "SELECT key, starts, ends, precision, text, place, status, borne_out, correction "


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
        events=events_of_keys(db, page(db, stretches, limit=limit, offset=offset)),
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
    return events_of_keys(db, past.last(db, limit))[::-1]


def coming_events(
    db: Connection, *, limit: int, person: str | None = None, subject: str | None = None
) -> tuple[Event, ...]:
    """Return what is to come, soonest first, of a person or a subject if given."""
    begun, future = _to_come(db, Chosen.by(db, person=person, subject=subject))
    keys = begun.first(db, limit)
    return events_of_keys(db, [*keys, *future.first(db, limit - len(keys))])


def planned_events(db: Connection, *, limit: int, offset: int = 0) -> TimelinePage:
    """Return a page of what is to come, soonest first."""
    stretches = sized(db, _to_come(db, Chosen.by(db)))
    keys = page(db, stretches, limit=limit, offset=offset)
    return TimelinePage(
        events=events_of_keys(db, keys),
        offset=offset,
        total=sum(count for _, count in stretches),
    )


def nearest_dates(db: Connection, chosen: TimelineFilter) -> tuple[When, ...]:
    """Return the dates of the last event before, and the first after, those of `chosen`.

    Of the same persons and place. `chosen` must have a date.
    """
    if chosen.when is None:
        return ()
    events = events_of_keys(db, nearest(db, _chosen(db, chosen), chosen.when))
    return tuple(dict.fromkeys(event.when for event in events))


def events_of_source(db: Connection, source: str) -> tuple[Event, ...]:
    """Return the events that a source tells of, in the order of time.

    Their words, their date with its basis and their status are the source's own; where words or
    date differ from those of timelines, no other source is behind them.
    """
    rows = select(
        db,
        "SELECT event.key, place, told.status AS status, borne_out, correction, "
        "IFNULL(told.starts, event.starts) AS starts, IFNULL(told.ends, event.ends) AS ends, "
        "IFNULL(told.precision, event.precision) AS precision, "
        "IFNULL(told.text, event.text) AS text, event.starts AS listed_starts, "
        "event.ends AS listed_ends, event.precision AS listed_precision, "
        "event.text AS listed_text "
        "FROM event_source AS told JOIN event ON event.key = told.event "
        "WHERE told.source = :source ORDER BY 6, 7, event.key",
        {"source": source},
    )
    return _events(db, rows, only=source)


def events_of_keys(db: Connection, keys: Sequence[str]) -> tuple[Event, ...]:
    """Return the events of `keys` that are known, in the order of time.

    What another source told before, in other words, is found by the key that it had alone.
    """
    rows = select(
        db,
        f"{_COLUMNS} FROM event WHERE key IN (SELECT value FROM json_each(:keys) "  # noqa: S608 (our own text)
        "UNION ALL SELECT event FROM event_source "
        "WHERE telling IN (SELECT value FROM json_each(:keys))) "
        "ORDER BY starts, ends, key",
        {"keys": json.dumps(list(keys))},
    )
    return _events(db, rows)


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
    db: Connection, rows: Iterable[Mapping[str, str]], *, only: str | None = None
) -> tuple[Event, ...]:
    """Make events of their rows; `only`: the basis of their dates is that of one source."""
    told = list(rows)
    keys = [row["key"] for row in told]
    asked = {"keys": json.dumps(keys)}
    tellings, disputed = _tellings(db, asked), disputes(db, keys)
    present, named = _present(db, asked), _named(db, asked)
    events = []
    for row in told:
        tells = tellings[row["key"]]
        dates = [
            telling
            for telling in tells
            if (telling["as_listed"] if only is None else telling["key"] == only)
        ]
        sources = tuple(map(citation, tells))
        listed = None if only is None else _listed(row, sources)
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
                sources=tuple(one for one in sources if not listed or one.key == only),
                basis=Basis(surest["basis"]),
                because=surest["because"],
                dispute=disputed.get(row["key"]),
                listed=listed,
                people=present.get(row["key"], ()),
                subjects=named.get(row["key"], ()),
            )
        )
    return tuple(events)


def _listed(row: Mapping[str, str], sources: Citations) -> Listed | None:
    """Return how timelines have an event whose `row` is what one source says, if they differ."""
    when, text = _when(row, "listed_"), row["listed_text"]
    if (when, text) == (_when(row), row["text"]):
        return None
    return Listed(when=when, text=text, sources=sources)


def _tellings(db: Connection, asked: Mapping[str, str]) -> dict[str, list[Mapping[str, str]]]:
    """Return the sources of each event by number, with what they say of its date."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in select(
        db,
        "SELECT event, n, source.key, outlet, published, event_source.basis, "
        "event_source.because, event_source.starts IS NULL AS as_listed "
        "FROM event_source JOIN source ON source.key = event_source.source "
        "WHERE event IN (SELECT value FROM json_each(:keys)) ORDER BY n",
        asked,
    ):
        found.setdefault(row["event"], []).append(row)
    return found


def _present(db: Connection, asked: Mapping[str, str]) -> dict[str, tuple[Present, ...]]:
    """Return who is in each event, by name."""
    rows = db.conn.execute(
        "SELECT event, person.key, person.name, name.text FROM event_person "
        "JOIN person ON person.key = event_person.person "
        "JOIN name ON name.person = person.key "
        "WHERE event IN (SELECT value FROM json_each(:keys)) "
        "ORDER BY person.name, person.key, name.text",
        asked,
    )
    return _spelled(rows, at_least=2)


def _named(db: Connection, asked: Mapping[str, str]) -> dict[str, tuple[Present, ...]]:
    """Return what else each event names."""
    rows = db.conn.execute(
        "SELECT event, subject.key, subject.name, text FROM event_subject "
        "JOIN subject ON subject.key = event_subject.subject "
        "JOIN subject_name ON subject_name.subject = subject.key "
        "WHERE event IN (SELECT value FROM json_each(:keys)) "
        "ORDER BY subject.name, subject.key, text",
        asked,
    )
    return _spelled(rows, at_least=1)


def _spelled(
    rows: Iterable[tuple[str, str, str, str]], *, at_least: int
) -> dict[str, tuple[Present, ...]]:
    """Return what is in each event, from a row for each spelling; one is of so many words."""
    spelled: dict[tuple[str, str, str], list[str]] = {}
    for event, key, name, text in rows:
        full = spelled.setdefault((event, key, name), [])
        if text.count(" ") >= at_least - 1:
            full.append(text)
    found: dict[str, tuple[Present, ...]] = {}
    for (event, key, name), texts in spelled.items():
        present = Present(key=key, name=name, spellings=tuple(texts))
        found[event] = (*found.get(event, ()), present)
    return found


def _when(row: Mapping[str, str], of: str = "") -> When:
    return When(
        date.fromisoformat(row[f"{of}starts"]),
        date.fromisoformat(row[f"{of}ends"]),
        Precision(row[f"{of}precision"]),
    )
