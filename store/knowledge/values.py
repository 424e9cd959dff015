"""The values of knowledge: what a summary states. Holds no SQL and reads no files."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_PART = re.compile(r"(early|mid|late) (\d{4}-\d{2})")
_FORMS = "2014, 2021-06, early 2022-01, 2022-01-10 or 2022-01-10/2022-01-12"
_PARTS = {"early": 1, "mid": 11, "late": 21}


class NoDayError(ValueError):
    """A date that is written as one is, and is none."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text} is no day of the calendar")


class Precision(StrEnum):
    """How exact a date is."""

    DAY = "day"
    PART = "part"  # the early, middle or late days of a month
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


class Basis(StrEnum):
    """Where a date comes from."""

    STATED = "stated"
    RESOLVED = "resolved"
    INFERRED = "inferred"


class Status(StrEnum):
    """What a source says of an event: that it took place, goes on, or is to come."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"


class Grade(StrEnum):
    """Whether a quote gives the speaker's words or their sense."""

    VERBATIM = "verbatim"
    REPORTED = "reported"


class SubjectKind(StrEnum):
    """What a subject that is no person can be."""

    ORGANISATION = "organisation"
    SIDE = "side"
    TOPIC = "topic"
    PLACE = "place"


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A date as exactly as it is known: `start` to `end`, both inclusive."""

    start: date
    end: date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> "When":
        """Read `2014`, `2021-06`, `early 2022-01`, `2022-01-10` or `2022-01-10/2022-01-12`.

        Raises ValueError, in words that an editor can use, for anything else.
        """
        first, slash, last = text.partition("/")
        if not slash:
            return cls._parse_one(text)
        start, end = cls._parse_one(first), cls._parse_one(last)
        if end.end < start.start:
            raise ValueError(f"the range {text} ends before it begins")
        if start == end:
            return start
        return cls(start.start, end.end, Precision.RANGE)

    @classmethod
    def _parse_one(cls, text: str) -> "When":
        try:
            if match := _DAY.fullmatch(text):
                day = date(*map(int, match.groups()))
                return cls(day, day, Precision.DAY)
            if match := _PART.fullmatch(text):
                return cls._part(match[1], cls._parse_one(match[2]))
            if match := _MONTH.fullmatch(text):
                year, month = map(int, match.groups())
                days = calendar.monthrange(year, month)[1]
                return cls(date(year, month, 1), date(year, month, days), Precision.MONTH)
            if _YEAR.fullmatch(text):
                return cls(date(int(text), 1, 1), date(int(text), 12, 31), Precision.YEAR)
        except ValueError:
            raise NoDayError(text) from None
        raise ValueError(f"expected {_FORMS}")

    @classmethod
    def _part(cls, part: str, month: "When") -> "When":
        """Return `early`, `mid` or `late` of a month: ten days each, the last what is left."""
        first = _PARTS[part]
        last = month.end.day if part == "late" else first + 9
        return cls(month.start.replace(day=first), month.start.replace(day=last), Precision.PART)

    @classmethod
    def known(cls, text: str) -> "When":
        """Return what `parse` does, of a text that was read before."""
        return _known(text)

    @classmethod
    def kept(cls, starts: str, ends: str, precision: str) -> "When":
        """Return the date that is kept as these three."""
        return _kept(starts, ends, precision)

    @classmethod
    def day(cls, value: date) -> "When":
        """Return the date that is exactly `value`."""
        return cls(value, value, Precision.DAY)

    def __str__(self) -> str:
        """Return the form that `parse` reads."""
        match self.precision:
            case Precision.DAY:
                return self.start.isoformat()
            case Precision.PART:
                return f"{self.part} {self.start.isoformat()[:7]}"
            case Precision.MONTH:
                return self.start.isoformat()[:7]
            case Precision.YEAR:
                return self.start.isoformat()[:4]
            case Precision.RANGE:
                return f"{self.start.isoformat()}/{self.end.isoformat()}"

    @property
    def part(self) -> str:
        """`early`, `mid` or `late`, of a date that is so exact."""
        return next(part for part, first in _PARTS.items() if first == self.start.day)


_known = lru_cache(maxsize=4096)(When.parse)  # the same dates come again and again


@lru_cache(maxsize=4096)
def _kept(starts: str, ends: str, precision: str) -> When:
    return When(date.fromisoformat(starts), date.fromisoformat(ends), Precision(precision))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPerson:
    """A person as one summary names them."""

    name: str
    role: str | None = None
    side: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedEvent:
    """An event as one summary states it; `people` None means: read them from the text."""

    when: When
    text: str
    people: tuple[str, ...] | None = None
    place: str | None = None
    status: Status = Status.HAPPENED
    basis: Basis = Basis.STATED
    because: str | None = None
    correction: str | None = None  # the text that this one corrects


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedQuote:
    """Words given to a speaker by one summary."""

    speaker: str
    text: str
    when: When | None = None
    grade: Grade = Grade.VERBATIM
    about: str | None = None
    correction: str | None = None  # the words that these correct


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFigure:
    """A number that one summary gives for something."""

    what: str
    value: str
    when: When | None = None
    according_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One summary file: about one source document, and all that it states.

    `unconfirmed` counts what waits for an editor's review; none of it is here.
    """

    file: str
    title: str
    outlet: str
    document: str | None = None
    published: date
    published_basis: Basis = Basis.STATED
    published_because: str | None = None
    people: tuple[StatedPerson, ...] = ()
    events: tuple[StatedEvent, ...] = ()
    quotes: tuple[StatedQuote, ...] = ()
    figures: tuple[StatedFigure, ...] = ()
    unconfirmed: int = 0
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the story's parties."""

    name: str
    short: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSubject:
    """What a story names beside its persons: a side, an organisation, a topic, a place."""

    kind: SubjectKind
    name: str
    aliases: tuple[str, ...] = ()
    side: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the story is: its title, a paragraph about it, its sides and other subjects."""

    title: str
    intro: str
    language: str = "en"
    sides: tuple[Side, ...] = field(default=())
    subjects: tuple[StatedSubject, ...] = field(default=())  # the sides among them
