"""An unchanged python-telegram-bot against the HTTP front, by polling and by webhook."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputFile,
    InputMediaPhoto,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest, HTTPXRequest

from bot.sandbox.limits import Limits
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.webhooks import SECRET_HEADER
from bot.sandbox.world import User
from bot.transport import AiohttpRequest
from tests.bot.sandbox.calling import DOCUMENT, PHOTO
from tests.bot.sandbox.http_client import Client, client_of, until

App = Application[Any, Any, Any, Any, Any, Any]
Context = CallbackContext[Any, Any, Any, Any]
Transport = Callable[[], BaseRequest]

TRANSPORTS = pytest.mark.parametrize(
    "transport", [HTTPXRequest, AiohttpRequest], ids=["httpx", "aiohttp"]
)


@pytest.fixture
async def client(telegram: Telegram) -> AsyncIterator[Client]:
    async with client_of(telegram) as client:
        yield client


async def greet(update: Update, _: Context) -> None:
    assert update.message is not None
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])
    await update.message.reply_html("<b>Hello</b> &amp; welcome", reply_markup=markup)


async def show_more(update: Update, _: Context) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("Here it is", show_alert=True)
    await query.edit_message_text("There is more")


async def send_back(update: Update, context: Context) -> None:
    assert update.message is not None
    photo = await context.bot.get_file(update.message.photo[-1])
    data = bytes(await photo.download_as_bytearray())
    await update.message.reply_photo(data, caption=f"{len(data)} bytes")


async def list_sources(update: Update, _: Context) -> None:
    assert update.message is not None
    file = InputFile(io.BytesIO(DOCUMENT.data), filename="sources.txt", attach=True)
    await update.message.reply_document(file)


async def find(update: Update, _: Context) -> None:
    assert update.inline_query is not None
    found = InlineQueryResultArticle(
        "1", update.inline_query.query.title(), InputTextMessageContent("found")
    )
    await update.inline_query.answer([found], cache_time=0)


def build(url: str, transport: Transport = HTTPXRequest, token: str = SANDBOX_TOKEN) -> App:
    app = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .request(transport())
        .get_updates_request(transport())
        .job_queue(None)
        .build()
    )
    app.add_handler(CommandHandler("start", greet))
    app.add_handler(CommandHandler("sources", list_sources))
    app.add_handler(CallbackQueryHandler(show_more))
    app.add_handler(MessageHandler(filters.PHOTO, send_back))
    app.add_handler(InlineQueryHandler(find))
    return app


@asynccontextmanager
async def polling(app: App) -> AsyncIterator[App]:
    assert app.updater is not None
    async with app:
        await app.start()
        await app.updater.start_polling(timeout=5)
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()


@asynccontextmanager
async def by_webhook(app: App, secret: str) -> AsyncIterator[App]:
    """Take updates in a small web server of its own, as PTB does where tornado is at hand."""

    async def take(request: web.Request) -> web.Response:
        if request.headers.get(SECRET_HEADER) != secret:
            return web.Response(status=403)
        await app.update_queue.put(Update.de_json(await request.json(), app.bot))
        return web.Response()

    server = web.Application()
    server.router.add_post("/hook", take)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with app:
        await app.start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        await app.bot.set_webhook(url, secret_token=secret)
        try:
            yield app
        finally:
            await app.bot.delete_webhook()
            await app.stop()
            await runner.cleanup()


async def last(telegram: Telegram, chat_id: int, kind: str) -> dict[str, Any]:
    """Wait until the bot's last word in a chat is of a kind, and give it."""
    await until(
        lambda: (
            kind in telegram.transcript(chat_id)[-1]
            and telegram.transcript(chat_id)[-1]["from"]["is_bot"]
        )
    )
    return telegram.transcript(chat_id)[-1]


