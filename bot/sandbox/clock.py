"""Time in the sandbox: the hour shown to everyone, and seconds that really pass.

The hour (`now`) can run faster and jump either way; the seconds (`elapsed`) never do,
because limits and timeouts are about load and patience, not about the story. Nothing here
reads the machine's clock: what does is handed in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the sandbox asks of time."""

    def now(self) -> datetime:
        """Give the hour, aware and in UTC."""

    def elapsed(self) -> float:
        """Give seconds that only grow, at the pace of the world outside."""


@dataclass(slots=True, kw_only=True)
class SandboxClock:
    """A clock with a rate and jumps over any source of growing seconds."""

    seconds: Callable[[], float]
    started: datetime
    rate: float = 1.0
    since: float | None = None

    def __post_init__(self) -> None:
        if self.started.tzinfo is None:
            raise ValueError("the sandbox clock starts at an aware datetime")
        self.started = self.started.astimezone(UTC)
        if self.since is None:
            self.since = self.seconds()

    def now(self) -> datetime:
        """Give the hour, aware and in UTC."""
        begun = self.since if self.since is not None else 0.0
        return self.started + timedelta(seconds=(self.seconds() - begun) * self.rate)

    def elapsed(self) -> float:
        """Give the seconds of the source, whatever the hour does."""
        return self.seconds()

    def set(self, hour: datetime) -> None:
        """Jump to an hour; time runs on from there."""
        if hour.tzinfo is None:
            raise ValueError("the sandbox clock jumps to an aware datetime")
        self.started = hour.astimezone(UTC)
        self.since = self.seconds()

    def jump(self, by: timedelta) -> None:
        """Move the hour forward, or back with a negative span."""
        self.set(self.now() + by)

    def set_rate(self, rate: float) -> None:
        """Let the hour run at `rate` times the pace of the source; 0 stops it."""
        if rate < 0:
            raise ValueError("the rate of the sandbox clock is 0 or more")
        self.set(self.now())
        self.rate = rate


@dataclass(slots=True, kw_only=True)
class ManualClock:
    """A clock that moves only when told, for tests and for one-shot runs."""

    hour: datetime
    passed: float = 0.0

    def now(self) -> datetime:
        """Give the hour, aware and in UTC."""
        return self.hour

    def elapsed(self) -> float:
        """Give the seconds that `advance` added up."""
        return self.passed

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass, on the hour too."""
        self.hour += timedelta(seconds=seconds)
        self.passed += seconds
