"""What it costs to find out who is due, by how many there are and how many of them are due."""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.speed import readers
from benchmarks.speed.measuring import interleaved_async, milliseconds
from benchmarks.speed.table import Row, at_most
from bot.digest.tick import Tick
from bot.messages.message import Links
from store.database import Connection, Database
from store.ingest.loading import Loader, packaged_summaries
from store.knowledge.schema import open_knowledge
from store.ledger import subscriptions
from store.ledger.schema import open_ledger

_FEW, _MANY = 50, 5_000
_LEAST = 10_000  # the subscriptions that more are compared with
_MORE, _MOST = 100_000, 1_000_000
_TIMES = 100  # that a question is asked in a round
_AT_ONCE = 200  # as many as one transaction of the tick decides on
_FAR = readers.MORNING + timedelta(days=1000)
_LINKS = Links("some_bot")


def measure(*, big: bool) -> Iterable[Row]:
    """Return the rows of planning; print the plan of the query, and what each size costs."""
    return asyncio.run(_measure([_LEAST, _MORE, *([_MOST] if big else [])]))


async def _measure(sizes: list[int]) -> list[Row]:
    async with AsyncExitStack() as stack:
        knowledge = await stack.enter_async_context(_knowledge())
        desks = [await stack.enter_async_context(_desk(knowledge, size)) for size in sizes]
        await _show(desks)
        least, *more = desks
        return [row for desk in more for row in await _rows(desk, least)]


async def _rows(desk: "_Desk", least: "_Desk") -> list[Row]:
    floor = f"the same among {_LEAST:,}"
    asked = await interleaved_async(lambda: desk.ask(_FEW), lambda: least.ask(_FEW))
    ticked = await interleaved_async(desk.idle_tick, least.idle_tick)
    return [
        Row(
            what=f"planning: who is due among {desk.size:,} subscriptions, {_FEW} of them are",
            ratios=asked.ratios,
            floor=floor,
            goal=at_most(1.5),
            ours=milliseconds(asked.ours),
            theirs=milliseconds(asked.floor),
        ),
        Row(
            what=f"planning: a tick with nobody due among {desk.size:,}",
            ratios=ticked.ratios,
            floor=floor,
            goal=at_most(1.5),
            ours=milliseconds(ticked.ours),
            theirs=milliseconds(ticked.floor),
        ),
    ]


@dataclass(slots=True, kw_only=True)
class _Desk:
    """So many subscriptions, and what plans for them at a time that is moved."""

    size: int
    ledger: Database
    tick: Tick
    now: datetime = readers.MORNING

    async def ask(self, due: int) -> float:
        """Let so many be due; return how many seconds it takes to ask who is, page by page."""
        await self.ledger.write(readers.fall_due, due, self.now)
        pages = -(-due // _AT_ONCE)
        times = max(1, _TIMES // pages)
        await self.ledger.read(_ask, self.now)
        took = await self.ledger.read(lambda db: _timed(db, self.now, times * pages))
        await self.ledger.write(readers.fall_due, due, _FAR)
        return took / times

    async def idle_tick(self) -> float:
        """Return how many seconds a tick takes that has nothing to plan."""
        began = time.perf_counter()
        for _ in range(_TIMES):
            await self.tick(_LINKS)
        return (time.perf_counter() - began) / _TIMES

    async def plan(self, due: int) -> float:
        """Return how many seconds the tick takes that plans so many digests."""
        self.now += readers.DAY
        await self.ledger.write(readers.fall_due, due, self.now)
        began = time.perf_counter()
        planned = await self.tick(_LINKS)
        if planned != due:
            raise AssertionError(f"{planned} of {due} were planned")
        return time.perf_counter() - began


def _ask(db: Connection, now: datetime) -> None:
    subscriptions.due_by(db, now, limit=_AT_ONCE)


def _timed(db: Connection, now: datetime, times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        _ask(db, now)
    return time.perf_counter() - began


async def _show(desks: list[_Desk]) -> None:
    """Print what is not compared with anything."""
    say = sys.stderr.write
    for line in await desks[0].ledger.read(_plan_of_the_question):
        say(f"        {line}\n")
    say(f"{'subscriptions':>16}{'due':>8}{'who is due':>14}{'all of the tick':>18}\n")
    for desk in desks:
        for due in (_FEW, _MANY):
            asked = median([await desk.ask(due) for _ in range(3)])
            planned = await desk.plan(due)
            say(f"{desk.size:>16,}{due:>8,}{asked * 1000:>11.2f} ms{planned * 1000:>15.0f} ms\n")


def _plan_of_the_question(db: Connection) -> list[str]:
    """Return how SQLite finds who is due."""
    asked: list[str] = []
    with db.tracer(lambda sql, _: asked.append(sql)):
        _ask(db, readers.MORNING)
    rows = db.conn.execute(f"EXPLAIN QUERY PLAN {asked[-1]}", {"now": 0, "limit": 1}).fetchall()
    return [str(row[3]) for row in rows]


@asynccontextmanager
async def _knowledge() -> AsyncIterator[Database]:
    with tempfile.TemporaryDirectory(prefix="attache-") as folder:
        knowledge = open_knowledge(Path(folder) / "knowledge.db")
        try:
            await Loader(knowledge=knowledge, configured=packaged_summaries()).load_at_start()
            yield knowledge
        finally:
            knowledge.close()


@asynccontextmanager
async def _desk(knowledge: Database, size: int) -> AsyncIterator[_Desk]:
    """Fill a ledger with so many subscriptions that are not due for long."""

    def now() -> datetime:
        return desk.now

    with tempfile.TemporaryDirectory(prefix="attache-") as folder:
        ledger = open_ledger(Path(folder) / "ledger.db")
        try:
            await ledger.write(readers.own)
            await ledger.write(readers.subscribe, size, since=_FAR)
            tick = Tick(knowledge=knowledge, ledger=ledger, clock=now)
            desk = _Desk(size=size, ledger=ledger, tick=tick)
            await tick.offer()
            yield desk
        finally:
            ledger.close()
