"""Titles and roles around a name: their words, and the side or body that they are of.

Holds no knowledge of which names are those of persons.
"""

import re
from functools import cache

from store.ingest.extract.names_countries import demonyms, sides
from store.ingest.extract.names_gazetteer import bodies, places
from store.ingest.extract.names_values import Role
from store.ingest.extract.names_words import (
    HONORIFICS,
    RANKS,
    STARTERS,
    TITLE_MODIFIERS,
    TITLE_NOUNS,
    TITLE_OF,
)
from store.ingest.extract.values import Span

_LOOK_BACK = 110
_PIECE = re.compile(r"[\w.'\u2019-]*[\w'\u2019]\.?|[^\s\w]+")
_SMALL = frozenset({"of", "for", "to", "the", "and", "in", "&"})
_AFTER = re.compile(
    r",? ?(?:,|\(|\u2013|\u2014|--) ?(?:\d\d, )?"
    r"(?:who (?:is|was|became|served as|serves as|has been) )?"
    r"((?:the|a|an|his|her|its|their|one of the)? ?[^,.;:()\u201c\u201d\"\u2014\n]{3,110})"
)
_COPULA = re.compile(
    r" (?:is|was|became|becomes|served as|has been|remains)(?: appointed| elected| named)?"
    r" ((?:the|a|an) [^,.;:()\u201c\u201d\"\u2014\n]{3,80})"
)
_END_OF_ROLE = re.compile(
    r"\s+(?:who|which|that|whose|said|says|told|was|is|has|had|will|would|after|when|while|since|during"
    r"|where|until|before|born|by|from|on|as|with|because|to)\b"
)
_OF = re.compile(
    r"\b(?:of|for|to|at|in) (?:the )?([A-Z][\w.&'-]*(?:[ ](?:(?:of|for|and) )?[A-Z][\w.&'-]*){0,5})"
)
_ACRONYM = re.compile(r"[A-Z]{3,}")
_TITLE_LETTERS = frozenset({"CEO", "CFO", "COO", "CTO"})
_CAPS = re.compile(r"[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*")


def is_title(word: str) -> bool:
    """Tell whether `word` is one that a title ends in, or a rank or form of address."""
    bare = word.rstrip(".")
    return bare.lower() in TITLE_NOUNS or _addresses(bare)


def _addresses(bare: str) -> bool:
    word = bare.capitalize() if bare.isupper() else bare  # MR KIRBY
    return word in HONORIFICS or word in RANKS


def is_title_part(word: str) -> bool:
    """Tell whether `word` may be a part of a title."""
    bare = word.rstrip(".")
    return is_title(word) or bare.lower() in TITLE_MODIFIERS


@cache
def _nations() -> frozenset[str]:
    return demonyms() | frozenset(sides())


def title_before(text: str, floor: int, start: int) -> Role | None:
    """Return the title that stands right before the name at `start`, not before `floor`."""
    low = max(floor, start - _LOOK_BACK)
    before = text[low:start]
    pieces = [(found.group(), found.start()) for found in _PIECE.finditer(before)]
    if low > floor and pieces:
        pieces = pieces[1:]  # it may be cut
    at = len(pieces)
    if at and pieces[-1][0] == ",":
        at -= 1
    last = at
    noun = None
    while at:
        word = pieces[at - 1][0]
        if is_title(word):
            noun = at - 1 if noun is None else noun
        elif not _goes_on(word, pieces, at, noun=noun is not None):
            break
        at -= 1
        if word.endswith(("'s", "\u2019s", "s'", "s\u2019")):
            break
    if noun is None or (last < len(pieces) and not pieces[noun][0].islower() and noun != last - 1):
        return None
    while at < noun and (
        pieces[at][0].lower() in _SMALL or pieces[at][0] in {"A", "An", "a", "an"}
    ):
        at += 1
    if last < len(pieces) and not _introduced(pieces, at):
        return None
    begin = low + pieces[at][1]
    end = low + pieces[last - 1][1] + len(pieces[last - 1][0])
    return _role(text, Span(begin, end), noun_first=False)


def _introduced(pieces: list[tuple[str, int]], at: int) -> bool:
    """Tell whether a title before a comma is told with whose it is: Russia's minister, X."""
    if pieces[at][0].endswith(("s", "'s", "\u2019s")) and pieces[at][0][0].isupper():
        return True
    return (
        at == 0
        or pieces[at - 1][0].lower() in {"the", "a", "an", "its", "his", "her", "their"}
        or pieces[at][0] in _nations()
    )


