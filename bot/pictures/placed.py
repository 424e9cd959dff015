"""Where everything of a picture stands, in pixels from the upper left corner. Knows no colours."""

from dataclasses import dataclass
from enum import StrEnum

from bot.pictures.chart import Kind
from bot.pictures.faces import Face


class Tint(StrEnum):
    """What a piece is painted in; what colour that is belongs to the theme."""

    INK = "ink"
    MUTED = "muted"
    FAINT = "faint"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends on the right."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.height

    def meets(self, other: "Box") -> bool:
        """Tell whether some point is inside both."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line of words; `lane` is the one whose colour they have instead of the tint."""

    text: str
    face: Face
    box: Box
    tint: Tint = Tint.INK
    lane: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The shape of an event on one lane: around a point, or down to `bottom` if it lasts."""

    x: float
    y: float
    bottom: float
    kind: Kind
    lasting: bool
    disputed: bool
    lane: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One event: the label's box, its words, its marks, and where the line between these ends."""

    entry: int
    box: Box
    words: tuple[Words, ...]
    marks: tuple[Mark, ...]
    leader: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A lane's line down the picture."""

    x: float
    lane: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A stretch of time of which nothing is told, shortened."""

    box: Box
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A whole picture: the canvas, and all that stands on it."""

    width: int
    height: int
    words: tuple[Words, ...]  # above and below the rows
    rules: tuple[float, ...]
    tracks: tuple[Track, ...]
    top: float  # of the tracks
    bottom: float
    rows: tuple[Row, ...]
    breaks: tuple[Break, ...]
    today: Words | None
    signs: tuple[Mark, ...]
