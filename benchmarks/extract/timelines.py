"""Timelines of named entities, on the articles of SemEval-2015 task 4 (Minard et al.), track A.

What is counted: per entity, the triples (document, sentence, day) of its gold timeline that
have a whole day, each once however many event words the sentence has; and the set of its days.
Events of a month or a year are counted in rows of their own, those without any date
(XXXX-XX-XX) nowhere. Micro-averaged over the entities. The text, its sentences and the day of
each document are those given; names of the target entities are the input, nothing else. The
trial data (Apple) come without their texts.

The rules were developed on the entities of `DEVELOPED`; of the others only the figures were
looked at. The floor is names as they are written, weekdays by regular expression, and the day
of the document where a sentence has none.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from xml.etree.ElementTree import parse

from benchmarks.extract.table import Row
from store.ingest.extract.events import find_events
from store.ingest.extract.naming import (
    acronyms_of,
    find_mentions,
    find_stand_ins,
    takes_part,
)
from store.ingest.extract.quotation_marks import find_quoted
from store.ingest.extract.times import find_times
from store.ingest.extract.values import Span
from store.knowledge.values import Precision

DEVELOPED = frozenset(
    {
        "Boeing 787 Dreamliner",
        "Airbus",
        "Boeing 777",
        "Louis Gallois",
        "Northrop Grumman",
        "Singapore Airlines",
        "United States Air Force",
    }
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PART = re.compile(r"(\d{4}(?:-\d\d)?)(?:-XX)*")
_EXACT = frozenset({Precision.DAY, Precision.MONTH, Precision.YEAR})
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_LEFT = frozenset(".,;:?!)]%'\u2019\u201d") | {"'s", "\u2019s", "n't", "..."}
_RIGHT = frozenset("([$\u201c")
_MARKS = {"``": "\u201c", "''": "\u201d"}

Triple = tuple[str, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article: its text, where its sentences stand, and its day."""

    name: str
    text: str
    sentences: dict[int, Span]
    published: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One whose timeline is asked for, and the gold triples with a day, month or year."""

    name: str
    gold: frozenset[Triple]


def documents(folder: Path) -> Iterator[Document]:
    """Yield the articles below `folder`, in the order of their names."""
    for file in sorted(folder.glob("corpus_*/corpus_trackA_CAT/*.xml")):
        yield _document(file)


def _document(file: Path) -> Document:
    words: dict[int, list[str]] = {}
    for token in parse(file).getroot().findall("token"):  # noqa: S314 (a data set that one downloaded)
        words.setdefault(int(token.get("sentence", 0)), []).append(token.text or "")
    text, places = "", {}
    day = _day(_line(words.pop(1)))
    for number, tokens in sorted(words.items()):
        text += "\n" if text else ""
        line = _line(tokens)
        places[number] = Span(len(text), len(text) + len(line))
        text += line
    return Document(name=file.name.split("_")[0], text=text, sentences=places, published=day)


def _day(line: str) -> date:
    """Return the day that an article's line with its date gives."""
    times = (time.when for time in find_times(line))
    return next(when.start for when in times if when and when.precision is Precision.DAY)


def _line(tokens: Sequence[str]) -> str:
    line, glued = "", True
    for token in tokens:
        word = _MARKS.get(token, token)
        line += word if glued or word in _LEFT else f" {word}"
        glued = word in _RIGHT
    return line


def entities(folder: Path) -> Iterator[Entity]:
    """Yield the target entities below `folder`."""
    for file in sorted(folder.glob("corpus_*/list_target_entities*.txt")):
        for name in filter(None, map(str.strip, file.read_text().splitlines())):
            gold = (
                file.parent / "TimeLines_Gold_Standard" / f"{name.casefold().replace(' ', '_')}.txt"
            )
            yield Entity(name=name, gold=frozenset(_gold(gold)))


def _gold(file: Path) -> Iterator[Triple]:
    for line in file.read_text().splitlines()[1:]:
        _, day, *events = line.split("\t")
        for event in filter(None, map(str.strip, events)):
            document, sentence, _ = event.split("-", 2)
            if _DAY.fullmatch(day):
                yield document, int(sentence), day
            elif part := _PART.fullmatch(day):
                yield document, int(sentence), part[1]


