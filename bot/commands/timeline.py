"""/timeline [person | place | date], and its pages; /latest."""

from dataclasses import dataclass

from telegram import Update

from bot.commands.command import Context, asked
from bot.commands.pages import page_within
from bot.commands.reply import answer
from bot.commands.who import Who
from bot.messages import dates
from bot.messages import help as about
from bot.messages import person as person_messages
from bot.messages import timeline as say
from bot.messages.callbacks import TimelinePage, View
from bot.messages.message import Links, Message
from store.database import Connection, Database
from store.knowledge import people, sources, timeline
from store.knowledge.keys import place_key
from store.knowledge.values import When

_LATEST = 6
_COMING = 4
_NEWEST_SOURCES = 3
_PLACES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Answers what happened, in the order of time."""

    knowledge: Database
    who: Who

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /timeline."""
        await answer(update, await self.about(asked(context), Links(context.bot.username)))

    async def latest(self, update: Update, context: Context) -> None:
        """Answer /latest."""
        await answer(update, await self.newest(Links(context.bot.username)))

    async def about(self, subject: str, links: Links) -> Message:
        """Show the timeline of what `subject` names: a date, a place, a person, or all."""
        if not subject:
            return await self.page(TimelinePage(), links)
        try:
            return await self.page(TimelinePage(str(When.parse(subject))), links)
        except ValueError:
            return await self.knowledge.read(_named, subject, links)

    async def page(self, press: TimelinePage, links: Links) -> Message:
        """Show a page of the timeline that a button asks for."""
        return await self.knowledge.read(_page, press, links)

    async def newest(self, links: Links) -> Message:
        """Show where the story stands."""

        def question(db: Connection) -> Message:
            as_of = sources.as_of(db)
            if as_of is None:
                return about.NOTHING_LOADED
            return say.latest(
                timeline.newest_events(db, limit=_LATEST),
                timeline.coming_events(db, limit=_COMING),
                sources.sources(db, limit=_NEWEST_SOURCES).sources,
                as_of=as_of,
                links=links,
            )

        return await self.knowledge.read(question)


def _named(db: Connection, subject: str, links: Links) -> Message:
    place = place_key(subject)
    if timeline.place_of_key(db, place) is not None:
        return _page(db, TimelinePage(f"@{place}"), links)
    found = people.find_people(db, subject)
    match found:
        case [person]:
            events = timeline.timeline(
                db,
                timeline.TimelineFilter(person=person.key),
                limit=person_messages.EVENTS_A_PAGE,
            )
            return person_messages.timeline(person, events, as_of=sources.as_of(db), links=links)
        case []:
            nearest = people.nearest_people(db, subject, limit=3)
            some = [(name, place_key(name)) for name in timeline.places(db)[:_PLACES]]
            return say.unknown(subject, nearest, some)
        case _:
            return person_messages.which(subject, found, view=View.TIMELINE)


def _page(db: Connection, press: TimelinePage, links: Links) -> Message:
    as_of = sources.as_of(db)
    if as_of is None:
        return about.NOTHING_LOADED
    place = press.scope[1:] if press.scope.startswith("@") else None
    when = When.parse(press.scope) if press.scope and place is None else None
    title = dates.when(when) if when else ""
    if place is not None:
        name = timeline.place_of_key(db, place)
        if name is None:
            return about.page_gone()
        title = name
    chosen = timeline.TimelineFilter(place=place, when=when)
    page = page_within(
        lambda at: timeline.timeline(db, chosen, limit=say.EVENTS_A_PAGE, offset=at),
        press.offset,
        limit=say.EVENTS_A_PAGE,
    )
    return say.timeline(page, title=title, scope=press.scope, as_of=as_of, links=links)
