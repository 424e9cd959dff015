"""Time expressions of a text, each with the date it means; and the dateline it opens with.

What they look like is in times_dates and times_phrases, what they mean in times_resolve.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from store.ingest.extract.sentences import find_sentences
from store.ingest.extract.times_expressions import at_clock
from store.ingest.extract.times_grammar import find_raw
from store.ingest.extract.times_resolve import Resolver
from store.ingest.extract.times_tense import Tenses
from store.ingest.extract.times_values import (
    Calendar,
    Clock,
    Found,
    Relative,
    Shift,
    TimeExpression,
    TimeKind,
    Way,
)
from store.ingest.extract.values import Span
from store.knowledge.values import Basis, Precision, When

_JOIN = re.compile(
    r",?\s*(?:[-\u2013\u2014/]|\bto\b|\bthrough\b|\buntil\b|\btill\b|\band\b)\s*(?:the\s+)?"
)
_TO = re.compile(r"\s*(?:[-\u2013\u2014]|\bto\b|\bthrough\b|\buntil\b)\s*")
_AND = re.compile(r",?\s*(?:\band\b|\bor\b|,)\s*(?:the\s+)?")
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?\Z", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|between)\s(?:the\s)?\Z", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:\A|\n|[.!?]\s)\s*(?:(?:in|by|until|during|throughout|on|from|between)\s)?(?:the\s)?"
    r"(?:year\s)?\Z",
    re.IGNORECASE,
)
_OPENING = 600  # characters in which news says when it happened
_MANY = 5  # dates with a year that make a history of a text
_FEW = 0.35  # of them being recent, that keep it news


def find_times(text: str, published: date | None = None) -> tuple[TimeExpression, ...]:
    """Return the time expressions of `text`, which is of the day `published`, in their order."""
    sentences = find_sentences(text)
    founds = _with_years(text, find_raw(text))
    resolver = Resolver(published, narrative=_is_narrative(founds, published))
    resolved = _resolve_all(text, founds, sentences, resolver)
    return _join_ranges(text, resolved)


def flat_times(times: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
    """Return `times` with each range as its two ends."""
    return tuple(each for time in times for each in (time.parts or (time,)))


def _is_narrative(founds: Sequence[Found], published: date | None) -> bool:
    """Tell whether a text tells a history: most of its years are far from its own day."""
    if published is None:
        return True
    years = [found.form.year for found in founds if isinstance(found.form, Calendar)]
    stated = [year for year in years if year is not None]
    recent = sum(abs(published.year - year) <= 1 for year in stated)
    near = [found for found in founds if _is_near(found)]
    if any(found.span.start < _OPENING for found in near):
        return False
    return len(stated) >= _MANY and recent + len(near) <= _FEW * len(stated)


def _is_near(found: Found) -> bool:
    """Tell whether news speaks so: yesterday, on Monday, this week."""
    match found.form:
        case Shift(spoken=spoken):
            return not spoken
        case Calendar(weekday=weekday):
            return weekday is not None
        case Relative(unit=unit, way=way):
            return unit in {"D", "W", "MO"} and way in {Way.THIS, Way.LAST}
    return False


def _with_years(text: str, founds: Sequence[Found]) -> tuple[Found, ...]:
    """Give the first end of a range the year of the second: from July 5 to August 12, 1944."""
    kept = list(founds)
    for place in range(len(kept) - 2, -1, -1):
        form, following = kept[place].form, kept[place + 1].form
        if not isinstance(form, Calendar) or not isinstance(following, Calendar):
            continue
        between = text[kept[place].span.end : kept[place + 1].span.start]
        if form.weekday and following.weekday and _TO.fullmatch(between):
            kept[place + 1] = replace(kept[place + 1], form=replace(following, way=Way.AFTER))
        bare = form.year is None and form.way is None and (form.month or form.season)
        if not bare or following.year is None:
            continue
        if _JOIN.fullmatch(between) or _AND.fullmatch(between):
            later = (form.month or 0) > (following.month or 12)
            year = following.year - later
            full = replace(form, year=year, before_christ=following.before_christ)
            kept[place] = replace(kept[place], form=full)
    return tuple(kept)


def _resolve_all(
    text: str, founds: Sequence[Found], sentences: Sequence[Span], resolver: Resolver
) -> list[TimeExpression]:
    starts = [sentence.start for sentence in sentences]
    results: list[TimeExpression] = []
    homes: list[int] = []
    tenses: dict[int, Tenses] = {}
    for found in founds:
        home = max(bisect_right(starts, found.span.start) - 1, 0)
        if home not in tenses:
            tenses[home] = Tenses(text, sentences[home])
        tense = tenses[home].at(found.span)
        leads = _leads(text, found)
        results.append(resolver.resolve(found, tense, home, leads=leads))
        homes.append(home)
    for place, found in enumerate(founds):
        if isinstance(found.form, Clock):
            day = _day_around(results, homes, place)
            results[place] = at_clock(found, found.form, day, resolver.today)
    return results


def _leads(text: str, found: Found) -> bool:
    """Tell whether the story goes on from `found`: a bare year may only be part of a name."""
    form = found.form
    if isinstance(form, Shift):
        return form.spoken
    if isinstance(form, Relative):
        return form.way in {Way.THAT, Way.BEFORE, Way.AFTER}
    if not isinstance(form, Calendar):
        return False
    if form.month is not None or form.season is not None or form.weekday is not None:
        return True
    low = max(0, found.span.start - 16)
    return _LEADS.search(text, low, found.span.start) is not None


def _day_around(
    results: Sequence[TimeExpression], homes: Sequence[int], place: int
) -> TimeExpression | None:
    """Return the day nearest to a time of the clock: in its sentence, else the last before."""
    same = [
        other
        for other in range(max(0, place - 3), min(len(results), place + 4))
        if homes[other] == homes[place] and _is_day(results[other])
    ]
    if same:
        return results[min(same, key=lambda other: abs(other - place))]
    before = (results[other] for other in range(place - 1, max(-1, place - 6), -1))
    return next((each for each in before if _is_day(each)), None)


def _is_day(time: TimeExpression) -> bool:
    return time.when is not None and time.when.precision is Precision.DAY


def _join_ranges(text: str, times: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
    joined: list[TimeExpression] = []
    for time in times:
        if joined and (whole := _joined(text, joined[-1], time)) is not None:
            joined[-1] = whole
        else:
            joined.append(time)
    return tuple(joined)


def _joined(text: str, first: TimeExpression, last: TimeExpression) -> TimeExpression | None:
    """Return the range from `first` to `last`, where the words between make it one."""
    if first.parts or first.when is None or last.when is None:
        return None
    between = text[first.span.end : last.span.start]
    if len(between) > 12 or not _JOIN.fullmatch(between):  # noqa: PLR2004 (words that join)
        return None
    low = max(0, first.span.start - 14)
    word = between.strip(" ,").split()
    if word and word[0] == "and" and not _BETWEEN.search(text, low, first.span.start):
        return None
    if word and word[0] == "to" and not _FROM.search(text, low, first.span.start):
        return None
    if last.when.end < first.when.end or last.when.start < first.when.start:
        return None
    return TimeExpression(
        span=Span(first.span.start, last.span.end),
        kind=TimeKind.DATE,
        value=f"{first.value}/{last.value}",
        when=When(first.when.start, last.when.end, Precision.RANGE),
        basis=max(first.basis, last.basis, key=list(Basis).index),
        because=last.because or first.because,
        parts=(first, last),
    )
