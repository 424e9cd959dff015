"""How much speaks for a piece being the name of a person, and what else it may name.

Weights over how it is written, what stands around it, and lists. Holds no knowledge of the
other names of a text; these are joined in names_joining.py.
"""

import re

from store.ingest.extract.names_around import weigh_around
from store.ingest.extract.names_countries import demonyms, sides
from store.ingest.extract.names_gazetteer import bodies, places
from store.ingest.extract.names_known import (
    AMBIGUOUS,
    CELTIC,
    ENDING,
    FIRST,
    NAMES,
    NOT_ENDING,
    SURNAMES,
)
from store.ingest.extract.names_pieces import ENDS, Piece
from store.ingest.extract.names_titles import is_title
from store.ingest.extract.names_values import Kind
from store.ingest.extract.names_words import (
    HONORIFICS,
    NO_PERSON,
    ORG_NOUNS,
    OTHER_NOUNS,
    PLACE_NOUNS,
    REGAL,
    SAID,
    STARTERS,
    SUFFIXES,
)
from store.ingest.extract.words import words_of

PERSON = 2.0  # what is enough to be taken for a person
SURE = 3.5
_MANY = 4  # words; a name of fewer is usual
_ACRONYM = 2.0
_ABSTRACT = re.compile(r"\w{2}(?:ing|tion|tions|ment|ness|ology|isms?|ware)$")
PLACE_STARTS = words_of("San Santa Los Las Mount Mt Lake Fort Port Cape Camp")
_NO_BODIES = words_of("CEO CFO TV DVD CD PC")
_MARKS = frozenset("\"\u201c\u201d'\u2018\u2019")
_MOST_WORDS = 6
_INITIAL = re.compile(r"(?:\w\.-?)+|\w")
_LETTERS = re.compile(r"(?:[A-Z]\.?){2,6}|[A-Z]{2,6}s?")
_SHIP = re.compile(r"\b(?:HMS|USS|FS|SS|RMS|INS|MV|HMCS|HMAS) $")
_AGE = re.compile(
    r",? (?:\(|, ?)?(?:aged )?\d\d[,)]| \((?:born|b\.|c\.|\d{4} ?[-\u2013])| \(\d{1,2} \w+ \d{4}"
)
_WORD_AFTER = re.compile(r"[,\"\u201d]* ?(?:[a-z]+ly |also |has |had |have )?(\w+)")
_WORD_BEFORE = re.compile(r"([\w'-]+),? $")
AS_PLACE = re.compile(
    r"\b(?:in|at|near|from|outside|across|toward|towards|throughout|around|into|north of|south of"
    r"|east of|west of|town of|city of|village of|province of|region of|district of) $"
)
_PLACE_AFTER = re.compile(r", ([A-Z][\w.]+(?: [A-Z][\w.]+)?)")
_SAID_BEFORE = frozenset({"said", "says", "asked", "added"})  # "…," says Manal
_BY = frozenset(
    {
        "by",
        "named",
        "called",
        "with",
        "and",
        "wife",
        "husband",
        "son",
        "daughter",
        "brother",
        "sister",
        "father",
        "mother",
        "married",
        "met",
        "told",
        "starring",
        "featuring",
        "when",
        "that",
        "if",
    }
)
_COMPANY = re.compile(
    r"(?:['\u2019]s)? (?:CEO|CFO|COO|shares|stock|spokes\w+|executives?|employees|customers"
    r"|products|headquarters|subsidiary|officials?|chief executive|board)\b"
)


def weigh(
    text: str, piece: Piece, small: frozenset[str], alone: frozenset[str]
) -> tuple[float, str]:
    """Return how much speaks for `piece` being a person, and the chief reason.

    `small` holds the words that the text has in lower case, `alone` those with a capital that
    stand by themselves, as the surnames of those who were named before do.
    """
    bare = piece.bare
    name = " ".join(piece.span.of(text).split())
    if len(bare) > _MOST_WORDS or any(map(str.isdigit, name)):
        return -9, "digits"
    if name in places() or name in bodies():
        return (0.5 if piece.titled in HONORIFICS else -9), "known"
    if piece.words[-1].gap == " the " and len(bare) > 1:
        return 4.0, "epithet"
    ship = _SHIP.search(text, max(0, piece.span.start - 5), piece.span.start)
    if ship or all(_INITIAL.fullmatch(word.text) for word in piece.words):
        return -9, "ship" if ship else "initials"
    if (
        len(bare) > 1
        and bare[-1] in ENDS
        and not _held(text, piece)
        and not (bare[-1].lower() in SURNAMES and _first_only(bare[0]))
    ):
        return -4, f"ends in {bare[-1]}"
    weight, reason = _weigh_words(piece, small)
    if (
        len(bare) > 1
        and bare[-1] in alone
        and not NO_PERSON.intersection(bare)
        and bare[0] not in alone
    ):
        weight += 1.25
        reason = reason or "its last word stands alone elsewhere"
    if piece.titled and not piece.the:
        weight += 3 if len(bare) > 1 or bare[0] not in NO_PERSON else 1
        reason = f"title: {piece.titled}"
    more, why = _weigh_place(text, piece)
    more += weigh_around(text, piece)
    return weight + more, reason or why


