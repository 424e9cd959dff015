"""Whether words in quotation marks are a sentence of their own, or a fragment of the writer's."""

import re

from store.ingest.extract.quotation_marks import Quoted
from store.ingest.extract.values import Span
from store.ingest.extract.works import is_headline, is_work

SINGLE = " \n\u00a0'\u2018\u2019"  # space, and marks that a quotation within ends with
WORDS = re.compile(r"\w[\w'\u2019-]*")
WHOLE = 4  # words; fewer, within the writer's sentence, are a fragment
_SENTENCE_END = frozenset(".!?\u2026")
# The name behind words: -- Anna Berg, and the one before them: Anna Berg, mayor:
DASHED = re.compile(
    r"\s*(?:[\u2015\u2014\u2013]|--?(?!-))\s*(?P<name>[^\W\d_a-z][^\n,.;:\"\u201c(]{2,60}(?:\b[A-Z]\.[^\n,.;:(]{2,40})?)"
    r"(?=\s*(?:[,(.]|\n|$))"
)
NAMED = re.compile(
    r"(?:\A|\n|[.!?\"\u201d]\s)[ \t]*"
    r"(?P<name>[^\W\d_a-z][\w.\u2019-]*?(?: [^\W\d_a-z][\w.'\u2019-]*?){0,3})"
    r"(?:,[^\n:\"\u201c]{2,80}| \([^)\n]{2,60}\)|(?:['\u2019]s)? [a-z][^\n.:\"\u201c]{2,60})?:\s*\Z"
)


def is_own_sentence(text: str, masked: str, sentence: Span, stretch: Quoted) -> bool:
    """Tell whether the words in quotation marks are a sentence by themselves."""
    words = stretch.inner.of(text).strip(SINGLE)
    if is_headline(words):
        return False
    single = len(WORDS.findall(words)) <= 1
    if single or is_work(text, stretch.outer, stretch.inner):
        return False
    outside = (
        masked[sentence.start : stretch.outer.start] + masked[stretch.outer.end : sentence.end]
    )
    return not any(map(str.isalnum, outside)) and (
        words[-1] in ".!?\u2026,-\u2014"
        or stretch.goes_on
        or stretch.inner.end == stretch.outer.end
    )


def is_fragment(text: str, sentence: Span, stretch: Quoted) -> bool:
    """Tell whether the words are a few within the writer's own sentence."""
    words = stretch.inner.of(text).strip()
    if words[:1].islower() and text[sentence.start] not in "\"'\u201c\u2018":
        return True
    before = text[sentence.start : stretch.outer.start].rstrip()
    if before and before[-1] not in ',:"\u201d' and not words[:1].isupper():
        return True
    return len(WORDS.findall(words)) < WHOLE and words[-1:] not in _SENTENCE_END | {","}


def trimmed(text: str, span: Span) -> Span:
    """Return `span` without the space at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
