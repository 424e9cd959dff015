"""How days are told by what they are: feasts, the first Monday in September, the first of May.

Nothing is resolved here; which day Easter or the fourth Thursday is, times_calendar reckons.
"""

import calendar
import re
from collections.abc import Iterator

from store.ingest.extract.times_rules import (
    MONTH,
    TAIL,
    WAYS,
    found,
    rule,
    way_of,
    year_of,
)
from store.ingest.extract.times_values import Calendar, Found
from store.ingest.extract.times_words import (
    FEASTS,
    MONTHS,
    MOVING_FEASTS,
    NTH_FEASTS,
    ORDINALS,
    WEEKDAYS,
    one_of,
)

ALL_FEASTS = (*FEASTS, *MOVING_FEASTS, *NTH_FEASTS)
_FEAST = one_of(ALL_FEASTS).replace("'", "['\u2019]")
_NO_FEAST_AFTER = re.compile(
    r"[\s-](?:tree|card|truce|egg|carol|pudding|turkey|bunn|Carol|Rising|Island|Offensive|Accord|Seal)"
)
_EASTER_MONTH = 4
_NO_LEAP = 2001


def _read_feast(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read Christmas Eve 1914, last Thanksgiving, Easter."""
    name = match["feast"].casefold().replace("\u2019", "'")
    if not match["feast"][0].isupper() or _NO_FEAST_AFTER.match(text, match.end("feast")):
        return
    year, _ = year_of(match)
    before = match.groupdict().get("which")
    way = WAYS[before.casefold()] if before else way_of(match)
    near = before is not None
    if name in FEASTS:
        month, day = FEASTS[name]
        form = Calendar(year=year, month=month, day=day, way=way, near=near)
    elif name in MOVING_FEASTS:
        away = MOVING_FEASTS[name]
        form = Calendar(year=year, month=_EASTER_MONTH, easter=away, way=way, near=near)
    else:
        month, weekday, which, away = NTH_FEASTS[name]
        form = Calendar(year=year, month=month, nth=(weekday, which, away), way=way, near=near)
    yield found(match, form)


def _read_nth(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read the first Monday in September, the last Friday of May 2019."""
    del text
    year, before_christ = year_of(match)
    which = _rank(match["rank"]) or -1
    if not match["month"][0].isupper() or which > 5 or before_christ:  # noqa: PLR2004 (weeks of a month)
        return
    month, weekday = MONTHS[match["month"].casefold()], WEEKDAYS[match["weekday"].casefold()]
    form = Calendar(year=year, month=month, nth=(weekday, which, 0), way=way_of(match))
    yield found(match, form)


def _read_ranked(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read the first of May, the last day of January, May the first."""
    del text
    year, before_christ = year_of(match)
    month = MONTHS[match["month"].casefold()]
    days = calendar.monthrange(year or _NO_LEAP, month)[1] if (year or 1) > 0 else 31
    day = _rank(match["rank"]) or (days if match.groupdict().get("unit") else 0)
    if match["month"][0].isupper() and 1 <= day <= days:
        way = way_of(match)
        form = Calendar(year=year, month=month, day=day, before_christ=before_christ, way=way)
        yield found(match, form)


def _rank(written: str) -> int:
    plain = written.casefold().replace(" ", "-")
    return ORDINALS.get(plain) or int(re.sub(r"\D", "", plain) or 0)


_ORDINAL = rf"(?P<rank>{one_of(ORDINALS).replace(re.escape('-'), '[ -]')})"
FEAST_RULE = rule(rf"(?P<feast>{_FEAST})\b{TAIL}", _read_feast)
FEAST_WAY_RULE = rule(
    rf"(?P<which>last|this|next|past|coming|previous|following)\s(?P<feast>{_FEAST})\b", _read_feast
)
RANKED_RULES = (
    rule(
        rf"{_ORDINAL}\s(?P<weekday>{one_of(WEEKDAYS)})\s(?:of|in)\s{MONTH}{TAIL}",
        _read_nth,
    ),
    rule(rf"{_ORDINAL}\s(?P<unit>day\s)?of\s{MONTH}{TAIL}", _read_ranked),
)
MONTH_RANKED_RULE = rule(rf"{MONTH}\s(?:the\s)?{_ORDINAL}\b(?:{TAIL}(?=[.,;)]|$))", _read_ranked)
