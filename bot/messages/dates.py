"""Dates and numbers as a reader sees them: as exact as they are known, in the spoken language.

English is written here; of every other language Babel knows the months, their order and cases.
"""

from datetime import date
from functools import lru_cache

from bot.locales import Language, _, spoken
from store.knowledge.values import Precision, When

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ABBREVIATED = 3  # letters of an English weekday


def day(value: date) -> str:
    """Return `value` as 11 Jan 2022."""
    language = spoken()
    if language is Language.ENGLISH:
        return f"{value.day} {month(value)}"
    return _written(language, value, "yMMMd")


def as_of(value: date) -> str:
    """Return `as of 11 Jan 2022`."""
    return _("as of {day}").format(day=day(value))


def month(value: date) -> str:
    """Return the month of `value` as Jan 2022."""
    language = spoken()
    if language is Language.ENGLISH:
        return f"{_MONTHS[value.month - 1]} {value.year:04}"
    return _written(language, value, "yMMM")


def weekday(value: date) -> str:
    """Return the weekday of `value` as Monday."""
    return _weekdays(spoken(), "wide")[value.weekday()]


def short_weekdays() -> tuple[str, ...]:
    """Return Mon to Sun."""
    return _weekdays(spoken(), "abbreviated")


def when(value: When) -> str:
    """Return 11 Jan 2022, early Jan 2022, Jun 2021, 2014, or a range with a dash."""
    match value.precision:
        case Precision.DAY:
            return day(value.start)
        case Precision.PART:
            return _part(value)
        case Precision.MONTH:
            return month(value.start)
        case Precision.YEAR:
            return f"{value.start.year:04}"
        case Precision.RANGE:
            return _range(value.start, value.end)


def period(value: When) -> str:
    """Return a date as `when` does; one without a first or a last day as since or until."""
    if value.end == date.max and value.start != date.max:
        return "" if value.start == date.min else _("since {day}").format(day=day(value.start))
    if value.start == date.min and value.end != date.min:
        return _("until {day}").format(day=day(value.end))
    return when(value)


def number(value: int) -> str:
    """Return `value` as 1,234."""
    language = spoken()
    return f"{value:,}" if language is Language.ENGLISH else _grouped(language, value)


def _part(value: When) -> str:
    """Return early Jan 2022, as a source says it without a day."""
    if value.part == "early":
        said = _("early {month}")
    elif value.part == "mid":
        said = _("mid {month}")
    else:
        said = _("late {month}")
    return said.format(month=month(value.start))


def _range(start: date, end: date) -> str:
    if start == end:
        return day(start)
    language = spoken()
    if language is not Language.ENGLISH:
        return _span(language, start, end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}\N{EN DASH}{day(end)}"
    first = f"{start.day} {_MONTHS[start.month - 1]}" if start.year == end.year else day(start)
    return f"{first} \N{EN DASH} {day(end)}"


# Babel is slow to import and to ask, and most bots speak English first.


@lru_cache(maxsize=2048)
def _written(language: Language, value: date, skeleton: str) -> str:
    from babel.dates import format_skeleton  # noqa: PLC0415 (see above)

    return format_skeleton(skeleton, value, locale=language)


@lru_cache(maxsize=512)
def _span(language: Language, start: date, end: date) -> str:
    from babel.dates import format_interval  # noqa: PLC0415 (see above)

    return format_interval(start, end, skeleton="yMMMd", locale=language)


@lru_cache(maxsize=16)
def _weekdays(language: Language, width: str) -> tuple[str, ...]:
    if language is Language.ENGLISH:
        return tuple(name if width == "wide" else name[:_ABBREVIATED] for name in _WEEKDAYS)
    from babel.dates import get_day_names  # noqa: PLC0415 (see above)

    names = get_day_names("wide" if width == "wide" else "abbreviated", "stand-alone", language)
    return tuple(names[number] for number in range(7))


@lru_cache(maxsize=512)
def _grouped(language: Language, value: int) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 (see above)

    return format_decimal(value, locale=language)
