"""How times are told in words: last week, two years ago, for three days, every Monday, now.

Each rule begins at a word and reads what follows it; nothing is resolved here.
"""

import re
from collections.abc import Iterator

from store.ingest.extract.times_rules import AFTER_THE, MONTH, WAYS, found, rule, stands_after
from store.ingest.extract.times_values import (
    Calendar,
    Fixed,
    Found,
    Relative,
    Shift,
    Stretch,
    TimeKind,
    Way,
)
from store.ingest.extract.times_words import (
    DAY_PARTS,
    DAYS_AWAY,
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
    r"(?:\s(?P<shift>ago(?:\s(?P<anchor>today|yesterday|(?:on\s)?(?-i:[A-Z][a-z]+day)|this\s(?:week|month))\b)?"
    r"|later|earlier|previously|afterwards?|hence|prior|"
    r"from\s(?:now|today|tomorrow|yesterday|(?-i:[A-Z][a-z]+day)\b)|before\s(?:that|this|then)|(?:before|after)(?=[.,;)]|$)))?"
)
_WAY = (
    r"(?P<way>last|past|this|next|coming|that|same|previous|preceding|prior|following|current|"
    r"upcoming|subsequent|intervening)"
)
_HALVES = {"H": "PT30M", "CE": "P50Y", "DE": "P5Y", "Y": "P6M", "D": "PT12H"}
_BACK = ("ago", "earlier", "previously", "before", "prior")
_EXACT = {"week": "W", "month": "MO"}
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
    anchor = shift.rsplit(maxsplit=1)[-1]
    weekday = WEEKDAYS.get(anchor)
    exact = "D" if weekday or anchor in DAYS_AWAY else _EXACT.get(anchor)
    away = DAYS_AWAY.get(anchor, 0)
    return Shift(
        count=count, unit=unit, back=back, spoken=spoken, exact=exact, weekday=weekday, away=away
    )


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
    word, way = match["way"].casefold(), WAYS.get(match["way"].casefold())
    after_the = stands_after(text, match.start(), AFTER_THE)
    adjective = after_the or stands_after(text, match.start(), _AFTER_THIS)
    if (word in _NO_ADJECTIVES and not adjective) or match["unit"][0].isupper():  # “This Week”
        return
    if match["count"] or match["some"] or match["many"]:
        yield from _ways_in_plural(match, way)
    elif way is not None:
        unit = _unit(match)
        if unit == "N":
            yield found(match, Relative(unit="D", way=way, kind_of="NI"))
        elif unit in _TIMED or (after_the and word == "past"):
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


def _read_way_of_day(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read last Oct. 27, this March 3."""
    del text
    day, way = int(match["day"]), WAYS.get(match["way"].casefold())
    if way is not None and match["month"][0].isupper() and 1 <= day <= 31:  # noqa: PLR2004 (days of a month)
        month = MONTHS[match["month"].casefold()]
        yield found(match, Calendar(month=month, day=day, way=way, near=True))


def _read_way_of_name(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read last Friday, next June, this summer, that evening."""
    del text
    name = match["name"]
    way = WAYS.get(match["way"].casefold())
    if way is None:
        return
    plain = name.casefold()
    part = DAY_PARTS.get((match["part"] or "").casefold())
    if plain in WEEKDAYS and name[0].isupper() and len(plain) > 5:  # noqa: PLR2004 (not Sun)
        yield found(match, Calendar(weekday=WEEKDAYS[plain], way=way), part)
    elif plain in MONTHS and name[0].isupper():
        yield found(match, Calendar(month=MONTHS[plain], way=way, near=True))
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
    if match["many"] or unit in _TIMED:
        return
    if unit == "WE":
        if stands_after(text, match.start(), _WEEKEND_BEFORE):
            yield found(match, Relative(unit=unit, way=Way.THIS))
    elif stands_after(text, match.start(), _UNIT_BEFORE) or (
        unit == "Y" and stands_after(text, match.start(), _FOR_THE)
    ):
        yield found(match, Relative(unit=unit, way=Way.THAT))


_FOR_THE = re.compile(r"\b(?:for|over|in)\sthe\s(?:full|whole|entire|current)\s\Z", re.IGNORECASE)
_WEEKEND_BEFORE = re.compile(
    r"\b(?:at|over|during|on|through|throughout|for|by|before|of)\sthe\s\Z", re.IGNORECASE
)


def _read_year_ago(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read the year-ago quarter, by year-end, at month's end."""
    del text
    unit = _unit(match)
    if match["end"]:
        yield Found(
            span=Span(match.start(), match.end()),
            form=Relative(unit=unit, way=Way.THAT),
            stretch=Stretch.LATE,
        )
    else:
        yield found(match, Shift(count=1, unit=unit, back=True, spoken=False))


def _read_whole(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read all day, all week long."""
    del text
    yield _duration(match, length(1, _unit(match)))


def _read_neighbour(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read the day before, the year after: of the time spoken of; the week before last."""
    if step := match["step"]:
        back = step.casefold().startswith("before")
        yield found(match, Shift(count=2, unit=_unit(match), back=back, spoken=False))
    elif stands_after(text, match.start(), AFTER_THE):
        back = match["side"].casefold() in {"before", "earlier"}
        yield found(match, Shift(count=1, unit=_unit(match), back=back, spoken=True))


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
        rf"{_UNIT}\s(?:(?P<step>before\slast|after\snext)\b"
        r"|(?P<side>before|after|earlier|later|following)(?=[,.;:)]|$|\s(?:last|he|she|they|it)\b))",
        _read_neighbour,
    ),
    rule(rf"{_UNIT}(?<=s)(?!\sof\s(?-i:[A-Z])){_LONG}{_SHIFTED}", _read_plural),
    rule(_UNIT, _read_unit),
)
YEAR_AGO_RULES = (
    rule(
        r"(?P<unit>year)-(?:ago|earlier)\b(?P<end>)(?:\s(?:period|quarter|month|week|level|figure)s?\b)?",
        _read_year_ago,
    ),
    rule(
        r"(?P<unit>year|month|quarter)(?:-|['\u2019]s[\s-]|\s)(?P<end>end)\b(?!\s[a-z]+s\b)",
        _read_year_ago,
    ),
)
WHOLE_RULES = (
    rule(r"all\s(?P<unit>day|night|week|month|year)(?:\slong)?\b(?!-|\sof\b)", _read_whole),
)
WAY_RULES = (
    rule(rf"{_WAY}\s(?:(?:(?!an?\s){_COUNT}|{_SOME})[\s-])?{_UNIT}", _read_way),
    rule(rf"{_WAY}\s{MONTH}\s(?P<day>\d\d?)(?:st|nd|rd|th)?\b(?![:,.]\d)", _read_way_of_day),
    rule(rf"{_WAY}\s{_NAME}", _read_way_of_name),
)
EVERY_RULES = (rule(_EVERY, _read_every),)
PER_RULES = (rule(rf"per\s{_UNIT}", _read_per),)
