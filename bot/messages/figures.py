"""What the bot shows of figures: those about something, and where the sources differ."""

from collections.abc import Callable, Sequence
from datetime import date

from bot.locales import _
from bot.messages import dates
from bot.messages.callbacks import List, ListPage
from bot.messages.events import LONGEST_NAME, fitting
from bot.messages.message import Button, Links, Message
from bot.messages.paging import standing, turning
from bot.messages.text import Text, blocks, bold, clip, italic, lines
from store.knowledge.disputes import DisputedEvent, DisputePage, Version
from store.knowledge.figures import Figure, FigurePage
from store.knowledge.sources import Citation
from store.knowledge.values import Status
from store.text import words

FIGURES_A_PAGE = 6
_LONGEST_TOPIC = 120
_MOST_VERSIONS = 3  # of an event; a message has 100 entities


def topic(asked: str) -> str:
    """Return what is looked for of `asked`: words only, so that a page can be read back."""
    return clip(" ".join(words(asked)), _LONGEST_TOPIC).rstrip("…").strip()


def topic_of(shown: str | None) -> str:
    """Return what the page `shown` is about: a button has no room for it.

    It stands between the dots of the first line, whatever language the page is in.
    """
    first = (shown or "").partition("\n")[0]
    return first.partition(" · ")[2].partition(" · ")[0]


def figures(page: FigurePage, *, topic: str, links: Links) -> Message:
    """Show the figures about `topic`; where sources differ, all of them."""
    some = _("No figure is about all of these words; these are about some.")
    # Translators: no dot between spaces: what follows one is read back.
    head = " · ".join((_("Figures"), topic))
    cited = [source for figure in page.figures for source in figure.sources]
    told = _figures(page.figures, links)
    heads = (head, "" if page.all_words else some)
    return _listed(page, lambda _most: told, cited, heads, List.FIGURES, links)


def disputed(page: DisputePage, *, topic: str, as_of: date, links: Links) -> Message:
    """Show where sources give different figures, days or statuses, each with its source."""
    if not page.total:
        body = Text() + (
            _("I have nothing on that: about “{topic}” the sources do not differ.").format(
                topic=topic
            )
            if topic
            else _("The sources differ in no figure, day or status.")
        )
        return Message(
            body, ((Button(_("All of them"), ListPage(List.DISPUTED)),),) if topic else ()
        )
    # Translators: no dot between spaces: what follows one is read back.
    head = _("Where sources differ") + (f" · {topic}" if topic else "")
    note = dates.as_of(as_of)
    counted = _figures(page.figures, links)
    cited = [
        *(source for figure in page.figures for source in figure.sources),
        *(
            source
            for event in page.events
            for version in event.versions[:_MOST_VERSIONS]
            for source in version.sources
        ),
    ]

    def told(most: int) -> list[Text]:
        return [*counted, *(_event(event, links, most) for event in page.events)]

    return _listed(page, told, cited, (head, note), List.DISPUTED, links)


def none_about(asked: str) -> Message:
    """Say that no figure is known."""
    body = Text() + _("I have nothing on that: no figure about “{topic}”.").format(
        topic=clip(asked, LONGEST_NAME)
    )
    return Message(body, ((Button(_("Where sources differ"), ListPage(List.DISPUTED)),),))


def _listed(
    page: FigurePage | DisputePage,
    told: Callable[[int], Sequence[Text]],
    cited: Sequence[Citation],
    heads: tuple[str, str],
    which: List,
    links: Links,
) -> Message:
    head, note = heads
    shown = len(page.figures) + (len(page.events) if isinstance(page, DisputePage) else 0)
    body = fitting(
        lambda most: blocks(
            lines(bold(head), italic(note)),
            *told(most),
            standing(page.offset, shown, page.total),
            links.listed(cited),
        )
    )
    turn = turning(
        page.offset, FIGURES_A_PAGE, page.total, press=lambda offset: ListPage(which, offset)
    )
    return Message(body, (turn,))


def _figures(figures: Sequence[Figure], links: Links) -> list[Text]:
    """Return a paragraph for each thing that is counted, with all its values."""
    told: list[Text] = []
    for n, figure in enumerate(figures):
        if n and figures[n - 1].what.casefold() == figure.what.casefold():
            told[-1] = lines(told[-1], _given(figure, links))
        else:
            told.append(lines(bold(clip(figure.what, LONGEST_NAME * 2)), _given(figure, links)))
    return told


def _event(event: DisputedEvent, links: Links, most: int) -> Text:
    """Return the words of an event, and below them what each of its sources says of it."""
    return lines(
        bold(clip(event.text, LONGEST_NAME * 2)),
        *(_version(version, links, most) for version in event.versions[:_MOST_VERSIONS]),
    )


def _version(version: Version, links: Links, most: int) -> Text:
    """Return `11 Jan 2022 · happened: “They meet” [4]`, with the words where they differ."""
    told = f"{dates.when(version.when)} · {_status(version.status)}"
    if version.text:
        told += ": " + _("“{words}”").format(words=clip(version.text, most))
    return told + links.cite(version.sources)


def _status(status: Status) -> str:
    return {
        Status.HAPPENED: _("happened"),
        Status.PLANNED: _("planned"),
        Status.ONGOING: _("ongoing"),
    }[status]


def _given(figure: Figure, links: Links) -> Text:
    """Return `some 100,000 (Wendy Sherman, 11 Jan 2022) [2]`."""
    facts = [clip(figure.according_to, LONGEST_NAME)] if figure.according_to else []
    if figure.at:
        facts.append(dates.when(figure.at))
    after = f" ({', '.join(facts)})" if facts else ""
    return Text() + f"{clip(figure.value, LONGEST_NAME)}{after}" + links.cite(figure.sources)
