"""Quiet hours: until when a chat is left alone. Pure functions of zone and time.

They begin and end where the reader's clock shows it: over a jump of the clock as much later
as it jumped, and of an hour that comes twice the first counts, as for the digest.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from store.ledger.values import Quiet

_DAY = timedelta(days=1)


def wakes(quiet: Quiet | None, zone: str, now: datetime) -> datetime:
    """Return from when on a message that is owed at `now` may be sent: now, or when it ends."""
    while quiet is not None and (end := _end(quiet, ZoneInfo(zone), now)) is not None:
        now = end
    return now


def _end(quiet: Quiet, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return when the quiet hours end in which `now` falls; None where it falls in none."""
    today = now.astimezone(zone).date()
    # They may have begun a day ago; two, where the zone leaves a day out.
    for day in (today - 2 * _DAY, today - _DAY, today):
        begun = _moment(day, quiet.begins, zone)
        end = _moment(day + (_DAY if quiet.ends < quiet.begins else 0 * _DAY), quiet.ends, zone)
        if begun <= now < end:
            return end
    return None


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
