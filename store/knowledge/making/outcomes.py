"""Whether planned events took place: each is held against the events that did."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import NamedTuple

from store.database import Connection
from store.knowledge.making.equalising import Touched, among, as_list, digest_of
from store.knowledge.values import StatedEvent, Status, When

_LONGEST_OUTCOME = timedelta(days=31)
_APART = timedelta(days=2)  # so far may the dates of one happening be


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event as all its sources tell it: the first's words, the strongest status."""

    key: str
    when: When
    text: str
    place: str | None
    status: Status
    people: Sequence[str]
    tellings: Sequence[tuple[str, StatedEvent]]


class Days(NamedTuple):
    """The first and the last day of something, as SQLite holds them."""

    starts: str
    ends: str


class Dated(NamedTuple):
    """An event that is known, with all the dates that its sources give it."""

    key: str
    days: tuple[Days, ...]
    place: str | None  # its key
    people: frozenset[str]
    is_planned: bool


def dated(db: Connection, keys: Collection[str]) -> list[Dated]:
    """Return the events with `keys` that there are."""
    days: dict[str, list[Days]] = defaultdict(list)
    people: dict[str, set[str]] = defaultdict(set)
    rows = among(
        db, "SELECT key, starts, ends, place_key, status FROM event WHERE key IN keys", keys
    )
    for key, starts, ends in among(
        db,
        "SELECT event, starts, ends FROM event_source WHERE event IN keys AND starts IS NOT NULL",
        keys,
    ):
        days[key].append(Days(starts, ends))
    for key, person in among(
        db, "SELECT event, person FROM event_person WHERE event IN keys", keys
    ):
        people[key].add(person)
    return [
        Dated(
            key,
            tuple(dict.fromkeys((Days(starts, ends), *days[key]))),
            place,
            frozenset(people[key]),
            status == Status.PLANNED,
        )
        for key, starts, ends, place, status in rows
    ]


def planned_near(db: Connection, events: Iterable[Dated]) -> set[str]:
    """Return the plans that some of `events`, which took place or did not, may bear out."""
    spans = sorted(
        (
            (_moved(day.starts, -_APART), _moved(day.ends, _APART), event)
            for event in events
            for day in event.days
            if not event.is_planned and _is_exact(day)
        ),
        key=itemgetter(0),
    )
    if not spans:
        return set()
    starts = [start for start, _, _ in spans]
    found: set[str] = set()
    plans = db.execute(
        "SELECT key, starts, ends, place_key FROM event WHERE status = 'planned' "
        "AND starts <= :last AND ends >= :first",
        {"first": starts[0], "last": max(end for _, end, _ in spans)},
    ).fetchall()
    placeless: dict[str, list[Dated]] = {}
    longest = _LONGEST_OUTCOME + 2 * _APART
    for key, first, last, place in plans:
        low = bisect_left(starts, _moved(first, -longest))
        for _, end, event in spans[low : bisect_right(starts, last)]:
            if end >= first:
                if place and event.place == place:
                    found.add(key)
                elif not (place and event.place):
                    placeless.setdefault(key, []).append(event)
    for plan in dated(db, placeless.keys() - found):
        if any(len(plan.people & event.people) > 1 for event in placeless[plan.key]):
            found.add(plan.key)
    return found


def bear_out(db: Connection, keys: Collection[str], events: Touched, outcomes: Touched) -> None:
    """Find for each of the plans with `keys` whether a source tells that it took place.

    A plan is borne out when a source tells of an event that took place on one of its days
    in the same place, with one of its persons where both name any; or, where a place is
    missing, with two of its persons. Events known to a year only bear nothing out.
    """
    known: dict[str, int] = dict(
        among(
            db,
            "SELECT key, borne_out FROM event WHERE key IN keys AND status = 'planned'",
            keys,
        )
    )
    plans = dated(db, known)
    near = {plan.key: _may_bear_out(db, plan) for plan in plans}
    found = {event.key: event for event in dated(db, set().union(*near.values()))}
    changed = []
    for plan in plans:
        took_place = any(
            _alike(plan, found[key]) and not found[key].is_planned for key in near[plan.key]
        )
        if took_place != bool(known[plan.key]):
            changed.append({"key": plan.key, "out": int(took_place), "open": int(not took_place)})
        outcomes.note(plan.key, None, outcome(plan.key) if took_place else None)
    for statement in (
        "UPDATE event SET borne_out = :out WHERE key = :key",
        "UPDATE event_person SET open = :open WHERE event = :key",
        "UPDATE event_subject SET open = :open WHERE event = :key",
    ):
        db.conn.executemany(statement, changed)
    for key in keys:
        if key in outcomes.before and outcomes.before[key] != outcomes.now[key]:
            events.else_changed.add(key)


def note_borne_out(db: Connection, keys: Collection[str], outcomes: Touched) -> None:
    """Note which of the plans with `keys` are borne out, before any is written again."""
    for key, out in among(
        db,
        "SELECT key, borne_out FROM event WHERE key IN keys AND status = 'planned'",
        [key for key in keys if key not in outcomes.before],
    ):
        outcomes.note(key, outcome(key) if out else None, None)


def outcome(key: str) -> str:
    """Return what stands for a plan that was borne out."""
    return digest_of(("borne out", key))


def _may_bear_out(db: Connection, plan: Dated) -> set[str]:
    """Return the keys of the events near a plan in date, and in place or persons."""
    found: set[str] = set()
    for day in plan.days:
        values: dict[str, str | None] = {
            "first": _moved(day.starts, -_APART),
            "early": _moved(day.starts, -_LONGEST_OUTCOME - _APART),
            "last": _moved(day.ends, _APART),
            "place": plan.place,
            "people": as_list(plan.people),
        }
        window = "starts BETWEEN :early AND :last AND ends >= :first"
        with_them = (
            "AND (EXISTS (SELECT 1 FROM event_person WHERE event = key "
            "AND person IN (SELECT value FROM json_each(:people))) "
            "OR NOT EXISTS (SELECT 1 FROM event_person WHERE event = key))"
        )
        if plan.place:
            rows = db.execute(
                f"SELECT key FROM event WHERE place_key = :place AND {window} "  # noqa: S608 (ours)
                f"AND status <> 'planned' {with_them if plan.people else ''}",
                values,
            )
            found.update(key for (key,) in rows)
        if len(plan.people) > 1:
            rows = db.execute(
                "SELECT event FROM event_person WHERE person IN "  # noqa: S608 (ours)
                f"(SELECT value FROM json_each(:people)) AND {window} "
                "GROUP BY event HAVING COUNT(*) > 1",
                values,
            )
            found.update(key for (key,) in rows)
    return found


def _alike(plan: Dated, event: Dated) -> bool:
    if not any(
        one.starts <= other.ends and other.starts <= one.ends
        for one in event.days
        if _is_exact(one)
        for other in plan.days
    ):
        return False
    shared = len(plan.people & event.people)
    if plan.place and event.place:
        same_place = plan.place == event.place
        return same_place and (shared > 0 or not plan.people or not event.people)
    return shared > 1


def _is_exact(day: Days) -> bool:
    return date.fromisoformat(day.ends) - date.fromisoformat(day.starts) <= _LONGEST_OUTCOME


def _moved(day: str, by: timedelta) -> str:
    try:
        return (date.fromisoformat(day) + by).isoformat()
    except OverflowError:
        return day
