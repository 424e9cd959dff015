"""What the bot says about the course of events: of all, at a place, on a date; and the latest."""

from collections.abc import Sequence
from datetime import date

from bot.messages import dates
from bot.messages.callbacks import List, ListPage, PersonPage, TimelinePage, View
from bot.messages.events import LONGEST_NAME, event_line, fitting
from bot.messages.message import Button, Links, Message
from bot.messages.paging import standing, turning
from bot.messages.text import Text, blocks, bold, clip, lines, link
from store.knowledge import timeline as known
from store.knowledge.people import PersonRef
from store.knowledge.sources import Source

EVENTS_A_PAGE = 8


def timeline(
    page: known.TimelinePage, *, title: str, scope: str, as_of: date | None, links: Links
) -> Message:
    """Show a page of events in the order of time; `title` says of which."""
    about = f" · {clip(title, LONGEST_NAME)}" if title else ""
    body = fitting(
        lambda most: blocks(
            bold("Timeline") + about + _as_of(as_of),
            lines(*(event_line(e, as_of=as_of, links=links, most=most) for e in page.events))
            or "The sources tell of no dated event there.",
            standing(page.offset, len(page.events), page.total),
            links.listed(source for event in page.events for source in event.sources),
        )
    )
    turn = turning(
        page.offset,
        EVENTS_A_PAGE,
        page.total,
        press=lambda offset: TimelinePage(scope, offset),
        labels=("‹ Earlier", "Later ›"),
    )
    return Message(body, (turn,))


def unknown(asked: str, people: Sequence[PersonRef], places: Sequence[tuple[str, str]]) -> Message:
    """Say that no person, place or date is called so; offer the nearest persons and some places."""
    body = Text() + (
        f"I have no timeline for “{clip(asked, LONGEST_NAME)}”. Ask for a person, a place, or a "
        "date such as 2022-01-10, 2021-06 or 2014."
    )
    return Message(
        body,
        (
            *(
                (Button(clip(p.name, LONGEST_NAME), PersonPage(p.key, View.TIMELINE)),)
                for p in people
            ),
            tuple(
                Button(clip(name, LONGEST_NAME), TimelinePage(f"@{key}")) for name, key in places
            ),
        ),
    )


def latest(
    newest: Sequence[known.Event],
    coming: Sequence[known.Event],
    sources: Sequence[Source],
    *,
    as_of: date | None,
    links: Links,
) -> Message:
    """Show where the story stands: newest events, what is planned, newest sources."""

    def told(events: Sequence[known.Event], most: int) -> list[Text]:
        return [event_line(event, as_of=as_of, links=links, most=most) for event in events]

    body = fitting(
        lambda most: blocks(
            bold("Latest") + _as_of(as_of),
            lines(*told(newest, most)),
            lines(bold("Next"), *told(coming, most)) if coming else "",
            lines(bold("Newest sources"), *(_source(source, links) for source in sources)),
        )
    )
    row = (Button("Timeline", TimelinePage()), Button("Sources", ListPage(List.SOURCES)))
    return Message(body, (row,))


def _source(source: Source, links: Links) -> Text:
    cited = source.citation
    return (
        link(f"[{cited.n}]", links.source(cited.key))
        + f" {clip(source.title, LONGEST_NAME * 2)}, {clip(cited.outlet, LONGEST_NAME)}, "
        + dates.day(cited.published)
    )


def _as_of(value: date | None) -> str:
    return f" · as of {dates.day(value)}" if value else ""
