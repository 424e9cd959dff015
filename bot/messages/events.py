"""Lines about events, quotes and figures, as they stand in several messages."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from bot.locales import _
from bot.messages import dates
from bot.messages.message import Links
from bot.messages.text import (
    LONGEST_MESSAGE,
    MOST_ENTITIES,
    Span,
    Text,
    bold,
    clip,
    italic,
    join,
    lines,
    link,
)
from store.knowledge.figures import Figure
from store.knowledge.quotes import Quote
from store.knowledge.timeline import Event
from store.knowledge.values import Basis, Grade, Status

LONGEST_LINE = 300  # units; the whole stands on the page of its source
LONGEST_NAME = 80
_SHORTER_LINES = (200, 120, 80)
_MOST_PERSONS = 2  # linked in one line; a message has 100 entities
_MOST_SUBJECTS = 1
_DISPUTED, _RESOLVED, _INFERRED = "\u26a0", "\u00b0", "\u2248"


def fitting(build: Callable[[int], Text]) -> Text:
    """Return the text that `build` makes of lines as long as one message has room for.

    `build` is given the most units of a line. With the shortest lines every page fits.
    """
    body = build(LONGEST_LINE)
    for most in _SHORTER_LINES:
        if body.units <= LONGEST_MESSAGE:
            break
        body = build(most)
    return _within_entities(body)


def _within_entities(body: Text) -> Text:
    """Return `body` with as many links of names as a message has room for; the first stay."""
    room = MOST_ENTITIES - body.styled
    if room >= 0:
        return body
    kept: list[Span] = []
    for span in reversed(body.spans):
        if room < 0 and span.url and Links.is_of_name(span.url):
            kept.append(Span(span.text))
            room += 1
        else:
            kept.append(span)
    return Text(tuple(reversed(kept)))


def event_line(
    event: Event,
    *,
    as_of: date | None,
    links: Links,
    most: int = LONGEST_LINE,
    others: bool = False,
) -> Text:
    """Return `11 Jan 2022  Briefs the allies · planned ≈ [2]`, with names that open their pages.

    `legend` explains the marks. `others`: links for other names than persons' too.
    """
    text = _with_names(clip(event.text, most), event, links, others=others)
    line = bold(dates.when(event.when)) + "  " + text
    if note := event_note(event, as_of):
        line = line + " · " + italic(note)
    if marks := _marks(event):
        line = line + f" {marks}"
    return line + links.cite(event.sources)


def legend(events: Iterable[Event]) -> Text:
    """Explain the marks that the lines of `events` have, each where one has it."""
    shown = list(events)
    told = []
    if any(event.dispute for event in shown):
        told.append(f"{_DISPUTED} " + _("the sources differ: /disputed"))
    if any(event.basis is Basis.RESOLVED for event in shown):
        told.append(f"{_RESOLVED} " + _("date worked out from words such as “on Monday”"))
    if any(event.basis is Basis.INFERRED for event in shown):
        told.append(f"{_INFERRED} " + _("date inferred; the source's page says from what"))
    return lines(*map(italic, told))


def _marks(event: Event) -> str:
    of_date = {Basis.RESOLVED: _RESOLVED, Basis.INFERRED: _INFERRED}.get(event.basis, "")
    return " ".join(filter(None, [_DISPUTED if event.dispute else "", of_date]))


def _with_names(text: str, event: Event, links: Links, *, others: bool) -> Text:
    """Return `text` with the first names in it as links to whom the event has by that name.

    `others`: also to a place, an organisation, a topic or a side.
    """
    pages: dict[str, set[str]] = {}
    for person in event.people:
        for name in person.spellings:
            pages.setdefault(name, set()).add(links.person(person.key))
    for subject in event.subjects if others else ():
        for name in subject.spellings:
            pages.setdefault(name, set()).add(links.subject(subject.key))
    if not pages:
        return Text() + text
    room = {True: _MOST_PERSONS, False: _MOST_SUBJECTS}
    linked, end, met = Text(), 0, set[str]()
    for start, name in standing(text, pages):
        page, *more = pages[name]
        is_person = page.startswith(links.person(""))
        if not more and page not in met and room[is_person]:
            met.add(page)
            room[is_person] -= 1
            linked = linked + text[end:start] + link(name, page)
            end = start + len(name)
    return linked + text[end:]


def standing(text: str, names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield where `names` stand in `text` as whole words, from the first to the last.

    The longest at each place, which a shorter one may be a part of; none inside another.
    """
    # Not by a pattern of all names: to compile one costs more than the rest of the page.
    places = sorted((at, -len(name), name) for name in names if name for at in _places(text, name))
    end = 0
    for start, _minus, name in places:
        if start >= end:
            end = start + len(name)
            yield start, name


def _places(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not (_is_of_word(text[at - 1 : at]) or _is_of_word(text[end : end + 1])):
            yield at
        at = text.find(name, at + 1)


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def event_note(event: Event, as_of: date | None) -> str:
    """Say whether an event is still to come, or goes on; nothing where it happened."""
    if event.status is Status.ONGOING:
        return _("ongoing")
    if event.status is not Status.PLANNED:
        return ""
    past = as_of is not None and event.when.end < as_of
    if past and not event.borne_out:
        return _("planned, outcome not in the sources")
    return _("planned")


def quote_lines(
    quote: Quote, *, links: Links, speaker: bool = False, most: int = LONGEST_LINE
) -> Text:
    """Return the words, told apart by grade, with the day, the subject and the sources."""
    words = clip(quote.text, most)
    said = (
        Text() + _("“{words}”").format(words=words)
        if quote.grade is Grade.VERBATIM
        else italic(words)
    )
    facts: list[Text | str] = []
    if speaker:
        facts.append(link(clip(quote.speaker, LONGEST_NAME), links.person(quote.person)))
    if quote.said:
        facts.append(dates.when(quote.said))
    if quote.grade is Grade.REPORTED:
        facts.append(_("reported, not verbatim"))
    if quote.about:
        facts.append(_("on {topic}").format(topic=clip(quote.about, LONGEST_NAME)))
    after = join(" · ", facts)
    return lines(said, after) + links.cite(quote.sources)


def figure_line(figure: Figure, *, links: Links) -> Text:
    """Return `Russian troops near Ukraine: some 100,000 (Wendy Sherman, 11 Jan 2022) [2]`."""
    line = f"{clip(figure.what, LONGEST_NAME)}: {clip(figure.value, LONGEST_NAME)}"
    facts = [clip(figure.according_to, LONGEST_NAME)] if figure.according_to else []
    if figure.at:
        facts.append(dates.when(figure.at))
    return Text() + line + (f" ({', '.join(facts)})" if facts else "") + links.cite(figure.sources)
