"""The buttons that do something rather than show a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.messages.callbacks.packing import read_key, read_number, read_scope


class PressedOn(StrEnum):
    """The buttons that do something rather than show a page."""

    PAUSE = "p"
    GO_ON = "g"
    STOP = "s"
    BROADCAST = "b"
    HALT = "h"
    RESUME = "r"
    ANNOUNCE = "a"
    LEAVE = "l"


@dataclass(frozen=True, slots=True)
class Press:
    """A button that does something."""

    on: PressedOn

    def pack(self) -> str:
        """Return the callback data."""
        return f"d:{self.on}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        (on,) = fields
        return cls(PressedOn(on))


@dataclass(frozen=True, slots=True)
class Correct:
    """A button that corrects the messages which carried what an item corrects."""

    key: str

    def pack(self) -> str:
        """Return the callback data."""
        return f"c:{self.key}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        (key,) = fields
        return cls(read_key(key))


@dataclass(frozen=True, slots=True)
class Forget:
    """The answer to whether all about a chat is to be forgotten."""

    sure: bool

    def pack(self) -> str:
        """Return the callback data."""
        return f"f:{self.sure:d}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        (sure,) = fields
        if sure not in {"0", "1"}:
            raise ValueError(sure)
        return cls(sure == "1")


@dataclass(frozen=True, slots=True)
class Revoke:
    """A button that withdraws an invitation."""

    invitation: int

    def pack(self) -> str:
        """Return the callback data."""
        return f"v:{self.invitation}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        (number,) = fields
        return cls(read_number(number))


@dataclass(frozen=True, slots=True)
class Reload:
    """The answer to whether much is to be removed; `reading` is what the files said then."""

    reading: str
    sure: bool

    def pack(self) -> str:
        """Return the callback data."""
        return f"z:{self.reading}:{self.sure:d}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        reading, sure = fields
        if sure not in {"0", "1"}:
            raise ValueError(sure)
        return cls(read_key(reading), sure == "1")


class ExportFormat(StrEnum):
    """As which kind of file a timeline can be had."""

    CALENDAR = "i"
    TABLE = "c"
    TEXT = "m"


@dataclass(frozen=True, slots=True)
class Export:
    """A button that sends the timeline of a scope as a file; without a format it asks for one."""

    scope: str = ""
    format: ExportFormat | None = None

    def pack(self) -> str:
        """Return the callback data."""
        return f"e:{self.scope}:{self.format or ''}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        scope, kind = fields
        return cls(read_scope(scope), ExportFormat(kind) if kind else None)


class ReviewAct(StrEnum):
    """What is done with an entry that waits for review."""

    KEEP = "k"
    DROP = "d"
    EDIT = "e"
    NEXT = "n"


@dataclass(frozen=True, slots=True)
class Review:
    """A button below an entry that waits; `mark` stands for what its file held then."""

    act: ReviewAct
    file: str
    number: int
    mark: str

    def pack(self) -> str:
        """Return the callback data."""
        return f"h:{self.act}:{self.file}:{self.number}:{self.mark}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        act, file, number, mark = fields
        return cls(ReviewAct(act), read_key(file), read_number(number), read_key(mark))
