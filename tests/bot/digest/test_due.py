import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.digest.due import Due, begin, due, first_after, local_date, moment
from store.ledger.values import EVERY_DAY, Rhythm

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def rhythm(zone: str, at: str = "08:00", days: int = EVERY_DAY) -> Rhythm:
    return Rhythm(at=time.fromisoformat(at), zone=zone, days=days)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# Day and local time in a zone, and when that is in UTC.
MOMENTS = [
    ("America/New_York", "2026-10-31", "01:30", "2026-10-31 05:30"),
    ("America/New_York", "2026-11-01", "01:30", "2026-11-01 05:30"),  # twice: the first
    ("America/New_York", "2026-11-02", "01:30", "2026-11-02 06:30"),
    ("America/New_York", "2026-03-08", "02:30", "2026-03-08 07:30"),  # not there: 03:30
    ("America/New_York", "2026-03-08", "01:59", "2026-03-08 06:59"),
    ("America/New_York", "2026-03-08", "03:00", "2026-03-08 07:00"),
    ("America/Santiago", "2026-09-06", "00:00", "2026-09-06 04:00"),  # begins at 01:00
    ("America/Santiago", "2026-09-06", "00:30", "2026-09-06 04:30"),
    ("America/Santiago", "2026-04-04", "23:30", "2026-04-05 02:30"),  # twice
    ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23 22:00"),
    ("Africa/Cairo", "2026-04-24", "08:00", "2026-04-24 05:00"),
    ("Asia/Beirut", "2026-03-29", "00:15", "2026-03-28 22:15"),
    ("America/Nuuk", "2026-03-28", "23:30", "2026-03-29 01:30"),  # ends at 23:00
    ("America/Nuuk", "2026-03-29", "00:00", "2026-03-29 01:00"),
    ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03 15:45"),  # half an hour is left out
    ("Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-03 15:30"),
    ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04 14:45"),  # half an hour twice
    ("Africa/Casablanca", "2026-02-15", "02:30", "2026-02-15 01:30"),
    ("Pacific/Kiritimati", "2026-01-01", "00:00", "2025-12-31 10:00"),
    ("Pacific/Pago_Pago", "2026-01-01", "23:59", "2026-01-02 10:59"),
    ("Asia/Kathmandu", "2026-06-01", "08:00", "2026-06-01 02:15"),
]


@pytest.mark.parametrize(("zone", "day", "at", "when"), MOMENTS)
def test_a_day_is_due_when_its_local_time_has_come(zone: str, day: str, at: str, when: str) -> None:
    assert moment(date.fromisoformat(day), rhythm(zone, at)) == utc(when)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Apia", "2011-12-30"),
        ("Pacific/Fakaofo", "2011-12-30"),
        ("Pacific/Kwajalein", "1993-08-21"),
        ("Pacific/Kiritimati", "1994-12-31"),
    ],
)
@pytest.mark.parametrize("at", ["00:00", "08:00", "23:59"])
def test_a_date_that_a_zone_leaves_out_has_no_edition(zone: str, day: str, at: str) -> None:
    left_out = date.fromisoformat(day)
    assert moment(left_out, rhythm(zone, at)) is None
    day_after, when = first_after(left_out - DAY, rhythm(zone, at))
    assert day_after == left_out + DAY
    assert when.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(
        day_after, time.fromisoformat(at)
    )


def test_only_the_days_asked_for_have_an_edition() -> None:
    weekends = rhythm("UTC", days=0b1100000)
    assert first_after(date(2026, 6, 1), weekends)[0] == date(2026, 6, 6)
    assert first_after(date(2026, 6, 6), weekends)[0] == date(2026, 6, 7)
    assert first_after(date(2026, 6, 7), weekends)[0] == date(2026, 6, 13)


def test_nothing_is_due_before_its_time_or_twice() -> None:
    at_eight = rhythm("Europe/Kyiv")  # 05:00 UTC in summer
    last = date(2026, 6, 1)
    assert due(at_eight, last_date=last, now=utc("2026-06-02 04:59:59")) is None
    on_time = due(at_eight, last_date=last, now=utc("2026-06-02 05:00"))
    assert on_time == Due(
        local_date=date(2026, 6, 2),
        since=utc("2026-06-02 05:00"),
        next_due=utc("2026-06-03 05:00"),
    )
    assert due(at_eight, last_date=date(2026, 6, 2), now=utc("2026-06-02 23:00")) is None


