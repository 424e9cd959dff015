"""Which events a timeline shows, as a button carries it. What a button is: callbacks."""

import re
from dataclasses import dataclass
from datetime import date

from store.knowledge.values import Precision, When

_MOST_OF_A_KIND = 2  # persons, and other subjects
MOST_KEYS = 3  # for which a button has room beside a range and an offset
_SCOPE = re.compile(
    r"(@[a-z2-7]{12})?((?:\+[a-z2-7]{12}){0,2})((?:~[a-z2-7]{12}){0,2})([0-9a-f./-]{0,21})"
)
_DAYS = re.compile(r"([0-9a-f]{1,6})\.([0-9a-f]{1,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """At a place, of another subject or two, of one person or two, on a date; or all.

    Written as `@place+subject~person` and a date, with three keys at most. Beside keys a
    range is written as the numbers of its days, or the longest would not fit a button.
    """

    place: str | None = None
    subjects: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    when: When | None = None

    def __post_init__(self) -> None:
        if max(len(self.persons), len(self.subjects)) > _MOST_OF_A_KIND:
            raise ValueError("a timeline is of at most two persons and two other subjects")
        if bool(self.place) + len(self.subjects) + len(self.persons) > MOST_KEYS:
            raise ValueError("a timeline is of at most three things")

    def __str__(self) -> str:
        keys = f"@{self.place}" if self.place else ""
        keys += "".join(f"+{subject}" for subject in self.subjects)
        keys += "".join(f"~{person}" for person in self.persons)
        if self.when is None:
            return keys
        days = When(self.when.start, self.when.end, Precision.RANGE)
        if self.when.precision not in {Precision.RANGE, Precision.PART}:
            return f"{keys}{self.when}"
        if keys:
            return f"{keys}{days.start.toordinal():x}.{days.end.toordinal():x}"
        return str(days)

    @classmethod
    def parse(cls, text: str) -> "Scope":
        """Read what `str` gives. Raises ValueError for anything else."""
        match = _SCOPE.fullmatch(text)
        if match is None:
            raise ValueError(text)
        at, subjects, persons, when = match.groups()
        scope = cls(
            place=at[1:] if at else None,
            subjects=tuple(subjects.split("+")[1:]),
            persons=tuple(persons.split("~")[1:]),
            when=_when(when, beside_keys=bool(at or subjects or persons)) if when else None,
        )
        if str(scope) != text:
            raise ValueError(text)
        return scope


def _when(text: str, *, beside_keys: bool) -> When:
    if beside_keys and (days := _DAYS.fullmatch(text)):
        first, last = (int(day, 16) for day in days.groups())
        if first <= last <= date.max.toordinal() and first:
            return When(date.fromordinal(first), date.fromordinal(last), Precision.RANGE)
    return When.parse(text)