async def converse(telegram: Telegram, person: User) -> None:
    """Do all that a reader does with the bot, and look at what comes back."""
    chat = person.id
    greeting = await last(telegram, chat, "text")
    assert greeting["text"] == "Hello & welcome"
    assert greeting["entities"] == [{"type": "bold", "offset": 0, "length": 5}]

    pressed = telegram.people.press(chat, chat, greeting["message_id"], label="More")
    await until(lambda: telegram.transcript(chat)[-1]["text"] == "There is more")
    answer = telegram.callback(pressed.id)
    assert (answer.answered, answer.text, answer.show_alert) == (True, "Here it is", True)

    telegram.people.send_photo(chat, chat, PHOTO)
    back = await last(telegram, chat, "photo")
    stored = telegram.file(back["photo"][-1]["file_id"])
    assert back["caption"] == f"{len(PHOTO.data)} bytes"
    assert stored is not None
    assert stored.data == PHOTO.data

    telegram.people.send_text(chat, chat, "/sources")
    sent = await last(telegram, chat, "document")
    stored = telegram.file(sent["document"]["file_id"])
    assert sent["document"]["file_name"] == "sources.txt"
    assert stored is not None
    assert stored.data == DOCUMENT.data

    asked = telegram.people.ask_inline(chat, "wendy sherman")
    await until(lambda: telegram.inline_query(asked.id).answered)
    assert [one["title"] for one in telegram.inline_query(asked.id).results] == ["Wendy Sherman"]


@TRANSPORTS
async def test_a_conversation_by_polling(
    client: Client, ann: User, telegram: Telegram, transport: Transport
) -> None:
    async with polling(build(client.url, transport)):
        await converse(telegram, ann)

    assert telegram.bot(SANDBOX_TOKEN).updates == []


@TRANSPORTS
async def test_a_conversation_by_webhook(
    client: Client, ann: User, telegram: Telegram, transport: Transport
) -> None:
    async with by_webhook(build(client.url, transport), "a-secret") as app:
        await converse(telegram, ann)
        await until(lambda: telegram.bot(SANDBOX_TOKEN).updates == [])
        info = await app.bot.get_webhook_info()

    assert (info.pending_update_count, info.last_error_message) == (0, None)


@TRANSPORTS
async def test_updates_sent_while_nobody_listened_arrive_once(
    client: Client, ann: User, telegram: Telegram, transport: Transport
) -> None:
    async with polling(build(client.url, transport)):
        await last(telegram, ann.id, "text")
    telegram.people.send_text(ann.id, ann.id, "/start again")
    async with polling(build(client.url, transport)):
        await last(telegram, ann.id, "text")

    texts = [message["text"] for message in telegram.transcript(ann.id)]
    assert texts == ["/start", "Hello & welcome", "/start again", "Hello & welcome"]


async def test_two_copies_of_a_bot_are_told_of_each_other(
    client: Client, ann: User, caplog: pytest.LogCaptureFixture
) -> None:
    del ann
    conflicts: list[Exception] = []

    def note(error: Exception) -> None:
        conflicts.append(error)

    first, second = build(client.url), build(client.url)
    assert first.updater is not None
    assert second.updater is not None
    async with first, second:
        await first.updater.start_polling(timeout=5, error_callback=note)
        await until(lambda: not first.update_queue.empty())
        await asyncio.sleep(0.1)
        with caplog.at_level(logging.CRITICAL):
            await second.updater.start_polling(timeout=5)
            await until(lambda: conflicts)
        await second.updater.stop()
        await first.updater.stop()

    assert {type(error) for error in conflicts} == {Conflict}
    assert str(conflicts[0]).startswith("Conflict: terminated by other getUpdates request")


@TRANSPORTS
async def test_refusals_are_the_errors_that_ptb_knows(
    client: Client,
    ann: User,
    telegram: Telegram,
    transport: Transport,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with build(client.url, transport) as app:
        with pytest.raises(BadRequest, match="Chat not found"):
            await app.bot.send_message(99, "Hi")
        telegram.limits = Limits(chat_burst=1)
        await app.bot.send_message(ann.id, "One")
        with pytest.raises(RetryAfter) as pause:
            await app.bot.send_message(ann.id, "Two")
        await app.bot.set_webhook("http://127.0.0.1:9/nobody")
        with pytest.raises(Conflict, match="while webhook is active"):
            await app.bot.get_updates()

    assert pause.value.retry_after == timedelta(seconds=1)


@TRANSPORTS
async def test_a_wrong_token_is_an_invalid_token(client: Client, transport: Transport) -> None:
    async with transport() as request:
        bot = Bot("1:wrong", f"{client.url}/bot", request=request)
        with pytest.raises(InvalidToken):
            await bot.get_me()


@TRANSPORTS
async def test_a_picture_is_exchanged_in_place(
    client: Client, ann: User, telegram: Telegram, transport: Transport
) -> None:
    async with build(client.url, transport) as app:
        message = await app.bot.send_photo(ann.id, PHOTO.data, caption="First")
        await message.edit_media(InputMediaPhoto(PHOTO.data, caption="Second"))

    assert telegram.transcript(ann.id)[-1]["caption"] == "Second"
