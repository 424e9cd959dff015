"""How days, months, years and weekdays are written; nothing is resolved here.

Each rule begins at a word and reads what follows it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from store.ingest.extract.times_rules import (
    AFTER_THE,
    AN_ERA,
    BEFORE_A_DATE,
    ERA,
    MONTH,
    PART,
    TAIL,
    THIS_CENTURY,
    WAYS,
    YEAR,
    found,
    rule,
    stands_after,
    way_of,
    year_of,
)
from store.ingest.extract.times_values import Calendar, Fixed, Found, TimeKind
from store.ingest.extract.times_words import (
    COUNTED,
    DAY_PARTS,
    MONTHS,
    SHORT_DAYS,
    WEEKDAYS,
    one_of,
)
from store.ingest.extract.values import Span

_MONTHS, _DAYS = 12, 31
_LONG = 5  # letters of a month's name that is no abbreviation
_FIRST_YEAR, _LAST_YEAR = 1000, 2100  # numbers that may be years
_PRINTED = 1500  # from here on, four digits in a text are a year more often than a number

_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?![:,.]\d|%|\s?per\s?cent)"


_LAST = r"[0-3]?\d(?:st|nd|rd|th)?\b(?!:|[,.]\d|\s*%|\s+(?:million|billion|per)\b|\s+[a-z]+s\b)"


_WEEKDAY = rf"(?P<weekday>{one_of(WEEKDAYS)})\b"


_JOIN = r"\s?(?:[-\u2013\u2014/&]|\bto\b|\band\b|\bor\b|\bthrough\b|\buntil\b)\s?(?:the\s+)?"


# Words that are months only where a date can stand: verbs, names of people, abbreviations.
_DOUBTFUL = frozenset(
    {"march", "april", "may", "june", "august", *(n for n in MONTHS if len(n) < _LONG)}
)


_NAME_AFTER = re.compile(r"\s[A-Z][a-z]")


def _named(match: re.Match[str]) -> bool:
    """Tell whether the month is written as a month: with a capital."""
    return match["month"][0].isupper()


def _read_date(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read a day and a month, in either order, and a second day."""
    del text
    first = int(match["day"])
    if not _named(match) or not 1 <= first <= _DAYS:
        return
    year, before_christ = year_of(match)
    month = MONTHS[match["month"].casefold()]
    form = Calendar(
        year=year, month=month, day=first, before_christ=before_christ, way=way_of(match)
    )
    groups = match.groupdict()
    last = groups.get("last")
    if last is None:
        yield found(match, form, DAY_PARTS.get((groups.get("part") or "").casefold()))
        return
    yield Found(span=Span(match.start(), match.end("day")), form=form)
    second = replace(form, day=int(re.sub(r"\D", "", last)))
    yield Found(span=Span(match.start("last"), match.end()), form=second)


_NUMBER_BEFORE = re.compile(r"(?<![\w.,])\d{1,2}(?:st|nd|rd|th)?(?:\s|\sof\s|-)\Z")
_NUMBER_AFTER = re.compile(r"\s(?:0|3[2-9]|[4-9]\d)(?:st|nd|rd|th)?(?:,?\s[12]\d{3}\b|[.,;]?\s*$)")


