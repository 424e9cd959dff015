"""Days and spans of days as people write them, from words to a date. Pure; English only.

What is not written in full is resolved against "as of", the story's own today, and says so
by being `relative`. Not here: what is asked of those days (bot.questions).
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from store.knowledge.values import Precision, When

_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name} | {
    name: n
    for n, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(),  # noqa: SIM905 (it reads so)
        start=1,
    )
}
_MONTHS["sept"] = 9
_ALSO_WORDS = {"may", "march", "mar", "dec", "sep", "jan"}  # and names: a month only after "in"
_WEEKDAYS = {name.casefold(): n for n, name in enumerate(calendar.day_name)}
_BEFORE_A_DATE = {"on", "in", "during", "at", "over", "for", "within", "of"}
_FROM = {"since", "from", "after"}
_UP_TO = {"until", "till", "before"}
_JOINS = {"to", "and", "until", "till", "-", "\N{EN DASH}", ".."}
_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7}
_NUMBERS = {w: n for n, w in enumerate(("one", "two", "three", "four", "five", "six", "seven"), 1)}
_LONGEST_AHEAD = timedelta(days=60)  # a day without a year is not further ahead than this
_THIRDS = {
    **dict.fromkeys(("early", "beginning", "start"), (1, 10)),
    **dict.fromkeys(("mid", "middle"), (11, 20)),
    **dict.fromkeys(("late", "end"), (21, 31)),
}
_LEADS_TO_A_MONTH = {"early": "in", "late": "in"}  # the others take "of"
_FIRST_YEAR, _LAST_YEAR = 1900, 2099  # of numbers that stand alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days that were asked for: the first or last of all days where one end is open."""

    when: When
    words: str  # as asked
    relative: bool  # counted from "as of", or given a year by it


@dataclass(frozen=True, slots=True)
class _Read:
    """A date that was read: whether "as of" had a part in it, and the words that it took."""

    when: When
    relative: bool
    used: int


