"""From what was resolved to the expression that is given: its value, kind, basis and reason."""

import re
from dataclasses import dataclass
from datetime import date

from store.ingest.extract.times_calendar import Dated, week
from store.ingest.extract.times_values import (
    Calendar,
    Clock,
    Found,
    Relative,
    Shift,
    TimeExpression,
    TimeKind,
)
from store.ingest.extract.times_words import SEASON_STARTS
from store.knowledge.values import Basis, When


@dataclass(frozen=True, slots=True)
class Answer:
    """What an expression was resolved to, and why."""

    dated: Dated
    basis: Basis
    because: str | None = None


def expression(found: Found, answer: Answer) -> TimeExpression:
    """Return `found` with what it was resolved to."""
    result = answer.dated
    part = found.day_part
    if isinstance(found.form, Shift) and found.form.unit == "N":
        part = part or "NI"
    if found.week_of and result.when is not None and result.when.start == result.when.end:
        result = week(result.when.start)
    if isinstance(found.form, Relative) and found.form.kind_of not in {None, *SEASON_STARTS}:
        part = found.form.kind_of
    return TimeExpression(
        span=found.span,
        kind=TimeKind.TIME if part else TimeKind.DATE,
        value=f"{result.value}T{part}" if part else result.value,
        when=result.when,
        basis=answer.basis,
        because=answer.because,
    )


_HALF_A_DAY = 12


def _of_the_part(text: str, day: str) -> str:
    """Return 8 o'clock on a day's evening as T20:00."""
    hour = _HOUR.match(text)
    if hour is None or not day.endswith(_LATER) or not 1 <= int(hour[1]) < _HALF_A_DAY:
        return text
    if day.endswith("TNI") and int(hour[1]) < _HALF_A_DAY // 2:
        return text
    return f"T{int(hour[1]) + _HALF_A_DAY:02}{text[3:]}"


_HOUR = re.compile(r"T(\d\d):")
_LATER = ("TAF", "TEV", "TNI")


def unknown(found: Found) -> TimeExpression:
    """Return what is known of an expression whose date is not."""
    kind, value = TimeKind.VAGUE, "XXXX-XX-XX"
    match found.form:
        case Shift(count=0, unit="D"):
            value = "PRESENT_REF"
        case Shift(back=back):
            value = "PAST_REF" if back else "FUTURE_REF"
        case Clock(text=text):
            kind, value = TimeKind.TIME, f"XXXX-XX-XX{text}"
        case Calendar() as form:
            kind, value = TimeKind.DATE, _unknown_value(form)
    return TimeExpression(
        span=found.span,
        kind=kind,
        value=value,
        basis=Basis.INFERRED,
        because="no date to reckon from",
    )


def _unknown_value(form: Calendar) -> str:
    if form.weekday is not None:
        return f"XXXX-WXX-{form.weekday}"
    if form.ambiguous:
        return f"{form.year}-XX-XX"
    if form.season is not None:
        return f"XXXX-{form.season}"
    month = f"{form.month:02}" if form.month else "XX"
    return f"XXXX-{month}" + (f"-{form.day:02}" if form.day else "")


def at_clock(
    found: Found, clock: Clock, day: TimeExpression | None, published: date | None
) -> TimeExpression:
    """Return a time of the clock on the `day` that the sentence speaks of, else on the text's."""
    if day is None or day.when is None or day.when.start != day.when.end:
        if published is None:
            return unknown(found)
        return TimeExpression(
            span=found.span,
            kind=TimeKind.TIME,
            value=f"{published.isoformat()}{clock.text}",
            when=When.day(published),
            basis=Basis.INFERRED,
            because=f"no day is given; the text's day, {published}",
        )
    text = clock.text if clock.half_known else _of_the_part(clock.text, day.value)
    value = f"{day.when.start.isoformat()}{text}"
    why = f"on the day spoken of, {day.when.start}"
    return TimeExpression(
        span=found.span,
        kind=TimeKind.TIME,
        value=value,
        when=day.when,
        basis=day.basis,
        because=why,
    )
