"""Who speaks in a transcript: paragraphs that begin with a name in capitals and a colon.

Such a text needs no quotation marks: all of a turn is its speaker's words. Holds no opinion on
prose.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.ingest.extract.values import Span

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*\n))*")
_CAPITALS = "[^\\W\\d_a-z](?:[^\\W\\d_a-z]|[.'\u2019-]){0,30}"
_TURN = re.compile(
    f'^["\u201c*]{{0,3}}(?P<name>{_CAPITALS}'
    f"(?:[ \u00a0]+(?:{_CAPITALS}|\\([^)\\n]{{1,40}}\\))){{0,6}})"
    "[*]{0,2}:[*]{0,2}\\s+(?=\\S)",
    re.MULTILINE,
)
_QUESTION = re.compile(r"[*]{0,2}(?P<name>[QA])[*]{0,2}(?:[:.]|\s)\s+(?=\S)")
_ASIDE = re.compile('["\u201c]?[(\\[][^)\\]]*[)\\]][."\u201d]*\\s*$')
_END = re.compile(r"(?:END\b|###|\d{1,2}:\d\d\s+[AP]\.?M)")
_FEWEST = 3  # turns; a text with fewer has a heading in capitals or two


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says before the next: `name` as written, and the paragraphs."""

    name: Span
    parts: tuple[Span, ...]


def find_turns(text: str) -> tuple[Turn, ...]:
    """Return the turns of a transcript; none where `text` is no transcript."""
    if len(_TURN.findall(text)) < _FEWEST:
        return ()
    turns = tuple(_turns(text))
    if len(turns) < _FEWEST:
        return ()
    # Nothing marks the end of the last turn: what is far longer than the others is prose again.
    longest = max(_FEWEST, *(len(turn.parts) for turn in turns[:-1]))
    return (*turns[:-1], Turn(turns[-1].name, turns[-1].parts[:longest]))


def _turns(text: str) -> Iterator[Turn]:
    name: Span | None = None
    parts: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        opening = _TURN.match(text, start, end)
        if opening is None and name is not None:
            opening = _QUESTION.match(text, start, end)
        if opening or _END.match(text, start):
            if name and parts:
                yield Turn(name, tuple(parts))
            name, parts = None, []
        if opening:
            name, start = Span(*opening.span("name")), opening.end()
        if name and not _ASIDE.match(text, start, end):
            parts.append(_bare(text, start, end))
    if name and parts:
        yield Turn(name, tuple(parts))


def _bare(text: str, start: int, end: int) -> Span:
    """Return the paragraph without the mark that opens it again, and without space."""
    words = text[start:end].rstrip()
    opened = words.startswith(('"', "\u201c")) and not re.search('["\u201d]', words[1:-1])
    end = start + len(words)
    if opened and words.endswith(('"', "\u201d")):
        end -= 1
    return Span(start + opened, end)
