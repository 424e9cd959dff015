"""The bot as a process of its own, and a sandbox in the test's that it talks to over HTTP."""

import asyncio
import os
import signal
import socket
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.sandbox.cast import ADMIN_ID, made_up_cast
from bot.sandbox.clock import SandboxClock
from bot.sandbox.control import Control
from bot.sandbox.limits import Limits
from bot.sandbox.server import build_server_app, serving
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram

PATIENCE = 20.0  # seconds for what takes well under one


@dataclass(slots=True, kw_only=True)
class World:
    """A sandbox over HTTP, and the bot's process beside it."""

    telegram: Telegram
    clock: SandboxClock
    url: str
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    process: Process | None = None

    async def start(self, **settings: str) -> None:
        """Start the bot's process."""
        self.settings |= settings
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "ATTACHE_TELEGRAM_TOKEN": SANDBOX_TOKEN,
            "ATTACHE_TELEGRAM_API_URL": self.url,
            "ATTACHE_CLOCK_URL": f"{self.url}/control/clock",
            "ATTACHE_DATA_DIR": str(self.folder / "data"),
            "ATTACHE_ADMINS": str(ADMIN_ID),
            **{f"ATTACHE_{name.upper()}": value for name, value in self.settings.items()},
        }
        with (self.folder / "log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=environment, cwd=_ROOT, stderr=log
            )

    async def end(self, how: signal.Signals) -> int:
        """End the bot's process; return its exit status."""
        assert self.process is not None
        self.process.send_signal(how)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    def log(self) -> str:
        """Return what the process wrote on standard error."""
        return (self.folder / "log").read_text()

    def answers(self, chat: int) -> list[dict[str, Any]]:
        """Return the bot's messages in a chat."""
        return [m for m in self.telegram.transcript(chat) if m["from"]["is_bot"]]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; fail with the process's log where it does not."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, self.log()
            await asyncio.sleep(0.02)


_ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def world(folder: Path, *, begins: datetime | None = None) -> AsyncIterator[World]:
    """Open a sandbox over HTTP; end the process that was started beside it."""
    clock = SandboxClock(seconds=time.monotonic, started=begins or datetime.now(UTC))
    telegram = Telegram(clock=clock, limits=Limits(enabled=False))
    control = Control(telegram=telegram, clock=clock, cast=made_up_cast(telegram), replay=None)
    app = build_server_app(telegram, control.routes())
    app.on_shutdown.append(control.close)
    async with serving(app, port=0) as url:
        opened = World(telegram=telegram, clock=clock, url=url, folder=folder)
        try:
            yield opened
        finally:
            if opened.process is not None and opened.process.returncode is None:
                await opened.end(signal.SIGKILL)


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
