"""PTB over aiohttp: one `BaseRequest`, and errors that say whether a request may have been sent.

Holds nothing about what Telegram answers (PTB reads that), no pacing and no retries. The texts of
the errors name the API method, never an address: addresses carry the token. For the same reason
they are raised without aiohttp's own errors as their cause.
"""

import asyncio
import io
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from http import HTTPStatus
from types import SimpleNamespace
from typing import IO, ClassVar
from urllib.parse import urlsplit

import aiohttp
from aiohttp.payload import BytesIOPayload, BytesPayload, IOBasePayload, Payload
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_FAILURES = (
    aiohttp.ClientError,
    OSError,  # TimeoutError is one
)
_JSON = "application/json"


class Sent(StrEnum):
    """Whether Telegram can have got a request that failed."""

    NO = "no"
    MAYBE = "maybe"


class TransportError(NetworkError):
    """A request that got no answer."""

    __slots__ = ()
    sent: ClassVar[Sent] = Sent.MAYBE


class NotConnectedError(TransportError):
    """No connection: name, network, TLS or proxy failed, or the transport is shut down."""

    __slots__ = ()
    sent = Sent.NO


class AddressError(TransportError):
    """The address of the Bot API is none that can be asked."""

    __slots__ = ()
    sent = Sent.NO


class ConnectTimedOutError(TransportError, TimedOut):
    """No connection within the connect timeout."""

    __slots__ = ()
    sent = Sent.NO


class PoolTimedOutError(TransportError, TimedOut):
    """No free connection within the pool timeout."""

    __slots__ = ()
    sent = Sent.NO


class WriteTimedOutError(TransportError, TimedOut):
    """The server stopped taking the request."""

    __slots__ = ()


class ReadTimedOutError(TransportError, TimedOut):
    """The request is out, the answer did not come within the read timeout."""

    __slots__ = ()


class DisconnectedError(TransportError):
    """The connection was lost, or broke the rules, before the whole answer was here."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds to wait at each stage of a request; None waits for ever."""

    connect: float | None = 5.0  # name, TCP, TLS and proxy together
    read: float | None = 10.0  # between two pieces of the answer
    write: float | None = 5.0  # between two pieces of the request
    media_write: float | None = 20.0  # the same, for a request with files
    pool: float | None = 1.0  # for one of the connections
    poll_margin: float = 5.0  # how much longer than a long poll its answer may take


@dataclass(slots=True, kw_only=True)
class _Progress:
    """How far one request has come."""

    deadline: asyncio.Timeout
    patience: float | None  # for the next piece of the request to leave
    begun: bool = False  # a byte may be on its way


class SocksError(aiohttp.ClientError):
    """A SOCKS proxy refused, or was not reached; says why, without its address."""


class _OpenFile(IOBasePayload):
    """A caller's file, sent from its start and left open: it may have to be sent again."""

    def _close(self) -> None:
        """Leave the file to the one who opened it."""


