"""What time it is: this machine's, or a sandbox's that a test moves."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp

Clock = Callable[[], datetime]


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
