"""What the bot says about a person: profile, timeline, quotes, company; or that it knows none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.locales import _, ngettext
from bot.messages import dates
from bot.messages.callbacks import Export, PersonPage, View
from bot.messages.dates import number
from bot.messages.events import LONGEST_NAME, event_line, fitting, legend, quote_lines
from bot.messages.message import Button, Keyboard, Links, Message
from bot.messages.paging import standing, turning
from bot.messages.picture import picture_button
from bot.messages.scope import Scope
from bot.messages.text import LONGEST_MESSAGE, Text, blocks, bold, clip, italic, join, lines, link
from store.knowledge.people import Companion, PersonRef, Profile, Role
from store.knowledge.quotes import QuotePage
from store.knowledge.timeline import Event, TimelinePage

EVENTS_A_PAGE = 8
QUOTES_A_PAGE = 6
_EARLIER_ROLES = 3


def profile(known: Profile, *, as_of: date | None, links: Links) -> Message:
    """Say who somebody is, what they last did and said, and with whom."""
    sources = [
        *(source for role in known.roles for source in role.sources),
        *(statement.source for statement in known.statements),
        *(source for event in (*known.latest, *known.coming) for source in event.sources),
        *(known.quote.sources if known.quote else ()),
    ]

    def body(most: int) -> Text:
        return blocks(
            lines(
                _title(known.person), _roles(known.roles, links), _spellings(known.spellings, most)
            ),
            lines(
                *(
                    clip(statement.text, most) + links.cite([statement.source])
                    for statement in known.statements
                )
            ),
            _events(_("Latest"), known.latest, as_of=as_of, links=links, most=most),
            _events(_("Next"), known.coming, as_of=as_of, links=links, most=most),
            legend((*known.latest, *known.coming)),
            quote_lines(known.quote, links=links, most=most) if known.quote else "",
            _often_with(known.companions, links),
            links.listed(sources, more=any(role.told > len(role.sources) for role in known.roles)),
        )

    return Message(fitting(body), views(known.person, View.PROFILE), about=known.person.key)


def timeline(person: PersonRef, page: TimelinePage, *, as_of: date | None, links: Links) -> Message:
    """Show the events of a person, in the order of time."""
    body = fitting(
        lambda most: blocks(
            _title(person, _("timeline")),
            lines(
                *(
                    event_line(event, as_of=as_of, links=links, most=most, others=True)
                    for event in page.events
                )
            )
            or _("The sources tell of no dated event with this person."),
            legend(page.events),
            standing(page.offset, len(page.events), page.total),
            links.listed(source for event in page.events for source in event.sources),
        )
    )
    turn = turning(
        page.offset,
        EVENTS_A_PAGE,
        page.total,
        press=lambda offset: PersonPage(person.key, View.TIMELINE, offset),
        labels=(_("‹ Earlier"), _("Later ›")),
    )
    scope = str(Scope(persons=(person.key,)))
    picture = (picture_button(scope, page.offset),) if page.events else ()
    export = (Button(_("Export"), Export(scope)),) if page.events else ()
    return Message(body, ((*turn, *picture, *export), *views(person, View.TIMELINE)))


def quotes(person: PersonRef, page: QuotePage, *, links: Links) -> Message:
    """Show what a person said, newest first."""
    body = fitting(
        lambda most: blocks(
            _title(person, _("quotes")),
            blocks(*(quote_lines(quote, links=links, most=most) for quote in page.quotes))
            or _("The sources quote nothing by this person."),
            standing(page.offset, len(page.quotes), page.total),
            links.listed(source for quote in page.quotes for source in quote.sources),
        )
    )
    turn = turning(
        page.offset,
        QUOTES_A_PAGE,
        page.total,
        press=lambda offset: PersonPage(person.key, View.QUOTES, offset),
        labels=(_("‹ Newer"), _("Older ›")),
    )
    return Message(body, (turn, *views(person, View.QUOTES)))


def company(person: PersonRef, companions: Sequence[Companion], *, links: Links) -> Message:
    """Show with whom a person is in the same events, each a link to their own profile."""
    body = blocks(
        _title(person, _together(companions)),
        lines(
            *(
                link(clip(other.person.name, LONGEST_NAME), links.person(other.person.key))
                + f"  {other.events}"
                for other in companions
            )
        )
        or _("The sources tell of no event with anybody else."),
    )
    return Message(body, views(person, View.WITH))


def everybody(people: Sequence[PersonRef], *, total: int) -> Message:
    """Offer the persons most often named."""
    body = Text() + ngettext(
        "{n} person is in this story. Who shall it be? Or write /who NAME.",
        "{n} people are in this story. Who shall it be? Or write /who NAME.",
        total,
    ).format(n=total)
    pairs = [people[i : i + 2] for i in range(0, len(people), 2)]
    return Message(body, tuple(row for pair in pairs for row in _in_one_row(pair)))


def _in_one_row(people: Sequence[PersonRef]) -> Keyboard:
    return (tuple(button for (button,) in choices(people)),)


def taken_for(asked: str, person: PersonRef, page: Message) -> Message:
    """Say above a page for whom a name that nobody has was taken."""
    return noted(taken(asked, person), page)


def noted(note: str, page: Message) -> Message:
    """Return a page with a note above it, where there is room."""
    body = blocks(italic(note), page.body)
    return replace(page, body=body) if body.units <= LONGEST_MESSAGE else page


def taken(asked: str, person: PersonRef) -> str:
    """Say for whom a name that nobody has was taken."""
    return _("“{words}” is taken for {name}.").format(
        words=clip(asked, LONGEST_NAME), name=clip(person.name, LONGEST_NAME)
    )


def which(asked: str, people: Sequence[PersonRef], *, view: View = View.PROFILE) -> Message:
    """Ask which of several persons is meant."""
    body = Text() + ngettext(
        "“{name}” fits {n} person. Which one?", "“{name}” fits {n} people. Which one?", len(people)
    ).format(name=clip(asked, LONGEST_NAME), n=len(people))
    return Message(body, choices(people, view=view))


def unknown(asked: str, nearest: Sequence[PersonRef], *, view: View = View.PROFILE) -> Message:
    """Say that nobody of that name is known, and offer the nearest names."""
    body = Text() + _("I have nothing on “{asked}”.").format(asked=clip(asked, LONGEST_NAME))
    hint = " " + _("Did you mean:") if nearest else ""
    return Message(body + hint, choices(nearest, view=view))


def choices(people: Sequence[PersonRef], *, view: View = View.PROFILE) -> Keyboard:
    """Return a button for each person."""
    return tuple((Button(clip(p.name, LONGEST_NAME), PersonPage(p.key, view)),) for p in people)


def views(person: PersonRef, current: View) -> Keyboard:
    """Return the buttons to the other views of a person."""
    labels = {
        View.PROFILE: _("Profile"),
        View.TIMELINE: _("Timeline"),
        View.QUOTES: _("Quotes"),
        View.WITH: _("With"),
    }
    return (
        tuple(
            Button(label, PersonPage(person.key, view))
            for view, label in labels.items()
            if view is not current
        ),
    )


def _title(person: PersonRef, what: str = "") -> Text:
    return bold(clip(person.name, LONGEST_NAME)) + (f" · {what}" if what else "")


def _roles(roles: Sequence[Role], links: Links) -> Text:
    if not roles:
        return Text()
    now, *earlier = roles
    other = [role for role in earlier if role.title and role.title != now.title]
    held = [
        _("earlier: {role}, seen {day}").format(role=_role(role), day=dates.day(role.seen))
        + links.cite(role.sources, told=role.told)
        for role in other[:_EARLIER_ROLES]
    ]
    seen = dates.as_of(now.seen)
    return lines(_role(now), seen + links.cite(now.sources, told=now.told), *held)


def _role(role: Role) -> str:
    parts = [part for part in (role.title, role.side) if part]
    return " · ".join(clip(part, LONGEST_NAME) for part in parts)


def _spellings(spellings: Sequence[str], most: int) -> Text:
    if not spellings:
        return Text()
    return italic(_("also {names}").format(names=clip(", ".join(spellings), most)))


def _events(
    title: str, events: Sequence[Event], *, as_of: date | None, links: Links, most: int
) -> Text:
    told = [event_line(event, as_of=as_of, links=links, most=most) for event in events]
    return lines(bold(title), *told) if told else Text()


def _together(companions: Sequence[Companion]) -> str:
    newest = companions[0].newest if companions else None
    if newest:
        return _("in the same of the newest {n} events").format(n=number(newest))
    return _("in the same events")


def _often_with(companions: Sequence[Companion], links: Links) -> Text:
    if not companions:
        return Text()
    newest = companions[0].newest
    often = (
        _("Often with, in the newest {n} events").format(n=number(newest))
        if newest
        else _("Often with")
    )
    return (
        Text()
        + often
        + "  "
        + join(
            " · ",
            [
                link(clip(other.person.name, LONGEST_NAME), links.person(other.person.key))
                + f" {other.events}"
                for other in companions
            ],
        )
    )
