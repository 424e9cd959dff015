"""What a picture of a timeline says: the values that are drawn. Holds no sizes and no places."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

EVENTS_A_PICTURE = 8  # as many as a page of words has


class Theme(StrEnum):
    """For which kind of chat a picture is coloured."""

    LIGHT = "l"
    DARK = "d"

    @property
    def other(self) -> "Theme":
        """The other one."""
        return Theme.DARK if self is Theme.LIGHT else Theme.LIGHT


class Kind(StrEnum):
    """What is known of whether an event took place; each has a shape of its own."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    OPEN = "open"  # planned, and past, and no source tells the outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A side's own line down the picture; without a colour for all that is of no side."""

    name: str
    colour: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event as it is drawn. `empty` says how long nothing is told of before it."""

    date: str
    text: str
    note: str = ""
    cited: str = ""
    kind: Kind = Kind.HAPPENED
    lasting: bool = False  # not known to be of one day
    disputed: bool = False
    lanes: tuple[int, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The line of "as of": above which entry it stands, its words, and what is empty before it."""

    above: int
    words: str
    empty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What a shape means."""

    kind: Kind = Kind.HAPPENED
    lasting: bool = False
    disputed: bool = False
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """All that one picture says, in the reader's language."""

    story: str
    title: str
    about: str
    lanes: tuple[Lane, ...] = ()
    entries: tuple[Entry, ...] = ()
    today: Today | None = None
    signs: tuple[Sign, ...] = ()
    sources: str = ""
    remarks: str = ""  # what signs in the words mean
    lacking: str = ""  # said where the font lacks letters

    def key(self, theme: Theme) -> str:
        """Return what stands for the picture: equal keys, equal pictures."""
        return hashlib.sha256(f"{theme}{self!r}".encode("utf-8", "replace")).hexdigest()
