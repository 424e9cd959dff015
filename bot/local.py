"""The bot with a Telegram of its own on this machine: the sandbox, served with its page."""

import asyncio
import json
import logging
import time
import webbrowser
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import click
from aiohttp import web

from bot.connecting import take_updates
from bot.replay import StoryReplay
from bot.running import (
    application_of,
    delivering,
    flooding_of,
    load_at_start,
    loader_of,
    open_stores,
)
from bot.sandbox import snapshot
from bot.sandbox.cast import Cast, made_up_cast
from bot.sandbox.clock import SandboxClock
from bot.sandbox.control import Control
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.page_routes import page_routes
from bot.sandbox.server import build_server_app, serving
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.stopping import Stopping
from bot.watching import Watch
from config.settings import Settings
from store.ingest.loading import MANY
from store.ledger.values import Rhythm

T = TypeVar("T")

_SAVE_EVERY = 5.0  # seconds
_TICK_EVERY = timedelta(seconds=1)  # so that a digest follows a jump of the clock at once
_MOVED = timedelta(minutes=1)
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

log = logging.getLogger("attache")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the sandbox keeps in a folder: its chats, and its clock where somebody moved that."""

    folder: Path
    telegram: Telegram
    clock: SandboxClock
    cast: Cast
    replaying: bool

    @classmethod
    def open(cls, folder: Path) -> "Kept":
        """Open the sandbox as it was left in `folder`, or a new one."""
        read = _read(folder / "clock.json", json.loads) or {}
        hour = datetime.fromisoformat(read["now"]) if "now" in read else datetime.now(UTC)
        clock = SandboxClock(seconds=time.monotonic, started=hour)
        world = _read(folder / "chats.json", snapshot.from_json)
        telegram = Telegram(clock=clock, world=world)
        return cls(
            folder=folder,
            telegram=telegram,
            clock=clock,
            cast=made_up_cast(telegram),
            replaying=bool(read.get("replaying")),
        )

    def served(self, story: StoryReplay | None, *, zone: str) -> web.Application:
        """Return the sandbox as a web server: Bot API, control API and page."""
        control = Control(
            telegram=self.telegram, clock=self.clock, cast=self.cast, replay=story, zone=zone
        )
        served = build_server_app(self.telegram, control.routes(), page_routes())
        served.on_shutdown.append(control.close)
        return served

    async def keep(self, story: StoryReplay | None = None) -> None:
        """Write down what happens, every few seconds and at the end, until cancelled."""
        saved = -1
        try:
            while True:
                saved = self._save(saved, story)
                await asyncio.sleep(_SAVE_EVERY)
        finally:
            self._save(saved, story)

    def _save(self, saved: int, story: StoryReplay | None) -> int:
        if saved != self.telegram.feed.sequence:
            _write(self.folder / "chats.json", snapshot.to_json(self.telegram.world))
        now = self.clock.now()
        moved = abs(now - datetime.now(UTC)) > _MOVED
        clock = {"replaying": story is not None and story.replaying}
        told = clock | {"now": now.isoformat()} if moved else clock
        _write(self.folder / "clock.json", json.dumps(told).encode())
        return self.telegram.feed.sequence


def run_here(settings: Settings, *, browser: bool) -> None:
    """Serve the sandbox with the bot in it, and open its page, until SIGINT or SIGTERM."""
    asyncio.run(_run_here(settings, browser=browser))


async def _run_here(settings: Settings, *, browser: bool) -> None:
    listen, stopping = settings.sandbox_listen, Stopping()
    async with AsyncExitStack() as stack:
        knowledge, ledger = stack.enter_context(open_stores(settings.bot_dir))
        kept = Kept.open(settings.bot_dir)
        story = StoryReplay(
            clock=kept.clock,
            rhythm=Rhythm(at=settings.digest_time, zone=settings.timezone.key),
            ledger=ledger,
            replaying=kept.replaying,
        )
        deliverer = await stack.enter_async_context(
            delivering(settings, ledger, kept.clock.now, every=_TICK_EVERY)
        )
        loader = loader_of(settings, knowledge, story.published_by, apart_from=MANY)
        await load_at_start(loader)
        await story.follow(loader)
        app = application_of(
            settings,
            token=SANDBOX_TOKEN,
            api_url="http://sandbox",
            transport=lambda: InProcessRequest(kept.telegram),
            knowledge=knowledge,
            ledger=ledger,
            loader=loader,
            admins=settings.admins | {kept.cast.admin_id},
            clock=kept.clock.now,
            flooding=flooding_of(settings),
            deliverer=deliverer,
            watch=Watch(
                loader=loader, goes_on=settings.watch, reloaded=lambda: story.follow(loader)
            ),
        )
        served = kept.served(story, zone=settings.timezone.key)
        url = await stack.enter_async_context(serving(served, listen.host, listen.port))
        await stack.enter_async_context(app)
        polling = settings.model_copy(update={"webhook_url": None})
        await take_updates(app, stack, polling, on_rival=deliverer.stop)
        if settings.sandbox_listen.host not in _LOOPBACK:
            click.echo("Whoever reaches this address can speak as anybody here.", err=True)
        click.echo(
            f"Attaché is at {url}/ : message it there, in the browser. Ctrl-C stops it.\n"
            "To have it on Telegram: get a token from @BotFather, set ATTACHE_TELEGRAM_TOKEN.\n"
            "To have it in this terminal: attache chat"
        )
        if browser:
            webbrowser.open(f"{url}/")
        await stopping.unless_told(kept.keep(story))
        deliverer.stop()
        click.echo("Stopped.")


def run_alone(settings: Settings) -> None:
    """Serve the sandbox without a bot in it, until SIGINT or SIGTERM."""
    asyncio.run(_run_alone(settings))


async def _run_alone(settings: Settings) -> None:
    listen = settings.sandbox_listen
    kept = Kept.open(settings.data_dir / "sandbox-alone")
    served = kept.served(None, zone=settings.timezone.key)
    async with serving(served, listen.host, listen.port) as url:
        click.echo(
            f"Page      {url}/\nControl   {url}/control/\n"
            f"Bot API   {url}/bot<token>/<method>, with the token {SANDBOX_TOKEN}\nCtrl-C stops."
        )
        await Stopping().unless_told(kept.keep())


def _read(file: Path, read: Callable[[bytes], T]) -> T | None:
    """Read `file`, or None where there is none that can be read: it is made-up chats only."""
    try:
        return read(file.read_bytes())
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        log.warning("%s cannot be read (%s); the sandbox begins anew", file, error)
        return None


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.write_bytes(content)
    draft.rename(file)
