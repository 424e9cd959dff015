"""Runs of capitalised words cut into what may be one name each, with titles set apart.

Holds no judgement of whether a piece names a person; that is weighed in names_weigh.py.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.ingest.extract.names_countries import demonyms
from store.ingest.extract.names_gazetteer import bodies, places
from store.ingest.extract.names_known import FIRST, NAMES, SURNAMES
from store.ingest.extract.names_runs import Word, connects
from store.ingest.extract.names_titles import is_title, is_title_part
from store.ingest.extract.names_words import (
    CALENDAR,
    HONORIFICS,
    NO_PERSON,
    ORG_NOUNS,
    OTHER_NOUNS,
    PLACE_NOUNS,
    RANKS,
    REGAL,
    STARTERS,
    SUFFIXES,
    TITLE_OF,
)
from store.ingest.extract.values import Span

_NAMELIKE_TITLES = frozenset(
    {"Dean", "Duke", "Earl", "Prince", "Guy", "Major", "Marshal", "Christian"}
)
_AFTER_DAY = re.compile(
    r"(?:\d|\b(?:in|of|on|since|until|by|last|next|this|early|late|mid|from|during"
    r"|between|and|to|through)) $"
)
_NUMERAL = re.compile(r"[IVX]+")
ENDS = ORG_NOUNS | PLACE_NOUNS | OTHER_NOUNS
_NO_NAMES = ENDS | NO_PERSON
_FOLLOWER = re.compile(r"[A-Z][a-z]{3,}(?:ist|ista|ite|ian|an|crat|lander|yorker)")
_LETTER = re.compile(r"[^\W_]")
_ARTICLES = frozenset({"The", "A", "An"})
_NAME_STARTS = frozenset({"New", "Great"})
_STARTER_NAMES = frozenset({"May", "Will"})
_BEFORE_SURNAME = 2  # words: Martin Luther, before King


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that may be one name."""

    words: tuple[Word, ...]
    titled: str  # the title word right before, or nothing
    opens: bool  # it begins a sentence
    the: bool  # an article stands before it

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.words[0].start, self.words[-1].end)

    @property
    def bare(self) -> tuple[str, ...]:
        """Its words without full stops."""
        return tuple(word.bare for word in self.words)


def cut(text: str, sentence: Span, runs: Sequence[list[Word]]) -> Iterator[Piece]:
    """Yield the pieces of all runs of a sentence."""
    after_title = ""
    last = sentence.start
    for run in runs:
        first = run[0].start
        opens = _LETTER.search(text, sentence.start, first) is None
        continued = after_title and connects(text[last:first])
        last = run[-1].end
        words = list(run)
        if continued and words[0].bare.lower() in TITLE_OF:
            words = words[1:]
            continued_title = after_title
        else:
            continued_title = ""
        if words:
            yield from _cut_run(
                text, words, opens=opens and len(words) == len(run), titled=continued_title
            )
        after_title = run[-1].bare if is_title(run[-1].bare) else ""


def _cut_run(text: str, words: list[Word], *, opens: bool, titled: str) -> Iterator[Piece]:
    the = text[max(0, words[0].start - 4) : words[0].start].lower().endswith(("the ", " a "))
    pending: list[Word] = []
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else None
        if not pending and _starts_only(word, following, opens=opens):
            the = word.bare in _ARTICLES
            continue
        if _is_calendar(text, word, following, pending):
            yield from _name(pending, titled, opens=opens, the=the)
            pending, titled, the = [], "", False
            continue
        if _is_title_here(word, pending, following, words):
            yield from _name(pending, titled, opens=opens, the=the)
            pending, titled, the = [], word.bare, False
            continue
        if (
            not pending
            and word.bare in demonyms()
            and following is not None
            and not _may_be_name(word)
        ):
            opens = False
            continue
        pending.append(word)
    yield from _name(pending, titled, opens=opens, the=the)


def _starts_only(word: Word, following: Word | None, *, opens: bool) -> bool:
    """Tell whether a word begins the sentence and no name: not so in New York, Great Britain."""
    if not _is_starter(word) or (following is None and not opens):
        return False
    if following is None or word.bare not in _NAME_STARTS:
        return True
    return opens and f"{word.bare} {following.bare}" not in places()


def _is_starter(word: Word) -> bool:
    return word.bare in STARTERS and word.text not in _STARTER_NAMES


