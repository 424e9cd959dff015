"""/search WORDS, and what else is searched for."""

from dataclasses import dataclass, field

from telegram import Message as TelegramMessage
from telegram import Update

from bot.commands.command import Context, asked
from bot.commands.pages import page_within
from bot.commands.remembered import Remembered
from bot.commands.reply import answer
from bot.messages import search as say
from bot.messages.callbacks import ListPage
from bot.messages.message import Links, Message
from store.database import Connection, Database
from store.knowledge import people, search
from store.knowledge.search import Match

_PEOPLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Answers where words stand."""

    knowledge: Database
    _remembered: Remembered[Message] = field(default_factory=Remembered, init=False, repr=False)

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /search."""
        words = asked(context)
        await answer(update, await self.asked_for(words, Links(context.bot.username)))

    async def all_of(self, words: str, links: Links) -> Message | None:
        """Show the sources that hold all of `words`, or None where none does."""

        def question(db: Connection) -> bool:
            page = search.search(db, say.question(words), limit=1)
            return page.match in (Match.ALL, Match.BEGINNINGS)

        return await self.hits(words, 0, links) if await self.knowledge.read(question) else None

    async def asked_for(self, words: str, links: Links) -> Message:
        """Show the first hits of `words`; none are asked back for."""
        return await self.hits(words, 0, links) if words else say.nothing()

    async def hits(self, words: str, offset: int, links: Links) -> Message:
        """Show the sources that hold `words`, and persons of that name."""
        asked_for = say.question(words)

        def question(db: Connection) -> Message:
            page = page_within(
                lambda at: search.search(db, asked_for, limit=say.HITS_A_PAGE, offset=at),
                offset,
                limit=say.HITS_A_PAGE,
            )
            named = people.find_people(db, asked_for, limit=_PEOPLE)
            if page.match is Match.NONE and not named:
                named = people.nearest_people(db, asked_for, limit=_PEOPLE)
            return say.hits(asked_for, page, people=named, links=links)

        return await self.knowledge.read(
            lambda db: self._remembered.of(db, (words, offset, links), lambda: question(db))
        )

    async def page(self, press: ListPage, shown: object, links: Links) -> Message:
        """Turn the page of hits that is `shown`."""
        if isinstance(shown, TelegramMessage):
            words = say.question_of(shown.text)
            if words:
                return await self.hits(words, press.offset, links)
        return say.expired()
