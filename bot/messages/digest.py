"""The digest: what is new since a chat's last edition, what is planned, what was on this day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.locales import _, ngettext
from bot.messages import dates
from bot.messages.callbacks import Press, PressedOn
from bot.messages.events import LONGEST_NAME, event_line, legend, quote_lines
from bot.messages.following import choosing, often_in
from bot.messages.help import how_much
from bot.messages.message import Button, Keyboard, Links, Message
from bot.messages.text import (
    LONGEST_MESSAGE,
    MOST_ENTITIES,
    Text,
    blocks,
    bold,
    clip,
    fill,
    italic,
    lines,
    link,
    paginate,
    row,
)
from store.knowledge.about import Concerns, keys_of_items
from store.knowledge.news import News
from store.knowledge.quotes import Quote
from store.knowledge.sources import Counts, Source
from store.knowledge.timeline import Event
from store.knowledge.values import Story
from store.ledger.values import Length

MOST_EVENTS = 30
MOST_QUOTES = 8
MOST_SOURCES = 8
MOST_SHORT = 5  # lines of a short digest
_FULLER = 3  # times as much of each in a full one
Told = Event | Quote
NOTHING = News(sources=(), events=(), quotes=())
_MOST_PARTS = 99  # of which a head has room to be one


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
    planned_before: int = 0  # how many stand before those
    on_this_day_before: int = 0
    late: str | None = None  # when it was due, where it comes late
    followed: News = NOTHING  # what leads, and stands in `news` no more
    muted: int = 0  # how many items of the news the reader's mutes left out
    length: Length = Length.NORMAL
    # What the items are about; follows from the items, and so tells no two briefings apart.
    concerns: Concerns = field(default_factory=Concerns, compare=False)

    @property
    def anything(self) -> bool:
        """Whether it tells any news."""
        return bool(self.news or self.followed)


def digest(told: Briefing, *, links: Links) -> tuple[Message, ...]:
    """Return the parts of the digest, in their order."""
    if told.length is Length.SHORT:
        return (_short(told, links),)
    items = [
        *_introduction(told),
        *_followed(told, links),
        *([] if told.first else _corrections(told, links)),
        *_events(_("The story so far") if told.first else _("New"), _plain(told), told, links),
        *_quotes(told, links),
        *_sources(told.news.sources, told, links),
        *_events(
            _planned_title(told),
            _not_new(told.planned, told),
            told,
            links,
            before=told.planned_before,
        ),
        *_events(
            _("On this day"),
            _not_new(told.on_this_day, told),
            told,
            links,
            before=told.on_this_day_before,
        ),
        *_legend(_shown(told)),
        *_left_out(told),
    ]
    head = _head(told, 1, _MOST_PARTS)  # the longest
    pages = paginate(items, most=LONGEST_MESSAGE - head.units, entities=MOST_ENTITIES - head.styled)
    return tuple(
        Message(
            blocks(_head(told, part, len(pages)), *page),
            _steering(told) if part == len(pages) else (),
        )
        for part, page in enumerate(pages, start=1)
    )


def _short(told: Briefing, links: Links) -> Message:
    """Return the most important in a few lines: what is followed, what was corrected, the newest.

    Sources, plans and other years are left to the longer ones.
    """
    news: list[Told] = [*reversed(told.news.events), *reversed(told.news.quotes)]
    corrected = [item for item in news if item.correction and not told.first]
    plain = [item for item in news if told.first or not item.correction]
    leading: list[Told] = [*reversed(told.followed.events), *reversed(told.followed.quotes)]
    every = [*leading, *corrected, *plain]
    shown = every[:MOST_SHORT]
    rest = len(every) - len(shown)

    def rows(title: str, items: Sequence[Told]) -> list[Text]:
        told_of = [_item(item, told, links) for item in items if item in shown]
        return _in_rows(title, told_of) if told_of else []

    return Message(
        blocks(
            _head(told, 1, 1),
            *rows(_("You follow"), leading),
            *rows(_("Corrected"), corrected),
            *rows(_("The story so far") if told.first else _("New"), plain),
            *([_n_more(rest)] if rest else []),
            *([_only_sources(told)] if not every and told.news.sources else []),
            *_legend(item for item in shown if isinstance(item, Event)),
            *_left_out(told),
        ),
        _steering(told),
    )


def _only_sources(told: Briefing) -> Text:
    number = len(told.news.sources)
    words = ngettext("{n} new source: /sources", "{n} new sources: /sources", number)
    return Text() + words.format(n=number)


def _n_more(rest: int) -> Text:
    return Text() + _("and {n} more: /catchup").format(n=rest)


def _item(item: Told, told: Briefing, links: Links) -> Text:
    line = (
        event_line(item, as_of=told.as_of, links=links)
        if isinstance(item, Event)
        else quote_lines(item, links=links, speaker=True)
    )
    return line + _was(item.correction) if item.correction and not told.first else line


def _followed(told: Briefing, links: Links) -> list[Text]:
    """Return what is about things that the reader follows: the newest of it, oldest first."""
    many = _most(told)
    events = told.followed.events[-MOST_EVENTS * many :]
    quotes = told.followed.quotes[-MOST_QUOTES * many :]
    shown = [_item(event, told, links) for event in events]
    shown += [_item(quote, told, links) for quote in quotes]
    rest = len(told.followed.events) + len(told.followed.quotes) - len(shown)
    return _in_rows(_("You follow"), [*shown, *([_n_more(rest)] if rest else [])]) if shown else []


def _legend(events: Iterable[Event]) -> list[Text]:
    said = legend(events)
    return [said] if said else []


def _shown(told: Briefing) -> list[Event]:
    """Return the events that a digest has lines of."""
    most = MOST_EVENTS * _most(told)
    corrected = [] if told.first else _corrected(told)
    sections = (
        told.followed.events,
        [item for item in corrected if isinstance(item, Event)],
        _plain(told),
        _not_new(told.planned, told),
        _not_new(told.on_this_day, told),
    )
    return [event for section in sections for event in section[-most:]]


def _left_out(told: Briefing) -> list[Text]:
    if not told.muted:
        return []
    return [italic(_muted(told.muted))]


def _muted(number: int) -> str:
    return ngettext(
        "{n} item left out, about what you mute: /following",
        "{n} items left out, about what you mute: /following",
        number,
    ).format(n=number)


def _most(told: Briefing) -> int:
    """Return how many times as much as a digest usually holds this one does."""
    return _FULLER if told.length is Length.FULL else 1


def nothing_new(told: Briefing) -> Message:
    """Say in one line that nothing is new."""
    said = fill(
        _("{digest} · {day}: nothing new since the last one, as of {as_of}."),
        digest=bold(_("Digest")),
        day=dates.day(told.local_date),
        as_of=dates.day(told.as_of),
    )
    left_out = _muted(told.muted) if told.muted else ""
    return Message(lines(said + (f" {told.late}" if told.late else ""), italic(left_out)))


def _steering(told: Briefing) -> Keyboard:
    new, led = told.news, told.followed
    items = keys_of_items(led.events, led.quotes, new.events, new.quotes)
    pause = Button(_("Pause for a week"), Press(PressedOn.PAUSE))
    return (
        *choosing(often_in(told.concerns, items)),
        (pause, Button(_("Stop"), Press(PressedOn.STOP))),
    )


def _head(told: Briefing, part: int, parts: int) -> Text:
    number = " · " + _("{n} of {total}").format(n=part, total=parts) if parts > 1 else ""
    head = bold(_("Digest")) + f" · {dates.day(told.local_date)}{number}"
    if part > 1:
        return head
    return lines(head, clip(told.story.title, 2 * LONGEST_NAME), italic(told.late or ""))


def _introduction(told: Briefing) -> list[Text]:
    if not told.first:
        return []
    return [
        Text() + told.story.intro,
        Text()
        + _("{known}, as of {day}. From now on: what is new.").format(
            known=how_much(told.counted, ", "), day=dates.day(told.as_of)
        ),
    ]


def _events(
    title: str, events: Sequence[Event], told: Briefing, links: Links, *, before: int = 0
) -> list[Text]:
    """Return the last of some events, and how many stand before those: others not at hand too."""
    newest = events[-MOST_EVENTS * _most(told) :]
    shown = [event_line(event, as_of=told.as_of, links=links) for event in newest]
    if not shown:
        return []
    rest = before + len(events) - len(shown)
    words = ngettext("and {n} earlier one: /timeline", "and {n} earlier ones: /timeline", rest)
    earlier = [Text() + words.format(n=rest)] if rest else []
    return _in_rows(title, [*earlier, *shown])


def _corrections(told: Briefing, links: Links) -> list[Text]:
    """Return what corrects earlier editions, which leads this one."""
    shown = [_item(item, told, links) for item in _corrected(told)]
    return _in_rows(_("Corrected"), shown) if shown else []


def _corrected(told: Briefing) -> list[Told]:
    every: tuple[Told, ...] = (*told.news.events, *told.news.quotes)
    return [item for item in every if item.correction][-MOST_EVENTS * _most(told) :]


def _was(words: str | None) -> str:
    return "\n" + _("It read: {words}").format(words=clip(words or "", 2 * LONGEST_NAME))


def _plain(told: Briefing) -> Sequence[Event]:
    events = told.news.events
    return events if told.first else [event for event in events if not event.correction]


def _quotes(told: Briefing, links: Links) -> list[Text]:
    every = told.news.quotes
    plain = every if told.first else [quote for quote in every if not quote.correction]
    quotes = plain[-MOST_QUOTES * _most(told) :]
    shown = [quote_lines(quote, links=links, speaker=True) for quote in quotes]
    if not shown:
        return []
    rest = len(plain) - len(shown)
    more = [Text() + _("and {n} more: /quotes").format(n=rest)] if rest else []
    return [lines(bold(_("Said")), shown[0]), *shown[1:], *more]


def _sources(sources: Sequence[Source], told: Briefing, links: Links) -> list[Text]:
    shown = [
        link(f"[{source.citation.n}]", links.source(source.citation.key))
        + f" {clip(source.title, 2 * LONGEST_NAME)}, {clip(source.citation.outlet, LONGEST_NAME)}, "
        + dates.day(source.citation.published)
        for source in sources[-MOST_SOURCES * _most(told) :]
    ]
    rest = len(sources) - len(shown)
    more = [Text() + _("and {n} more: /sources").format(n=rest)] if rest else []
    return _in_rows(_("New sources"), [*shown, *more]) if shown else []


def _planned_title(told: Briefing) -> str:
    if told.today == told.local_date:
        return _("Today and tomorrow")
    return _("Today and tomorrow, in a story that stands at {day}").format(
        day=dates.day(told.today)
    )


def _not_new(events: Sequence[Event], told: Briefing) -> list[Event]:
    new = {event.key for event in (*told.news.events, *told.followed.events)}
    return [event for event in events if event.key not in new]


def _in_rows(title: str, rows: Sequence[Text]) -> list[Text]:
    """Put rows below their title; a part may end between any two."""
    return [lines(bold(title), rows[0]), *map(row, rows[1:])]
