"""The bots as processes: ours, as an operator starts it, and those that echo.

Each is run by an environment of its own, with what it needs and nothing else: `make bench`
makes them.
"""

import asyncio
import os
import tempfile
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.speed.floors.server import Line, Telegram

_HERE = Path(__file__).parent
ROOT = _HERE.parents[2]
_PATIENCE = 60.0  # seconds
_FIRST_CHAT = 1_000_000


class BotError(Exception):
    """A bot cannot be run, or something went wrong in it."""


@asynccontextmanager
async def ours(
    telegram: Telegram, line: Line, data: Path, more: Mapping[str, str] | None = None
) -> AsyncIterator[Process]:
    """Run Attaché with what is in the folder `data`, its limits as high as they go.

    `more` are settings that go before these.
    Raises `BotError` at the end where it logged anything.
    """
    command = [python_of("ours"), "-m", "bot", "run"]
    settings = {
        "ATTACHE_TELEGRAM_TOKEN": line.token,
        "ATTACHE_TELEGRAM_API_URL": telegram.url,
        "ATTACHE_DATA_DIR": str(data),
        "ATTACHE_SUMMARIES": str(data / "story"),
        "ATTACHE_HEALTH_LISTEN": "127.0.0.1:0",
        "ATTACHE_LOG_LEVEL": "WARNING",
        "ATTACHE_ANSWERS_PER_MINUTE": "10000",
        "ATTACHE_MESSAGES_PER_SECOND": "10000",
        "ATTACHE_SECONDS_BETWEEN_MESSAGES": "0.0001",
    }
    async with _running(command, settings | dict(more or {})) as bot:
        yield bot


@asynccontextmanager
async def echo(telegram: Telegram, line: Line, library: str) -> AsyncIterator[Process]:
    """Run the smallest echo bot of `library`, ptb or aiogram."""
    command = [python_of(library), str(_HERE / f"{library}_echo.py"), telegram.url, line.token]
    async with _running(command, {}) as bot:
        yield bot


def python_of(environment: str) -> str:
    """Return the Python of an environment: ours, ptb or aiogram."""
    python = ROOT / ".venv" / "floors" / environment / "bin" / "python"
    if not python.exists():
        raise BotError(f"{python} is missing: make bench makes it.")
    return str(python)


async def warm(line: Line, *texts: str) -> None:
    """Return once the bot of `line` has answered each of `texts` a few times."""
    for number in range(5):
        for text in texts:
            await line.ask(_FIRST_CHAT + number, text)


@asynccontextmanager
async def _running(command: Sequence[str], settings: Mapping[str, str]) -> AsyncIterator[Process]:
    """Run a bot until the end of the block."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **settings}
    with tempfile.TemporaryFile() as log:
        bot = await asyncio.create_subprocess_exec(
            *command, env=environment, cwd=ROOT, stdout=log, stderr=log
        )
        try:
            yield bot
        finally:
            if bot.returncode is None:
                bot.terminate()
            await asyncio.wait_for(bot.wait(), _PATIENCE)
            log.seek(0)
            said = log.read().decode()
            if settings and said:
                raise BotError(said[-3000:])
