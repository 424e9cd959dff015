"""Webhooks: posting updates to the address that a bot has set, until it takes them.

Telegram posts to public addresses over HTTPS only. Here plain HTTP to this machine is allowed
too, and a certificate on this machine is not checked: nobody could hold one for it. Which
addresses may be set is the method's matter.

As with Telegram, updates of one chat go out one after the other, and those of different
chats side by side over up to `max_connections`; with one connection all keep their order.
"""

import asyncio
import json
import os
import ssl
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
from aiohttp import web
from yarl import URL

from bot.sandbox.bodies import Body, read_answer
from bot.sandbox.errors import TelegramError
from bot.sandbox.json_values import JsonObject
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import Bot, Webhook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MAX_CONNECTIONS = 100
MAX_RETRY_AFTER = 3600.0  # [server] WebhookActor.cpp, as all numbers here
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
# [server] not carried out when a webhook answers with them, like all that begin with "get"
_NOT_IN_ANSWERS = ("get", "setwebhook", "deletewebhook", "close", "logout")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Seconds: for an answer, and between tries, of which the first comes at once."""

    answer: float = 60.0
    shortest: float = 2.0
    longest: float = 60.0

    def before(self, retry: int) -> float:
        """Give the pause before a retry, counted from 1: none, then doubled each time."""
        return 0.0 if retry <= 1 else min(self.longest, self.shortest * 2.0 ** min(retry - 2, 30))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failure:
    text: str
    retry_after: float = 0.0


class Webhooks:
    """Posts the updates of all bots that have a webhook."""

    def __init__(self, telegram: Telegram, waits: Waits | None = None) -> None:
        self._telegram = telegram
        self._waits = waits or Waits()
        self._posters: dict[int, _Poster] = {}
        self._session: aiohttp.ClientSession | None = None
        self._group: asyncio.TaskGroup | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def running(self, _: web.Application) -> AsyncIterator[None]:
        """Post while the server runs; what is not taken at its end stays pending."""
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),  # each poster counts its own
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=self._waits.answer),
        )
        async with session, asyncio.TaskGroup() as group:
            self._session, self._group = session, group
            unwatch = self._telegram.watch_updates(self.look)
            for bot in self._telegram.world.bots.values():
                self.look(bot)
            yield
            unwatch()
            self._session = self._group = None
            self._posters.clear()
            for task in self._tasks:
                task.cancel()

    def look(self, bot: Bot) -> None:
        """See to a bot's webhook: it was set or deleted, or there are updates."""
        poster = self._posters.get(bot.user.id)
        if poster is not None and poster.webhook is not bot.webhook:
            # What is under way ends by itself; no retry follows it.
            del self._posters[bot.user.id]
            poster = None
        if not bot.webhook.url or self._session is None:
            return
        if poster is None:
            poster = _Poster(self._telegram, bot, self._session, self._start, self._waits)
            self._posters[bot.user.id] = poster
        poster.take()

    def _start(self, work: Coroutine[None, None, None]) -> None:
        if self._group is None:
            work.close()
            return
        task = self._group.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class _Poster:
    """Posts one bot's updates to one webhook, in a lane for each chat."""

    def __init__(
        self,
        telegram: Telegram,
        bot: Bot,
        session: aiohttp.ClientSession,
        start: Callable[[Coroutine[None, None, None]], None],
        waits: Waits,
    ) -> None:
        self.webhook: Webhook = bot.webhook
        self._telegram = telegram
        self._bot = bot
        self._session = session
        self._start = start
        self._waits = waits
        self._connections = min(max(self.webhook.max_connections, 1), MAX_CONNECTIONS)
        self._free = asyncio.Semaphore(self._connections)
        self._lanes: dict[int, deque[JsonObject]] = {}
        self._taken = 0  # the newest update that stands in a lane

    def _is_in_force(self) -> bool:
        return self._bot.webhook is self.webhook

    def take(self) -> None:
        """Put the updates that are new into their lanes."""
        new: list[JsonObject] = []
        for update in reversed(self._bot.updates):
            if update["update_id"] <= self._taken:
                break
            new.append(update)
        for update in reversed(new):
            self._taken = update["update_id"]
            number = _lane(update) if self._connections > 1 else 0
            if number in self._lanes:
                self._lanes[number].append(update)
                continue
            self._lanes[number] = deque([update])
            self._start(self._empty(number))

    async def _empty(self, number: int) -> None:
        lane, failures = self._lanes[number], 0
        while lane:
            async with self._free:
                if not self._is_in_force():
                    return  # another webhook begins anew with what is pending
                failure = await self._post(lane[0])
            if failure is None:
                lane.popleft()
                failures = 0
                continue
            failures += 1
            await asyncio.sleep(failure.retry_after or self._waits.before(failures))
        del self._lanes[number]

    async def _post(self, update: JsonObject) -> _Failure | None:
        """Post an update; None when it was taken, which is written down."""
        failure, answer = await self._exchange(update)
        with suppress(TelegramError):  # the bot has logged out meanwhile
            if failure is None:
                self._telegram.confirm_update(self._bot.token, update["update_id"])
            elif self._is_in_force():
                self._telegram.webhook_failed(self._bot.token, failure.text)
        self._carry_out(answer)
        return failure

    async def _exchange(self, update: JsonObject) -> tuple[_Failure | None, Body]:
        headers = {"Content-Type": "application/json"}
        if self.webhook.secret_token:
            headers[SECRET_HEADER] = self.webhook.secret_token
        try:
            url = URL(self.webhook.url)
            async with self._session.post(
                url,
                data=json.dumps(update).encode(),
                headers=headers,
                allow_redirects=False,
                ssl=url.host not in _LOOPBACK,
            ) as response:
                body = await response.read()
                if HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
                    return None, read_answer(response.headers.get("Content-Type", ""), body)
                return _wrong(response), ({}, {})
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return _Failure(text=_reason(error)), ({}, {})

    def _carry_out(self, answer: Body) -> None:
        """Call the method that an answer names; nobody is told what came of it."""
        params, files = answer
        method = params.pop("method", None)
        if isinstance(method, str) and method and not method.lower().startswith(_NOT_IN_ANSWERS):
            self._telegram.request(self._bot.token, method, params, files)


def _lane(update: JsonObject) -> int:
    """Give the id of the chat that an update is about, or of whom it comes from."""
    content = next(value for key, value in update.items() if key != "update_id")
    about = content.get("chat") or content.get("message", {}).get("chat") or content.get("from")
    return int(about["id"]) if about else 0


def _wrong(response: aiohttp.ClientResponse) -> _Failure:
    after = response.headers.get("Retry-After", "")
    return _Failure(
        text=f"Wrong response from the webhook: {response.status} {response.reason}",
        retry_after=min(float(after), MAX_RETRY_AFTER) if after.isdecimal() else 0.0,
    )


def _reason(error: Exception) -> str:
    """Say why there was no answer, as getWebhookInfo does; never with the address."""
    match error:
        case TimeoutError():
            return "Read timeout expired"
        case aiohttp.ClientConnectorDNSError():
            return "Failed to resolve host: Name or service not known"
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return "SSL error"
        case OSError(errno=int(errno)) if errno > 0:
            return os.strerror(errno)
        case aiohttp.InvalidURL() | ValueError():
            return "the webhook's address is not valid"
        case _:
            return "Webhook connection closed"
