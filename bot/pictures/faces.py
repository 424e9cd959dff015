"""How words are set: weight, size and leading, in pixels; and what measures them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """The cuts of the font that are used."""

    REGULAR = "regular"
    SEMIBOLD = "semibold"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class Face:
    """A cut of the font at a size; `leading` is the height of a line."""

    weight: Weight
    size: int
    leading: int


Measure = Callable[[str, Face], float]

STORY = Face(Weight.SEMIBOLD, 30, 40)
TITLE = Face(Weight.BOLD, 64, 74)
ABOUT = Face(Weight.REGULAR, 34, 44)
HEAD = Face(Weight.BOLD, 30, 40)
DATE = Face(Weight.BOLD, 34, 44)
TEXT = Face(Weight.REGULAR, 39, 48)
NOTE = Face(Weight.SEMIBOLD, 31, 48)
CITED = Face(Weight.REGULAR, 31, 48)
EMPTY = Face(Weight.REGULAR, 29, 40)
TODAY = Face(Weight.SEMIBOLD, 31, 44)
SMALL = Face(Weight.REGULAR, 28, 38)
