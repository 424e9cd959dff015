"""How long the program takes from its start to its first answer."""

import asyncio
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.speed.floors import bots
from benchmarks.speed.floors.knowing import data_folder
from benchmarks.speed.floors.server import serving
from benchmarks.speed.measuring import interleaved_async, milliseconds, seconds
from benchmarks.speed.table import Row, at_most

_SIZE = 10_000
_BOT = 1001
_CHAT = 2_000_000
_ROUNDS = 9  # they are short, and what else runs tells on each


def measure(*, big: bool) -> Iterable[Row]:
    """Return the row of the start."""
    del big
    with data_folder(_SIZE, (_BOT,)) as data:
        return [asyncio.run(_measure(data))]


async def _measure(data: Path) -> Row:
    async with serving() as telegram:
        line = telegram.line(_BOT)

        async def start() -> float:
            answered: asyncio.Future[float] = asyncio.get_running_loop().create_future()

            def note(_chat: int) -> None:
                if not answered.done():
                    answered.set_result(time.perf_counter())

            line.replied = note
            line.say(_CHAT, "/help")
            began = time.perf_counter()
            async with bots.ours(telegram, line, data):
                took = await answered - began
                await asyncio.wait_for(line.polls.wait(), 10)
            return took

        async def load() -> float:
            command = [bots.python_of("ours"), "-c", "import telegram.ext"]
            return await asyncio.to_thread(
                seconds,
                lambda: subprocess.run(command, check=True),  # noqa: S603 (ours)
            )

        await start()  # makes the ledger
        timed = await interleaved_async(start, load, rounds=_ROUNDS)
    return Row(
        what="start to first answer, knowledge in place",
        ratios=timed.ratios,
        floor='python -c "import telegram.ext"',
        goal=at_most(3.0),
        ours=milliseconds(timed.ours),
        theirs=milliseconds(timed.floor),
    )
