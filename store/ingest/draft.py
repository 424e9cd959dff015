"""Drafting: from a raw article to a summary that an editor can check, item by item.

Puts together what store.ingest.extract reads; what it writes is in draft_writing.py. Asks
nobody: what cannot be told is left open, and what is unsure is marked for review.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from store.ingest.clean import clean_line
from store.ingest.draft_body import choose_body
from store.ingest.draft_people import Cast, find_cast, plain_name
from store.ingest.draft_published import date_article
from store.ingest.draft_values import DraftSummary, Item, Known, heard
from store.ingest.extract.events import FoundEvent, find_events, merged
from store.ingest.extract.events_tense import clause_around, is_possessive
from store.ingest.extract.figures import FoundFigure, find_figures
from store.ingest.extract.quotes import FoundQuote, Sureness, find_quotes
from store.ingest.extract.sentences import find_sentences
from store.ingest.extract.times import find_times
from store.ingest.extract.times_values import TimeExpression, TimeKind
from store.ingest.raw.values import RawArticle
from store.knowledge.values import (
    Grade,
    Precision,
    StatedEvent,
    StatedFigure,
    StatedQuote,
    When,
)
from store.names import sound
from store.text import fold

_NOTHING = Known()
_UNNAMED = "not named"
_LONGEST_TITLE = 140
_NEAR = 260  # characters; about two sentences
_LONGEST_CLAUSE = 45  # words of a sentence that is an event as it stands
_LEADING = re.compile(r"(?:But|And|Meanwhile|However|Moreover|Also|Still|Yet|Instead|So),?\s+")
_PRONOUN = re.compile(r"(?:he|she|they|it|we|i|who|that|this|these|those)\b", re.IGNORECASE)


def draft(
    article: RawArticle, known: Known = _NOTHING, *, today: date, published: date | None = None
) -> DraftSummary:
    """Return the draft of a summary of `article`; `published` where somebody has said it.

    `today` is the day after which nothing was published.
    """
    text = article.text
    cast = find_cast(text, known)
    dating = date_article(article, cast.mentions, known, today)
    day = published or (dating.published.when.start if dating.published else None)
    times = find_times(text, day)
    quotes = find_quotes(text, persons=cast.persons)
    events = merged(text, find_events(text, day, times=times, names=cast.mentions))
    figures = find_figures(text, quotes=quotes, times=times)
    return DraftSummary(
        title=_title(article),
        outlet=_outlet(article),
        document=article.address or article.name.rpartition("/")[2],
        published=None if published else dating.published,
        undated="" if published else dating.undated,
        people=cast.people,
        events=tuple(_event(text, event, cast) for event in events if day or _is_stated(event)),
        quotes=tuple(_quotes(text, quotes, times, cast, day)),
        figures=tuple(_figure(text, figure) for figure in figures),
        body=choose_body(text, events, quotes, figures) or _title(article),
    )


def _is_stated(event: FoundEvent) -> bool:
    """Tell whether an event's date does not hang on the day of the article."""
    return event.because is None


def _title(article: RawArticle) -> str:
    if article.title:
        return clean_line(article.title)
    sentences = find_sentences(article.text)
    first = clean_line(sentences[0].of(article.text)) if sentences else ""
    if len(first) > _LONGEST_TITLE:
        first = first[:_LONGEST_TITLE].rsplit(maxsplit=1)[0] + "\u2026"
    return first or clean_line(article.name) or "Untitled"


def _outlet(article: RawArticle) -> str:
    if article.outlet:
        return clean_line(article.outlet) or _UNNAMED
    if article.agencies:
        return clean_line(article.agencies[0]) or _UNNAMED
    host = urlsplit(article.address).hostname if article.address else None
    return (host or "").removeprefix("www.") or _UNNAMED


def _event(text: str, event: FoundEvent, cast: Cast) -> Item[StatedEvent]:
    sure_names = cast.sure_names()
    # Where somebody waits for review, whoever is sure is read from the words.
    named = event.people if all(name in sure_names for name in event.people) else None
    sure = event.sure
    if event.when.precision is Precision.RANGE and sure is Sureness.SURE:
        sure = Sureness.LIKELY
    return Item(
        stated=StatedEvent(
            when=event.when,
            text=_told(text, event),
            people=named,
            place=event.place,
            status=event.status,
            basis=event.basis,
            because=event.because,
        ),
        origin=event.sentence.of(text),
        sure=sure,
    )


