"""What the bot says about sources: their list, and one with all that was taken from it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.locales import _
from bot.messages import dates
from bot.messages.callbacks import List, ListPage, SourcePage
from bot.messages.events import (
    LONGEST_LINE,
    LONGEST_NAME,
    event_line,
    figure_line,
    legend,
    quote_lines,
)
from bot.messages.message import Button, Links, Message
from bot.messages.paging import standing, turning
from bot.messages.text import (
    LONGEST_MESSAGE,
    Text,
    blocks,
    bold,
    clip,
    italic,
    join,
    lines,
    link,
    paginate,
    split,
)
from store.knowledge.figures import Figure
from store.knowledge.people import PersonRef
from store.knowledge.quotes import Quote
from store.knowledge.sources import Source, SourceList
from store.knowledge.timeline import Event
from store.knowledge.values import Basis

SOURCES_A_PAGE = 8
_FOOT = 40  # units, for "page 1 of 2"
_MOST_ENTITIES = 80
_LONGEST_PARAGRAPH = 2500  # units; the longest head leaves room for one


def sources(page: SourceList, *, offset: int, links: Links) -> Message:
    """List the sources, newest first."""
    body = blocks(
        bold(_("Sources")),
        blocks(
            *(
                link(f"[{source.citation.n}]", links.source(source.citation.key))
                + f" {clip(source.title, LONGEST_NAME * 2)}\n"
                + f"{clip(source.citation.outlet, LONGEST_NAME)}, {_published(source)}"
                for source in page.sources
            )
        ),
        standing(offset, len(page.sources), page.total),
    )
    turn = turning(
        offset,
        SOURCES_A_PAGE,
        page.total,
        press=lambda to: ListPage(List.SOURCES, to),
        labels=(_("‹ Newer"), _("Older ›")),
    )
    return Message(body, (turn,))


def source(
    known: Source,
    *,
    people: Sequence[PersonRef],
    events: Sequence[Event],
    quotes: Sequence[Quote],
    figures: Sequence[Figure],
    page: int,
    links: Links,
) -> Message:
    """Show one source: what it is, our summary, and everything taken from it, over pages."""
    items = [
        *_paragraphs(known.body),
        *_headed(_("Events"), [_event(event, links) for event in events]),
        *_differing(events),
        *_headed(_("Quotes"), [quote_lines(quote, links=links, speaker=True) for quote in quotes]),
        *_headed(_("Figures"), [figure_line(figure, links=links) for figure in figures]),
        *_people(people, links),
    ]
    head = (
        bold(f"[{known.citation.n}] {clip(known.title, LONGEST_NAME * 2)}")
        + f"\n{clip(known.citation.outlet, LONGEST_NAME)}, {_published(known)}"
        + _document(known)
        + _because(known)
    )
    pages = paginate(items, most=LONGEST_MESSAGE - head.units - _FOOT, entities=_MOST_ENTITIES)
    at = min(page, len(pages) - 1)
    page_of = _("page {n} of {total}").format(n=at + 1, total=len(pages))
    standing_at = page_of if len(pages) > 1 else ""
    body = blocks(head, *pages[at], standing_at)
    key = known.citation.key
    turn = turning(at, 1, len(pages), press=lambda to: SourcePage(key, to))
    return Message(body, (turn, (Button(_("All sources"), ListPage(List.SOURCES)),)))


def _event(event: Event, links: Links) -> Text:
    """Return the line of an event as this source tells it, and below it what is to be known.

    Why it has its date where that is not stated; and how timelines have it, in the words of
    the source that told it first.
    """
    line = event_line(event, as_of=None, links=links)
    return lines(line, _why(event.basis, event.because, LONGEST_LINE), _listed(event, links))


def _differing(events: Sequence[Event]) -> list[Text]:
    """Explain the mark of what sources differ on; the others stand explained below their lines."""
    said = legend(replace(event, basis=Basis.STATED) for event in events)
    return [said] if said else []


def _listed(event: Event, links: Links) -> Text:
    if event.listed is None:
        return Text()
    told = f"{dates.when(event.listed.when)}  {clip(event.listed.text, LONGEST_LINE)}"
    said = italic(_("Timelines have it as: {event}").format(event=told))
    return said + links.cite(event.listed.sources)


def unknown() -> Message:
    """Say that a source is no longer part of the story."""
    return Message(Text() + _("That source is no longer part of this story. /sources lists them."))


def _paragraphs(body: str) -> list[Text]:
    return [
        Text() + piece
        for paragraph in body.split("\n\n")
        for piece in split(" ".join(paragraph.split()), _LONGEST_PARAGRAPH)
        if piece
    ]


def _published(known: Source) -> str:
    published = dates.day(known.citation.published)
    match known.basis:
        case Basis.STATED:
            return published
        case Basis.RESOLVED:
            return _("{day} (resolved)").format(day=published)
        case Basis.INFERRED:
            return _("{day} (inferred)").format(day=published)


def _because(known: Source) -> Text:
    why = _why(known.basis, known.because, LONGEST_NAME * 5)
    return "\n" + why if why else why


def _why(basis: Basis, because: str | None, most: int) -> Text:
    """Say how a date is known, and from what."""
    if basis is Basis.STATED and not because:
        return Text()
    said = {
        Basis.STATED: (_("Date stated: {why}"), ""),
        Basis.RESOLVED: (_("Date resolved: {why}"), _("Date resolved")),
        Basis.INFERRED: (_("Date inferred: {why}"), _("Date inferred")),
    }
    with_why, without = said[basis]
    return italic(with_why.format(why=clip(because, most)) if because else without)


def _document(known: Source) -> Text:
    if not known.document:
        return Text()
    shown = clip(known.document, LONGEST_NAME * 2)
    if known.document.startswith(("https://", "http://")):
        return "\n" + link(shown, known.document)
    return "\n" + italic(shown)


def _headed(title: str, texts: Sequence[Text]) -> list[Text]:
    """Return the texts as items of a page, the first below its title."""
    return [lines(bold(title), texts[0]), *texts[1:]] if texts else []


def _people(people: Sequence[PersonRef], links: Links) -> list[Text]:
    if not people:
        return []
    named = [link(clip(p.name, LONGEST_NAME), links.person(p.key)) for p in people]
    chunks = [named[i : i + 20] for i in range(0, len(named), 20)]
    return _headed(_("People"), [join(", ", chunk) for chunk in chunks])
