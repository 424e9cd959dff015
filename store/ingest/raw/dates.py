"""Dates that articles give of themselves: date lines, time stamps, datelines, addresses.

Full dates only become a day. What lacks a year, or is told from now ("3 hours ago"),
stays untold here. The names of the months are in months.py.
"""

import re
from datetime import date

from store.ingest.raw.months import DAY_FIRST, ENGLISH, MONTH, MONTHS
from store.ingest.raw.values import Dateline

_MONTH = rf"(?P<month{{0}}>{MONTH})\b\.?"
_DAY = r"(?P<day{0}>[0-3]?\d)(?:st|nd|rd|th|er)?\b"
_YEAR = r"(?P<year{0}>(?:19|20)\d\d)\b"
_FULL_DATE = "|".join(
    (
        rf"\b{_MONTH.format(1)}\s+{_DAY.format(1)},?\s+{_YEAR.format(1)}",
        rf"\b{_DAY.format(2)}(?:\.?\s+|-)(?:of\s+)?{_MONTH.format(2)},?(?:\s+|-){_YEAR.format(2)}",
        r"\b(?P<year3>(?:19|20)\d\d)[-/.](?P<month3>[01]?\d)[-/.](?P<day3>[0-3]?\d)(?!\d)",
        r"\b(?P<one>[0-3]?\d)[/.](?P<two>[0-3]?\d)[/.](?P<year4>(?:19|20)\d\d)\b",
    )
)
FULL_DATE = re.compile(_FULL_DATE, re.IGNORECASE)
ENGLISH_DATE = re.compile(_FULL_DATE.replace(MONTH, ENGLISH), re.IGNORECASE)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d|[a-z]{3})[/-]([0-3]?\d)(?=[/-])")
_MONTH_DAY = (
    rf"(?:{_MONTH.format('')}\s+{_DAY.format('')}|"
    rf"{_DAY.format('_b')}\.?\s+{_MONTH.format('_b')})(?:,?\s+{_YEAR.format('')})?"
)
_CAPITAL = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0152\u0400-\u042f\u0490"
# Places in a dateline: capitals, or capitalised words; a country or state may follow.
_PLACE = (
    rf"(?P<place>[{_CAPITAL}][\w.'\u2019-]*(?:[ /-][{_CAPITAL}][\w.'\u2019-]*){{0,3}}"
    rf"(?:, ?[{_CAPITAL}][\w.]*(?: [{_CAPITAL}][\w.]*)?)?)"
)
_TEXT_NEXT = rf" *(?=[\"\u201c\u2018'\u201e\u00ab0-9{_CAPITAL}])"
_DATELINE = re.compile(
    rf"{_PLACE}(?:,? +(?i:{_MONTH_DAY}))?"
    r"(?:(?:,? *[(\[](?P<agency>[^()\[\]]{2,40})[)\]])? *(?P<mark>\u2014|\u2013|--?|:)"
    r"|[.,]? */(?P<slashed>[^/]{2,30})/\.?(?: *[\u2014\u2013-])?)"  # MOSCOW, January 9. /AGENCY/.
    rf"{_TEXT_NEXT}"
)
_BARE_DATELINE = re.compile(rf"[{_CAPITAL}][{_CAPITAL} .'\u2019/-]+(?:, [{_CAPITAL}][\w. ]+)?")
_LONGEST_DATELINE = 90


def day_in(text: str) -> date | None:
    """Return the one full date in `text`; None without one, with two, or where it is unsure.

    10/01/2022 is unsure: the tenth of January, or the first of October; with dots, and beside
    words of a language that writes the day first, it is the tenth of January.
    """
    found = {day for match in FULL_DATE.finditer(text) if (day := _day(match, text)) is not None}
    return found.pop() if len(found) == 1 else None


def day_in_address(address: str) -> date | None:
    """Return the day that an address of the form …/2022/01/10/… names."""
    match = _IN_ADDRESS.search(address.casefold())
    if match is None:
        return None
    month = int(match[2]) if match[2].isdigit() else month_number(match[2])
    return _made(int(match[1]), month, int(match[3]))


def dateline_of(paragraph: str) -> Dateline | None:
    """Return the dateline that `paragraph` begins with.

    A place alone counts only in capitals, so that "Putin: the man" is none.
    """
    match = _DATELINE.match(paragraph[: _LONGEST_DATELINE + 10])
    if match is None or match.end() > _LONGEST_DATELINE:
        return None
    groups = match.groupdict()
    month = groups["month"] or groups["month_b"]
    day = groups["day"] or groups["day_b"]
    capitals = _BARE_DATELINE.fullmatch(groups["place"]) is not None
    agency = groups["agency"] or groups["slashed"]
    slashed = groups["slashed"] is not None
    dash = slashed or (groups["mark"] != ":" and paragraph[match.start("mark") - 1] in " )]")
    if not (capitals or (dash and (month or agency))):
        return None
    if groups["mark"] == "-" and not dash:  # "COVID-19", "US-Russia"
        return None
    return Dateline(
        text=match.group().strip(),
        place=groups["place"].strip(" ,"),
        month=month_number(month) if month else None,
        day=int(day) if day else None,
        year=int(groups["year"]) if groups["year"] else None,
        agency=agency,
    )


def month_number(name: str) -> int:
    """Return the number of the month that `name` names, or 0."""
    return MONTHS.get(name.casefold(), 0)


def _day(match: re.Match[str], text: str) -> date | None:
    part = match.groupdict()
    if part["year1"]:
        return _made(int(part["year1"]), month_number(part["month1"]), int(part["day1"]))
    if part["year2"]:
        return _made(int(part["year2"]), month_number(part["month2"]), int(part["day2"]))
    if part["year3"]:
        return _made(int(part["year3"]), int(part["month3"]), int(part["day3"]))
    one, two, year = int(part["one"]), int(part["two"]), int(part["year4"])
    if "." in match.group() and DAY_FIRST.search(text):
        return _made(year, two, one)
    days = {day for day in (_made(year, two, one), _made(year, one, two)) if day is not None}
    return days.pop() if len(days) == 1 else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