@pytest.mark.parametrize("away", [2, 6, 7, 9, 10, 11, 12, 13, 14, 40, 4000])
def test_after_days_without_service_one_edition_is_due(away: int) -> None:
    once_a_week = rhythm("America/New_York", days=0b0000001)
    every_day = replace(once_a_week, days=EVERY_DAY)
    last = date(2026, 3, 2)  # a Monday
    now = datetime(2026, 3, 2, 18, tzinfo=UTC) + away * DAY
    found = due(every_day, last_date=last, now=now)
    assert found is not None
    assert found.local_date == last + away * DAY
    assert due(every_day, last_date=found.local_date, now=now) is None
    weekly = due(once_a_week, last_date=last, now=now)
    if away < 7:
        assert weekly is None
    else:
        assert weekly is not None
        assert weekly.local_date == last + away // 7 * 7 * DAY


def test_a_clock_set_back_brings_no_date_again() -> None:
    at_eight = rhythm("UTC")
    for days_back in (1, 5, 400):
        now = datetime(2026, 6, 10, 12, tzinfo=UTC) - days_back * DAY
        assert due(at_eight, last_date=date(2026, 6, 10), now=now) is None


@pytest.mark.parametrize(
    ("now", "decided", "next_due"),
    [
        ("2026-06-02 04:59", "2026-06-01", "2026-06-02 05:00"),
        ("2026-06-02 05:00", "2026-06-02", "2026-06-03 05:00"),
        ("2026-06-02 20:30", "2026-06-02", "2026-06-03 05:00"),
        ("2026-06-02 21:00", "2026-06-02", "2026-06-03 05:00"),  # midnight in Kyiv
    ],
)
def test_a_time_that_has_passed_is_not_made_up_for(now: str, decided: str, next_due: str) -> None:
    begun = begin(rhythm("Europe/Kyiv"), now=utc(now))
    assert begun == (date.fromisoformat(decided), utc(next_due))


def test_flying_east_and_west_brings_no_local_date_a_second_time() -> None:
    kiritimati, pago = rhythm("Pacific/Kiritimati"), rhythm("Pacific/Pago_Pago")
    now = utc("2026-06-01 18:00")  # 08:00 of the 2nd there, 07:00 of the 1st here
    last = date(2026, 6, 2)
    assert local_date(kiritimati, now) == last
    assert local_date(pago, now) == date(2026, 6, 1)
    assert begin(pago, now=now, last_date=last) == (last, utc("2026-06-03 19:00"))
    assert begin(kiritimati, now=now, last_date=date(2026, 5, 31)) == (
        last,
        utc("2026-06-02 18:00"),
    )


YEARS = (date(2024, 1, 1), date(2030, 12, 31))


def changes(zone: ZoneInfo) -> Iterator[date]:
    """Yield the days on which a zone's clock changes."""
    noon = datetime.combine(YEARS[0], time(12), UTC)
    before = noon.astimezone(zone).utcoffset()
    while noon.date() < YEARS[1]:
        # No zone changes its clock twice within a week.
        noon += 7 * DAY
        after = noon.astimezone(zone).utcoffset()
        if after != before:
            days = [noon - back * DAY for back in range(8)]
            offsets = [day.astimezone(zone).utcoffset() for day in days]
            yield next(
                day.date()
                for day, one, other in zip(days, offsets, offsets[1:], strict=False)
                if one != other
            )
        before = after


@cache
def zones() -> list[tuple[str, list[date]]]:
    """Return one zone, with its changes, of all that tick alike: most of the names are aliases."""
    found = dict[tuple[object, ...], tuple[str, list[date]]]()
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        days = list(changes(zone))
        hours = [
            datetime.combine(day, time(), UTC) + n * HOUR / 4
            for day in days
            for n in range(-96, 96, 4)
        ]
        ticks = tuple(hour.astimezone(zone).utcoffset() for hour in hours)
        start = datetime.combine(YEARS[0], time(12), UTC).astimezone(zone).utcoffset()
        found.setdefault((start, tuple(days), ticks), (name, days))
    return sorted(found.values())


