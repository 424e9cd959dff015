"""The digest: what is new since a chat's last edition, what is planned, what was on this day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.messages import dates
from bot.messages.callbacks import Press, PressedOn
from bot.messages.events import LONGEST_NAME, event_line, quote_lines
from bot.messages.help import how_much
from bot.messages.message import Button, Links, Message
from bot.messages.text import Text, blocks, bold, clip, italic, lines, link, paginate, row
from store.knowledge.news import News
from store.knowledge.sources import Counts, Source
from store.knowledge.timeline import Event
from store.knowledge.values import Story

MOST_EVENTS = 30
MOST_QUOTES = 8
MOST_SOURCES = 8
_STEERING = (
    (Button("Pause for a week", Press(PressedOn.PAUSE)), Button("Stop", Press(PressedOn.STOP))),
)
_ROOM = 3400  # units of a part, which leaves the rest for its head
_MOST_ENTITIES = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """All that one edition tells; the same for every chat that is owed the same."""

    story: Story
    counted: Counts
    local_date: date
    as_of: date
    today: date  # the story's own
    first: bool  # the story so far, not what is new
    news: News
    planned: tuple[Event, ...]
    on_this_day: tuple[Event, ...]
    late: str | None = None  # when it was due, where it comes late


def digest(told: Briefing, *, links: Links) -> tuple[Message, ...]:
    """Return the parts of the digest, in their order."""
    items = [
        *_introduction(told),
        *([] if told.first else _corrections(told, links)),
        *_events("The story so far" if told.first else "New", _plain(told), told, links),
        *_quotes(told, links),
        *_sources(told.news.sources, links),
        *_events(_planned_title(told), _not_new(told.planned, told), told, links),
        *_events("On this day", _not_new(told.on_this_day, told), told, links),
    ]
    pages = paginate(items, most=_ROOM, entities=_MOST_ENTITIES)
    return tuple(
        Message(
            blocks(_head(told, part, len(pages)), *page), _STEERING if part == len(pages) else ()
        )
        for part, page in enumerate(pages, start=1)
    )


def nothing_new(told: Briefing) -> Message:
    """Say in one line that nothing is new."""
    return Message(
        bold("Digest") + f" · {dates.day(told.local_date)}: nothing new since the last one, as of "
        f"{dates.day(told.as_of)}." + (f" {told.late}" if told.late else "")
    )


def _head(told: Briefing, part: int, parts: int) -> Text:
    number = f" · {part} of {parts}" if parts > 1 else ""
    head = bold("Digest") + f" · {dates.day(told.local_date)}{number}"
    if part > 1:
        return head
    return lines(head, clip(told.story.title, 2 * LONGEST_NAME), italic(told.late or ""))


def _introduction(told: Briefing) -> list[Text]:
    if not told.first:
        return []
    return [
        Text() + told.story.intro,
        Text() + f"{how_much(told.counted, ', ')}, as of {dates.day(told.as_of)}. "
        "From now on: what is new.",
    ]


def _events(title: str, events: Sequence[Event], told: Briefing, links: Links) -> list[Text]:
    shown = [event_line(e, as_of=told.as_of, links=links) for e in events[-MOST_EVENTS:]]
    if not shown:
        return []
    rest = len(events) - len(shown)
    earlier = [Text() + f"and {rest} earlier ones: /timeline"] if rest else []
    return _in_rows(title, [*earlier, *shown])


def _corrections(told: Briefing, links: Links) -> list[Text]:
    """Return what corrects earlier editions, which leads this one."""
    events = [
        event_line(event, as_of=told.as_of, links=links) + _was(event.correction)
        for event in told.news.events
        if event.correction
    ]
    quotes = [
        quote_lines(quote, links=links, speaker=True) + _was(quote.correction)
        for quote in told.news.quotes
        if quote.correction
    ]
    shown = [*events, *quotes][-MOST_EVENTS:]
    return _in_rows("Corrected", shown) if shown else []


def _was(words: str | None) -> str:
    return f"\nIt read: {clip(words or '', 2 * LONGEST_NAME)}"


def _plain(told: Briefing) -> Sequence[Event]:
    events = told.news.events
    return events if told.first else [event for event in events if not event.correction]


def _quotes(told: Briefing, links: Links) -> list[Text]:
    every = told.news.quotes
    plain = every if told.first else [quote for quote in every if not quote.correction]
    quotes = plain[-MOST_QUOTES:]
    shown = [quote_lines(quote, links=links, speaker=True) for quote in quotes]
    if not shown:
        return []
    rest = len(plain) - len(shown)
    more = [Text() + f"and {rest} more: /quotes"] if rest else []
    return [lines(bold("Said"), shown[0]), *shown[1:], *more]


def _sources(sources: Sequence[Source], links: Links) -> list[Text]:
    shown = [
        link(f"[{source.citation.n}]", links.source(source.citation.key))
        + f" {clip(source.title, 2 * LONGEST_NAME)}, {clip(source.citation.outlet, LONGEST_NAME)}, "
        + dates.day(source.citation.published)
        for source in sources[-MOST_SOURCES:]
    ]
    rest = len(sources) - len(shown)
    more = [Text() + f"and {rest} more: /sources"] if rest else []
    return _in_rows("New sources", [*shown, *more]) if shown else []


def _planned_title(told: Briefing) -> str:
    if told.today == told.local_date:
        return "Today and tomorrow"
    return f"Today and tomorrow, in a story that stands at {dates.day(told.today)}"


def _not_new(events: Sequence[Event], told: Briefing) -> list[Event]:
    new = {event.key for event in told.news.events}
    return [event for event in events if event.key not in new]


def _in_rows(title: str, rows: Sequence[Text]) -> list[Text]:
    """Put rows below their title; a part may end between any two."""
    return [lines(bold(title), rows[0]), *map(row, rows[1:])]
