"""Summaries made up on the fly: names and words by Zipf, aliases, dates, quotes, figures.

The same seed gives the same summaries, each by its number alone, so that any part of a
million can be made without the rest. What several sources tell is told by several here.
"""

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from store.knowledge.values import (
    Basis,
    Grade,
    Side,
    StatedEvent,
    StatedFigure,
    StatedPerson,
    StatedQuote,
    StatedSubject,
    Status,
    Story,
    SubjectKind,
    Summary,
    When,
)

_FIRST_DAY = date(2020, 1, 1)
_DAYS = 1500
_BEGINS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "v",
    "z",
)
_MIDDLES = ("a", "e", "i", "o", "u", "ai", "ei", "ou", "ia")
_ENDS = ("", "", "n", "r", "s", "l", "m", "nd", "rt", "sk", "ck")
_ROLES = (
    *("Foreign Minister", "Deputy Foreign Minister", "Defence Minister", "Ambassador to Vienna"),
    *("Spokesperson", "President", "Prime Minister", "Secretary of State", "analyst", "Senator"),
)
_SIDES = ("Northland", "Southmark", "Eastholm", "Westreach", "The League")
_WORDS = 30_000
_FEW = 60_000  # summaries; beyond, fewer are of new people
_PLACES = 400
_TOPICS = (
    "sanctions",
    "missiles",
    "grain",
    "border",
    "ceasefire",
    "pipeline",
    "prisoners",
    "visas",
)


class Zipf:
    """Draws from `items` as words are drawn in prose: the n-th with weight 1/(n + 2)."""

    def __init__(self, items: Sequence[str]) -> None:
        self._items = items
        self._weights = list(accumulate(1 / (number + 2.7) for number in range(len(items))))

    def draw(self, chance: random.Random) -> str:
        """Return one of them."""
        return self._items[bisect(self._weights, chance.random() * self._weights[-1])]


@dataclass(frozen=True, slots=True)
class _Figure:
    """Somebody of the story, whom every summary calls alike or nearly so."""

    name: str
    aliases: tuple[str, ...]
    role: str
    side: str


