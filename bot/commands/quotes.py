"""/quotes NAME, and the quotes of all."""

from dataclasses import dataclass

from telegram import Update

from bot.commands.command import Context, asked
from bot.commands.pages import page_within
from bot.commands.reply import answer
from bot.commands.who import Who
from bot.messages import quotes as say
from bot.messages.callbacks import ListPage, View
from bot.messages.message import Links, Message
from store.database import Connection, Database
from store.knowledge import quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """Answers who said what."""

    knowledge: Database
    who: Who

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /quotes."""
        name, links = asked(context), Links(context.bot.username)
        if name:
            await answer(update, await self.who.named(name, links, View.QUOTES))
        else:
            await answer(update, await self.of_all(0, links))

    async def of_all(self, offset: int, links: Links) -> Message:
        """Show the quotes of everybody, newest first."""

        def question(db: Connection) -> Message:
            page = page_within(
                lambda at: quotes.quotes(db, limit=say.QUOTES_A_PAGE, offset=at),
                offset,
                limit=say.QUOTES_A_PAGE,
            )
            return say.quotes(page, links=links)

        return await self.knowledge.read(question)

    async def page(self, press: ListPage, links: Links) -> Message:
        """Show the page that a button asks for."""
        return await self.of_all(press.offset, links)
