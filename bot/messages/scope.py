"""Which events a timeline shows, as a button carries it. What a button is: callbacks."""

import re
from dataclasses import dataclass
from datetime import date

from store.knowledge.values import Precision, When

_MOST_PERSONS = 2
_SCOPE = re.compile(r"(@[a-z2-7]{12})?((?:~[a-z2-7]{12}){0,2})([0-9a-f./-]{0,21})")
_DAYS = re.compile(r"([0-9a-f]{1,6})\.([0-9a-f]{1,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """At a place, of one person or two, on a date; or all.

    Written as `@place~person~person` and a date. Beside keys a range is written as the
    numbers of its days, or the longest would not fit a button.
    """

    place: str | None = None
    persons: tuple[str, ...] = ()
    when: When | None = None

    def __post_init__(self) -> None:
        if len(self.persons) > _MOST_PERSONS:
            raise ValueError("a timeline is of at most two persons")

    def __str__(self) -> str:
        keys = (f"@{self.place}" if self.place else "") + "".join(f"~{p}" for p in self.persons)
        if self.when is None:
            return keys
        if keys and self.when.precision is Precision.RANGE:
            return f"{keys}{self.when.start.toordinal():x}.{self.when.end.toordinal():x}"
        return f"{keys}{self.when}"

    @classmethod
    def parse(cls, text: str) -> "Scope":
        """Read what `str` gives. Raises ValueError for anything else."""
        match = _SCOPE.fullmatch(text)
        if match is None:
            raise ValueError(text)
        place, persons, when = match.groups()
        scope = cls(
            place=place[1:] if place else None,
            persons=tuple(persons.split("~")[1:]),
            when=_when(when, beside_keys=bool(place or persons)) if when else None,
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
