"""How long a reader waits for an answer while a digest goes out to 100,000 others."""

import asyncio
import json
import random
import sys
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median

from benchmarks.speed import readers
from benchmarks.speed.corpus import Corpus, Zipf
from benchmarks.speed.floors import bots
from benchmarks.speed.floors.knowing import data_folder
from benchmarks.speed.floors.server import Line, Telegram, serving
from benchmarks.speed.measuring import ROUNDS, milliseconds, p99
from benchmarks.speed.table import Goal, Row, at_most
from benchmarks.speed.taking import Shown
from bot.digest.tick import Tick
from bot.messages.message import Links
from store.database import Database
from store.knowledge.schema import open_knowledge
from store.ledger import control
from store.ledger.schema import open_ledger

_SIZE = 10_000  # summaries
_READERS = 100_000
_PATIENCE = 60.0  # seconds
_BEGAN = time.monotonic()
_LONGEST_SILENCE = 0.3  # seconds without a message, after which a broadcast has halted
_PACED = {"ATTACHE_MESSAGES_PER_SECOND": "25", "ATTACHE_SECONDS_BETWEEN_MESSAGES": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """How fast the bot may send, and how often it is asked."""

    bot: int
    what: str
    settings: Mapping[str, str]
    asked: int  # times in a round
    delay: float  # seconds that each request takes
    goal: Goal | None


_CASES = (
    _Case(
        bot=1011,
        what=f"commands while a broadcast of {_READERS:,} runs, as set by default, p99",
        settings=_PACED,
        asked=30,
        delay=0.05,
        goal=at_most(2.0),
    ),
    _Case(
        bot=1012,
        what="the same with pacing off and a server that answers at once",
        settings={},
        asked=100,
        delay=0.0,
        goal=None,
    ),
)


def measure(*, big: bool) -> Iterable[Row]:
    """Return the rows of commands."""
    del big
    with data_folder(_SIZE, tuple(case.bot for case in _CASES)) as data:
        return asyncio.run(_measure(data))


async def _measure(data: Path) -> list[Row]:
    async with serving() as telegram:
        telegram.lines[""] = _Clock(token="")
        return [await _row(case, telegram, data) for case in _CASES]


async def _row(case: _Case, telegram: Telegram, data: Path) -> Row:
    idle: list[list[float]] = []
    meanwhile: list[list[float]] = []
    sent: list[float] = []
    async with _reading(case, telegram, data) as (line, ledger):
        for _ in range(ROUNDS):
            idle.append(await _ask(line, case))
            await ledger.write(control.resume)
            await _until_it_sends(line)
            began, before = time.monotonic(), line.taken
            meanwhile.append(await _ask(line, case))
            sent.append((line.taken - before - case.asked) / (time.monotonic() - began))
            await _halt(line, ledger)
            sys.stderr.write(f"        {_shown(idle)} idle, {_shown(meanwhile)} meanwhile\n")
    return Row(
        what=case.what,
        ratios=tuple(p99(b) / p99(a) for a, b in zip(idle, meanwhile, strict=True)),
        floor="ours idle",
        goal=case.goal,
        ours=f"{_shown(meanwhile)}, {median(sent):.0f} messages/s beside them",
        theirs=_shown(idle),
    )


def _shown(rounds: list[list[float]]) -> str:
    middle = milliseconds([median(one) for one in rounds])
    return f"{milliseconds([p99(one) for one in rounds])} (median {middle})"


async def _until_it_sends(line: Shown) -> None:
    before = line.taken
    async with asyncio.timeout(_PATIENCE):
        while line.taken == before:  # noqa: ASYNC110 (the bot is another process)
            await asyncio.sleep(0.01)


async def _halt(line: Shown, ledger: Database) -> None:
    await ledger.write(control.halt, reason="a pause", now=_now())
    before = -1
    while line.taken != before:
        before = line.taken
        await asyncio.sleep(_LONGEST_SILENCE)


_people = Zipf(Corpus(_SIZE).people)
_chance = random.Random("meanwhile")  # noqa: S311 (the same each time)
_chats = count(2_000_000)


async def _ask(line: Line, case: _Case) -> list[float]:
    """Ask about persons, one question after the other, each in a chat of its own."""
    return [
        await line.ask(next(_chats), f"/who {_people.draw(_chance)}") for _ in range(case.asked)
    ]


def _now() -> datetime:
    return readers.MORNING + timedelta(seconds=time.monotonic() - _BEGAN)


@asynccontextmanager
async def _reading(
    case: _Case, telegram: Telegram, data: Path
) -> AsyncIterator[tuple[Shown, Database]]:
    """Run a bot that owes all its readers a digest, and is halted."""
    async with AsyncExitStack() as stack:
        folder = data / str(case.bot)
        ledger = open_ledger(folder / "ledger.db")
        stack.callback(ledger.close)
        await _owe(folder, ledger)
        line = Shown(token=telegram.line(case.bot).token, delay=case.delay)
        telegram.lines[line.token] = line
        clock = {"ATTACHE_CLOCK_URL": f"{telegram.url}/clock"}
        await stack.enter_async_context(bots.ours(telegram, line, data, {**case.settings, **clock}))
        await bots.warm(line, "/help", "/who")
        yield line, ledger


async def _owe(folder: Path, ledger: Database) -> None:
    now = _now()
    await ledger.write(control.halt, reason="not yet", now=now)
    await ledger.write(readers.subscribe, _READERS, since=now + timedelta(days=1000))
    await ledger.write(readers.fall_due, 1, now)
    knowledge = open_knowledge(folder / "knowledge.db", readers=1)
    try:
        await Tick(knowledge=knowledge, ledger=ledger, clock=lambda: now)(Links("some_bot"))
    finally:
        knowledge.close()
    await ledger.write(readers.owe_as_the_first)


class _Clock(Line):
    """What the bot lives by: a morning on which digests are due, and beats in quick succession."""

    async def answer(self, method: str, given: Mapping[str, str]) -> bytes:
        """Return what time it is."""
        del method, given
        return json.dumps({"now": _now().isoformat(), "rate": 1}).encode()
