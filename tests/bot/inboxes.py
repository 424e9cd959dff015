"""What the tests of the inbox share: updates, an inbox on a ledger, and a bot over it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from telegram import Bot, Update
from telegram.ext import Application, ApplicationBuilder, TypeHandler

from bot.inbox import Inbox, OnSetAside
from bot.keeping import InboxProcessor
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.limits import Limits
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from store.database import Database
from store.ledger import inbox as ledger_inbox
from store.ledger.schema import open_ledger

BOT = Bot(SANDBOX_TOKEN)


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


def see(taken: Update, seen: dict[int, list[int]]) -> None:
    assert taken.effective_chat is not None
    seen[taken.effective_chat.id].append(taken.update_id)


App = Application[Any, Any, Any, Any, Any, Any]


def application(
    inbox: Inbox,
    handler: Any,  # noqa: ANN401 (PTB's own types)
    telegram: Telegram | None = None,
) -> App:
    telegram = telegram or Telegram(limits=Limits(enabled=False))
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
