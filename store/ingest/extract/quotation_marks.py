"""Which stretches of a text stand between quotation marks, whatever marks it uses.

Curly and straight, double and single, German and French marks; several paragraphs, each
opened again; marks within marks belong to the outer stretch. Holds no opinion on whether a
stretch is somebody's words, a title or irony.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from store.ingest.extract.values import Span

_DOUBLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
_MARK = re.compile("``|''|[" + _DOUBLE + "'\u2018\u2019\u201b`]")
_BREAK = re.compile(r"\n[^\S\n]*(?:\n\s*)+")
_LINE = re.compile(r"\n[^\S\n]*(?=[\"\u201c\u201e\u00ab])")
_INCHES = re.compile(r"\d['\u2019\u2032]\s?\d{1,2}$|(?<![\w$,.])\d{1,2}$")
_ELISION = re.compile(r"(?:\d\ds?|tis|twas|em|cause|til|till|n|bout|round)\b", re.IGNORECASE)
_BEFORE_OPENING = frozenset(" \t\n\u00a0([{-\u2014\u2013\u2015/:")
_STOPS = frozenset(".,!?\u2026;:-\u2014")
_LEAST_UNCLOSED = 12  # characters; a lone mark before fewer is a slip, not a quotation


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks: `outer` with its marks, `inner` without."""

    outer: Span
    inner: Span
    goes_on: bool = False  # not closed, for the next paragraph opens it again


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    single: bool
    opens: bool  # by where it stands or how it is shaped
    closes: bool


def find_quoted(text: str) -> tuple[Quoted, ...]:
    """Return the outermost quoted stretches of `text` in their order."""
    found: list[Quoted] = []
    for start, end in paragraphs_of(text):
        found.extend(_Paragraph(text, start, end).stretches())
    return tuple(
        Quoted(each.outer, each.inner, goes_on=_goes_on(text, each, found[at + 1 : at + 2]))
        for at, each in enumerate(found)
    )


