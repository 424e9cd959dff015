from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.sandbox.clock import ManualClock, SandboxClock

MORNING = datetime(2022, 1, 9, 7, tzinfo=UTC)


class Seconds:
    def __init__(self) -> None:
        self.passed = 100.0

    def __call__(self) -> float:
        return self.passed


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def clock(seconds: Seconds) -> SandboxClock:
    return SandboxClock(seconds=seconds, started=MORNING)


def test_it_runs_from_where_it_was_started(clock: SandboxClock, seconds: Seconds) -> None:
    seconds.passed += 60

    assert clock.now() == MORNING + timedelta(minutes=1)
    assert clock.elapsed() == 160.0


def test_it_runs_faster_and_stands_still(clock: SandboxClock, seconds: Seconds) -> None:
    clock.set_rate(60)
    seconds.passed += 60
    clock.set_rate(0)
    seconds.passed += 60

    assert clock.now() == MORNING + timedelta(hours=1)
    assert clock.elapsed() == 220.0


def test_it_jumps_both_ways_and_runs_on(clock: SandboxClock, seconds: Seconds) -> None:
    clock.jump(timedelta(days=-1))
    seconds.passed += 1
    earlier = clock.now()
    clock.set(datetime(2022, 1, 12, 9, tzinfo=timezone(timedelta(hours=2))))

    assert earlier == MORNING - timedelta(days=1) + timedelta(seconds=1)
    assert clock.now() == datetime(2022, 1, 12, 7, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


def test_hours_without_a_zone_and_negative_rates_are_refused(clock: SandboxClock) -> None:
    naive = MORNING.replace(tzinfo=None)

    with pytest.raises(ValueError, match="aware"):
        SandboxClock(seconds=lambda: 0.0, started=naive)
    with pytest.raises(ValueError, match="aware"):
        clock.set(naive)
    with pytest.raises(ValueError, match="0 or more"):
        clock.set_rate(-1)


def test_a_manual_clock_moves_when_told() -> None:
    clock = ManualClock(hour=MORNING)

    clock.advance(90)

    assert (clock.now(), clock.elapsed()) == (MORNING + timedelta(seconds=90), 90.0)
