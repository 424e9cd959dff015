"""/review: the entries that wait, one by one; keeping or dropping them in their files."""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from telegram import Update

from bot.commands.command import Context
from bot.commands.reply import answer, show, toast
from bot.messages import help as about
from bot.messages import review as say
from bot.messages.callbacks import Review as ReviewPress
from bot.messages.callbacks import ReviewAct
from bot.messages.message import Message
from store.database import Database

if TYPE_CHECKING:
    # Loaded with the first review: what reads summaries comes with it.
    from store.ingest.review_files import ReviewFile, Shown

log = logging.getLogger("attache.review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Shows admins what waits, and does what they decide."""

    knowledge: Database
    admins: frozenset[int]
    _alone: asyncio.Lock = field(default_factory=asyncio.Lock, init=False, compare=False)

    async def answer(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer /review: show the first entry."""
        await answer(update, await self._from("", 0))

    async def pressed(self, press: ReviewPress, update: Update) -> None:
        """Do what a pressed button says, and show what comes next."""
        user = update.effective_user
        if user is None or user.id not in self.admins:
            await toast(update, about.admins_only().text)
        elif press.act is ReviewAct.NEXT:
            await show(update, await self._from(press.file, press.number + 1))
        elif press.act is ReviewAct.EDIT:
            await self._tell_how(press, update)
        else:
            await self._change(press, update)

    async def _change(self, press: ReviewPress, update: Update) -> None:
        is_kept = press.act is ReviewAct.KEEP
        file = next((file for file in await self._files() if file.key == press.file), None)
        trouble = say.changed()
        if file is not None:
            async with self._alone:
                trouble = await asyncio.to_thread(_changed, file, press, is_kept=is_kept)
        if trouble:
            await toast(update, trouble)
            return
        log.info("an entry was %s by an admin", "kept" if is_kept else "dropped")
        note = say.kept() if is_kept else say.dropped()
        # What was dropped has given its number to the entry after it.
        await show(update, await self._from(press.file, press.number, note))

    async def _tell_how(self, press: ReviewPress, update: Update) -> None:
        shown = await self._first_from(press.file, press.number)
        if shown is None or (shown.file.key, shown.entry.number, shown.mark) != (
            press.file,
            press.number,
            press.mark,
        ):
            await toast(update, say.changed())
        else:
            await show(update, say.entry(shown, say.how_to_edit(shown)))

    async def _from(self, key: str, number: int, note: str = "") -> Message:
        shown = await self._first_from(key, number)
        return say.entry(shown, note) if shown else say.nothing_waits()

    async def _first_from(self, key: str, number: int) -> "Shown | None":
        from store.ingest.review_files import first_from  # noqa: PLC0415 (see above)

        return await asyncio.to_thread(first_from, await self._files(), key, number)

    async def _files(self) -> "tuple[ReviewFile, ...]":
        from store.ingest.review_files import files_to_review  # noqa: PLC0415 (see above)

        return await self.knowledge.read(files_to_review)


def _changed(file: "ReviewFile", press: ReviewPress, *, is_kept: bool) -> str:
    """Change the file; return what to say where that cannot be, '' where it is done."""
    from store.ingest.review import ReviewError  # noqa: PLC0415 (see above)
    from store.ingest.review_files import ChangedError, change  # noqa: PLC0415

    try:
        change(file, press.number, press.mark, kept=is_kept)
    except ChangedError:
        return say.changed()
    except ReviewError:
        return say.not_by_itself()
    except OSError as error:
        log.warning("%s cannot be written: %s", file.name, error.strerror)
        return say.not_written()
    return ""
