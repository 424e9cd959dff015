"""What readers ask, as the store answers it: for what is measured on a knowledge.db.

Of each question there are several: about people, places, days and words from the most to
the least frequent, alike on a story of any size.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from benchmarks.speed.corpus import Corpus
from store.database import Connection
from store.knowledge import (
    about,
    disputes,
    figures,
    finding,
    news,
    people,
    quotes,
    roles,
    search,
    sources,
    subjects,
    timeline,
)
from store.knowledge.keys import place_key
from store.knowledge.timeline import TimelineFilter
from store.knowledge.values import When

Question = Callable[[Connection], object]

_PAGE = 8
_DIGEST = 120  # plans, or events of earlier years, that a digest chooses from
_RANKS = (0, 1, 2, 4, 8, 12, 20, 30, 50, 80, 120, 200)  # of people and places, by frequency
_WORDS = (0, 1, 3, 10, 30, 100, 300, 1000, 3000, 9000, 20000, 25000)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Whom and what the questions are about."""

    names: list[str]
    persons: list[str]
    places: list[str]
    topics: list[str]
    words: list[str]
    as_of: date
    sources: list[str]
    new: list[tuple[str, str]]

    @property
    def days(self) -> list[date]:
        """Days of which something is told, the newest first."""
        return [self.as_of - timedelta(days=30 * at + 2) for at in range(len(_RANKS))]


def questions(db: Connection, corpus: Corpus) -> dict[str, list[Question]]:
    """Return what readers ask of a story, by name."""
    known = _known(db, corpus)
    return {
        **_of_people(known),
        **_of_time(known),
        **_of_words(known),
        **_of_all(known),
    }


def _known(db: Connection, corpus: Corpus) -> _Known:
    names = [corpus.people[min(rank, len(corpus.people) - 1)] for rank in _RANKS]
    return _Known(
        names=names,
        persons=[found[0].key for name in names if (found := people.find_people(db, name))],
        places=[corpus.places[rank] for rank in _RANKS if subjects.called(db, corpus.places[rank])],
        topics=[
            subjects.called(db, name)[0].key
            for name in ("sanctions", "grain", "Northland", "Eastholm")
        ],
        words=[corpus.words[rank] for rank in _WORDS],
        as_of=sources.as_of(db) or date.max,
        sources=[source.citation.key for source in sources.sources(db, limit=len(_RANKS)).sources],
        new=[
            *(("event", event.key) for event in timeline.newest_events(db, limit=60)),
            *(("quote", quote.key) for quote in quotes.quotes(db, limit=20).quotes),
        ],
    )


def _each(of: Sequence[Any], ask: Callable[[Connection, Any], object]) -> list[Question]:
    return [_about(ask, one) for one in of]


def _about(ask: Callable[[Connection, Any], object], one: Any) -> Question:  # noqa: ANN401 (what it takes)
    return lambda db: ask(db, one)


def _timeline(**chosen: Any) -> Question:  # noqa: ANN401 (what a filter takes)
    return lambda db: timeline.timeline(db, TimelineFilter(**chosen), limit=_PAGE)


def _of_people(known: _Known) -> dict[str, list[Question]]:
    def slip(db: Connection, name: str) -> object:
        name = name[:-2] + name[-1] + name[-2]
        return people.find_people(db, name) or people.mistyped_people(db, name)

    return {
        "who: a name": _each(
            known.names,
            lambda db, name: [people.profile(db, one.key) for one in people.find_people(db, name)],
        ),
        "who: a surname": _each(
            known.names, lambda db, name: people.find_people(db, name.split()[-1])
        ),
        "who: a slip": _each(known.names, slip),
        "who: nobody": _each(
            known.names, lambda db, name: people.nearest_people(db, f"{name[1:4]}qx")
        ),
        "who: a role": _each(["foreign minister", "senator"], roles.holders),
        "who": [lambda db: (people.all_people(db, limit=12), subjects.most_named(db, limit=4))],
        "person: timeline": [_timeline(person=key) for key in known.persons],
        "person: quotes": _each(
            known.persons, lambda db, key: quotes.quotes(db, person=key, limit=6)
        ),
        "person: with": _each(known.persons, lambda db, key: people.companions(db, key, limit=20)),
        "subject": _each(known.topics, subjects.subject_profile),
        "place": _each(
            known.places,
            lambda db, name: subjects.subject_profile(db, subjects.called(db, name)[0].key),
        ),
    }


