"""The jobs of the scheduler: the tick, which plans, and the broadcast, which sends."""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes

from bot.digest.broadcast import Broadcast
from bot.digest.sender import Sender
from bot.digest.tick import Tick
from bot.locales import language_of, speaking
from bot.messages import delivery as say
from bot.messages.message import Links, Message
from bot.metrics import Metrics
from store.database import Database
from store.errors import StoreError
from store.ledger import languages
from store.ledger.alone import LostOwnershipError
from store.ledger.backup import back_up
from store.ledger.values import Policy

# However late a run is, it is made, once, and never beside another: what is due is in the
# ledger, not in the scheduler.
_JOB = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
# For a run that takes many beats, and for which `_alone` sees that it is never beside another:
# the scheduler would warn at each of these beats.
_LONG_JOB = _JOB | {"max_instances": 2}

_Context = ContextTypes.DEFAULT_TYPE
_Run = Callable[[_Context], Coroutine[Any, Any, None]]

_BACKUP_EVERY = timedelta(days=1)
_FIRST_BACKUP = timedelta(minutes=10)  # not at once: a bot that dies at its start makes none

log = logging.getLogger("attache.digest")


@dataclass(slots=True, kw_only=True)
class Deliverer:
    """Plans and sends what is owed, as the one process of `epoch`, from its beginning on.

    Nothing is planned while `still` is held.
    """

    ledger: Database
    clock: Callable[[], datetime]
    every: timedelta
    epoch: int
    policy: Policy
    metrics: Metrics
    still: asyncio.Lock = field(default_factory=asyncio.Lock)
    _broadcast: Broadcast | None = field(default=None, init=False)

    async def begin(
        self, app: Application[Any, Any, Any, Any, Any, Any], tick: Tick, admins: frozenset[int]
    ) -> None:
        """Settle what a crash left, tell the admins, and have `app` plan and send."""
        if app.job_queue is None:
            raise RuntimeError("the application has no job queue")
        broadcast = self._broadcast = Broadcast(
            ledger=self.ledger,
            sender=Sender(
                bot=app.bot,
                clock=self.clock,
                jitter=random.random,
                failed=self.metrics.telegram_failed,
            ),
            clock=self.clock,
            epoch=self.epoch,
            policy=self.policy,
        )
        if parts := await broadcast.recover():
            resent = self.policy is Policy.RESEND
            await tell_admins(app, self.ledger, admins, lambda: say.uncertain(parts, resent=resent))

        async def plan(context: ContextTypes.DEFAULT_TYPE) -> None:
            try:
                async with self.still:
                    await tick(Links(context.bot.username))
            except StoreError as broken:
                log.critical("no edition is planned until this is mended: %s", broken)
            else:
                self.metrics.pulse.beat()

        async def send(context: ContextTypes.DEFAULT_TYPE) -> None:
            try:
                await broadcast()
            except* InvalidToken:
                log.critical("Telegram refuses the token: nothing is sent until the bot restarts")
                sending.schedule_removal()
            except* LostOwnershipError as lost:
                log.critical("%s", lost.exceptions[0])
                sending.schedule_removal()
            except* StoreError as broken:
                log.critical("nothing is sent until this is mended: %s", broken.exceptions[0])
            del context

        app.job_queue.run_repeating(
            _alone(plan), self.every, first=0, name="tick", job_kwargs=_LONG_JOB
        )
        sending = app.job_queue.run_repeating(
            _alone(send), self.every, first=0, name="broadcast", job_kwargs=_LONG_JOB
        )
        app.job_queue.run_repeating(
            self._back_up, _BACKUP_EVERY, first=_FIRST_BACKUP, name="backup", job_kwargs=_JOB
        )

    async def _back_up(self, context: ContextTypes.DEFAULT_TYPE) -> None:  # noqa: ARG002 (a job)
        """Copy the ledger beside itself; a copy that cannot be made stops nothing else."""
        folder = self.ledger.path.parent / "backups"
        try:
            made = await asyncio.to_thread(back_up, self.ledger, folder, now=datetime.now(UTC))
        except StoreError as broken:
            log.error("no backup of the ledger was made: %s", broken)  # noqa: TRY400 (its words say it)
        else:
            log.info("the ledger was copied to %s", made)

    def stop(self) -> None:
        """Send nothing more than what is in flight."""
        if self._broadcast is not None:
            self._broadcast.stop()


def _alone(run: _Run) -> _Run:
    """Leave out the beats at which the last run still goes on."""
    busy = asyncio.Lock()

    async def run_alone(context: _Context) -> None:
        if not busy.locked():
            async with busy:
                await run(context)

    return run_alone


async def tell_admins(
    app: Application[Any, Any, Any, Any, Any, Any],
    ledger: Database,
    admins: frozenset[int],
    compose: Callable[[], Message],
) -> None:
    """Tell each admin, in the admin's language where it is known; log who cannot be reached."""
    for admin in sorted(admins):
        with speaking(language_of(await ledger.read(languages.code_for, admin))):
            message = compose()
        try:
            await app.bot.send_message(
                admin, message.text, entities=message.entities, reply_markup=message.markup
            )
        except TelegramError as error:
            log.warning("admin %d was not told: %s", admin, error)
