"""The queue that survives: its order, its fairness, its bounds, and a bot killed over and over."""

import asyncio
import contextlib
import json
import os
import random
import signal
import sys
from asyncio.subprocess import Process
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot, Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, TypeHandler
from telegram.ext._application import _STOP_SIGNAL

from bot.inbox import OF_ONE_CHAT, Inbox, InboxProcessor, NotKeptError, OnSetAside
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.limits import Limits
from bot.sandbox.server import build_server_app, serving
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.transport import AiohttpRequest
from store.database import Connection, Database
from store.ledger import inbox as ledger_inbox
from store.ledger.inbox import once
from store.ledger.schema import open_ledger

ROOT = Path(__file__).parents[2]
BOT = Bot(SANDBOX_TOKEN)


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(tmp_path) as database:
        yield database


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Database]:
    database = open_ledger(folder / "ledger.db")
    try:
        yield database
    finally:
        await asyncio.to_thread(database.close)


@asynccontextmanager
async def inbox_of(
    ledger: Database,
    *,
    at_once: int = 64,
    in_memory: int = 2_000,
    on_set_aside: OnSetAside | None = None,
) -> AsyncIterator[Inbox]:
    """Open the inbox as a process does that starts."""
    inbox = Inbox(ledger=ledger, at_once=at_once, in_memory=in_memory, on_set_aside=on_set_aside)
    await inbox.replay(BOT)
    try:
        yield inbox
    finally:
        await inbox.close()


def update(number: int, chat: int = 1, text: str = "hello") -> Update:
    return Update.de_json(content(number, chat, text), BOT)


def content(number: int, chat: int = 1, text: str = "hello") -> dict[str, Any]:
    person = {"id": abs(chat), "is_bot": False, "first_name": "Ada"}
    message = {
        "message_id": number,
        "date": 1642669200,
        "chat": {"id": chat, "type": "private", "first_name": "Ada"},
        "from": person,
        "text": text,
    }
    return {"update_id": number, "message": message}


def inline(number: int, person: int) -> Update:
    asked = {
        "id": str(number),
        "from": {"id": person, "is_bot": False, "first_name": "Ada"},
        "query": "sherman",
        "offset": "",
    }
    return Update.de_json({"update_id": number, "inline_query": asked}, BOT)


async def put_all(inbox: Inbox, updates: Sequence[Update]) -> None:
    await asyncio.gather(*(inbox.put(one) for one in updates))


async def take(inbox: Inbox) -> Update:
    async with asyncio.timeout(10):
        taken = await inbox.get()
    assert isinstance(taken, Update)
    return taken


async def handled(inbox: Inbox, taken: Update) -> int:
    """Handle what was taken, as the processor does, and return its number."""
    await inbox.began(taken)
    await inbox.ended(taken)
    inbox.task_done()
    return taken.update_id


async def drain(inbox: Inbox, ledger: Database) -> list[Update]:
    """Handle all there is, one after another."""
    order = []
    while await ledger.read(ledger_inbox.waiting):
        order.append(await take(inbox))
        await handled(inbox, order[-1])
    return order


def numbers(updates: Sequence[object]) -> list[int]:
    return [one.update_id for one in updates if isinstance(one, Update)]


def ready(inbox: Inbox) -> list[object]:
    """Take all that is handed out without waiting."""
    taken = []
    while not inbox.empty():
        taken.append(inbox.get_nowait())
    return taken


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

    async with inbox_of(ledger) as inbox:
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
    async with inbox_of(ledger) as inbox:
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


# What may come between: an update of a chat, the next one taken, the oldest one in flight
# handled, or the process beginning anew.
_STEPS = st.lists(
    st.one_of(st.integers(1, 4), st.sampled_from(["take", "end", "restart"])), max_size=120
)


