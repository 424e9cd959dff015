"""The front without a network: python-telegram-bot's requests answered by the state machine."""

import asyncio
import json
from urllib.parse import unquote, urlsplit

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.sandbox.errors import TelegramError
from bot.sandbox.faults import Connection
from bot.sandbox.json_values import Json
from bot.sandbox.params import Upload
from bot.sandbox.telegram import Answer, Telegram
from bot.sandbox.world import Bot

DEFAULT_READ_TIMEOUT = 5.0


class InProcessRequest(BaseRequest):
    """Answers PTB's requests from a Telegram in the same process, long polls included."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        """Give the seconds that an answer may take where a request does not say."""
        return DEFAULT_READ_TIMEOUT

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Answer one request, and carry out what is planned to go wrong with it."""
        del method, write_timeout, connect_timeout, pool_timeout
        path = unquote(urlsplit(url).path)
        if path.startswith("/file/bot"):
            return self._download(path.removeprefix("/file/bot"))
        token, _, name = path.removeprefix("/bot").partition("/")
        params, files = _split(request_data)
        answer = self._telegram.request(token, name, params, files)
        if name.lower() == "getupdates":
            answer = await self._polled(answer, token, params)
        if read_timeout is BaseRequest.DEFAULT_NONE:
            read_timeout = self.read_timeout
        await _carry_out(answer, read_timeout if isinstance(read_timeout, int | float) else None)
        return answer.status, json.dumps(answer.body).encode()

    async def _polled(self, answer: Answer, token: str, params: dict[str, Json]) -> Answer:
        timeout = float(str(params.get("timeout") or 0))
        if answer.body.get("result") != [] or timeout <= 0:
            return answer
        arrived = asyncio.Event()

        def wake(bot: Bot) -> None:
            if bot.token == token:
                arrived.set()

        unwatch = self._telegram.watch_updates(wake)
        try:
            async with asyncio.timeout(timeout):
                await arrived.wait()
        except TimeoutError:
            return answer
        finally:
            unwatch()
        return self._telegram.poll_again(token, params)

    def _download(self, path: str) -> tuple[int, bytes]:
        token, _, file_path = path.partition("/")
        try:
            return 200, self._telegram.download(token, file_path).data
        except TelegramError as error:
            return error.code, json.dumps(error.body()).encode()


async def _carry_out(answer: Answer, patience: float | None) -> None:
    if answer.connection is Connection.RESET:
        raise NetworkError("connection reset by the sandbox's fault plan")
    if answer.connection is Connection.ANSWER_LOST:
        raise TimedOut("answer lost by the sandbox's fault plan")
    if answer.delay > 0:
        if patience is not None and answer.delay > patience:
            await asyncio.sleep(patience)
            raise TimedOut
        await asyncio.sleep(answer.delay)


def _split(data: RequestData | None) -> tuple[dict[str, Json], dict[str, Upload]]:
    if data is None:
        return {}, {}
    files = {}
    for name, (filename, content, mime_type) in data.multipart_data.items():
        held = content if isinstance(content, bytes) else content.read()
        files[name] = Upload(name=filename, data=held, mime_type=mime_type)
    params: dict[str, Json] = {**data.json_parameters}
    return params, files
