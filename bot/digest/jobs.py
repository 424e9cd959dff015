"""The two jobs of the scheduler: the tick, which plans, and the broadcast, which sends."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from telegram.error import InvalidToken
from telegram.ext import Application, ContextTypes

from bot.digest.broadcast import Broadcast
from bot.digest.sender import Sender
from bot.digest.tick import Tick
from bot.messages.message import Links
from store.database import Database

# However late a run is, it is made, once, and never beside another: what is due is in the
# ledger, not in the scheduler.
_JOB = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}

log = logging.getLogger("attache.digest")


async def deliver(
    app: Application[Any, Any, Any, Any, Any, Any],
    *,
    tick: Tick,
    ledger: Database,
    clock: Callable[[], datetime],
    every: timedelta,
) -> None:
    """Have `app` plan and send digests from its start on; settle first what a crash left."""
    if app.job_queue is None:
        raise RuntimeError("the application has no job queue")
    broadcast = Broadcast(ledger=ledger, sender=Sender(bot=app.bot, clock=clock), clock=clock)
    await broadcast.recover()

    async def plan(context: ContextTypes.DEFAULT_TYPE) -> None:
        await tick(Links(context.bot.username))

    async def send(context: ContextTypes.DEFAULT_TYPE) -> None:  # noqa: ARG001 (a job's callback)
        try:
            await broadcast()
        except* InvalidToken:
            log.critical("Telegram refuses the token: no digest is sent until the bot restarts")
            job.enabled = False

    app.job_queue.run_repeating(plan, every, first=0, name="tick", job_kwargs=_JOB)
    job = app.job_queue.run_repeating(send, every, first=0, name="broadcast", job_kwargs=_JOB)
