"""Long polls: getUpdates that waits until there is something, its time is up or another asks.

The seconds are real ones, whatever the sandbox's clock shows: they are about patience, not
about the story.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from aiohttp import web

from bot.sandbox.errors import TelegramError, conflict, other_poller
from bot.sandbox.json_values import Json
from bot.sandbox.params import Params
from bot.sandbox.telegram import Answer, Telegram
from bot.sandbox.world import Bot

MAX_SECONDS = 50  # [server] Client.h


@dataclass(slots=True, eq=False)
class _Poll:
    news: asyncio.Event = field(default_factory=asyncio.Event)
    ended: Answer | None = None


class Polls:
    """The polls that wait, one for each bot."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._waiting: dict[str, _Poll] = {}
        self._closed = False

    async def running(self, _: web.Application) -> AsyncIterator[None]:
        """Follow the updates while the server runs."""
        unwatch = self._telegram.watch_updates(self._wake)
        yield
        unwatch()

    async def close(self, _: web.Application) -> None:
        """Let all polls go, with nothing."""
        self._closed = True
        for token in list(self._waiting):
            self._end(token, Answer(status=HTTPStatus.OK, body={"ok": True, "result": []}))

    async def answer(self, token: str, params: Mapping[str, Json]) -> Answer:
        """Answer getUpdates, at once or later; ends the poll that waited before."""
        answer = self._telegram.request(token, "getUpdates", params)
        if answer.status != HTTPStatus.OK:
            return answer
        self._end(token, _refusal(other_poller()))
        seconds = min(Params(params, {}).integer("timeout") or 0, MAX_SECONDS)
        if answer.body["result"] or seconds <= 0 or self._closed:
            return answer
        later = await self._wait(token, params, seconds)
        if later is None:
            return answer
        return replace(later, delay=answer.delay, connection=answer.connection)

    def end_for_webhook(self, token: str) -> None:
        """End the poll of a bot whose webhook was set."""
        self._end(token, _refusal(conflict("terminated by setWebhook request")))  # [server]

    async def _wait(self, token: str, params: Mapping[str, Json], seconds: float) -> Answer | None:
        poll = self._waiting[token] = _Poll()
        try:
            async with asyncio.timeout(seconds):
                while True:
                    await poll.news.wait()
                    poll.news.clear()
                    if poll.ended is not None:
                        return poll.ended
                    answer = self._telegram.poll_again(token, params)
                    if answer.body.get("result") != []:
                        return answer
        except TimeoutError:
            return None
        finally:
            if self._waiting.get(token) is poll:
                del self._waiting[token]

    def _wake(self, bot: Bot) -> None:
        if bot.token in self._waiting:
            self._waiting[bot.token].news.set()

    def _end(self, token: str, answer: Answer) -> None:
        poll = self._waiting.pop(token, None)
        if poll is not None:
            poll.ended = answer
            poll.news.set()


def _refusal(error: TelegramError) -> Answer:
    return Answer(status=error.code, body=error.body())
