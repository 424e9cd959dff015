"""The sandbox over HTTP, and a bot of a few lines that talks to it: what the page is tried with."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from queue import Queue
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.cast import made_up_cast
from bot.sandbox.clock import SandboxClock
from bot.sandbox.control import Control
from bot.sandbox.limits import Limits
from bot.sandbox.page_routes import page_routes
from bot.sandbox.server import build_server_app, serving
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram

PATIENCE = 20
BEGINNING = datetime(2022, 1, 12, 9, tzinfo=UTC)
Found = dict[str, Any]
KINDS = ["message", "channel_post", "callback_query", "inline_query", "chosen_inline_result"]


@dataclass(slots=True, kw_only=True)
class ScriptedBot:
    """A bot whose answers a test gives; all that it was told stands in `seen`."""

    url: str
    answer: Callable[["ScriptedBot", Found], None]
    seen: list[Found] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def post(self, path: str, **body: object) -> Any:  # noqa: ANN401 - JSON as it comes
        """Post JSON to the sandbox and give what it answers."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE)
        try:
            headers = {"Content-Type": "application/json"}
            connection.request("POST", path, json.dumps(body), headers)
            answered = connection.getresponse()
            read = json.loads(answered.read())
            assert answered.status == 200, read
            return read
        finally:
            connection.close()

    def call(self, method: str, **params: object) -> Any:  # noqa: ANN401 - JSON as it comes
        """Call a method of the Bot API."""
        return self.post(f"/bot{SANDBOX_TOKEN}/{method}", **params)["result"]

    def act(self, path: str, **body: object) -> Any:  # noqa: ANN401 - JSON as it comes
        """Do something as a person, by the control API."""
        return self.post(f"/control/{path}", **body)

    def told(self, kind: str) -> list[Found]:
        """List what the bot was told of one kind."""
        return [update[kind] for update in self.seen if kind in update]

    def poll(self) -> None:
        """Take updates and answer them until the end."""
        offset = 0
        while not self.ended.is_set():
            updates = self.call("getUpdates", offset=offset, timeout=1, allowed_updates=KINDS)
            for update in updates:
                offset = update["update_id"] + 1
                self.seen.append(update)
                self.answer(self, update)


async def _serve(ready: Queue[tuple[str, Callable[[], None]]]) -> None:
    clock = SandboxClock(seconds=time.monotonic, started=BEGINNING)
    telegram = Telegram(clock=clock, limits=Limits(enabled=False))
    control = Control(telegram=telegram, clock=clock, cast=made_up_cast(telegram), replay=None)
    app = build_server_app(telegram, control.routes(), page_routes())
    app.on_shutdown.append(control.close)
    ended, loop = asyncio.Event(), asyncio.get_running_loop()

    def end() -> None:
        loop.call_soon_threadsafe(ended.set)

    async with serving(app, port=0) as url:
        ready.put((url, end))
        await ended.wait()


@contextmanager
def scripted_bot(answer: Callable[[ScriptedBot, Found], None]) -> Iterator[ScriptedBot]:
    """Serve a new sandbox, with a scripted bot beside it."""
    ready: Queue[tuple[str, Callable[[], None]]] = Queue()
    server = threading.Thread(target=lambda: asyncio.run(_serve(ready)), daemon=True)
    server.start()
    url, end = ready.get(timeout=PATIENCE)
    bot = ScriptedBot(url=url, answer=answer)
    polling = threading.Thread(target=bot.poll, daemon=True)
    polling.start()
    try:
        yield bot
    finally:
        bot.ended.set()
        polling.join(PATIENCE)
        end()
        server.join(PATIENCE)
