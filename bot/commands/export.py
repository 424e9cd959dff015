"""/export [person] [place] [dates] [ics|csv|md]: a timeline as a file."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import Message as TelegramMessage
from telegram import Update

from bot.commands.command import Context, asked
from bot.commands.reply import answer, notice, toast
from bot.commands.subjects import asked_for
from bot.commands.timeline import Timeline, chosen_by
from bot.messages import export as say
from bot.messages import help as about
from bot.messages.callbacks import Export as ExportPress
from bot.messages.callbacks import ExportFormat
from bot.messages.message import Links, Message
from store.database import Connection, Database
from store.knowledge import sources, timeline

MOST_EVENTS = 5_000  # a calendar of so many takes seconds to write

_Choices = tuple[tuple[str, str], ...]  # names and scopes


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Answers with files."""

    knowledge: Database
    timeline: Timeline
    clock: Callable[[], datetime]

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /export."""
        words, kind = say.read_format(asked(context))
        choices = await self.knowledge.read(_choices, words)
        if not choices:
            # It says what can be asked for, or that nothing is loaded.
            await answer(update, await self.timeline.about(words, Links(context.bot.username)))
        elif len(choices) > 1:
            await answer(update, say.which(words, choices, kind))
        else:
            await self._give(update, ExportPress(choices[0][1], kind))

    async def pressed(self, press: ExportPress, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Send the file that a pressed button asks for; the message above the button stays."""
        if isinstance(update.effective_message, TelegramMessage):
            await notice(update)
            await self._give(update, press)
        else:
            await toast(update, say.too_old())

    async def _give(self, update: Update, press: ExportPress) -> None:
        found = await self.knowledge.read(exported, press.scope, press.format)
        message = update.effective_message
        if isinstance(found, Message):
            await answer(update, found)
        elif message is not None and press.format is not None:
            content = await asyncio.to_thread(say.file_of, found, press.format, now=self.clock())
            await message.reply_document(
                content,
                filename=say.file_name(found.title, press.format),
                caption=say.caption(found),
                do_quote=message.chat.type != message.chat.PRIVATE,
            )


def _choices(db: Connection, words: str) -> _Choices:
    """Return the timelines that `words` may mean; none where they name nothing."""
    as_of = sources.as_of(db)
    if as_of is None:
        return ()
    if not words:
        return (("", ""),)
    found, period = asked_for(db, words, as_of)
    when = period.when if period else None
    return tuple((one.name, str(one.scope(when))) for one in found)


def exported(db: Connection, scope: str, kind: ExportFormat | None) -> say.Exported | Message:
    """Return what goes into the file, or what to say where there is none to be made."""
    story, as_of, chosen = sources.story(db), sources.as_of(db), chosen_by(db, scope)
    if story is None or as_of is None:
        return about.nothing_loaded()
    if chosen is None:
        return about.page_gone()
    total = timeline.timeline(db, chosen.filter, limit=0, offset=0).total
    if not total:
        return say.no_events(chosen.title)
    if kind is None:
        return say.which_format(chosen.title, scope)
    newest = max(total - MOST_EVENTS, 0)
    page = timeline.timeline(db, chosen.filter, limit=MOST_EVENTS, offset=newest)
    cited = {source.key for event in page.events for source in event.sources}
    known = sources.sources_of_keys(db, sorted(cited))
    return say.Exported(
        title=chosen.title,
        story=story.title,
        as_of=as_of,
        events=page.events,
        sources={source.citation.key: source for source in known},
        total=total,
    )
