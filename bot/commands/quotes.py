"""/quotes NAME, /quotes NAME about TOPIC, and the quotes of all."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Message as TelegramMessage
from telegram import Update

from bot.commands.command import Context, asked
from bot.commands.pages import page_within
from bot.commands.reply import answer
from bot.commands.who import Who
from bot.messages import help as about
from bot.messages import person as person_messages
from bot.messages import quotes as say
from bot.messages import subject as subject_messages
from bot.messages.callbacks import ListPage, QuotesPage, View
from bot.messages.message import Links, Message
from bot.messages.person import taken
from store.database import Connection, Database
from store.knowledge import people, quotes, subjects
from store.knowledge.people import PersonRef
from store.knowledge.subjects import SubjectRef
from store.knowledge.values import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """Answers who said what."""

    knowledge: Database
    who: Who

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /quotes."""
        words, links = asked(context).split(), Links(context.bot.username)
        low = [word.casefold() for word in words]
        at = low.index("about") if "about" in low[:-1] else len(words)
        name, topic = " ".join(words[:at]), say.topic(" ".join(words[at + 1 :]))
        await answer(update, await self.said(name, topic, None, links))

    async def said(
        self, name: str, topic: str, when: When | None, links: Links, *, note: str = ""
    ) -> Message:
        """Show what somebody called `name`, or anybody, said: about `topic`, on a date."""
        if not name:
            if not (topic or when):
                return await self.of_all(0, links)
            return await self.knowledge.read(_about, QuotesPage(when=when), topic, links, note=note)
        if not (topic or when) and not await self._speaks(name):
            return await self.who.named(name, links, View.QUOTES)

        def question(db: Connection) -> Message:
            found = people.find_people(db, name)
            if subject := _speaking(db, name, found):
                return _about(db, QuotesPage(subject.key, when), topic, links, note=note)
            slipped = () if found else people.mistyped_people(db, name)
            match found or slipped:
                case [only]:
                    read = f"{taken(name, only)} {note}".strip() if slipped else note
                    return _about(db, QuotesPage(only.key, when), topic, links, note=read)
                case []:
                    nearest = people.nearest_people(db, name)
                    return person_messages.unknown(name, nearest, view=View.QUOTES)
                case several:
                    return say.whose(name, several, topic=topic, when=when)

        return await self.knowledge.read(question)

    async def _speaks(self, name: str) -> bool:
        """Tell whether `name` is that of a subject for which somebody speaks."""

        def question(db: Connection) -> bool:
            return bool(_speaking(db, name, people.named_people(db, name)))

        return await self.knowledge.read(question)

    async def turned(self, press: QuotesPage, shown: object, links: Links) -> Message:
        """Show a page of quotes about what the page that is `shown` says."""
        topic = say.topic_of(shown.text) if isinstance(shown, TelegramMessage) else ""
        return await self.knowledge.read(_about, press, topic, links)

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


def _speaking(db: Connection, name: str, found: Sequence[PersonRef]) -> SubjectRef | None:
    """Return the subject called `name` for which somebody speaks, where that is no person's."""
    return None if found else next(iter(subjects.speaking(db, name)), None)


def _about(
    db: Connection, press: QuotesPage, topic: str, links: Links, *, note: str = ""
) -> Message:
    person: PersonRef | None = None
    subject: SubjectRef | None = None
    if press.person is not None:
        person = people.person_of_key(db, press.person)
        subject = None if person else subjects.subject_of_key(db, press.person)
        if person is None and subject is None:
            return about.page_gone()
    key = person.key if person else None
    spoken_for = subject.key if subject else None
    page = page_within(
        lambda at: quotes.quotes_about(
            db,
            topic,
            person=key,
            subject=spoken_for,
            when=press.when,
            limit=say.QUOTES_A_PAGE,
            offset=at,
        ),
        press.offset,
        limit=say.QUOTES_A_PAGE,
    )
    if subject is not None:
        return subject_messages.said(
            subject, page, topic=topic, when=press.when, links=links, note=note
        )
    if not page.total:
        return say.none_about(person, topic=topic, when=press.when, note=note)
    return say.quotes_about(
        page, person=person, topic=topic, when=press.when, links=links, note=note
    )
