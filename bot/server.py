"""The bot's own web servers: where Telegram sends updates to, and where an operator looks in."""

import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Update

from bot.application import App
from bot.metrics import Metrics
from config.fields import Listen

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name of a header)
_LARGEST_UPDATE = 1_000_000  # bytes

log = logging.getLogger("attache")


class ListenError(Exception):
    """The server cannot listen there; says where and why."""


def webhook_secret(token: str) -> str:
    """Return the word by which an update is known to come from Telegram: made from the token."""
    return hashlib.blake2b(token.encode(), digest_size=32, person=b"webhook").hexdigest()


@asynccontextmanager
async def receiving(app: App, *, url: str, host: str, port: int) -> AsyncIterator[str]:
    """Take updates at the path of `url`, on `host` and `port`; give the address listened on."""
    secret = webhook_secret(app.bot.token)

    async def take(request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, secret.encode()):
            return web.Response(status=403)
        try:
            update = Update.de_json(json.loads(await request.read()), app.bot)
        except (ValueError, KeyError, TypeError, AttributeError):  # no JSON, or no update
            return web.Response(status=400)
        await app.update_queue.put(update)
        return web.Response()

    served = web.Application(client_max_size=_LARGEST_UPDATE)
    served.add_routes([web.post(urlsplit(url).path or "/", take)])
    async with _listening(served, host, port, "ATTACHE_LISTEN") as where:
        yield where


@asynccontextmanager
async def showing(metrics: Metrics, listen: Listen) -> AsyncIterator[None]:
    """Answer /healthz and /metrics; where that port is taken, warn and go on without."""
    served = web.Application()
    served.add_routes(metrics.routes())
    async with AsyncExitStack() as stack:
        try:
            where = await stack.enter_async_context(
                _listening(served, listen.host, listen.port, "ATTACHE_HEALTH_LISTEN")
            )
        except ListenError as error:
            log.warning("%s: nobody can ask how the bot is", error)
        else:
            log.info("health and metrics are at %s", where)
        yield


@asynccontextmanager
async def _listening(
    served: web.Application, host: str, port: int, setting: str
) -> AsyncIterator[str]:
    runner = web.AppRunner(served, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise ListenError(
                f"{setting}: cannot listen on {host}:{port} ({error.strerror}); name another"
            ) from error
        name, actual = runner.addresses[0][:2]
        yield f"{name}:{actual}"
    finally:
        await runner.cleanup()
