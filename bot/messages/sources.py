"""What the bot says about sources: their list, and one with all that was taken from it."""

from collections.abc import Sequence

from bot.messages import dates
from bot.messages.callbacks import List, ListPage, SourcePage
from bot.messages.events import LONGEST_NAME, event_line, figure_line, quote_lines
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
        bold("Sources"),
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
        labels=("‹ Newer", "Older ›"),
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
        *_headed("Events", [event_line(event, as_of=None, links=links) for event in events]),
        *_headed("Quotes", [quote_lines(quote, links=links, speaker=True) for quote in quotes]),
        *_headed("Figures", [figure_line(figure, links=links) for figure in figures]),
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
    standing_at = f"page {at + 1} of {len(pages)}" if len(pages) > 1 else ""
    body = blocks(head, *pages[at], standing_at)
    key = known.citation.key
    turn = turning(at, 1, len(pages), press=lambda to: SourcePage(key, to))
    return Message(body, (turn, (Button("All sources", ListPage(List.SOURCES)),)))


def unknown() -> Message:
    """Say that a source is no longer part of the story."""
    return Message(Text() + "That source is no longer part of this story. /sources lists them.")


def _paragraphs(body: str) -> list[Text]:
    return [
        Text() + piece
        for paragraph in body.split("\n\n")
        for piece in split(" ".join(paragraph.split()), _LONGEST_PARAGRAPH)
        if piece
    ]


def _published(known: Source) -> str:
    published = dates.day(known.citation.published)
    return published if known.basis is Basis.STATED else f"{published} ({known.basis})"


def _because(known: Source) -> Text:
    if not known.because:
        return Text()
    return "\n" + italic(f"Date {known.basis}: {clip(known.because, LONGEST_NAME * 5)}")


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
    return _headed("People", [join(", ", chunk) for chunk in chunks])
