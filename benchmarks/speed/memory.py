"""How much memory the bot takes while nobody asks, beside the smallest bots."""

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median

from benchmarks.speed.floors import bots
from benchmarks.speed.floors.knowing import data_folder
from benchmarks.speed.floors.server import serving
from benchmarks.speed.table import Goal, Row, at_most

_OURS, _PTB, _AIOGRAM = 1001, 1002, 1003
_ROUNDS = 3
_QUIET = 3.0  # seconds, in which the watch of the folder has looked, too
_SMALL, _BIG = 10_000, 1_000_000
_ASKED = ("/help", "/who", "/timeline", "/search sanctions", "What happened lately?")


def measure(*, big: bool) -> Iterable[Row]:
    """Return the rows of memory."""
    rounds = _rounds(_SMALL)
    rows = [
        *_beside_echoes(_SMALL, rounds, {"ptb": 1.6, "aiogram": 0.6}),
        _beside_libraries(rounds),
    ]
    if not big:
        return rows
    of_many = _rounds(_BIG)
    return [*rows, *_beside_echoes(_BIG, of_many, {"ptb": 2.0}), _beside_small(of_many, rounds)]


Round = Mapping[str, int]  # how many bytes each took


def _rounds(size: int) -> Sequence[Round]:
    with data_folder(size, (_OURS,)) as data:
        return [asyncio.run(_measure(data)) for _ in range(_ROUNDS)]


def _beside_echoes(size: int, rounds: Sequence[Round], goals: Mapping[str, float]) -> Iterator[Row]:
    for library, goal in goals.items():
        floor = f"{_NAMES[library]} echo"
        yield _row(_what(size), rounds, [one[library] for one in rounds], floor, at_most(goal))


def _beside_libraries(rounds: Sequence[Round]) -> Row:
    """Return how far ours is from what it cannot do without."""
    floor = "an idle Python that has imported its fixed libraries"
    return _row(_what(_SMALL), rounds, [one["libraries"] for one in rounds], floor)


def _beside_small(of_many: Sequence[Round], rounds: Sequence[Round]) -> Row:
    floor = f"ours at {_SMALL:,}"
    return _row(_what(_BIG), of_many, [one["ours"] for one in rounds], floor, at_most(2.0))


def _row(
    what: str,
    rounds: Sequence[Round],
    theirs: Sequence[int],
    floor: str,
    goal: Goal | None = None,
) -> Row:
    return Row(
        what=what,
        ratios=tuple(one["ours"] / their for one, their in zip(rounds, theirs, strict=True)),
        floor=floor,
        goal=goal,
        ours=_megabytes(one["ours"] for one in rounds),
        theirs=_megabytes(theirs),
    )


def _what(size: int) -> str:
    return f"memory at {size:,} summaries, idle, environments of their own"


_NAMES = {"ptb": "python-telegram-bot", "aiogram": "aiogram 3"}
_LIBRARIES = (
    "import aiohttp.web, apscheduler.schedulers.asyncio, pydantic_settings, sqlite_utils\n"
    "import telegram.ext\n"
    "print(flush=True)\n"
    "input()"
)


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
        running["libraries"] = await stack.enter_async_context(_idle(_LIBRARIES))
        await asyncio.sleep(_QUIET)
        return {name: _resident(bot) for name, bot in running.items()}


@asynccontextmanager
async def _idle(code: str) -> AsyncIterator[Process]:
    """Run `code`, which says when it is ready and waits, by the Python of our environment."""
    python = await asyncio.create_subprocess_exec(
        bots.python_of("ours"), "-c", code, stdin=PIPE, stdout=PIPE
    )
    try:
        if python.stdout is not None:
            await python.stdout.readline()
        yield python
    finally:
        python.kill()
        await python.wait()


def _resident(bot: Process) -> int:
    """Return what is resident of a process, as `ps` tells it."""
    status = Path(f"/proc/{bot.pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


def _megabytes(several: Iterable[int]) -> str:
    return f"{median(several) / 1e6:.0f} MB"
