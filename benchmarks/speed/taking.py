"""A Bot API as a process of its own, which takes messages and shows them as Telegram does.

`python -m benchmarks.speed.taking SECONDS` prints its address and the token of its one bot;
each request takes so many seconds.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from benchmarks.speed.floors.server import Line, serving

_TOKEN = f"1:{'A' * 35}"
_JSON = ("entities", "reply_markup", "link_preview_options")


@dataclass(slots=True, kw_only=True)
class Shown(Line):
    """A bot whose messages come back whole; what many chats get alike is written once."""

    taken: int = 0  # messages
    _written: dict[str, bytes] = field(default_factory=dict)

    async def answer(self, method: str, given: Mapping[str, str]) -> bytes:
        """Answer a request of the bot."""
        if method != "sendmessage":
            return await Line.answer(self, method, given)
        self.taken += 1
        self.replied(int(given["chat_id"]))
        number = self.taken
        await asyncio.sleep(self.delay)
        written = self._written.get(given["text"])
        if written is None:
            written = self._written[given["text"]] = _write(given)
        head = b'{"ok":true,"result":{"message_id":%d,"chat":{"id":%d,"type":"private",'
        return head % (number, int(given["chat_id"])) + b'"first_name":"Reader"},' + written


def _write(given: Mapping[str, str]) -> bytes:
    shown: dict[str, Any] = {
        "from": {"id": 1, "is_bot": True, "first_name": "Bot", "username": "some_bot"},
        "date": 1_800_000_000,
        "text": given["text"],
        **{name: json.loads(given[name]) for name in _JSON if name in given},
    }
    return json.dumps(shown)[1:].encode() + b"}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the process is to be found, and as which bot."""

    url: str
    token: str


@asynccontextmanager
async def taking(delay: float) -> AsyncIterator[Address]:
    """Run the process until the end of the block."""
    command = (sys.executable, "-m", "benchmarks.speed.taking", str(delay))
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    if process.stdin is None or process.stdout is None:
        raise AssertionError("pipes were asked for")
    try:
        url, token = (await process.stdout.readline()).decode().split()
        yield Address(url=url, token=token)
    finally:
        process.stdin.close()
        await process.wait()


async def _serve(delay: float) -> None:
    """Serve until standard input ends, as it does when whoever began this is gone."""
    async with serving() as telegram:
        telegram.lines[_TOKEN] = Shown(token=_TOKEN, delay=delay)
        sys.stdout.write(f"{telegram.url} {_TOKEN}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1])))
