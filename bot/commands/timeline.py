"""/timeline [person] [place] [dates], and its pages; /latest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import Update

from bot.commands.command import Context, asked
from bot.commands.pages import page_within
from bot.commands.reply import answer
from bot.commands.subjects import Subject, find_subjects
from bot.commands.who import Who
from bot.messages import dates
from bot.messages import help as about
from bot.messages import person as person_messages
from bot.messages import timeline as say
from bot.messages.callbacks import TimelinePage, View
from bot.messages.message import Links, Message
from bot.messages.questions import counted_from
from bot.messages.scope import Scope
from bot.periods import Period, find_period
from store.database import Connection, Database
from store.knowledge import people, sources, timeline
from store.knowledge.keys import place_key
from store.knowledge.people import PersonRef
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

    async def about(self, asked: str, links: Links) -> Message:
        """Show the timeline of the persons, place and dates that `asked` names; of nothing, all."""
        if not asked:
            return await self.page(TimelinePage(), links)

        def question(db: Connection) -> Message:
            as_of = sources.as_of(db)
            if as_of is None:
                return about.NOTHING_LOADED
            try:
                return _page(db, TimelinePage(str(When.parse(asked))), links)
            except ValueError:
                period, rest = find_period(asked.split(), as_of, bare=True)
            found = find_subjects(db, asked.split())
            if found:
                period = None  # "May" is also a name
            elif period:
                found = find_subjects(db, rest) if rest else (Subject(),)
            return _chosen(db, asked, found, period, links) if found else _unknown(db, asked)

        return await self.knowledge.read(question)

    async def of(self, subject: str, period: Period | None, links: Links) -> Message | None:
        """Show what happened to or at `subject`, in `period`; None where nothing is called so."""

        def question(db: Connection) -> Message | None:
            found = find_subjects(db, subject.split()) if subject else (Subject(),)
            if not found:
                return None
            return _chosen(db, subject, found, period, links, must_be_some=True)

        return await self.knowledge.read(question)

    async def known(self, subject: str) -> bool:
        """Tell whether some person or place is called `subject`."""
        return bool(await self.knowledge.read(find_subjects, subject.split()))

    async def not_known(self, subject: str) -> Message:
        """Say that nothing is known of `subject`, and offer what is."""

        def question(db: Connection) -> Message:
            return say.nothing_on(subject, *_offered(db, subject))

        return await self.knowledge.read(question)

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


def _chosen(
    db: Connection,
    asked: str,
    found: Sequence[Subject],
    period: Period | None,
    links: Links,
    *,
    must_be_some: bool = False,
) -> Message:
    """Show the timeline of the one subject, or ask which."""
    when = period.when if period else None
    if len(found) > 1:
        if when is None and all(len(one.persons) == 1 and not one.place for one in found):
            persons = [person for one in found for person in one.persons]
            return person_messages.which(asked, persons, view=View.TIMELINE)
        return say.which(asked, [(one.name, str(one.scope(when))) for one in found])
    (only,) = found
    scope = only.scope(when)
    if when is None and len(only.persons) == 1 and not only.place:
        events = timeline.timeline(
            db,
            timeline.TimelineFilter(person=only.persons[0].key),
            limit=person_messages.EVENTS_A_PAGE,
        )
        return person_messages.timeline(
            only.persons[0], events, as_of=sources.as_of(db), links=links
        )
    if must_be_some and not timeline.timeline(db, _filter(scope), limit=1).total:
        return _nothing(db, only, scope, period)
    as_of = sources.as_of(db)
    # What is past is read from its beginning, all else from where the story stands.
    offset = 0 if when and as_of and when.end < as_of else None
    return _page(db, TimelinePage(str(scope), offset), links, note=_note(db, period))


def _note(db: Connection, period: Period | None) -> str:
    as_of = sources.as_of(db)
    return counted_from(period, as_of) if period and as_of else ""


def _nothing(db: Connection, subject: Subject, scope: Scope, period: Period | None) -> Message:
    dated = scope.when is not None
    near = timeline.nearest_dates(db, _filter(scope)) if dated else ()
    names = [person.name for person in subject.persons]
    place = subject.place[1] if subject.place else None
    offered = [
        (dates.when(when), str(Scope(place=scope.place, persons=scope.persons, when=when)))
        for when in near
    ]
    if (scope.place or scope.persons) and dated:
        offered.append(("All dates", str(Scope(place=scope.place, persons=scope.persons))))
    elif len(scope.persons) > 1 or (scope.persons and scope.place):
        offered += [(person.name, str(Scope(persons=(person.key,)))) for person in subject.persons]
    return say.nothing(say.title(names, place, scope.when), offered, note=_note(db, period))


def _unknown(db: Connection, asked: str) -> Message:
    return say.unknown(asked, *_offered(db, asked))


def _offered(db: Connection, asked: str) -> tuple[Sequence[PersonRef], Sequence[tuple[str, str]]]:
    """Return the persons whose names are nearest to `asked`, and some places."""
    some = [(name, place_key(name)) for name in timeline.places(db)[:_PLACES]]
    return people.nearest_people(db, asked, limit=3), some


def _filter(scope: Scope) -> timeline.TimelineFilter:
    person, beside, *_ = (*scope.persons, None, None)
    return timeline.TimelineFilter(person=person, beside=beside, place=scope.place, when=scope.when)


def _page(db: Connection, press: TimelinePage, links: Links, *, note: str = "") -> Message:
    as_of = sources.as_of(db)
    if as_of is None:
        return about.NOTHING_LOADED
    scope = Scope.parse(press.scope)
    persons = [people.person_of_key(db, key) for key in scope.persons]
    place = timeline.place_of_key(db, scope.place) if scope.place else None
    named = [person for person in persons if person is not None]
    if len(named) < len(persons) or (scope.place and place is None):
        return about.page_gone()
    # A button of an earlier spelling finds the person whose it is now.
    now = replace(scope, persons=tuple(person.key for person in named))
    page = page_within(
        lambda at: timeline.timeline(db, _filter(now), limit=say.EVENTS_A_PAGE, offset=at),
        press.offset,
        limit=say.EVENTS_A_PAGE,
    )
    title = say.title([person.name for person in named], place, scope.when)
    return say.timeline(page, title=title, scope=press.scope, as_of=as_of, links=links, note=note)
