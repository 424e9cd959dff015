"""How times are told in words: last week, two years ago, for three days, every Monday, now.

Each rule begins at a word and reads what follows it; nothing is resolved here.
"""

import re
from collections.abc import Iterator

from store.ingest.extract.times_rules import AFTER_THE, Rule, found, rule, stands_after
from store.ingest.extract.times_values import (
    Calendar,
    Clock,
    Fixed,
    Found,
    Relative,
    Shift,
    TimeKind,
    Way,
)
from store.ingest.extract.times_words import (
    DAY_PARTS,
    MONTHS,
    NUMBERS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    number_of,
    one_of,
)
from store.ingest.extract.values import Span

_UNIT = rf"(?P<unit>{one_of(UNITS)})(?P<many>s?)\b"
_COUNT_WORD = rf"(?:{one_of([*NUMBERS, 'hundred', 'dozen'])})"
_COUNT = (
    rf"(?P<count>\d[\d,]*(?:\.\d+)?|{_COUNT_WORD}(?:[\s-](?:and\s)?{_COUNT_WORD})*"
    r"|an?|another|a\scouple\sof|half\san?)"
)
_SOME = (
    r"(?P<some>several|many|(?:a\s|the\s)?few|some|(?:a\s)?number\sof|countless|multiple"
    r"|dozens\sof|hundreds\sof|thousands\sof|tens\sof|(?:a\s)?couple)"
)
_LONG = r"(?:[\s-](?P<long>long|old|of\sage))?"
_SHIFTED = (
    r"(?:\s(?P<shift>ago|later|earlier|previously|afterwards?|hence|prior|"
    r"from\s(?:now|today)|before\s(?:that|this|then)|(?:before|after)(?=[.,;)]|$)))?"
)
_WAY = (
    r"(?P<way>last|past|this|next|coming|that|same|previous|preceding|prior|following|current|"
    r"upcoming|subsequent|intervening)"
)
_WAYS = {
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
_HALVES = {"H": "PT30M", "CE": "P50Y", "DE": "P5Y", "Y": "P6M", "D": "PT12H"}
_BACK = ("ago", "earlier", "previously", "before", "prior")
_TIMED = frozenset({"S", "M", "H"})
_LENGTHS = {"S": "PT{}S", "M": "PT{}M", "H": "PT{}H", "MO": "P{}M", "Q": "P{}Q", "F": "P{}W"}
_LENGTHS |= {"N": "P{}D", "WE": "P{}WE"}


def length(count: float | None, unit: str) -> str:
    """Return the TIMEX3 value of a duration; `count` None: of some."""
    if unit == "F" and count is not None:
        count *= 2
    number = "X" if count is None else f"{count:g}"
    return _LENGTHS.get(unit, f"P{{}}{unit}").format(number)


def _unit(match: re.Match[str]) -> str:
    return UNITS[match["unit"].casefold()]


def _duration(match: re.Match[str], value: str) -> Found:
    return found(match, Fixed(kind=TimeKind.DURATION, value=value))


def _count(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    written = groups.get("count")
    if not written:
        return None
    if written.casefold().startswith("half"):
        return 0.5
    number = number_of(written)
    if number is not None and (fraction := groups.get("fraction") or groups.get("extra")):
        number += 0.5 if fraction == "half" else 0.25
    return number


def _read_counted(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read so many units: how long, or how long ago."""
    unit, count = _unit(match), _count(match)
    if count is not None and 2 * count == 1 and unit in _HALVES:
        yield _duration(match, _HALVES[unit])
        return
    one = (match.groupdict().get("count") or "").casefold()
    if unit == "S" and (one in {"a", "one", "another"} or not match["many"]):
        return
    if shift := match["shift"]:
        yield found(match, _shift(count, unit, shift.casefold()))
        return
    if unit == "Q" and one in {"a", "one", "three"}:  # a fraction
        return
    if one in {"a", "an"} and _is_rate(text, match):
        yield found(match, Fixed(kind=TimeKind.SET, value=length(1, unit)))
        return
    if unit in {"N", "WE"} and one in {"a", "an"}:
        return
    yield _duration(match, length(count, unit))


def _shift(count: float | None, unit: str, shift: str) -> Shift:
    back = shift.startswith(_BACK)
    spoken = not shift.startswith(("ago", "from", "hence"))
    return Shift(count=count, unit=unit, back=back, spoken=spoken)


_RATE = re.compile(
    r"(?:\d%?|\b(?:million|billion|percent|times|once|twice|hours|days|dollars|pounds|euros|cents"
    r"|people|tonnes|tons|barrels|flights|passengers))\s\Z",
    re.IGNORECASE,
)


def _is_rate(text: str, match: re.Match[str]) -> bool:
    return stands_after(text, match.start(), _RATE)


def _read_some(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read several years, a few days later."""
    del text
    unit = _unit(match)
    if shift := match["shift"]:
        yield found(match, _shift(None, unit, shift.casefold()))
    elif match["many"]:
        yield _duration(match, length(None, unit))


def _read_per(text: str, match: re.Match[str]) -> Iterator[Found]:
    del text
    yield found(match, Fixed(kind=TimeKind.SET, value=length(1, _unit(match))))


def _read_plural(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read years, weeks later, decades-long: how many is not said."""
    unit = _unit(match)
    if shift := match["shift"]:
        yield found(match, _shift(None, unit, shift.casefold()))
    elif match["long"] or (unit != "S" and stands_after(text, match.start(), _AMOUNT)):
        yield _duration(match, length(None, unit))


_AMOUNT = re.compile(
    r"\b(?:for|after|over|in|within|took|takes?|taking|lasted|last|of|by|with|through|the|years|"
    r"months|or|and|spent)\s\Z",
    re.IGNORECASE,
)


def _read_long(text: str, match: re.Match[str]) -> Iterator[Found]:
    del text
    yield _duration(match, length(1, _unit(match)))


def _read_way(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read last week, the past two years, that same month, the next day."""
    word, way = match["way"].casefold(), _WAYS.get(match["way"].casefold())
    after_the = stands_after(text, match.start(), AFTER_THE)
    adjective = after_the or stands_after(text, match.start(), _AFTER_THIS)
    if (word in _NO_ADJECTIVES and not adjective) or match["unit"][0].isupper():  # “This Week”
        return
    if match["count"] or match["some"] or match["many"]:
        yield from _ways_in_plural(match, way)
    elif way is not None:
        unit = _unit(match)
        if unit in _TIMED or (after_the and word == "past"):
            yield _duration(match, length(1, unit))
        else:
            spoken = way is Way.NEXT and after_the
            yield found(match, Relative(unit=unit, way=Way.AFTER if spoken else way))


# Words that may be something else than adjectives: following the week, coming months later.
_NO_ADJECTIVES = frozenset({"following", "coming", "prior", "subsequent"})
_AFTER_THIS = re.compile(r"\b(?:this|that|in|each)\s\Z", re.IGNORECASE)


def _ways_in_plural(match: re.Match[str], way: Way | None) -> Iterator[Found]:
    unit = _unit(match)
    count = _count(match)
    vague = count is None and way in {Way.NEXT, Way.AFTER}
    kind = TimeKind.VAGUE if vague else TimeKind.DURATION
    yield found(match, Fixed(kind=kind, value=length(count, unit)))


def _read_way_of_name(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read last Friday, next June, this summer, that evening."""
    del text
    name = match["name"]
    way = _WAYS.get(match["way"].casefold())
    if way is None:
        return
    plain = name.casefold()
    part = DAY_PARTS.get((match["part"] or "").casefold())
    if plain in WEEKDAYS and name[0].isupper() and len(plain) > 5:  # noqa: PLR2004 (not Sun)
        yield found(match, Calendar(weekday=WEEKDAYS[plain], way=way), part)
    elif plain in MONTHS and name[0].isupper():
        yield found(match, Calendar(month=MONTHS[plain], way=way))
    elif plain in SEASONS:
        if plain == "fall" and way not in {Way.LAST, Way.NEXT, Way.THIS}:
            return
        yield found(match, Relative(unit="Y", way=way, kind_of=SEASONS[plain]))
    elif plain in DAY_PARTS:
        yield found(match, Relative(unit="D", way=way, kind_of=DAY_PARTS[plain]))


_UNIT_BEFORE = re.compile(
    r"\b(?:end|beginning|start|middle|close|rest|remainder|course|half|part|early|late|earlier|"
    r"later)\s(?:of|in)\sthe\s\Z",
    re.IGNORECASE,
)


def _read_unit(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read the month, where its end or beginning is spoken of."""
    unit = _unit(match)
    if match["many"] or unit in _TIMED or not stands_after(text, match.start(), _UNIT_BEFORE):
        return
    yield found(match, Relative(unit=unit, way=Way.THAT))


def _read_neighbour(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read the day before, the year after: of the time spoken of."""
    if stands_after(text, match.start(), AFTER_THE):
        back = match["side"].casefold() in {"before", "earlier"}
        yield found(match, Shift(count=1, unit=_unit(match), back=back, spoken=True))


_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def _read_day(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read today, yesterday evening, the day after tomorrow."""
    del text
    word = match["day"].casefold()
    away = _DAYS[word]
    if match["step"]:
        away += -1 if match["step"].casefold() == "before" else 1
    part = DAY_PARTS.get((match["part"] or "").casefold()) or ("NI" if word == "tonight" else None)
    yield found(match, Shift(count=abs(away), unit="D", back=away < 0, spoken=False), part)


def _fixed(kind: TimeKind, value: str, pattern: str) -> Rule:
    def read(text: str, match: re.Match[str]) -> Iterator[Found]:
        del text
        yield found(match, Fixed(kind=kind, value=value))

    return rule(pattern, read)


def _read_every(text: str, match: re.Match[str]) -> Iterator[Found]:
    del text
    name = match["name"].casefold().rstrip("s")
    if name in WEEKDAYS:
        value = f"XXXX-WXX-{WEEKDAYS[name]}"
    elif name in DAY_PARTS:
        value = f"XXXX-XX-XXT{DAY_PARTS[name]}"
    elif name in SEASONS:
        value = f"XXXX-{SEASONS[name]}"
    elif name in MONTHS:
        value = f"XXXX-{MONTHS[name]:02}"
    else:
        written = match["count"]
        count = {"other": 2.0, "second": 2.0, "single": 1.0, None: 1.0}.get(written)
        value = length(count or number_of(written or "1") or 1, UNITS.get(name, "D"))
    yield found(match, Fixed(kind=TimeKind.SET, value=value))


def _read_day_part(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read in the morning: of the day spoken of."""
    if stands_after(
        text, match.start(), re.compile(r"\b(?:in|during|by)\sthe\s\Z", re.IGNORECASE)
    ) and not re.match(r"\sof\b", text[match.end() : match.end() + 3]):
        yield found(match, Clock(text=f"T{DAY_PARTS[match.group().casefold()]}"))


def _read_ordinal_day(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read on the 15th: of the month spoken of."""
    if not stands_after(
        text,
        match.start(),
        re.compile(r"\b(?:on|by|until|till|from|to|and)\sthe\s\Z", re.IGNORECASE),
    ):
        return
    day = int(match["day"])
    if 1 <= day <= 31:  # noqa: PLR2004 (days of a month)
        span = Span(match.start(), match.end())
        yield Found(span=span, form=Calendar(day=day))


_NAME = (
    rf"(?P<name>{one_of([*WEEKDAYS, *MONTHS, *SEASONS, *DAY_PARTS])})\b"
    rf"(?:\s(?P<part>morning|afternoon|evening|night)\b)?(?!-)"
)

_COUNTED = (
    rf"{_COUNT}(?:[\s-]and[\s-]an?[\s-](?P<fraction>half|quarter))?"
    r"(?:\s(?:full|whole|long|more|straight|consecutive|additional|working|business))?"
    rf"[\s-]{_UNIT}(?:\sand\sa\s(?P<extra>half))?{_LONG}{_SHIFTED}"
)
_EVERY = (
    r"(?:every|each)\s(?:(?P<count>other|second|single|\w+)\s)??"
    rf"(?P<name>{one_of([*UNITS, *WEEKDAYS, *MONTHS, *SEASONS, *DAY_PARTS])})s?\b"
)
COUNT_RULES = (rule(_COUNTED, _read_counted),)
SOME_RULES = (rule(rf"{_SOME}\s(?:more\s|long\s)?{_UNIT}{_LONG}{_SHIFTED}", _read_some),)
UNIT_RULES = (
    rule(rf"(?P<unit>{one_of(UNITS)})(?P<side>)[\s-]?long\b", _read_long),
    rule(
        rf"{_UNIT}\s(?P<side>before|after|earlier|later|following)(?=[,.;:)]|$|\s(?:last|he|she|they|it)\b)",
        _read_neighbour,
    ),
    rule(rf"{_UNIT}(?<=s){_LONG}{_SHIFTED}", _read_plural),
    rule(_UNIT, _read_unit),
)
WAY_RULES = (
    rule(rf"{_WAY}\s(?:(?:(?!an?\s){_COUNT}|{_SOME})[\s-])?{_UNIT}", _read_way),
    rule(rf"{_WAY}\s{_NAME}", _read_way_of_name),
)
_VAGUE = {
    "now": ("PRESENT_REF", r"now\b(?!-)"),
    "currently": ("PRESENT_REF", r"currently\b"),
    "nowadays": ("PRESENT_REF", r"nowadays\b"),
    "presently": ("PRESENT_REF", r"presently\b"),
    "recently": ("PAST_REF", r"recently\b"),
    "lately": ("PAST_REF", r"lately\b"),
    "recent": ("PAST_REF", r"recent\s(?:years|months|weeks|days|decades|times|hours)\b"),
    "these": ("PRESENT_REF", r"these\sdays\b"),
    "present": ("PRESENT_REF", r"present(?=[.,;])"),
    "future": ("FUTURE_REF", r"future(?=[.,;)]|\s(?:by|of|as|for|and|is|was|will|to|with)\b)"),
    "past": ("PAST_REF", r"past(?=[.,;)])"),
    "moment": ("PRESENT_REF", r"moment(?=[.,;)])"),
}
VAGUE_RULES = {
    word: (_fixed(TimeKind.VAGUE, value, pattern),) for word, (value, pattern) in _VAGUE.items()
}
_OFTEN = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "fortnightly": "P2W",
    "monthly": "P1M",
    "quarterly": "P1Q",
    "yearly": "P1Y",
    "annually": "P1Y",
    "annual": "P1Y",
}
OFTEN_RULES = {
    word: (_fixed(TimeKind.SET, value, rf"{word}\b(?!\s(?-i:[A-Z]))"),)
    for word, value in _OFTEN.items()
}
EVERY_RULES = (rule(_EVERY, _read_every),)
PER_RULES = (rule(rf"per\s{_UNIT}", _read_per),)
DAY_RULES = (
    rule(
        r"(?:day\s(?P<step>before|after)\s)?(?P<day>yesterday|tomorrow)\b"
        r"(?:\s(?P<part>morning|afternoon|evening|night|noon)\b)?",
        _read_day,
    ),
    rule(r"(?P<step>)(?P<part>)(?P<day>today|tonight)\b", _read_day),
)
DAY_PART_RULES = (rule(rf"(?:{one_of(DAY_PARTS)})\b", _read_day_part),)
ORDINAL_DAY_RULES = (
    rule(
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?=[.,;:)]|\s(?:of\s(?:the|that|this)\s(?:same\s)?month"
        r"|and|when|with|in|at|to|they|he|she|it|by|a|the)\b|$)",
        _read_ordinal_day,
    ),
)
