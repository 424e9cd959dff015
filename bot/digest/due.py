"""When an edition is due: pure functions of a rhythm, the local dates decided on, and the time.

A day is due when its local time has come. Where the clock jumps over that time, it comes as
much later as the clock jumped, be it on the next date; where an hour happens twice, the first
of the two counts. A local date that a zone leaves out altogether has no edition.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from store.ledger.values import Rhythm

_DAY = timedelta(days=1)
# The clocks of a zone and of UTC differ by 14 hours at most (a changed zone by 26), and a
# rhythm has a day at least every seven: nothing further away can matter.
_HORIZON = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An edition that is due: of which local date, since when, and when the next one will be."""

    local_date: date
    since: datetime
    next_due: datetime


def moment(day: date, rhythm: Rhythm) -> datetime | None:
    """Return when the edition of `day` is due, in UTC; None where the zone has no such day."""
    zone = ZoneInfo(rhythm.zone)
    # A jump over the wanted time leaves the day's start or its end, unless it takes all of it.
    tried = (datetime.combine(day, at, zone) for at in (rhythm.at, time.min, time.max))
    if not any(wall.astimezone(UTC).astimezone(zone) == wall for wall in tried):
        return None
    return datetime.combine(day, rhythm.at, zone).astimezone(UTC)


def local_date(rhythm: Rhythm, now: datetime) -> date:
    """Return what day it is at `now` where the rhythm lives."""
    return now.astimezone(ZoneInfo(rhythm.zone)).date()


def first_after(day: date, rhythm: Rhythm) -> tuple[date, datetime]:
    """Return the first local date after `day` that has an edition, and when it is due."""
    return next(_after(day, rhythm))


@lru_cache(maxsize=256)  # many chats have one rhythm, and are asked about at one time
def due(rhythm: Rhythm, *, last_date: date, now: datetime) -> Due | None:
    """Return the newest edition that is due at `now` and younger than `last_date`, if any.

    After a time without service this is one edition, not one for each day missed.
    """
    newest: tuple[date, datetime] | None = None
    for day, since in _after(max(last_date, local_date(rhythm, now) - _HORIZON * _DAY), rhythm):
        if since > now:
            if newest is None:
                return None
            return Due(local_date=newest[0], since=newest[1], next_due=since)
        newest = (day, since)
    raise AssertionError("a rhythm has no end")


def begin(rhythm: Rhythm, *, now: datetime, last_date: date | None = None) -> tuple[date, datetime]:
    """Return `last_date` and the next due moment for a rhythm that begins at `now`.

    A day whose time has passed already is not made up for. With the `last_date` of
    the rhythm before, no local date comes a second time, whatever the zone.
    """
    today = local_date(rhythm, now)
    at = moment(today, rhythm)
    passed = today if at is None or at <= now else today - _DAY
    decided = passed if last_date is None else max(passed, last_date)
    return decided, first_after(decided, rhythm)[1]


def _after(day: date, rhythm: Rhythm) -> Iterator[tuple[date, datetime]]:
    while True:
        day += _DAY
        if rhythm.days >> day.weekday() & 1 and (at := moment(day, rhythm)) is not None:
            yield day, at
