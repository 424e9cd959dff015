"""Questions in other languages than English: one grammar for all, filled by a table for each.

A table (questions_german, questions_ukrainian) holds words only. Dates are put into
English word by word and read by bot.periods; Babel knows the names of the months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot import phrases
from bot.periods import Period, find_period
from bot.phrases import Words
from bot.questions_kinds import (
    Differ,
    Happened,
    HowMany,
    Latest,
    Leads,
    Next,
    PeopleOf,
    Question,
    Said,
    Together,
    WhoIs,
)

_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SHORTEST_STEM = 3
_LONGEST_ENDING = 4  # letters of a case


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The words of a language: patterns as phrases.after reads them, and sets of words."""

    language: str  # as Babel calls it
    who: Sequence[str]
    leads: Sequence[str]
    people_of: Sequence[str]
    said: Sequence[str]
    met: Sequence[str]
    happened: Sequence[str]
    next: Sequence[str]
    how_many: Sequence[str]
    differ: Sequence[str]
    latest: Sequence[str]
    at_end: frozenset[str]  # the second half of a verb, which says nothing more
    about: frozenset[str]
    joins: frozenset[str]  # between two who meet
    small: frozenset[str]  # before a name
    dates: Mapping[str, str]  # words of dates in English; of "" nothing stays
    name_first: bool = False  # whether a name may stand before the verb of a question


def asked(words: Words, as_of: date, table: Table) -> Question | None:
    """Return what `words` ask in the language of `table`, or None where it knows none."""
    words = _without_end(words, table)
    for patterns, of_name in ((table.leads, _leads), (table.people_of, _people_of)):
        if rest := _after(words, patterns):
            return of_name(_name(rest, table))
    if rest := _after(words, table.said) or _around(words, table.said, table):
        return _said(rest, as_of, table)
    if rest := _after(words, table.met) or _around(words, table.met, table):
        return _met(rest, as_of, table)
    found = _of_things(words, as_of, table)
    if found is None and (rest := _after(words, table.who)):
        return WhoIs(name=_name(rest, table))
    return found or _dated(words, as_of, table)


def _of_things(words: Words, as_of: date, table: Table) -> Question | None:
    if (rest := _after(words, table.differ)) is not None:
        return Differ(about=_name(rest, table))
    if rest := _after(words, table.how_many):
        return HowMany(what=_name(rest, table))
    if (rest := _after(words, table.latest)) is not None and not rest:
        return Latest()
    if (rest := _after(words, table.next)) is not None:
        period, rest = period_of(rest, as_of, table, ahead=True)
        return Next(subject=_name(rest, table), period=period)
    if (rest := _after(words, table.happened)) is not None:
        period, rest = period_of(rest, as_of, table)
        return Happened(subject=_name(rest, table), period=period)
    return None


def _dated(words: Words, as_of: date, table: Table) -> Question | None:
    # Most messages are no dates, and need no names of months.
    if not any(
        word[:1].isdecimal() or (len(word) > _SHORTEST_STEM and word.casefold() in table.dates)
        for word in words
    ):
        return None
    period, rest = period_of(words, as_of, table)
    return Happened(period=period) if period and not rest else None


def _leads(name: str) -> Question:
    return Leads(of=name)


def _people_of(name: str) -> Question:
    return PeopleOf(name=name)


def _said(words: Words, as_of: date, table: Table) -> Question:
    period, rest = period_of(words, as_of, table)
    cut = phrases.cut(rest, set(table.about))
    name, about = (cut[0], cut[2]) if cut else (rest, ())
    return Said(name=_name(name, table), about=_name(about, table), period=period)


def _met(words: Words, as_of: date, table: Table) -> Question:
    period, rest = period_of(words, as_of, table)
    cut = phrases.cut(rest, set(table.joins))
    if cut and cut[0] and cut[2]:
        first, second = _name(cut[0], table), _name(cut[2], table)
        return Together(first=first, second=second, period=period)
    return Happened(subject=_name(rest, table), period=period)  # "traf Blinken Lawrow"


def _after(words: Words, patterns: Sequence[str]) -> Words | None:
    found = (phrases.after(words, pattern) for pattern in patterns)
    return next((rest for rest in found if rest is not None), None)


def _around(words: Words, patterns: Sequence[str], table: Table) -> Words | None:
    """Return the words around a verb that stands behind a name: `коли Путін зустрівся з …`."""
    if not table.name_first:
        return None
    turned = ((words[0], words[n], *words[1:n], *words[n + 1 :]) for n in range(2, len(words)))
    return next((rest for one in turned if (rest := _after(one, patterns))), None)


def _without_end(words: Words, table: Table) -> Words:
    while len(words) > 1 and words[-1].casefold() in table.at_end:
        words = words[:-1]
    return words


def _name(words: Words, table: Table) -> str:
    while words and words[0].casefold() in table.small:
        words = words[1:]
    return " ".join(words)


def period_of(
    words: Words, as_of: date, table: Table, *, ahead: bool = False
) -> tuple[Period | None, Words]:
    """Return the first date among `words`, in the words that were asked, and the other words."""
    kept = tuple(word for word in words if table.dates.get(word.casefold()) != "")
    english = tuple(_in_english(word, table) for word in kept)
    period, rest = find_period(english, as_of, ahead=ahead, bare=True)
    if period is None:
        return None, words
    used = len(english) - len(rest)
    at = next(n for n in range(len(rest) + 1) if (*english[:n], *english[n + used :]) == rest)
    return replace(period, words=" ".join(kept[at : at + used])), kept[:at] + kept[at + used :]


def _in_english(word: str, table: Table) -> str:
    low = word.casefold()
    if low in table.dates:
        return table.dates[low]
    digits, _, ending = low.partition("-")
    if digits.isdecimal() and ending.isalpha():  # of an ordinal only the number
        return digits
    if not low.isalpha():
        return word
    for stem, month in _months(table.language):
        if low.startswith(stem) and len(low) - len(stem) <= _LONGEST_ENDING:
            return month
    return word


@lru_cache(maxsize=4)
def _months(language: str) -> tuple[tuple[str, str], ...]:
    """Return what the cases of each month's name begin with, and the month in English."""
    from babel.dates import get_month_names  # noqa: PLC0415 (slow to import; English needs none)

    forms = [get_month_names("wide", context, language) for context in ("format", "stand-alone")]
    stems = [_shared(*(names[n].casefold() for names in forms)) for n in range(1, 13)]
    return tuple(
        (stem, month)
        for stem, month in zip(stems, _ENGLISH_MONTHS, strict=True)
        if len(stem) >= _SHORTEST_STEM
    )


def _shared(one: str, other: str) -> str:
    """Return what both words begin with."""
    length = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return one[:length] if length is not None else min(one, other, key=len)
