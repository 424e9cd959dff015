"""The font: its cuts at their sizes, how wide words are in them, and which letters it has.

One thread at a time may use what is here.
"""

from functools import cache

import font_source_sans_pro as files  # type: ignore[import-untyped]
from PIL import ImageFont

from bot.pictures.faces import Face, Weight

_FILES = {
    Weight.REGULAR: files.SourceSansPro,
    Weight.SEMIBOLD: files.SourceSansProSemibold,
    Weight.BOLD: files.SourceSansProBold,
}
_NO_LETTER = "\uffff"


@cache
def font(face: Face) -> ImageFont.FreeTypeFont:
    """Return the font that words of `face` are set in."""
    return ImageFont.truetype(_FILES[face.weight], face.size)


def measure(text: str, face: Face) -> float:
    """Return how wide `text` is."""
    return font(face).getlength(text) if text else 0.0


@cache
def has(letter: str) -> bool:
    """Tell whether the font draws `letter` as anything but the box for what it lacks."""
    return letter.isspace() or _drawn(letter) != _drawn(_NO_LETTER)


def _drawn(letter: str) -> bytes:
    return bytes(font(Face(Weight.REGULAR, 24, 30)).getmask(letter, "1"))
