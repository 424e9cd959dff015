"""People in front of the whole application, over the Telegram of this machine."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from telegram import Update
from telegram.ext import ContextTypes, ExtBot

from bot.application import App
from bot.commands.admin import Clock
from bot.digest.jobs import Deliverer
from bot.flooding import Flooding
from bot.metrics import Metrics, Pulse
from bot.pacing import Limits as PacingLimits
from bot.pacing import Pacing
from bot.running import application_of, load_at_start, loader_of, open_stores
from bot.sandbox.clock import ManualClock
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.json_values import JsonObject
from bot.sandbox.limits import Limits
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.world import User
from config.settings import Access, Settings
from store.database import Connection, Database
from store.ledger.alone import LOCK_NAME, take_over
from store.ledger.values import Policy

READER = 1001
ADMIN = 7
NOW = datetime(2022, 1, 20, 9, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class Conversation:
    """What people do and what the bot answers; anything that goes wrong in it is raised."""

    app: App
    telegram: Telegram
    knowledge: Database
    ledger: Database
    deliverer: Deliverer
    troubles: list[BaseException] = field(default_factory=list)

    async def say(
        self, words: str, *, person: int = READER, chat: int | None = None
    ) -> list[JsonObject]:
        """Send `words` and return the bot's new messages in that chat."""
        chat = person if chat is None else chat
        sent = self.telegram.people.send_text(person, chat, words)
        await self.answered()
        return [m for m in self.messages(chat) if m["message_id"] > sent.id]

    async def ask(self, words: str, *, person: int = READER) -> JsonObject:
        """Send `words` and return the one message that answers them."""
        (message,) = await self.say(words, person=person)
        return message

    async def press(self, message: JsonObject, label: str, *, person: int = READER) -> JsonObject:
        """Press a button below `message` and return the message as it stands then."""
        chat, number = message["chat"]["id"], message["message_id"]
        await self.toast(message, label, person=person)
        return next(m for m in self.messages(chat) if m["message_id"] == number)

    async def toast(
        self, message: JsonObject, label: str, *, person: int = READER, times: int = 1
    ) -> str | None:
        """Press a button below `message`, so many times at once; return the last one's toast."""
        chat, number = message["chat"]["id"], message["message_id"]
        pressed = [
            self.telegram.people.press(person, chat, number, label=label) for _ in range(times)
        ]
        await self.answered()
        assert all(self.telegram.callback(one.id).answered for one in pressed)
        return self.telegram.callback(pressed[-1].id).text

    async def deliver(self) -> None:
        """Plan and send all that is due now, as the jobs do when their time has come."""
        await self.run_jobs("tick", "broadcast")

    async def run_jobs(self, *names: str) -> None:
        """Run the jobs of these names, as if their time had come."""
        assert self.app.job_queue is not None
        for name in names:
            for job in self.app.job_queue.get_jobs_by_name(name):
                await job.run(self.app)
        if self.troubles:
            raise self.troubles.pop()

    async def rows(self, question: str) -> list[JsonObject]:
        """Return what the ledger answers."""

        def ask(db: Connection) -> list[JsonObject]:
            return list(db.query(question))

        return await self.ledger.read(ask)

    async def press_data(
        self, message: JsonObject, data: str, *, person: int | None = None
    ) -> str | None:
        """Press a button that carries `data`, whatever the message has; return the toast.

        Whose private chat it stands in presses it, if no `person` does.
        """
        chat = self.telegram.find_chat(message["chat"]["id"])
        assert chat is not None
        kept = chat.messages[message["message_id"]]
        shown, kept.reply_markup = kept.reply_markup, _one_button(data)
        callback = self.telegram.people.press(person or chat.id, chat.id, kept.id, data=data)
        kept.reply_markup = shown
        await self.answered()
        return self.telegram.callback(callback.id).text

    async def open_link(self, message: JsonObject, words: str, *, person: int = READER) -> str:
        """Follow the link whose words are `words`, and return the text that it opens."""
        payload = links(message)[words].rpartition("?start=")[2]
        sent = self.telegram.people.start(person, payload)
        await self.answered()
        (opened,) = [m for m in self.messages(person) if m["message_id"] > sent.id]
        return str(opened["text"])

    async def answered(self) -> None:
        """Wait until the bot has handled everything that waits for it."""
        bot = self.app.bot
        # Past the inbox, which hands out what its own `get_updates` has written down.
        while updates := await ExtBot.get_updates(bot, timeout=0):
            for update in updates:  # each in a task of its own, as on Telegram
                await asyncio.ensure_future(self.app.process_update(update))
            await ExtBot.get_updates(bot, offset=updates[-1].update_id + 1, timeout=0)
        if self.troubles:
            raise self.troubles.pop()
        assert self.telegram.oddities == []

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until `holds`, looking again whenever something happens in a chat."""
        happened = asyncio.Event()
        unwatch = self.telegram.watch_feed(lambda _: happened.set())
        try:
            async with asyncio.timeout(30):
                while not holds():
                    happened.clear()
                    await happened.wait()
        finally:
            unwatch()

    def messages(self, chat: int = READER) -> list[JsonObject]:
        """Return the bot's messages in a chat."""
        return [m for m in self.telegram.transcript(chat) if m["from"]["is_bot"]]


