"""What the bot says about the course of events: of all, at a place, on a date; and the latest."""

from collections.abc import Sequence
from datetime import date
from functools import reduce

from bot.locales import _
from bot.messages import dates
from bot.messages.callbacks import Export, List, ListPage, PersonPage, TimelinePage, View
from bot.messages.events import LONGEST_NAME, event_line, fitting, legend
from bot.messages.message import Button, Keyboard, Links, Message
from bot.messages.paging import standing, turning
from bot.messages.picture import picture_button
from bot.messages.text import Text, blocks, bold, clip, italic, lines, link
from store.knowledge import timeline as known
from store.knowledge.people import PersonRef
from store.knowledge.sources import Source
from store.knowledge.values import When

EVENTS_A_PAGE = 8


def timeline(
    page: known.TimelinePage,
    *,
    title: str,
    scope: str,
    as_of: date | None,
    links: Links,
    note: str = "",
) -> Message:
    """Show a page of events in the order of time; `title` says of which, `note` how that is read.

    `title` is shown as it is: its parts are clipped by whoever makes it.
    """
    about = f" · {title}" if title else ""
    body = fitting(
        lambda most: blocks(
            lines(bold(_("Timeline")) + about + _as_of(as_of), italic(note)),
            lines(*_lines(page.events, as_of=as_of, links=links, most=most))
            or _("The sources tell of no dated event there."),
            legend(page.events),
            standing(page.offset, len(page.events), page.total),
            links.listed(source for event in page.events for source in event.sources),
        )
    )
    turn = turning(
        page.offset,
        EVENTS_A_PAGE,
        page.total,
        press=lambda offset: TimelinePage(scope, offset),
        labels=(_("‹ Earlier"), _("Later ›")),
    )
    picture = (picture_button(scope, page.offset),) if page.events else ()
    export = (Button(_("Export"), Export(scope)),) if page.events else ()
    return Message(body, ((*turn, *picture, *export),))


def _lines(
    events: Sequence[known.Event], *, as_of: date | None, links: Links, most: int
) -> list[Text]:
    return [event_line(e, as_of=as_of, links=links, most=most, others=True) for e in events]


def title(names: Sequence[str], others: Sequence[str], place: str | None, when: When | None) -> str:
    """Return of which events a timeline is: whose, of what, where, when."""
    parts = (
        together([clip(name, LONGEST_NAME) for name in names]),
        together([clip(name, LONGEST_NAME) for name in others]),
        clip(place or "", LONGEST_NAME),
        dates.period(when) if when else "",
    )
    return " · ".join(part for part in parts if part)


def together(names: Sequence[str]) -> str:
    """Return `Blinken and Lavrov`."""
    if not names:
        return ""
    return reduce(lambda one, other: _("{one} and {other}").format(one=one, other=other), names)


def planned(page: known.TimelinePage, *, as_of: date, links: Links) -> Message:
    """Show what is planned after "as of", soonest first."""
    body = fitting(
        lambda most: blocks(
            bold(_("Next")) + _as_of(as_of),
            lines(*_lines(page.events, as_of=as_of, links=links, most=most))
            or _("The sources tell of nothing planned after {day}.").format(day=dates.day(as_of)),
            legend(page.events),
            standing(page.offset, len(page.events), page.total),
            links.listed(source for event in page.events for source in event.sources),
        )
    )
    turn = turning(
        page.offset,
        EVENTS_A_PAGE,
        page.total,
        press=lambda offset: ListPage(List.NEXT, offset),
        labels=(_("‹ Sooner"), _("Later ›")),
    )
    return Message(body, (turn,))


def which(asked: str, choices: Sequence[tuple[str, str]]) -> Message:
    """Ask which of several (name, scope) is meant."""
    body = Text() + _("“{words}” fits several timelines. Which one?").format(
        words=clip(asked, LONGEST_NAME)
    )
    return Message(
        body,
        tuple((Button(clip(name, LONGEST_NAME), TimelinePage(scope)),) for name, scope in choices),
    )


def nothing(title: str, offered: Sequence[tuple[str, str]], *, note: str = "") -> Message:
    """Say that no event of that `title` is known, and offer others as (label, scope)."""
    said = (
        _("I have nothing on that: {title}.").format(title=title)
        if title
        else _("I have nothing on that.")
    )
    return Message(
        lines(said, italic(note)),
        tuple(
            (Button(clip(label, LONGEST_NAME), TimelinePage(scope)),) for label, scope in offered
        ),
    )


def unknown(asked: str, people: Sequence[PersonRef], places: Sequence[tuple[str, str]]) -> Message:
    """Say that no person, place or date is called so; offer the nearest persons and some places."""
    body = Text() + (
        _(
            "I have no timeline for “{words}”. Ask for a person, a place, or a date such as "
            "2022-01-10, 2021-06 or 2014."
        ).format(words=clip(asked, LONGEST_NAME))
    )
    return Message(body, _offered(people, places))


def nothing_on(
    asked: str, people: Sequence[PersonRef], places: Sequence[tuple[str, str]]
) -> Message:
    """Say that nothing is known of what was asked; offer the nearest persons and some places."""
    body = Text() + _("I have nothing on “{asked}”.").format(asked=clip(asked, LONGEST_NAME))
    return Message(body, _offered(people, places))


def _offered(people: Sequence[PersonRef], places: Sequence[tuple[str, str]]) -> Keyboard:
    return (
        *((Button(clip(p.name, LONGEST_NAME), PersonPage(p.key, View.TIMELINE)),) for p in people),
        tuple(Button(clip(name, LONGEST_NAME), TimelinePage(f"@{key}")) for name, key in places),
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
            bold(_("Latest")) + _as_of(as_of),
            lines(*told(newest, most)),
            lines(bold(_("Next")), *told(coming, most)) if coming else "",
            legend((*newest, *coming)),
            lines(bold(_("Newest sources")), *(_source(source, links) for source in sources)),
        )
    )
    row = (Button(_("Timeline"), TimelinePage()), Button(_("Sources"), ListPage(List.SOURCES)))
    return Message(body, (row,))


def _source(source: Source, links: Links) -> Text:
    cited = source.citation
    return (
        link(f"[{cited.n}]", links.source(cited.key))
        + f" {clip(source.title, LONGEST_NAME * 2)}, {clip(cited.outlet, LONGEST_NAME)}, "
        + dates.day(cited.published)
    )


def _as_of(value: date | None) -> str:
    return " · " + dates.as_of(value) if value else ""
