"""What a picture of a timeline says, and the caption below it. How it looks: bot.pictures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.locales import _, ngettext
from bot.messages import dates
from bot.messages.callbacks import PicturePage
from bot.messages.events import LONGEST_NAME, event_note
from bot.messages.message import MOST_CITATIONS, Button, Links, Message
from bot.messages.paging import turning
from bot.messages.text import Text, blocks, bold, clip, join, lines, link
from bot.pictures.chart import EVENTS_A_PICTURE, Chart, Entry, Kind, Lane, Sign, Theme, Today
from store.knowledge.people import PersonRef
from store.knowledge.timeline import Event, TimelinePage
from store.knowledge.values import Basis, Precision, Status, Story, When

LONGEST_CAPTION = 1024  # units
MOST_LANES = 7
_NEUTRAL = "–"
_UNSURE = {Basis.RESOLVED: "\u00b0", Basis.INFERRED: "\u2248"}  # as on pages of words
_LONGEST_TEXT = 700  # units; no label has room for more
_MONTHS_FROM, _YEARS_FROM = 62, 730  # days
_EXACT = frozenset({Precision.DAY, Precision.RANGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """The events of one picture, with all that is shown of them."""

    page: TimelinePage
    sides: Mapping[str, Sequence[str]]  # by event
    story: Story
    as_of: date
    title: str  # its parts clipped by whoever makes it; of all where empty
    persons: Sequence[PersonRef]
    press: PicturePage


def chart(pictured: Pictured) -> Chart:
    """Return what the picture says."""
    page, events = pictured.page, pictured.page.events
    lanes, by_name = _lanes(pictured)
    entries = [
        _entry(event, pictured, [by_name.get(side) for side in pictured.sides[event.key]], lanes)
        for event in events
    ]
    today = _today(page, pictured.as_of)
    return Chart(
        story=clip(pictured.story.title, LONGEST_NAME),
        title=pictured.title or _("Timeline"),
        about=f"{_about(page)} · {_span(events)}",
        lanes=lanes,
        entries=tuple(
            replace(entry, empty=_empty_before(events, number, today, pictured.as_of))
            for number, entry in enumerate(entries)
        ),
        today=today,
        signs=_signs(entries),
        sources=Links("").listed(source for event in events for source in event.sources).plain,
        remarks=" · ".join(_remarks(events, lanes)),
        lacking=_("[…] stands for letters that pictures cannot show."),
    )


def caption(pictured: Pictured, links: Links) -> Message:
    """Say below the picture what it shows, with links to the persons and the sources."""
    page, press = pictured.page, pictured.press
    named = [
        link(clip(person.name, LONGEST_NAME), links.person(person.key))
        for person in pictured.persons
    ]
    head = lines(
        bold(_("Timeline"))
        + (f" · {pictured.title}" if pictured.title and not named else "")
        + ("" if not named else " · " + join(" · ", named)),
        _about(page) + " · " + dates.as_of(pictured.as_of),
    )
    cited = links.listed(source for event in page.events for source in event.sources)
    body = next(
        (one for one in (blocks(head, cited), head) if one.units <= LONGEST_CAPTION),
        Text() + _about(page),
    )
    turn = turning(
        page.offset,
        EVENTS_A_PICTURE,
        page.total,
        press=lambda offset: replace(press, offset=offset),
        labels=(_("‹ Earlier"), _("Later ›")),
    )
    other = _("Dark") if press.theme is Theme.LIGHT else _("Light")
    shade = Button(other, replace(press, theme=press.theme.other, offset=page.offset))
    return Message(body, (turn, (shade,)))


def picture_button(scope: str, offset: int | None) -> Button:
    """Return the button that asks for a picture of a timeline's page."""
    return Button(_("Picture"), PicturePage(scope, Theme.LIGHT, offset))


def busy() -> str:
    """Ask for patience."""
    return _("Many pictures are being drawn. Please try again in a moment.")


def gone() -> str:
    """Say that there is nothing any more that the picture could show."""
    return _("This page has changed since then. Please ask again.")


def _lanes(pictured: Pictured) -> tuple[tuple[Lane, ...], dict[str, int]]:
    """Return a lane for each side in the picture, in the story's order, and which is whose."""
    there = {side for names in pictured.sides.values() for side in names}
    sides = [side for side in pictured.story.sides if side.name in there][:MOST_LANES]
    lanes = [Lane(name=side.short, colour=side.colour) for side in sides]
    by_name = {side.name: number for number, side in enumerate(sides)}
    if any(not set(names) <= by_name.keys() or not names for names in pictured.sides.values()):
        lanes.append(Lane(name=_NEUTRAL))
    return tuple(lanes), by_name


