"""/disputed: where sources differ; and the figures about something."""

from dataclasses import dataclass

from telegram import Message as TelegramMessage
from telegram import Update

from bot.commands.command import Context, asked
from bot.commands.pages import page_within
from bot.commands.reply import answer
from bot.messages import figures as say
from bot.messages import help as about
from bot.messages.callbacks import List, ListPage
from bot.messages.message import Links, Message
from store.database import Connection, Database
from store.knowledge import disputes, figures, sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """Answers which numbers the sources give."""

    knowledge: Database

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /disputed."""
        links = Links(context.bot.username)
        await answer(update, await self.differing(asked(context), 0, links))

    async def differing(self, topic: str, offset: int, links: Links) -> Message:
        """Show where the sources differ, about `topic` if given."""
        topic = say.topic(topic)

        def question(db: Connection) -> Message:
            as_of = sources.as_of(db)
            if as_of is None:
                return about.nothing_loaded()
            page = page_within(
                lambda at: disputes.differences(db, topic, limit=say.FIGURES_A_PAGE, offset=at),
                offset,
                limit=say.FIGURES_A_PAGE,
            )
            return say.disputed(page, topic=topic, as_of=as_of, links=links)

        return await self.knowledge.read(question)

    async def of(self, topic: str, offset: int, links: Links) -> Message | None:
        """Show the figures about `topic`, or None where there are none."""
        topic = say.topic(topic)

        def question(db: Connection) -> Message | None:
            page = page_within(
                lambda at: figures.figures_about(db, topic, limit=say.FIGURES_A_PAGE, offset=at),
                offset,
                limit=say.FIGURES_A_PAGE,
            )
            return say.figures(page, topic=topic, links=links) if page.total else None

        return await self.knowledge.read(question)

    async def page(self, press: ListPage, shown: object, links: Links) -> Message:
        """Turn the page that is `shown`, which says itself what it is about."""
        topic = say.topic_of(shown.text) if isinstance(shown, TelegramMessage) else ""
        if press.list is List.DISPUTED:
            return await self.differing(topic, press.offset, links)
        return await self.of(topic, press.offset, links) or about.page_gone()
