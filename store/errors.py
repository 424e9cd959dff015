"""What can go wrong in the store and be mended by an operator or an editor."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


class StoreError(Exception):
    """The store cannot do what was asked, for a reason that an operator can mend.

    Each can be sent from one process to another, whatever it is made of.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        """Have it made again of what it holds: what it was made of is not known any more."""
        return _as_it_was, (type(self), self.args), self.__dict__


def _as_it_was(kind: type[StoreError], args: tuple[object, ...]) -> StoreError:
    return kind.__new__(kind, *args)


class SchemaTooNewError(StoreError):
    """A database was written by a newer Attaché than this one."""

    def __init__(self, path: Path, unknown: Sequence[str]) -> None:
        self.path = path
        self.unknown = tuple(unknown)
        super().__init__(
            f"{path} was written by a newer Attaché (it knows {', '.join(unknown)}). "
            "Start that version, or name another ATTACHE_DATA_DIR."
        )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing wrong with one file: where it stands, and what would put it right."""

    file: str
    line: int | None = None
    field: str | None = None
    message: str

    def __str__(self) -> str:
        """Return it as an editor would jump to it: file:line: field: message."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.field, self.message) if part)


class BrokenSummariesError(StoreError):
    """Summaries break the rules; nothing of them was loaded."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line or 0, p.message)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Kind(StrEnum):
    """What a reload can take much of."""

    SOURCES = "sources"
    PEOPLE = "people"
    EVENTS = "events"
    QUOTES = "quotes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """How many of what is known a reload would remove."""

    kind: Kind
    gone: int
    known: int

    def __str__(self) -> str:
        """Return it in words, as `4 of 5 sources`."""
        return f"{self.gone} of {self.known} {self.kind}"


class LargeLossError(StoreError):
    """A reload would remove much of what is known, so it was not made.

    `reading` stands for what the files said: who agrees, agrees to that.
    """

    def __init__(self, losses: Sequence[Loss], reading: str) -> None:
        self.losses = tuple(losses)
        self.reading = reading
        super().__init__(f"this would remove {', '.join(map(str, losses))}")


class NothingToUndoError(StoreError):
    """No reload has changed what was known before it."""

    def __init__(self) -> None:
        super().__init__("there is no reload to undo")
