"""Words into lines of a measured width, and letters that the font lacks into a mark."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from bot.pictures.faces import Face, Measure

ELLIPSIS = "…"
LACKING = "[…]"  # stands for letters that the font does not have
_HANGING = " ,;:–"  # means nothing before the mark of a cut
_LONGEST = 600  # letters; more never fit a label, and need not be measured

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SEVERAL = re.compile(rf"{re.escape(LACKING)}(?:[\s\W]*{re.escape(LACKING)})+")
_STACKED = re.compile(r"([\u0300-\u036f]{2})[\u0300-\u036f]+")


def legible(text: str, has: Callable[[str], bool]) -> str:
    """Return `text` in letters that the font `has`; a mark stands for those that it lacks.

    What no reader sees, and what would turn the direction of writing, is left out.
    """
    head = text[:_LONGEST] + (ELLIPSIS if len(text) > _LONGEST else "")
    clean = unicodedata.normalize("NFC", " ".join(head.split()))
    seen = (letter for letter in clean if unicodedata.category(letter) not in _UNSEEN)
    drawn = "".join(letter if has(letter) else LACKING for letter in seen)
    return " ".join(_SEVERAL.sub(LACKING, _STACKED.sub(r"\1", drawn)).split())


def wrap(text: str, face: Face, *, width: float, most: int, measure: Measure) -> tuple[str, ...]:
    """Return `text` in at most `most` lines, none wider than `width`; a cut is marked."""
    lines: list[str] = []
    for line in _lines(text, face, width, measure):
        if len(lines) == most:
            cut = lines[-1].rstrip(_HANGING) + ELLIPSIS
            lines[-1] = clip(cut, face, width=width, measure=measure)
            break
        lines.append(line)
    return tuple(lines)


def clip(text: str, face: Face, *, width: float, measure: Measure) -> str:
    """Return `text`, or as much of it as `width` has room for; a cut is marked."""
    if measure(text, face) <= width:
        return text
    bare = text.removesuffix(ELLIPSIS).rstrip()
    kept = bare[: _fitting(bare, ELLIPSIS, face, width, measure)]
    if not bare[len(kept) :].startswith(" "):
        head, _, tail = kept.rpartition(" ")
        # A cut between words is kinder, but not where it would lose a third of the line.
        kept = head if len(tail) < len(kept) // 3 else kept
    return kept.rstrip(_HANGING) + ELLIPSIS


def _lines(text: str, face: Face, width: float, measure: Measure) -> Iterator[str]:
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if measure(joined, face) <= width:
            line = joined
            continue
        if line:
            yield line
        line = word
        while measure(line, face) > width:
            # One letter at least, or a letter wider than the line would never end.
            head = max(_fitting(line, "", face, width, measure), 1)
            if head == len(line):
                break
            yield line[:head]
            line = line[head:]
    if line:
        yield line


def _fitting(text: str, end: str, face: Face, width: float, measure: Measure) -> int:
    """Return how many letters of `text`, with `end` after them, `width` has room for."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle] + end, face) <= width:
            low = middle
        else:
            high = middle - 1
    return low