@asynccontextmanager
async def conversation(  # noqa: PLR0913 (each is one thing that a test wants otherwise)
    folder: Path,
    *,
    summaries: Path | None = None,
    people: Iterable[int] = (READER, ADMIN),
    clock: Clock = lambda: NOW,
    policy: Policy = Policy.LEAVE,
    access: Access = Access.OPEN,
    readers: Iterable[int] = (),
    flooding: Flooding | None = None,
) -> AsyncIterator[Conversation]:
    """Open the bot with its knowledge in `folder`."""
    telegram = Telegram(clock=ManualClock(hour=NOW), limits=Limits(enabled=False))
    for person in people:
        telegram.people.add(f"Reader {person}", person_id=person)
    settings = Settings(
        data_dir=folder,
        summaries=summaries,
        admins=frozenset({ADMIN}),
        access=access,
        readers=frozenset(readers),
    )
    stores = ExitStack()
    knowledge, ledger = stores.enter_context(open_stores(folder))
    alone = AsyncExitStack()
    try:
        owned = await alone.enter_async_context(take_over(folder / LOCK_NAME, ledger, now=NOW))
        deliverer = Deliverer(
            ledger=ledger,
            clock=clock,
            every=timedelta(seconds=15),
            epoch=owned.epoch,
            policy=policy,
            metrics=Metrics(ledger=ledger, clock=clock, pulse=Pulse(clock=clock)),
        )
        loader = loader_of(settings, knowledge)
        await load_at_start(loader)
        app = application_of(
            settings,
            token=SANDBOX_TOKEN,
            api_url="http://sandbox",
            transport=lambda: InProcessRequest(telegram),
            knowledge=knowledge,
            ledger=ledger,
            loader=loader,
            admins=settings.admins,
            clock=clock,
            pacing=Pacing(PacingLimits(enabled=False)),
            flooding=flooding,
            deliverer=deliverer,
        )
        talk = Conversation(
            app=app, telegram=telegram, knowledge=knowledge, ledger=ledger, deliverer=deliverer
        )

        async def note(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
            del update
            talk.troubles.append(context.error or AssertionError("an error without an error"))

        app.add_error_handler(note)
        async with app:
            assert app.post_init is not None
            await app.post_init(app)
            yield talk
    finally:
        await alone.aclose()
        await asyncio.to_thread(stores.close)


@asynccontextmanager
async def polling(talk: Conversation) -> AsyncIterator[None]:
    """Let the bot fetch and handle its updates by itself, as it does on Telegram."""
    updater = talk.app.updater
    assert updater is not None
    await updater.start_polling(allowed_updates=Update.ALL_TYPES)
    await talk.app.start()
    try:
        yield
    finally:
        await updater.stop()
        await talk.app.stop()


def add_people(telegram: Telegram, count: int) -> list[User]:
    return [telegram.people.add(f"Person {n}", person_id=5000 + n) for n in range(count)]


def labels(message: JsonObject) -> list[str]:
    """Return the labels of the buttons below a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def links(message: JsonObject) -> dict[str, str]:
    """Return the links in a message by their words."""
    raw = message["text"].encode("utf-16-le")
    return {
        raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"): e["url"]
        for e in message.get("entities", [])
        if e["type"] == "text_link"
    }


def _one_button(data: str) -> JsonObject:
    return {"inline_keyboard": [[{"text": "old", "callback_data": data}]]}
