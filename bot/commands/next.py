"""/next: what is planned after "as of"."""

from dataclasses import dataclass

from telegram import Update

from bot.commands.command import Context
from bot.commands.pages import page_within
from bot.commands.reply import answer
from bot.messages import help as about
from bot.messages import timeline as say
from bot.messages.callbacks import ListPage
from bot.messages.message import Links, Message
from store.database import Connection, Database
from store.knowledge import sources, timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """Answers what is planned."""

    knowledge: Database

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /next."""
        await answer(update, await self.planned(0, Links(context.bot.username)))

    async def planned(self, offset: int, links: Links) -> Message:
        """Show what is planned, soonest first."""

        def question(db: Connection) -> Message:
            as_of = sources.as_of(db)
            if as_of is None:
                return about.nothing_loaded()
            page = page_within(
                lambda at: timeline.planned_events(db, limit=say.EVENTS_A_PAGE, offset=at),
                offset,
                limit=say.EVENTS_A_PAGE,
            )
            return say.planned(page, as_of=as_of, links=links)

        return await self.knowledge.read(question)

    async def page(self, press: ListPage, links: Links) -> Message:
        """Show the page that a button asks for."""
        return await self.planned(press.offset, links)
