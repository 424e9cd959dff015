"""/timeline [person] [place] [dates], and its pages; /latest."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from telegram import Update

from bot.commands import who_subject
from bot.commands.command import Context, asked
from bot.commands.pages import page_within
from bot.commands.remembered import Remembered
from bot.commands.reply import answer
from bot.commands.subjects import Subject, asked_for, find_subjects
from bot.commands.who import Who
from bot.locales import _
from bot.messages import dates
from bot.messages import help as about
from bot.messages import person as person_messages
from bot.messages import timeline as say
from bot.messages.callbacks import Facet, SubjectPage, TimelinePage, View
from bot.messages.message import Links, Message
from bot.messages.questions import counted_from
from bot.messages.scope import Scope
from bot.periods import Period
from store.database import Connection, Database
from store.knowledge import people, sources, subjects, timeline
from store.knowledge.keys import place_key
from store.knowledge.people import PersonRef

_LATEST = 6
_COMING = 4
_NEWEST_SOURCES = 3
_PLACES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Answers what happened, in the order of time."""

    knowledge: Database
    who: Who
    _remembered: Remembered[Message] = field(default_factory=Remembered, init=False, repr=False)

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
                return about.nothing_loaded()
            found, period = asked_for(db, asked, as_of)
            return _chosen(db, asked, found, period, links) if found else _unknown(db, asked)

        return await self.knowledge.read(
            lambda db: self._remembered.of(db, (asked, links), lambda: question(db))
        )

    async def of(self, subject: str, period: Period | None, links: Links) -> Message | None:
        """Show what happened to or at `subject`, in `period`; None where nothing is called so."""

        def question(db: Connection) -> Message | None:
            found = find_subjects(db, subject.split()) if subject else (Subject(),)
            if not found or (period is None and _never_together(db, found)):
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

    async def around(self, key: str, links: Links) -> Message:
        """Show an event among all of its date."""

        def question(db: Connection) -> Message:
            for event in timeline.events_of_keys(db, [key]):
                return _page(db, TimelinePage(str(Scope(when=event.when))), links)
            return about.page_gone()

        return await self.knowledge.read(question)

    async def newest(self, links: Links) -> Message:
        """Show where the story stands."""

        def question(db: Connection) -> Message:
            as_of = sources.as_of(db)
            if as_of is None:
                return about.nothing_loaded()
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
        if when is None and all(len(one.persons) == len(one.parts) == 1 for one in found):
            persons = [person for one in found for person in one.persons]
            return person_messages.which(asked, persons, view=View.TIMELINE)
        return say.which(asked, [(one.name, str(one.scope(when))) for one in found])
    (only,) = found
    scope = only.scope(when)
    if when is None and len(only.others) == len(only.parts) == 1:
        return who_subject.page(db, SubjectPage(only.others[0].key, Facet.TIMELINE), links)
    if when is None and len(only.persons) == len(only.parts) == 1:
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
    # Days that have a beginning or are past are read from the first, all else from where the
    # story stands.
    begins = when is not None and when.start > date.min
    offset = 0 if begins or (when and as_of and when.end < as_of) else None
    return _page(db, TimelinePage(str(scope), offset), links, note=_note(db, period))


def _never_together(db: Connection, found: Sequence[Subject]) -> bool:
    """Tell whether these are of several subjects, none of them a person, that share no event.

    What names both says more than that nothing is dated.
    """
    return all(
        len(one.parts) > 1
        and not one.persons
        and not timeline.timeline(db, _filter(one.scope(None)), limit=1).total
        for one in found
    )


def _note(db: Connection, period: Period | None) -> str:
    as_of = sources.as_of(db)
    return counted_from(period, as_of) if period and as_of else ""


def _nothing(db: Connection, subject: Subject, scope: Scope, period: Period | None) -> Message:
    dated = scope.when is not None
    near = timeline.nearest_dates(db, _filter(scope)) if dated else ()
    offered = [(dates.when(when), str(replace(scope, when=when))) for when in near]
    if subject.parts and dated:
        offered.append((_("All dates"), str(replace(scope, when=None))))
    elif len(subject.parts) > 1:
        offered += [(part.name, str(part.scope(None))) for part in subject.parts]
    place = subject.place[1] if subject.place else None
    title = say.title(subject.names, subject.about, place, scope.when)
    return say.nothing(title, offered, note=_note(db, period))


def _unknown(db: Connection, asked: str) -> Message:
    return say.unknown(asked, *_offered(db, asked))


def _offered(db: Connection, asked: str) -> tuple[Sequence[PersonRef], Sequence[tuple[str, str]]]:
    """Return the persons whose names are nearest to `asked`, and some places."""
    some = [(name, place_key(name)) for name in timeline.places(db)[:_PLACES]]
    return people.nearest_people(db, asked, limit=3), some


def _filter(scope: Scope) -> timeline.TimelineFilter:
    person, beside, *_ = (*scope.persons, None, None)
    subject, also, *_ = (*scope.subjects, None, None)
    return timeline.TimelineFilter(
        person=person,
        beside=beside,
        place=scope.place,
        subject=subject,
        also=also,
        when=scope.when,
    )


def _page(db: Connection, press: TimelinePage, links: Links, *, note: str = "") -> Message:
    as_of = sources.as_of(db)
    if as_of is None:
        return about.nothing_loaded()
    chosen = chosen_by(db, press.scope)
    if chosen is None:
        return about.page_gone()
    page = page_within(
        lambda at: timeline.timeline(db, chosen.filter, limit=say.EVENTS_A_PAGE, offset=at),
        press.offset,
        limit=say.EVENTS_A_PAGE,
    )
    return say.timeline(
        page, title=chosen.title, scope=press.scope, as_of=as_of, links=links, note=note
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The events that a button's scope stands for: how they are found, and how they are called."""

    filter: timeline.TimelineFilter
    persons: tuple[PersonRef, ...]
    title: str


def chosen_by(db: Connection, written: str) -> Chosen | None:
    """Return what a scope, as a button carries it, stands for now; None where that is gone."""
    scope = Scope.parse(written)
    persons = [people.person_of_key(db, key) for key in scope.persons]
    place = timeline.place_of_key(db, scope.place) if scope.place else None
    others = [subjects.subject_of_key(db, key) for key in scope.subjects]
    named = tuple(person for person in persons if person is not None)
    concerned = tuple(other for other in others if other is not None)
    gone = scope.place and place is None
    if gone or len(named) < len(persons) or len(concerned) < len(others):
        return None
    # A button of an earlier spelling finds the person whose it is now.
    now = replace(
        scope,
        persons=tuple(person.key for person in named),
        subjects=tuple(other.key for other in concerned),
    )
    title = say.title(
        [person.name for person in named], [other.name for other in concerned], place, scope.when
    )
    return Chosen(filter=_filter(now), persons=named, title=title)
