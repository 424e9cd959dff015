"""Sending one part: what Telegram answers, turned into what the ledger is to record.

Every error of Telegram's is judged here, once, by its type.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Bot, LinkPreviewOptions
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.messages.parts import thaw
from bot.transport import Sent, TransportError
from store.ledger.values import DeliveryState, Owed

_AGAIN = timedelta(seconds=20)  # after a network that did not take the request


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Telegram has the part."""

    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The part is not sent again, whatever became of it."""

    state: DeliveryState
    reason: str
    chat_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponed:
    """The part was surely not sent, and is owed again from `until` on."""

    until: datetime
    reason: str


Outcome = Taken | Ended | Postponed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Sends parts."""

    bot: Bot
    clock: Callable[[], datetime]

    async def __call__(self, part: Owed) -> Outcome:
        """Send `part` and judge the answer. Raises InvalidToken, which concerns every part."""
        content = thaw(part.content)
        try:
            message = await self.bot.send_message(
                part.chat,
                content.text,
                entities=content.entities,
                reply_markup=content.markup,
                message_thread_id=part.topic or None,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except InvalidToken:
            raise
        except TelegramError as error:
            return self._judge(error)
        return Taken(message=message.message_id)

    def _judge(self, error: TelegramError) -> Outcome:
        match error:
            case RetryAfter():
                wait = error.retry_after
                seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
                return Postponed(
                    until=self.clock() + timedelta(seconds=seconds + 1),
                    reason=f"Telegram asked us to wait {seconds:.0f} s",
                )
            case Forbidden():
                return Ended(state=DeliveryState.FAILED, reason=error.message, chat_closed=True)
            case BadRequest() | ChatMigrated():
                return Ended(state=DeliveryState.FAILED, reason=error.message)
            case TransportError(sent=Sent.NO):
                return Postponed(until=self.clock() + _AGAIN, reason=str(error))
            case _:
                # No answer, or one that says nothing about the part: it may be there.
                return Ended(state=DeliveryState.UNCERTAIN, reason=str(error))
