"""The Bot API's routes: methods and downloads, and connections that break as planned.

Not here: what the methods do (the state machine knows), waiting for updates (polls.py) and
posting them (webhooks.py).
"""

import asyncio
import json
import socket
import struct
from http import HTTPStatus

from aiohttp import web

from bot.sandbox.bodies import read_body
from bot.sandbox.errors import TelegramError
from bot.sandbox.faults import Connection
from bot.sandbox.json_values import JsonObject
from bot.sandbox.polls import Polls
from bot.sandbox.telegram import Answer, Telegram
from bot.sandbox.webhooks import Webhooks

_NO_LINGERING = struct.pack("ii", 1, 0)


class HttpApi:
    """Answers what a bot asks over HTTP."""

    def __init__(self, telegram: Telegram, polls: Polls, webhooks: Webhooks) -> None:
        self._telegram = telegram
        self._polls = polls
        self._webhooks = webhooks

    def routes(self) -> list[web.RouteDef]:
        """List the routes; the names of methods may be in any case, and missing ones are told."""
        path = "/bot{token}/{method:.*}"
        return [
            web.get(path, self.call, allow_head=False),
            web.post(path, self.call),
            web.get("/file/bot{token}/{path:.*}", self.download, allow_head=False),
        ]

    async def call(self, request: web.Request) -> web.Response:
        """Carry out a method, after its delay and over its connection."""
        token, method = request.match_info["token"], request.match_info["method"]
        try:
            params, files = await read_body(request)
        except TelegramError as error:
            return json_response(error.code, error.body())
        name = method.lower()
        if name == "getupdates":
            answer = await self._polls.answer(token, params)
        else:
            answer = self._telegram.request(token, method, params, files)
            if name in {"setwebhook", "deletewebhook"}:
                self._webhook_changed(token)
        return await _send(request, answer)

    def _webhook_changed(self, token: str) -> None:
        bot = self._telegram.world.bot_by_token(token)
        if bot is not None:
            self._webhooks.look(bot)
            if bot.webhook.url:
                self._polls.end_for_webhook(token)

    async def download(self, request: web.Request) -> web.Response:
        """Give a file, byte for byte, as something to keep and not to show."""
        try:
            file = self._telegram.download(request.match_info["token"], request.match_info["path"])
        except TelegramError as error:
            return json_response(error.code, error.body())
        return web.Response(body=file.data, content_type="application/octet-stream")


def json_response(status: int, body: JsonObject) -> web.Response:
    """Answer with JSON, and name the pause in a header too where one is asked for."""
    response = web.Response(
        status=status, body=json.dumps(body).encode(), content_type="application/json"
    )
    if status == HTTPStatus.TOO_MANY_REQUESTS:  # [server] HttpConnection.cpp
        response.headers["Retry-After"] = str(body["parameters"]["retry_after"])
    return response


async def _send(request: web.Request, answer: Answer) -> web.Response:
    if answer.delay > 0:
        await asyncio.sleep(answer.delay)
    if answer.connection is Connection.FINE:
        return json_response(answer.status, answer.body)
    _hang_up(request, reset=answer.connection is Connection.RESET)
    return web.Response()  # goes nowhere: the connection is closed


def _hang_up(request: web.Request, *, reset: bool) -> None:
    """Close the connection; with a reset the other side learns that it was not in peace."""
    transport = request.transport
    if not isinstance(transport, asyncio.Transport):
        return  # the other side hung up first
    if reset:
        sock = transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGERING)
    transport.abort()
