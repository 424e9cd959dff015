"""Which words of a text speak of time, found in one pass; nothing is resolved here.

At each word that can begin a time expression the rules for it are tried in their order; what
stands before it ("the end of", "early", "more than") is added afterwards.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from store.ingest.extract.times_dates import DIGIT_RULES, MONTH_RULES, WEEKDAY_RULES, YEAR_RULES
from store.ingest.extract.times_day_words import (
    DAY_PART_RULES,
    DAY_RULES,
    ORDINAL_DAY_RULES,
    OVERNIGHT_RULES,
)
from store.ingest.extract.times_feasts import (
    ALL_FEASTS,
    FEAST_RULE,
    FEAST_WAY_RULE,
    MONTH_RANKED_RULE,
    RANKED_RULES,
)
from store.ingest.extract.times_periods import (
    DIGIT_PERIOD_RULES,
    ORDINAL_RULES,
    PAST_RULES,
    SEASON_RULES,
    TOLD_RULES,
    WORD_RULES,
)
from store.ingest.extract.times_phrases import (
    COUNT_RULES,
    EVERY_RULES,
    PER_RULES,
    SOME_RULES,
    UNIT_RULES,
    WAY_RULES,
    WHOLE_RULES,
    YEAR_AGO_RULES,
)
from store.ingest.extract.times_rules import Rule
from store.ingest.extract.times_vague import OFTEN_RULES, VAGUE_RULES
from store.ingest.extract.times_values import (
    Calendar,
    Era,
    Fixed,
    Form,
    Found,
    Shift,
    Stretch,
)
from store.ingest.extract.times_words import (
    DAY_PARTS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    UNITS,
    WEEKDAYS,
)
from store.ingest.extract.values import Span

_WORD = re.compile(r"(?<![\w$\u20ac\u00a3#&/.@])(?<![A-Z]-)(?:\d+|[A-Za-z]+)")
_DIGITS = (*DIGIT_RULES, *DIGIT_PERIOD_RULES, *YEAR_RULES, *COUNT_RULES, *ORDINAL_DAY_RULES)
_SOMES = "several many few a some number countless multiple dozens hundreds thousands tens couple"
_WAYS = (
    "last past this next coming that same previous preceding prior following current upcoming"
    " subsequent intervening"
)


def _rules() -> dict[str, tuple[Rule, ...]]:
    """Return the rules to try at each word, in lower case."""
    rules: dict[str, tuple[Rule, ...]] = {}

    def add(words: object, *more: Rule) -> None:
        for word in words if isinstance(words, (list, dict, tuple)) else str(words).split():
            rules[word] = (*rules.get(word, ()), *more)

    add([re.split(r"\W", feast)[0] for feast in ALL_FEASTS], FEAST_RULE)
    add(MONTHS, MONTH_RANKED_RULE, *MONTH_RULES)
    add([*WEEKDAYS, *(f"{day}s" for day in WEEKDAYS if day.endswith("day"))], *WEEKDAY_RULES)
    add(SEASONS, *SEASON_RULES)
    add([word.split("-")[0] for word in ORDINALS], *RANKED_RULES, *ORDINAL_RULES)
    for words in (WORD_RULES, VAGUE_RULES, OFTEN_RULES):
        for word, more in words.items():
            add([word], *more)
    add(_WAYS, FEAST_WAY_RULE, *WAY_RULES)
    add(_SOMES, *SOME_RULES)
    add(NUMBERS, *TOLD_RULES)
    add("half quarter", *PAST_RULES)
    add([*NUMBERS, "a", "an", "another", "half", "hundred"], *COUNT_RULES)
    add("year month quarter", *YEAR_AGO_RULES)
    add("all", *WHOLE_RULES)
    add([*UNITS, *(f"{unit}s" for unit in UNITS)], *UNIT_RULES)
    add("every each", *EVERY_RULES)
    add("per", *PER_RULES)
    add("day yesterday tomorrow today tonight", *DAY_RULES)
    add(["overnight"], *OVERNIGHT_RULES)
    add(DAY_PARTS, *DAY_PART_RULES)
    return {word: tuple(dict.fromkeys(tried)) for word, tried in rules.items()}


_RULES = _rules()

_POINTS = {
    "beginning": Stretch.EARLY,
    "start": Stretch.EARLY,
    "outset": Stretch.EARLY,
    "opening": Stretch.EARLY,
    "early": Stretch.EARLY,
    "earlier": None,
    "middle": Stretch.MID,
    "mid": Stretch.MID,
    "end": Stretch.LATE,
    "close": Stretch.LATE,
    "late": Stretch.LATE,
    "later": None,
    "latter": Stretch.LATE,
    "closing": Stretch.LATE,
    "last": Stretch.LATE,
    "rest": None,
    "remainder": None,
    "course": None,
}
_STRETCH = re.compile(
    r"\b(?:the\s(?:very\s)?)?(?:"
    r"(?P<point>beginning|start|outset|opening|middle|end|close|rest|remainder)\sof\s(?:the\s)?"
    r"(?:years?\s)?(?:this\s|that\s)?"
    r"|(?P<when>early|mid|middle|late|latter|opening|closing|earlier|later|last|end(?=-))"
    r"(?:\s(?:days|weeks|months|years|part|half|hours)\sof(?:\sthe)?\s"
    r"|(?:\s|-)(?:(?:in|on)\s)?(?:the\s)?(?:year\s)?)"
    r")\Z",
    re.IGNORECASE,
)
_DAY_PART = re.compile(
    r"\b(?:(?:early|late)\s(?:(?:in|on)\s(?=the\b))?)?(?:the\s)?(?:early\s|late\s)?"
    r"(?P<part>morning|afternoon|evening|night|dawn|(?:early|wee|small)(?=\shours))(?:\shours)?"
    r"\s(?:of|on)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:(?:almost|nearly|roughly|approximately|about|around|over|under|just|only|some|up\sto|"
    r"well\sover|at\sleast|at\smost|more\sthan|less\sthan|no\smore\sthan|as\smuch\sas)\s)\Z",
    re.IGNORECASE,
)
_WEEK_OF = re.compile(
    r"\b(?:the\s)?week\s(?:of|beginning|starting|commencing)\s(?:the\s)?\Z", re.IGNORECASE
)
_CIRCA = re.compile(r"\b(?:about|around|circa|ca?\.)\s\Z", re.IGNORECASE)
_THE = re.compile(r"\bthe\s\Z", re.IGNORECASE)
_THE_YEAR = re.compile(r"\b(?:the\s)?years?\s\Z", re.IGNORECASE)
_WAY = re.compile(rf"(?:{'|'.join(_WAYS.split())})\b", re.IGNORECASE)
_APOSTROPHE = re.compile(r"['\u2019]\Z")
_REACH = 40  # characters before an expression in which words that belong to it begin


def find_raw(text: str) -> tuple[Found, ...]:
    """Return the time expressions of `text` as they are written, in their order."""
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[Found]:
    last = 0
    rules_of = _RULES.get
    for word in _WORD.finditer(text):
        start = word.start()
        if start < last:
            continue
        written = word.group()
        rules = _DIGITS if written[0].isdigit() else rules_of(written.lower())
        if rules is None:
            continue
        founds = _first(text, start, rules)
        if founds:
            yield from (_with_before(text, founds[0], last), *founds[1:])
            last = founds[-1].span.end


def _first(text: str, start: int, rules: tuple[Rule, ...]) -> tuple[Found, ...]:
    for tried in rules:
        if (match := tried.pattern.match(text, start)) and (
            founds := tuple(tried.read(text, match))
        ):
            return founds
    return ()


def _with_before(text: str, found: Found, floor: int) -> Found:
    """Return `found` with the words right before it that belong to it."""
    if isinstance(found.form, Fixed):
        found = _widened(text, found, floor, _ABOUT)
        return _widened(text, found, floor, _THE) if _WAY.match(text, found.span.start) else found
    if isinstance(found.form, Shift):
        found = _widened(text, found, floor, _ABOUT)
        return _widened(text, found, floor, _THE)
    if isinstance(found.form, Era):
        found = _widened(text, found, floor, _APOSTROPHE)  # the '90s
    low = max(floor, found.span.start - _REACH)
    if _is_day(found.form) and (match := _WEEK_OF.search(text, low, found.span.start)):
        return replace(found, span=Span(match.start(), found.span.end), week_of=True)
    if match := _STRETCH.search(text, low, found.span.start):
        stretch = _POINTS[(match["point"] or match["when"]).casefold()]
        span = Span(match.start(), found.span.end)
        small = stretch is Stretch.EARLY and "hours" in match.group().casefold()
        part = "MO" if small and _is_day(found.form) else found.day_part
        found = replace(found, span=span, stretch=stretch, day_part=part)
        low = max(floor, match.start() - _REACH)
    if match := _DAY_PART.search(text, low, found.span.start):
        part = DAY_PARTS.get(match["part"].casefold(), "MO")
        return replace(found, span=Span(match.start(), found.span.end), day_part=part)
    found = _widened(text, found, floor, _CIRCA)
    form = found.form
    bare = isinstance(form, Calendar) and form == Calendar(year=form.year)
    return _widened(text, found, floor, _THE_YEAR if bare else _THE)


def _is_day(form: Form) -> bool:
    return isinstance(form, Calendar) and (form.day or form.weekday) is not None


def _widened(text: str, found: Found, floor: int, before: re.Pattern[str]) -> Found:
    low = max(floor, found.span.start - _REACH)
    if match := before.search(text, low, found.span.start):
        return replace(found, span=Span(match.start(), found.span.end))
    return found
