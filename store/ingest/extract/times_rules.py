"""What the rules for time expressions share: their shape, and the pieces they are built from."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from store.ingest.extract.times_values import Form, Found, Way
from store.ingest.extract.times_words import DAY_PARTS, MONTHS, one_of
from store.ingest.extract.values import Span

THIS_CENTURY = 40  # '41 to '99 are of the last one

SHORT = r"(?:(?<=jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\.|(?<=sept|febr)\.)?"


MONTH = rf"(?P<month>{one_of(MONTHS)})\b{SHORT}"


AN_ERA = r"(?:\s?(?P<era>BCE?|B\.C\.(?:E\.)?|A\.?D\.?|CE)(?![A-Za-z]))"


ERA = f"{AN_ERA}?"


YEAR = (
    r"(?:(?P<year>[12]\d{3})(?!\d|[:,.]\d)|(?P<old>\d{1,4})(?=\s?B\.?C)|['\u2019](?P<short>\d\d)\b)"
)


THAT_YEAR = (
    r"(?:\s+of)?\s+(?P<way>this|that|last|next|the\s+same|the\s+following|the\s+next|"
    r"the\s+previous|the\s+preceding)\s+year\b"
)


TAIL = rf"(?:(?:,\s?|,?\s+(?:of\s+|in\s+)?|-){YEAR}{ERA}|{THAT_YEAR})?"


PART = rf"(?P<part>{one_of(DAY_PARTS)})\b"


BEFORE_A_DATE = re.compile(  # words after which a month or a year is one
    r"(?:\b(?:in|by|since|until|till|of|from|to|through|between|and|during|for|before|after|last|"
    r"next|this|that|early|late|mid|or|on|around|about|circa|ca\.|every|late|begun|throughout|"
    r"year|years|past|as|dated|summer|winter|spring|autumn|fall)\s|"
    r"[(\u2013\u2014,;:/-]\s?|\A|\n)\Z",
    re.IGNORECASE,
)


AFTER_THE = re.compile(r"\bthe\s\Z", re.IGNORECASE)


WAYS = {
    "last": Way.LAST,
    "past": Way.LAST,
    "this": Way.THIS,
    "current": Way.THIS,
    "next": Way.NEXT,
    "coming": Way.NEXT,
    "upcoming": Way.NEXT,
    "that": Way.THAT,
    "same": Way.THAT,
    "previous": Way.BEFORE,
    "preceding": Way.BEFORE,
    "prior": Way.BEFORE,
    "following": Way.AFTER,
    "subsequent": Way.AFTER,
}


Reader = Callable[[str, re.Match[str]], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """An expression that is tried where a word stands, and what reads what it matched."""

    pattern: re.Pattern[str]
    read: Reader


def rule(pattern: str, read: Reader) -> Rule:
    """Compile one rule; capitals are looked at by the reader."""
    return Rule(re.compile(pattern, re.IGNORECASE), read)


def found(match: re.Match[str], form: Form, part: str | None = None) -> Found:
    """Return what `match` found as one expression."""
    return Found(span=Span(match.start(), match.end()), form=form, day_part=part)


def stands_after(text: str, position: int, words: re.Pattern[str]) -> bool:
    """Tell whether one of `words` ends right before `position`."""
    return words.search(text, max(0, position - 24), position) is not None


def year_of(match: re.Match[str]) -> tuple[int | None, bool]:
    """Return the year that was matched, and whether it is before Christ."""
    groups = match.groupdict()
    era = (groups.get("era") or "").upper()
    if written := groups.get("year") or groups.get("old"):
        return int(written), era.startswith("B")
    if written := groups.get("short"):
        return int(written) + (1900 if int(written) > THIS_CENTURY else 2000), False
    return None, False


def way_of(match: re.Match[str]) -> Way | None:
    """Return which year was matched: this, that, the next."""
    written = match.groupdict().get("way")
    return WAYS[written.casefold().split()[-1]] if written else None
