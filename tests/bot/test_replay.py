import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as local
from pathlib import Path
from typing import cast

from bot.digest.due import begin, first_after, local_date
from bot.replay import StoryReplay
from bot.sandbox.clock import SandboxClock
from store.database import Connection
from store.ingest.loading import Loader
from store.ledger import offers, subscriptions
from store.ledger.schema import open_ledger
from store.ledger.values import Item, Rhythm

EVENING = datetime(2022, 1, 8, 20, tzinfo=UTC)
UTC_MORNING = Rhythm(at=local(8), zone="UTC")
READERS = {
    1: Rhythm(at=local(8), zone="Europe/Kyiv"),
    2: UTC_MORNING,
    3: Rhythm(at=local(6), zone="America/New_York"),
}


def subscribe(db: Connection) -> None:
    for chat, rhythm in READERS.items():
        last_date, next_due = begin(rhythm, now=EVENING)
        subscriptions.subscribe(
            db,
            chat=chat,
            topic=0,
            kind="private",
            language=None,
            rhythm=rhythm,
            last_date=last_date,
            next_due=next_due,
            now=EVENING,
        )


@dataclass(slots=True, kw_only=True)
class SlowLoader:
    """Files that take a while to be read."""

    clock: SandboxClock
    shown: date | None = None

    async def published(self) -> tuple[date, ...]:
        return (date(2022, 1, 9),)

    async def show(self) -> None:
        await asyncio.sleep(0.02)
        self.shown = self.clock.now().date()


async def test_nothing_is_planned_before_the_news_of_the_morning_are_read(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.db")
    clock = SandboxClock(seconds=time.monotonic, started=EVENING)
    loader = SlowLoader(clock=clock)
    ticks: set[tuple[date, date | None]] = set()
    try:
        story = StoryReplay(clock=clock, rhythm=UTC_MORNING, ledger=ledger)
        await story.follow(cast("Loader", loader))

        async def tick() -> None:
            while True:
                async with story.still:
                    ticks.add((clock.now().date(), loader.shown))
                await asyncio.sleep(0.001)

        ticking = asyncio.ensure_future(tick())
        await asyncio.sleep(0.01)
        await story.next_news()
        await asyncio.sleep(0.01)
        ticking.cancel()
        assert ticks == {
            (date(2022, 1, 8), None),
            (date(2022, 1, 9), date(2022, 1, 9)),
        }
    finally:
        ledger.close()


async def test_nothing_is_forgotten_before_the_story_is_back_at_its_beginning(
    tmp_path: Path,
) -> None:
    ledger = open_ledger(tmp_path / "ledger.db")
    clock = SandboxClock(seconds=time.monotonic, started=EVENING)
    loader = SlowLoader(clock=clock)
    try:
        story = StoryReplay(clock=clock, rhythm=UTC_MORNING, ledger=ledger)
        await story.follow(cast("Loader", loader))
        restarting = asyncio.ensure_future(story.restart())
        while loader.shown is None:  # a command comes, of a story that is known to its end
            await ledger.write(offers.offer, [Item(kind="event", key="a", mark="")], "r1")
            await asyncio.sleep(0)
        await restarting
        assert await ledger.read(offers.newest_offer) == 0
    finally:
        ledger.close()


async def test_a_morning_passes_each_readers_own_hour(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.db")
    clock = SandboxClock(seconds=time.monotonic, started=EVENING)
    late: dict[int, float] = {}

    async def tick() -> None:
        while True:
            now = clock.now()
            for due in await ledger.read(subscriptions.due_by, now, limit=9):
                late[due.chat] = (now - due.next_due).total_seconds()
                _, next_due = first_after(local_date(due.rhythm, now), due.rhythm)
                await ledger.write(
                    subscriptions.put_off,
                    due.id,
                    last_date=local_date(due.rhythm, now),
                    next_due=next_due,
                )
            await asyncio.sleep(0.01)

    try:
        await ledger.write(subscribe)
        story = StoryReplay(clock=clock, rhythm=UTC_MORNING, ledger=ledger)
        ticking = asyncio.ensure_future(tick())
        await story.next_morning()
        ticking.cancel()
        assert late.keys() == READERS.keys()
        assert max(late.values()) < 60
        assert clock.now().date() == date(2022, 1, 9)
    finally:
        ledger.close()
