"""Lines about events, quotes and figures, as they stand in several messages."""

from collections.abc import Callable
from datetime import date

from bot.messages import dates
from bot.messages.message import Links
from bot.messages.text import LONGEST_MESSAGE, Text, bold, clip, italic
from store.knowledge.figures import Figure
from store.knowledge.quotes import Quote
from store.knowledge.timeline import Event
from store.knowledge.values import Grade, Status

LONGEST_LINE = 300  # units; the whole stands on the page of its source
LONGEST_NAME = 80
_SHORTER_LINES = (200, 120, 80)


def fitting(build: Callable[[int], Text]) -> Text:
    """Return the text that `build` makes of lines as long as one message has room for.

    `build` is given the most units of a line. With the shortest lines every page fits.
    """
    body = build(LONGEST_LINE)
    for most in _SHORTER_LINES:
        if body.units <= LONGEST_MESSAGE:
            break
        body = build(most)
    return body


def event_line(event: Event, *, as_of: date | None, links: Links, most: int = LONGEST_LINE) -> Text:
    """Return `11 Jan 2022  Briefs the allies · planned [2]`."""
    line = bold(dates.when(event.when)) + f"  {clip(event.text, most)}"
    if note := _note(event, as_of):
        line = line + " · " + italic(note)
    return line + links.cite(event.sources)


def _note(event: Event, as_of: date | None) -> str:
    if event.status is Status.ONGOING:
        return "ongoing"
    if event.status is not Status.PLANNED:
        return ""
    past = as_of is not None and event.when.end < as_of
    return "planned, outcome not in the sources" if past and not event.borne_out else "planned"


def quote_lines(
    quote: Quote, *, links: Links, speaker: bool = False, most: int = LONGEST_LINE
) -> Text:
    """Return the words, told apart by grade, with the day, the subject and the sources."""
    words = clip(quote.text, most)
    said = Text() + f"\u201c{words}\u201d" if quote.grade is Grade.VERBATIM else italic(words)
    facts = [clip(quote.speaker, LONGEST_NAME)] if speaker else []
    if quote.said:
        facts.append(dates.when(quote.said))
    if quote.grade is Grade.REPORTED:
        facts.append("reported, not verbatim")
    if quote.about:
        facts.append(f"on {clip(quote.about, LONGEST_NAME)}")
    after = " · ".join(facts)
    return said + ("\n" + after if after else "") + links.cite(quote.sources)


def figure_line(figure: Figure, *, links: Links) -> Text:
    """Return `Russian troops near Ukraine: some 100,000 (Wendy Sherman, 11 Jan 2022) [2]`."""
    line = f"{clip(figure.what, LONGEST_NAME)}: {clip(figure.value, LONGEST_NAME)}"
    facts = [clip(figure.according_to, LONGEST_NAME)] if figure.according_to else []
    if figure.at:
        facts.append(dates.when(figure.at))
    return Text() + line + (f" ({', '.join(facts)})" if facts else "") + links.cite(figure.sources)