def _weigh_words(piece: Piece, small: frozenset[str]) -> tuple[float, str]:
    """Return what speaks for a person in how the name itself is written."""
    bare = tuple(word for word in piece.bare if word not in SUFFIXES)
    if not bare:
        return -9, "suffix"
    article = 1.5 if piece.the else 0.0
    if len(bare) == 1:
        weight, reason = _weigh_single(bare[0], small)
        return weight - article + 2.0 * (len(piece.bare) > 1), reason
    if bare[0] in REGAL:
        return 4.0, f"title: {bare[0]}"
    weight, reason = _weigh_first(piece, bare[0])
    if len(bare) < len(piece.bare):
        weight += 2.0
    if any(len(word.gap) > len(" ") + 1 and word.gap.strip().islower() for word in piece.words[1:]):
        weight, reason = weight + 1.5, reason or "particle"
    if _is_surname(bare[-1]):
        weight, reason = weight + 1.5, reason or f"surname: {bare[-1]}"
    if len(bare) < _MANY and not any(word in NO_PERSON or word.lower() in small for word in bare):
        weight += 1.0
    against = sum(_against(word, small) for word in bare) + _against_ends(bare)
    against += sum(_ACRONYM for word in piece.words if _is_acronym(word.text))
    return weight - article - against, reason


def _weigh_single(word: str, small: frozenset[str]) -> tuple[float, str]:
    low = word.lower()
    against = 0.0
    if low in small or word in NO_PERSON or word in STARTERS or word in ORG_NOUNS:
        against += 2
    if word.isupper() and len(word) > 1:
        against += _ACRONYM
    if word in demonyms():
        against += 3
    known = low in FIRST or _is_surname(word)
    return known - against, "known name" if known else ""


def _weigh_first(piece: Piece, first: str) -> tuple[float, str]:
    """Return what the first name and initials tell."""
    low = first.lower()
    weight, reason = 0.0, ""
    if low in FIRST or low.split("-")[0] in FIRST:
        plain = first not in NO_PERSON and not first.isupper()
        weight = (1.5 if low in AMBIGUOUS else 3) if plain else 1
        reason = f"first name: {first}"
    elif low.startswith(("al-", "el-", "abu", "abd")):
        weight = 2
    if any(_INITIAL.fullmatch(word.text) and word.text[0].isupper() for word in piece.words[:-1]):
        first_too = _INITIAL.fullmatch(piece.words[0].text) is not None
        weight, reason = weight + (2.5 if first_too else 1.5), reason or "initial"
    return weight, reason


def _against(word: str, small: frozenset[str]) -> float:
    """Return what one word of a name speaks against a person."""
    low = word.lower()
    against = 2.0 if word in NO_PERSON and low not in FIRST else 0.0
    if word in demonyms() and low not in SURNAMES:
        against += 2
    if low in NAMES:
        return against
    if low in small:
        against += 1.5
    if word in STARTERS:
        against += 3
    if is_title(word):
        against += 2
    return against + (1.5 if _ABSTRACT.search(word) else 0)


def _against_ends(bare: tuple[str, ...]) -> float:
    """Return what the first and the last word speak against a person."""
    first, last = bare[0], bare[-1]
    against = 2.0 * sum(word in ENDS for word in bare[1:-1])
    if first.lower() not in FIRST:
        against += 2 * (first in ENDS) + 1.5 * (first in places())
    if last in places() and last.lower() not in SURNAMES:
        against += 1.5
    if last in sides() and len(bare) < _MANY - 1:  # N. Korea
        against += 3
    return against + 3 * (first in PLACE_STARTS)


