"""Raw loopback servers for the tests of the transport: they can do what no HTTP library would."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

import pytest
from telegram.error import TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.transport import AiohttpRequest, Timeouts

TOKEN = "123456789:AAHfiqksKZ8WmR2zSjiQ7_v4TMAKdiHm9T0"
YES = b'{"ok":true,"result":true}'
QUICK = Timeouts(connect=0.3, read=0.3, write=0.3, media_write=0.3, pool=0.1)

Reader: TypeAlias = asyncio.StreamReader
Writer: TypeAlias = asyncio.StreamWriter
Reaction = Callable[[Reader, Writer], Awaitable[None]]


@asynccontextmanager
async def listening(handler: Reaction) -> AsyncIterator[int]:
    """Serve raw connections on a loopback port; hang up on all of them at the end."""
    writers: list[Writer] = []

    async def handle(reader: Reader, writer: Writer) -> None:
        writers.append(writer)
        try:
            await handler(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()
        await asyncio.sleep(0.01)


class Telegram:
    """A server with a history of requests and a queue of reactions; it answers yes without one."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, bytes]] = []
        self.reactions: list[Reaction] = []
        self.connections: list[Writer] = []
        self.url = ""

    async def handle(self, reader: Reader, writer: Writer) -> None:
        self.connections.append(writer)
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            if self.reactions and self.reactions[0] is take_nothing:
                await take_nothing(reader, writer)
            length = re.search(r"Content-Length: (\d+)", head)
            body = await reader.readexactly(int(length[1])) if length else b""
            self.requests.append((head, body))
            reaction = self.reactions.pop(0) if self.reactions else answer(YES)
            await reaction(reader, writer)

    async def post(self, transport: AiohttpRequest, method: str = "sendMessage") -> object:
        data = RequestData([RequestParameter.from_input("chat_id", 1)])
        return await transport.post(f"{self.url}{TOKEN}/{method}", data)


def answer(body: bytes, status: str = "200 OK", *, after: float = 0) -> Reaction:
    async def react(_: Reader, writer: Writer) -> None:
        await asyncio.sleep(after)
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    return react


def cut_off_after(part: bytes) -> Reaction:
    async def react(_: Reader, writer: Writer) -> None:
        writer.write(part)
        await writer.drain()
        writer.close()

    return react


async def say_nothing(reader: Reader, _: Writer) -> None:
    await reader.read()


async def take_nothing(_: Reader, writer: Writer) -> None:
    await writer.wait_closed()


async def reset(_: Reader, writer: Writer) -> None:
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    writer.transport.abort()


hang_up = cut_off_after(b"")
cut_short = cut_off_after(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
no_http = cut_off_after(b"SSH-2.0-nonsense\r\n\r\n")


async def failure(request: Awaitable[object]) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await request
    return caught.value
