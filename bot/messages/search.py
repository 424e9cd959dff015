"""What the bot says to a search: the sources that hold the words, with the sentence."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.locales import _
from bot.messages import dates
from bot.messages.callbacks import List, ListPage
from bot.messages.events import LONGEST_NAME
from bot.messages.message import Links, Message
from bot.messages.paging import standing, turning
from bot.messages.person import choices
from bot.messages.text import ELLIPSIS, Text, blocks, bold, clip, lines, link, split, units
from store.knowledge.people import PersonRef
from store.knowledge.search import MOST_WORDS, Hit, Match, SearchPage, Sentence

_Chunk = list[tuple[str, bool]]  # a word with the spaces after it, in its pieces

_WORDS = re.compile(r"\S+\s*|\s+")

HITS_A_PAGE = 4
LONGEST_QUERY = 200  # units
_LONGEST_SENTENCE = 400
_MOST_MARKED = 20  # words in one sentence; a message has 100 entities
_LEAD = 120  # units before the first hit of a sentence that is too long to be shown whole


def question(asked: str) -> str:
    """Return what is searched for of `asked`, which is also what a page of hits begins with."""
    return next(split(" ".join(asked.split()[:MOST_WORDS]), LONGEST_QUERY))


def question_of(shown: str | None) -> str:
    """Return the question that the page of hits `shown` answers: its own first line.

    A button holds 64 bytes and a question more, so the page itself carries it.
    Not by its bold entity: Telegram cuts that at addresses and names inside.
    """
    return (shown or "").partition("\n")[0]


def hits(asked: str, page: SearchPage, *, people: Sequence[PersonRef], links: Links) -> Message:
    """Show where the words stand, best first; persons of that name are buttons."""
    if page.match is Match.NONE:
        nobody = _("I have nothing on “{asked}”.").format(asked=clip(asked, LONGEST_QUERY))
        did_you_mean = " " + _("Did you mean:") if people else ""
        return Message(Text() + nobody + did_you_mean, choices(people))
    how = _how(page.match)
    body = blocks(
        bold(asked) + (f"\n{how}" if how else ""),
        *(_hit(hit, links) for hit in page.hits),
        standing(page.offset, len(page.hits), page.total, more=page.more),
    )
    turn = turning(page.offset, HITS_A_PAGE, page.total, press=lambda to: ListPage(List.SEARCH, to))
    return Message(body, (turn, *choices(people)))


def nothing() -> Message:
    """Say that a search needs words."""
    return Message(Text() + _("/search needs words, for example: /search troops border"))


def expired() -> Message:
    """Say that a page of hits cannot be turned any more."""
    return Message(Text() + _("This search is too old to turn its pages. Please ask again."))


def _how(match: Match) -> str:
    if match is Match.BEGINNINGS:
        return _("by the beginnings of the words")
    if match is Match.SOME:
        return _("no source has all of these words; these have some")
    return ""


def _hit(hit: Hit, links: Links) -> Text:
    source = hit.source
    return lines(
        _sentence(around_hits(hit.sentence, _LONGEST_SENTENCE)),
        link(f"[{source.n}]", links.source(source.key))
        + f" {clip(hit.title, LONGEST_NAME)}, {clip(source.outlet, LONGEST_NAME)}, "
        + dates.day(source.published),
    )


def _sentence(pieces: Sentence) -> Text:
    sentence, marked = Text(), 0
    for piece, is_hit in pieces:
        marked += is_hit and bool(piece.strip())
        sentence = sentence + (bold(piece) if is_hit and marked <= _MOST_MARKED else piece)
    return sentence


def around_hits(sentence: Sentence, most: int) -> Sentence:
    """Return `sentence`, or the `most` units of it that hold most of its hits, in whole words."""
    chunks = list(_chunks(sentence))
    if sum(map(_size, chunks)) <= most:
        return sentence
    room = most - 2 * units(ELLIPSIS)
    first, end = max(_windows(chunks, room), key=lambda span: _distinct(chunks[slice(*span)]))
    shown = [piece for chunk in chunks[first:end] for piece in chunk]
    if not shown:  # one word longer than all the room
        word, end = chunks[first], first + 1
        shown = [
            (clip("".join(text for text, _hit in word), room), any(hit for _text, hit in word))
        ]
    last, is_hit = shown[-1]
    is_cut = end < len(chunks) and not last.endswith(ELLIPSIS)
    return _joined(
        [
            *([(ELLIPSIS, False)] if first else []),
            *shown[:-1],
            (last.rstrip() if is_cut else last, is_hit),
            *([(ELLIPSIS, False)] if is_cut else []),
        ]
    )


def _joined(pieces: _Chunk) -> Sentence:
    """Put pieces together that are alike."""
    runs = groupby(pieces, key=lambda piece: piece[1])
    return tuple(("".join(text for text, _hit in run), is_hit) for is_hit, run in runs)


def _chunks(sentence: Sentence) -> Iterator[_Chunk]:
    """Yield a sentence in words; a hit may be part of one, as in a hyphenated word."""
    chunk: _Chunk = []
    for text, is_hit in sentence:
        for part in _WORDS.findall(text):
            chunk.append((part, is_hit))
            if part[-1].isspace():
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def _size(chunk: _Chunk) -> int:
    return sum(units(text) for text, _is_hit in chunk)


def _distinct(chunks: Sequence[_Chunk]) -> int:
    return len({text.casefold() for chunk in chunks for text, is_hit in chunk if is_hit})


def _windows(chunks: Sequence[_Chunk], room: int) -> Iterator[tuple[int, int]]:
    """Yield a window (first, end) of at most `room` units for each hit, a little before it."""
    sizes = list(map(_size, chunks))
    for at in [n for n, chunk in enumerate(chunks) if any(hit for _text, hit in chunk)] or [0]:
        first, size = at, sizes[at]
        while (
            first
            and size - sizes[at] + sizes[first - 1] <= min(_LEAD, room // 3)
            and (size + sizes[first - 1] <= room)
        ):
            first -= 1
            size += sizes[first]
        end = at + 1
        while end < len(chunks) and size + sizes[end] <= room:
            size += sizes[end]
            end += 1
        if size > room:
            end = first
        yield first, end
