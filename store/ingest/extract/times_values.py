"""What a time expression is, before and after it is resolved. Holds no rules."""

from dataclasses import dataclass
from enum import StrEnum

from store.ingest.extract.values import Span
from store.knowledge.values import Basis, When


class TimeKind(StrEnum):
    """What a time expression speaks of."""

    DATE = "date"
    TIME = "time"  # a part of a day, or a time of the clock
    DURATION = "duration"  # how long; no date
    SET = "set"  # what comes again; no date
    VAGUE = "vague"  # now, recently, in the coming days


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words that tell a time, and which; `when` None where they give no date that is known.

    `value` is the value in TIMEX3: `2022-01-10`, `2022-W02`, `P2Y`, `PAST_REF`.
    A range ("from 10 to 12 January") is one expression with its two ends as `parts`.
    """

    span: Span
    kind: TimeKind
    value: str
    when: When | None = None
    basis: Basis = Basis.STATED
    because: str | None = None
    parts: tuple["TimeExpression", ...] = ()


class Way(StrEnum):
    """Which one of the same kind is meant, seen from the time one stands at."""

    LAST = "last"
    THIS = "this"
    NEXT = "next"
    THAT = "that"  # the one spoken of: that year, the same day
    BEFORE = "before"  # the previous day: before the one spoken of
    AFTER = "after"  # the following day


class Stretch(StrEnum):
    """Which part of a time is meant."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A date as far as it is written."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 1 is Monday
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    fiscal: bool = False
    before_christ: bool = False
    way: Way | None = None  # of the year ("August of that year") or the weekday ("last Friday")
    again: bool = False  # Monday's talks: the Monday that was spoken of
    ambiguous: bool = False  # 3/4/22: day and month may be exchanged
    near: bool = False  # `way` is of this very date, not of its year: last Christmas
    easter: int | None = None  # days from Easter
    nth: tuple[int, int, int] | None = None  # weekday, which of the month (-1: last), days after
    week: Way | None = None  # Friday of last week


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """A decade or a century: the year it begins in, and how many it has."""

    start: int
    years: int
    before_christ: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """This week, last year, the following day: a unit and which one of it."""

    unit: str
    way: Way
    kind_of: str | None = None  # a season or part of the day: last summer, that morning


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Two weeks ago, three days later: so many units from where one stands; None: a few."""

    count: float | None
    unit: str
    back: bool
    spoken: bool  # from the time spoken of, not from the day of the text
    exact: str | None = None  # a year ago today, a year ago this month: D, W, MO
    weekday: int | None = None  # a week from Friday
    away: int = 0  # days from where one stands: a year ago yesterday


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """What needs no resolving: a duration, a set, a vague time; its value is written already."""

    kind: TimeKind
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of the clock."""

    text: str  # T18:00Z
    half_known: bool = True  # of the day: 6 p.m., 18:00, not 6 o'clock


Form = Calendar | Era | Relative | Shift | Fixed | Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A time expression as it is written, not yet resolved."""

    span: Span
    form: Form
    stretch: Stretch | None = None
    day_part: str | None = None  # MO, AF, EV, NI
    week_of: bool = False  # the week of 3 January
