"""How seasons, quarters, decades, feasts and times of the clock are written, unresolved."""

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
from store.ingest.extract.times_words import DECADES, FEASTS, ORDINALS, SEASONS, one_of

_LAST_DECADE = 20  # the '30s are of the last century
_CENTURIES = 21
_NOON, _LAST_MINUTE = 12, 59
_ZONES = {"utc": "Z", "gmt": "Z", "est": "-05", "edt": "-04", "pst": "-08", "pdt": "-07"}


_ZONES |= {"cst": "-06", "cdt": "-05", "cet": "+01", "cest": "+02", "bst": "+01"}


def _read_decade(text: str, match: re.Match[str]) -> Iterator[Found]:
    del text
    era = match.groupdict().get("era")
    start = int(match["start"])
    if len(match["start"]) == len("90"):
        start += 1900 if start > _LAST_DECADE else 2000
    before_christ = (era or "").upper().startswith("B")
    yield found(match, Era(start=start, years=10, before_christ=before_christ))


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
    del text
    groups = match.groupdict()
    year, _ = year_of(match)
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


def _read_fiscal(text: str, match: re.Match[str]) -> Iterator[Found]:
    del text
    year, _ = year_of(match)
    if year is None and (two := match.groupdict().get("two")):
        year = 2000 + int(two)
    yield found(match, Calendar(year=year, fiscal=True))


def _read_feast(text: str, match: re.Match[str]) -> Iterator[Found]:
    name = match["feast"].casefold().replace("\u2019", "'")
    if not match["feast"][0].isupper() or re.match(
        r"\s(?:tree|card|truce)", text[match.end() :][:6]
    ):
        return
    month, day = FEASTS[name]
    year, _ = year_of(match)
    yield found(match, Calendar(year=year, month=month, day=day, way=way_of(match)))


def _read_clock(text: str, match: re.Match[str]) -> Iterator[Found]:
    del text
    groups = match.groupdict()
    hour, minute = int(match["hour"]), int(groups.get("minute") or 0)
    half = (groups.get("half") or "").casefold()
    if half.startswith("p") and hour < _NOON:
        hour += 12
    if half.startswith("a") and hour == _NOON:
        hour = 0
    if hour > 2 * _NOON or minute > _LAST_MINUTE:
        return
    yield found(match, Clock(text=f"T{hour:02}:{minute:02}{_zone(groups)}"))


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


WORD_RULES = {
    "q": (rule(rf"Q(?P<digit>[1-4])\b(?:\sof)?{TAIL}", _read_quarter),),
    "fy": (rule(rf"FY\s?['\u2019]?(?:{YEAR}|(?P<two>\d\d)\b)", _read_fiscal),),
    "fiscal": (rule(rf"fiscal\s(?:year\s)?{YEAR}", _read_fiscal),),
    "financial": (rule(rf"financial\syear\s{YEAR}", _read_fiscal),),
    "noon": (rule(r"noon\b", _read_noon),),
    "midday": (rule(r"midday\b", _read_noon),),
    "midnight": (rule(r"midnight\b", _read_noon),),
} | {word: (rule(rf"{word}\b", _read_named_decade),) for word in DECADES}


FEAST_RULE = rule(
    rf"(?P<feast>{one_of(FEASTS).replace(chr(39), '[' + chr(39) + chr(0x2019) + ']')})\b{TAIL}",
    _read_feast,
)
DIGIT_PERIOD_RULES = (
    rule(rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)\s?{_HALF}{_ZONE}", _read_clock),
    rule(rf"(?P<hour>\d{{1,2}})\s?{_HALF}{_ZONE}", _read_clock),
    rule(rf"(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?!\d|:\d\d:){_ZONE}", _read_clock),
    rule(rf"(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?=\s?(?:UTC|GMT)){_ZONE}", _read_clock),
    rule(r"(?P<hour>\d{1,2})\so['\u2019]clock\b", _read_clock),
    rule(rf"(?P<start>\d{{2,3}}0)['\u2019]?s\b{ERA}", _read_decade),
    rule(rf"(?P<start>[2-9]0)['\u2019]?s\b{ERA}", _read_decade),
    rule(rf"(?P<rank>\d{{1,2}}(?:st|nd|rd|th))[\s-]century\b{ERA}", _read_century),
    rule(r"(?P<digit>[1-4])Q\s?" + YEAR, _read_quarter),
    rule(rf"{_RANK}\s(?P<fiscal>fiscal\s)?quarter(?:\sof)?{TAIL}", _read_quarter),
)
