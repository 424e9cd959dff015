"""Running: the databases opened, the story loaded, the application built; and on Telegram."""

import asyncio
import gc
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

import click
from telegram.error import InvalidToken
from telegram.request import BaseRequest

from bot.access import Door
from bot.application import App, build_application
from bot.clock import Clock, living_by, system_clock
from bot.connecting import connect, take_updates
from bot.digest.jobs import Deliverer
from bot.flooding import Flooding, Limit
from bot.metrics import Metrics, Pulse
from bot.pacing import Limits, Pacing
from bot.server import ListenError, showing
from bot.stopping import Stopping
from bot.transport import AiohttpRequest
from bot.watching import Watch
from config.settings import Settings
from store.database import Database
from store.errors import LargeLossError
from store.ingest.loading import MANY, Loader, packaged_summaries
from store.knowledge.schema import open_knowledge
from store.ledger.alone import LOCK_NAME, take_over
from store.ledger.schema import open_ledger
from store.ledger.values import Policy, Rhythm

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
    settings: Settings,
    knowledge: Database,
    published_by: Callable[[], date | None] = lambda: None,
    *,
    apart_from: int | None = None,
) -> Loader:
    """Return what loads the summaries that the settings name."""
    return Loader(
        knowledge=knowledge,
        configured=settings.summaries or packaged_summaries(),
        published_by=published_by,
        apart_from=apart_from,
    )


async def load_at_start(
    loader: Loader, paths: Sequence[Path] | None = None, *, sure: bool = False
) -> None:
    """Load the story; where it is in trouble now and was not before, keep what is known, say so.

    `sure` loads it also where much of what is known is gone.
    """
    trouble = await loader.load_at_start(paths, sure=sure)
    if isinstance(trouble, LargeLossError):
        log.warning("what was known before is kept: %s; /reload asks, or attache ingest", trouble)
    elif trouble is not None:
        problems = "; ".join(map(str, trouble.problems))
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
    flooding: Flooding | None = None,
    deliverer: Deliverer | None = None,
    watch: Watch | None = None,
) -> App:
    """Build the application that the settings describe; without `flooding` all is answered."""
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
        door=Door(access=settings.access, admins=admins, readers=settings.readers),
        flooding=flooding,
        deliverer=deliverer,
        watch=watch,
    )


def flooding_of(settings: Settings, *, rate: float = 1.0) -> Flooding:
    """Return what counts how much each person is answered, by a clock `rate` times as fast."""
    return Flooding(Limit.of(settings.answers_per_minute), now=lambda: time.monotonic() * rate)


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
    stopping = Stopping()
    async with AsyncExitStack() as stack:
        knowledge, ledger = stack.enter_context(open_stores(settings.bot_dir))
        lived = await stack.enter_async_context(living_by(settings.clock_url))

        def transport() -> AiohttpRequest:
            made = AiohttpRequest(proxy=proxy)
            stack.push_async_callback(made.shutdown)  # also where PTB never got to it
            return made

        deliverer = await stack.enter_async_context(
            delivering(settings, ledger, lived.clock, every=lived.tick_every)
        )
        loader = loader_of(settings, knowledge, apart_from=MANY)
        await load_at_start(loader)
        app = application_of(
            settings,
            token=token.get_secret_value(),
            api_url=settings.telegram_api_url,
            transport=transport,
            knowledge=knowledge,
            ledger=ledger,
            loader=loader,
            admins=settings.admins,
            clock=lived.clock,
            pacing=pacing_of(settings, rate=lived.rate),
            flooding=flooding_of(settings, rate=lived.rate),
            deliverer=deliverer,
            watch=Watch(loader=loader, goes_on=settings.watch),
        )
        log.info("connecting to %s; Ctrl-C stops", settings.telegram_api_url)
        stack.push_async_callback(app.shutdown)
        begun = _begin(app, stack, settings, deliverer)
        if await stopping.unless_told(begun):
            await stopping.wait()
        log.info("stopping: what is in flight is finished")
        deliverer.stop()


async def _begin(app: App, stack: AsyncExitStack, settings: Settings, deliverer: Deliverer) -> None:
    # What is here by now stays: looking through it again and again for garbage would hold
    # readers up, 60 ms each time, about once a second while a broadcast runs.
    gc.freeze()
    await connect(app)
    await take_updates(app, stack, settings, on_rival=deliverer.stop)
