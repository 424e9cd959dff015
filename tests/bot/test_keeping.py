"""A bot that writes its updates down: one commit for all of a poll, before anybody has them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.inbox import NotKeptError
from bot.keeping import KeepingBot
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.limits import Limits
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from store.database import Connection, Database
from store.ledger import inbox as ledger_inbox
from tests.bot.inboxes import inbox_of, numbers, opened, ready, take


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(tmp_path) as database:
        yield database


@pytest.fixture
def telegram() -> Telegram:
    telegram = Telegram(limits=Limits(enabled=False))
    for person in (1001, 1002):
        telegram.people.add("Ada", person_id=person)
        telegram.people.private_chat(person)
        telegram.people.send_text(person, person, "first")
    telegram.people.send_text(1001, 1001, "second")
    return telegram


def attempts(db: Connection) -> list[int]:
    return [row[0] for row in db.execute("SELECT attempts FROM inbox ORDER BY n")]


async def test_what_a_poll_brings_is_on_the_disk_when_it_is_here(
    ledger: Database, telegram: Telegram
) -> None:
    async with inbox_of(ledger, at_once=0) as inbox:
        wire = InProcessRequest(telegram)
        async with KeepingBot(
            SANDBOX_TOKEN, inbox=inbox, request=wire, get_updates_request=wire
        ) as bot:
            came = await bot.get_updates()
            kept = await ledger.read(ledger_inbox.waiting)
            for update in came:
                await inbox.put(update)
        assert len(came) == 3
        assert await ledger.read(ledger_inbox.waiting) == kept == 3


async def test_what_begins_at_once_is_counted_by_the_same_commit(
    ledger: Database, telegram: Telegram
) -> None:
    async with inbox_of(ledger) as inbox:
        wire = InProcessRequest(telegram)
        async with KeepingBot(
            SANDBOX_TOKEN, inbox=inbox, request=wire, get_updates_request=wire
        ) as bot:
            came = await bot.get_updates()
        # The second of a chat waits for its first, and may wait for a process that dies of that.
        assert await ledger.read(attempts) == [1, 1, 0]
        first, second = ready(inbox)
        assert numbers([first, second]) == numbers(came[:2])
        await inbox.began(first)
        assert await ledger.read(attempts) == [1, 1, 0]
        await inbox.ended(first)
        await inbox.began(await take(inbox))
        assert await ledger.read(attempts) == [1, 1]


async def test_a_poll_that_cannot_be_written_down_has_brought_nothing(
    ledger: Database, telegram: Telegram
) -> None:
    def refuse(db: Connection) -> None:
        db.execute("CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(FAIL, 'x'); END")

    await ledger.write(refuse)
    async with inbox_of(ledger) as inbox:
        wire = InProcessRequest(telegram)
        async with KeepingBot(
            SANDBOX_TOKEN, inbox=inbox, request=wire, get_updates_request=wire
        ) as bot:
            with pytest.raises(NotKeptError, match="not written down"):
                await bot.get_updates()
        assert inbox.empty()