def _entry(
    event: Event, pictured: Pictured, lanes: Sequence[int | None], known: Sequence[Lane]
) -> Entry:
    other = len(known) - 1
    on = {other if lane is None else lane for lane in lanes} or {other}
    numbers = "".join(f"[{source.n}]" for source in event.sources[:MOST_CITATIONS])
    cited = " ".join(filter(None, [_UNSURE.get(event.basis), numbers]))
    rest = len(event.sources) - MOST_CITATIONS
    disputed = event.dispute is not None
    return Entry(
        date=dates.when(event.when),
        text=clip(event.text, _LONGEST_TEXT),
        note=event_note(event, pictured.as_of) or (_("the sources differ") if disputed else ""),
        cited=cited + (f" +{rest}" if rest > 0 else ""),
        kind=_kind(event, pictured.as_of),
        lasting=event.when.precision is not Precision.DAY,
        disputed=disputed,
        lanes=tuple(sorted(on)),
    )


def _kind(event: Event, as_of: date) -> Kind:
    if event.status is Status.ONGOING:
        return Kind.ONGOING
    if event.status is not Status.PLANNED:
        return Kind.HAPPENED
    return Kind.OPEN if event.when.end < as_of and not event.borne_out else Kind.PLANNED


def _empty_before(events: Sequence[Event], number: int, today: Today | None, as_of: date) -> str:
    """Say what is empty between an event and what stands above it: "as of", or another."""
    begins = events[number].when.start
    if today and today.above == number:
        return _empty(as_of, begins)
    return _empty(_told_until(events[:number], begins), begins) if number else ""


def _told_until(before: Sequence[Event], day: date) -> date:
    """Return the last day before `day` of which an event may be told; there is one before.

    A month or a year that an event is dated with counts for the one right after it only:
    it says nothing of the days between two others.
    """
    last = before[-1].when
    told = [min(last.end, day)]
    told += [min(one.when.end, day) for one in before if one.when.precision in _EXACT]
    return max(told)


def _empty(last: date, day: date) -> str:
    """Say for how long nothing is told of between two days, or nothing where that is no day."""
    days = (day - last).days - 1
    if days < 1:
        return ""
    if days < _MONTHS_FROM:
        said, n = ngettext("{n} day without an event", "{n} days without an event", days), days
    elif days < _YEARS_FROM:
        n = days * 12 // 365
        said = ngettext("{n} month without an event", "{n} months without an event", n)
    else:
        n = days * 4 // 1461
        said = ngettext("{n} year without an event", "{n} years without an event", n)
    return said.format(n=dates.number(n))


def _today(page: TimelinePage, as_of: date) -> Today | None:
    """Return where "as of" stands, unless that is on an earlier or a later picture."""
    past = sum(event.when.start <= as_of for event in page.events)
    first, last = page.offset == 0, page.offset + len(page.events) >= page.total
    if (past == 0 and not first) or (past == len(page.events) and not last):
        return None
    empty = _empty(_told_until(page.events[:past], as_of), as_of) if past else ""
    return Today(above=past, words=dates.as_of(as_of), empty=empty)


def _signs(entries: Sequence[Entry]) -> tuple[Sign, ...]:
    """Say what the shapes mean that are not plain."""
    kinds = {entry.kind for entry in entries}
    says = {
        Kind.HAPPENED: _("happened"),
        Kind.ONGOING: _("ongoing"),
        Kind.PLANNED: _("planned"),
        Kind.OPEN: _("planned, outcome not in the sources"),
    }
    signs = [Sign(kind=kind, words=words) for kind, words in says.items() if kind in kinds]
    if any(entry.lasting for entry in entries):
        signs.append(Sign(lasting=True, words=_("not one known day")))
    if any(entry.disputed for entry in entries):
        signs.append(Sign(disputed=True, words=_("the sources differ")))
    return tuple(signs) if len(signs) > 1 else ()


def _remarks(events: Sequence[Event], lanes: Sequence[Lane]) -> Iterator[str]:
    bases = {event.basis for event in events}
    if Basis.RESOLVED in bases:
        yield f"{_UNSURE[Basis.RESOLVED]} " + _("date worked out")
    if Basis.INFERRED in bases:
        yield f"{_UNSURE[Basis.INFERRED]} " + _("date inferred")
    if any(lane.colour is None for lane in lanes):
        yield f"{_NEUTRAL} " + _("of no person whose side is known")


def _about(page: TimelinePage) -> str:
    shown, total = len(page.events), page.total
    if shown == total:
        said = ngettext("{n} event", "{n} events", total).format(n=dates.number(total))
    else:
        said = _("Events {first} to {last} of {total}").format(
            first=dates.number(page.offset + 1),
            last=dates.number(page.offset + shown),
            total=dates.number(total),
        )
    return said


def _span(events: Sequence[Event]) -> str:
    first, last = min(e.when.start for e in events), max(e.when.end for e in events)
    return dates.when(When(first, last, Precision.RANGE))
