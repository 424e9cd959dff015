"""/reload and /status, for admins; and the check that they are."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import Update

from bot.commands.command import Context, Handler
from bot.commands.reply import answer
from bot.messages import admin as say
from bot.messages import help as about
from config import __version__
from store.database import Connection, Database
from store.errors import BrokenSummariesError, StoreError
from store.ingest.loading import Loader
from store.knowledge import sources

Clock = Callable[[], datetime]

log = logging.getLogger("attache.admin")


def for_admins(handler: Handler, admins: frozenset[int]) -> Handler:
    """Return `handler`, carried out for `admins` only: a menu's scope keeps nobody out."""

    async def guarded(update: Update, context: Context) -> None:
        user = update.effective_user
        if user is not None and user.id in admins:
            await handler(update, context)
        else:
            await answer(update, about.admins_only())

    return guarded


@dataclass(frozen=True, slots=True, kw_only=True)
class Admin:
    """Answers those who run the bot."""

    knowledge: Database
    loader: Loader
    clock: Clock
    started: datetime

    async def reload(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer /reload: make the knowledge equal to the files, or say why not."""
        try:
            diff = await self.loader.load()
        except BrokenSummariesError as error:
            log.warning("not reloaded: %s", error)
            await answer(update, say.broken(error))
        except StoreError as error:
            log.error("not reloaded: %s", error)  # noqa: TRY400 (the words say what to mend)
            await answer(update, say.failed(str(error)))
        else:
            log.info("reloaded: %s", "; ".join(say.diff_lines(diff)) or "nothing has changed")
            await answer(update, say.reloaded(diff))

    async def status(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer /status."""
        paths = await self.loader.paths()

        def question(db: Connection) -> say.State:
            story = sources.story(db)
            return say.State(
                version=__version__,
                up=self.clock() - self.started,
                title=story.title if story else "none",
                counted=sources.counts(db),
                as_of=sources.as_of(db),
                summaries=", ".join(map(str, paths)),
                database=f"{self.knowledge.path.stat().st_size / 1024:.0f} KiB",
            )

        await answer(update, say.status(await self.knowledge.read(question)))
