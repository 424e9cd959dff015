"""Reckoning with days, weeks, seasons and eras, and how TIMEX3 writes them. Reads no text."""

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from store.ingest.extract.times_values import Calendar, Shift, Stretch
from store.ingest.extract.times_words import SEASON_STARTS
from store.knowledge.values import Precision, When

_THIRDS = {Stretch.EARLY: (1, 4), Stretch.MID: (5, 8), Stretch.LATE: (9, 12)}
_WEEK = 7
_SAME = {"F": ("W", 2), "N": ("D", 1)}
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Point:
    """Where one stands in time, as far as known; years before Christ are negative."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, day: date) -> "Point":
        """Return the point that is exactly `day`."""
        return cls(day.year, day.month, day.day)

    @property
    def date(self) -> date | None:
        """The day, where it is one."""
        return make_day(self.year, self.month, self.day)

    def __str__(self) -> str:
        """Return it as TIMEX3 writes it: 1942-05, BC0490."""
        written = f"{self.year:04}" if self.year >= 0 else f"BC{-self.year:04}"
        if self.month is not None:
            written += f"-{self.month:02}"
        if self.month is not None and self.day is not None:
            written += f"-{self.day:02}"
        return written


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that is resolved: its TIMEX3 value, the days it means, and where it leads."""

    value: str
    when: When | None = None
    point: Point | None = None


def make_day(year: int, month: int | None, day: int | None) -> date | None:
    """Return the day, or None where the calendar has none such."""
    if month is None or day is None or not 1 <= year <= MAXYEAR:
        return None
    if day > calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def dated(point: Point, stretch: Stretch | None = None) -> Dated:
    """Return the date that `point` is, or a `stretch` of its month or year."""
    if not 1 <= point.year <= MAXYEAR:
        return Dated(str(point), None, point)
    if point.day is not None:
        day = point.date
        return Dated(str(point), When.day(day) if day else None, point)
    if point.month is not None:
        part = f"{stretch.value} {point}" if stretch else str(point)
        return Dated(str(point), When.parse(part), point)
    if stretch is None:
        return Dated(str(point), When.parse(str(point)), point)
    first, last = _THIRDS[stretch]
    return Dated(str(point), months(point.year, first, last), point)


def months(year: int, first: int, last: int) -> When | None:
    """Return the days from one month to another of `year`; months after December go on."""
    end_year, end_month = year + (last - 1) // _MONTHS, (last - 1) % _MONTHS + 1
    if not 1 <= year <= end_year <= MAXYEAR:
        return None
    end = date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    return When(date(year, first, 1), end, Precision.RANGE)


def season(year: int, name: str, *, winter_before: bool = False) -> Dated:
    """Return spring to winter of `year`; a winter begins in it, or ends where it was `before`."""
    start = SEASON_STARTS[name]
    began = year - 1 if winter_before and name == "WI" else year
    point = Point(year, None if name == "WI" else start)
    return Dated(f"{Point(year)}-{name}", months(began, start, start + 2), point)


def quarter(year: int, number: int) -> Dated:
    """Return one of the four quarters of `year`."""
    last = number * 3
    return Dated(f"{Point(year)}-Q{number}", months(year, last - 2, last), Point(year, last - 2))


def half(year: int, number: int) -> Dated:
    """Return one of the two halves of `year`."""
    last = number * 6
    return Dated(f"{Point(year)}-H{number}", months(year, last - 5, last), Point(year))


def era(start: int, years: int, *, before_christ: bool = False) -> Dated:
    """Return the decade or century that begins in the year `start`."""
    written = f"{start // years:0{3 if years == 10 else 2}}"  # noqa: PLR2004 (a decade)
    if before_christ:
        return Dated(f"BC{written}", None, Point(-start))
    if not start >= 1 or start + years - 1 > MAXYEAR:
        return Dated(written, None, None)
    when = months(start, 1, _MONTHS * years)
    return Dated(written, when, None)


def week(day: date) -> Dated:
    """Return the week of `day`, Monday to Sunday."""
    year, number, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    when = When(monday, monday + timedelta(days=6), Precision.RANGE)
    return Dated(f"{year:04}-W{number:02}", when, None)


def weekend(day: date) -> Dated:
    """Return Saturday and Sunday of the week of `day`."""
    saturday = day + timedelta(days=6 - day.isoweekday())
    when = When(saturday, saturday + timedelta(days=1), Precision.RANGE)
    return Dated(f"{week(day).value}-WE", when, Point.of(saturday))


