#!/usr/bin/env python3
"""A bot on aiogram that knows nothing of Attaché; driven by drive.py.

Called with the address of a Bot API, a token, and `poll` or `webhook`. Until SIGTERM.
"""

import asyncio
import hashlib
import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from io import BytesIO

from aiogram import Bot, Dispatcher, F, Router, html
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramRetryAfter
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    Downloadable,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

SECRET = "a-secret_of-this-bot"  # noqa: S105 (made up: the header that it stands in is tested)
router = Router()


class Add(CallbackData, prefix="add"):
    """The button that counts."""

    count: int


class Finish(CallbackData, prefix="finish"):
    """The button that ends the counting, with an alert."""


def keyboard(count: int) -> InlineKeyboardMarkup:
    """Make the buttons under a count."""
    more = InlineKeyboardButton(text="One more", callback_data=Add(count=count + 1).pack())
    finish = InlineKeyboardButton(text="Finish", callback_data=Finish().pack())
    return InlineKeyboardMarkup(inline_keyboard=[[more], [finish]])


async def obeying(send: Callable[[], Awaitable[object]]) -> None:
    """Send; where Telegram asks for a pause, make it and send again."""
    while True:
        try:
            await send()
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
        else:
            return


@router.message(CommandStart(deep_link=True))
async def start(message: Message, command: CommandObject) -> None:
    """Tell what stood behind the deep link."""
    await message.answer(f"Started with {html.code(command.args or '')}")


@router.message(Command("hello"))
async def hello(message: Message, command: CommandObject) -> object:
    """Greet; to a webhook the greeting is the answer itself."""
    return message.answer(f"Hello, {html.bold(html.quote(command.args or ''))}!")


@router.message(Command("count"))
async def count(message: Message) -> None:
    """Begin to count."""
    await message.answer("Counted: 0", reply_markup=keyboard(0))


@router.callback_query(Add.filter())
async def add(query: CallbackQuery, callback_data: Add) -> None:
    """Count on, in place."""
    await query.answer(f"{callback_data.count} now")
    if isinstance(query.message, Message):
        text = f"Counted: {callback_data.count}"
        await query.message.edit_text(text, reply_markup=keyboard(callback_data.count))


@router.callback_query(Finish.filter())
async def finish(query: CallbackQuery) -> None:
    """Take the buttons away."""
    await query.answer("That was it", show_alert=True)
    if isinstance(query.message, Message):
        await query.message.edit_reply_markup(reply_markup=None)


@router.message(Command("again"))
async def again(message: Message) -> None:
    """Send one message, obeying."""
    await obeying(lambda: message.answer("Sent after all"))


@router.message(Command("many"))
async def many(message: Message) -> None:
    """Send eight messages as fast as is allowed."""
    for number in range(8):
        await obeying(partial(message.answer, f"No. {number}"))


@router.message(F.photo)
async def photo(message: Message, bot: Bot) -> None:
    """Send a picture back, with what was downloaded in its caption."""
    data = await download(bot, message.photo[-1] if message.photo else None)
    digest = hashlib.sha256(data).hexdigest()
    await message.answer_photo(BufferedInputFile(data, "photo.png"), caption=digest)


@router.message(F.document)
async def document(message: Message, bot: Bot) -> None:
    """Send a file back, as an answer to the one that came."""
    data = await download(bot, message.document)
    name = message.document.file_name if message.document else None
    digest = hashlib.sha256(data).hexdigest()
    await message.reply_document(BufferedInputFile(data, name or "none"), caption=digest)


async def download(bot: Bot, file: Downloadable | None) -> bytes:
    """Fetch what a message carries."""
    to = BytesIO()
    if file is not None:
        await bot.download(file, to)
    return to.getvalue()


@router.inline_query()
async def inline(query: InlineQuery) -> None:
    """Offer two articles."""
    results = [
        InlineQueryResultArticle(
            id=str(number),
            title=f"{query.query} {number}",
            input_message_content=InputTextMessageContent(
                message_text=f"Found {html.italic(query.query)} {number}"
            ),
        )
        for number in (1, 2)
    ]
    await query.answer([*results], cache_time=0, is_personal=True)


async def serve(bot: Bot, dispatcher: Dispatcher, stopped: asyncio.Event) -> None:
    """Take updates by webhook, on a free port of this machine."""
    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET)
    handler.register(app, path="/hook")
    setup_application(app, dispatcher, bot=bot)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token=SECRET)
    await stopped.wait()
    await runner.cleanup()


async def main() -> None:
    """Run the bot."""
    api, token, mode = sys.argv[1:]
    logging.basicConfig(level=logging.INFO)
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    bot = Bot(token, session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    await bot.set_my_commands([BotCommand(command="hello", description="greets")])
    if mode == "poll":
        await bot.delete_webhook()
        await dispatcher.start_polling(bot, polling_timeout=10)
        return
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    await serve(bot, dispatcher, stopped)


if __name__ == "__main__":
    asyncio.run(main())
