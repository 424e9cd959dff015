"""PTB's rate limiter: lets messages wait until the books say that they may go.

One for replies and broadcast. Nothing here judges Telegram's answers, except that a flood
wait is noted for its chat; what may go when is decided in `bot.pacing_book`.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.pacing_book import Book, Limits, Priority, Request

__all__ = ["Limits", "Pacing", "Priority"]

_MESSAGES = ("send", "editMessage", "copyMessage", "forwardMessage")  # and what begins so
_ALSO_MESSAGES = frozenset({"createForumTopic", "stopMessageLiveLocation", "stopPoll"})
_NO_MESSAGES = frozenset({"sendChatAction"})

_SHORTEST_SLEEP = 0.001


class Pacing(BaseRateLimiter[Priority]):
    """Lets each request go when it may; for PTB's `ApplicationBuilder.rate_limiter`.

    Raises RetryAfter, without asking Telegram, for a chat whose flood wait is too long to
    be waited out. `now` and `sleep` go together: seconds that only grow.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._limits = limits or Limits()
        self._now = now
        self._sleep = sleep
        self._book = Book(self._limits)
        self._turns: dict[Request, asyncio.Future[None]] = {}
        self._alarm: asyncio.Future[None] | None = None
        self._alarm_at: float | None = None

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: what still waits gets its turn, and then nothing is left running."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 (PTB's signature)
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Priority | None,
    ) -> Any:  # noqa: ANN401 (passed on as it is)
        """Make a request when it may go; once more after a flood wait that is short enough."""
        key = _chat_of(endpoint, data) if self._limits.enabled else None
        if key is None:
            return await callback(*args, **kwargs)
        request = Request(
            chat=key, priority=rate_limit_args or Priority.REPLY, messages=_messages_in(data)
        )
        try:
            return await self._in_turn(request, callback, args, kwargs)
        except RetryAfter:
            if self._book.refusal(request, self._now()) is not None:
                raise
        return await self._in_turn(request, callback, args, kwargs, again=True)

    async def _in_turn(
        self,
        request: Request,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401 (passed on as it is)
        kwargs: dict[str, Any],
        *,
        again: bool = False,
    ) -> Any:  # noqa: ANN401 (passed on as it is)
        await self._turn(request, first=again)
        self._book.called(request, self._now())
        self._grant()
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as refusal:
            self._flood(request.chat, _seconds_of(refusal))
            raise
        finally:
            self._book.answered(request, self._now())
            self._grant()

    async def _turn(self, request: Request, *, first: bool) -> None:
        now = self._now()
        wait = self._book.refusal(request, now)
        if wait is not None:
            raise _retry_after(wait)
        turn = self._turns[request] = asyncio.get_running_loop().create_future()
        self._book.add(request, now, first=first)
        self._grant()
        try:
            await turn
        except BaseException:
            self._book.withdraw(request, self._now())
            self._grant()
            raise
        finally:
            del self._turns[request]

    def _grant(self) -> None:
        """Let go all that may, and wake again when the next may."""
        now = self._now()
        while (request := self._book.take(now)) is not None:
            turn = self._turns[request]
            if turn.done():  # cancelled in this very moment
                self._book.withdraw(request, now)
            else:
                turn.set_result(None)
        due = self._book.due(now)
        if due == self._alarm_at:
            return
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm_at = due
        self._alarm = None if due is None else asyncio.ensure_future(self._ring(due - now))

    async def _ring(self, wait: float) -> None:
        await self._sleep(max(wait, _SHORTEST_SLEEP))
        self._alarm = self._alarm_at = None
        self._grant()

    def _flood(self, key: int | str, wait: float) -> None:
        now = self._now()
        for request in self._book.flood(key, now + wait, now):
            turn = self._turns[request]
            if not turn.done():
                turn.set_exception(_retry_after(wait))


def _chat_of(endpoint: str, data: dict[str, Any]) -> int | str | None:
    """Tell the chat that a request puts or changes a message in, None if it does not."""
    chat = data.get("chat_id")
    counts = endpoint.startswith(_MESSAGES) and endpoint not in _NO_MESSAGES
    if chat is None or not (counts or endpoint in _ALSO_MESSAGES):
        return None
    try:
        return int(chat)
    except ValueError:
        return str(chat).casefold()


def _messages_in(data: dict[str, Any]) -> int:
    """Count the messages of a request: an album's, a list's, else one."""
    several = data.get("media") or data.get("message_ids")
    return len(several) if isinstance(several, list | tuple) else 1


def _seconds_of(refusal: RetryAfter) -> float:
    wait = refusal.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _retry_after(seconds: float) -> RetryAfter:
    return RetryAfter(max(1, math.ceil(seconds)))
