"""The queue that survives: what it keeps, its order, its fairness, its bounds."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from telegram import Update
from telegram.ext import ContextTypes
from telegram.ext._application import _STOP_SIGNAL

from bot.inbox import OF_ONE_CHAT, Inbox, NotKeptError
from bot.keeping import InboxProcessor
from bot.sandbox.limits import Limits
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from store.database import Connection, Database
from store.ledger import inbox as ledger_inbox
from tests.bot.inboxes import (
    BOT,
    application,
    content,
    drain,
    handled,
    inbox_of,
    inline,
    numbers,
    opened,
    put_all,
    ready,
    take,
    update,
)


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(tmp_path) as database:
        yield database


async def test_what_was_put_outlives_the_process_with_all_its_content(ledger: Database) -> None:
    telegram = Telegram(limits=Limits(enabled=False))
    telegram.people.add("Ada", person_id=1001)
    telegram.people.start(1001, "s_7")
    telegram.people.send_text(1001, 1001, "Grüße & <b> \U0001f600")
    telegram.people.send_location(1001, 1001, 46.2, 6.1)
    telegram.people.ask_inline(1001, "sherman")
    telegram.people.block(1001)
    waiting = telegram.bot(SANDBOX_TOKEN).updates
    came = [Update.de_json(one, BOT) for one in waiting]
    assert len(came) >= 5
    async with inbox_of(ledger) as first:
        await put_all(first, came)
    async with inbox_of(ledger) as second:
        again = await drain(second, ledger)
    assert [one.to_dict() for one in again] == [one.to_dict() for one in came]
    assert all(one.get_bot() is BOT for one in again)


async def test_an_update_that_comes_twice_is_handed_out_once(ledger: Database) -> None:
    async with inbox_of(ledger) as inbox:
        await put_all(inbox, [update(7), update(7)])
        assert await handled(inbox, await take(inbox)) == 7
        await inbox.put(update(7))
        assert inbox.empty()
        assert inbox.qsize() == 0


async def test_a_chats_updates_wait_for_the_one_in_flight(ledger: Database) -> None:
    async with inbox_of(ledger) as inbox:
        await put_all(inbox, [update(1, 5), update(2, 5), update(3, 6), update(4, 5)])
        first, other = ready(inbox)
        assert numbers([first, other]) == [1, 3]
        assert isinstance(first, Update)
        await handled(inbox, first)
        assert numbers(ready(inbox)) == [2]


async def test_what_has_no_chat_waits_for_its_person(ledger: Database) -> None:
    async with inbox_of(ledger) as inbox:
        await put_all(inbox, [inline(1, 5), inline(2, 5), inline(3, 6)])
        assert numbers(ready(inbox)) == [1, 3]


async def test_a_flooder_has_one_turn_between_those_of_others(ledger: Database) -> None:
    async with inbox_of(ledger, at_once=4, in_memory=100) as inbox:
        await put_all(inbox, [update(number, 666) for number in range(1_000)])
        await put_all(inbox, [update(1_000 + chat, chat) for chat in range(1, 21)])
        assert inbox.qsize() <= OF_ONE_CHAT + 20
        assert numbers(ready(inbox)) == [0, 1_001, 1_002, 1_003]
    async with inbox_of(ledger, at_once=4, in_memory=100) as inbox:
        order = [await handled(inbox, await take(inbox)) for _ in range(60)]
    assert order == [0, *range(1_001, 1_021), *range(1, 40)]


async def test_no_more_are_in_flight_than_wanted(ledger: Database) -> None:
    async with inbox_of(ledger, at_once=3) as inbox:
        await put_all(inbox, [update(number, number) for number in range(1, 10)])
        first, *_ = ready(inbox)
        assert inbox.qsize() == 6
        assert isinstance(first, Update)
        await handled(inbox, first)
        assert numbers(ready(inbox)) == [4]


async def test_the_signal_to_stop_overtakes_and_leaves_the_rest_in_the_ledger(
    ledger: Database,
) -> None:
    async with inbox_of(ledger, at_once=1) as inbox:
        await put_all(inbox, [update(1, 1), update(2, 2)])
        taken = await take(inbox)
        await inbox.put(_STOP_SIGNAL)
        joined = asyncio.ensure_future(inbox.join())
        assert await inbox.get() is _STOP_SIGNAL
        inbox.task_done()
        assert inbox.empty()
        with pytest.raises(asyncio.QueueEmpty):
            inbox.get_nowait()
        await asyncio.sleep(0.01)
        assert not joined.done()
        await handled(inbox, taken)
        await joined
    async with inbox_of(ledger) as inbox:
        assert numbers(ready(inbox)) == [2]


async def test_an_update_is_not_put_without_waiting(ledger: Database) -> None:
    async with inbox_of(ledger) as inbox:
        with pytest.raises(TypeError):
            inbox.put_nowait(update(1))
        with pytest.raises(ValueError, match="too many"):
            inbox.task_done()
        assert not inbox.full()


async def test_what_killed_the_process_three_times_is_set_aside_and_told_once(
    ledger: Database,
) -> None:
    told: list[list[int]] = []

    async def tell(updates: Sequence[Update]) -> None:
        told.append(numbers(updates))
        if len(told) == 1:
            raise ConnectionError

    async with inbox_of(ledger, at_once=0) as inbox:  # what begins at once is counted at once
        await put_all(inbox, [update(1, 5), update(2, 5)])
    for _ in range(3):
        async with inbox_of(ledger, on_set_aside=tell) as inbox:
            assert told == []
            await inbox.began(await take(inbox))
    for _ in range(3):
        async with inbox_of(ledger, on_set_aside=tell) as inbox:
            assert numbers(ready(inbox)) == [2]
    assert told == [[1], [1]]


async def test_suspects_at_their_last_chance_are_handled_one_at_a_time(ledger: Database) -> None:
    async with inbox_of(ledger, at_once=0) as inbox:
        await put_all(inbox, [update(number, number) for number in range(1, 4)])
    for _ in range(2):
        async with inbox_of(ledger) as inbox:
            for taken in ready(inbox):
                await inbox.began(taken)
    async with inbox_of(ledger) as inbox:
        await inbox.put(update(4, 4))
        first, fresh = ready(inbox)
        assert numbers([first, fresh]) == [1, 4]
        assert isinstance(first, Update)
        await handled(inbox, first)
        assert numbers(ready(inbox)) == [2]


async def test_a_large_backlog_is_not_held_in_memory(ledger: Database) -> None:
    def fill(db: Connection) -> None:
        rows = [
            {
                "update_id": number,
                "digest": number.to_bytes(16, "big"),
                "lane": number % 3_000,
                "body": json.dumps(content(number, number % 3_000)),
            }
            for number in range(100_000)
        ]
        db.table("inbox").insert_all(rows)

    await ledger.write(fill)
    most = 0
    last: dict[int, int] = {}
    async with inbox_of(ledger, in_memory=200) as inbox:
        for _ in range(600):
            most = max(most, inbox.qsize())
            taken = await take(inbox)
            chat = taken.update_id % 3_000
            assert taken.update_id == last.get(chat, chat - 3_000) + 3_000
            last[chat] = await handled(inbox, taken)
    assert most <= 200 + OF_ONE_CHAT
    assert await ledger.read(ledger_inbox.waiting) == 99_400


async def test_an_update_that_cannot_be_written_down_is_an_error_that_polling_outlives(
    ledger: Database,
) -> None:
    pages = await ledger.write(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    async with inbox_of(ledger) as inbox:
        await ledger.write(lambda db: db.execute(f"PRAGMA max_page_count = {pages}").fetchone())
        with pytest.raises(NotKeptError, match="free space"):
            await inbox.put(update(1, text="x" * 50_000))
        assert inbox.empty()
        await ledger.write(lambda db: db.execute("PRAGMA max_page_count = 100000").fetchone())
        await inbox.put(update(1, text="x" * 50_000))
        assert await handled(inbox, await take(inbox)) == 1


async def test_a_ledger_that_takes_nothing_keeps_nobody_from_being_answered(
    ledger: Database,
) -> None:
    async with inbox_of(ledger) as inbox:
        await put_all(inbox, [update(1), update(2)])
        ledger._writing.execute("PRAGMA query_only = ON")
        assert [await handled(inbox, await take(inbox)) for _ in range(2)] == [1, 2]
        ledger._writing.execute("PRAGMA query_only = OFF")
    assert await ledger.read(ledger_inbox.waiting) == 2


async def test_a_handler_that_raises_has_handled_its_update(ledger: Database) -> None:
    troubles: list[str] = []
    both = asyncio.Event()
    inbox = Inbox(ledger=ledger, at_once=4)

    async def fail(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        del context
        raise LookupError(str(update.update_id))

    async def note(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        del update
        troubles.append(str(context.error))
        if len(troubles) == 2:
            both.set()

    app = application(inbox, fail)
    app.add_error_handler(note)
    async with app:
        await inbox.replay(app.bot)
        await app.start()
        await put_all(inbox, [update(1), update(2)])
        async with asyncio.timeout(10):
            await both.wait()
        await app.stop()
    assert troubles == ["1", "2"]
    assert await ledger.read(ledger_inbox.waiting) == 0


async def test_a_bot_that_stops_finishes_what_is_in_flight_and_keeps_the_rest(
    ledger: Database,
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    done: list[int] = []
    inbox = Inbox(ledger=ledger, at_once=4)

    async def work(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        del context
        begun.set()
        await go_on.wait()
        done.append(update.update_id)

    app = application(inbox, work)
    async with app:
        await inbox.replay(app.bot)
        await app.start()
        await put_all(inbox, [update(number) for number in (1, 2, 3)])
        await begun.wait()
        stopping = asyncio.ensure_future(app.stop())
        await asyncio.sleep(0.01)
        assert not stopping.done()
        go_on.set()
        await stopping
    assert done == [1]
    async with inbox_of(ledger) as again:
        assert numbers(await drain(again, ledger)) == [2, 3]


async def test_an_update_whose_handling_was_cancelled_is_handled_again(ledger: Database) -> None:
    async with inbox_of(ledger) as inbox:
        await inbox.put(update(1))
        taken, processor = await take(inbox), InboxProcessor(inbox)
        handling = asyncio.ensure_future(processor.process_update(taken, asyncio.sleep(60)))
        await asyncio.sleep(0.1)
        handling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await handling
    async with inbox_of(ledger) as inbox:
        assert numbers(ready(inbox)) == [1]
