"""/who NAME, and the views of a person that its buttons open."""

from dataclasses import dataclass

from telegram import Update

from bot.commands.command import Context, asked
from bot.commands.pages import page_within
from bot.commands.reply import answer
from bot.messages import help as about
from bot.messages import person as say
from bot.messages.callbacks import PersonPage, View
from bot.messages.message import Links, Message
from store.database import Connection, Database
from store.knowledge import people, quotes, sources, timeline
from store.knowledge.people import PersonRef

_COMPANIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Answers who somebody is."""

    knowledge: Database

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /who."""
        name = asked(context)
        links = Links(context.bot.username)
        await answer(update, await (self.named(name, links) if name else self.everybody()))

    async def everybody(self) -> Message:
        """Offer the persons most often named."""
        known = await self.knowledge.read(people.all_people)
        return say.everybody(known[:12], total=len(known)) if known else about.NOTHING_LOADED

    async def named(self, name: str, links: Links, view: View = View.PROFILE) -> Message:
        """Show the person called `name`, or ask which, or say that nobody is."""

        def question(db: Connection) -> Message:
            found = people.find_people(db, name)
            match found:
                case [only]:
                    return _page(db, PersonPage(only.key, view), links)
                case []:
                    return _mistyped(db, name, view, links)
                case _:
                    return say.which(name, found, view=view)

        return await self.knowledge.read(question)

    async def page(self, press: PersonPage, links: Links) -> Message:
        """Show the view of a person that a button asks for."""
        return await self.knowledge.read(_page, press, links)


def _mistyped(db: Connection, name: str, view: View, links: Links) -> Message:
    match people.mistyped_people(db, name):
        case [only]:
            return say.taken_for(name, only, _page(db, PersonPage(only.key, view), links))
        case []:
            return say.unknown(name, people.nearest_people(db, name), view=view)
        case several:
            return say.which(name, several, view=view)


def _page(db: Connection, press: PersonPage, links: Links) -> Message:
    person = people.person_of_key(db, press.key)
    if person is None:
        return about.page_gone()
    match press.view:
        case View.PROFILE:
            return _profile(db, person, links)
        case View.TIMELINE:
            chosen = timeline.TimelineFilter(person=person.key)
            events = page_within(
                lambda at: timeline.timeline(db, chosen, limit=say.EVENTS_A_PAGE, offset=at),
                press.offset,
                limit=say.EVENTS_A_PAGE,
            )
            return say.timeline(person, events, as_of=sources.as_of(db), links=links)
        case View.QUOTES:
            said = page_within(
                lambda at: quotes.quotes(db, person=person.key, limit=say.QUOTES_A_PAGE, offset=at),
                press.offset or 0,
                limit=say.QUOTES_A_PAGE,
            )
            return say.quotes(person, said, links=links)
        case View.WITH:
            others = people.companions(db, person.key, limit=_COMPANIONS)
            return say.company(person, others, links=links)


def _profile(db: Connection, person: PersonRef, links: Links) -> Message:
    known = people.profile(db, person.key)
    if known is None:
        return about.page_gone()
    return say.profile(known, as_of=sources.as_of(db), links=links)
