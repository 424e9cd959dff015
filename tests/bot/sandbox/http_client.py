"""A bare client of the sandbox's HTTP front: addresses, statuses and bodies, no library's help."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.sandbox.json_values import JsonObject
from bot.sandbox.limits import Limits
from bot.sandbox.server import build_server_app, serving
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.webhooks import Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Asks one server; `url` is its address without a slash at the end."""

    session: aiohttp.ClientSession
    url: str

    def address(self, method: str, token: str = SANDBOX_TOKEN) -> str:
        return f"{self.url}/bot{token}/{method}"

    async def ask(
        self,
        path: str,
        *,
        verb: str = "GET",
        headers: dict[str, str] | None = None,
        **given: Any,  # noqa: ANN401 - aiohttp's
    ) -> tuple[int, JsonObject]:
        """Give status and JSON of any address below the server's."""
        async with self.session.request(
            verb, f"{self.url}{path}", headers=headers, **given
        ) as response:
            body: JsonObject = json.loads(await response.read())
            return response.status, body

    async def post(
        self,
        method: str,
        **given: Any,  # noqa: ANN401 - aiohttp's
    ) -> tuple[int, JsonObject]:
        """Call a method with any body that aiohttp can send."""
        return await self.ask(f"/bot{SANDBOX_TOKEN}/{method}", verb="POST", **given)

    async def call(self, method: str, **params: Any) -> Any:  # noqa: ANN401 - JSON
        """Call a method with a JSON body and give its result."""
        status, body = await self.post(method, json=params)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]


@asynccontextmanager
async def client_of(telegram: Telegram, waits: Waits | None = None) -> AsyncIterator[Client]:
    """Serve a sandbox without limits and give a client of it."""
    telegram.limits = Limits(enabled=False)
    async with (
        serving(build_server_app(telegram, waits=waits), "127.0.0.1", 0) as url,
        aiohttp.ClientSession() as session,
    ):
        yield Client(session=session, url=url)


async def until(holds: Callable[[], object], seconds: float = 5.0) -> None:
    """Wait for something that happens elsewhere in this process."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - whatever it is, it sets no event
            await asyncio.sleep(0.005)
