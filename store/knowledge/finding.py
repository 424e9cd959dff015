"""What a few typed words find at once: persons, subjects, and events and quotes around them.

For an answer while somebody types: every part is bounded, whatever the words are.
"""

from dataclasses import dataclass

from store.database import Connection
from store.knowledge import people, quotes, search, subjects, timeline
from store.knowledge.people import PersonRef
from store.knowledge.quotes import Quote, QuotePage
from store.knowledge.subjects import SubjectRef
from store.knowledge.timeline import Event, TimelineFilter
from store.knowledge.topics import Topic

EVENTS_A_PAGE = 8
QUOTES_A_PAGE = 4
_CARDS = 4  # persons, and as many subjects
_SOURCES = 6  # in which words are looked for that name nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of what typed words find; persons and subjects stand on the first only."""

    people: tuple[PersonRef, ...] = ()
    subjects: tuple[SubjectRef, ...] = ()
    events: tuple[Event, ...] = ()  # newest first
    quotes: tuple[Quote, ...] = ()  # newest first
    has_more: bool = False


def find(db: Connection, typed: str, *, page: int = 0) -> Found:
    """Return a page, from 0, of what `typed` finds; of nothing typed, what is newest."""
    if not typed.strip():
        return _around(db, person=None, subject=None, page=page)
    persons = people.find_people(db, typed, limit=_CARDS)
    named = subjects.find_subjects(db, typed, limit=_CARDS)
    if not persons and not named:
        persons = people.mistyped_people(db, typed)[:_CARDS]
        named = subjects.mistyped_subjects(db, typed)[:_CARDS]
    match [*persons, *named]:
        case []:
            return _told_of(db, typed) if page == 0 else Found()
        case [PersonRef(key=key)]:
            around = _around(db, person=key, subject=None, page=page)
        case [SubjectRef(key=key)]:
            around = _around(db, person=None, subject=key, page=page)
        case _:
            around = Found()
    cards = Found(people=persons, subjects=named) if page == 0 else Found()
    return Found(
        people=cards.people,
        subjects=cards.subjects,
        events=around.events,
        quotes=around.quotes,
        has_more=around.has_more,
    )


def _around(db: Connection, *, person: str | None, subject: str | None, page: int) -> Found:
    """Return what happened to and was said by one, or all, newest first."""
    chosen = TimelineFilter(person=person, subject=subject)
    total = timeline.timeline(db, chosen, limit=0, offset=0).total
    last = max(total - page * EVENTS_A_PAGE, 0)
    first = max(last - EVENTS_A_PAGE, 0)
    events = timeline.timeline(db, chosen, limit=last - first, offset=first).events
    said = _quotes(db, person, subject, page * QUOTES_A_PAGE)
    return Found(
        events=tuple(reversed(events)),
        quotes=said.quotes,
        has_more=first > 0 or said.offset + len(said.quotes) < said.total,
    )


def _quotes(db: Connection, person: str | None, subject: str | None, offset: int) -> QuotePage:
    if subject is not None:
        return quotes.quotes_naming(db, subject, limit=QUOTES_A_PAGE, offset=offset)
    return quotes.quotes(db, person=person, limit=QUOTES_A_PAGE, offset=offset)


def _told_of(db: Connection, typed: str) -> Found:
    """Return the events and quotes with these words, of the sources that fit them best."""
    topic = Topic(typed)
    hits = search.search(db, typed, limit=_SOURCES).hits if topic.words else ()
    events = {
        event.key: event
        for hit in hits
        for event in timeline.events_of_source(db, hit.source.key)
        if topic.all_in(f"{event.text} {event.place or ''}")
    }
    said = {
        quote.key: quote
        for hit in hits
        for quote in quotes.quotes_of_source(db, hit.source.key)
        if topic.all_in(f"{quote.text} {quote.about or ''}")
    }
    newest = sorted(events.values(), key=lambda event: event.when.start, reverse=True)
    latest = sorted(
        said.values(),
        key=lambda quote: quote.said.start if quote.said else quote.published,
        reverse=True,
    )
    return Found(events=tuple(newest[:EVENTS_A_PAGE]), quotes=tuple(latest[:QUOTES_A_PAGE]))