def _has_no_such_day(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number that is no day stands where the day would: 32 January."""
    if stands_after(text, match.start(), _NUMBER_BEFORE):
        return True
    return _NUMBER_AFTER.match(text, match.end()) is not None


def _read_month(text: str, match: re.Match[str]) -> Iterator[Found]:
    if not _named(match) or _has_no_such_day(text, match):
        return
    year, before_christ = year_of(match)
    name = match["month"].casefold()
    way = way_of(match)
    bare = year is None and way is None and name in _DOUBTFUL
    placed = stands_after(text, match.start(), BEFORE_A_DATE) or _is_said_of(text, match)
    if bare and not (placed and not _does(text, match)):
        return
    begins = text[match.start() - 1 : match.start()] != " "
    if bare and begins and _NAME_AFTER.match(text, match.end()):
        return
    form = Calendar(year=year, month=MONTHS[name], before_christ=before_christ, way=way)
    yield found(match, form)


_NAMES = frozenset({"may", "april", "june", "august"})
_DOES = re.compile(
    r",?\s(?:said|says|told|added|has|had|wants?|who|whose|spoke|warned|resigned|insisted|called)\b"
)
_PLACED = re.compile(
    r"\b(?:in|of|by|since|until|for|during|from|through|to|early|late|mid|last|next|this)[\s-]\Z",
    re.IGNORECASE,
)
_OF_ITS = re.compile(r"(?:\b(?:the|its|his|her|their|a)|['\u2019]s)\s\Z", re.IGNORECASE)
_NOUN_AFTER = re.compile(r"\s[a-z]")


def _does(text: str, match: re.Match[str]) -> bool:
    """Tell whether it is a person who does something: May said."""
    name = match["month"].casefold()
    if name not in _NAMES or _DOES.match(text, match.end()) is None:
        return False
    return not stands_after(text, match.start(), _PLACED)


def _is_said_of(text: str, match: re.Match[str]) -> bool:
    """Tell whether a month says which: the June figures."""
    written_out = len(match["month"]) >= _LONG or match["month"] in {"May", "June"}
    named = stands_after(text, match.start(), _OF_ITS) and _NOUN_AFTER.match(text, match.end())
    return bool(written_out and named)


def _read_iso(text: str, match: re.Match[str]) -> Iterator[Found]:
    del text
    month, day = int(match["m"]), match["d"] or None
    if 1 <= month <= _MONTHS and (day is None or 1 <= int(day) <= _DAYS):
        form = Calendar(year=int(match["y"]), month=month, day=int(day) if day else None)
        yield found(match, form, match.groupdict().get("time"))


def _read_iso_month(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read 2021-06, but not 2007-08, which in prose is two years."""
    if int(match["m"]) != int(match["y"]) % 100 + 1:
        yield from _read_iso(text, match)


def _read_numeric(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read 10/1/22: the month is first, unless it cannot be or dots are between."""
    del text
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if len(match["y"]) == len("22"):
        year += 1900 if year > THIS_CENTURY else 2000
    day_first = first > _MONTHS or match["sep"] == "."
    month, day = (second, first) if day_first else (first, second)
    if 1 <= month <= _MONTHS and 1 <= day <= _DAYS:
        doubt = not day_first and day <= _MONTHS and day != month
        yield found(match, Calendar(year=year, month=month, day=day, ambiguous=doubt))


_NO_YEAR_AFTER = re.compile(
    rf"[\s-]+(?:{one_of(COUNTED)})\b|%|\s+\d|(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)


_NO_YEAR_BEFORE = re.compile(
    r"(?:[$\u20ac\u00a3#]\s?|\b(?:No|Nos|Flight|Boeing|Airbus|Resolution|Route|Highway|some|only|"
    r"nearly|almost|approximately|roughly|over|than|least|to\s+\w+\s+the)\.?\s)\Z"
)


_PLURAL_AFTER = re.compile(r"\s+(?:[a-z]+[-\s])?[a-z]+s\b(?<!\bwas)(?<!\bhas)(?<!\bis)(?<!\bas)")


def _read_year(text: str, match: re.Match[str]) -> Iterator[Found]:
    year, before_christ = year_of(match)
    if year is None or not _is_year(text, match, year):
        return
    end = match.end()
    yield found(match, Calendar(year=year, before_christ=before_christ))
    # 1941-43, 2006/07: the second as short as it is written
    short = re.compile(r"\s?[-\u2013/]\s?(\d\d)\b(?!-\d|\d)").match(text, end)
    if short and not before_christ and int(short[1]) > year % 100:
        span = Span(short.start(1), short.end(1))
        yield Found(span=span, form=Calendar(year=year - year % 100 + int(short[1])))


def _is_year(text: str, match: re.Match[str], year: int) -> bool:
    if match["era"] is not None:
        return True
    if not _FIRST_YEAR <= year <= _LAST_YEAR or _NO_YEAR_AFTER.match(text, match.end()):
        return False
    if stands_after(text, match.start(), _NO_YEAR_BEFORE):
        return False
    if year >= _PRINTED and year % 100:
        return True
    after = stands_after(text, match.start(), BEFORE_A_DATE)
    after = after or stands_after(text, match.start(), AFTER_THE)
    return after and not _PLURAL_AFTER.match(text, match.end())


_SHORT_BEFORE = re.compile(
    r"\b(?:in|of|since|until|before|after|by|from|for|late|early|mid|summer|winter|spring|autumn|fall"
    r"|back\sin|class\sof)\s['\u2019]\Z",
    re.IGNORECASE,
)


def _read_short_year(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read in '88."""
    if stands_after(text, match.start(), _SHORT_BEFORE):
        two = int(match["two"])
        year = two + (1900 if two > THIS_CENTURY else 2000)
        yield Found(span=Span(match.start() - 1, match.end()), form=Calendar(year=year))


def _read_old_year(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read 490 BC, and 499-493 BC with the era on the last only."""
    del text
    before_christ = (match["era"] or "").upper().startswith("B")
    if match["last"] is None:
        yield found(match, Calendar(year=int(match["first"]), before_christ=before_christ))
        return
    first = Span(match.start(), match.end("first"))
    yield Found(span=first, form=Calendar(year=int(match["first"]), before_christ=before_christ))
    last = Span(match.start("last"), match.end())
    yield Found(span=last, form=Calendar(year=int(match["last"]), before_christ=before_christ))


_NO_WEEKDAY_AFTER = re.compile(
    r"\s(?:Times|Telegraph|Mail|Express|Mirror|Post|Herald|World|People|Tribune|Night Live|"
    r"Briefing|Agreement|Club)\b"
)


_NO_WEEKDAY_BEFORE = re.compile(
    r"\b(?:Black|Bloody|Super|Good|Easter|Palm|Ash|Cyber|Red|Whit|Shrove|Man)\s\Z"
)


def _read_weekday(text: str, match: re.Match[str]) -> Iterator[Found]:
    name = match["weekday"]
    if not name[0].isupper() or name.casefold() in SHORT_DAYS:
        return
    named = _NO_WEEKDAY_AFTER.match(text, match.end("weekday"))
    if named or stands_after(text, match.start(), _NO_WEEKDAY_BEFORE):
        return
    part = DAY_PARTS.get((match["part"] or "").casefold())
    weekday = WEEKDAYS[name.casefold()]
    if part and match["part"].endswith("s"):
        yield found(match, Fixed(kind=TimeKind.SET, value=f"XXXX-WXX-{weekday}T{part}"))
        return
    again = text[match.end() : match.end() + 2] in {"'s", "\u2019s"}
    week = WAYS[match["week"].casefold()] if match["week"] else None
    yield found(match, Calendar(weekday=weekday, again=again, week=week), part)


def _read_weekdays(text: str, match: re.Match[str]) -> Iterator[Found]:
    del text
    if match["weekday"][0].isupper():
        number = WEEKDAYS[match["weekday"].casefold()]
        yield found(match, Fixed(kind=TimeKind.SET, value=f"XXXX-WXX-{number}"))


def _read_nine_eleven(text: str, match: re.Match[str]) -> Iterator[Found]:
    del text
    yield found(match, Calendar(year=2001, month=9, day=11))


_DAY_FIRST = rf"{_DAY}(?:{_JOIN}(?P<last>{_LAST}))?(?:\s|\sof\s|-){MONTH}{TAIL}"


_MONTH_FIRST = rf"{MONTH}\s{{1,2}}(?:the\s)?{_DAY}(?:{_JOIN}(?P<last>{_LAST}))?{TAIL}"


_ON_WEEKDAY = rf"(?:{one_of(WEEKDAYS)})\b\.?(?:\s{PART})?,?\s(?:the\s)?"


DIGIT_RULES = (
    rule(
        r"(?P<y>[12]\d{3})-(?P<m>\d\d)-(?P<d>\d\d)"
        r"(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)|\b)",
        _read_iso,
    ),
    rule(r"(?P<y>[12]\d{3})/(?P<m>\d\d)/(?P<d>\d\d)\b", _read_iso),
    rule(
        r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])\b(?![.,]\d)",
        _read_iso,
    ),
    rule(r"9/11\b(?!/)", _read_nine_eleven),
    rule(r"(?P<a>\d{1,2})(?P<sep>/)(?P<b>\d{1,2})/(?P<y>\d{4}|\d\d)\b", _read_numeric),
    rule(r"(?P<a>\d{1,2})(?P<sep>[.-])(?P<b>\d{1,2})(?P=sep)(?P<y>[12]\d{3})\b", _read_numeric),
    rule(r"(?P<a>0\d|1[0-2])(?P<sep>-)(?P<b>[0-3]\d)-(?P<y>\d\d)\b(?!-)", _read_numeric),
    rule(_DAY_FIRST, _read_date),
)
YEAR_RULES = (
    rule(
        rf"(?P<first>\d{{1,4}})(?:(?:\s?[-\u2013]\s?|\s(?:to|and)\s)(?P<last>\d{{1,4}}))?{AN_ERA}",
        _read_old_year,
    ),
    rule(r"(?P<y>[12]\d{3})-(?P<m>0[1-9]|1[0-2])(?P<d>)\b(?!-)", _read_iso_month),
    rule(rf"{YEAR}{ERA}", _read_year),
    rule(r"(?P<two>\d\d)\b(?!['\u2019%]|s\b|\s?-)", _read_short_year),
)


MONTH_RULES = (rule(_MONTH_FIRST, _read_date), rule(rf"{MONTH}{TAIL}", _read_month))


WEEKDAY_RULES = (
    rule(_ON_WEEKDAY + _MONTH_FIRST, _read_date),
    rule(_ON_WEEKDAY + _DAY_FIRST, _read_date),
    rule(rf"(?P<weekday>{one_of(WEEKDAYS)})s\b", _read_weekdays),
    rule(
        rf"{_WEEKDAY}(?:\s{PART})?(?:\s(?:of\s)?(?P<week>last|this|next)\sweek\b)?",
        _read_weekday,
    ),
)
