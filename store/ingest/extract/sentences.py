"""Where the sentences of a text stand. Holds no judgement of what a sentence says.

A sentence ends at its full stop, question or exclamation mark with the quotation marks that
close there, at a blank line, and at the end of a line that was not merely wrapped: headings,
captions and list items are sentences of their own. A dateline stays with its sentence.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from store.ingest.extract.values import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_MARGIN = re.compile("(?:[#>*\u2022\u25cf\u25aa|]+|[-\u2013\u2014])\\s+")  # of headings and lists
_END = re.compile(
    r"(?:[.!?]+|\u2026)"
    "(?:[\"\u201d\u2019'\\)\\]\u00bb]|[ \u00a0][\u201d\u00bb])*"
    r"(?:\[\d{1,3}\])*"  # footnotes of encyclopedias
    '(?:\\s+|(?<=[a-z]{3}\\.)(?=[A-Z][a-z]+[\\s,])|(?<=[a-z][.!?]["\u201d])(?=[A-Z\u201c]))'
    "(?=[\"\u201c\u2018'\\(\\[\u00ab]*\\w)"
)
_NEXT = re.compile("[\"\u201c\u2018'\\(\\[\u00ab]*([\\w\u2019'-]+)")
_LAST_WORD = re.compile(r"[^\s\"\u201c\u2018\u2019'(\[/\u2014\u2013-]+$")
_BEFORE_END = 24  # characters; longer than any abbreviation
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_SPOKEN = re.compile(  # "Why not?" Mr Smith asked.
    r"(?:(?:[A-Z][\w\u2019'-]*\.?|the|of|de|von|van|al)\s+){1,5}"
    r"(?:said|says|asked|asks|told|tells|wrote|writes|replied|added|adds|cried|demanded|"
    r"wondered|exclaimed|shouted|tweeted)\b"
)
_WRAPPED_AT_MOST = 120  # characters; who wraps lines wraps them at fewer
_WRAPPED_AT_LEAST = 45
_CLOSING = "\"\u201d\u2019'"


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Words with a full stop that is never the end of a sentence: a name follows.
_TITLES = _words(
    "mr mrs ms mx dr prof gen maj col lt cmdr cdr sgt cpl pte capt adm brig sen rep reps sens",
    "gov govs rev hon pres amb sec supt det insp st mt ft messrs mme mlle fr vs cf viz al",
    "approx ca fig figs vol pp eq",
)
# Words whose full stop may end the sentence as well: what follows decides.
_SHORTENED = _words(
    "jr sr inc ltd co corp bros dept univ assn etc est jan feb mar apr jun jul aug sep sept oct",
    "nov dec mon tue tues wed thu thur thurs fri sat sun ave blvd rd hwy ind ill calif fla",
    "ariz mass pa va conn wash ore mich minn okla tenn wis colo ch ed eds e.g i.e a.m p.m am pm",
    "u.s u.k u.n e.u d.c ph.d b.a m.a m.d a.d b.c",
)
_NUMBERED = _words("no nos art para")
# Words that begin a sentence and hardly ever follow an initial or a short form within one.
_STARTERS = _words(
    "the a an he she it they we you i his her its their our my this that these those there here",
    "in on at by for from with to of as after before when while if although though because",
    "since until during however but and or so yet still also meanwhile moreover what why who",
    "how where which some many most all both each every no not one another other such only",
    "even just now then today yesterday earlier later last next under over among between",
    "despite according instead",
)


def find_sentences(text: str) -> tuple[Span, ...]:
    """Return where the sentences of `text` stand, in their order, without space around them."""
    return tuple(
        sentence for block in _find_blocks(text) for sentence in _find_in_block(text, block)
    )


def _find_blocks(text: str) -> Iterator[Span]:
    """Yield the stretches that sentences cannot leave: paragraphs, headings, list items."""
    lines = [Span(found.start(), found.end()) for found in _LINE.finditer(text)]
    lines = [trimmed for line in lines if (trimmed := _trim(text, line)) is not None]
    if not lines:
        return
    width = max(line.end - line.start for line in lines)
    start = lines[0].start
    for line, following in pairwise(lines):
        if not _continues(text, line, following, width):
            yield Span(start, line.end)
            start = following.start
    yield Span(start, lines[-1].end)


def _trim(text: str, line: Span) -> Span | None:
    """Return `line` without the space around it and the mark of a list or heading before it."""
    start, end = line.start, line.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if margin := _MARGIN.match(text, start, end):
        start = margin.end()
    return Span(start, end) if start < end else None


def _continues(text: str, line: Span, following: Span, width: int) -> bool:
    """Tell whether the line break is only one that a narrow page made."""
    gap = text[line.end : following.start]
    if gap.count("\n") > 1 or gap.count("\r") > 1 or "\u2029" in gap or gap.strip():
        return False
    first = text[following.start]
    if first.islower() or text[line.end - 1] in ",;":
        return True
    word_end = following.start
    while word_end < following.end and not text[word_end].isspace():
        word_end += 1
    length = line.end - line.start
    would_fit = length + 1 + word_end - following.start <= width
    return not would_fit and length >= _WRAPPED_AT_LEAST and width <= _WRAPPED_AT_MOST


def _find_in_block(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    for found in _END.finditer(text, block.start, block.end):
        if _is_end(text, start, found):
            mark = found.end()
            while text[mark - 1].isspace():
                mark -= 1
            yield Span(start, mark)
            start = found.end()
    if start < block.end:
        yield Span(start, block.end)


def _is_end(text: str, start: int, found: re.Match[str]) -> bool:
    following = _NEXT.match(text, found.end())
    if following is None or following[1][0].islower():
        return False
    marks = found.group().strip()
    if marks[0] in "!?" and marks[-1] in _CLOSING and _SPOKEN.match(text, found.end()):
        return False
    if marks != "." and not marks.startswith((".)", ".]", ".\u201d", '."', ".\u2019", ".'")):
        return True
    before = _LAST_WORD.search(text, max(start, found.start() - _BEFORE_END), found.start())
    return before is None or not _is_short_form(before.group(), following[1])


def _is_short_form(word: str, following: str) -> bool:
    """Tell whether the full stop after `word` belongs to it alone and ends no sentence."""
    small = word.casefold()
    if small in _TITLES:
        return True
    if small in _NUMBERED:
        return following[0].isdigit()
    if small in _SHORTENED or _INITIALS.fullmatch(word):
        return following.casefold() not in _STARTERS
    return False
