"""Dates as a reader sees them: as exact as they are known, and no more."""

from datetime import date

from store.knowledge.values import Precision, When

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date) -> str:
    """Return `value` as 11 Jan 2022."""
    return f"{value.day} {month(value)}"


def month(value: date) -> str:
    """Return the month of `value` as Jan 2022."""
    return f"{_MONTHS[value.month - 1]} {value.year:04}"


def when(value: When) -> str:
    """Return 11 Jan 2022, Jun 2021, 2014, 10-12 Jan 2022 or 28 Nov - 3 Dec 2021 (with dashes)."""
    match value.precision:
        case Precision.DAY:
            return day(value.start)
        case Precision.MONTH:
            return month(value.start)
        case Precision.YEAR:
            return f"{value.start.year:04}"
        case Precision.RANGE:
            return _range(value.start, value.end)


def period(value: When) -> str:
    """Return a date as `when` does; one without a first or a last day as since or until."""
    if value.end == date.max and value.start != date.max:
        return "" if value.start == date.min else f"since {day(value.start)}"
    if value.start == date.min and value.end != date.min:
        return f"until {day(value.end)}"
    return when(value)


def _range(start: date, end: date) -> str:
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}\N{EN DASH}{day(end)}"
    first = f"{start.day} {_MONTHS[start.month - 1]}" if start.year == end.year else day(start)
    return f"{first} \N{EN DASH} {day(end)}"
