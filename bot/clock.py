"""What time it is: this machine's, or a sandbox's that a test moves."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp

Clock = Callable[[], datetime]

_FOLLOW_EVERY = 0.25  # seconds
_TICK_EVERY = timedelta(seconds=0.5)  # where a test moves the clock


def system_clock() -> datetime:
    """Return this machine's time, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True, kw_only=True)
class FollowedClock:
    """A sandbox's clock, read over HTTP now and then and carried on in between."""

    url: str
    told: datetime | None = None
    at: float = 0.0
    rate: float = 1.0

    def __call__(self) -> datetime:
        """Return the sandbox's time; this machine's before it was ever read."""
        if self.told is None:
            return system_clock()
        return self.told + timedelta(seconds=(time.monotonic() - self.at) * self.rate)

    async def refresh(self) -> None:
        """Read the sandbox's clock; where it does not answer, go on as before."""
        timeout = aiohttp.ClientTimeout(total=5)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.get(self.url) as answer,
            ):
                read = await answer.json()
        except (aiohttp.ClientError, TimeoutError):
            return
        clock = read.get("clock", read)
        self.told = datetime.fromisoformat(clock["now"])
        self.at = time.monotonic()
        self.rate = float(clock["rate"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """What the bot lives by: a clock, how often to tick, how fast the clock runs."""

    clock: Clock = system_clock
    tick_every: timedelta = timedelta(seconds=15)
    rate: float = 1.0


@asynccontextmanager
async def living_by(url: str | None) -> AsyncIterator[Time]:
    """Live by this machine's clock, or by the sandbox's at `url`, until left."""
    if url is None:
        yield Time()
        return
    followed = FollowedClock(url=url)
    await followed.refresh()
    following = asyncio.ensure_future(_follow(followed))
    try:
        yield Time(clock=followed, tick_every=_TICK_EVERY, rate=followed.rate or 1.0)
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def _follow(clock: FollowedClock) -> None:
    while True:
        await asyncio.sleep(_FOLLOW_EVERY)
        await clock.refresh()
