"""The views of a subject that is no person, as its buttons open them."""

from bot.commands.pages import last_offset, page_within
from bot.messages import help as about
from bot.messages import subject as say
from bot.messages.callbacks import Facet, SubjectPage
from bot.messages.message import Links, Message
from store.database import Connection
from store.knowledge import figures, quotes, sources, subjects, timeline
from store.knowledge.subjects import SubjectRef


def page(db: Connection, press: SubjectPage, links: Links) -> Message:
    """Show the view of a subject that a button asks for."""
    subject = subjects.subject_of_key(db, press.key)
    if subject is None:
        return about.page_gone()
    match press.facet:
        case Facet.PAGE:
            known = subjects.subject_profile(db, subject.key)
            if known is None:
                return about.page_gone()
            return say.page(known, as_of=sources.as_of(db), links=links)
        case Facet.TIMELINE:
            chosen = timeline.TimelineFilter(subject=subject.key)
            events = page_within(
                lambda at: timeline.timeline(db, chosen, limit=say.EVENTS_A_PAGE, offset=at),
                press.offset,
                limit=say.EVENTS_A_PAGE,
            )
            return say.timeline(subject, events, as_of=sources.as_of(db), links=links)
        case Facet.SOURCES:
            return _sources(db, subject, press.offset or 0, links)
        case _:
            return _listed(db, subject, press, links)


def _listed(db: Connection, subject: SubjectRef, press: SubjectPage, links: Links) -> Message:
    if press.facet is Facet.QUOTES:
        said = page_within(
            lambda at: quotes.quotes_naming(db, subject.key, limit=say.QUOTES_A_PAGE, offset=at),
            press.offset or 0,
            limit=say.QUOTES_A_PAGE,
        )
        speaks = subject in subjects.speaking(db, subject.name)
        return say.quotes(subject, said, speaks=speaks, links=links)
    if press.facet is Facet.PEOPLE:
        shown = page_within(
            lambda at: subjects.people_of(db, subject, limit=say.PEOPLE_A_PAGE, offset=at),
            press.offset or 0,
            limit=say.PEOPLE_A_PAGE,
        )
        return say.people(subject, shown, links=links)
    counted = page_within(
        lambda at: figures.figures_of_subject(db, subject.key, limit=say.FIGURES_A_PAGE, offset=at),
        press.offset or 0,
        limit=say.FIGURES_A_PAGE,
    )
    return say.figures(subject, counted, links=links)


def _sources(db: Connection, subject: SubjectRef, offset: int, links: Links) -> Message:
    limit = say.SOURCES_A_PAGE
    shown = subjects.sources_of_subject(db, subject.key, limit=limit, offset=offset)
    if offset >= shown.total > 0:
        offset = last_offset(shown.total, limit)
        shown = subjects.sources_of_subject(db, subject.key, limit=limit, offset=offset)
    return say.sources(subject, shown, offset=offset, links=links)
