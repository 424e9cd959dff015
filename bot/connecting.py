"""Connecting to Telegram: waiting for it, taking updates by polling or webhook, rivals."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.application import ALLOWED_UPDATES, App
from bot.server import receiving, webhook_secret
from config.settings import Settings

_LONGEST_RIVALRY = 60.0  # seconds of another poller, before nothing is sent any more
_RIVALRY_ENDS = 40.0  # seconds without another, after which it counts as gone
_FIRST_WAIT, _LONGEST_WAIT = 1, 60  # seconds

log = logging.getLogger("attache")


async def connect(app: App) -> None:
    """Wait until Telegram knows the bot; what `app` opened is closed by `app.shutdown`."""
    await _until_it_answers(app.initialize)


async def take_updates(
    app: App, stack: AsyncExitStack, settings: Settings, *, on_rival: Callable[[], None]
) -> None:
    """Have the connected `app` answer, by webhook or by polling; `stack` stops it.

    `on_rival` is called where another bot has polled with the same token for a minute.
    """
    if app.post_init is not None:
        await app.post_init(app)
    await app.start()
    stack.push_async_callback(app.stop)
    if app.job_queue is not None:
        # `stop` waits for the jobs that run, and would break off one that began meanwhile.
        stack.callback(app.job_queue.scheduler.pause)
    if settings.webhook_url:
        await _by_webhook(app, stack, settings)
    elif app.updater is not None:
        rivalry = Rivalry(found=on_rival, seconds=time.monotonic)
        await app.updater.start_polling(
            allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1, error_callback=rivalry
        )
        stack.push_async_callback(app.updater.stop)
    log.info("@%s answers", app.bot.username)


async def _by_webhook(app: App, stack: AsyncExitStack, settings: Settings) -> None:
    url, listen = settings.webhook_url or "", settings.listen
    where = await stack.enter_async_context(
        receiving(app, url=url, host=listen.host, port=listen.port)
    )

    async def set_webhook() -> None:
        await app.bot.set_webhook(
            url, allowed_updates=ALLOWED_UPDATES, secret_token=webhook_secret(app.bot.token)
        )

    await _until_it_answers(set_webhook)
    log.info("updates arrive on %s", where)


async def _until_it_answers(ask: Callable[[], Awaitable[None]]) -> None:
    """Ask until Telegram answers: a network that is down at the start may come up later."""
    wait = _FIRST_WAIT
    while True:
        try:
            await ask()
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("Telegram does not answer (%s); again in %d s", error, wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
        else:
            return


@dataclass(slots=True, kw_only=True)
class Rivalry:
    """Hears of the errors of polling, and finds out where another bot polls for a minute.

    Telegram gives updates to one poller at a time (409): two copies with one token
    on two machines would send everything twice.
    """

    found: Callable[[], None]
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
            self.found()