def _told(text: str, event: FoundEvent) -> str:
    """Return the sentence, or of a long one the clause with the date, as a line of a timeline."""
    words = event.words(text)
    if event.time and len(words.split()) > _LONGEST_CLAUSE:
        words = clean_line(clause_around(text, event.sentence, event.time).of(text))
    words = _LEADING.sub("", words, count=1) if _LEADING.match(words) else words
    words = words.strip(" ,;\u2014\u2013").removesuffix(".")
    return words[:1].upper() + words[1:]


def _quotes(
    text: str,
    quotes: Sequence[FoundQuote],
    times: Sequence[TimeExpression],
    cast: Cast,
    day: date | None,
) -> Iterator[Item[StatedQuote]]:
    said: set[str] = set()
    people = {item.stated.name for item in cast.people}
    for quote in quotes:
        words = _said(text, quote)
        key = fold(words)
        if not key or any(key in other for other in said):
            continue
        speaker, resolved = _speaker(text, quote, people, cast.known)
        if not fold(speaker):
            continue
        said.add(key)
        sure = quote.sure if resolved and _is_near(text, quote, speaker, cast) else Sureness.UNSURE
        if resolved and speaker not in cast.sure_names() and speaker in people:
            sure = Sureness.UNSURE
        yield Item(
            stated=StatedQuote(
                speaker=speaker,
                text=words,
                when=_said_on(text, quote, times, day),
                grade=quote.grade,
            ),
            origin=quote.sentence.of(text),
            sure=sure,
        )


def _said(text: str, quote: FoundQuote) -> str:
    """Return the words; of a report without its "that", as a sentence."""
    words = clean_line(quote.words(text))
    if quote.grade is Grade.VERBATIM:
        return words.rstrip(",").strip()
    words = words.removeprefix("that ").removeprefix("whether ").strip(" ,;")
    return words[:1].upper() + words[1:]


def _speaker(text: str, quote: FoundQuote, people: set[str], known: Known) -> tuple[str, bool]:
    """Return who speaks, and whether that is one of the people or at least no mere pronoun."""
    if quote.name:
        name = plain_name(quote.name)
        person = known.by_sound.get(heard(name))
        return (person.name if person else name), True
    if quote.speaker is None:
        return _UNNAMED, False
    words = clean_line(quote.speaker.of(text))
    for name in people:
        if name.rsplit(maxsplit=1)[-1] in words.split():
            return name, True
    for word in reversed(words.split()):
        if word[:1].isupper() and (person := known.by_surname.get(sound(fold(word)))):
            return person.name, True
    if _PRONOUN.fullmatch(words):
        return _UNNAMED, False
    return words, False


def _is_near(text: str, quote: FoundQuote, speaker: str, cast: Cast) -> bool:
    """Tell whether whom a pronoun is taken to mean is named close before it."""
    pronoun = quote.speaker is not None and _PRONOUN.fullmatch(quote.speaker.of(text))
    if not pronoun:
        return True
    near = range(quote.sentence.start - _NEAR, quote.sentence.end)
    return any(each.name == speaker and each.span.start in near for each in cast.mentions)


def _said_on(
    text: str, quote: FoundQuote, times: Sequence[TimeExpression], day: date | None
) -> When | None:
    """Return the day that the sentence gives for the saying: one outside the words, and past."""
    for time in times:
        when = time.when
        inside = any(part.meets(time.span) for part in quote.parts)
        if time.kind is TimeKind.DURATION or when is None or inside:
            continue
        if not quote.sentence.holds(time.span) or is_possessive(text, time.span):
            continue
        if when.precision is Precision.DAY and (day is None or when.start <= day):
            return when
    return None


def _figure(text: str, figure: FoundFigure) -> Item[StatedFigure]:
    return Item(
        stated=StatedFigure(
            what=clean_line(figure.what), value=figure.value, according_to=figure.according_to
        ),
        origin=figure.sentence.of(text),
        sure=figure.sure,
    )
