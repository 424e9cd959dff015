"""A client of the control API, and a replay that waits to be let go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import aiohttp

from bot.sandbox.cast import made_up_cast
from bot.sandbox.clock import SandboxClock
from bot.sandbox.control import Control
from bot.sandbox.limits import Limits
from bot.sandbox.page_routes import page_routes
from bot.sandbox.replay_protocol import ReplayPosition
from bot.sandbox.server import build_server_app, serving
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram

STARTED = datetime(2022, 1, 8, 8, tzinfo=UTC)


@dataclass(slots=True)
class SlowReplay:
    """Moves by a day once `go` is set; counts what it was asked."""

    asked: list[str] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def position(self) -> ReplayPosition:
        moved = self.asked.count("next")
        today = date(2022, 1, 8) + timedelta(days=moved)
        return ReplayPosition(today=today, next=None, released=moved, total=1)

    async def restart(self) -> None:
        self.asked.append("restart")

    async def next_morning(self) -> None:
        self.asked.append("next")
        self.begun.set()
        await self.go.wait()

    async def next_news(self) -> None:
        self.asked.append("news")


@dataclass(slots=True, kw_only=True)
class Caller:
    """Asks the control API of one sandbox."""

    session: aiohttp.ClientSession
    url: str
    telegram: Telegram
    control: Control

    async def ask(self, verb: str, path: str, **given: Any) -> tuple[int, Any]:  # noqa: ANN401
        async with self.session.request(verb, f"{self.url}/control/{path}", **given) as response:
            return response.status, await response.json()

    async def get(self, path: str, **query: str | int) -> Any:  # noqa: ANN401 - any JSON
        status, body = await self.ask("GET", path, params=query)
        assert status == 200, body
        return body

    async def post(self, path: str, **body: object) -> Any:  # noqa: ANN401 - any JSON
        status, answer = await self.ask("POST", path, json=body)
        assert status == 200, answer
        return answer

    async def refused(self, path: str, **body: object) -> tuple[int, str]:
        status, answer = await self.ask("POST", path, json=body)
        return status, answer["error"]

    def bot(self, method: str, **params: Any) -> Any:  # noqa: ANN401 - any JSON
        return self.telegram.call(SANDBOX_TOKEN, method, params)

    def texts(self, chat_id: int) -> list[str]:
        return [one["text"] for one in self.telegram.transcript(chat_id) if "text" in one]


@asynccontextmanager
async def calling_control(replay: SlowReplay) -> AsyncIterator[Caller]:
    clock = SandboxClock(seconds=lambda: 100.0, started=STARTED)
    telegram = Telegram(clock=clock, limits=Limits(enabled=False))
    control = Control(
        telegram=telegram, clock=clock, cast=made_up_cast(telegram), replay=replay, zone="UTC"
    )
    app = build_server_app(telegram, control.routes(), page_routes())
    app.on_shutdown.append(control.close)
    async with serving(app, port=0) as url, aiohttp.ClientSession() as session:
        yield Caller(session=session, url=url, telegram=telegram, control=control)
