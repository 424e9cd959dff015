import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.transport import (
    AiohttpRequest,
    ConnectTimedOutError,
    DisconnectedError,
    NotConnectedError,
    Sent,
)
from tests.bot.servers import (
    QUICK,
    TOKEN,
    Reader,
    Telegram,
    Writer,
    answer,
    failure,
    hang_up,
    listening,
    say_nothing,
)

BASIC = base64.b64encode(b"reader:p@ss").decode()


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    fake = Telegram()
    async with listening(fake.handle) as port:
        fake.url = f"http://127.0.0.1:{port}/bot"
        yield fake


class Socks:
    """A SOCKS5 proxy that wants a user and a password and opens each connection, or refuses."""

    def __init__(self, *, refuse: bool = False) -> None:
        self.logins: list[tuple[bytes, bytes]] = []
        self.refuse = refuse

    async def handle(self, reader: Reader, writer: Writer) -> None:
        _, count = await reader.readexactly(2)
        await reader.readexactly(count)
        writer.write(b"\5\2")
        user = await self._read_text(reader, skip=1)
        self.logins.append((user, await self._read_text(reader)))
        accepted = self.logins[-1] == (b"reader", b"p@ss")
        writer.write(b"\1\0" if accepted else b"\1\1")
        if not accepted:
            return
        request = await reader.readexactly(4)
        assert request == b"\5\1\0\1"  # connect to an IPv4 address
        host = ".".join(map(str, await reader.readexactly(4)))
        port = int.from_bytes(await reader.readexactly(2))
        writer.write(b"\5" + (b"\5" if self.refuse else b"\0") + b"\0\1" + b"\0" * 6)
        if not self.refuse:
            await self._join(reader, writer, host, port)

    async def _read_text(self, reader: Reader, skip: int = 0) -> bytes:
        await reader.readexactly(skip)
        return await reader.readexactly((await reader.readexactly(1))[0])

    async def _join(self, reader: Reader, writer: Writer, host: str, port: int) -> None:
        far_reader, far_writer = await asyncio.open_connection(host, port)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(pump(reader, far_writer))
                group.create_task(pump(far_reader, writer))
        finally:
            far_writer.transport.abort()


async def pump(reader: Reader, writer: Writer) -> None:
    while piece := await reader.read(65_536):
        writer.write(piece)
    writer.close()


@asynccontextmanager
async def through(proxy: str) -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(timeouts=QUICK, proxy=proxy) as transport:
        yield transport


async def test_an_http_proxy_gets_the_whole_address_and_its_credentials() -> None:
    proxy = Telegram()
    proxy.url = "http://telegram.invalid/bot"
    async with (
        listening(proxy.handle) as port,
        through(f"http://reader:p%40ss@127.0.0.1:{port}") as transport,
    ):
        results = [await proxy.post(transport) for _ in range(2)]

    assert results == [True, True]
    for head, body in proxy.requests:
        assert head.startswith(f"POST http://telegram.invalid/bot{TOKEN}/sendMessage HTTP/1.1")
        assert f"Proxy-Authorization: Basic {BASIC}\r\n" in head
        assert body == b'{"chat_id": "1"}'
    assert len(proxy.connections) == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_wants_credentials_did_not_send(scheme: str) -> None:
    proxy = Telegram()
    proxy.url = f"{scheme}://telegram.invalid/bot"
    proxy.reactions.append(answer(b"who are you?", "407 Proxy Authentication Required"))
    async with listening(proxy.handle) as port, through(f"http://127.0.0.1:{port}") as transport:
        error = await failure(proxy.post(transport))

    assert isinstance(error, NotConnectedError)
    assert error.sent is Sent.NO
    assert "the proxy answered 407" in str(error)


async def test_a_proxy_that_hangs_up_before_the_tunnel_stands_did_not_send() -> None:
    proxy = Telegram()
    proxy.url = "https://telegram.invalid/bot"
    proxy.reactions.append(hang_up)
    async with listening(proxy.handle) as port, through(f"http://127.0.0.1:{port}") as transport:
        error = await failure(proxy.post(transport))

    assert isinstance(error, NotConnectedError)
    assert error.sent is Sent.NO
    assert [head.split(" ")[0] for head, _ in proxy.requests] == ["CONNECT"]


async def test_an_error_page_of_a_proxy_shows_no_token() -> None:
    proxy = Telegram()
    proxy.url = "http://telegram.invalid/bot"
    page = f"cannot reach http://telegram.invalid/bot{TOKEN}/sendMessage".encode()
    proxy.reactions.append(answer(page, "503 Service Unavailable"))
    async with listening(proxy.handle) as port, through(f"http://127.0.0.1:{port}") as transport:
        error = await failure(proxy.post(transport))

    assert TOKEN not in str(error)
    assert "/bot[redacted]/sendMessage" in str(error)


async def test_a_socks5_proxy_carries_the_requests(telegram: Telegram) -> None:
    proxy = Socks()
    async with (
        listening(proxy.handle) as port,
        through(f"socks5://reader:p%40ss@127.0.0.1:{port}") as transport,
    ):
        results = [await telegram.post(transport) for _ in range(2)]

    assert results == [True, True]
    assert proxy.logins == [(b"reader", b"p@ss")]
    assert [body for _, body in telegram.requests] == [b'{"chat_id": "1"}'] * 2


@pytest.mark.parametrize(("login", "refuse"), [("reader:wrong", False), ("reader:p%40ss", True)])
async def test_a_socks5_proxy_that_refuses_did_not_send(
    telegram: Telegram, login: str, *, refuse: bool
) -> None:
    async with (
        listening(Socks(refuse=refuse).handle) as port,
        through(f"socks5://{login}@127.0.0.1:{port}") as transport,
    ):
        error = await failure(telegram.post(transport))

    assert isinstance(error, NotConnectedError)
    assert error.sent is Sent.NO
    assert "wrong" not in str(error)
    assert telegram.requests == []


async def test_a_socks5_proxy_that_says_nothing_did_not_send(telegram: Telegram) -> None:
    async with (
        listening(say_nothing) as port,
        through(f"socks5://127.0.0.1:{port}") as transport,
    ):
        error = await failure(telegram.post(transport))

    assert isinstance(error, ConnectTimedOutError)
    assert error.sent is Sent.NO


async def test_a_connection_lost_behind_a_socks5_proxy_may_have_sent(telegram: Telegram) -> None:
    telegram.reactions.append(hang_up)
    async with (
        listening(Socks().handle) as port,
        through(f"socks5://reader:p%40ss@127.0.0.1:{port}") as transport,
    ):
        error = await failure(telegram.post(transport))

    assert isinstance(error, DisconnectedError)
    assert error.sent is Sent.MAYBE


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_that_is_down_did_not_send(
    telegram: Telegram, scheme: str, unused_tcp_port: int
) -> None:
    async with through(f"{scheme}://reader:hush@127.0.0.1:{unused_tcp_port}") as transport:
        error = await failure(telegram.post(transport))

    assert isinstance(error, NotConnectedError)
    assert error.sent is Sent.NO
    assert "hush" not in str(error)


@pytest.mark.parametrize("proxy", ["127.0.0.1:3128", "ftp://reader:hush@127.0.0.1:21", ""])
def test_another_kind_of_proxy_is_refused_without_showing_it(proxy: str) -> None:
    with pytest.raises(ValueError, match=r"^A proxy is written http://") as caught:
        AiohttpRequest(proxy=proxy)

    assert "hush" not in str(caught.value)
