"""Drafts by the program against summaries by hand: python -m benchmarks.extract.seeds.

`--articles` is a folder of raw articles, `--summaries` one of the summaries of them, which name
the articles in `document`. Each is drafted with what the other summaries know, and with the day
that the summary gives, so that each kind is measured by itself.

What is counted as the same: people by how the name sounds, in one of its spellings; roles by
their words, without whose they are ("President" for "Russian President"), a third each in common
at least; events by date, and a person or two telling words in common; quotes by speaker, and the
words (reported: two telling words); figures by number, and a telling word in common. Precision is
low where the hand chose: it keeps four quotes of an article that has twelve. "Checked" are the
entries that the draft does not mark for review.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from store.ingest.draft import draft
from store.ingest.draft_values import DraftSummary, Known, heard
from store.ingest.raw.plain import read_plain
from store.ingest.raw.values import RawArticle
from store.ingest.summaries import read_summaries
from store.knowledge.making.happenings import telling_words
from store.knowledge.values import (
    Grade,
    StatedEvent,
    StatedFigure,
    StatedPerson,
    StatedQuote,
    Summary,
)
from store.text import fold

T = TypeVar("T")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d|\b(?:tens|hundreds) of thousands\b|\b(?:two|seven)\b")


@dataclass(slots=True)
class Count:
    """What was drafted, what the hand has, and what is in both."""

    drafted: int = 0
    checked: int = 0
    hand: int = 0
    right: int = 0  # of the drafted
    found: int = 0  # of the hand's
    found_checked: int = 0

    def row(self, what: str) -> str:
        """Return the figures as a row of the table."""
        precision = 100 * self.right / max(1, self.drafted)
        recall = 100 * self.found / max(1, self.hand)
        checked = 100 * self.found_checked / max(1, self.hand)
        return (
            f"| {what} | {self.hand} | {self.drafted} | {self.drafted - self.checked} "
            f"| {precision:.0f} | {recall:.0f} | {checked:.0f} |"
        )


def _compare(
    count: Count,
    drafted: Sequence[tuple[T, bool]],
    hand: Sequence[T],
    same: Callable[[T, T], bool],
) -> list[T]:
    """Count one article's; return what the hand has and the draft has not."""
    count.drafted += len(drafted)
    count.checked += sum(not review for _, review in drafted)
    count.hand += len(hand)
    count.right += sum(any(same(mine, theirs) for theirs in hand) for mine, _ in drafted)
    missed = []
    for theirs in hand:
        reviews = [review for mine, review in drafted if same(mine, theirs)]
        count.found += bool(reviews)
        count.found_checked += not all(reviews) if reviews else False
        if not reviews:
            missed.append(theirs)
    return missed


def _same_person(mine: StatedPerson, theirs: StatedPerson) -> bool:
    return heard(mine.name) in {heard(name) for name in (theirs.name, *theirs.aliases)}


def _same_role(mine: StatedPerson, theirs: StatedPerson) -> bool:
    if not _same_person(mine, theirs) or not mine.role or not theirs.role:
        return False
    one, other = set(fold(mine.role).split()), set(fold(theirs.role).split())
    common = one & other - {"of", "the", "for", "to"}
    return bool(common) and len(common) * 3 >= max(len(one), len(other))


def _same_event(mine: StatedEvent, theirs: StatedEvent) -> bool:
    if mine.when != theirs.when:
        return False
    people = {heard(name) for name in mine.people or ()} & {heard(n) for n in theirs.people or ()}
    return bool(people) or len(telling_words(mine.text) & telling_words(theirs.text)) > 1


def _same_quote(mine: StatedQuote, theirs: StatedQuote) -> bool:
    if heard(mine.speaker) != heard(theirs.speaker):
        return False
    if theirs.grade is Grade.REPORTED:
        return len(telling_words(mine.text) & telling_words(theirs.text)) > 1
    return fold(theirs.text) in fold(mine.text) or fold(mine.text) in fold(theirs.text)