TIMES = ("00:00", "00:30", "01:30", "02:00", "02:15", "02:30", "03:45", "08:00", "23:30", "23:59")


def given_in(
    asked: Rhythm, moments: Sequence[datetime], last_date: date
) -> list[tuple[datetime, Due]]:
    """Walk the moments and return what was due when."""
    given_then = []
    for now in moments:
        if found := due(asked, last_date=last_date, now=now):
            assert found.since <= now < found.next_due
            given_then.append((now, found))
            last_date = found.local_date
    return given_then


def walk(start: datetime, end: datetime, dice: random.Random) -> list[datetime]:
    steps = [start]
    while steps[-1] < end:
        steps.append(steps[-1] + timedelta(minutes=dice.choice((1, 7, 29, 61, 240, 700))))
    return steps


def not_before(found: Due, asked: Rhythm) -> bool:
    """Tell whether the wall clock has passed the local time of the date that is due."""
    wall = found.since.astimezone(ZoneInfo(asked.zone)).replace(tzinfo=None)
    return wall >= datetime.combine(found.local_date, asked.at)


@pytest.mark.parametrize("at", TIMES)
def test_around_every_change_of_every_zone_each_date_is_due_once_and_in_order(at: str) -> None:
    dice = random.Random(at)  # noqa: S311 (repeatable on purpose)
    for zone, days in zones():
        asked = rhythm(zone, at)
        for day in days or [YEARS[0]]:
            start = datetime.combine(day - 2 * DAY, time(), UTC)
            moments = walk(start, start + 5 * DAY, dice)
            last_date, next_due = begin(asked, now=moments[0])
            assert next_due > moments[0]
            found = given_in(asked, moments, last_date)
            dates = [it.local_date for _, it in found]
            assert dates == [last_date + n * DAY for n in range(1, len(dates) + 1)], zone
            assert all(not_before(it, asked) for _, it in found), zone
            # Nothing that came in the end is left out.
            assert first_after([last_date, *dates][-1], asked)[1] > moments[-1], zone


def test_no_date_of_these_years_is_left_out_anywhere() -> None:
    for zone, days in zones():
        for day in days:
            for near in (day - DAY, day, day + DAY):
                assert moment(near, rhythm(zone, "00:10")) is not None


ANYWHERE = st.builds(
    rhythm,
    st.sampled_from(sorted(available_timezones())),
    st.sampled_from(TIMES),
    st.integers(1, EVERY_DAY),
)
STEPS = st.lists(st.tuples(st.integers(1, 60 * 60), st.none() | ANYWHERE), min_size=1, max_size=40)
STARTS = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001 (the strategy adds the zone)
    datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(ANYWHERE, STARTS, STEPS)
@example(
    rhythm("Pacific/Kiritimati", "00:00"),
    datetime(2026, 1, 1, tzinfo=UTC),
    [(700, None), (800, rhythm("Pacific/Pago_Pago", "23:59")), *[(500, None)] * 9],
)
def test_whatever_zones_the_reader_chooses_a_date_never_comes_twice_or_after_a_later_one(
    asked: Rhythm, start: datetime, steps: list[tuple[int, Rhythm | None]]
) -> None:
    now = start
    last_date, _ = begin(asked, now=now)
    for minutes, chosen in steps:
        now += timedelta(minutes=minutes)
        if chosen is not None:
            asked = chosen
            decided, next_due = begin(asked, now=now, last_date=last_date)
            assert decided >= last_date
            assert next_due > now
            assert due(asked, last_date=decided, now=now) is None
            last_date = decided
        if found := due(asked, last_date=last_date, now=now):
            assert found.local_date > last_date
            assert asked.days >> found.local_date.weekday() & 1
            assert not_before(found, asked)
            last_date = found.local_date
