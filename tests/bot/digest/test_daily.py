"""The whole application living through days: asked once, it sends each morning by itself."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.clock import ManualClock
from bot.sandbox.faults import Fault, Rule
from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import ChatType
from store.database import transaction
from store.ledger import deliveries
from store.ledger.values import DeliveryState
from tests.bot.conversation import ADMIN, NOW, READER, Conversation, conversation, polling
from tests.store.ledger.debts import fresh, states
from tests.store.stories import written

BOT = 1
DAY = timedelta(days=1)
OTHER = 1002


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A bot that runs by itself, and the clock it lives by."""

    talk: Conversation
    clock: ManualClock
    ledger: Path

    async def tell(
        self,
        words: str,
        *,
        person: int = READER,
        chat: int | None = None,
        thread: int | None = None,
    ) -> None:
        """Write to the bot and wait for its answer."""
        chat = person if chat is None else chat
        before = len(self.talk.messages(chat))
        self.talk.telegram.people.send_text(person, chat, words, thread=thread)
        await self.until(lambda: len(self.talk.messages(chat)) > before)

    async def morning(self, day: int) -> None:
        """Move the clock to the minute after eight of a day; wait until all is settled."""
        self.clock.hour = datetime(NOW.year, NOW.month, day, 8, 1, tzinfo=NOW.tzinfo)
        await self.until(lambda: self.planned_at(self.clock.hour) and not self.owed())
        await self.ticks()

    async def ticks(self) -> None:
        """Let a few more ticks pass, in which nothing more may happen."""
        for _ in range(5):
            await asyncio.sleep(0.05)

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not holds():  # noqa: ASYNC110 (what is waited for stands in a file)
                await asyncio.sleep(0.02)
        assert self.talk.troubles == []

    def planned_at(self, hour: datetime) -> bool:
        db = fresh(self.ledger)
        newest = db.execute("SELECT MAX(planned) FROM edition").fetchone()[0]
        db.close()
        return newest is not None and newest >= hour.timestamp()

    def owed(self) -> bool:
        db = fresh(self.ledger)
        counted = deliveries.counted(db)
        db.close()
        return bool(counted.keys() & {DeliveryState.PLANNED, DeliveryState.SENDING})

    def digests(self, chat: int = READER) -> list[JsonObject]:
        """Return the digests that came by themselves or by command, by their first lines."""
        return [m for m in self.talk.messages(chat) if m["text"].startswith("Digest ·")]


def titles(messages: list[JsonObject]) -> list[str]:
    return [message["text"].split("\n")[0] for message in messages]


@asynccontextmanager
async def life(folder: Path, *, summaries: Path | None = None) -> AsyncIterator[Life]:
    """Let the bot live in `folder`, ticking twenty times a second."""
    clock = ManualClock(hour=NOW)
    async with conversation(
        folder, summaries=summaries, people=(READER, OTHER, ADMIN), clock=clock.now
    ) as talk:
        assert talk.app.job_queue is not None
        for job in talk.app.job_queue.jobs():
            job.job.reschedule("interval", seconds=0.05)
        async with polling(talk):
            yield Life(talk=talk, clock=clock, ledger=folder / "ledger.db")


@pytest.fixture
async def living(tmp_path: Path) -> AsyncIterator[Life]:
    async with life(tmp_path / "data") as opened:
        yield opened


async def test_the_digest_comes_each_morning_once_by_itself(living: Life) -> None:
    await living.tell("/subscribe 8:00")
    await living.ticks()
    assert living.digests() == []
    await living.morning(21)
    (first,) = {title.split(" · ")[1] for title in titles(living.digests())}
    assert first == "21 Jan 2022"
    assert "The story so far" in living.digests()[0]["text"]
    count = len(living.digests())
    living.clock.advance(3600)
    await living.ticks()
    assert len(living.digests()) == count
    await living.morning(22)
    assert titles(living.digests()[count:]) == [
        "Digest · 22 Jan 2022: nothing new since the last one, as of 19 Jan 2022."
    ]


async def test_what_is_loaded_between_two_mornings_is_the_news_of_the_second(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "summaries"
    folder.mkdir()
    (folder / "story.yaml").write_text("title: The harbour\nintro: Who builds it.\n", "utf-8")
    (folder / "a.md").write_text(written(), "utf-8")
    async with life(tmp_path / "data", summaries=folder) as living:
        await living.tell("/subscribe 8:00")
        await living.morning(21)
        (folder / "b.md").write_text(written("The quay cracks", document="b.txt"), "utf-8")
        before = len(living.digests())
        await living.tell("/reload", person=ADMIN)
        await living.morning(22)
        (second,) = living.digests()[before:]
        assert "The quay cracks" in second["text"]
        assert "The harbour opens" not in second["text"]


async def test_a_forum_topic_gets_its_digest_in_the_topic(living: Life) -> None:
    telegram = living.talk.telegram
    forum = telegram.groups.create(
        READER, "Desk", type=ChatType.SUPERGROUP, members=(BOT,), is_forum=True
    )
    topic = telegram.groups.open_topic(READER, forum.id, "Geneva")
    await living.tell("/subscribe 8:00", chat=forum.id, thread=topic.id)
    await living.morning(21)
    assert living.digests(forum.id)
    assert {m.get("message_thread_id") for m in living.digests(forum.id)} == {topic.id}


async def test_a_reader_who_blocked_the_bot_unseen_is_paused_and_others_are_served(
    living: Life,
) -> None:
    telegram = living.talk.telegram
    for person in (READER, OTHER):
        await living.tell("/subscribe 8:00", person=person)
    telegram.faults.set([Rule(fault=Fault.FORBIDDEN, method="sendMessage", chat_id=READER)])
    await living.morning(21)
    assert living.digests() == []
    assert living.digests(OTHER)
    telegram.faults.set([])
    await living.morning(22)
    assert living.digests() == []
    assert "22 Jan 2022" in titles(living.digests(OTHER))[-1]


async def test_a_flood_wait_holds_a_digest_back_and_no_longer(living: Life) -> None:
    telegram = living.talk.telegram
    await living.tell("/subscribe 8:00")
    flood = Rule(fault=Fault.FLOOD, method="sendMessage", chat_id=READER, times=1, seconds=7200)
    telegram.faults.set([flood])
    living.clock.hour = NOW + DAY
    await living.until(living.owed)
    await living.ticks()
    assert living.digests() == []
    living.clock.advance(7100)
    await living.ticks()
    assert living.digests() == []
    living.clock.advance(102)
    await living.until(lambda: not living.owed())
    assert titles(living.digests())[0].startswith("Digest · 21 Jan 2022")


async def test_a_restart_sends_nothing_again_and_calls_uncertain_what_was_in_flight(
    tmp_path: Path,
) -> None:
    async with life(tmp_path / "data") as living:
        await living.tell("/subscribe 8:00")
        await living.morning(21)
        parts = len(living.digests())
    db = fresh(tmp_path / "data" / "ledger.db")
    with transaction(db, immediate=True):
        db.execute("UPDATE delivery SET state = 'sending', message = NULL WHERE part = 0")
        db.execute("UPDATE subscription SET seen = 0")
    db.close()
    async with life(tmp_path / "data") as again:
        again.talk.telegram.people.start(READER)
        again.clock.hour = NOW + DAY
        await again.ticks()
        assert again.digests() == []
        db = fresh(again.ledger)
        assert states(db, chat=READER) == ["uncertain", *["sent"] * (parts - 1)]
        db.close()
        await again.morning(22)
        (said,) = again.digests()
        assert "nothing new" in said["text"]
