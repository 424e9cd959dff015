"""Sending one part: what Telegram answers, turned into what the ledger is to record.

Every error of Telegram's is judged here, once, by its type, or by the words of those that
have no type of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram import LinkPreviewOptions, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.messages.parts import parameters, thaw
from bot.pacing import Priority
from bot.sending import send
from bot.transport import Sent, TransportError
from store.ledger.values import DeliveryState, EditionKind, Owed

MOST_TRIES = 6  # of a part that Telegram's servers fail on
_AGAIN = timedelta(seconds=20)  # after a network that did not take the request
_LONGEST_BACKOFF = timedelta(minutes=10)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

# Refusals without a type: the chat takes nothing from this bot, whatever is sent.
_CLOSED = (
    "chat not found",
    "peer_id_invalid",
    "user not found",
    "user is deactivated",
    "chat_write_forbidden",
    "group chat was deactivated",
    "not enough rights",
    "have no rights to send",
    "need administrator rights",
    "bot is not a member",
    "chat_restricted",
)
_TOPIC_GONE = ("message thread not found", "topic_deleted", "topic_closed")
_EDIT_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Telegram has the part; `note` says what was odd about it."""

    message: int
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The part is not sent again."""

    state: DeliveryState
    reason: str
    chat_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """The part may have arrived or not; nobody can tell."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponed:
    """The part is owed again from `until` on; with `chat`, so is all of its chat.

    `tried`: Telegram's servers failed on it, which is not to happen without end.
    """

    until: datetime
    reason: str
    chat: bool = False
    tried: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The group has become a supergroup with another id."""

    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicGone:
    """The topic is there no more; its chat is."""


Outcome = Taken | Ended | Doubtful | Postponed | Moved | TopicGone


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Sends parts. `jitter` gives numbers from 0 to 1, `failed` hears the type of each error."""

    bot: ExtBot[Priority]
    clock: Callable[[], datetime]
    jitter: Callable[[], float]
    failed: Callable[[str], None]

    async def __call__(self, owed: Owed) -> Outcome:
        """Send `owed` and judge the answer. Raises InvalidToken, which concerns every part."""
        try:
            return Taken(message=await self._send(owed))
        except InvalidToken:
            self.failed("InvalidToken")
            raise
        except BadRequest as error:
            self.failed("BadRequest")
            return await self._refused(owed, error)
        except TelegramError as error:
            self.failed(type(error).__name__)
            return self._judge(owed, error)

    async def _send(self, owed: Owed, *, plain: bool = False) -> int:
        if owed.kind is EditionKind.CORRECTION and owed.message is not None:
            return await self._edit(owed, owed.message, plain=plain)
        asked: dict[str, Any] = {"chat_id": owed.chat, **parameters(owed.content, plain=plain)}
        if owed.topic:
            asked["message_thread_id"] = owed.topic
        return await send(self.bot, asked, rate_limit_args=Priority.BROADCAST)

    async def _edit(self, owed: Owed, message: int, *, plain: bool) -> int:
        part = thaw(owed.content)
        edited = await self.bot.edit_message_text(
            part.text,
            owed.chat,
            message,
            entities=() if plain else part.entities,
            reply_markup=part.markup,
            link_preview_options=_NO_PREVIEW,
            rate_limit_args=Priority.BROADCAST,
        )
        return edited.message_id if isinstance(edited, Message) else message

    async def _refused(  # noqa: PLR0911 (one for each kind of refusal)
        self, owed: Owed, error: BadRequest
    ) -> Outcome:
        said = error.message.casefold()
        if any(words in said for words in _CLOSED):
            return Ended(state=DeliveryState.FAILED, reason=error.message, chat_closed=True)
        if owed.topic and any(words in said for words in _TOPIC_GONE):
            return TopicGone()
        if owed.kind is EditionKind.CORRECTION:
            if "not modified" in said and owed.message is not None:
                return Taken(message=owed.message, note="it was so already")
            if any(words in said for words in _EDIT_GONE):
                return Ended(state=DeliveryState.SKIPPED, reason=error.message)
        # Something in the content: the words at least are worth having.
        try:
            message = await self._send(owed, plain=True)
        except BadRequest as again:
            self.failed("BadRequest")
            return Ended(state=DeliveryState.FAILED, reason=again.message)
        except InvalidToken:
            self.failed("InvalidToken")
            raise
        except TelegramError as again:
            self.failed(type(again).__name__)
            return self._judge(owed, again)
        return Taken(message=message, note=f"sent as plain text: {error.message}")

    def _judge(  # noqa: PLR0911 (one for each kind of answer)
        self, owed: Owed, error: TelegramError
    ) -> Outcome:
        match error:
            case RetryAfter():
                wait = error.retry_after
                asked = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
                return Postponed(
                    until=self.clock() + asked + timedelta(seconds=1),
                    reason=f"Telegram asked us to wait {asked.total_seconds():.0f} s",
                    chat=True,
                )
            case ChatMigrated():
                return Moved(to=error.new_chat_id)
            case Forbidden():
                return Ended(state=DeliveryState.FAILED, reason=error.message, chat_closed=True)
            case TransportError(sent=Sent.NO):
                return Postponed(until=self.clock() + _AGAIN, reason=str(error))
            case TransportError() | TimedOut():
                return Doubtful(reason=str(error))
            case NetworkError():
                return self._server_failed(owed, error)
            case _:
                # An answer that says nothing about the part: it may be there.
                return Doubtful(reason=str(error))

    def _server_failed(self, owed: Owed, error: NetworkError) -> Outcome:
        """Try again after a 5xx, ever later; the part may have arrived, and may come twice."""
        reason = f"possible repeat: Telegram's server failed ({error.message})"
        if owed.attempts + 1 >= MOST_TRIES:
            return Ended(state=DeliveryState.FAILED, reason=reason)
        backoff = min(_AGAIN * 2**owed.attempts, _LONGEST_BACKOFF)
        until = self.clock() + backoff * (0.5 + self.jitter() / 2)
        return Postponed(until=until, reason=reason, tried=True)
