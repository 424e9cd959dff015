"""Timing two things in turn, so that what slows the machine slows both."""

import gc
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """What ours and the floor took, in seconds, one a round."""

    ours: tuple[float, ...]
    floor: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours over the floor's, round by round."""
        return tuple(a / b for a, b in zip(self.ours, self.floor, strict=True))

    @property
    def speeds(self) -> tuple[float, ...]:
        """The floor's over ours: how fast ours is, round by round."""
        return tuple(b / a for a, b in zip(self.ours, self.floor, strict=True))


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return how long `work` takes, in seconds of `clock`."""
    gc.collect()
    began = clock()
    work()
    return clock() - began


def interleaved(
    ours: Callable[[], object],
    floor: Callable[[], object],
    *,
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.perf_counter,
) -> Timed:
    """Time both in every round, the one that goes first changing each time.

    `time.thread_time` tells what one thread works, whoever else keeps the machine busy.
    """
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        order = (0, 1) if number % 2 == 0 else (1, 0)
        for which in order:
            took[which].append(seconds((ours, floor)[which], clock))
    return Timed(ours=tuple(took[0]), floor=tuple(took[1]))


async def interleaved_async(
    ours: Callable[[], Awaitable[float]],
    floor: Callable[[], Awaitable[float]],
    *,
    rounds: int = ROUNDS,
) -> Timed:
    """As `interleaved`, of things that tell themselves how many seconds they took."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        order = (0, 1) if number % 2 == 0 else (1, 0)
        for which in order:
            took[which].append(await (ours, floor)[which]())
    return Timed(ours=tuple(took[0]), floor=tuple(took[1]))


def p99(values: Sequence[float]) -> float:
    """Return the 99th percentile of many values, the largest of few."""
    return quantiles(values, n=100, method="inclusive")[98] if len(values) > 1 else values[0]


def milliseconds(values: Sequence[float]) -> str:
    """Return the median of some seconds in words."""
    return f"{median(values) * 1000:.3g} ms"
