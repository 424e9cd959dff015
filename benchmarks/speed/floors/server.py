"""A Bot API with nothing to it: it hands out messages by long polling and takes the replies.

Lean on purpose, and without what bot.sandbox is for: what it spends would be counted on both
sides of a ratio, and make them more alike than they are. Its bots are processes of their own.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

_MOST_UPDATES = 100  # that one poll gets
_TRUE = b'{"ok":true,"result":true}'
_PATIENCE = 60.0  # seconds without an answer

Replied = Callable[[int], None]  # told of the chat


@dataclass(slots=True, kw_only=True)
class Line:
    """One bot: the updates that it has not taken, and what is called when it replies.

    `delay` is how many seconds each of its requests takes.
    """

    token: str
    delay: float = 0.0
    replied: Replied = lambda _chat: None
    polls: asyncio.Event = field(default_factory=asyncio.Event)  # set while it waits for updates
    # A number that it had from an earlier server would be known to it.
    _number: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    _updates: dict[int, bytes] = field(default_factory=dict)
    _came: asyncio.Event = field(default_factory=asyncio.Event)

    def say(self, chat: int, text: str) -> None:
        """Have somebody in a private chat write `text` to the bot."""
        self._number += 1
        self._updates[self._number] = json.dumps(_update(self._number, chat, text)).encode()
        self._came.set()

    async def ask(self, chat: int, text: str) -> float:
        """Return how many seconds pass from the bot's getting `text` to its first reply."""
        await asyncio.wait_for(self.polls.wait(), _PATIENCE)
        answered: asyncio.Future[float] = asyncio.get_running_loop().create_future()

        def note(told: int) -> None:
            if told == chat and not answered.done():
                answered.set_result(time.perf_counter())

        self.replied = note
        began = time.perf_counter()
        self.say(chat, text)
        return await asyncio.wait_for(answered, _PATIENCE) - began

    async def answer(self, method: str, given: Mapping[str, Any]) -> bytes:
        """Answer a request of the bot."""
        if method == "getupdates":
            return await self._poll(int(given.get("offset", 0)), float(given.get("timeout", 0)))
        if method == "sendmessage":
            self.replied(int(given["chat_id"]))
        if self.delay:
            await asyncio.sleep(self.delay)
        if method == "sendmessage":
            return _sent(int(given["chat_id"]))
        return _me(self.token) if method == "getme" else _TRUE

    async def _poll(self, offset: int, patience: float) -> bytes:
        for taken in [number for number in self._updates if number < offset]:
            del self._updates[taken]
        if not self._updates:
            self._came.clear()
            self.polls.set()
            try:
                async with asyncio.timeout(patience):
                    await self._came.wait()
            except TimeoutError:
                pass
            finally:
                self.polls.clear()
        if self.delay:
            await asyncio.sleep(self.delay)
        some = list(self._updates.values())[:_MOST_UPDATES]
        return b'{"ok":true,"result":[%b]}' % b",".join(some)


@dataclass(slots=True, kw_only=True)
class Telegram:
    """The bots that are served at `url`."""

    url: str
    lines: dict[str, Line] = field(default_factory=dict)

    def line(self, number: int) -> Line:
        """Return a new bot with an id of its own."""
        line = Line(token=f"{number}:{'A' * 35}")
        self.lines[line.token] = line
        return line


@asynccontextmanager
async def serving() -> AsyncIterator[Telegram]:
    """Serve a Bot API on a free port of this machine."""
    telegram = Telegram(url="")

    async def handle(request: web.BaseRequest) -> web.Response:
        bot, _, method = request.path.removeprefix("/bot").partition("/")
        body = await request.read()
        is_json = request.content_type == "application/json"
        given = json.loads(body) if is_json else dict(parse_qsl(body.decode()))
        said = await telegram.lines[bot].answer(method.lower(), given)
        return web.Response(body=said, content_type="application/json")

    runner = web.ServerRunner(web.Server(handle, access_log=None))
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        telegram.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield telegram
    finally:
        await runner.cleanup()


def _update(number: int, chat: int, text: str) -> dict[str, object]:
    entities = (
        [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        if text.startswith("/")
        else []
    )
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "from": {"id": chat, "is_bot": False, "first_name": "Reader", "language_code": "en"},
            "chat": {"id": chat, "type": "private", "first_name": "Reader"},
            "date": 1_800_000_000,
            "text": text,
            **({"entities": entities} if entities else {}),
        },
    }


def _sent(chat: int) -> bytes:
    return (
        b'{"ok":true,"result":{"message_id":1,"date":1800000000,"text":"Said.",'
        b'"chat":{"id":%d,"type":"private","first_name":"Reader"}}}' % chat
    )


def _me(token: str) -> bytes:
    number = token.partition(":")[0].encode()
    return (
        b'{"ok":true,"result":{"id":%b,"is_bot":true,"first_name":"Bot","username":"some_bot",'
        b'"can_join_groups":true,"can_read_all_group_messages":false,'
        b'"supports_inline_queries":true}}' % number
    )