def _goes_on(word: str, pieces: list[tuple[str, int]], at: int, *, noun: bool) -> bool:
    """Tell whether a title read backwards goes on with `word`."""
    low = word.lower()
    if word in STARTERS:
        return False
    if TITLE_MODIFIERS.intersection((low, low.rstrip("."))) or low in TITLE_OF:
        return True
    if low in {"and", "&"}:  # chairman and CEO
        return (
            at > 1
            and at < len(pieces)
            and is_title_part(pieces[at - 2][0])
            and is_title_part(pieces[at][0])
        )
    if low in _SMALL:
        return at > 1 and at < len(pieces)
    if word in _nations() or word.removesuffix("'s").removesuffix("\u2019s") in _nations():
        return True
    # The words of a body: "NATO", "State Department", "the Middle East".
    return word[0].isupper() and word[0].isalpha() and (noun or _then_noun(pieces, at))


def _then_noun(pieces: list[tuple[str, int]], at: int) -> bool:
    """Tell whether before the capitalised words that end at `at` stands "minister for"."""
    place = at - 1
    while (
        place
        and (pieces[place][0][0].isupper() or pieces[place][0] in {"the", "of", "and"})
        and not is_title(pieces[place][0])
    ):
        place -= 1
    return bool(
        place and pieces[place][0] in {"of", "for", "to"} and is_title(pieces[place - 1][0])
    ) or (
        is_title(pieces[place][0])
        and place + 1 < at
        and pieces[place + 1][0] in {"of", "for", "to"}
    )


def titles_after(text: str, end: int, ceiling: int) -> tuple[Role, ...]:
    """Return the role told right after the name that ends at `end`, before `ceiling`."""
    found = _AFTER.match(text, end, ceiling) or _COPULA.match(text, end, ceiling)
    if found is None:
        return ()
    words = found.group(1)
    if stop := _END_OF_ROLE.search(words):
        words = words[: stop.start()]
    words = words.rstrip()
    head = re.split(r"\b(?:of|for|to|at|in)\b", words)[0]
    nouns = [word for word in re.findall(r"[\w-]+", head) if word.lower() in TITLE_NOUNS]
    if not nouns or re.search(r"\b(?:and|said|says) [A-Z]", words):
        return ()
    own = re.match(r"(?:the|a|an|his|her|its|their|one of the) ", words, re.IGNORECASE)
    start = found.start(1) + len(found.group(1)) - len(found.group(1).lstrip())
    begin = start + (own.end() if own else 0)
    return (_role(text, Span(begin, start + len(words)), noun_first=True),)


def _role(text: str, span: Span, *, noun_first: bool) -> Role:
    words = span.of(text)
    side = _side(words)
    title = words
    if side:
        opening = re.match(r"(?:the )?((?:[A-Z][\w.-]*\s?)+)['\u2019]s\s+", words)
        if opening and not noun_first:
            title = words[opening.end() :]
    return Role(title=" ".join(title.split()), side=side, span=span)


def _side(words: str) -> str | None:
    """Return the country or body that a role is of."""
    table = sides()
    for found in re.finditer(r"[A-Z][\w.-]*", words):
        if found.group() == "State":
            continue
        run = found.group().rstrip(".") if found.group() not in table else found.group()
        two = re.match(r"[A-Z][\w.]* [A-Z][\w.]*", words[found.start() :])
        if two and two.group() in table:
            return table[two.group()]
        if run in table:
            return table[run]
    for found in _CAPS.finditer(words):
        name = found.group()
        if (
            name in bodies()
            or name in places()
            or (_ACRONYM.fullmatch(name) and name not in _TITLE_LETTERS)
        ):
            return name
    if (of := _OF.search(words)) and of.group(1).lower() not in TITLE_OF:
        return of.group(1)
    opening = re.match(r"(?:[Tt]he )?((?:[A-Z][\w.&-]* )+?)(?=[\w-]+)", words)
    if opening and not is_title_part(opening.group(1).split()[0]):
        kept = [word for word in opening.group(1).split() if not is_title_part(word)]
        return " ".join(kept) or None
    return None
