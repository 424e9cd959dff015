"""How far a reload is, and what it did to the knowledge, in numbers."""

from collections.abc import Callable
from dataclasses import dataclass, fields

Tick = Callable[[int, int], object]  # told how many sources are made, and of how many


def uncounted(made: int, of: int) -> None:
    """Count nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How many of one kind are new, changed and gone."""

    new: int = 0
    changed: int = 0
    gone: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What a reload did to the knowledge."""

    story: bool = False
    documents: Changes = Changes()
    people: Changes = Changes()
    events: Changes = Changes()
    quotes: Changes = Changes()
    figures: Changes = Changes()
    subjects: Changes = Changes()

    def __bool__(self) -> bool:
        return any(bool(getattr(self, part.name)) for part in fields(self))
