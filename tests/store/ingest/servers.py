"""A server on this machine that plays whatever the internet does, and fetchers that may reach it.

Holds no tests.
"""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer

from store.ingest.addresses import Ip
from store.ingest.fetch import Fetcher, Limits

NOW = datetime(2024, 3, 5, 12, tzinfo=UTC)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Answers each path with its handler, and remembers what was asked."""

    def __init__(self, server: TestServer) -> None:
        self._server = server
        self.asked: list[web.Request] = []

    @property
    def port(self) -> int:
        assert self._server.port is not None
        return self._server.port

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def fetcher(self, resolver: Callable[[], AbstractResolver] | None = None) -> Fetcher:
        """Return a fetcher to which 127.0.0.1, and nothing else, is public."""
        return Fetcher(
            agent="tests",
            limits=self.limits(),
            allow=only_here,
            resolver=resolver,
            clock=lambda: NOW,
        )

    def limits(self, seconds: float = 10) -> Limits:
        return Limits(
            total=timedelta(seconds=seconds), largest=100_000, ports=frozenset({80, self.port})
        )


@asynccontextmanager
async def serving(**handlers: Handler) -> AsyncIterator[Server]:
    """Serve each handler under its name."""
    app = web.Application()
    test = TestServer(app, host="127.0.0.1")
    server = Server(test)

    def noted(handler: Handler) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            server.asked.append(request)
            return await handler(request)

        return handle

    for name, handler in handlers.items():
        app.router.add_get(f"/{name}", noted(handler))
    async with test:
        yield server


def only_here(ip: Ip) -> bool:
    return ip == ip_address("127.0.0.1")


class Names(AbstractResolver):
    """Answers with each of `answers` in turn, then with the last again."""

    def __init__(self, answers: Sequence[Sequence[str]]) -> None:
        self._answers = list(answers)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        del family
        found = self._answers[min(self.asked, len(self._answers) - 1)]
        self.asked += 1
        return [
            ResolveResult(
                hostname=host,
                host=ip,
                port=port,
                family=socket.AF_INET6 if ":" in ip else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for ip in found
        ]

    async def close(self) -> None:
        pass
