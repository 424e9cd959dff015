import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.health import complaint
from config.fields import Listen
from tests.e2e.processes import free_port


@asynccontextmanager
async def answering(status: int, text: str) -> AsyncIterator[Listen]:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, text=text)

    served = web.Application()
    served.add_routes([web.get("/healthz", answer)])
    runner = web.AppRunner(served)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield Listen("127.0.0.1", runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def asked(listen: Listen) -> tuple[int, str]:
    """Ask as the image's HEALTHCHECK does."""
    environ = {"PATH": os.environ["PATH"], "ATTACHE_HEALTH_LISTEN": str(listen)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.health", env=environ, stderr=subprocess.PIPE
    )
    _, said = await process.communicate()
    return process.returncode or 0, said.decode().strip()


async def test_a_bot_that_says_it_is_well_is_well() -> None:
    async with answering(200, "last tick 3 s ago\n") as listen:
        assert await asked(listen) == (0, "")


async def test_a_bot_that_says_it_is_not_well_is_not() -> None:
    async with answering(503, "last tick 400 s ago\n") as listen:
        assert await asked(listen) == (1, "the bot is not well: last tick 400 s ago")


async def test_a_bot_that_does_not_answer_is_not_well() -> None:
    listen = Listen("127.0.0.1", free_port())
    status, said = await asked(listen)
    assert (status, said.startswith("nobody answers at ATTACHE_HEALTH_LISTEN")) == (1, True)


def test_a_bot_that_listens_everywhere_is_asked_on_loopback() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.listen()
        port = int(server.getsockname()[1])
    said = complaint(Listen("0.0.0.0", port))  # noqa: S104 (nobody listens there)
    assert said is not None
    assert "Connection refused" in said


@pytest.mark.parametrize("listen", ["8081", "somewhere"])
def test_wrong_settings_are_named(listen: str) -> None:
    environ = {"PATH": os.environ["PATH"], "ATTACHE_HEALTH_LISTEN": listen}
    done = subprocess.run(
        [sys.executable, "-m", "bot.health"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "ATTACHE_HEALTH_LISTEN" in done.stderr) == (1, True)
