"""The colours of a theme, and those of the sides made strong enough to be seen on it."""

from dataclasses import dataclass

from bot.pictures.chart import Lane, Theme
from bot.pictures.placed import Tint

Colour = tuple[int, int, int]

_SEEN = 3.6  # times as light as the paper, or the paper as it: what shapes and large words need
_STEPS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one theme."""

    paper: Colour
    ink: Colour
    muted: Colour
    faint: Colour
    line: Colour

    def tint(self, tint: Tint) -> Colour:
        """Return the colour that words have."""
        match tint:
            case Tint.INK:
                return self.ink
            case Tint.MUTED:
                return self.muted
            case Tint.FAINT:
                return self.faint
            case Tint.PAPER:
                return self.paper

    def lane(self, lane: Lane | None) -> Colour:
        """Return a side's colour, as far towards ink as it must be to be seen."""
        if lane is None or lane.colour is None:
            return self.muted
        own = _read(lane.colour)
        mixed = (blend(own, self.ink, step / _STEPS) for step in range(_STEPS + 1))
        return next((one for one in mixed if contrast(one, self.paper) >= _SEEN), self.ink)


PALETTES = {
    Theme.LIGHT: Palette(
        paper=(255, 255, 255),
        ink=(23, 28, 34),
        muted=(82, 92, 104),
        faint=(108, 118, 130),
        line=(222, 226, 231),
    ),
    Theme.DARK: Palette(
        paper=(23, 31, 41),
        ink=(240, 243, 246),
        muted=(170, 181, 193),
        faint=(136, 149, 163),
        line=(51, 63, 77),
    ),
}


def blend(one: Colour, other: Colour, share: float) -> Colour:
    """Return the colour that is `share` of the way from `one` to `other`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """Return how many times as light one colour is as the other, as WCAG counts it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 (sRGB)
        for part in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _read(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
