"""/who NAME: a person, or a subject that is none; and the views that their buttons open."""

from dataclasses import dataclass, field

from telegram import Update

from bot.commands import who_subject
from bot.commands.command import Context, asked
from bot.commands.following import Mark, as_it_is
from bot.commands.named import Named, find_named, surely_named
from bot.commands.pages import page_within
from bot.commands.remembered import Remembered
from bot.commands.reply import answer
from bot.messages import help as about
from bot.messages import person as say
from bot.messages import subject as subject_messages
from bot.messages.callbacks import Facet, PersonPage, SubjectPage, View
from bot.messages.message import Links, Message
from store.database import Connection, Database
from store.knowledge import people, quotes, roles, sources, subjects, timeline
from store.knowledge.people import PersonRef
from store.knowledge.subjects import Member

_COMPANIONS = 20
_OFFERED_PEOPLE = 12
_OFFERED_SUBJECTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Answers who somebody, or what something, is."""

    knowledge: Database
    marked: Mark = as_it_is  # puts on a page whether what it is about is followed
    _remembered: Remembered[Message] = field(default_factory=Remembered, init=False, repr=False)

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /who."""
        name = asked(context)
        links = Links(context.bot.username)
        making = self.named(name, links) if name else self.everybody()
        await answer(update, await self.marked(update, making))

    async def everybody(self) -> Message:
        """Offer the persons and subjects most often named."""

        def question(db: Connection) -> Message:
            known = people.all_people(db, limit=_OFFERED_PEOPLE)
            if not known:
                return about.nothing_loaded()
            some = subjects.most_named(db, limit=_OFFERED_SUBJECTS)
            return subject_messages.everybody(known, some, total=people.number_of_people(db))

        return await self.knowledge.read(question)

    async def named(self, name: str, links: Links, view: View = View.PROFILE) -> Message:
        """Show who or what is called `name` or holds that role, or ask which, or say nobody."""

        def question(db: Connection) -> Message:
            if found := surely_named(db, name):
                return _shown(db, name, found, view, links)
            if view is View.PROFILE and (held := roles.holders(db, name)):
                return _holding(db, name, held, links)
            if found := find_named(db, name):
                return _shown(db, name, found, view, links)
            return _mistyped(db, name, view, links)

        return await self.knowledge.read(
            lambda db: self._remembered.of(db, (name, links, view), lambda: question(db))
        )

    async def knows(self, name: str) -> bool:
        """Tell whether `name` names somebody or something, or a role, or may be a slip of one."""

        def question(db: Connection) -> bool:
            return bool(
                find_named(db, name)
                or roles.holders(db, name)
                or people.mistyped_people(db, name)
                or subjects.mistyped_subjects(db, name)
            )

        return await self.knowledge.read(question)

    async def leading(self, name: str, links: Links) -> Message | None:
        """Show who leads what is called `name`, else its people; None where it has none."""

        def question(db: Connection) -> Message | None:
            for subject in subjects.speaking(db, name):
                held = roles.leaders(db, subject)
                if held:
                    return _holding(db, subject.name, held, links)
                return who_subject.page(db, SubjectPage(subject.key, Facet.PEOPLE), links)
            return None

        return await self.knowledge.read(question)

    async def of(self, name: str, links: Links) -> Message | None:
        """Show the people of what is called `name`; None where nothing is."""

        def question(db: Connection) -> Message | None:
            found = subjects.speaking(db, name) or subjects.called(db, name)
            match found:
                case []:
                    return None
                case [only]:
                    return who_subject.page(db, SubjectPage(only.key, Facet.PEOPLE), links)
                case several:
                    return subject_messages.which(name, (), several, view=View.WITH)

        return await self.knowledge.read(question)

    async def page(self, press: PersonPage, links: Links) -> Message:
        """Show the view of a person that a button asks for."""
        return await self.knowledge.read(_page, press, links)

    async def subject(self, press: SubjectPage, links: Links) -> Message:
        """Show the view of a subject that a button asks for."""
        return await self.knowledge.read(who_subject.page, press, links)


def _shown(db: Connection, name: str, found: Named, view: View, links: Links) -> Message:
    match (found.persons, found.subjects):
        case ([person], []):
            return _page(db, PersonPage(person.key, view), links)
        case ([], [subject]):
            facet = subject_messages.facet_of(view)
            return who_subject.page(db, SubjectPage(subject.key, facet), links)
        case (persons, several):
            return subject_messages.which(name, persons, several, view=view)


def _holding(db: Connection, role: str, held: tuple[Member, ...], links: Links) -> Message:
    match held:
        case [only]:
            return _page(db, PersonPage(only.person.key), links)
        case several:
            return subject_messages.holders(role, several, links=links)


def _mistyped(db: Connection, name: str, view: View, links: Links) -> Message:
    persons = people.mistyped_people(db, name)
    slipped = () if persons else subjects.mistyped_subjects(db, name)
    match (persons, slipped):
        case ([only], []):
            return say.taken_for(name, only, _page(db, PersonPage(only.key, view), links))
        case ([], [subject]):
            shown = SubjectPage(subject.key, subject_messages.facet_of(view))
            return subject_messages.taken_for(name, subject, who_subject.page(db, shown, links))
        case ([], []):
            return subject_messages.unknown(
                name,
                people.nearest_people(db, name),
                subjects.nearest_subjects(db, name, limit=2),
                view=view,
            )
        case (several, others):
            return subject_messages.which(name, several, others, view=view)


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
