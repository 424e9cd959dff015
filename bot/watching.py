"""Watching the folder of summaries: reloading by itself, and telling the admins of it.

A folder is looked at about every second, more seldom the longer a look takes, and is read
once it has been quiet. What is told is told once for each state of the folder.
"""

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram.ext import Application, ContextTypes

from bot.commands.admin import in_log
from bot.digest.jobs import tell_admins
from bot.messages import admin as say
from bot.messages.message import Message
from store.database import Database
from store.errors import BrokenSummariesError, LargeLossError, StoreError
from store.ingest.loading import Loader
from store.ingest.watching import Watched
from store.knowledge.changes import Diff

App = Application[Any, Any, Any, Any, Any, Any]

_EVERY = timedelta(seconds=1)
_SHARE = 20  # a look takes at most so small a part of the time
_AGAIN = 60.0  # seconds, after a store that could not be written
# A beat that comes while the last run goes on ends at once; the scheduler need not warn of it.
_JOB = {"misfire_grace_time": None, "coalesce": True, "max_instances": 2}

log = logging.getLogger("attache.watching")


async def _nothing() -> None:
    """Do nothing more after a reload."""


@dataclass(slots=True, kw_only=True)
class Watch:
    """Keeps the knowledge equal to the files; with `goes_on` false only as they are at the start.

    What was in trouble at the start is told then in either case.
    """

    loader: Loader
    goes_on: bool = True
    reloaded: Callable[[], Awaitable[None]] = _nothing
    seconds: Callable[[], float] = time.monotonic
    _watched: Watched = field(default_factory=Watched, init=False)
    _not_before: float = field(default=0.0, init=False)
    _busy: bool = field(default=False, init=False)

    def begin(self, app: App, ledger: Database, admins: frozenset[int]) -> None:
        """Have `app` look from now on, and tell `admins`."""
        if app.job_queue is None:
            raise RuntimeError("the application has no job queue")

        async def tell(compose: Callable[[], Message]) -> None:
            await tell_admins(app, ledger, admins, compose)

        async def look(context: ContextTypes.DEFAULT_TYPE) -> None:
            del context
            if self._busy or self.seconds() < self._not_before:
                return
            self._busy = True
            try:
                await self.look(tell)
            finally:
                self._busy = False
            if self._watched.handled and not self.goes_on:
                job.schedule_removal()

        job = app.job_queue.run_repeating(look, _EVERY, first=0, name="watch", job_kwargs=_JOB)

    async def look(self, tell: Callable[[Callable[[], Message]], Awaitable[None]]) -> None:
        """Look once; where the folder has changed and been quiet since, load it and `tell`."""
        try:
            begun = self.seconds()
            look = await self.loader.look()
            now = self.seconds()
            self._not_before = now + (now - begun) * _SHARE
            self._watched = self._watched.looks(look.mark, now)
            if not self._watched.is_due(now):
                return
            message = await self._load(look.mark)
        except StoreError as error:
            log.error("not reloaded: %s", error)  # noqa: TRY400 (the words say what to mend)
            self._not_before = self.seconds() + _AGAIN
            return
        except Exception:
            self._watched = self._watched.done()  # a bug is logged once, not each second
            raise
        self._watched = self._watched.done()
        if message is not None:
            await tell(message)

    async def _load(self, mark: str) -> Callable[[], Message] | None:
        """Load what is there; return what is to be told, if anything is."""
        try:
            diff = await self.loader.follow()
        except (BrokenSummariesError, LargeLossError) as error:
            log.warning("not reloaded: %s", error)
            trouble = error
            told = await self.loader.tell_once(mark)
            return (lambda: say.trouble(trouble)) if told else None
        if not diff:
            return None
        await self.reloaded()
        log.info("reloaded, for the files have changed: %s", in_log(diff))
        return _reloaded(diff)


def _reloaded(diff: Diff) -> Callable[[], Message]:
    return lambda: say.reloaded_by_itself(diff)
