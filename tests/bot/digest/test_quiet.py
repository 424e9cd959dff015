"""Quiet hours in every zone, also where clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest.quiet import wakes
from store.ledger.values import Quiet

NIGHT = Quiet(begins=time(22), ends=time(7))
NOON = Quiet(begins=time(12), ends=time(13, 30))
ZONES = sorted(available_timezones() - {"localtime", "Factory"})
DAY = timedelta(days=1)

times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
quiets = (
    st.tuples(times, times)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: Quiet(begins=pair[0], ends=pair[1]))
)
moments = st.integers(0, 19 * 365 * 24 * 60).map(
    lambda minutes: datetime(2011, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (None, "2022-01-10T23:00", "2022-01-10T23:00"),
        (NIGHT, "2022-01-10T21:59", "2022-01-10T21:59"),
        (NIGHT, "2022-01-10T22:00", "2022-01-11T07:00"),
        (NIGHT, "2022-01-11T03:00", "2022-01-11T07:00"),
        (NIGHT, "2022-01-11T06:59", "2022-01-11T07:00"),
        (NIGHT, "2022-01-11T07:00", "2022-01-11T07:00"),
        (NOON, "2022-01-11T12:00", "2022-01-11T13:30"),
        (NOON, "2022-01-11T11:59", "2022-01-11T11:59"),
        (NOON, "2022-01-11T13:30", "2022-01-11T13:30"),
    ],
)
def test_what_is_owed_waits_until_they_end(quiet: Quiet | None, now: str, until: str) -> None:
    assert wakes(quiet, "UTC", at(now)) == at(until)


@pytest.mark.parametrize(
    ("zone", "quiet", "now", "until"),
    [
        # An hour is left out in the night, and one comes twice.
        ("Europe/Kyiv", NIGHT, "2022-03-26T22:00", "2022-03-27T04:00"),
        ("Europe/Kyiv", NIGHT, "2022-10-29T22:00", "2022-10-30T05:00"),
        # They would end in the hour that is left out: as much later as the clock jumps.
        (
            "America/New_York",
            Quiet(begins=time(22), ends=time(2, 30)),
            "2022-03-13T06:00",
            "2022-03-13T07:30",
        ),
        # They would end in an hour that comes twice: the first time.
        (
            "America/New_York",
            Quiet(begins=time(22), ends=time(1, 30)),
            "2022-11-06T05:15",
            "2022-11-06T05:30",
        ),
        (
            "America/New_York",
            Quiet(begins=time(22), ends=time(1, 30)),
            "2022-11-06T06:15",
            "2022-11-06T06:15",
        ),
        # The clock jumps at midnight; and a whole day is left out.
        (
            "America/Santiago",
            Quiet(begins=time(23), ends=time(0)),
            "2022-09-11T03:30",
            "2022-09-11T04:00",
        ),
        ("Pacific/Apia", NIGHT, "2011-12-30T09:00", "2011-12-30T17:00"),
    ],
)
def test_clocks_that_change(zone: str, quiet: Quiet, now: str, until: str) -> None:
    assert wakes(quiet, zone, at(now)) == at(until)


def test_hours_that_are_none_or_a_whole_day_are_no_quiet_hours() -> None:
    with pytest.raises(ValueError, match="different times"):
        Quiet(begins=time(7), ends=time(7))


@given(quiets, st.sampled_from(ZONES), moments)
@settings(max_examples=400)
def test_nobody_is_woken_and_nothing_waits_for_long(quiet: Quiet, zone: str, now: datetime) -> None:
    until = wakes(quiet, zone, now)
    assert now <= until < now + 2 * DAY
    assert wakes(quiet, zone, until) == until


@given(quiets, st.sampled_from(ZONES), moments)
@settings(max_examples=400)
def test_where_no_clock_changes_the_readers_clock_says_it_all(
    quiet: Quiet, zone: str, now: datetime
) -> None:
    info = ZoneInfo(zone)
    offsets = {(now + n * DAY / 4).astimezone(info).utcoffset() for n in range(-12, 13)}
    if len(offsets) > 1:
        return
    local = now.astimezone(info).time()
    over_midnight = quiet.ends < quiet.begins
    inside = (
        local >= quiet.begins or local < quiet.ends
        if over_midnight
        else quiet.begins <= local < quiet.ends
    )
    until = wakes(quiet, zone, now)
    assert (until > now) == inside
    if inside:
        assert until.astimezone(info).time() == quiet.ends
        assert until - now < DAY
