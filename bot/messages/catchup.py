"""What the bot says to /catchup: what became known since the chat last read, on pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.locales import _
from bot.messages import counts, dates
from bot.messages.callbacks import CatchUpPage, List, ListPage, TimelinePage
from bot.messages.events import LONGEST_NAME, event_line, fitting, legend, quote_lines
from bot.messages.message import Button, Links, Message
from bot.messages.paging import standing, turning
from bot.messages.text import LONGEST_MESSAGE, Text, blocks, bold, clip, italic, lines, link
from store.knowledge.news import Kind, NewsPage
from store.knowledge.sources import Source

ITEMS_A_PAGE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """Which offers a catch-up tells: those after `after`, up to `upto`; and since which day."""

    after: int
    upto: int
    day: date


def caught_up(page: NewsPage, since: Since, *, as_of: date, links: Links) -> Message:
    """Show a page of what became known, or say that nothing did."""
    if not page.total:
        return nothing_new(since.day, as_of=as_of)
    body = fitting(lambda most: _page(page, since, as_of=as_of, links=links, most=most))
    turn = turning(
        page.offset,
        ITEMS_A_PAGE,
        page.total,
        press=lambda to: CatchUpPage(since.after, since.upto, since.day, to),
    )
    row = (Button(_("Timeline"), TimelinePage()), Button(_("Latest"), ListPage(List.LATEST)))
    return Message(body, (turn, row))


def nothing_new(since: date, *, as_of: date) -> Message:
    """Say in one line that nothing is new, and since when."""
    words = _("nothing new since {since}; the story is as of {day}.").format(
        since=dates.day(since), day=dates.day(as_of)
    )
    body = bold(_("Catch-up")) + f" · {words}"
    return Message(body, ((Button(_("Latest"), ListPage(List.LATEST)),),))


def begun(latest: Message) -> tuple[Message, ...]:
    """Show where the story stands to a chat that has read nothing, and what comes from now on."""
    note = bold(_("Catch-up")) + " · " + _("this is where the story stands.")
    note = lines(note, italic(_("From now on, /catchup tells what is new since you last read.")))
    together = blocks(note, latest.body)
    if together.units <= LONGEST_MESSAGE:
        return (Message(together, latest.keyboard),)
    return (Message(note), latest)


def _page(page: NewsPage, since: Since, *, as_of: date, links: Links, most: int) -> Text:
    news = page.news
    events = [
        event_line(event, as_of=as_of, links=links, most=most) + _was(event.correction)
        for event in news.events
    ]
    quotes = [
        quote_lines(quote, links=links, speaker=True, most=most) + _was(quote.correction)
        for quote in news.quotes
    ]
    head = bold(_("Catch-up")) + " · " + _("since {day}").format(day=dates.day(since.day))
    cited = [*(e.sources for e in news.events), *(q.sources for q in news.quotes)]
    return blocks(
        lines(
            head + " · " + dates.as_of(as_of),
            italic(_counted(page.counted)),
        ),
        lines(bold(_("New")), *events) if events else "",
        legend(news.events),
        blocks(lines(bold(_("Said")), quotes[0]), *quotes[1:]) if quotes else "",
        _sources(news.sources, links),
        standing(page.offset, len(events) + len(quotes) + len(news.sources), page.total),
        links.listed(source for sources in cited for source in sources),
    )


def _counted(counted: Mapping[Kind, int]) -> str:
    words = {Kind.EVENT: counts.events, Kind.QUOTE: counts.quotes, Kind.SOURCE: counts.sources}
    return ", ".join(say(counted[kind]) for kind, say in words.items() if counted.get(kind))


def _was(words: str | None) -> str:
    if not words:
        return ""
    return "\n" + _("It read: {words}").format(words=clip(words, 2 * LONGEST_NAME))


def _sources(sources: Sequence[Source], links: Links) -> Text:
    if not sources:
        return Text()
    shown = [
        link(f"[{source.citation.n}]", links.source(source.citation.key))
        + f" {clip(source.title, 2 * LONGEST_NAME)}, {clip(source.citation.outlet, LONGEST_NAME)}, "
        + dates.day(source.citation.published)
        for source in sources
    ]
    return lines(bold(_("New sources")), *shown)