def _same_figure(mine: StatedFigure, theirs: StatedFigure) -> bool:
    numbers = set(_NUMBER.findall(mine.value.casefold()))
    same = numbers & set(_NUMBER.findall(theirs.value.casefold()))
    words = telling_words(f"{mine.what} {mine.value}") & telling_words(
        f"{theirs.what} {theirs.value}"
    )
    return bool(same) and bool(words)


@dataclass(slots=True)
class Table:
    """The counts of all kinds, and what was missed."""

    people: Count
    roles: Count
    events: Count
    quotes: Count
    figures: Count
    missed: list[str]

    def add(self, made: DraftSummary, by_hand: Summary) -> None:
        """Count one article."""
        people = [(item.stated, item.review) for item in made.people]
        roles = [each for each in people if each[0].role]
        events = [(item.stated, item.review) for item in made.events]
        quotes = [(item.stated, item.review) for item in made.quotes]
        figures = [(item.stated, item.review) for item in made.figures]
        with_role = [person for person in by_hand.people if person.role]
        lost = [
            *(
                f"person {p.name}"
                for p in _compare(self.people, people, by_hand.people, _same_person)
            ),
            *(f"role {p.name}" for p in _compare(self.roles, roles, with_role, _same_role)),
            *(
                f"event {e.when} {e.text}"
                for e in _compare(self.events, events, by_hand.events, _same_event)
            ),
            *(
                f"quote {q.speaker}: {q.text}"
                for q in _compare(self.quotes, quotes, by_hand.quotes, _same_quote)
            ),
            *(
                f"figure {f.what}: {f.value}"
                for f in _compare(self.figures, figures, by_hand.figures, _same_figure)
            ),
        ]
        self.missed += [f"{by_hand.document}: {each}" for each in lost]

    def __str__(self) -> str:
        """Return the table as Markdown."""
        head = "| kind | by hand | drafted | for review | precision | recall | recall, checked |"
        rule = "|---|---|---|---|---|---|---|"
        counts = (
            ("people", self.people),
            ("roles", self.roles),
            ("events with their date", self.events),
            ("quotes with their speaker", self.quotes),
            ("figures", self.figures),
        )
        return "\n".join((head, rule, *(count.row(what) for what, count in counts)))


def articles(folder: Path) -> Iterator[RawArticle]:
    """Yield the raw articles in `folder`."""
    for file in sorted(folder.glob("*.txt")):
        yield read_plain(file.read_text(encoding="utf-8"), file.name)


def main() -> int:
    """Print the table; with --missed what the drafts lack."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extract.seeds", description=__doc__)
    parser.add_argument("--articles", type=Path, required=True, help="the raw articles")
    parser.add_argument("--summaries", type=Path, required=True, help="the summaries of them")
    parser.add_argument("--alone", action="store_true", help="draft without the other summaries")
    parser.add_argument("--missed", action="store_true", help="list what the drafts lack")
    chosen = parser.parse_args()
    reading = read_summaries([chosen.summaries])
    table = Table(Count(), Count(), Count(), Count(), Count(), [])
    today = datetime.now(UTC).date()
    dated = total = 0
    for article in articles(chosen.articles):
        by_hand = next((s for s in reading.summaries if s.document == article.name), None)
        if by_hand is None:
            continue
        others = tuple(summary for summary in reading.summaries if summary is not by_hand)
        known = Known() if chosen.alone else Known(story=reading.story, summaries=others)
        own = draft(article, known, today=today).published
        total += 1
        dated += own is not None and own.when.start == by_hand.published
        table.add(draft(article, known, today=today, published=by_hand.published), by_hand)
    lines = [str(table), "", f"own day found: {dated} of {total}"]
    sys.stdout.write("\n".join(lines + (table.missed if chosen.missed else [])) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
