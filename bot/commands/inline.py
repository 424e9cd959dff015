"""@bot and a few words, in any chat: cards, events and quotes to be sent there."""

from dataclasses import dataclass

from telegram import InlineQuery, InlineQueryResultArticle, Update

from bot.commands.command import Context
from bot.commands.reply import forgiven
from bot.commands.who import Who
from bot.messages import inline as say
from bot.messages.callbacks import PersonPage, SubjectPage
from bot.messages.message import Links
from store.database import Database
from store.ingest.clean import clean_line
from store.knowledge import finding, sources
from store.knowledge.people import PersonRef
from store.knowledge.subjects import SubjectRef

_CACHED = 30  # seconds that Telegram may answer the same words by itself: a reload shows soon
_MOST_PAGES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """Answers what is typed behind the bot's name in other chats."""

    knowledge: Database
    who: Who

    async def answer(self, update: Update, context: Context) -> None:
        """Offer a page of what the typed words find."""
        query = update.inline_query
        if query is None:
            return
        links, page = Links(context.bot.username), _page(query)
        typed = clean_line(query.query[: say.LONGEST_TYPED])
        found, as_of = await self.knowledge.read(
            lambda db: (finding.find(db, typed, page=page), sources.as_of(db))
        )
        results = [
            *[await self._person(person, links) for person in found.people],
            *[await self._subject(subject, links) for subject in found.subjects],
            *(say.event(event, as_of=as_of, links=links) for event in found.events),
            *(say.quote(quote, links=links) for quote in found.quotes),
        ]
        with forgiven("query is too old"):  # typed on meanwhile
            await query.answer(
                results,
                cache_time=_CACHED,
                is_personal=True,  # in the reader's language
                next_offset=str(page + 1) if found.has_more else "",
                button=say.in_private(found=bool(results) or page > 0),
            )

    async def _person(self, person: PersonRef, links: Links) -> InlineQueryResultArticle:
        page = await self.who.page(PersonPage(person.key), links)
        return say.card(say.Card(kind="p", key=person.key, name=person.name, body=page.body), links)

    async def _subject(self, subject: SubjectRef, links: Links) -> InlineQueryResultArticle:
        page = await self.who.subject(SubjectPage(subject.key), links)
        return say.card(
            say.Card(kind="u", key=subject.key, name=subject.name, body=page.body), links
        )


def _page(query: InlineQuery) -> int:
    """Return which page is asked for; the offset is our own, but comes from outside."""
    return min(int(query.offset), _MOST_PAGES) if query.offset.isdecimal() else 0
