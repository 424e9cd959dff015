"""Fetching one address safely: bounded in time, size and where it may lead.

Each connection is checked on the very address that is connected to, so that neither a
redirect nor a name that changes its answer leads into a private network. Nothing is
retried here, and nothing of what was fetched is understood.
"""

import asyncio
import re
import socket
import zlib
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Any, Protocol

from aiohttp import (
    AddrInfoType,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from aiohttp.abc import AbstractResolver
from yarl import URL

from store.errors import StoreError
from store.ingest.addresses import PORTS, Ip, is_public, refusal, shown_url

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_CHUNK = 65_536
_TYPES = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/markdown",
        "text/xml",
        "application/xml",
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
    }
)
_KEPT = ("ETag", "Last-Modified", "Cache-Control", "Expires", "Retry-After")
_LARGEST_NUMBER = 10  # digits of a Retry-After
_MASKED = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class FetchError(StoreError):
    """An address was not fetched; says which, why, and what would help."""

    def __init__(
        self,
        url: str,
        reason: str,
        remedy: str,
        *,
        permanent: bool = False,
        status: int | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        self.url = shown_url(url)
        self.reason = reason
        self.remedy = remedy
        self.permanent = permanent
        self.status = status
        self.retry_after = retry_after
        super().__init__(f"{self.url}: {reason}; {remedy}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a fetch may go."""

    total: timedelta = timedelta(seconds=60)
    connect: timedelta = timedelta(seconds=10)
    largest: int = 5_000_000  # bytes, after decompression
    redirects: int = 5
    ports: Collection[int] = PORTS
    types: Collection[str] = _TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address answered. `moved_to` is where it lives from now on, if that changed."""

    url: str
    status: int
    content_type: str = ""
    charset: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    moved_to: str | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the server has nothing newer than the conditions asked for."""
        return self.status == 304  # noqa: PLR2004 (Not Modified)


class Fetch(Protocol):
    """What gets an address; the fetcher below, and fakes in tests."""

    async def get(self, url: str, *, conditions: Mapping[str, str] | None = None) -> Fetched:
        """Return the answer, or raise `FetchError`."""
        ...


class _RefusedAddressError(OSError):
    """An address that must not be connected to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """Gets addresses, one connection each.

    `allow` says which addresses may be connected to; only tests give another one.
    `resolver` makes the one that turns names into addresses.
    """

    agent: str
    limits: Limits = field(default_factory=Limits)
    allow: Callable[[Ip], bool] = is_public
    resolver: Callable[[], AbstractResolver] | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def get(self, url: str, *, conditions: Mapping[str, str] | None = None) -> Fetched:
        """Return what `url` answers, redirects followed; 304 is an answer too.

        Raises `FetchError`.
        """
        try:
            async with asyncio.timeout(self.limits.total.total_seconds()):
                return await self._follow(url, dict(conditions or {}))
        except TimeoutError as error:
            seconds = self.limits.total.total_seconds()
            raise FetchError(url, f"no whole answer in {seconds:g} s", "try later") from error

    async def _follow(self, url: str, conditions: Mapping[str, str]) -> Fetched:
        here, moved_to = url, None
        for_good = True
        for _ in range(self.limits.redirects + 1):
            if reason := refusal(here, self.limits.ports):
                remedy = "give the public address of the page"
                raise FetchError(here, reason, remedy, permanent=True)
            async with self._asked(here, conditions) as response:
                if response.status not in _REDIRECTS:
                    return await self._answer(here, response, moved_to)
                target = redirect_target(here, response.headers.get("Location", ""))
                for_good = for_good and response.status in _FOR_GOOD
                here, moved_to = target, target if for_good else moved_to
        reason = f"redirects more than {self.limits.redirects} times"
        raise FetchError(url, reason, "open it in a browser and give the last address")

    @asynccontextmanager
    async def _asked(
        self, url: str, conditions: Mapping[str, str]
    ) -> AsyncIterator[ClientResponse]:
        headers = {"User-Agent": self.agent, "Accept-Encoding": "gzip, deflate", **conditions}
        timeout = ClientTimeout(total=None, sock_connect=self.limits.connect.total_seconds())
        try:
            async with (
                ClientSession(
                    connector=self._connector(),
                    cookie_jar=DummyCookieJar(),
                    auto_decompress=False,
                    trust_env=False,
                    timeout=timeout,
                ) as session,
                session.get(url, headers=headers, allow_redirects=False) as response,
            ):
                yield response
        except (ClientError, OSError, ValueError) as error:
            # A time limit of connecting is a TimeoutError, an OSError too.
            raise _failed(url, error) from error

    def _connector(self) -> TCPConnector:
        return TCPConnector(
            resolver=self.resolver() if self.resolver else None,
            use_dns_cache=False,
            force_close=True,
            socket_factory=self._socket,
        )

    def _socket(self, info: AddrInfoType) -> socket.socket:
        """Open the socket for one address, the last door before the connection."""
        family, kind, protocol, _, address = info
        if not self.allow(ip_address(str(address[0]).partition("%")[0])):
            raise _RefusedAddressError(f"{address[0]} is no public address")
        return socket.socket(family, kind, protocol)

    async def _answer(self, url: str, response: ClientResponse, moved_to: str | None) -> Fetched:
        kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
        answer = Fetched(
            url=url,
            status=response.status,
            content_type=response.content_type.casefold(),
            charset=response.charset,
            headers=kept,
            moved_to=moved_to,
        )
        if answer.unchanged:
            return answer
        if response.status != 200:  # noqa: PLR2004 (OK; parts and empty answers are of no use)
            raise self._refused(url, response)
        if response.headers.get("Content-Type") and answer.content_type not in self.limits.types:
            reason = f"is {_printable(answer.content_type)}, not a page, feed or text"
            raise FetchError(url, reason, "give the address of the article", permanent=True)
        body = await self._body(url, response)
        return replace(answer, body=body)

    def _refused(self, url: str, response: ClientResponse) -> FetchError:
        status = response.status
        passing = status in {408, 425, 429} or status >= 500  # noqa: PLR2004 (the server's fault)
        return FetchError(
            url,
            f"answered {status} {_printable(response.reason or '')}".rstrip(),
            "try later" if passing else "check the address",
            permanent=not passing,
            status=status,
            retry_after=retry_after(response.headers.get("Retry-After"), self.clock()),
        )

    async def _body(self, url: str, response: ClientResponse) -> bytes:
        largest = self.limits.largest
        too_large = FetchError(
            url, f"is larger than {largest:,} bytes", "give a smaller page", permanent=True
        )
        inflate = _decoder(url, response.headers.get("Content-Encoding", ""))
        body = bytearray()
        read = 0
        async for chunk in response.content.iter_chunked(_CHUNK):
            read += len(chunk)
            try:
                body += inflate(chunk, largest + 1 - len(body))
            except zlib.error as error:
                raise FetchError(url, "is compressed wrongly", "try later") from error
            if max(read, len(body)) > largest:
                raise too_large
        if not inflate.whole:
            raise FetchError(url, "is cut short", "try later")
        return bytes(body)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Return how long a server asks to be left alone: seconds, or a day and time."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=int(text)) if len(text) < _LARGEST_NUMBER else timedelta(days=365)
    try:
        then = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(then - now, timedelta())


def redirect_target(here: str, location: str) -> str:
    """Return where a redirect from `here` leads. Raises `FetchError` where it may not."""
    try:
        target = URL(here).join(URL(location))
    except ValueError as error:
        raise FetchError(here, "redirects to no URL", "give another address") from error
    if not location:
        raise FetchError(here, "redirects to nowhere", "give another address")
    if URL(here).scheme == "https" and target.scheme == "http":
        reason = f"redirects from https to plain http ({shown_url(str(target))})"
        raise FetchError(here, reason, "give the https address of the page", permanent=True)
    return str(target)


def _decoder(url: str, encoding: str) -> "_Plain | _Inflating":
    """Return what undoes `encoding` piece by piece, never past the room that is left."""
    match encoding.strip().casefold():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip":
            return _Inflating(zlib.MAX_WBITS | 16)
        case "deflate":
            return _Inflating(zlib.MAX_WBITS)
    reason = f"is compressed with {_printable(encoding)}, which was not asked for"
    raise FetchError(url, reason, "give another address of it", permanent=True)


class _Plain:
    """Passes on what is not compressed."""

    whole = True

    def __call__(self, chunk: bytes, _room: int) -> bytes:
        return chunk


class _Inflating:
    """Undoes gzip or deflate; a stream that holds too much is found out before it is unpacked."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._stream: Any = zlib.decompressobj(bits)  # zlib's own class has no public name
        self._begun = False

    @property
    def whole(self) -> bool:
        """Whether the stream has come to its end, or never began."""
        return bool(self._stream.eof) or not self._begun

    def __call__(self, chunk: bytes, room: int) -> bytes:
        if not self._begun and self._bits == zlib.MAX_WBITS and (chunk[:1] or b"x")[0] & 15 != 8:  # noqa: PLR2004
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)  # deflate without zlib's head
        self._begun = True
        return bytes(self._stream.decompress(chunk, max(room, 1)))


def _failed(url: str, error: Exception) -> FetchError:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, _RefusedAddressError):
            reason = f"leads into a network that is not public ({seen})"
            return FetchError(url, reason, "give a public address", permanent=True)
        seen = getattr(seen, "os_error", None) or seen.__cause__
    if isinstance(error, TimeoutError):
        return FetchError(url, "did not connect in time", "try later")
    if isinstance(error, socket.gaierror) or "DNS" in type(error).__name__:
        return FetchError(url, "its host has no address", "check the spelling; try later")
    # Not what the error says: that may be the whole URL, with a key in its query.
    return FetchError(url, f"cannot be fetched ({type(error).__name__})", "try later")


def _printable(text: str) -> str:
    return _MASKED.sub(" ", text)[:100].strip()