def paragraphs_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the paragraphs of `text` begin and end: blank lines part them.

    A line that begins with a quotation mark begins a paragraph too, for much text has its
    paragraphs on single lines, and quotations are opened again in each.
    """
    start = 0
    breaks = sorted(
        {
            (each.start(), each.end())
            for pattern in (_BREAK, _LINE)
            for each in pattern.finditer(text)
        }
    )
    for before, after in breaks:
        if before >= start:
            if text[start:before].strip():
                yield start, before
            start = after
    if text[start:].strip():
        yield start, len(text)


def _goes_on(text: str, stretch: Quoted, following: list[Quoted]) -> bool:
    if stretch.inner.end != stretch.outer.end or not following:
        return False
    return not text[stretch.outer.end : following[0].outer.start].strip()


class _Paragraph:
    """The marks of one paragraph, paired."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end
        self._marks = tuple(self._read())
        self._singles = [mark for mark in self._marks if mark.single and mark.closes]
        self._single_starts = [mark.start for mark in self._singles]

    def stretches(self) -> Iterator[Quoted]:
        """Yield the outermost stretches."""
        at = 0
        while at < len(self._marks):
            mark = self._marks[at]
            closing = self._closing(at) if mark.opens else None
            if closing is None:
                at += 1
                continue
            end, at = closing
            if stretch := self._stretch(mark, end):
                yield stretch

    def _stretch(self, mark: _Mark, closing: _Mark | None) -> Quoted | None:
        inner_end = closing.start if closing else self._end
        inner = Span(mark.end, inner_end)
        if not inner.of(self._text).strip():
            return None
        return Quoted(Span(mark.start, closing.end if closing else self._end), inner)

    def _closing(self, at: int) -> tuple[_Mark | None, int] | None:
        """Return the mark that closes the one at `at` (None: unclosed), and where to go on."""
        if self._marks[at].single:
            return self._closing_single(at)
        return self._closing_double(at)

    def _closing_double(self, at: int) -> tuple[_Mark | None, int] | None:
        depth, first_inner = 1, None
        for place in range(at + 1, len(self._marks)):
            mark = self._marks[place]
            if mark.single:
                continue
            if mark.closes and (not mark.opens or depth == 1 or not self._opening(mark)):
                depth -= 1
            elif self._after_sentence(mark):
                # A new quotation, and the one before it was never closed.
                return _Mark(mark.start, mark.start, single=False, opens=False, closes=True), place
            else:
                depth += 1
                first_inner = first_inner or place
            if not depth:
                return mark, place + 1
        return self._unclosed(at, first_inner)

    def _unclosed(self, at: int, first_inner: int | None) -> tuple[_Mark | None, int] | None:
        mark = self._marks[at]
        last = next((each for each in reversed(self._marks[at + 1 :]) if each.closes), None)
        double = first_inner is not None and last is not None and not last.single
        if double and last is not None and last.end >= self._end - 2:
            return last, len(self._marks)  # the last mark closes both, as printers have it
        at_start = not self._text[self._start : mark.start].strip()
        if self._end - mark.start < _LEAST_UNCLOSED or not (at_start or self._sentence(mark)):
            return None
        return None, len(self._marks)

    def _sentence(self, mark: _Mark) -> bool:
        """Tell whether a sentence begins at `mark`, led up to by a comma or colon."""
        before = self._text[max(self._start, mark.start - 2) : mark.start].strip()
        return before[-1:] in _STOPS and self._text[mark.end : mark.end + 1].isupper()

    def _after_sentence(self, mark: _Mark) -> bool:
        before = self._text[max(self._start, mark.start - 2) : mark.start].rstrip()
        return before[-1:] in {".", "!", "?"} and self._text[mark.start] != '"'

    def _opening(self, mark: _Mark) -> bool:
        return self._text[mark.start] in "\u201c\u201e\u00ab`"

    def _closing_single(self, at: int) -> tuple[_Mark | None, int] | None:
        opening = self._marks[at]
        first: _Mark | None = None
        for mark in self._singles[bisect_left(self._single_starts, opening.end) :][:12]:
            if self._text[mark.start - 1] in _STOPS:
                first = mark  # surely the end of words that somebody said
                break
            first = first or mark
            if self._text[mark.start - 1] != "s":
                break  # else it may be a plural's apostrophe: look on
        if first is None:
            return None
        after = next(
            (n for n in range(at + 1, len(self._marks)) if self._marks[n].start >= first.end),
            len(self._marks),
        )
        return first, after

    def _read(self) -> Iterator[_Mark]:
        for match in _MARK.finditer(self._text, self._start, self._end):
            before = self._text[match.start() - 1] if match.start() > self._start else " "
            after = self._text[match.end()] if match.end() < self._end else " "
            if mark := self._judge(match, before, after):
                yield mark

    def _judge(self, match: re.Match[str], before: str, after: str) -> _Mark | None:
        """Return what the mark does: by where it stands, then by its shape."""
        shape = match.group()
        single = shape in "'\u2018\u2019\u201b`"
        if before == "=":  # an attribute of HTML
            return None
        free_before = before in _BEFORE_OPENING or (
            before in _DOUBLE + "'\u2018" and before != shape
        )
        opens = free_before and not after.isspace()
        closes = not before.isspace() and not after.isalnum() and before not in "([{"
        if single:
            return self._judge_single(match, opens=opens, closes=closes)
        if shape == '"':
            if _INCHES.search(self._text, max(self._start, match.start() - 6), match.start()):
                return None
            if opens == closes:  # the state of the pairing decides
                opens = closes = True
        elif opens == closes:
            opens = shape in "``\u201c\u201e\u201f\u00ab"
            closes = not opens
        return _Mark(match.start(), match.end(), single=False, opens=opens, closes=closes)

    def _judge_single(self, match: re.Match[str], *, opens: bool, closes: bool) -> _Mark | None:
        shape = match.group()
        opens = opens and shape != "\u2019" and not _ELISION.match(self._text, match.end())
        closes = closes and shape not in "\u2018\u201b`" and not opens
        if not opens and not closes:
            return None  # an apostrophe
        return _Mark(match.start(), match.end(), single=True, opens=opens, closes=closes)
