"""A text with its quotations masked, so that what stands in them misleads no rule.

A masked text is as long as the text: every place stays the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from store.ingest.extract.quotation_marks import Quoted
from store.ingest.extract.sentences import find_sentences
from store.ingest.extract.values import Span

MASK = "\x01"
_BRACKETS = re.compile(r"(?<=\w )\([^()\n]{1,60}\)")


def masked_for_cues(text: str, stretches: Iterable[Quoted]) -> str:
    """Return `text` without what is quoted, marks and all, and without short brackets."""
    hidden = _mask(text, (each.outer for each in stretches))
    return _BRACKETS.sub(lambda match: " " * len(match.group()), hidden)


def sentences_around(text: str, stretches: Sequence[Quoted]) -> tuple[Span, ...]:
    """Return the sentences of `text`; none ends within a quoted stretch."""
    within = (Span(each.inner.start + 1, each.inner.end - 1) for each in stretches)
    return tuple(_join(find_sentences(_mask(text, within)), stretches))


def _mask(text: str, spans: Iterable[Span]) -> str:
    pieces: list[str] = []
    at = 0
    for span in spans:
        if at <= span.start < span.end:
            pieces += (text[at : span.start], MASK * (span.end - span.start))
            at = span.end
    return "".join((*pieces, text[at:]))


def _join(sentences: Iterable[Span], stretches: Sequence[Quoted]) -> Iterator[Span]:
    place = 0
    current: Span | None = None
    for sentence in sentences:
        if current is None:
            current = sentence
            continue
        while place < len(stretches) and stretches[place].outer.end <= current.end:
            place += 1
        across = place < len(stretches) and (
            stretches[place].outer.start < current.end < stretches[place].inner.end - 1
        )
        if across:
            current = Span(current.start, sentence.end)
        else:
            yield current
            current = sentence
    if current:
        yield current
