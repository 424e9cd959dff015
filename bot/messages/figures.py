"""What the bot shows of figures: those about something, and where the sources differ."""

from datetime import date

from bot.messages import dates
from bot.messages.callbacks import List, ListPage
from bot.messages.events import LONGEST_NAME
from bot.messages.message import Button, Links, Message
from bot.messages.paging import standing, turning
from bot.messages.text import Text, blocks, bold, clip, italic, lines
from store.knowledge.figures import Figure, FigurePage
from store.text import words

FIGURES_A_PAGE = 6
_FIGURES, _DIFFER = "Figures · ", "Where sources differ"
_LONGEST_TOPIC = 120


def topic(asked: str) -> str:
    """Return what is looked for of `asked`: words only, so that a page can be read back."""
    return clip(" ".join(words(asked)), _LONGEST_TOPIC).rstrip("…").strip()


def topic_of(shown: str | None) -> str:
    """Return what the page `shown` is about: a button has no room for it."""
    first = (shown or "").partition("\n")[0]
    return first.partition(" · ")[2].partition(" · ")[0]


def figures(page: FigurePage, *, topic: str, links: Links) -> Message:
    """Show the figures about `topic`; where sources differ, all of them."""
    some = "" if page.all_words else "No figure is about all of these words; these are about some."
    return _listed(page, _FIGURES + topic, some, List.FIGURES, links)


def disputed(page: FigurePage, *, topic: str, as_of: date, links: Links) -> Message:
    """Show where sources give different figures, each with its source."""
    if not page.total:
        body = Text() + (
            f"I have nothing on that: no figures about “{topic}” on which the sources differ."
            if topic
            else "The sources differ in no figure."
        )
        return Message(body, ((Button("All of them", ListPage(List.DISPUTED)),),) if topic else ())
    head = _DIFFER + (f" · {topic}" if topic else "")
    return _listed(page, head, f"as of {dates.day(as_of)}", List.DISPUTED, links)


def none_about(asked: str) -> Message:
    """Say that no figure is known."""
    body = Text() + f"I have nothing on that: no figure about “{clip(asked, LONGEST_NAME)}”."
    return Message(body, ((Button(_DIFFER, ListPage(List.DISPUTED)),),))


def _listed(page: FigurePage, head: str, note: str, which: List, links: Links) -> Message:
    told: list[Text] = []
    for n, figure in enumerate(page.figures):
        if n and page.figures[n - 1].what.casefold() == figure.what.casefold():
            told[-1] = lines(told[-1], _given(figure, links))
        else:
            told.append(lines(bold(clip(figure.what, LONGEST_NAME * 2)), _given(figure, links)))
    body = blocks(
        lines(bold(head), italic(note)),
        *told,
        standing(page.offset, len(page.figures), page.total),
        links.listed(source for figure in page.figures for source in figure.sources),
    )
    turn = turning(
        page.offset, FIGURES_A_PAGE, page.total, press=lambda offset: ListPage(which, offset)
    )
    return Message(body, (turn,))


def _given(figure: Figure, links: Links) -> Text:
    """Return `some 100,000 (Wendy Sherman, 11 Jan 2022) [2]`."""
    facts = [clip(figure.according_to, LONGEST_NAME)] if figure.according_to else []
    if figure.at:
        facts.append(dates.when(figure.at))
    after = f" ({', '.join(facts)})" if facts else ""
    return Text() + f"{clip(figure.value, LONGEST_NAME)}{after}" + links.cite(figure.sources)
