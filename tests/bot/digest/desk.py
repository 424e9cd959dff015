"""A desk to test with: a small story, a ledger, a clock that is moved by hand, and the tick."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.digest.broadcast import take_awake
from bot.digest.due import begin
from bot.digest.tick import Tick
from bot.messages.message import Links
from bot.sandbox.clock import ManualClock
from store.database import Connection, Database
from store.knowledge import schema as known
from store.knowledge.reload import reload
from store.knowledge.values import Status, Summary
from store.ledger import deliveries, subscriptions
from store.ledger import schema as owed
from store.ledger.values import Owed, Rhythm, Subscription
from tests.store.ledger.debts import EPOCH, own
from tests.store.stories import STORY, event, quote, summary

LINKS = Links("attache_sandbox_bot")
NIGHT = datetime(2022, 1, 10, 2, tzinfo=UTC)
MORNING = datetime(2022, 1, 10, 8, tzinfo=UTC)
DAY = timedelta(days=1)
EIGHT = Rhythm(at=time(8), zone="UTC")

FIRST = summary(
    "first",
    "2022-01-09",
    people=["Ada Quay"],
    events=[
        event("2022-01-08", "The harbour is measured"),
        event("2022-01-11", "The harbour opens", status=Status.PLANNED),
        event("2021-01-10", "The harbour is thought of"),
    ],
    quotes=[quote("Ada Quay", "It will be deep", "2022-01-08")],
)
SECOND = summary("second", "2022-01-10", events=[event("2022-01-10", "The quay cracks")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a digest is made of."""

    knowledge: Database
    ledger: Database
    clock: ManualClock
    tick: Tick

    async def know(self, *summaries: Summary) -> None:
        await self.knowledge.write(reload, STORY, summaries)

    async def subscribe(
        self, chat: int = 1, rhythm: Rhythm = EIGHT, *, topic: int = 0
    ) -> Subscription:
        last_date, next_due = begin(rhythm, now=self.clock.now())
        return await self.ledger.write(
            subscriptions.subscribe,
            chat=chat,
            topic=topic,
            kind="private",
            language="en",
            rhythm=rhythm,
            last_date=last_date,
            next_due=next_due,
            now=self.clock.now(),
        )

    async def subscription(self, chat: int = 1) -> Subscription:
        found = await self.ledger.read(subscriptions.subscription, chat, 0)
        assert found is not None
        return found

    async def plan(self, now: datetime | None = None) -> int:
        """Tick, at `now` if it is given."""
        self.clock.hour = now or self.clock.hour
        return await self.tick(LINKS)

    async def send(self) -> list[str]:
        """Take all that is owed as if Telegram had it, and return the texts."""

        def carry_out(db: Connection) -> list[Owed]:
            parts: list[Owed] = []
            while taken := take_awake(db, epoch=EPOCH, now=self.clock.now(), limit=100):
                parts += taken
                for part in taken:
                    deliveries.sent(db, part, message=1, now=self.clock.now())
            return parts

        return [text_of(part.content) for part in await self.ledger.write(carry_out)]

    async def reasons(self) -> list[str | None]:
        return [row["reason"] for row in await self.rows("SELECT reason FROM edition ORDER BY id")]

    async def rows(self, question: str) -> list[dict[str, str]]:
        return await self.ledger.read(lambda db: list(db.query(question)))


def text_of(content: str) -> str:
    return str(json.loads(content)["text"])


@asynccontextmanager
async def desk_in(folder: Path) -> AsyncIterator[Desk]:
    """Open a desk with its databases in `folder`, at night, with no story yet."""
    clock = ManualClock(hour=NIGHT)
    # What is on the disk when the power goes is tested elsewhere; here it is only slow.
    knowledge, ledger = (
        Database(folder / f"{migrations.name}.db", migrations=migrations, synchronous="OFF")
        for migrations in (known.migrations, owed.migrations)
    )
    try:
        tick = Tick(knowledge=knowledge, ledger=ledger, clock=clock.now)
        await ledger.write(own)
        yield Desk(knowledge=knowledge, ledger=ledger, clock=clock, tick=tick)
    finally:
        for store in (knowledge, ledger):
            await asyncio.to_thread(store.close)
