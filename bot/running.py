"""Running: the databases opened, the story loaded, the application built; and on Telegram."""

import asyncio
import logging
import signal
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.application import ALLOWED_UPDATES, App, build_application
from bot.clock import Clock, FollowedClock, system_clock
from bot.digest.jobs import Deliverer
from bot.metrics import Metrics, Pulse
from bot.pacing import Limits, Pacing
from bot.server import ListenError, receiving, showing, webhook_secret
from bot.transport import AiohttpRequest
from config.settings import Settings
from store.database import Database
from store.ingest.loading import Loader, packaged_summaries
from store.knowledge.schema import open_knowledge
from store.ledger.alone import LOCK_NAME, take_over
from store.ledger.schema import open_ledger
from store.ledger.values import Policy, Rhythm

_TICK_EVERY = timedelta(seconds=15)
_FOLLOWED_TICK_EVERY = timedelta(seconds=0.5)
_FOLLOW_EVERY = 0.25  # seconds
_LONGEST_RIVALRY = 60.0  # seconds of another poller, before nothing is sent any more
_RIVALRY_ENDS = 40.0  # seconds without another, after which it counts as gone
_FIRST_WAIT, _LONGEST_WAIT = 1, 60  # seconds

log = logging.getLogger("attache")


@contextmanager
def open_stores(folder: Path) -> Iterator[tuple[Database, Database]]:
    """Open the knowledge and the ledger in `folder`, its owner's alone; close them at the end."""
    with suppress(OSError):  # the store says what is wrong with a folder
        for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
            missing.mkdir(mode=0o700, exist_ok=True)
    knowledge = open_knowledge(folder / "knowledge.db")
    try:
        debts = open_ledger(folder / "ledger.db")
        try:
            yield knowledge, debts
        finally:
            debts.close()
    finally:
        knowledge.close()


def loader_of(
    settings: Settings, knowledge: Database, published_by: Callable[[], date | None] = lambda: None
) -> Loader:
    """Return what loads the summaries that the settings name."""
    return Loader(
        knowledge=knowledge,
        configured=settings.summaries or packaged_summaries(),
        published_by=published_by,
    )


async def load_at_start(loader: Loader, paths: Sequence[Path] | None = None) -> None:
    """Load the story; where it is broken now and was not before, keep what is known and say so."""
    if broken := await loader.load_at_start(paths):
        problems = "; ".join(map(str, broken.problems))
        log.warning("broken summaries, so what was known before is kept: %s", problems)


async def paths_of_the_bot(settings: Settings) -> tuple[Path, ...] | None:
    """Return where the bot of these settings reads its story from, if it has read one."""
    file = settings.bot_dir / "knowledge.db"
    if not file.exists():
        return None
    knowledge = open_knowledge(file, readers=1)
    try:
        return await loader_of(settings, knowledge).paths()
    finally:
        knowledge.close()


def application_of(  # noqa: PLR0913 (each is one thing that it is built of)
    settings: Settings,
    *,
    token: str,
    api_url: str,
    transport: Callable[[], BaseRequest],
    knowledge: Database,
    ledger: Database,
    loader: Loader,
    admins: frozenset[int],
    clock: Clock,
    pacing: Pacing | None = None,
    deliverer: Deliverer | None = None,
) -> App:
    """Build the application that the settings describe."""
    return build_application(
        token=token,
        api_url=api_url,
        transport=transport,
        knowledge=knowledge,
        ledger=ledger,
        loader=loader,
        admins=admins,
        rhythm=Rhythm(at=settings.digest_time, zone=settings.timezone.key),
        pacing=pacing or pacing_of(settings),
        clock=clock,
        deliverer=deliverer,
    )


def pacing_of(settings: Settings, *, rate: float = 1.0) -> Pacing:
    """Return the pacing that the settings ask for, by a clock that runs `rate` times as fast."""

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds / rate)

    return Pacing(
        Limits(
            all_per_second=settings.messages_per_second,
            chat_per_second=1 / settings.seconds_between_messages,
            group_per_minute=settings.messages_per_minute_to_group,
        ),
        now=lambda: time.monotonic() * rate,
        sleep=sleep,
    )


@asynccontextmanager
async def delivering(
    settings: Settings, ledger: Database, clock: Clock, *, every: timedelta
) -> AsyncIterator[Deliverer]:
    """Be the one process that sends from `ledger`; serve its health; stop sending at the end.

    Raises `AloneError` where another process is.
    """
    async with AsyncExitStack() as stack:
        lock = settings.bot_dir / LOCK_NAME
        owned = await stack.enter_async_context(take_over(lock, ledger, now=system_clock()))
        metrics = Metrics(ledger=ledger, clock=clock, pulse=Pulse(clock=system_clock))
        await stack.enter_async_context(showing(metrics, settings.health_listen))
        yield Deliverer(
            ledger=ledger,
            clock=clock,
            every=every,
            epoch=owned.epoch,
            policy=Policy(settings.uncertain),
            metrics=metrics,
        )


def run_on_telegram(settings: Settings) -> None:
    """Load the summaries, connect, and answer until SIGINT or SIGTERM."""
    try:
        asyncio.run(_run(settings))
    except InvalidToken:
        raise click.ClickException(
            "ATTACHE_TELEGRAM_TOKEN: Telegram refuses this token. Get the right one from "
            "@BotFather (/mybots, API Token)."
        ) from None
    except ListenError as error:
        raise click.ClickException(str(error)) from error


