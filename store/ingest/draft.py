"""Drafting: from a raw article to a summary that an editor can check, item by item.

Puts together what store.ingest.extract reads; what it writes is in draft_writing.py. Asks
nobody: what cannot be told is left open, and what is unsure is marked for review.
"""

import re
from collections.abc import Collection
from datetime import date
from urllib.parse import urlsplit

from store.ingest.clean import clean_line
from store.ingest.draft_body import choose_body
from store.ingest.draft_people import find_cast
from store.ingest.draft_published import date_article
from store.ingest.draft_quotes import UNNAMED, stated_quotes
from store.ingest.draft_values import DraftSummary, Item, Known
from store.ingest.extract.events import FoundEvent, find_events, merged
from store.ingest.extract.events_tense import clause_around
from store.ingest.extract.figures import FoundFigure, find_figures
from store.ingest.extract.quotes import Sureness, find_quotes
from store.ingest.extract.sentences import find_sentences
from store.ingest.extract.times import find_times
from store.ingest.raw.values import RawArticle
from store.knowledge.values import Basis, Precision, StatedEvent, StatedFigure

_NOTHING = Known()
_LONGEST_TITLE = 140
_LONGEST_CLAUSE = 45  # words of a sentence that is an event as it stands
_LEADING = re.compile(r"(?:But|And|Meanwhile|However|Moreover|Also|Still|Yet|Instead|So),?\s+")


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
    sure = cast.sure_names()
    return DraftSummary(
        title=_title(article),
        outlet=_outlet(article),
        document=article.address or article.name.rpartition("/")[2],
        published=None if published else dating.published,
        undated="" if published else dating.undated,
        people=cast.people,
        events=tuple(_event(text, event, sure) for event in events if day or _is_stated(event)),
        quotes=tuple(stated_quotes(text, quotes, times, cast, day)),
        figures=tuple(_figure(text, figure) for figure in figures),
        body=choose_body(text, events, quotes, figures) or _title(article),
    )


def _is_stated(event: FoundEvent) -> bool:
    """Tell whether an event's date does not hang on the day of the article."""
    return event.basis is Basis.STATED


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
        return clean_line(article.outlet) or UNNAMED
    if article.agencies:
        return clean_line(article.agencies[0]) or UNNAMED
    host = urlsplit(article.address).hostname if article.address else None
    return (host or "").removeprefix("www.") or UNNAMED


def _event(text: str, event: FoundEvent, sure_names: Collection[str]) -> Item[StatedEvent]:
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


def _figure(text: str, figure: FoundFigure) -> Item[StatedFigure]:
    return Item(
        stated=StatedFigure(
            what=clean_line(figure.what), value=figure.value, according_to=figure.according_to
        ),
        origin=figure.sentence.of(text),
        sure=figure.sure,
    )
