"""What is handled while it is being written down: once, whatever becomes of the writing."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from telegram import Update

import bot.inbox
from bot.inbox import Inbox, NotKeptError
from store.database import Connection, Database
from store.ledger.inbox import once
from tests.bot.inboxes import handled, inbox_of, numbers, opened, ready, take, update


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(tmp_path) as database:
        yield database


@pytest.fixture(autouse=True)
def _slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.inbox, "_HEAD_START", 0.2)


@asynccontextmanager
async def warm(ledger: Database) -> AsyncIterator[Inbox]:
    """Open an inbox that has had its first poll."""
    async with inbox_of(ledger) as inbox:
        await inbox.keep([update(1)], ahead=True)
        assert await handled(inbox, await take(inbox)) == 1
        yield inbox


def refuse(ledger: Database) -> None:
    ledger._writing.execute("PRAGMA query_only = ON")


def accept(ledger: Database) -> None:
    ledger._writing.execute("PRAGMA query_only = OFF")


def rows(db: Connection) -> list[tuple[int, int]]:
    return [tuple(row) for row in db.execute("SELECT update_id, attempts FROM inbox ORDER BY n")]


async def killed_while_handled(ledger: Database, inbox: Inbox, came: Update) -> Update:
    """Have an update handled, and the process killed before anything is written down."""
    keeping = asyncio.ensure_future(inbox.keep([came], ahead=True))
    taken = await take(inbox)
    await inbox.began(taken)
    await asyncio.sleep(0)
    keeping.cancel()
    inbox._commits._pending.clear()
    assert came.update_id not in [number for number, _attempts in await ledger.read(rows)]
    return taken


async def test_what_comes_is_handed_out_before_it_is_written_down(ledger: Database) -> None:
    async with warm(ledger) as inbox:
        keeping = asyncio.ensure_future(inbox.keep([update(2), update(3)], ahead=True))
        taken = await take(inbox)
        assert taken.update_id == 2
        assert not keeping.done()
        assert await ledger.read(rows) == []
        await keeping
        assert await ledger.read(rows) == [(2, 1), (3, 0)]
        await handled(inbox, taken)
        assert await handled(inbox, await take(inbox)) == 3
        assert await ledger.read(rows) == []


async def test_the_first_poll_is_counted_before_it_is_handled(ledger: Database) -> None:
    async with inbox_of(ledger) as inbox:
        keeping = asyncio.ensure_future(inbox.keep([update(1)], ahead=True))
        await asyncio.sleep(0)
        assert inbox.empty()
        await keeping
        assert await ledger.read(rows) == [(1, 1)]


async def test_what_is_handled_by_then_is_written_down_as_handled(ledger: Database) -> None:
    async with warm(ledger) as inbox:
        keeping = asyncio.ensure_future(inbox.keep([update(2)], ahead=True))
        await handled(inbox, await take(inbox))
        await keeping
        assert await ledger.read(rows) == []
        await inbox.keep([update(2)], ahead=True)
        assert inbox.empty()
    async with inbox_of(ledger) as inbox:
        await inbox.keep([update(2)], ahead=True)
        assert inbox.empty()


async def test_what_a_process_died_of_before_it_was_written_down_is_handled_once_more(
    ledger: Database,
) -> None:
    async with warm(ledger) as inbox:
        await killed_while_handled(ledger, inbox, update(2))
    async with inbox_of(ledger) as inbox:
        await inbox.keep([update(2)], ahead=True)
        assert await ledger.read(rows) == [(2, 1)]
        assert await handled(inbox, await take(inbox)) == 2
    async with inbox_of(ledger) as inbox:
        await inbox.keep([update(2)], ahead=True)
        assert inbox.empty()


async def test_what_kills_at_once_is_set_aside_after_three_counted_deaths(
    ledger: Database,
) -> None:
    told: list[int] = []

    async def tell(updates: Sequence[Update]) -> None:
        told.extend(numbers(updates))

    async with warm(ledger) as inbox:
        await killed_while_handled(ledger, inbox, update(2))
    for _ in range(3):
        assert told == []
        async with inbox_of(ledger, on_set_aside=tell) as inbox:
            await inbox.keep([update(2)], ahead=True)
            await inbox.began(await take(inbox))
    async with inbox_of(ledger, on_set_aside=tell) as inbox:
        await inbox.keep([update(2)], ahead=True)
        assert inbox.empty()
    assert told == [2]


async def test_what_was_handled_but_not_written_down_is_not_handled_again(
    ledger: Database,
) -> None:
    async with warm(ledger) as inbox:
        refuse(ledger)
        keeping = asyncio.ensure_future(inbox.keep([update(2)], ahead=True))
        taken = await take(inbox)
        with pytest.raises(NotKeptError, match="updates 2"):
            await keeping
        await handled(inbox, taken)
        # What comes after it waits for a ledger that takes it.
        with pytest.raises(NotKeptError, match="updates 2, 3"):
            await inbox.keep([update(2), update(3)], ahead=True)
        assert inbox.empty()
        accept(ledger)
        await inbox.keep([update(2), update(3)], ahead=True)
        assert numbers(ready(inbox)) == [3]
        assert await ledger.read(rows) == [(3, 0)]
    async with inbox_of(ledger) as inbox:
        await inbox.keep([update(2), update(3)], ahead=True)
        assert numbers(ready(inbox)) == [3]


async def test_what_comes_again_while_it_is_handled_is_taken_out_at_its_end(
    ledger: Database,
) -> None:
    async with warm(ledger) as inbox:
        refuse(ledger)
        keeping = asyncio.ensure_future(inbox.keep([update(2)], ahead=True))
        taken = await take(inbox)
        with pytest.raises(NotKeptError):
            await keeping
        accept(ledger)
        await inbox.keep([update(2), update(3)], ahead=True)
        assert inbox.empty()
        assert await ledger.read(rows) == [(2, 1), (3, 0)]
        await handled(inbox, taken)
        assert await handled(inbox, await take(inbox)) == 3
        assert await ledger.read(rows) == []


@pytest.mark.parametrize("is_refused", [False, True])
async def test_a_change_is_made_once_though_its_update_was_not_written_down(
    ledger: Database, *, is_refused: bool
) -> None:
    made: list[int] = []

    def change(db: Connection) -> None:
        if once(db, 2, "count"):
            made.append(2)

    async with warm(ledger) as inbox:
        keeping = asyncio.ensure_future(inbox.keep([update(2)], ahead=True))
        taken = await take(inbox)
        await inbox.began(taken)
        await ledger.write(change)
        assert await ledger.read(rows) == [(2, 1)]
        if is_refused:
            refuse(ledger)
            with pytest.raises(NotKeptError):
                await keeping
            accept(ledger)
        else:
            await keeping
    # The process was killed before the update was handled to its end.
    async with inbox_of(ledger) as inbox:
        await inbox.keep([update(2)], ahead=True)
        await inbox.began(await take(inbox))
        await ledger.write(change)
        assert inbox.empty()
    assert made == [2]


async def test_an_update_that_telegram_may_have_sent_before_is_not_handled_early(
    ledger: Database,
) -> None:
    async with warm(ledger) as inbox:
        await inbox.keep([update(9, 9)], ahead=True)
        keeping = asyncio.ensure_future(inbox.keep([update(5, 5)], ahead=True))
        await asyncio.sleep(0)
        assert numbers(ready(inbox)) == [9]
        await keeping
        assert numbers(ready(inbox)) == [5]
