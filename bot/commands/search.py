"""/search WORDS, and plain messages, which are searched for."""

import re
from dataclasses import dataclass

from telegram import Message as TelegramMessage
from telegram import Update

from bot.commands.command import Context, asked
from bot.commands.pages import page_within
from bot.commands.reply import answer
from bot.commands.sources import Sources
from bot.messages import search as say
from bot.messages.callbacks import ListPage, SourcePage
from bot.messages.message import Links, Message
from store.database import Connection, Database
from store.ingest.clean import clean_line
from store.knowledge import people, search, sources
from store.knowledge.search import Match

_PEOPLE = 3
_CITATION = re.compile(r"\[(\d{1,9})\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Answers where words stand."""

    knowledge: Database
    sources: Sources

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /search."""
        words = asked(context)
        await answer(update, await self.asked_for(words, Links(context.bot.username)))

    async def plain(self, update: Update, context: Context) -> None:
        """Answer a message that is no command: `[2]` opens its source, all else is searched for."""
        words = clean_line(
            (update.effective_message.text or "") if update.effective_message else ""
        )
        links = Links(context.bot.username)
        if cited := _CITATION.fullmatch(words):
            key = await self.knowledge.read(sources.key_of_number, int(cited[1]))
            if key is not None:
                await answer(update, await self.sources.page(SourcePage(key), links))
                return
        await answer(update, await self.asked_for(words, links))

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

        return await self.knowledge.read(question)

    async def page(self, press: ListPage, shown: object, links: Links) -> Message:
        """Turn the page of hits that is `shown`."""
        if isinstance(shown, TelegramMessage):
            words = say.question_of(shown.text)
            if words:
                return await self.hits(words, press.offset, links)
        return say.expired()