def _of_time(known: _Known) -> dict[str, list[Question]]:
    persons, places = known.persons, [place_key(name) for name in known.places]
    return {
        "timeline": [_timeline()],
        "timeline: a place": [_timeline(place=place) for place in places],
        "timeline: a subject": [_timeline(subject=key) for key in known.topics],
        "timeline: a day": [_timeline(when=When.day(day)) for day in known.days],
        "timeline: a month": [_timeline(when=When.parse(f"{day:%Y-%m}")) for day in known.days],
        "timeline: a year": [_timeline(when=When.parse(year)) for year in ("2021", "2022")],
        "timeline: person, day": [
            _timeline(person=key, when=When.day(day))
            for key, day in zip(persons, known.days, strict=False)
        ],
        "timeline: person, place": [
            _timeline(person=key, place=place)
            for key, place in zip(persons, reversed(places), strict=False)
        ],
        "timeline: two persons": [
            _timeline(person=one, beside=other) for one, other in pairwise(persons)
        ],
        "latest": [
            lambda db: (
                timeline.newest_events(db, limit=6),
                timeline.coming_events(db, limit=4),
                sources.sources(db, limit=3),
            )
        ],
        "next": [lambda db: timeline.planned_events(db, limit=_PAGE)],
        "on this day": [lambda db: news.on_this_day(db, known.as_of, limit=_DIGEST)],
        "planned": [
            lambda db: news.planned_between(
                db, known.as_of, known.as_of + timedelta(days=1), limit=_DIGEST
            )
        ],
    }


def _of_words(known: _Known) -> dict[str, list[Question]]:
    words = known.words
    return {
        "quotes: person, topic": _each(
            known.persons,
            lambda db, key: quotes.quotes_about(db, "the sanctions", person=key, limit=6),
        ),
        "quotes: topic": _each(
            ["sanctions", *words], lambda db, word: quotes.quotes_about(db, word, limit=6)
        ),
        "quotes: side": _each(
            known.topics[2:], lambda db, key: quotes.quotes_about(db, "", subject=key, limit=6)
        ),
        "search: a word": _each(words, lambda db, word: search.search(db, word, limit=4)),
        "search: two words": _each(
            list(pairwise(words)),
            lambda db, pair: search.search(db, " ".join(pair), limit=4),
        ),
        "search: a sentence": _each(
            [" ".join(words[at : at + 6]) for at in range(6)],
            lambda db, sentence: search.search(db, sentence, limit=4),
        ),
        "how many": _each(
            [f"sanctions of {place}" for place in known.places],
            lambda db, what: figures.figures_about(db, what, limit=_PAGE),
        ),
        "inline: a name": _each(known.names, finding.find),
        "inline: a word": _each(words, finding.find),
    }


def _of_all(known: _Known) -> dict[str, list[Question]]:
    def whole_source(db: Connection, key: str) -> object:
        return (
            sources.source(db, key),
            people.people_of_source(db, key),
            timeline.events_of_source(db, key),
            quotes.quotes_of_source(db, key),
            figures.figures_of_source(db, key),
        )

    def briefing(db: Connection) -> object:
        new = news.told(db, known.new)
        return new, about.concerns(db, about.keys_of_items(new.events, new.quotes))

    return {
        "quotes": [lambda db: quotes.quotes(db, limit=6)],
        "disputed": [lambda db: disputes.differences(db, limit=_PAGE)],
        "a source": _each(known.sources, whole_source),
        "inline": [lambda db: finding.find(db, "")],
        "digest": [briefing],
        "catch-up": [lambda db: news.news_page(db, known.new, limit=_PAGE, offset=0)],
    }
