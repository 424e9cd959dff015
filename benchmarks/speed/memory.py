"""How much memory the bot takes while nobody asks, beside the smallest bots."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import Iterable
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

from benchmarks.speed.floors import bots
from benchmarks.speed.floors.knowing import data_folder
from benchmarks.speed.floors.server import serving
from benchmarks.speed.table import Row, at_most

_OURS, _PTB, _AIOGRAM = 1001, 1002, 1003
_ROUNDS = 3
_QUIET = 3.0  # seconds, in which the watch of the folder has looked, too
_SMALL, _BIG = 10_000, 1_000_000
_ASKED = ("/help", "/who", "/timeline", "/search sanctions", "What happened lately?")


def measure(*, big: bool) -> Iterable[Row]:
    """Return the rows of memory."""
    rows = list(_rows(_SMALL, {"ptb": 1.6, "aiogram": 0.6}))
    return [*rows, *_rows(_BIG, {"ptb": 2.0})] if big else rows


def _rows(size: int, goals: dict[str, float]) -> Iterable[Row]:
    with data_folder(size, (_OURS,)) as data:
        rounds = [asyncio.run(_measure(data)) for _ in range(_ROUNDS)]
    for library, goal in goals.items():
        yield Row(
            what=f"memory at {size:,} summaries, idle, environments of their own",
            ratios=tuple(one["ours"] / one[library] for one in rounds),
            floor=f"{_NAMES[library]} echo",
            goal=at_most(goal),
            ours=_megabytes(one["ours"] for one in rounds),
            theirs=_megabytes(one[library] for one in rounds),
        )


_NAMES = {"ptb": "python-telegram-bot", "aiogram": "aiogram 3"}


async def _measure(data: Path) -> dict[str, int]:
    """Return how many bytes are resident of each bot, after a few answers."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(serving())
        line = telegram.line(_OURS)
        running = {"ours": await stack.enter_async_context(bots.ours(telegram, line, data))}
        await bots.warm(line, *_ASKED)
        for number, library in ((_PTB, "ptb"), (_AIOGRAM, "aiogram")):
            line = telegram.line(number)
            bot = await stack.enter_async_context(bots.echo(telegram, line, library))
            await bots.warm(line, *_ASKED)
            running[library] = bot
        await asyncio.sleep(_QUIET)
        return {name: _resident(bot) for name, bot in running.items()}


def _resident(bot: Process) -> int:
    """Return what is resident of a process, as `ps` tells it."""
    status = Path(f"/proc/{bot.pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


def _megabytes(several: Iterable[int]) -> str:
    return f"{median(several) / 1e6:.0f} MB"