@given(steps=_STEPS, in_memory=st.integers(1, 6), at_once=st.integers(1, 4))
@settings(max_examples=25)
def test_each_update_is_handled_once_and_in_its_chats_order(
    steps: list[int | str], in_memory: int, at_once: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("inbox")
    expected: dict[int, list[int]] = defaultdict(list)
    seen: dict[int, list[int]] = defaultdict(list)

    async def live() -> None:
        async with opened(folder) as ledger:
            left, number = list(steps), 0
            while left:
                async with inbox_of(ledger, in_memory=in_memory, at_once=at_once) as inbox:
                    number, left = await _until_restart(inbox, left, number, expected, seen)
            async with inbox_of(ledger, in_memory=in_memory, at_once=at_once) as inbox:
                for taken in await drain(inbox, ledger):
                    _see(taken, seen)

    asyncio.run(live())
    assert seen == expected


async def _until_restart(
    inbox: Inbox,
    steps: list[int | str],
    number: int,
    expected: dict[int, list[int]],
    seen: dict[int, list[int]],
) -> tuple[int, list[int | str]]:
    flying: list[Update] = []
    while steps:
        match steps.pop(0):
            case "take":
                with contextlib.suppress(asyncio.QueueEmpty):
                    taken = inbox.get_nowait()
                    assert isinstance(taken, Update)
                    flying.append(taken)
            case "end" if flying:
                _see(flying[0], seen)
                await handled(inbox, flying.pop(0))
            case int() as chat:
                number += 1
                expected[chat].append(number)
                await inbox.put(update(number, chat))
            case "restart":
                break
        lanes = [one.effective_chat for one in flying]
        assert len(set(lanes)) == len(lanes) <= inbox.at_once
        assert inbox.qsize() <= 2 * inbox._most
    return number, steps


def _see(taken: Update, seen: dict[int, list[int]]) -> None:
    assert taken.effective_chat is not None
    seen[taken.effective_chat.id].append(taken.update_id)


class Gate:
    """Holds a call back: before it is made, or its answer."""

    def __init__(self, call: Callable[..., Awaitable[Any]], *, before: bool = False) -> None:
        self.call = call
        self.before = before
        self.reached, self.opened = asyncio.Event(), asyncio.Event()

    async def __call__(self, *args: Any) -> Any:  # noqa: ANN401 (hands through)
        answer = None if self.before else await self.call(*args)
        self.reached.set()
        await self.opened.wait()
        return await self.call(*args) if self.before else answer


async def test_what_is_put_while_the_ledger_is_read_is_not_forgotten(
    ledger: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, inbox = Gate(ledger.read), Inbox(ledger=ledger, at_once=4)
    monkeypatch.setattr(ledger, "read", gate)
    replaying = asyncio.ensure_future(inbox.replay(BOT))
    await gate.reached.wait()
    await inbox.put(update(1))
    gate.opened.set()
    await replaying
    assert await handled(inbox, await take(inbox)) == 1
    await inbox.close()


async def test_what_is_read_before_its_put_has_returned_is_handed_out_once(
    ledger: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with inbox_of(ledger, in_memory=3) as inbox:
        await put_all(inbox, [update(1, 5), update(2, 6), update(3, 7), update(4, 5)])
        reading, writing = Gate(ledger.read, before=True), Gate(ledger.write)
        for taken in ready(inbox):
            assert isinstance(taken, Update)
            monkeypatch.setattr(ledger, "read", reading)
            await handled(inbox, taken)
        await reading.reached.wait()
        monkeypatch.setattr(ledger, "write", writing)
        putting = asyncio.ensure_future(inbox.put(update(5, 5)))
        await writing.reached.wait()
        reading.opened.set()
        taken = await take(inbox)
        writing.opened.set()
        await putting
        assert inbox.qsize() == 1
        assert [await handled(inbox, taken), await handled(inbox, await take(inbox))] == [4, 5]


@pytest.mark.parametrize("in_memory", [4, 16, 24])
async def test_order_holds_while_puts_reads_and_handlers_overlap(
    ledger: Database, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    chance = random.Random(in_memory)  # noqa: S311 (repeatable on purpose)

    def delayed(call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """What was read or written is old news by the time that the queue hears of it."""

        async def answer_late(*args: Any) -> Any:  # noqa: ANN401 (hands through)
            answer = await call(*args)
            await asyncio.sleep(chance.choice([0, 0.001, 0.003]))
            return answer

        return answer_late

    monkeypatch.setattr(ledger, "read", delayed(ledger.read))
    monkeypatch.setattr(ledger, "write", delayed(ledger.write))
    seen: dict[int, list[int]] = defaultdict(list)
    expected: dict[int, list[int]] = defaultdict(list)

    async def put(chat: int) -> None:
        for number in range(chat, 1_001, 40):
            expected[chat].append(number)
            await asyncio.sleep(chance.choice([0, 0.02, 0.1]))
            await inbox.put(update(number, chat))

    async def work() -> None:
        while sum(map(len, seen.values())) < 1_000:
            taken = await inbox.get()
            if not isinstance(taken, Update):
                return
            _see(taken, seen)
            await asyncio.sleep(chance.choice([0, 0, 0.004]))
            await handled(inbox, taken)
        for _ in range(6):
            inbox.put_nowait(_STOP_SIGNAL)

    async with inbox_of(ledger, in_memory=in_memory, at_once=6) as inbox, asyncio.timeout(60):
        await asyncio.gather(*(put(chat) for chat in range(1, 41)), *(work() for _ in range(6)))
    assert seen == expected


App = Application[Any, Any, Any, Any, Any, Any]


def application(inbox: Inbox, handler: Any) -> App:  # noqa: ANN401 (PTB's own types)
    telegram = Telegram(limits=Limits(enabled=False))
    app: App = (
        ApplicationBuilder()
        .token(SANDBOX_TOKEN)
        .request(InProcessRequest(telegram))
        .get_updates_request(InProcessRequest(telegram))
        .job_queue(None)
        .update_queue(inbox)
        .concurrent_updates(InboxProcessor(inbox))
        .build()
    )
    app.add_handler(TypeHandler(Update, handler))
    return app


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


async def bot_process(url: str, folder: Path) -> None:
    """Be the bot that is killed: note each handling in a file, and count once in the ledger."""
    ledger = open_ledger(folder / "ledger.db")
    await ledger.write(lambda db: db.execute("CREATE TABLE IF NOT EXISTS tally (n INTEGER)"))
    notes = os.open(folder / "notes", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    inbox = Inbox(ledger=ledger, at_once=8, in_memory=20)

    def count(db: Connection, number: int) -> None:
        if once(db, number, "tally"):
            db.execute("INSERT INTO tally (n) VALUES (:n)", {"n": number})

    async def work(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        del context
        message = update.effective_message
        assert message is not None
        os.write(notes, f"{message.chat_id} {message.text}\n".encode())
        await asyncio.sleep(0.004)
        await ledger.write(count, update.update_id)
        await asyncio.sleep(0.004)

    app: App = (
        ApplicationBuilder()
        .token(SANDBOX_TOKEN)
        .base_url(f"{url}/bot")
        .request(AiohttpRequest())
        .get_updates_request(AiohttpRequest())
        .job_queue(None)
        .update_queue(inbox)
        .concurrent_updates(InboxProcessor(inbox))
        .build()
    )
    app.add_handler(TypeHandler(Update, work))
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with app:
        await inbox.replay(app.bot)
        assert app.updater is not None
        await app.updater.start_polling(bootstrap_retries=-1)
        await app.start()
        await stopped.wait()
        await app.updater.stop()
        await app.stop()
    await asyncio.to_thread(ledger.close)


class Readers:
    """Some people who write to the bot now and then, numbering what they say."""

    def __init__(self, telegram: Telegram, chance: random.Random) -> None:
        self.telegram = telegram
        self.chance = chance
        self.said: dict[int, int] = dict.fromkeys(range(1001, 1007), 0)
        for person in self.said:
            telegram.people.add("Reader", person_id=person)

    def speak(self, times: int) -> None:
        for _ in range(times):
            # The first is a flooder.
            person = self.chance.choice([1001, *self.said])
            self.said[person] += 1
            self.telegram.people.send_text(person, person, str(self.said[person]))

    async def go_on(self, seconds: float) -> None:
        for _ in range(int(seconds / 0.02)):
            self.speak(self.chance.randint(0, 6))
            await asyncio.sleep(0.02)


def _handled(folder: Path) -> dict[int, list[int]]:
    order: dict[int, list[int]] = defaultdict(list)
    notes = folder / "notes"
    for line in notes.read_text().splitlines() if notes.exists() else ():
        chat, number = line.split()
        order[int(chat)].append(int(number))
    return order


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while True:
            if holds():
                return
            await asyncio.sleep(0.02)


async def _started(url: str, folder: Path) -> Process:
    """Start the bot and wait until it handles something."""
    before = _handled(folder)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.test_inbox", url, str(folder), cwd=ROOT
    )
    await until(lambda: process.returncode is not None or _handled(folder) != before)
    assert process.returncode is None
    return process


async def test_a_bot_killed_over_and_over_handles_all_in_order_and_changes_once(
    tmp_path: Path,
) -> None:
    telegram = Telegram(limits=Limits(enabled=False))
    readers = Readers(telegram, random.Random(7))  # noqa: S311 (not a secret)
    readers.speak(300)
    async with serving(build_server_app(telegram), port=0) as url:
        for _ in range(5):
            process = await _started(url, tmp_path)
            await readers.go_on(readers.chance.uniform(0.05, 0.5))
            process.kill()
            await process.wait()
            readers.speak(50)
        process = await _started(url, tmp_path)
        await until(
            lambda: {chat: order[-1] for chat, order in _handled(tmp_path).items()} == readers.said
        )
        process.terminate()
        assert await process.wait() == 0

    for person, order in _handled(tmp_path).items():
        assert order == sorted(order)
        assert sorted(set(order)) == list(range(1, readers.said[person] + 1))
    async with opened(tmp_path) as ledger:
        assert await ledger.read(ledger_inbox.waiting) == 0
        counts = await ledger.read(
            lambda db: [row["c"] for row in db.query("SELECT COUNT(*) c FROM tally GROUP BY n")]
        )
    assert counts == [1] * sum(readers.said.values())


if __name__ == "__main__":
    asyncio.run(bot_process(sys.argv[1], Path(sys.argv[2])))
