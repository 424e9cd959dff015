"""What a page costs must not grow with the story: no statement looks through a whole table."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from benchmarks.speed.queries import statements
from store.database import Connection
from store.knowledge import (
    about,
    corrections,
    disputes,
    figures,
    finding,
    news,
    people,
    quotes,
    roles,
    search,
    sides,
    sources,
    subjects,
    timeline,
)
from store.knowledge.keys import place_key
from store.knowledge.making.calling import person_key
from store.knowledge.timeline import TimelineFilter
from store.knowledge.values import When

SHERMAN, RYABKOV = person_key("Wendy Sherman"), person_key("Sergei Ryabkov")
DAY = date(2022, 1, 10)
# Tables with a row for each of many things. What is in the order of time is read from its
# end, as far as a page reaches.
LARGE = re.compile(
    "SCAN (event|source|quote|figure|role|mention|name|chosen|other|told"
    "|(event|quote|figure)_(person|subject|source)|source_subject)\\b"
    "(?! USING (COVERING )?INDEX (source|quote)_by_date)"
)


def of(**chosen: str | When) -> Callable[[Connection], object]:
    asked = TimelineFilter(**chosen)  # type: ignore[arg-type]
    return lambda db: timeline.timeline(db, asked, limit=8)


def of_nato(ask: Callable[[Connection, str], object]) -> Callable[[Connection], object]:
    return lambda db: ask(db, subjects.called(db, "NATO")[0].key)


QUESTIONS: dict[str, Callable[[Connection], object]] = {
    "a profile": lambda db: people.profile(db, SHERMAN),
    "a name": lambda db: people.find_people(db, "Wendy Sherman"),
    "a part": lambda db: people.find_people(db, "Sher"),
    "a slip": lambda db: people.mistyped_people(db, "Shreman"),
    "nobody": lambda db: people.nearest_people(db, "Shormin"),
    "everybody": lambda db: people.all_people(db, limit=12),
    "company": lambda db: people.companions(db, SHERMAN, limit=20),
    "a role": lambda db: roles.holders(db, "foreign minister"),
    "a subject": of_nato(subjects.subject_profile),
    "the most named": lambda db: subjects.most_named(db, limit=4),
    "all": of(),
    "a person": of(person=SHERMAN),
    "two persons": of(person=SHERMAN, beside=RYABKOV),
    "a place": of(place=place_key("Geneva")),
    "a person at a place": of(person=SHERMAN, place=place_key("Geneva")),
    "a day": of(when=When.day(DAY)),
    "a person on a day": of(person=SHERMAN, when=When.day(DAY)),
    "of a subject": of_nato(lambda db, key: of(subject=key)(db)),
    "the newest": lambda db: timeline.newest_events(db, limit=6),
    "the newest of a person": lambda db: timeline.newest_events(db, person=SHERMAN, limit=6),
    "what comes": lambda db: timeline.coming_events(db, limit=6),
    "what comes for a person": lambda db: timeline.coming_events(db, person=SHERMAN, limit=6),
    "plans": lambda db: timeline.planned_events(db, limit=8),
    "dates near": lambda db: timeline.nearest_dates(
        db, TimelineFilter(person=SHERMAN, when=When.parse("2015"))
    ),
    "quotes": lambda db: quotes.quotes(db, limit=6),
    "quotes of a person": lambda db: quotes.quotes(db, person=SHERMAN, limit=6),
    "quotes on a topic": lambda db: quotes.quotes_about(db, "the talks", person=SHERMAN, limit=6),
    "quotes of a day": lambda db: quotes.quotes_about(db, "", when=When.day(DAY), limit=6),
    "quotes naming": of_nato(lambda db, key: quotes.quotes_naming(db, key, limit=6)),
    "figures": lambda db: figures.figures_about(db, "Russian troops", limit=8),
    "disputed": lambda db: disputes.differences(db, limit=8),
    "disputed figures": lambda db: figures.disputed(db, limit=8),
    "words": lambda db: search.search(db, "troops border", limit=4),
    "sources": lambda db: sources.sources(db, limit=8),
    "inline": lambda db: finding.find(db, "Sherman"),
    "inline words": lambda db: finding.find(db, "troops"),
    "plans of a day": lambda db: news.planned_between(db, DAY, DAY, limit=120),
    "on this day": lambda db: news.on_this_day(db, DAY, limit=120),
    "a correction": lambda db: corrections.correction_of(db, "nothing"),
    "sides": lambda db: sides.sides_of_events(
        db, [event.key for event in timeline.newest_events(db, limit=6)]
    ),
    "things": lambda db: about.concerns(
        db, [event.key for event in timeline.newest_events(db, limit=6)]
    ),
}


@pytest.mark.parametrize("asked", QUESTIONS)
def test_a_page_looks_through_no_whole_table(known: Connection, asked: str) -> None:
    scans = [
        (row["detail"], " ".join(question.split()))
        for question, values in statements(known, QUESTIONS[asked])
        for row in known.query(f"EXPLAIN QUERY PLAN {question}", values or {})
        if LARGE.match(row["detail"])
    ]
    assert scans == []


@pytest.mark.parametrize(
    ("asked", "plan"),
    [
        ("a profile", "SEARCH mention USING INDEX mention_in_words (person=?"),
        ("a subject", "SEARCH source_subject USING INDEX source_subject_in_words (subject=?"),
        ("plans of a day", "SEARCH event USING INDEX event_planned (ends>?)"),
        ("on this day", "SEARCH event USING INDEX event_by_date (starts=?)"),
        ("disputed", "SEARCH figure USING COVERING INDEX figure_by_folded (folded>?)"),
        ("a role", "SEARCH role_word USING PRIMARY KEY (word=?)"),
        ("all", "SEARCH other USING INDEX event_by_text (text=? AND starts>? AND starts<?)"),
    ],
)
def test_what_many_have_is_found_by_what_few_have(known: Connection, asked: str, plan: str) -> None:
    told = [
        row["detail"]
        for question, values in statements(known, QUESTIONS[asked])
        for row in known.query(f"EXPLAIN QUERY PLAN {question}", values or {})
    ]
    assert [detail for detail in told if plan in detail]