@dataclass(frozen=True)
class Corpus:
    """A story of `size` summaries."""

    size: int
    seed: int = 1
    day_zero: date = field(default=_FIRST_DAY)

    def _chance(self, *of: object) -> random.Random:
        return random.Random(f"{self.seed}:{of}")  # noqa: S311 (to be had again, not to be secret)

    @cached_property
    def words(self) -> list[str]:
        """The words that are no names, the most frequent first."""
        return _spell(self._chance("words"), _WORDS, 1, 3)

    @cached_property
    def _words(self) -> Zipf:
        return Zipf(self.words)

    @cached_property
    def places(self) -> list[str]:
        """The places, the most frequent first."""
        return [word.capitalize() for word in _spell(self._chance("places"), _PLACES, 2, 3)]

    @cached_property
    def _place(self) -> Zipf:
        return Zipf(self.places)

    @cached_property
    def people(self) -> list[str]:
        """The full names of the people, the most frequent first; some share a surname."""
        return list(self._figures)

    @cached_property
    def _figures(self) -> dict[str, _Figure]:
        chance = self._chance("people")
        number = 60 + min(self.size, _FEW) // 60 + max(self.size - _FEW, 0) // 400
        given = Zipf([w.capitalize() for w in _spell(chance, 500, 1, 2)])
        surnames = [w.capitalize() for w in _spell(chance, max(400, number), 2, 3)]
        figures: dict[str, _Figure] = {}
        while len(figures) < number:
            surname = surnames[int(chance.random() ** 1.3 * len(surnames))]
            first = given.draw(chance)
            name = f"{first} {surname}"
            aliases = (f"{first[0]}. {surname}",) if _once(chance, 0.1) else ()
            if _once(chance, 0.2):
                aliases = (*aliases, f"{first}{chance.choice('aeiy')} {surname}")
            figures.setdefault(
                name,
                _Figure(
                    name=name,
                    aliases=aliases,
                    role=chance.choice(_ROLES),
                    side=chance.choice(_SIDES),
                ),
            )
        return figures

    @cached_property
    def _person(self) -> Zipf:
        return Zipf(self.people)

    @property
    def story(self) -> Story:
        """The story that the summaries are of."""
        subjects = (
            *(StatedSubject(kind=SubjectKind.SIDE, name=side) for side in _SIDES),
            *(StatedSubject(kind=SubjectKind.TOPIC, name=topic) for topic in _TOPICS),
        )
        sides = tuple(
            Side(name=side, short=side[:2].upper(), colour=f"#{40 * at + 40:02x}5599")
            for at, side in enumerate(_SIDES)
        )
        return Story(title="The long talks", intro="Made up.", sides=sides, subjects=subjects)

    def summaries(self, first: int = 0, last: int | None = None) -> Iterator[Summary]:
        """Yield the summaries from number `first` up to `last`, which is not one of them."""
        return (
            self.summary(number) for number in range(first, self.size if last is None else last)
        )

    def summary(self, number: int, version: int = 0) -> Summary:
        """Return summary `number`; another `version` says something else of the same source."""
        chance = self._chance("summary", number, version)
        published = self.day_zero + timedelta(days=self._day_of(number) + 1)
        cast = list(dict.fromkeys(self._person.draw(chance) for _ in range(chance.randint(2, 6))))
        told = [2 * number, 2 * number + 1]
        if number and _once(chance, 0.4):  # what another source told lately
            told.append(max(0, 2 * number - chance.randint(1, 40)))
        events = [self._event(event) for event in told]
        if version:
            events[0] = self._event(told[0], version)
        named = [*cast, *(person for event in events for person in event.people or ())]
        quotes = tuple(
            StatedQuote(
                speaker=chance.choice(cast),
                text=self._sentence(chance, 8, 24),
                when=When.day(published - timedelta(days=1)),
                grade=Grade.VERBATIM if _once(chance, 0.8) else Grade.REPORTED,
                about=chance.choice(_TOPICS) if _once(chance, 0.5) else None,
            )
            for _ in range(chance.randint(0, 3))
        )
        figures = tuple(
            StatedFigure(
                what=f"{chance.choice(_TOPICS)} of {self._place.draw(chance)}",
                value=str(chance.randint(1, 200) * 50),
                according_to=chance.choice(_SIDES),
            )
            for _ in range(chance.randint(0, 2))
        )
        return Summary(
            file=f"s{number:07}.md",
            title=self._sentence(chance, 5, 10),
            outlet=f"{self._place.draw(chance)} Times",
            document=f"https://news.example/{number}",
            published=published,
            people=tuple(
                StatedPerson(
                    name=figure.name, role=figure.role, side=figure.side, aliases=figure.aliases
                )
                for figure in (self._figures[name] for name in dict.fromkeys(named))
            ),
            events=tuple(events),
            quotes=quotes,
            figures=figures,
            body=self._body(chance, cast),
        )

    def _day_of(self, number: int) -> int:
        return number * _DAYS // self.size

    def _event(self, number: int, version: int = 0) -> StatedEvent:
        chance = self._chance("event", number, version)
        day = self.day_zero + timedelta(days=self._day_of(number // 2))
        planned = _once(chance, 0.1)
        when = day + timedelta(days=chance.randint(1, 20)) if planned else day
        return StatedEvent(
            when=When.day(when) if _once(chance, 0.9) else When.parse(when.isoformat()[:7]),
            text=self._sentence(chance, 6, 16),
            people=tuple(
                dict.fromkeys(self._person.draw(chance) for _ in range(chance.randint(0, 3)))
            ),
            place=self._place.draw(chance) if _once(chance, 0.7) else None,
            status=Status.PLANNED if planned else Status.HAPPENED,
            basis=Basis.RESOLVED if _once(chance, 0.3) else Basis.STATED,
        )

    def _sentence(self, chance: random.Random, fewest: int, most: int) -> str:
        words = [self._words.draw(chance) for _ in range(chance.randint(fewest, most))]
        if _once(chance, 0.3):
            words[len(words) // 2] = self._place.draw(chance)
        if _once(chance, 0.2):
            words.append(chance.choice(_TOPICS))
        return " ".join(words).capitalize()

    def _body(self, chance: random.Random, cast: Sequence[str]) -> str:
        sentences = []
        for _ in range(chance.randint(5, 9)):
            name = chance.choice(cast)
            called = name if _once(chance, 0.4) else name.split()[-1]
            sentences.append(f"{called} {self._sentence(chance, 10, 26).lower()}.")
        return " ".join(sentences)


def write_summaries(summaries: Iterator[Summary], folder: Path) -> None:
    """Write summaries as files into `folder`, without a story."""
    folder.mkdir(parents=True, exist_ok=True)
    for summary in summaries:
        (folder / summary.file).write_text(as_file(summary), encoding="utf-8")


def as_file(summary: Summary) -> str:
    """Return a summary as an editor would write it."""
    lines = [
        "---",
        f"title: {summary.title}",
        f"source: {summary.outlet}",
        f"document: {summary.document}",
        f"published: {summary.published}",
        "people:",
    ]
    for person in summary.people:
        lines += [
            f"  - name: {person.name}",
            f"    role: {person.role}",
            f"    side: {person.side}",
            f"    aliases: [{', '.join(person.aliases)}]",
        ]
    lines.append("events:" if summary.events else "events: []")
    for event in summary.events:
        lines += [
            f"  - date: {event.when}",
            f"    text: {event.text}",
            f"    people: [{', '.join(event.people or ())}]",
            *([f"    place: {event.place}"] if event.place else []),
            f"    status: {event.status}",
            f"    basis: {event.basis}",
        ]
    lines.append("quotes:" if summary.quotes else "quotes: []")
    for quote in summary.quotes:
        lines += [
            f"  - speaker: {quote.speaker}",
            f"    text: {quote.text}",
            f"    date: {quote.when}",
            f"    grade: {quote.grade}",
            *([f"    about: {quote.about}"] if quote.about else []),
        ]
    lines.append("figures:" if summary.figures else "figures: []")
    for figure in summary.figures:
        lines += [
            f"  - what: {figure.what}",
            f"    value: {figure.value}",
            f"    according_to: {figure.according_to}",
        ]
    return "\n".join([*lines, "---", summary.body, ""])


def _once(chance: random.Random, share: float) -> bool:
    return chance.random() < share


def _spell(chance: random.Random, number: int, shortest: int, longest: int) -> list[str]:
    """Return so many different words that can be spoken."""
    words: dict[str, None] = {}
    while len(words) < number:
        syllables = chance.randint(shortest, longest)
        words[
            "".join(
                chance.choice(part) for _ in range(syllables) for part in (_BEGINS, _MIDDLES, _ENDS)
            )
        ] = None
    return list(words)
