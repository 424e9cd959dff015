"""Plain words: what they ask (bot.questions), and who answers it. Holds no words of its own."""

from dataclasses import dataclass
from datetime import date, timedelta

from telegram import Message as TelegramMessage
from telegram import MessageEntity, Update

from bot.commands.command import Context
from bot.commands.disputed import Disputed
from bot.commands.next import Next
from bot.commands.quotes import Quotes
from bot.commands.reply import answer
from bot.commands.search import Search
from bot.commands.sources import Sources
from bot.commands.subjects import places_like
from bot.commands.timeline import Timeline
from bot.commands.who import Who
from bot.messages import figures as figure_messages
from bot.messages import help as about
from bot.messages import questions as say
from bot.messages import quotes as quote_messages
from bot.messages.callbacks import SourcePage, TimelinePage, View
from bot.messages.message import Links, Message
from bot.messages.scope import Scope
from bot.periods import Period
from bot.questions import (
    Cited,
    Company,
    Differ,
    Happened,
    HowMany,
    Latest,
    Question,
    Said,
    Together,
    WhoIs,
    parse,
)
from bot.questions import Next as WhatNext
from store.database import Connection, Database
from store.ingest.clean import clean_line
from store.knowledge import people, sources
from store.knowledge.values import Precision, When


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Answers plain questions with the story's own lines."""

    knowledge: Database
    who: Who
    timeline: Timeline
    quotes: Quotes
    search: Search
    sources: Sources
    next: Next
    disputed: Disputed

    async def answer(self, update: Update, context: Context) -> None:
        """Answer a message that is no command; in a group only one to the bot."""
        message = update.effective_message
        if message is None or message.text is None:
            return
        text, named = _without_mention(message, context.bot.username, context.bot.id)
        if message.chat.type != message.chat.PRIVATE and not (
            named or _replies_to(message, context.bot.id)
        ):
            return
        words = clean_line(text)
        if named and not words:
            await answer(update, say.what_to_ask())
        else:
            await answer(update, await self.asked(words, Links(context.bot.username)))

    async def asked(self, words: str, links: Links) -> Message:
        """Return the answer to `words`."""
        as_of = await self.knowledge.read(sources.as_of)
        if as_of is None:
            return about.NOTHING_LOADED
        question = parse(words, as_of)
        found = await self._answered(question, words, links)
        return found or await self.search.asked_for(words, links)

    async def _answered(  # noqa: C901, PLR0911 (one for each kind of question)
        self, question: Question, words: str, links: Links
    ) -> Message | None:
        match question:
            case Cited(number=number):
                key = await self.knowledge.read(sources.key_of_number, number)
                return await self.sources.page(SourcePage(key), links) if key else None
            case WhoIs():
                return await self._who(question, links)
            case Company(name=name):
                return await self.who.named(name, links, View.WITH)
            case Said():
                return await self._said(question, links)
            case Together():
                return await self._together(question, words, links)
            case Happened():
                return await self._happened(question, links)
            case WhatNext():
                return await self._next(question, links)
            case HowMany(what=what):
                found = await self.disputed.of(what, 0, links)
                return found or await self._found(what, links) or figure_messages.none_about(what)
            case Differ(about=topic):
                return await self.disputed.differing(topic, 0, links)
            case Latest():
                return await self.timeline.newest(links)
            case _:
                return None

    async def _who(self, question: WhoIs, links: Links) -> Message | None:
        if not question.name:
            return await self.who.everybody()
        if await self._is_person(question.name):
            return await self.who.named(question.name, links)
        place = await self.knowledge.read(places_like, question.name)
        if place is not None:
            return await self.timeline.page(TimelinePage(str(Scope(place=place[0]))), links)
        if question.sure and await self._is_slip(question.name):
            return await self.who.named(question.name, links)
        found = await self._found(question.name, links)
        if found is None and question.sure:
            return await self.who.named(question.name, links)
        return found or await self.timeline.not_known(question.name)

    async def _said(self, question: Said, links: Links) -> Message | None:
        if not question.sure and not await self._is_person(question.name):
            return None
        as_of = await self.knowledge.read(sources.as_of)
        period = question.period
        note = say.counted_from(period, as_of) if period and as_of else ""
        return await self.quotes.said(
            question.name,
            quote_messages.topic(question.about),
            period.when if period else None,
            links,
            note=note,
        )

    async def _together(self, question: Together, words: str, links: Links) -> Message | None:
        for name in (question.first, question.second):
            if not await self._is_person(name):
                if not question.sure:
                    return await self._both(words, question, links)
                return await self.who.named(name, links, View.TIMELINE)
        both = f"{question.first} and {question.second} {question.place}".strip()
        shown = await self.timeline.of(both, question.period, links)
        return shown or await self.timeline.not_known(question.place or both)

    async def _both(self, words: str, question: Together, links: Links) -> Message | None:
        """Show the timeline of a person and a place that stand side by side, else nothing."""
        if question.place or not await self.timeline.known(f"{question.first} {question.second}"):
            return None
        return await self.timeline.about(words, links)

    async def _happened(self, question: Happened, links: Links) -> Message | None:
        shown = await self.timeline.of(question.subject, question.period, links)
        # A number in it is a day that the calendar does not have, not words to be found.
        if (
            shown is None
            and question.period is None
            and not any(map(str.isdigit, question.subject))
        ):
            shown = await self._found(question.subject, links)
        return shown or await self.timeline.not_known(question.subject)

    async def _next(self, question: WhatNext, links: Links) -> Message | None:
        if question.period is None and not question.subject:
            return await self.next.planned(0, links)
        period = question.period or await self.knowledge.read(_from_now_on)
        shown = await self.timeline.of(question.subject, period, links)
        return shown or await self.timeline.not_known(question.subject)

    async def _found(self, words: str, links: Links) -> Message | None:
        """Show where all the words stand, or None where they do not."""
        return await self.search.all_of(words, links)

    async def _is_person(self, name: str) -> bool:
        def question(db: Connection) -> bool:
            return bool(people.find_people(db, name))

        return await self.knowledge.read(question)

    async def _is_slip(self, name: str) -> bool:
        return bool(await self.knowledge.read(people.mistyped_people, name))


def _from_now_on(db: Connection) -> Period:
    as_of = sources.as_of(db) or date.min
    first = min(as_of, date.max - timedelta(days=1)) + timedelta(days=1)
    return Period(when=When(first, date.max, Precision.RANGE), words="", relative=False)


def _without_mention(message: TelegramMessage, name: str, number: int) -> tuple[str, bool]:
    """Return the text without the bot's own name, and whether it was there."""
    raw = (message.text or "").encode("utf-16-le")  # entities count in its units
    kept, at = b"", 0
    named = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    for entity, words in sorted(named.items(), key=lambda pair: pair[0].offset):
        if words.casefold() == f"@{name}".casefold() or (entity.user and entity.user.id == number):
            kept += raw[at : 2 * entity.offset] + " ".encode("utf-16-le")
            at = 2 * (entity.offset + entity.length)
    return (kept + raw[at:]).decode("utf-16-le"), at > 0


def _replies_to(message: TelegramMessage, number: int) -> bool:
    """Tell whether `message` replies to the bot; being in a topic that it opened is no reply."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return False
    return replied.from_user is not None and replied.from_user.id == number
