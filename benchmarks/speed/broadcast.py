"""How many messages of a digest go out in a second, by the ledger's book."""

import asyncio
import gc
import io
import random
import tempfile
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
from telegram.ext import ExtBot
from telegram.request import RequestData

from benchmarks.speed import readers
from benchmarks.speed.measuring import interleaved_async
from benchmarks.speed.table import Row, at_least
from benchmarks.speed.taking import Address, taking
from bot.digest.broadcast import Broadcast
from bot.digest.sender import Sender
from bot.digest.tick import Tick
from bot.messages.message import Links
from bot.pacing import Limits, Pacing, Priority
from bot.transport import AiohttpRequest
from config import logs
from store.database import Connection, Database
from store.ingest.loading import Loader, packaged_summaries
from store.knowledge.schema import open_knowledge
from store.ledger.deliveries import counted
from store.ledger.schema import open_ledger
from store.ledger.values import DeliveryState, Policy

_IN_FLIGHT = 64
_DELAY = 0.05  # seconds that each request takes
_READERS = 3000


def measure(*, big: bool) -> Iterable[Row]:
    """Return the row of the fan-out."""
    del big
    return [asyncio.run(_measure())]


async def _measure() -> Row:
    with tempfile.TemporaryDirectory(prefix="attache-") as folder:
        async with taking(_DELAY) as telegram, _desk(Path(folder), telegram) as desk:
            bodies = await desk.warm_up()
            gc.collect()
            gc.freeze()  # as the bot does once it has begun
            async with aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=_IN_FLIGHT)
            ) as session:
                address = f"{telegram.url}/bot{telegram.token}/sendMessage"
                timed = await interleaved_async(
                    desk.send, lambda: _post_all(session, address, bodies)
                )
    return Row(
        what=f"digest fan-out, messages a second, {_IN_FLIGHT} in flight, "
        f"{_DELAY * 1000:.0f} ms server, pacing off, ledger on",
        ratios=timed.speeds,
        floor="bare aiohttp posting the same bodies",
        goal=at_least(0.7),
        ours=f"{1 / median(timed.ours):.0f}/s",
        theirs=f"{1 / median(timed.floor):.0f}/s",
    )


async def _post_all(session: aiohttp.ClientSession, address: str, bodies: list[bytes]) -> float:
    """Post the bodies; return how many seconds pass for one."""
    left = iter(bodies)

    async def post_some() -> None:
        for body in left:
            async with session.post(
                address, data=body, headers={"Content-Type": "application/json"}
            ) as answer:
                await answer.read()

    began = time.perf_counter()
    await asyncio.gather(*(post_some() for _ in range(_IN_FLIGHT)))
    return (time.perf_counter() - began) / len(bodies)


class _Recording(AiohttpRequest):
    """Our transport, which keeps what it posts as long as it is told to."""

    kept: list[bytes] | None = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *given: Any,  # noqa: ANN401 (passed on)
        **more: Any,  # noqa: ANN401 (passed on)
    ) -> tuple[int, bytes]:
        """Send one request."""
        if self.kept is not None and request_data is not None:
            self.kept.append(request_data.json_payload)
        return await super().do_request(url, method, request_data, *given, **more)


@dataclass(slots=True, kw_only=True)
class _Desk:
    """A bot's digest: what it plans and sends, as of a clock that is moved a day a round."""

    tick: Tick
    broadcast: Broadcast
    transport: _Recording
    now: datetime = readers.MORNING

    async def warm_up(self) -> list[bytes]:
        """Send to all once; return what was posted."""
        bodies: list[bytes] = []
        self.transport.kept = bodies
        await self.send()
        self.transport.kept = None
        return bodies

    async def send(self) -> float:
        """Plan a digest for each, and send it; return how many seconds one took to send."""
        self.now += readers.DAY
        ledger = self.broadcast.ledger
        await ledger.write(readers.fall_due, _READERS, self.now)
        await self.tick(Links("some_bot"))
        before = await ledger.read(_sent)
        began = time.perf_counter()
        await self.broadcast()
        took = time.perf_counter() - began
        return took / (await ledger.read(_sent) - before)


def _sent(db: Connection) -> int:
    return counted(db).get(DeliveryState.SENT, 0)


@asynccontextmanager
async def _desk(folder: Path, telegram: Address) -> AsyncIterator[_Desk]:
    """Open a desk with a ledger on the disk, that logs as a bot does, but to nowhere."""
    knowledge, ledger = open_knowledge(folder / "knowledge.db"), open_ledger(folder / "ledger.db")
    try:
        await Loader(knowledge=knowledge, configured=packaged_summaries()).load_at_start()
        await ledger.write(readers.own)
        await ledger.write(readers.subscribe, _READERS, since=readers.MORNING)
        transport = _Recording()
        bot: ExtBot[Priority] = ExtBot(
            telegram.token,
            base_url=f"{telegram.url}/bot",
            request=transport,
            get_updates_request=AiohttpRequest(),
            rate_limiter=Pacing(Limits(enabled=False)),
        )
        logs.configure("INFO", [telegram.token], _Nowhere())
        async with bot:
            yield _desk_of(knowledge, ledger, bot, transport)
    finally:
        knowledge.close()
        ledger.close()


class _Nowhere(io.StringIO):
    """Where the log goes, which is to be written as a bot writes it."""

    def write(self, text: str) -> int:
        """Take a line."""
        return len(text)


def _desk_of(
    knowledge: Database, ledger: Database, bot: ExtBot[Priority], transport: _Recording
) -> _Desk:
    def now() -> datetime:
        return desk.now

    desk = _Desk(
        tick=Tick(knowledge=knowledge, ledger=ledger, clock=now),
        broadcast=Broadcast(
            ledger=ledger,
            sender=Sender(bot=bot, clock=now, jitter=random.random, failed=_trouble),
            clock=now,
            epoch=readers.EPOCH,
            policy=Policy.LEAVE,
            in_flight=_IN_FLIGHT,
        ),
        transport=transport,
    )
    return desk


def _trouble(kind: str) -> None:
    raise AssertionError(f"the server failed: {kind}")