def feast(year: int, form: Calendar) -> Dated:
    """Return the day of a feast that moves, or the nth weekday of a month, in `year`."""
    day: date | None = None
    if form.easter is not None:
        day = _easter(year, form.easter)
    elif form.nth is not None and form.month is not None:
        day = _nth(year, form.month, form.nth)
    return dated(Point.of(day) if day else Point(year, form.month))


def _easter(year: int, away: int) -> date | None:
    """Return the day `away` from Easter Sunday of the Gregorian calendar."""
    if not 1583 <= year < MAXYEAR:  # noqa: PLR2004 (the calendar begins)
        return None
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * ((21 - golden) // 11))
    sunday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    after = moon - sunday
    month = 3 + (after + 40) // 44
    return date(year, month, after + 28 - 31 * (month // 4)) + timedelta(days=away)


def _nth(year: int, month: int, nth: tuple[int, int, int]) -> date | None:
    """Return the nth such weekday of the month; None where it has not so many."""
    weekday, which, after = nth
    if not 1 <= year < MAXYEAR:
        return None
    if which < 0:
        end = date(year, month, calendar.monthrange(year, month)[1])
        return nearest_weekday(end, weekday, back=True) + timedelta(days=after)
    day = nearest_weekday(date(year, month, 1), weekday, back=False)
    day += timedelta(days=_WEEK * (which - 1))
    return day + timedelta(days=after) if day.month == month else None


def moved(point: Point, unit: str, count: float) -> Dated | None:
    """Return the day, week, month … that is `count` units from `point`; None: cannot be known."""
    unit, times = _SAME.get(unit, (unit, 1))
    if unit == "Y" and count % 1:
        unit, times = "MO", _MONTHS
    steps = int(count * times)
    match unit:
        case "D" | "W":
            return _moved_days(point, steps, whole_week=unit == "W")
        case "MO" | "Q":
            return _moved_months(point, steps, quarters=unit == "Q")
        case "Y":
            return dated(Point(point.year + steps))
        case "DE" | "CE":
            years = 10 if unit == "DE" else 100
            year = abs(point.year + steps * years)
            return era(year - year % years, years, before_christ=point.year < 0)
    return None


def exactly(form: Shift, today: date) -> Dated | None:
    """Return a week from Friday, a year ago today, two years ago this month."""
    day = today + timedelta(days=form.away)
    if form.weekday is not None:
        day = nearest_weekday(day, form.weekday, back=form.back)
    unit, times = _SAME.get(form.unit, (form.unit, 1))
    steps = int((form.count or 0) * times) * (-1 if form.back else 1)
    try:
        if unit in {"D", "W"}:
            day += timedelta(days=steps * (_WEEK if unit == "W" else 1))
        elif unit in {"Y", "MO"}:
            total = day.year * _MONTHS + day.month - 1 + steps * (_MONTHS if unit == "Y" else 1)
            year, month = total // _MONTHS, total % _MONTHS + 1
            day = date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
        else:
            return None
    except (OverflowError, ValueError):
        return None
    if form.exact == "W":
        return week(day)
    return dated(Point(day.year, day.month) if form.exact == "MO" else Point.of(day))


def _moved_days(point: Point, steps: int, *, whole_week: bool) -> Dated | None:
    start = point.date
    if start is None:
        return None
    try:
        day = start + timedelta(days=_WEEK * steps if whole_week else steps)
        return week(day) if whole_week else dated(Point.of(day))
    except OverflowError:
        return None


def _moved_months(point: Point, steps: int, *, quarters: bool) -> Dated | None:
    if point.month is None:
        return None
    if quarters:
        total = point.year * 4 + (point.month - 1) // 3 + steps
        return quarter(total // 4, total % 4 + 1)
    total = point.year * _MONTHS + point.month - 1 + steps
    return dated(Point(total // _MONTHS, total % _MONTHS + 1))


def nearest_weekday(day: date, weekday: int, *, back: bool, itself: bool = True) -> date:
    """Return the next `weekday` on or after `day`, or the last on or before it."""
    step = -1 if back else 1
    away = (weekday - day.isoweekday()) * step % _WEEK
    if away == 0 and not itself:
        away = _WEEK
    return day + timedelta(days=step * away)
