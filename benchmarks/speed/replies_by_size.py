"""How much later a reader has the first word of an answer from a story of a million summaries."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import AsyncExitStack
from itertools import cycle
from pathlib import Path
from statistics import median

from benchmarks.speed.floors import bots
from benchmarks.speed.floors.knowing import data_folder
from benchmarks.speed.floors.server import Line, serving
from benchmarks.speed.measuring import ROUNDS, milliseconds, p99
from benchmarks.speed.replies import KINDS, questions_of
from benchmarks.speed.table import Row, at_most

SMALL, BIG = 10_000, 1_000_000
_SMALL_BOT, _BIG_BOT = 1001, 1004
_ASKED = 200  # times of each kind in a round
_CHATS = 64


def measure(*, big: bool) -> Iterable[Row]:
    """Return the rows of a story of a million summaries; none without it."""
    if not big:
        return ()
    with data_folder(SMALL, (_SMALL_BOT,)) as small, data_folder(BIG, (_BIG_BOT,)) as large:
        return asyncio.run(_measure(small, large))


async def _measure(small: Path, large: Path) -> list[Row]:
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(serving())
        lines = {SMALL: telegram.line(_SMALL_BOT), BIG: telegram.line(_BIG_BOT)}
        await stack.enter_async_context(bots.ours(telegram, lines[SMALL], small))
        await stack.enter_async_context(bots.ours(telegram, lines[BIG], large))
        for line in lines.values():
            await bots.warm(line, "/help")
        return [row for what in KINDS for row in await _rows(what, lines)]


async def _rows(what: str, lines: dict[int, Line]) -> Iterable[Row]:
    """Ask both bots in turn, each about people and words of its own story."""
    questions = {size: questions_of(what, size) for size in lines}
    chats = cycle(range(2_000_000, 2_000_000 + _CHATS))
    rounds: list[dict[int, list[float]]] = []
    for _ in range(ROUNDS):
        took: dict[int, list[float]] = {size: [] for size in lines}
        for _again in range(_ASKED):
            for size, line in lines.items():
                took[size].append(await line.ask(next(chats), next(questions[size])))
        rounds.append(took)
    return list(_compared(what, rounds))


def _compared(what: str, rounds: list[dict[int, list[float]]]) -> Iterator[Row]:
    for name, of, goal in (("median", median, 1.5), ("p99", p99, 3.0)):
        ours, floor = [of(took[BIG]) for took in rounds], [of(took[SMALL]) for took in rounds]
        yield Row(
            what=f"update in → first reply out, {what}, at {BIG:,} summaries, {name}",
            ratios=tuple(one / other for one, other in zip(ours, floor, strict=True)),
            floor=f"ours at {SMALL:,}",
            goal=at_most(goal),
            ours=milliseconds(ours),
            theirs=milliseconds(floor),
        )