def _may_be_name(word: Word) -> bool:
    return word.bare.lower() in NAMES


def _is_calendar(text: str, word: Word, following: Word | None, pending: list[Word]) -> bool:
    if word.bare not in CALENDAR:
        return False
    if word.bare.lower() in NAMES and (following is not None or pending):
        return bool(_AFTER_DAY.search(text, max(0, word.start - 9), word.start))
    return True


def _is_title_here(
    word: Word, pending: list[Word], following: Word | None, words: Sequence[Word]
) -> bool:
    """Tell whether `word` is a title, and no part of the name of a person or body."""
    bare = word.bare
    if _is_regal(word, following, words) or _in_body(word, words):
        return False
    if not is_title(bare) and not (
        is_title_part(bare) and following is not None and _title_ahead(word, words)
    ):
        return False
    if bare in _NAMELIKE_TITLES and not pending and following is not None:
        return following.bare.lower() in FIRST or following is not words[-1]
    if bare.isupper() and len(bare) > 1:
        return True
    if not pending or pending[0].bare.lower() not in FIRST:
        return True
    ends = following is None or following.bare in SUFFIXES  # Martin Luther King
    return not ends and (bare.lower() not in SURNAMES or len(pending) > _BEFORE_SURNAME)


def _in_body(word: Word, words: Sequence[Word]) -> bool:
    """Tell whether the words are the name of a body or place: General Motors Company."""
    last = words[-1].bare
    if last not in ENDS or last in RANKS:
        return False
    held = words if not is_title(last) and word.bare not in HONORIFICS else ()
    inner = words[words.index(word) + 1 :] if word.gap else held
    return bool(inner or held) and not any(each.bare.lower() in FIRST for each in inner or held)


def _is_regal(word: Word, following: Word | None, words: Sequence[Word]) -> bool:
    """Tell whether a title is a part of the name, for a single name follows: Pope Francis."""
    if following is None or word.bare not in REGAL or following.bare in _NO_NAMES:
        return False
    after = words[words.index(word) + 1 :]
    rest = [each for each in after if not _NUMERAL.fullmatch(each.bare)]
    return len(rest) == 1 or (len(rest) == 2 < len(after) <= 3)  # noqa: PLR2004 (John Paul II)


def _title_ahead(word: Word, words: Sequence[Word]) -> bool:
    """Tell whether the words from a modifier on lead to the noun of a title."""
    for each in words[words.index(word) + 1 :]:
        if is_title(each.bare):
            return True
        if not is_title_part(each.bare):
            return False
    return False


def _name(words: list[Word], titled: str, *, opens: bool, the: bool) -> Iterator[Piece]:
    """Yield the one or two names that stand in `words`."""
    while (
        words
        and words[-1].bare in STARTERS
        and words[-1].gap != " the "  # Alexander the Great
        and len(words) > 1
        and words[-1].bare.lower() not in SURNAMES
    ):
        words = words[:-1]
    if not words:
        return
    place = _second_name(words)
    if place and not titled:
        yield Piece(tuple(words[:place]), "", opens, the)
        yield Piece(
            tuple(words[place:]),
            words[place - 1].bare if _is_lead(words[place - 1]) else "",
            False,
            False,
        )
        return
    yield Piece(tuple(words), titled, opens and not titled, the)


def _second_name(words: Sequence[Word]) -> int:
    """Return where a known first name follows what is certainly no person: Apple Steve Jobs."""
    if words[-1].bare in ENDS:
        return 0
    for place in range(1, len(words) - 1):
        if words[place].bare.lower() in FIRST and words[place].bare not in NO_PERSON:
            before = " ".join(word.text for word in words[:place])
            if (
                before in places()
                or before in bodies()
                or words[place - 1].bare in ENDS
                or words[place - 1].bare in NO_PERSON
                or words[place - 1].bare in demonyms()
                or (place == 1 and _is_follower(words[0].bare))
                or (words[place - 1].bare.isupper() and len(words[place - 1].bare) > 2)  # noqa: PLR2004 -- an acronym
            ):
                return place
            return 0
    return 0


def _is_follower(word: str) -> bool:
    """Tell whether a word says where somebody belongs: Sandinista, Texan."""
    return word.lower() not in NAMES and _FOLLOWER.fullmatch(word) is not None


def _is_lead(word: Word) -> bool:
    return word.bare in demonyms()
