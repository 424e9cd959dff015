"""People in front of the whole application, over the Telegram of this machine."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from telegram import Update
from telegram.ext import ContextTypes

from bot.application import App
from bot.commands.admin import Clock
from bot.pacing import Limits as PacingLimits
from bot.pacing import Pacing
from bot.running import application_of, load_at_start, loader_of, open_stores
from bot.sandbox.clock import ManualClock
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.json_values import JsonObject
from bot.sandbox.limits import Limits
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.world import User
from config.settings import Settings
from store.database import Database

READER = 1001
ADMIN = 7
NOW = datetime(2022, 1, 20, 9, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class Conversation:
    """What people do and what the bot answers; anything that goes wrong in it is raised."""

    app: App
    telegram: Telegram
    knowledge: Database
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
        callback = self.telegram.people.press(person, chat, number, label=label)
        await self.answered()
        assert self.telegram.callback(callback.id).answered
        return next(m for m in self.messages(chat) if m["message_id"] == number)

    async def press_data(self, message: JsonObject, data: str) -> str | None:
        """Press a button that carries `data`, whatever the message has; return the toast."""
        chat = self.telegram.find_chat(message["chat"]["id"])
        assert chat is not None
        kept = chat.messages[message["message_id"]]
        shown, kept.reply_markup = kept.reply_markup, _one_button(data)
        callback = self.telegram.people.press(chat.id, chat.id, kept.id, data=data)
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
        while updates := await self.app.bot.get_updates(timeout=0):
            for update in updates:
                await self.app.process_update(update)
            await self.app.bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)
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
async def conversation(
    folder: Path,
    *,
    summaries: Path | None = None,
    people: Iterable[int] = (READER, ADMIN),
    clock: Clock = lambda: NOW,
) -> AsyncIterator[Conversation]:
    """Open the bot with its knowledge in `folder`."""
    telegram = Telegram(clock=ManualClock(hour=NOW), limits=Limits(enabled=False))
    for person in people:
        telegram.people.add(f"Reader {person}", person_id=person)
    settings = Settings(data_dir=folder, summaries=summaries, admins=frozenset({ADMIN}))
    stores = ExitStack()
    knowledge, ledger = stores.enter_context(open_stores(folder))
    try:
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
        )
        talk = Conversation(app=app, telegram=telegram, knowledge=knowledge)

        async def note(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
            del update
            talk.troubles.append(context.error or AssertionError("an error without an error"))

        app.add_error_handler(note)
        async with app:
            assert app.post_init is not None
            await app.post_init(app)
            yield talk
    finally:
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
