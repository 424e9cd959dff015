"""What the bot says about a subject that is no person: its page, its views, who holds a role."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.locales import _, ngettext
from bot.messages import dates
from bot.messages import person as person_messages
from bot.messages import quotes as quote_messages
from bot.messages.callbacks import Facet, PersonPage, QuotesPage, SubjectPage, View
from bot.messages.events import (
    LONGEST_NAME,
    event_line,
    figure_line,
    fitting,
    legend,
    quote_lines,
)
from bot.messages.message import Button, Keyboard, Links, Message
from bot.messages.paging import standing, turning
from bot.messages.text import Text, blocks, bold, clip, italic, lines, link
from store.knowledge.figures import FigurePage
from store.knowledge.people import PersonRef
from store.knowledge.quotes import QuotePage
from store.knowledge.sources import SourceList
from store.knowledge.subjects import Member, MemberPage, SubjectProfile, SubjectRef
from store.knowledge.timeline import Event, TimelinePage
from store.knowledge.values import SubjectKind, When

EVENTS_A_PAGE = 8
QUOTES_A_PAGE = 6
PEOPLE_A_PAGE = 8
FIGURES_A_PAGE = 8
SOURCES_A_PAGE = 8
_VIEWS = {
    View.PROFILE: Facet.PAGE,
    View.TIMELINE: Facet.TIMELINE,
    View.QUOTES: Facet.QUOTES,
    View.WITH: Facet.PEOPLE,
}


def page(known: SubjectProfile, *, as_of: date | None, links: Links) -> Message:
    """Say what a subject is, who belongs to it, and what happened, was said and counted."""
    cited = [
        *(statement.source for statement in known.statements),
        *(source for member in known.people.members for source in member.sources),
        *(source for event in (*known.latest, *known.coming) for source in event.sources),
        *(known.quote.sources if known.quote else ()),
        *(source for figure in known.some_figures for source in figure.sources),
        *(source.citation for source in known.sources.sources),
    ]

    def body(most: int) -> Text:
        return blocks(
            _head(known, as_of, most),
            lines(
                *(
                    clip(statement.text, most) + links.cite([statement.source])
                    for statement in known.statements
                )
            ),
            _headed(_("People"), _members(known.people.members, links)),
            _headed(_("Latest"), _events(known.latest, as_of, links, most)),
            _headed(_("Next"), _events(known.coming, as_of, links, most)),
            legend((*known.latest, *known.coming)),
            quote_lines(known.quote, links=links, speaker=True, most=most) if known.quote else "",
            _headed(
                _("Figures"), [figure_line(figure, links=links) for figure in known.some_figures]
            ),
            links.listed(cited, more=any(m.told > len(m.sources) for m in known.people.members)),
        )

    return Message(fitting(body), views(known.subject, Facet.PAGE), about=known.subject.key)


def timeline(
    subject: SubjectRef, shown: TimelinePage, *, as_of: date | None, links: Links
) -> Message:
    """Show the events of a subject, in the order of time."""
    body = fitting(
        lambda most: blocks(
            _title(subject, _("timeline")),
            lines(*_events(shown.events, as_of, links, most, others=True))
            or _("The sources tell of no dated event there."),
            legend(shown.events),
            standing(shown.offset, len(shown.events), shown.total),
            links.listed(source for event in shown.events for source in event.sources),
        )
    )
    turn = _turning(subject, Facet.TIMELINE, shown, EVENTS_A_PAGE, (_("‹ Earlier"), _("Later ›")))
    return Message(body, (turn, *views(subject, Facet.TIMELINE)))


def quotes(subject: SubjectRef, shown: QuotePage, *, speaks: bool, links: Links) -> Message:
    """Show what was said about a subject, newest first; `speaks`: somebody speaks for it."""
    body = fitting(
        lambda most: blocks(
            _title(subject, _("in quotes")),
            blocks(
                *(
                    quote_lines(quote, links=links, speaker=True, most=most)
                    for quote in shown.quotes
                )
            )
            or _("The sources quote nothing about it."),
            standing(shown.offset, len(shown.quotes), shown.total),
            links.listed(source for quote in shown.quotes for source in quote.sources),
        )
    )
    turn = _turning(subject, Facet.QUOTES, shown, QUOTES_A_PAGE, (_("‹ Newer"), _("Older ›")))
    own = (Button(_("Said by its people"), QuotesPage(subject.key)),) if speaks else ()
    return Message(body, (turn, own, *views(subject, Facet.QUOTES)))


def said(
    subject: SubjectRef,
    shown: QuotePage,
    *,
    topic: str,
    when: When | None,
    links: Links,
    note: str = "",
) -> Message:
    """Show what was said by those who speak for a subject: about `topic`, on a date."""
    own = Button(_("Page"), SubjectPage(subject.key))
    about_it = Button(_("Said about it"), SubjectPage(subject.key, Facet.QUOTES))
    if not shown.total:
        nothing = quote_messages.no_words(
            by=clip(subject.name, LONGEST_NAME),
            about=topic,
            date=dates.period(when) if when else "",
        )
        return Message(lines(nothing, italic(note)), ((own, about_it),))
    body = fitting(
        lambda most: blocks(
            lines(
                quote_messages.head(subject.name, topic),
                dates.period(when) if when else "",
                italic(note),
            ),
            blocks(
                *(
                    quote_lines(quote, links=links, speaker=True, most=most)
                    for quote in shown.quotes
                )
            ),
            standing(shown.offset, len(shown.quotes), shown.total),
            links.listed(source for quote in shown.quotes for source in quote.sources),
        )
    )
    turn = turning(
        shown.offset,
        QUOTES_A_PAGE,
        shown.total,
        press=lambda offset: QuotesPage(subject.key, when, offset),
        labels=(_("‹ Newer"), _("Older ›")),
    )
    return Message(body, (turn, (own, about_it)))


def people(subject: SubjectRef, shown: MemberPage, *, links: Links) -> Message:
    """Show who belongs to a subject, each a link to their own profile."""
    body = blocks(
        _title(subject, _("people")),
        lines(*_members(shown.members, links)) or _("The sources name nobody of it."),
        standing(shown.offset, len(shown.members), shown.total),
        links.listed(
            (source for member in shown.members for source in member.sources),
            more=any(member.told > len(member.sources) for member in shown.members),
        ),
    )
    turn = _turning(subject, Facet.PEOPLE, shown, PEOPLE_A_PAGE)
    return Message(body, (turn, *views(subject, Facet.PEOPLE)))


def figures(subject: SubjectRef, shown: FigurePage, *, links: Links) -> Message:
    """Show the figures about a subject."""
    body = blocks(
        _title(subject, _("figures")),
        lines(*(figure_line(figure, links=links) for figure in shown.figures))
        or _("The sources give no figure about it."),
        standing(shown.offset, len(shown.figures), shown.total),
        links.listed(source for figure in shown.figures for source in figure.sources),
    )
    turn = _turning(subject, Facet.FIGURES, shown, FIGURES_A_PAGE)
    return Message(body, (turn, *views(subject, Facet.FIGURES)))


def sources(subject: SubjectRef, shown: SourceList, *, offset: int, links: Links) -> Message:
    """Show which sources name a subject, newest first."""
    body = blocks(
        _title(subject, _("sources")),
        blocks(
            *(
                link(f"[{source.citation.n}]", links.source(source.citation.key))
                + f" {clip(source.title, LONGEST_NAME * 2)}\n"
                + f"{clip(source.citation.outlet, LONGEST_NAME)}, "
                + dates.day(source.citation.published)
                for source in shown.sources
            )
        ),
        standing(offset, len(shown.sources), shown.total),
    )
    turn = turning(
        offset,
        SOURCES_A_PAGE,
        shown.total,
        press=lambda to: SubjectPage(subject.key, Facet.SOURCES, to),
        labels=(_("‹ Newer"), _("Older ›")),
    )
    return Message(body, (turn, *views(subject, Facet.SOURCES)))


def views(subject: SubjectRef, current: Facet) -> Keyboard:
    """Return the buttons to the other views of a subject; what else it offers goes below."""
    labels = (
        (
            (Facet.PAGE, _("Page")),
            (Facet.TIMELINE, _("Timeline")),
            (Facet.QUOTES, _("Quotes")),
        ),
        (
            (Facet.PEOPLE, _("People")),
            (Facet.FIGURES, _("Figures")),
            (Facet.SOURCES, _("Sources")),
        ),
    )
    return tuple(
        tuple(
            Button(label, SubjectPage(subject.key, facet))
            for facet, label in row
            if facet is not current
        )
        for row in labels
    )


def holders(role: str, found: Sequence[Member], *, links: Links) -> Message:
    """Say who holds a role, where several were seen in it; each with the newest day."""
    body = blocks(
        bold(clip(role, LONGEST_NAME)),
        lines(*_members(found, links)),
        links.listed(
            (source for member in found for source in member.sources),
            more=any(member.told > len(member.sources) for member in found),
        ),
    )
    return Message(body, person_messages.choices([member.person for member in found]))


def which(
    asked: str,
    persons: Sequence[PersonRef],
    subjects: Sequence[SubjectRef],
    *,
    view: View = View.PROFILE,
) -> Message:
    """Ask which of several persons and subjects is meant."""
    if not subjects:
        return person_messages.which(asked, persons, view=view)
    number = len(persons) + len(subjects)
    body = Text() + ngettext(
        "“{name}” fits {n} page. Which one?", "“{name}” fits {n} pages. Which one?", number
    ).format(name=clip(asked, LONGEST_NAME), n=number)
    return Message(body, _choices(persons, subjects, view))


def everybody(
    people: Sequence[PersonRef], subjects: Sequence[SubjectRef], *, total: int
) -> Message:
    """Offer the persons and subjects most often named; `total` is of the persons."""
    shown = person_messages.everybody(people, total=total)
    return replace(shown, keyboard=(*shown.keyboard, *_choices((), subjects, View.PROFILE)))


def unknown(
    asked: str,
    persons: Sequence[PersonRef],
    subjects: Sequence[SubjectRef],
    *,
    view: View = View.PROFILE,
) -> Message:
    """Say that nothing of that name is known, and offer the nearest names of all kinds."""
    said = person_messages.unknown(asked, persons, view=view)
    if not subjects:
        return said
    body = Text() + _("I have nothing on “{asked}”.").format(asked=clip(asked, LONGEST_NAME))
    return Message(body + " " + _("Did you mean:"), _choices(persons, subjects, view))


def taken_for(asked: str, subject: SubjectRef, shown: Message) -> Message:
    """Say above a page for what a name that nothing has was taken."""
    note = _("“{words}” is taken for {name}.").format(
        words=clip(asked, LONGEST_NAME), name=clip(subject.name, LONGEST_NAME)
    )
    return person_messages.noted(note, shown)


def facet_of(view: View) -> Facet:
    """Return the view of a subject that is like one of a person."""
    return _VIEWS[view]


def kind(subject: SubjectRef) -> str:
    """Say what a subject is."""
    return {
        SubjectKind.ORGANISATION: _("Organisation"),
        SubjectKind.SIDE: _("Side of the story"),
        SubjectKind.TOPIC: _("Topic"),
        SubjectKind.PLACE: _("Place"),
    }[subject.kind]


def _choices(persons: Sequence[PersonRef], subjects: Sequence[SubjectRef], view: View) -> Keyboard:
    facet = facet_of(view)
    return (
        *((Button(clip(p.name, LONGEST_NAME), PersonPage(p.key, view)),) for p in persons),
        *(
            (Button(f"{clip(one.name, LONGEST_NAME)} · {kind(one)}", SubjectPage(one.key, facet)),)
            for one in subjects
        ),
    )


def _title(subject: SubjectRef, what: str = "") -> Text:
    return bold(clip(subject.name, LONGEST_NAME)) + (f" · {what}" if what else "")


def _head(known: SubjectProfile, as_of: date | None, most: int) -> Text:
    side = known.side if known.side and known.side != known.subject.name else ""
    facts = [kind(known.subject), *([clip(side, LONGEST_NAME)] if side else [])]
    if as_of:
        facts.append(dates.as_of(as_of))
    also = clip(", ".join(known.names), most)
    return lines(
        _title(known.subject),
        " · ".join(facts),
        italic(_("also {names}").format(names=also)) if also else "",
    )


def _headed(title: str, told: Sequence[Text]) -> Text:
    return lines(bold(title), *told) if told else Text()


def _events(
    events: Sequence[Event],
    as_of: date | None,
    links: Links,
    most: int,
    *,
    others: bool = False,
) -> list[Text]:
    return [
        event_line(event, as_of=as_of, links=links, most=most, others=others) for event in events
    ]


def _members(members: Sequence[Member], links: Links) -> list[Text]:
    return [_member(member, links) for member in members]


def _member(member: Member, links: Links) -> Text:
    name = link(clip(member.person.name, LONGEST_NAME), links.person(member.person.key))
    if member.title and member.seen:
        seen = dates.as_of(member.seen)
        cited = links.cite(member.sources, told=member.told)
        return name + f"  {clip(member.title, LONGEST_NAME)} · {seen}" + cited
    return name + (f"  {dates.number(member.events)}" if member.events else "")


def _turning(
    subject: SubjectRef,
    facet: Facet,
    shown: TimelinePage | QuotePage | MemberPage | FigurePage,
    limit: int,
    labels: tuple[str, str] | None = None,
) -> tuple[Button, ...]:
    return turning(
        shown.offset,
        limit,
        shown.total,
        press=lambda offset: SubjectPage(subject.key, facet, offset),
        labels=labels,
    )
