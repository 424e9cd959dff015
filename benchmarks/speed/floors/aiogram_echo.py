"""The smallest aiogram echo; run by its own environment.

Called with the address of a Bot API and a token. Until SIGTERM.
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

dispatcher = Dispatcher()


@dispatcher.message()
async def echo(message: Message) -> None:
    """Say what was said."""
    if message.text is not None:
        await message.answer(message.text)


async def main() -> None:
    """Run the bot."""
    url, token = sys.argv[1:]
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    await dispatcher.start_polling(Bot(token, session))


if __name__ == "__main__":
    asyncio.run(main())
