"""How seasons, quarters, decades and times of the clock are written, unresolved."""

import re
from collections.abc import Iterator

from store.ingest.extract.times_rules import (
    ERA,
    TAIL,
    YEAR,
    found,
    rule,
    stands_after,
    way_of,
    year_of,
)
from store.ingest.extract.times_values import Calendar, Clock, Era, Found
from store.ingest.extract.times_words import DECADES, MONTHS, NUMBERS, ORDINALS, SEASONS, one_of

_LAST_DECADE = 20  # the '30s are of the last century
_CENTURIES = 21
_FIRST_OF_DECADES = 1900  # the 1900s may be ten years or a hundred
_AGED = re.compile(
    r"\b(?:his|her|their|my|your|our|upper|lower|low|high)\s(?:early|mid|late)?[\s-]?\Z",
    re.IGNORECASE,
)
_NOON, _LAST_MINUTE = 12, 59
_ZONES = {"utc": "Z", "gmt": "Z", "est": "-05", "edt": "-04", "pst": "-08", "pdt": "-07"}


_ZONES |= {"cst": "-06", "cdt": "-05", "cet": "+01", "cest": "+02", "bst": "+01"}


def _read_decade(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read the 1990s and the '90s, but not his 60s; the 1800s are a century."""
    era = match.groupdict().get("era")
    start = int(match["start"])
    years = 10
    if len(match["start"]) == len("90"):
        if stands_after(text, match.start(), _AGED):
            return
        start += 1900 if start > _LAST_DECADE else 2000
    elif not start % 100 and start < _FIRST_OF_DECADES:
        years = 100
    before_christ = (era or "").upper().startswith("B")
    yield found(match, Era(start=start, years=years, before_christ=before_christ))


def _read_named_decade(text: str, match: re.Match[str]) -> Iterator[Found]:
    if stands_after(
        text, match.start(), re.compile(r"\b(?:the|early|mid|late)[\s-]\Z", re.IGNORECASE)
    ):
        yield found(match, Era(start=1900 + DECADES[match.group().casefold()], years=10))


def _read_century(text: str, match: re.Match[str]) -> Iterator[Found]:
    del text
    written = match["rank"].casefold()
    rank = ORDINALS.get(written) or int(re.sub(r"\D", "", written) or 0)
    before_christ = (match["era"] or "").upper().startswith("B")
    if 1 <= rank <= _CENTURIES:
        yield found(match, Era(start=100 * (rank - 1), years=100, before_christ=before_christ))


def _read_season(text: str, match: re.Match[str]) -> Iterator[Found]:
    year, before_christ = year_of(match)
    way = way_of(match)
    season = SEASONS[match["season"].casefold()]
    if year is None and way is None and not _is_season(text, match):
        return
    form = Calendar(year=year, season=season, before_christ=before_christ, way=way)
    yield found(match, form)


_SEASON_BEFORE = re.compile(
    r"\b(?:(?:in|during|by|through|throughout|until|of|since|late|early|mid|for|from)[\s-]+(?:the\s+)?"
    r"|(?:the|mid|late|early|(?:spring|summer|autumn|fall|winter)\s(?:and|or|to))[\s-])\Z",
    re.IGNORECASE,
)


_FALL_BEFORE = re.compile(r"\b(?:(?:in|by)\sthe|summer\sand|late|early)\s\Z", re.IGNORECASE)


_NO_SEASON_AFTER = re.compile(r"\sof\s|\s(?:Offensive|Palace|Games|Olympics)\b")


_CAMPAIGN = re.compile(r"\s(?:offensive|campaign|counter-?offensive)s?\b")


def _is_season(text: str, match: re.Match[str]) -> bool:
    if _CAMPAIGN.match(text, match.end()):
        return True
    if _NO_SEASON_AFTER.match(text, match.end()):
        return False
    if match["season"].casefold() == "fall":
        return stands_after(text, match.start(), _FALL_BEFORE)
    return stands_after(text, match.start(), _SEASON_BEFORE)


def _read_quarter(text: str, match: re.Match[str]) -> Iterator[Found]:
    groups = match.groupdict()
    year, _ = year_of(match)
    if year is None and (_is_played(text, match) or _OF_A_MONTH.match(text, match.end())):
        return
    rank = (groups.get("rank") or groups.get("digit") or "").casefold()
    number = ORDINALS.get(rank, 0) or int(re.sub(r"\D", "", rank) or 0)
    fiscal = bool(groups.get("fiscal"))
    half = (groups.get("unit") or "").casefold() == "half"
    if rank in {"last", "final", "latter"} and (half or year is not None):
        number = 2 if half else 4
    if not 1 <= number <= (2 if half else 4):
        return
    way = way_of(match)
    yield found(
        match,
        Calendar(
            year=year,
            quarter=None if half else number,
            half=number if half else None,
            fiscal=fiscal,
            way=way,
        ),
    )


_OF_A_MONTH = re.compile(rf"\s(?:of\s)?(?i:{one_of(MONTHS)})\b")
_PLAYED = re.compile(
    r"\b(?:scor\w+|goals?|goalkeeper|penalty|header|touchdown|half-?time|striker|midfielder|kick\w*|"
    r"coach|pitch|quarterback|halftime|substitute|equali[sz]\w+|games?)\b",
    re.IGNORECASE,
)
_PLAYED_WITHIN = 100  # characters


def _is_played(text: str, match: re.Match[str]) -> bool:
    """Tell whether a half or a quarter is one of a game."""
    low, high = max(0, match.start() - _PLAYED_WITHIN), match.end() + _PLAYED_WITHIN
    return _PLAYED.search(text, low, high) is not None


def _read_fiscal(text: str, match: re.Match[str]) -> Iterator[Found]:
    del text
    year, _ = year_of(match)
    if year is None and (two := match.groupdict().get("two")):
        year = 2000 + int(two)
    yield found(match, Calendar(year=year, fiscal=True))


def _read_clock(text: str, match: re.Match[str]) -> Iterator[Found]:
    if text[max(0, match.start() - 1)] == ":" and match.start():
        return
    groups = match.groupdict()
    hour, minute = int(match["hour"]), int(groups.get("minute") or 0)
    half = (groups.get("half") or "").casefold()
    if half.startswith("p") and hour < _NOON:
        hour += 12
    if half.startswith("a") and hour == _NOON:
        hour = 0
    if hour > 2 * _NOON or minute > _LAST_MINUTE:
        return
    written = f"T{hour:02}:{minute:02}{_zone(groups)}"
    yield found(match, Clock(text=written, half_known=bool(half)))


def _read_told(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read five o'clock, half past five, a quarter to six."""
    del text
    groups = match.groupdict()
    hour, minute = NUMBERS[match["told"].casefold()], 0
    if side := groups.get("side"):
        minute = 30 if match["part"].casefold() == "half" else 15
        if side.casefold() == "to":
            hour, minute = hour - 1 or _NOON, 60 - minute
    if 1 <= hour <= _NOON:
        yield found(match, Clock(text=f"T{hour:02}:{minute:02}", half_known=False))


def _zone(groups: dict[str, str | None]) -> str:
    zone = _ZONES.get((groups.get("zone") or "").casefold(), "")
    if offset := groups.get("offset"):
        return f"{offset.strip()[0]}{int(re.sub(r'[^0-9]', '', offset)):02}"
    return zone


def _read_noon(text: str, match: re.Match[str]) -> Iterator[Found]:
    del text
    yield found(match, Clock(text="T24:00" if match.group().casefold() == "midnight" else "T12:00"))


_ZONE = (
    r"(?:\s?(?P<open>\()?(?P<zone>UTC|GMT|EST|EDT|PST|PDT|CST|CDT|CET|CEST|BST)\b"
    r"(?P<offset>\s?[+-]\s?\d{1,2})?(?(open)\)))?"
)


_HALF = r"(?P<half>[ap]\.?m\b\.?)"


_RANK = rf"(?P<rank>{one_of(ORDINALS)}|[1-4](?:st|nd|rd|th))"


SEASON_RULES = (rule(rf"(?P<season>{one_of(SEASONS)})\b{TAIL}", _read_season),)


ORDINAL_RULES = (
    rule(rf"{_RANK}[\s-](?P<fiscal>fiscal\s)?(?P<unit>quarter|half)(?:\sof)?{TAIL}", _read_quarter),
    rule(rf"(?P<rank>{one_of(ORDINALS)})[\s-]century\b{ERA}", _read_century),
)


_TOLD = rf"(?P<told>{one_of(NUMBERS)})"
TOLD_RULES = (rule(rf"{_TOLD}\so['\u2019]clock\b", _read_told),)
PAST_RULES = (rule(rf"(?P<part>half|quarter)\s(?P<side>past|to)\s{_TOLD}\b", _read_told),)


WORD_RULES = {
    "q": (rule(rf"Q(?P<digit>[1-4])\b(?:\sof)?{TAIL}", _read_quarter),),
    "fy": (rule(rf"FY\s?['\u2019]?(?:{YEAR}|(?P<two>\d\d)\b)", _read_fiscal),),
    "fiscal": (rule(rf"fiscal\s(?:year\s)?{YEAR}", _read_fiscal),),
    "financial": (rule(rf"financial\syear\s{YEAR}", _read_fiscal),),
    "noon": (rule(r"noon\b", _read_noon),),
    "midday": (rule(r"midday\b", _read_noon),),
    "midnight": (rule(r"midnight\b", _read_noon),),
} | {word: (rule(rf"{word}\b", _read_named_decade),) for word in DECADES}


DIGIT_PERIOD_RULES = (
    rule(rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)\s?{_HALF}{_ZONE}", _read_clock),
    rule(rf"(?P<hour>\d{{1,2}})\s?{_HALF}{_ZONE}", _read_clock),
    rule(rf"(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?!\d|[:.]\d){_ZONE}", _read_clock),
    rule(rf"(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?=\s?(?:UTC|GMT)){_ZONE}", _read_clock),
    rule(r"(?P<hour>\d{1,2})\so['\u2019]clock\b", _read_clock),
    rule(
        r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?"
        r"(?=\s?(?:[-\u2013]|to|and|until|till)\s?\d{1,2}(?:[:.]\d\d)?\s?(?P<half>[ap]\.?m\b))",
        _read_clock,
    ),
    rule(rf"(?P<start>\d{{2,3}}0)['\u2019]?s\b{ERA}", _read_decade),
    rule(rf"(?P<start>[2-9]0)['\u2019]?s\b{ERA}", _read_decade),
    rule(rf"(?P<rank>\d{{1,2}}(?:st|nd|rd|th))[\s-]century\b{ERA}", _read_century),
    rule(r"(?P<digit>[1-4])Q\s?" + YEAR, _read_quarter),
    rule(rf"{_RANK}\s(?P<fiscal>fiscal\s)?quarter(?:\sof)?{TAIL}", _read_quarter),
)
