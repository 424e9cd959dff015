"""An unchanged python-telegram-bot Application, driven by polling over the in-process front."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.sandbox.faults import Fault, Rule
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.json_values import JsonObject
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from tests.bot.sandbox.calling import PHOTO

Context = ContextTypes.DEFAULT_TYPE


async def start(update: Update, context: Context) -> None:
    assert update.message
    page = InlineKeyboardMarkup([[InlineKeyboardButton("Next", callback_data="page:2")]])
    words = " ".join(context.args or ["nobody"])
    await update.message.reply_text(f"Hello {words}", reply_markup=page)


async def turn(update: Update, context: Context) -> None:
    del context
    query = update.callback_query
    assert query
    await query.answer("Page 2")
    await query.edit_message_text("Second page")


async def send_back(update: Update, context: Context) -> None:
    del context
    assert update.message
    file = await update.message.photo[-1].get_file()
    content = bytes(await file.download_as_bytearray())
    await update.message.reply_photo(content, caption=f"{len(content)} bytes")


async def offer(update: Update, context: Context) -> None:
    del context
    query = update.inline_query
    assert query
    content = InputTextMessageContent(f"About {query.query}")
    await query.answer([InlineQueryResultArticle("1", query.query.title(), content)])


async def welcome(update: Update, context: Context) -> None:
    change = update.my_chat_member
    assert change
    if change.new_chat_member.status == "member" and change.chat.type != "private":
        await context.bot.send_message(change.chat.id, "Good morning, all")


@pytest.fixture
async def running(telegram: Telegram) -> AsyncIterator[Telegram]:
    application: Application[Any, Any, Any, Any, Any, Any] = (
        Application.builder()
        .token(SANDBOX_TOKEN)
        .request(InProcessRequest(telegram))
        .get_updates_request(InProcessRequest(telegram))
        .build()
    )
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(turn))
    application.add_handler(MessageHandler(filters.PHOTO, send_back))
    application.add_handler(InlineQueryHandler(offer))
    application.add_handler(ChatMemberHandler(welcome))
    async with application:
        assert application.updater
        await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        await application.start()
        yield telegram
        await application.updater.stop()
        await application.stop()
    assert telegram.oddities == []


async def until(telegram: Telegram, condition: Callable[[], object]) -> None:
    happened = asyncio.Event()
    unwatch = telegram.watch_feed(lambda _: happened.set())
    async with asyncio.timeout(5):
        while not condition():
            await happened.wait()
            happened.clear()
    unwatch()


async def last(telegram: Telegram, chat_id: int, count: int) -> JsonObject:
    """Give the last message of a chat once it holds so many."""
    await until(telegram, lambda: len(telegram.transcript(chat_id)) >= count)
    return telegram.transcript(chat_id)[-1]


async def test_a_command_is_answered_and_its_button_turns_the_page(running: Telegram) -> None:
    ann = running.people.add("Ann")
    running.people.start(ann.id, "s12")
    greeting = await last(running, ann.id, 2)

    pressed = running.people.press(ann.id, ann.id, greeting["message_id"], label="Next")
    await until(running, lambda: running.transcript(ann.id)[-1]["text"] == "Second page")

    assert greeting["text"] == "Hello s12"
    assert running.callback(pressed.id).text == "Page 2"
    assert "reply_markup" not in running.transcript(ann.id)[-1]


async def test_a_picture_goes_up_and_comes_down(running: Telegram) -> None:
    ann = running.people.add("Ann")
    running.people.send_photo(ann.id, ann.id, PHOTO)

    answer = await last(running, ann.id, 2)

    assert answer["caption"] == f"{len(PHOTO.data)} bytes"
    stored = running.file(answer["photo"][-1]["file_id"])
    assert stored is not None
    assert stored.data == PHOTO.data


async def test_an_inline_query_is_answered(running: Telegram) -> None:
    ann = running.people.add("Ann")
    asked = running.people.ask_inline(ann.id, "geneva")
    await until(running, lambda: running.inline_query(asked.id).answered)

    running.people.choose_inline(ann.id, asked.id, "1", ann.id)

    assert running.transcript(ann.id)[-1]["text"] == "About geneva"


async def test_a_group_is_greeted(running: Telegram) -> None:
    ann = running.people.add("Ann")
    group = running.groups.create(ann.id, "Desk", members=(1,))

    assert (await last(running, group.id, 3))["text"] == "Good morning, all"


async def test_polling_survives_what_goes_wrong(running: Telegram) -> None:
    ann = running.people.add("Ann")
    running.faults.set([Rule(fault=Fault.SERVER_ERROR, method="getUpdates", times=1)])

    running.people.start(ann.id)

    assert (await last(running, ann.id, 2))["text"] == "Hello nobody"