async def _run(settings: Settings) -> None:
    token = settings.telegram_token
    if token is None:
        raise ValueError("no token")
    proxy = settings.proxy.get_secret_value() if settings.proxy else None
    async with AsyncExitStack() as stack:
        knowledge, ledger = stack.enter_context(open_stores(settings.bot_dir))
        loader = loader_of(settings, knowledge)
        await load_at_start(loader)
        clock, every, rate = await _time(settings, stack)

        def transport() -> AiohttpRequest:
            made = AiohttpRequest(proxy=proxy)
            stack.push_async_callback(made.shutdown)  # also where PTB never got to it
            return made

        deliverer = await stack.enter_async_context(
            delivering(settings, ledger, clock, every=every)
        )
        app = application_of(
            settings,
            token=token.get_secret_value(),
            api_url=settings.telegram_api_url,
            transport=transport,
            knowledge=knowledge,
            ledger=ledger,
            loader=loader,
            admins=settings.admins,
            clock=clock,
            pacing=pacing_of(settings, rate=rate),
            deliverer=deliverer,
        )
        log.info("connecting to %s; Ctrl-C stops", settings.telegram_api_url)
        if not await until_stopped(_connect(app)):
            return
        stack.push_async_callback(app.shutdown)
        await start(app, stack, settings, deliverer)
        await until_stopped(asyncio.Event().wait())
        log.info("stopping: what is in flight is finished")
        deliverer.stop()


async def start(app: App, stack: AsyncExitStack, settings: Settings, deliverer: Deliverer) -> None:
    """Have the connected `app` take updates, by webhook or by polling; `stack` stops it."""
    if app.post_init is not None:
        await app.post_init(app)
    if settings.webhook_url:
        listen = settings.listen
        where = await stack.enter_async_context(
            receiving(app, url=settings.webhook_url, host=listen.host, port=listen.port)
        )
        await app.bot.set_webhook(
            settings.webhook_url,
            allowed_updates=ALLOWED_UPDATES,
            secret_token=webhook_secret(app.bot.token),
        )
        log.info("updates arrive on %s", where)
    elif app.updater is not None:
        await app.updater.start_polling(
            allowed_updates=ALLOWED_UPDATES,
            bootstrap_retries=-1,
            error_callback=Rivalry(stop=deliverer.stop, seconds=time.monotonic),
        )
        stack.push_async_callback(app.updater.stop)
    await app.start()
    stack.push_async_callback(app.stop)
    log.info("@%s answers", app.bot.username)


@dataclass(slots=True, kw_only=True)
class Rivalry:
    """Hears of the errors of polling; stops sending where another bot polls for a minute.

    Telegram gives updates to one poller at a time (409): two copies with one token
    on two machines would send everything twice.
    """

    stop: Callable[[], None]
    seconds: Callable[[], float]
    _since: float | None = None
    _last: float = 0.0

    def __call__(self, error: TelegramError) -> None:
        """Take note of an error."""
        if not isinstance(error, Conflict):
            log.warning("Telegram does not give updates: %s", error)
            return
        now = self.seconds()
        if self._since is None or now - self._last > _RIVALRY_ENDS:
            self._since = now
        self._last = now
        log.error("another bot polls with this token: %s", error)
        if now - self._since >= _LONGEST_RIVALRY:
            log.critical("another bot polls with this token: this one sends no more digests")
            self.stop()


async def _connect(app: App) -> None:
    """Wait for Telegram: a network that is down at the start is like one that goes down later."""
    wait = _FIRST_WAIT
    while True:
        try:
            await app.initialize()
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("Telegram does not answer (%s); again in %d s", error, wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
        else:
            return


async def _time(settings: Settings, stack: AsyncExitStack) -> tuple[Clock, timedelta, float]:
    """Return the clock to live by, how often to tick, and how fast the clock runs."""
    if settings.clock_url is None:
        return system_clock, _TICK_EVERY, 1.0
    followed = FollowedClock(url=settings.clock_url)
    await followed.refresh()
    following = stack.enter_context(_background(_follow(followed)))
    log.info("living by the clock at %s (%s)", settings.clock_url, following.get_name())
    return followed, _FOLLOWED_TICK_EVERY, followed.rate or 1.0


async def _follow(clock: FollowedClock) -> None:
    while True:
        await asyncio.sleep(_FOLLOW_EVERY)
        await clock.refresh()


@contextmanager
def _background(work: Coroutine[Any, Any, None]) -> Iterator[asyncio.Task[None]]:
    task = asyncio.ensure_future(work)
    try:
        yield task
    finally:
        task.cancel()


async def until_stopped(work: Coroutine[Any, Any, object]) -> bool:
    """Do `work` until it is done or SIGINT or SIGTERM comes; tell whether it was done."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    doing, waiting = asyncio.ensure_future(work), asyncio.ensure_future(stopped.wait())
    try:
        await asyncio.wait({doing, waiting}, return_when=asyncio.FIRST_COMPLETED)
        done = doing.done()
        if done:
            doing.result()
        return done
    finally:
        doing.cancel()
        waiting.cancel()
        await asyncio.gather(doing, waiting, return_exceptions=True)
