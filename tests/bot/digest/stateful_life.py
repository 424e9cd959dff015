"""One process that plans and sends, as far as it can die: its ledger, its wire, its door.

All that a process does to the world goes through its door. A killed process has a door that
lets nothing through any more, which is all that the world ever notices of a kill.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlite_utils import Migrations
from telegram.ext import ExtBot

from bot.digest.broadcast import Broadcast
from bot.digest.sender import Outcome, Sender
from bot.pacing import Pacing, Priority
from bot.sandbox.telegram import SANDBOX_TOKEN
from store.database import Connection, Database
from store.errors import StoreError
from store.ledger.alone import LOCK_NAME, take_over
from store.ledger.schema import migrations
from store.ledger.values import Owed, Policy
from tests.bot.digest.stateful_server import CURRENT, Server, Wire

P = ParamSpec("P")
T = TypeVar("T")


class KilledError(BaseException):
    """The process is no more."""


@dataclass(slots=True)
class Door:
    """Counts what the process does; `kill_at` and `full_from` say at which of it things end."""

    kill_at: int | None = None
    full_from: int | None = None
    passed: int = 0
    written: int = 0
    dead: bool = False

    def cross(self) -> None:
        self.passed += 1
        self.dead = self.dead or self.passed == self.kill_at
        if self.dead:
            raise KilledError

    def write(self) -> None:
        self.written += 1
        if self.full_from is not None and self.written >= self.full_from:
            raise StoreError("ledger.db: database or disk is full: free space on the disk.")


class Inline(ThreadPoolExecutor):
    """Runs what it is given at once, so that the same story is told the same way again."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 (handed on)
            future.set_exception(error)
        return future


class InlineDatabase(Database):
    """A database without threads; what a loss of power does to it is tested elsewhere."""

    def __init__(self, path: Path, migrations: Migrations) -> None:
        super().__init__(path, migrations=migrations, synchronous="OFF")
        self._writer = self._readers = Inline(1)


class Ledger(InlineDatabase):
    """A ledger behind the door."""

    def __init__(self, path: Path, door: Door) -> None:
        super().__init__(path, migrations)
        self._door = door

    async def read(
        self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        self._door.cross()
        return await super().read(question, *args, **kwargs)

    async def write(
        self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        self._door.cross()
        self._door.write()
        done = await super().write(change, *args, **kwargs)
        self._door.cross()
        return done


@dataclass(slots=True, kw_only=True)
class Life:
    """One process from its start to its end."""

    ledger: Ledger
    broadcast: Broadcast
    door: Door
    stack: AsyncExitStack = field(repr=False)

    async def end(self) -> None:
        """Let go of the lock and the file, as the kernel does for whoever is killed."""
        self.door.dead = True
        await self.stack.aclose()


async def begin_life(
    folder: Path, server: Server, clock: Callable[[], datetime], policy: Policy
) -> Life:
    """Start a process: take the ledger over, and settle what the one before was sending."""
    door, stack = Door(), AsyncExitStack()
    ledger = Ledger(folder / "ledger.db", door)
    stack.callback(ledger.close)
    ours = await stack.enter_async_context(take_over(folder / LOCK_NAME, ledger, now=clock()))
    wire = Wire(server, door.cross)
    pacing = Pacing(now=asyncio.get_running_loop().time)
    bot: ExtBot[Priority] = ExtBot(
        SANDBOX_TOKEN, request=wire, get_updates_request=wire, rate_limiter=pacing
    )
    sender = Sender(bot=bot, clock=clock, jitter=lambda: 0.5, failed=lambda _: None)

    async def send(owed: Owed) -> Outcome:
        CURRENT.set(owed)
        return await sender(owed)

    broadcast = Broadcast(ledger=ledger, sender=send, clock=clock, epoch=ours.epoch, policy=policy)
    await broadcast.recover()
    return Life(ledger=ledger, broadcast=broadcast, door=door, stack=stack)