class AiohttpRequest(BaseRequest):
    """PTB's connection to Telegram over aiohttp: HTTP/1.1, kept alive, never sent twice.

    Waiting for a connection is counted here and not in aiohttp's pool, so that a full pool and a
    server that cannot be reached are told apart. `proxy` is `http://…` or `socks5://…`, with
    `user:password@` before the host where the proxy asks for it.
    """

    __slots__ = ("_pool_size", "_proxy", "_session", "_slots", "_timeouts")

    def __init__(
        self,
        *,
        timeouts: Timeouts | None = None,
        pool_size: int = 256,
        proxy: str | None = None,
    ) -> None:
        if proxy is not None and urlsplit(proxy).scheme not in ("http", "socks5"):
            raise ValueError("A proxy is written http://HOST:PORT or socks5://HOST:PORT.")
        self._timeouts = timeouts or Timeouts()
        self._pool_size = pool_size
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(pool_size)

    @property
    def read_timeout(self) -> float | None:
        """Give the read timeout that PTB adds to the length of a long poll."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Open the session, unless it is open."""
        if self._session is None:
            self._slots = asyncio.Semaphore(self._pool_size)  # belongs to the running loop
            self._session = self._open_session()

    async def shutdown(self) -> None:
        """Close the session and its connections, unless they are closed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request and give the status and body of its answer."""
        call = _name_call(url, method)
        files = request_data is not None and request_data.contains_files
        default = self._timeouts
        timeouts = replace(
            default,
            connect=_given(connect_timeout, default.connect),
            read=_given(read_timeout, default.read),
            write=_given(write_timeout, default.media_write if files else default.write),
            pool=_given(pool_timeout, default.pool),
        )
        if call == "getUpdates" and request_data is not None:
            timeouts = _with_margin(timeouts, request_data.parameters.get("timeout"))
        async with self._slot(call, timeouts.pool):
            status, answer = await self._exchange(call, method, url, request_data, timeouts)
        if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED and self._proxy is not None:
            raise NotConnectedError(f"{call}: not sent, the proxy answered {status}")
        return status, _without_token(answer, url) if status >= HTTPStatus.BAD_REQUEST else answer

    def _open_session(self) -> aiohttp.ClientSession:
        connector: aiohttp.TCPConnector
        proxy = self._proxy
        # limit=0: self._slots counts the connections.
        if proxy is not None and urlsplit(proxy).scheme == "socks5":
            from bot.socks import Connector  # noqa: PLC0415 (few have such a proxy)

            connector, proxy = Connector.from_url(proxy, limit=0), None
        else:
            connector = aiohttp.TCPConnector(limit=0)
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            proxy=proxy,
            trace_configs=[_tracing()],
        )

    @asynccontextmanager
    async def _slot(self, call: str, patience: float | None) -> AsyncIterator[None]:
        slots = self._slots
        try:
            async with asyncio.timeout(patience):
                await slots.acquire()
        except TimeoutError:
            raise PoolTimedOutError(
                f"{call}: not sent, all {self._pool_size} connections are busy"
            ) from None
        try:
            yield
        finally:
            slots.release()

    async def _exchange(
        self,
        call: str,
        method: str,
        url: str,
        request_data: RequestData | None,
        timeouts: Timeouts,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotConnectedError(f"{call}: not sent, the transport is not initialized")
        progress = _Progress(deadline=asyncio.timeout(None), patience=_patience(timeouts))
        try:
            async with (
                progress.deadline,
                self._session.request(
                    method,
                    url,
                    data=None if request_data is None else _encode(request_data),
                    timeout=aiohttp.ClientTimeout(
                        connect=timeouts.connect,
                        sock_connect=timeouts.connect,
                        sock_read=timeouts.read,
                    ),
                    allow_redirects=False,  # aiohttp would turn a POST into a GET
                    trace_request_ctx=progress,
                ) as response,
            ):
                progress.deadline.reschedule(None)
                return response.status, await response.read()
        except _FAILURES as error:
            failure = _explain(error, call, begun=progress.begun)
        # Raised here, not where aiohttp's error is at hand: its text shows the address.
        raise failure


def _given(timeout: ODVInput[float], default: float | None) -> float | None:
    return default if isinstance(timeout, DefaultValue) else timeout


def _with_margin(timeouts: Timeouts, poll: object) -> Timeouts:
    """Let the answer to a long poll come later than its end.

    PTB adds the read timeout to the length of the poll, but counts "for ever" as zero.
    """
    if timeouts.read is None or not isinstance(poll, int | float):
        return timeouts
    return replace(timeouts, read=max(timeouts.read, poll + timeouts.poll_margin))


def _patience(timeouts: Timeouts) -> float | None:
    """Give how long after a piece of the request nothing may happen.

    aiohttp knows no write timeout, and starts the read timeout when all is written. A request
    that is still quiet after both has therefore not been taken by the server.
    """
    if timeouts.write is None or timeouts.read is None:
        return None
    return timeouts.write + timeouts.read


def _tracing() -> aiohttp.TraceConfig:
    """Make aiohttp tell each request's `_Progress` how far it has come."""

    async def begin(_: aiohttp.ClientSession, context: SimpleNamespace, __: object) -> None:
        context.trace_request_ctx.begun = True

    async def move(_: aiohttp.ClientSession, context: SimpleNamespace, __: object) -> None:
        progress: _Progress = context.trace_request_ctx
        if progress.patience is not None:
            now = asyncio.get_running_loop().time()
            progress.deadline.reschedule(now + progress.patience)

    tracing = aiohttp.TraceConfig()
    tracing.on_request_headers_sent.append(begin)
    tracing.on_request_chunk_sent.append(move)
    return tracing


def _encode(request_data: RequestData) -> Payload | None:
    """Give what PTB wants sent: JSON, which costs far less than a form; files in pieces."""
    if not request_data.contains_files:
        if not request_data.parameters:
            return None
        return BytesPayload(request_data.json_payload, content_type=_JSON)
    fields = aiohttp.FormData(quote_fields=False)  # Telegram shows file names as they come
    for name, value in request_data.json_parameters.items():
        fields.add_field(name, value)
    for name, (filename, content, mimetype) in request_data.multipart_data.items():
        part = _stream(content, mimetype)
        fields.add_field(name, part, filename=filename, content_type=mimetype)
    return fields()


def _stream(content: bytes | IO[bytes], mimetype: str) -> Payload:
    if isinstance(content, bytes):
        return BytesIOPayload(io.BytesIO(content), content_type=mimetype)
    content.seek(0)
    return _OpenFile(content, content_type=mimetype)


def _name_call(url: str, method: str) -> str:
    """Give the API method that an address ends with, and nothing else of it."""
    if method == "GET":
        return "file download"
    name = url.rpartition("/")[2]
    return name if name.isascii() and name.isalpha() else "request"


def _without_token(answer: bytes, url: str) -> bytes:
    """Take the token out of an error page that repeats the address: PTB quotes such pages."""
    found = re.search(r"/bot([^/]+)/", url)
    return answer.replace(found[1].encode(), b"[redacted]") if found else answer


def _explain(error: Exception, call: str, *, begun: bool) -> TransportError:
    """Make the error that says what became of a request, `begun` once its headers were written."""
    if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
        return AddressError(f"{call}: not sent, the address of the Bot API is not valid")
    reason = _reason(error)
    if not begun:
        if isinstance(error, TimeoutError):
            return ConnectTimedOutError(f"{call}: not sent, no connection in time")
        return NotConnectedError(f"{call}: not sent, no connection ({reason})")
    if isinstance(error, aiohttp.SocketTimeoutError):
        return ReadTimedOutError(f"{call}: perhaps sent, no answer in time")
    if isinstance(error, TimeoutError):
        return WriteTimedOutError(f"{call}: perhaps sent, the server stopped taking it")
    return DisconnectedError(f"{call}: perhaps sent, no whole answer ({reason})")


def _reason(error: Exception) -> str:
    """Give what an operator can use of an error, without address, token or password."""
    match error:
        case aiohttp.ClientHttpProxyError(status=status):
            return f"the proxy answered {status}"
        case aiohttp.ClientConnectorCertificateError():
            return getattr(error.certificate_error, "verify_message", "certificate")
        case SocksError():
            return f"proxy: {error}"
        case aiohttp.ClientConnectorDNSError():
            return f"name not resolved: {error.os_error.strerror}"
        case OSError(errno=int(errno)) if errno > 0:
            return os.strerror(errno)
        case _:
            return type(error).__name__