def ours(name: str, articles: Sequence[Document]) -> set[Triple]:
    """Return the timeline of `name` as we read it."""
    person = _is_person(name, articles)
    also = {short for article in articles for short in acronyms_of(name, article.text)}
    found: set[Triple] = set()
    for article in articles:
        said = [each.inner for each in find_quoted(article.text)]
        mentions = [
            mention
            for mention in find_mentions(name, article.text, person=person, also=also)
            if not any(words.holds(mention) for words in said)
        ]
        if not mentions:
            continue
        order = tuple(span for _, span in sorted(article.sentences.items()))
        mentions += find_stand_ins(name, article.text, order, mentions, person=person)
        for event in find_events(article.text, article.published, undated=True):
            sentence = _sentence_of(article, event.sentence)
            if sentence is None or event.quoted or event.when.precision not in _EXACT:
                continue
            span = article.sentences[sentence]
            if any(
                span.holds(mention) and takes_part(article.text, span, mention)
                for mention in mentions
            ):
                found.add((article.name, sentence, str(event.when)))
    return found


def _is_person(name: str, articles: Sequence[Document]) -> bool:
    """Tell whether the texts name a person so."""
    from store.ingest.extract.names import find_names  # noqa: PLC0415 (the floor needs none)
    from store.ingest.extract.names_values import Kind  # noqa: PLC0415 (the same)

    kinds = [
        mention.kind
        for article in articles
        if name in article.text
        for mention in find_names(article.text)
        if mention.span.of(article.text) == name
    ]
    return kinds.count(Kind.PERSON) * 2 > len(kinds)


def floor(name: str, articles: Sequence[Document]) -> set[Triple]:
    """Return the timeline of `name` as simple patterns read it."""
    found: set[Triple] = set()
    for article in articles:
        for number, span in article.sentences.items():
            line = span.of(article.text)
            if name not in line:
                continue
            day = article.published
            if match := _WEEKDAY.search(line):
                back = (day.isoweekday() - 1 - _WEEKDAYS.index(match[1].casefold())) % 7
                day -= timedelta(days=back)
            found.add((article.name, number, day.isoformat()))
    return found


def _sentence_of(article: Document, place: Span) -> int | None:
    for number, span in article.sentences.items():
        if span.start <= place.start < span.end:
            return number
    return None


@dataclass(slots=True)
class Count:
    """What was found of what there is."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, found: set[str] | set[Triple], gold: set[str] | set[Triple]) -> None:
        """Count one entity's."""
        self.right += len(set(found) & set(gold))
        self.found += len(found)
        self.gold += len(gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in hundredths."""
        return 200 * self.right / max(1, self.found + self.gold)


Reader = Callable[[str, Sequence[Document]], set[Triple]]


def measure(
    reader: Reader, asked: Sequence[Entity], articles: Sequence[Document], *, days_only: bool
) -> tuple[Count, Count]:
    """Return the counts of triples and of days; else of months and years too."""
    triples, days = Count(), Count()
    for entity in asked:
        found, gold = reader(entity.name, articles), set(entity.gold)
        if days_only:
            found = {each for each in found if _DAY.fullmatch(each[2])}
            gold = {each for each in gold if _DAY.fullmatch(each[2])}
        triples.add(found, gold)
        days.add({day for _, _, day in found}, {day for _, _, day in gold})
    return triples, days


def score(folder: Path) -> tuple[Row, ...]:
    """Return the rows of the table for the timelines in `folder`."""
    articles, asked = tuple(documents(folder)), tuple(entities(folder))
    developed = [each for each in asked if each.name in DEVELOPED]
    others = [each for each in asked if each.name not in DEVELOPED]
    return (
        *_rows("", asked, articles, days_only=True, goals=(45.0, 60.0)),
        *_rows(", developed on", developed, articles, days_only=True),
        *_rows(", the others", others, articles, days_only=True),
        *_rows(", months and years too", asked, articles, days_only=False),
    )


def _rows(
    part: str,
    asked: Sequence[Entity],
    articles: Sequence[Document],
    *,
    days_only: bool,
    goals: tuple[float, float] | None = None,
) -> Iterator[Row]:
    base = measure(floor, asked, articles, days_only=days_only)
    mine = measure(ours, asked, articles, days_only=days_only)
    for at, what in enumerate(("triples", "days")):
        yield Row(
            what=f"timelines: {what} F1{part}",
            floor=base[at].f1,
            ours=mine[at].f1,
            goal=goals[at] if goals else None,
        )
