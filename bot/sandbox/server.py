"""The sandbox as a web server: its app, who may talk to it, and starting and stopping it.

Not here: the routes (http_api.py; others are handed in).
"""

import errno
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from functools import lru_cache
from http import HTTPMethod
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from yarl import URL

from bot.sandbox.bodies import MAX_BODY
from bot.sandbox.errors import SandboxError, TelegramError, forbidden
from bot.sandbox.http_api import HttpApi, json_response
from bot.sandbox.polls import Polls
from bot.sandbox.telegram import Telegram
from bot.sandbox.webhooks import Waits, Webhooks

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8765
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - told apart, not listened on
_SECONDS_TO_FINISH = 2.0
_HOSTS = web.AppKey("hosts", set[str])


def build_server_app(
    telegram: Telegram,
    *extra: Iterable[web.AbstractRouteDef],
    hosts: Collection[str] = (),
    waits: Waits | None = None,
) -> web.Application:
    """Build the app: the Bot API, then the routes handed in.

    `hosts` are further names by which the server may be called, beside those of loopback
    and the one it listens on: that of a container, say.
    """
    polls, webhooks = Polls(telegram), Webhooks(telegram, waits)
    allowed = {name.lower() for name in hosts} | _LOOPBACK
    app = web.Application(middlewares=[_guard(allowed)], client_max_size=MAX_BODY)
    app[_HOSTS] = allowed
    app.add_routes(HttpApi(telegram, polls, webhooks).routes())
    for routes in extra:
        app.add_routes(routes)
    app.cleanup_ctx.extend([polls.running, webhooks.running])
    app.on_shutdown.append(polls.close)
    return app


@asynccontextmanager
async def serving(
    app: web.Application, host: str = DEFAULT_HOST, port: int = DEFAULT_PORT
) -> AsyncIterator[str]:
    """Serve until left and give the address; port 0 takes a free one."""
    app[_HOSTS].add(host.lower())
    runner = web.AppRunner(
        app,
        access_log=None,
        handler_cancellation=True,  # who hangs up waits no longer
        shutdown_timeout=_SECONDS_TO_FINISH,
    )
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise _no_port(host, port, error) from error
        name, actual = runner.addresses[0][:2]
        yield str(URL.build(scheme="http", host=_ANY_ADDRESS.get(name, name), port=actual))
    finally:
        await runner.cleanup()


def _no_port(host: str, port: int, error: OSError) -> SandboxError:
    match error.errno:
        case errno.EADDRINUSE:
            reason = "something listens there already; stop it, or choose another port"
        case errno.EACCES:
            reason = "ports below 1024 are not for everyone; choose a higher one"
        case _:
            reason = "this machine has no such address; choose 127.0.0.1"
    return SandboxError(f"The sandbox cannot listen on {host} port {port}: {reason}.")


def _guard(allowed: Collection[str]) -> Middleware:
    """Keep other sites' pages out: they could reach loopback through the reader's browser.

    A name that another site's owner points here (DNS rebinding) is told by the Host header,
    whatever its port: a container's may be mapped. A page that calls across sites is told by
    its Origin, and by what browsers say of pictures and links, which carry no Origin.
    """

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        host, headers = request.headers.get("Host", ""), request.headers
        if _name(host) not in allowed:
            return _kept_out(
                "the sandbox answers to the names of this machine only, not to the one in "
                "the Host header; start it with this name if it is yours"
            )
        origin = headers.get("Origin")
        if origin is not None and not _is_same(origin, host):
            return _kept_out("a page of another site must not drive the sandbox")
        if headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"} and not (
            request.method == HTTPMethod.GET and request.path == "/"  # a link to the page
        ):
            return _kept_out("a page of another site must not drive the sandbox")
        return await handler(request)

    return guard


@lru_cache(maxsize=64)
def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _is_same(origin: str, host: str) -> bool:
    scheme, _, place = origin.partition("://")
    return scheme in {"http", "https"} and place.lower() == host.lower()


def _kept_out(reason: str) -> web.Response:
    error: TelegramError = forbidden(reason)
    return json_response(error.code, error.body())
