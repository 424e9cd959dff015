"""Plain words: what they ask (bot.questions), and who answers it. Holds no words of its own."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from telegram import Message as TelegramMessage
from telegram import MessageEntity, Update

from bot import phrases
from bot.commands.command import Context
from bot.commands.disputed import Disputed
from bot.commands.named import surely_named
from bot.commands.next import Next
from bot.commands.quotes import Quotes
from bot.commands.remembered import Remembered
from bot.commands.reply import answer
from bot.commands.search import Search
from bot.commands.sources import Sources
from bot.commands.timeline import Timeline
from bot.commands.who import Who
from bot.messages import figures as figure_messages
from bot.messages import help as about
from bot.messages import questions as say
from bot.messages import quotes as quote_messages
from bot.messages.callbacks import Facet, SourcePage, SubjectPage, View
from bot.messages.message import Links, Message
from bot.periods import Period
from bot.questions import parse
from bot.questions_kinds import (
    Cited,
    Company,
    Differ,
    Happened,
    HowMany,
    Latest,
    Leads,
    PeopleOf,
    Question,
    Said,
    Together,
    WhoIs,
)
from bot.questions_kinds import Next as WhatNext
from bot.questions_kinds import (
    Search as Words,
)
from store.database import Connection, Database
from store.ingest.clean import clean_line
from store.knowledge import people, sources, subjects
from store.knowledge.figures import figures_of_subject
from store.knowledge.subjects import SubjectRef
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
    _remembered: Remembered[Message] = field(default_factory=Remembered, init=False, repr=False)

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
            making = self.asked(words, Links(context.bot.username))
            await answer(update, await self.who.marked(update, making))

    async def asked(self, words: str, links: Links) -> Message:
        """Return the answer to `words`."""
        return await self._remembered.told(
            self.knowledge, (words, links), lambda: self._asked(words, links)
        )

    async def _asked(self, words: str, links: Links) -> Message:
        as_of = await self.knowledge.read(sources.as_of)
        if as_of is None:
            return about.nothing_loaded()
        if phrases.is_small_talk(words):
            return say.what_to_ask()
        question = parse(words, as_of)
        found = await self._answered(question, words, links)
        return found or await self.search.asked_for(words, links)

    async def _answered(  # noqa: C901, PLR0911, PLR0912 (one for each kind of question)
        self, question: Question, words: str, links: Links
    ) -> Message | None:
        match question:
            case Cited(number=number):
                key = await self.knowledge.read(sources.key_of_number, number)
                return await self.sources.page(SourcePage(key), links) if key else None
            case WhoIs():
                return await self._who(question, links)
            case Leads(of=name):
                found = await self.who.leading(name, links)
                return found or await self._who(WhoIs(name=name, sure=False), links)
            case PeopleOf(name=name):
                found = await self.who.of(name, links)
                return found or await self._who(WhoIs(name=name), links)
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
                found = await self.disputed.of(what, 0, links) or await self._counted(what, links)
                return found or await self._found(what, links) or figure_messages.none_about(what)
            case Differ(about=topic):
                return await self.disputed.differing(topic, 0, links)
            case Latest():
                return await self.timeline.newest(links)
            case Words(text=text):
                return await self._called(text, links)

    async def _called(self, text: str, links: Links) -> Message | None:
        """Show who or what is called just so; None where nobody and nothing is."""
        name = phrases.name(phrases.words(text))
        if await self.knowledge.read(surely_named, name):
            return await self.who.named(name, links)
        return None

    async def _who(self, question: WhoIs, links: Links) -> Message | None:
        if not question.name:
            return await self.who.everybody()
        if await self._is_named(question.name) or (
            question.sure and await self.who.knows(question.name)
        ):
            return await self.who.named(question.name, links)
        found = await self._found(question.name, links)
        if found is None and question.sure:
            return await self.who.named(question.name, links)
        return found or await self.timeline.not_known(question.name)

    async def _said(self, question: Said, links: Links) -> Message | None:
        if not question.sure and not await self._speaks(question.name):
            return None
        as_of = await self.knowledge.read(sources.as_of)
        period = question.period
        note = say.counted_from(period, as_of) if period and as_of else ""
        return await self.quotes.said(
            question.name,
            quote_messages.topic(await self._topic_meant(question.about)),
            period.when if period else None,
            links,
            note=note,
        )

    async def _together(self, question: Together, words: str, links: Links) -> Message | None:
        for name in (question.first, question.second):
            if await self._is_named(name):
                continue
            if not question.sure:
                return await self._both(words, question, links)
            meant = await self._person_meant(name)
            if meant is None:
                return await self.who.named(name, links, View.TIMELINE)
            question = _renamed(question, name, meant)  # the title of the answer names both
        both = f"{question.first} and {question.second} {question.place}".strip()
        shown = await self.timeline.of(both, question.period, links)
        if shown is None and not question.sure:
            return None
        if shown is None and not await self._is_person(question.first):
            shown = await self._found(both, links)  # two sides, say: where both stand
        return shown or await self.timeline.not_known(question.place or both)

    async def _both(self, words: str, question: Together, links: Links) -> Message | None:
        """Show the timeline of a person and a place that stand side by side, else nothing."""
        if question.place or not await self.timeline.known(f"{question.first} {question.second}"):
            return None
        return await self.timeline.about(words, links)

    async def _happened(self, question: Happened, links: Links) -> Message | None:
        shown = await self.timeline.of(question.subject, question.period, links)
        if shown is None and (meant := await self._slip_of(question.subject)):
            shown = await self.timeline.of(meant, question.period, links)  # its title names it
        # A number in it is a day that the calendar does not have, not words to be found.
        if (
            shown is None
            and question.period is None
            and not any(map(str.isdigit, question.subject))
        ):
            shown = await self._found(question.subject, links)
        if shown is None and not question.sure:
            return None
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

    async def _counted(self, what: str, links: Links) -> Message | None:
        """Show the figures about the subject called `what`, under another name than theirs."""

        def question(db: Connection) -> SubjectRef | None:
            called = subjects.called(db, what)
            return next(
                (one for one in called if figures_of_subject(db, one.key, limit=1).total), None
            )

        subject = await self.knowledge.read(question)
        if subject is None:
            return None
        return await self.who.subject(SubjectPage(subject.key, Facet.FIGURES), links)

    async def _slip_of(self, name: str) -> str | None:
        """Return the name of the one subject of which `name` is another case, or a slip."""
        found = await self.knowledge.read(subjects.mistyped_subjects, name)
        return found[0].name if len(found) == 1 else None

    async def _person_meant(self, name: str) -> str | None:
        """Return the name of the one person whom a slip in `name`, or a case of it, means."""

        def question(db: Connection) -> tuple[people.PersonRef, ...]:
            slipped = people.mistyped_people(db, name)
            return slipped or (() if name.isascii() else people.nearest_people(db, name))

        found = await self.knowledge.read(question)
        return found[0].name if len(found) == 1 else None

    async def _topic_meant(self, about: str) -> str:
        """Return the name of the one subject that `about` is a case of, as in `про Росію`."""

        def question(db: Connection) -> tuple[SubjectRef, ...]:
            return () if surely_named(db, about) else subjects.nearest_subjects(db, about)

        found = () if about.isascii() else await self.knowledge.read(question)
        return found[0].name if len(found) == 1 else about

    async def _is_named(self, name: str) -> bool:
        """Tell whether `name` is somebody's, or in full that of another subject."""

        def question(db: Connection) -> bool:
            return bool(surely_named(db, name) or people.find_people(db, name))

        return await self.knowledge.read(question)

    async def _is_person(self, name: str) -> bool:
        def question(db: Connection) -> bool:
            return bool(people.find_people(db, name))

        return await self.knowledge.read(question)

    async def _speaks(self, name: str) -> bool:
        """Tell whether somebody is called `name`, or speaks for what is."""

        def question(db: Connection) -> bool:
            return bool(people.find_people(db, name) or subjects.speaking(db, name))

        return await self.knowledge.read(question)


def _renamed(question: Together, name: str, meant: str) -> Together:
    first = meant if question.first == name else question.first
    return replace(question, first=first, second=meant if first != meant else question.second)


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
