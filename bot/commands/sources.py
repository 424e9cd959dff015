"""/sources, and the page of one source with everything taken from it."""

from dataclasses import dataclass

from telegram import Update

from bot.commands.command import Context
from bot.commands.pages import last_offset
from bot.commands.reply import answer
from bot.messages import help as about
from bot.messages import sources as say
from bot.messages.callbacks import ListPage, SourcePage
from bot.messages.message import Links, Message
from store.database import Connection, Database
from store.knowledge import figures, people, quotes, sources, timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Answers where it all comes from."""

    knowledge: Database

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /sources."""
        await answer(update, await self.listed(0, Links(context.bot.username)))

    async def listed(self, offset: int, links: Links) -> Message:
        """List the sources, newest first."""
        return await self.knowledge.read(_list, offset, links)

    async def list_page(self, press: ListPage, links: Links) -> Message:
        """Show the page of the list that a button asks for."""
        return await self.listed(press.offset, links)

    async def page(self, press: SourcePage, links: Links) -> Message:
        """Show a page of one source."""
        return await self.knowledge.read(_page, press, links)


def _list(db: Connection, offset: int, links: Links) -> Message:
    page = sources.sources(db, offset=offset, limit=say.SOURCES_A_PAGE)
    if not page.total:
        return about.nothing_loaded()
    if offset >= page.total:
        return _list(db, last_offset(page.total, say.SOURCES_A_PAGE), links)
    return say.sources(page, offset=offset, links=links)


def _page(db: Connection, press: SourcePage, links: Links) -> Message:
    known = sources.source(db, press.key)
    if known is None:
        return say.unknown()
    return say.source(
        known,
        people=people.people_of_source(db, press.key),
        events=timeline.events_of_source(db, press.key),
        quotes=quotes.quotes_of_source(db, press.key),
        figures=figures.figures_of_source(db, press.key),
        page=press.page,
        links=links,
    )
