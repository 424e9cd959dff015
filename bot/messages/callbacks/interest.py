"""The buttons about following and muting.

A button sets a stance rather than turning it over, so that a second press changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from bot.messages.callbacks.packing import read_key, read_number
from store.ledger.values import Stance

MOST_CHOICES = 4  # keys that a button has room for

_LETTERS: dict[str, Stance | None] = {"f": Stance.FOLLOW, "m": Stance.MUTE, "n": None}
_LETTER_OF = {stance: letter for letter, stance in _LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Follow:
    """A button that sets what a chat thinks of a thing; `named` where it carries its name."""

    key: str
    stance: Stance | None
    named: bool = False

    def pack(self) -> str:
        """Return the callback data."""
        return f"w:{_LETTER_OF[self.stance]}{self.named:d}:{self.key}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        how, key = fields
        letter, named = how[:1], how[1:]
        if letter not in _LETTERS or named not in {"0", "1"}:
            raise ValueError(how)
        return cls(read_key(key), _LETTERS[letter], named == "1")


@dataclass(frozen=True, slots=True)
class LetGo:
    """A button of the list of what is followed, on the page at `offset`, that takes one out."""

    key: str
    offset: int

    def pack(self) -> str:
        """Return the callback data."""
        return f"r:{self.key}:{self.offset}"


@dataclass(frozen=True, slots=True)
class Following:
    """A page of the list of what is followed and muted."""

    offset: int = 0

    def pack(self) -> str:
        """Return the callback data."""
        return f"r::{self.offset}"


@dataclass(frozen=True, slots=True)
class Choose:
    """A button that offers to follow or mute what the message above it is about."""

    keys: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 0 < len(self.keys) <= MOST_CHOICES:
            raise ValueError("a button offers between one and four things")

    def pack(self) -> str:
        """Return the callback data."""
        return f"m:{'.'.join(self.keys)}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        (keys,) = fields
        return cls(tuple(read_key(key) for key in keys.split(".")))


def read_list(fields: Sequence[str]) -> LetGo | Following:
    """Return the value whose packed fields these are. Raises ValueError for others."""
    key, offset = fields
    return LetGo(read_key(key), read_number(offset)) if key else Following(read_number(offset))