def find_period(
    words: Sequence[str], as_of: date, *, ahead: bool = False, bare: bool = False
) -> tuple[Period | None, tuple[str, ...]]:
    """Return the first date among `words`, if any, and the other words.

    `ahead` reads a date without a year as one to come; `bare` takes a month or a
    weekday for a date also where no "in" or "on" stands before it.
    """
    low = [word.casefold() for word in words]
    for at in range(len(low)):
        try:
            found = _Reader(low, as_of, ahead=ahead, bare=bare).period(at)
        except (ValueError, OverflowError):  # no day of the calendar: no date was asked for
            break
        if found is not None:
            asked = " ".join(words[at : at + found.used])
            rest = (*words[:at], *words[at + found.used :])
            return Period(when=found.when, words=asked, relative=found.relative), rest
    return None, tuple(words)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads dates at a place among folded words."""

    low: Sequence[str]
    as_of: date
    ahead: bool = False
    bare: bool = False

    def word(self, at: int) -> str:
        return self.low[at] if 0 <= at < len(self.low) else ""

    def period(self, at: int) -> _Read | None:
        word = self.word(at)
        if word in _FROM | {"between"} and (span := self._span(at + 1, led=True)):
            return _Read(span.when, span.relative, span.used + 1)
        if word in _FROM | _UP_TO:
            return self._open(word, at)
        led = word in _BEFORE_A_DATE
        start = at + led
        span = self._span(start, led=led) or self._one(start, led=led)
        return span and _Read(span.when, span.relative, span.used + led)

    def _open(self, word: str, at: int) -> _Read | None:
        read = self._one(at + 1, led=True)
        if read is None:
            return None
        first, last = read.when.start, read.when.end
        match word:
            case "since" | "from":
                last = date.max
            case "after":
                first, last = last + timedelta(days=1), date.max
            case "before":
                first, last = date.min, first - timedelta(days=1)
            case _:
                first = date.min
        return _Read(When(first, last, Precision.RANGE), read.relative, read.used + 1)

    def _span(self, at: int, *, led: bool) -> _Read | None:
        """Read `9 January to 12 January`, or `9 to 12 January`."""
        first = self._one(at, led=led)
        if first is None:
            return self._days_of_month(at)
        join = at + first.used
        if self.word(join) not in _JOINS:
            return None
        last = self._one(join + 1, led=led)
        if last is not None and last.when.end < first.when.start and last.relative:
            later = _Reader(self.low, first.when.start, ahead=True)
            last = later._one(join + 1, led=led)
        if last is None or last.when.end < first.when.start:
            return None
        return _Read(
            _days(first.when.start, last.when.end),
            first.relative or last.relative,
            first.used + 1 + last.used,
        )

    def _days_of_month(self, at: int) -> _Read | None:
        day, joined = _day(self.word(at)), self.word(at + 1) in _JOINS
        used = 2
        first, dash, second = self.word(at).replace("\N{EN DASH}", "-").partition("-")
        if dash and second:
            day, joined, used = _day(first), bool(_day(second)), 0
        if day is None or not joined:
            return None
        tail = list(self.low[at + used : at + used + 4])
        if dash and second:
            tail[0] = second
        last = _Reader(tail, self.as_of, ahead=self.ahead)._day_month(0)  # noqa: SLF001
        if last is None or day > last.when.end.day:
            return None
        when = _days(last.when.end.replace(day=day), last.when.end)
        return _Read(when, last.relative, used + last.used)

    def _one(self, at: int, *, led: bool) -> _Read | None:
        if self.word(at) == "the":
            read = self._one(at + 1, led=led)
            return read and _Read(read.when, read.relative, read.used + 1)
        return (
            self._written(at, led=led)
            or self._day_month(at)
            or self._month(at, led=led or self.bare)
            or self._counted(at, led=led or self.bare)
        )

    def _written(self, at: int, *, led: bool) -> _Read | None:
        """Read 2014, 2021-06, 2022-01-10, a range of them with `/` or `..`, or 10.1.2022."""
        word = self.word(at).replace("..", "/")
        if word.isascii() and word.isdecimal():
            alone = len(word) == 4 and _FIRST_YEAR <= int(word) <= _LAST_YEAR  # noqa: PLR2004
            return _Read(When.parse(word), False, 1) if alone and (led or self.bare) else None
        parts = word.split(".")
        if len(parts) == 3 and all(part.isdecimal() for part in parts):  # noqa: PLR2004
            day, month, year = map(int, parts)
            return _Read(When.day(date(year, month, day)), False, 1)
        if word[:4].isdecimal() and word[4:5] in ("-", "/"):
            return _Read(When.parse(word), False, 1)
        return None

    def _day_month(self, at: int) -> _Read | None:
        """Read `10 January 2022`, `10th of January`, `January 10, 2022`."""
        day, then = _day(self.word(at)), at + 1
        if day is not None:
            then += self.word(then) == "of"
            month = _MONTHS.get(self.word(then))
        else:
            month, day = _MONTHS.get(self.word(at)), _day(self.word(then))
        if month is None or day is None:
            return None
        year = _year(self.word(then + 1))
        used = then + 1 - at + (year is not None)
        if year is not None:
            return _Read(When.day(date(year, month, day)), False, used)
        return _Read(When.day(self._nearest(month, day)), True, used)

    def _month(self, at: int, *, led: bool) -> _Read | None:
        """Read `January`, `January 2022`, `early January`, `the end of January`."""
        third, name, then = self._third(at)
        month, year = _MONTHS.get(name), _year(self.word(then))
        if month is None or (year is None and name in _ALSO_WORDS and not led):
            return None
        if year is None and not (led or third):
            return None
        first = date(year, month, 1) if year else self._nearest(month, 1)
        when = When.parse(first.isoformat()[:7])
        if third:
            when = _days(first.replace(day=third[0]), min(when.end, _clamped(first, third[1])))
        return _Read(when, year is None, then - at + (year is not None))

    def _third(self, at: int) -> tuple[tuple[int, int] | None, str, int]:
        """Return which third of a month is meant, if one, the month, and where it ends."""
        word = self.word(at)
        part, dash, month = word.partition("-")
        if dash and month and part in _THIRDS:  # mid-January
            return _THIRDS[part], month, at + 1
        if part not in _THIRDS:
            return None, word, at + 1
        name = at + 1 + (self.word(at + 1) == _LEADS_TO_A_MONTH.get(part, "of"))
        return _THIRDS[part], self.word(name), name + 1

    def _nearest(self, month: int, day: int) -> date:
        """Return the day in the year that the story means: the last one, or one soon to come."""
        years = range(self.as_of.year - 4, self.as_of.year + 5)  # some hold no 29 February
        leap = [y for y in years if (month, day) != (2, 29) or calendar.isleap(y)]
        days = [date(year, month, day) for year in leap if 0 < year < date.max.year]
        if self.ahead:
            return next(known for known in days if (known.year, month) >= self._this_month())
        latest = self.as_of + min(_LONGEST_AHEAD, date.max - self.as_of)
        return max((known for known in days if known <= latest), default=days[0])

    def _this_month(self) -> tuple[int, int]:
        return self.as_of.year, self.as_of.month

    def _counted(self, at: int, *, led: bool) -> _Read | None:
        """Read what is counted from "as of": yesterday, last week, three days ago, on Monday."""
        word, following = self.word(at), self.word(at + 1)
        steps = {"today": 0, "yesterday": -1, "tomorrow": 1}
        if word in steps:
            return self._days_on(steps[word], 1)
        if word in {"last", "past", "previous", "this", "next", "coming"}:
            return self._turn(at)
        number = _number(word)
        if number is not None and following in _UNITS and self.word(at + 2) == "ago":
            return self._days_on(-number * _UNITS[following], 3)
        if word in _WEEKDAYS and led:
            back = (self.as_of.weekday() - _WEEKDAYS[word]) % 7
            return self._days_on(-back if not self.ahead else (7 - back) % 7, 1)
        return None

    def _days_on(self, days: int, used: int) -> _Read:
        return _Read(When.day(self.as_of + timedelta(days=days)), True, used)

    def _turn(self, at: int) -> _Read | None:  # noqa: PLR0911 (one for each unit)
        """Read `last week`, `this month`, `next Friday`, `last three days`."""
        step = {"this": 0, "next": 1, "coming": 1}.get(self.word(at), -1)
        unit, number = self.word(at + 1), _number(self.word(at + 1))
        today = self.as_of
        if number and self.word(at + 2) in _UNITS and step:
            far = timedelta(days=number * _UNITS[self.word(at + 2)])
            ends = sorted((today, today + step * far))
            return _Read(_days(*ends), True, 3)
        if unit in _WEEKDAYS:
            back = (today.weekday() - _WEEKDAYS[unit]) % 7
            return self._days_on(-(back or 7) if step < 0 else (7 - back) % 7 or 7 * step, 2)
        if unit in _MONTHS:
            first = date(today.year, _MONTHS[unit], 1)
            this = today.replace(day=1)
            over = (step < 0 and first >= this) or (step > 0 and first <= this)
            first = first.replace(year=first.year + step * over)
            return _Read(When.parse(first.isoformat()[:7]), True, 2)
        match unit:
            case "week":
                monday = today + timedelta(days=7 * step - today.weekday())
                return _Read(_days(monday, monday + timedelta(days=6)), True, 2)
            case "month":
                month = today.year * 12 + today.month - 1 + step
                return _Read(When.parse(f"{month // 12:04}-{month % 12 + 1:02}"), True, 2)
            case "year":
                return _Read(When.parse(f"{today.year + step:04}"), True, 2)
        return None


def _days(first: date, last: date) -> When:
    return When.day(first) if first == last else When(first, last, Precision.RANGE)


def _clamped(first: date, day: int) -> date:
    return first.replace(day=min(day, calendar.monthrange(first.year, first.month)[1]))


def _number(word: str) -> int | None:
    if word.isascii() and word.isdecimal() and len(word) < 5:  # noqa: PLR2004 (days to count)
        return int(word)
    return _NUMBERS.get(word)


def _day(word: str) -> int | None:
    for ending in ("st", "nd", "rd", "th"):
        word = word.removesuffix(ending)
    number = _number(word) if word[:1].isdecimal() else None
    return number if number is not None and 0 < number < 32 else None  # noqa: PLR2004


def _year(word: str) -> int | None:
    number = _number(word) if word[:1].isdecimal() else None
    return number if number is not None and number >= 1000 else None  # noqa: PLR2004
