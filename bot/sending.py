"""Sending what is encoded already, without python-telegram-bot's objects in between."""

from collections.abc import Mapping
from typing import Any

from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken

# PTB's `send_message` builds an object of each style of the message, on the way out and again
# from the answer: most of what sending costs. The answer stays as it came under a name that is
# none of PTB's methods; PTB makes "sendMessage" of this one before it goes out.
_SEND = "send_Message"


async def send(bot: Bot, asked: Mapping[str, Any], **how: Any) -> int:  # noqa: ANN401 (PTB's)
    """Send a message and return its number; `how` goes to PTB. Raises Telegram's errors."""
    try:
        sent = await bot.do_api_request(_SEND, dict(asked), **how)
    except EndPointNotFound as error:  # what a refused token looks like from here
        raise InvalidToken from error
    return int(sent["message_id"])
