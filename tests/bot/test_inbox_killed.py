"""A bot on real polling that is killed over and over: nothing lost, no change made twice."""

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import Process
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes, TypeHandler

from bot.inbox import Inbox, NotKeptError
from bot.keeping import InboxProcessor, KeepingBot
from bot.sandbox.limits import Limits
from bot.sandbox.server import build_server_app, serving
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.transport import AiohttpRequest
from store.database import Connection
from store.ledger import inbox as ledger_inbox
from store.ledger.inbox import once
from store.ledger.schema import open_ledger
from tests.bot.inboxes import App, application, opened

ROOT = Path(__file__).parents[2]


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
        .bot(
            KeepingBot(
                SANDBOX_TOKEN,
                inbox=inbox,
                base_url=f"{url}/bot",
                request=AiohttpRequest(),
                get_updates_request=AiohttpRequest(),
            )
        )
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


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while True:
            if holds():
                return
            await asyncio.sleep(0.02)


async def _started(url: str, folder: Path) -> Process:
    """Start the bot and wait until it handles something."""
    before = _handled(folder)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.test_inbox_killed", url, str(folder), cwd=ROOT
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


async def test_polling_outlives_a_full_disk_and_loses_nothing(tmp_path: Path) -> None:
    telegram = Telegram(limits=Limits(enabled=False))
    telegram.people.add("Ada", person_id=1001)
    seen: list[str] = []

    async def work(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        del context
        assert update.effective_message is not None
        seen.append(str(update.effective_message.text))

    async with opened(tmp_path) as ledger:
        inbox = Inbox(ledger=ledger, at_once=4)
        app = application(inbox, work, telegram)
        async with app:
            await inbox.replay(app.bot)
            await app.start()
            assert app.updater is not None
            failed: list[TelegramError] = []
            ledger._writing.execute("PRAGMA query_only = ON")
            telegram.people.send_text(1001, 1001, "one")
            await app.updater.start_polling(error_callback=failed.append)
            await until(lambda: failed)
            telegram.people.send_text(1001, 1001, "two")
            assert seen == []
            ledger._writing.execute("PRAGMA query_only = OFF")
            await until(lambda: len(seen) == 2)
            await app.updater.stop()
            await app.stop()
    assert {type(error) for error in failed} == {NotKeptError}
    assert seen == ["one", "two"]


if __name__ == "__main__":
    asyncio.run(bot_process(sys.argv[1], Path(sys.argv[2])))
