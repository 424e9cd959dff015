"""Time expressions against a gold standard, counted as TempEval-3 (2013) did.

- Span: one of ours and one of the gold standard agree if they have a character in common
  (relaxed), or all of them (strict); each is matched once, the longest in common first.
- Value F1: a match counts if the TIMEX3 value is the same, letter by letter.
- Days right: of the expressions whose gold value names a day, those that overlap one of ours
  which means that very day.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from store.ingest.extract.times import find_times, flat_times
from store.ingest.extract.times_values import TimeExpression
from store.ingest.extract.values import Span

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A time expression with its value, in the gold standard or read from the text."""

    span: Span
    value: str
    day: str | None = None

    @classmethod
    def gold(cls, span: Span, value: str) -> "Timex":
        """Return one of the gold standard; its day is in its value."""
        match = _DAY.match(value)
        return cls(span=span, value=value, day=match[1] if match else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text with its day and its annotated expressions; nothing outside `scope` counts."""

    name: str
    text: str
    published: date
    golds: tuple[Timex, ...]
    scope: Span
    ignored: tuple[Span, ...] = ()

    def counted(self, timexes: Iterable[Timex]) -> list[Timex]:
        """Return those of `timexes` that count."""
        return [
            timex
            for timex in timexes
            if self.scope.holds(timex.span) and not any(map(timex.span.meets, self.ignored))
        ]


@dataclass(slots=True)
class Tally:
    """What was counted over some documents."""

    golds: int = 0
    given: int = 0
    relaxed: int = 0
    strict: int = 0
    values: int = 0
    days: int = 0
    days_right: int = 0
    wrong: list[str] = field(default_factory=list)

    def f1(self, right: int) -> float:
        """Return the balanced mean of precision and recall, in per cent."""
        return 200 * right / (self.golds + self.given) if self.golds + self.given else 0.0

    @property
    def days_share(self) -> float:
        """The share of days that are right, in per cent."""
        return 100 * self.days_right / self.days if self.days else 0.0


Tagger = Callable[[Document], Iterable[Timex]]


def ours(document: Document) -> list[Timex]:
    """Return the expressions that the program finds."""
    return [_timex(each) for each in flat_times(find_times(document.text, document.published))]


def _timex(each: TimeExpression) -> Timex:
    one = each.when is not None and each.when.start == each.when.end
    day = each.when.start.isoformat() if each.when is not None and one else None
    return Timex(span=each.span, value=each.value, day=day)


def measure(documents: Iterable[Document], tagger: Tagger) -> Tally:
    """Return how well `tagger` does on `documents`."""
    tally = Tally()
    for document in documents:
        _count(document, document.counted(tagger(document)), tally)
    return tally


def _count(document: Document, given: Sequence[Timex], tally: Tally) -> None:
    golds = document.counted(document.golds)
    tally.golds += len(golds)
    tally.given += len(given)
    pairs = sorted(
        (
            (-_common(gold.span, mine.span), place, number)
            for place, gold in enumerate(golds)
            for number, mine in enumerate(given)
            if gold.span.meets(mine.span)
        ),
    )
    used_golds: set[int] = set()
    used: set[int] = set()
    for _, place, number in pairs:
        if place in used_golds or number in used:
            continue
        used_golds.add(place)
        used.add(number)
        gold, mine = golds[place], given[number]
        tally.relaxed += 1
        tally.strict += gold.span == mine.span
        tally.values += gold.value == mine.value
        if gold.value != mine.value:
            tally.wrong.append(_line(document, gold, mine))
    _count_rest(document, golds, given, tally, (used_golds, used))
    for gold in golds:
        if gold.day is not None:
            tally.days += 1
            tally.days_right += any(
                mine.day == gold.day for mine in given if mine.span.meets(gold.span)
            )


def _count_rest(
    document: Document,
    golds: Sequence[Timex],
    given: Sequence[Timex],
    tally: Tally,
    used: tuple[set[int], set[int]],
) -> None:
    missed = (gold for place, gold in enumerate(golds) if place not in used[0])
    tally.wrong.extend(_line(document, gold, None) for gold in missed)
    surplus = (mine for number, mine in enumerate(given) if number not in used[1])
    tally.wrong.extend(_line(document, None, mine) for mine in surplus)


def _common(first: Span, second: Span) -> int:
    return min(first.end, second.end) - max(first.start, second.start)


def _line(document: Document, gold: Timex | None, mine: Timex | None) -> str:
    spans = [each.span for each in (gold, mine) if each is not None]
    low, high = min(span.start for span in spans), max(span.end for span in spans)
    around = " ".join(document.text[max(0, low - 60) : high + 40].split())
    told = " ".join(
        f"{who} {each.span.of(document.text)!r}={each.value}"
        for who, each in (("gold", gold), ("ours", mine))
        if each is not None
    )
    return f"{document.name} ({document.published}): {told} in {around!r}"


_MONTHS = tuple(calendar.month_name[1:])
_WEEKDAYS = tuple(calendar.day_name)
_PLAIN = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)})(?:\s(?P<day>\d\d?))?\b(?:,?\s(?P<year>\d{{4}}))?"
    rf"|\b(?P<first>\d\d?)\s(?P<then>{'|'.join(_MONTHS)})\b(?:\s(?P<of>\d{{4}}))?"
    rf"|\b(?P<weekday>{'|'.join(_WEEKDAYS)})\b|\b(?P<word>[Tt]oday|[Yy]esterday|[Tt]omorrow)\b"
    r"|\b(?P<alone>1[5-9]\d\d|20\d\d)\b"
)


def floor(document: Document) -> list[Timex]:
    """Return what a page of regular expressions finds: no tense, no story, the last weekday."""
    return [_floor_one(document, match) for match in _PLAIN.finditer(document.text)]


def _floor_one(document: Document, match: re.Match[str]) -> Timex:
    today = document.published
    span = Span(match.start(), match.end())
    if weekday := match["weekday"]:
        back = (today.weekday() - _WEEKDAYS.index(weekday)) % 7
        value = (today - timedelta(days=back)).isoformat()
    elif word := match["word"]:
        away = {"today": 0, "yesterday": -1, "tomorrow": 1}[word.lower()]
        value = (today + timedelta(days=away)).isoformat()
    elif alone := match["alone"]:
        value = alone
    else:
        month = _MONTHS.index(match["month"] or match["then"]) + 1
        value = f"{match['year'] or match['of'] or today.year}-{month:02}"
        if day := match["day"] or match["first"]:
            value += f"-{int(day):02}"
    return Timex.gold(span, value)