def _is_acronym(word: str) -> bool:
    letters = word.replace("-", "")
    return len(letters) > 1 and letters.isupper() and letters.isalpha() and word not in SUFFIXES


def _held(text: str, piece: Piece) -> bool:
    """Tell whether a title in small letters stands before a first name: actor Tyrone Power."""
    found = _WORD_BEFORE.search(text, max(0, piece.span.start - 20), piece.span.start)
    return (
        found is not None
        and is_title(found.group(1))
        and found.group(1).islower()
        and _first_only(piece.bare[0])
    )


def _first_only(word: str) -> bool:
    low = word.lower()
    return low in FIRST and low not in SURNAMES and word not in places()


def _is_surname(word: str) -> bool:
    low = word.lower().rsplit("-", 1)[-1]
    return (
        low in SURNAMES
        or (ENDING.fullmatch(low) is not None and NOT_ENDING.fullmatch(low) is None)
        or CELTIC.fullmatch(word) is not None
    )


def _weigh_place(text: str, piece: Piece) -> tuple[float, str]:
    """Return what speaks for a person in the words before and after."""
    start, end = piece.span.start, piece.span.end
    weight, reason = 0.0, ""
    after = text[end : end + 40]
    if _AGE.match(after):
        weight, reason = weight + 1.5, "age"
    elif (
        (found := _WORD_AFTER.match(after))
        and found.group(1) in SAID
        and not after.startswith(("'", "\u2019"))
    ):
        weight, reason = weight + 1.0, f"then: {found.group(1)}"
    before = text[max(0, start - 20) : start]
    if AS_PLACE.search(before):
        weight -= 1.0
    elif found := _WORD_BEFORE.search(before):
        word = found.group(1)
        if word.islower() and is_title(word):
            weight, reason = weight + 1.5, f"title: {word}"
        elif word in _SAID_BEFORE:
            weight, reason = weight + 1.0, f"after {word}"
        elif word in _BY:
            weight += 0.5
        elif word.lower() in {"the", "a", "an"} and not piece.the:
            weight -= 1.5
    elif before[-1:] in _MARKS and after[:1] in _MARKS:
        weight -= 1.5
    return weight, reason


def other_kind(text: str, piece: Piece) -> tuple[Kind, bool, str]:
    """Return what a piece that is no person names, whether that is sure, and why."""
    name = " ".join(piece.span.of(text).split())
    return _kind_by_lists(name) or _kind_by_words(piece.bare) or _kind_by_context(text, piece)


def _kind_by_lists(name: str) -> tuple[Kind, bool, str] | None:
    if name in bodies():
        return Kind.ORGANISATION, True, "known body"
    if name in places():
        return Kind.PLACE, True, "known place"
    if name in demonyms():
        return Kind.OTHER, True, "nationality, people or faith"
    return None


def _kind_by_words(bare: tuple[str, ...]) -> tuple[Kind, bool, str] | None:
    if len(bare) == 1:
        return None
    if bare[-1] in ORG_NOUNS:
        return Kind.ORGANISATION, True, f"ends in {bare[-1]}"
    if bare[-1] in PLACE_NOUNS or bare[0] in PLACE_STARTS:
        return Kind.PLACE, True, f"{bare[0]} … {bare[-1]}"
    if bare[-1] in OTHER_NOUNS:
        return Kind.OTHER, True, f"ends in {bare[-1]}"
    return None


def _kind_by_context(text: str, piece: Piece) -> tuple[Kind, bool, str]:
    name = " ".join(piece.span.of(text).split())
    before = text[max(0, piece.span.start - 20) : piece.span.start]
    after = text[piece.span.end : piece.span.end + 40]
    found = _PLACE_AFTER.match(after)
    if found and (found.group(1) in places() or found.group(1).split()[0] in places()):
        return Kind.PLACE, True, f"then: {found.group(1)}"
    if _COMPANY.match(after):
        return Kind.ORGANISATION, False, "what it has"
    if AS_PLACE.search(before) and not any(map(str.isdigit, name)):
        return Kind.PLACE, False, f"after {before.split()[-1]}"
    if _LETTERS.fullmatch(name) and name not in _NO_BODIES:
        return Kind.ORGANISATION, False, "acronym"
    return Kind.OTHER, False, "none of the others"
