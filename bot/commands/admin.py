"""/reload and /status, for admins; and the check that they are."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import Update

from bot.commands.command import Context, Handler, asked
from bot.commands.reply import answer, show, toast
from bot.locales import Language, _, speaking
from bot.messages import admin as say
from bot.messages import help as about
from bot.messages.callbacks import Reload
from bot.messages.message import Message
from config import __version__
from store.database import Connection, Database
from store.errors import (
    BrokenSummariesError,
    LargeLossError,
    NothingToUndoError,
    StoreError,
)
from store.ingest.loading import Loader
from store.ingest.others import passed_over
from store.knowledge import sources
from store.knowledge.changes import Diff

Clock = Callable[[], datetime]

_UNDO = "undo"  # in every language, as commands are

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


def in_log(diff: Diff) -> str:
    """Return what a reload changed in the log's language."""
    with speaking(Language.ENGLISH):
        return "; ".join(say.diff_lines(diff)) or "nothing has changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Admin:
    """Answers those who run the bot."""

    knowledge: Database
    loader: Loader
    admins: frozenset[int]
    clock: Clock
    started: datetime

    async def reload(self, update: Update, context: Context) -> None:
        """Answer /reload: make the knowledge equal to the files, or say why not; or go back."""
        if asked(context).casefold() == _UNDO:
            await answer(update, await self._undo(update))
        else:
            await answer(update, await self._reload())

    async def pressed(self, press: Reload, update: Update) -> None:
        """Reload all the same, or leave it, as an admin has pressed."""
        user = update.effective_user
        if user is None or user.id not in self.admins:
            await toast(update, about.admins_only().text)
        elif press.sure:
            await show(update, await self._reload(agreed=press.reading))
        else:
            await self.loader.leave(press.reading)
            log.info("not reloaded: an admin leaves it")
            await show(update, say.left_as_it_was())

    async def _reload(self, *, agreed: str = "") -> Message:
        try:
            diff = await self.loader.load(agreed=agreed)
        except (BrokenSummariesError, LargeLossError) as trouble:
            log.warning("not reloaded: %s", trouble)
            return say.trouble(trouble)
        except StoreError as error:
            log.error("not reloaded: %s", error)  # noqa: TRY400 (the words say what to mend)
            return say.failed(str(error))
        log.info("reloaded: %s", in_log(diff))
        others = await asyncio.to_thread(passed_over, await self.loader.paths())
        return say.reloaded(diff, others)

    async def _undo(self, update: Update) -> Message:
        """Go back, once for each message that asks for it: it may be handled again."""
        asked_by = update.effective_message
        number = asked_by.message_id if asked_by else 0
        try:
            diff = await self.loader.undo(by=f"{update.update_id}:{number}")
        except NothingToUndoError:
            return say.nothing_to_undo()
        except StoreError as error:
            log.error("not undone: %s", error)  # noqa: TRY400 (as above)
            return say.failed(str(error))
        if diff is None:
            return say.undone_before()
        log.info("the last reload is undone: %s", in_log(diff))
        return say.undone(diff)

    async def status(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer /status."""
        paths = await self.loader.paths()

        def question(db: Connection) -> say.State:
            story = sources.story(db)
            return say.State(
                version=__version__,
                up=self.clock() - self.started,
                title=story.title if story else _("none"),
                counted=sources.counts(db),
                as_of=sources.as_of(db),
                summaries=", ".join(map(str, paths)),
                database=f"{self.knowledge.path.stat().st_size / 1024:.0f} KiB",
            )

        await answer(update, say.status(await self.knowledge.read(question)))
