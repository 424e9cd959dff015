"""Who and what a text names: persons, organisations and places, joined within the text.

`find_names` is the one function to use. A name is taken for a person's by how it is written and
by what stands around it; a surname, a first name or a title is given to the one person of the
text whom it fits. Names of the page (authors, photographers) are left out.
"""

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from store.ingest.extract.names_bodies import find_bodies, meets_any
from store.ingest.extract.names_countries import sides
from store.ingest.extract.names_furniture import furniture
from store.ingest.extract.names_gazetteer import places
from store.ingest.extract.names_joining import (
    People,
    Person,
    honorific_gender,
    learn_genders,
)
from store.ingest.extract.names_known import FIRST
from store.ingest.extract.names_pieces import ENDS, Piece, cut
from store.ingest.extract.names_runs import find_runs
from store.ingest.extract.names_titles import title_before, titles_after
from store.ingest.extract.names_values import Form, Kind, Mention, Role
from store.ingest.extract.names_weigh import AS_PLACE, PERSON, SURE, weigh
from store.ingest.extract.names_words import NO_PERSON, SAID, STARTERS
from store.ingest.extract.sentences import find_sentences
from store.ingest.extract.values import Span

_SMALL_WORD = re.compile(r"(?<![\w'\u2019-])[a-z]{3,}(?![\w'\u2019-]|\.\w)")
_ANY_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_TITLE_ALONE = re.compile(
    r"\b(?:[Tt]he|[Hh]er|[Hh]is) ((?:[\w-]+ ){0,4}?)"
    r"((?i:president|chancellor|premier|minister|secretary|senator|governor|mayor|ambassador|envoy|commissioner"
    r"|chairman|chairwoman|chair|director|spokesman|spokeswoman|king|queen|pope|general|admiral|chief|leader"
    r"|judge|prosecutor|negotiator|diplomat|secretary general|secretary-general|CEO|founder))"
    r"((?: of (?:[A-Z][\w]+|state|defen[cs]e|staff|foreign affairs))?)(?! [A-Z]| (?:general|of)\b)"
    r"(?=[\s.,;:'\u2019)])",
)
# A line of a table of results: 1. Kurt Asle Arvesen (Norway) 38 minutes.
_LISTED = re.compile(
    r"^\s*\d{1,3}(?:[.)]| -) [A-Z]|\d[-:.]\d|\) ?\d|[A-Za-z] \( ?[A-Z][a-z]+(?: [A-Z][a-z]+)? ?\)"
)
# Or of scores: 132 Brenden Pappas 66 66; R. Robinson b Walsh 3.
_SCORED = re.compile(
    r"\d+ [A-Z][^\d\n]+(?: \d+)+|[A-Z]\.[^\d\n]+ (?:b|c|lbw|not out|run out)\b[^\n]*"
)
_FAR_APART = 8  # characters between the names of a list
_KNOWN = -9  # the weight of a known place or body
_HEADLINE_SHARE = 0.6
_HEADLINE_WORDS = 4


@dataclass(slots=True)
class _Case:
    """A piece, what was weighed, and what is decided."""

    piece: Piece
    sentence: Span
    headline: bool
    weight: float
    because: str
    person: Person | None = None
    form: Form = Form.FULL
    roles: list[Role] = field(default_factory=list)


def find_names(text: str) -> tuple[Mention, ...]:
    """Return what `text` names, in order; each person, body and place under one name."""
    cases = list(_cases(text))
    _join_lists(text, cases)
    people = People()
    _take_full(text, cases, people)
    _take_short(text, cases, people)
    cases = list(_take_headlines(cases, people))
    mentions = [_mention(case) for case in cases if case.person]
    taken = sorted(mention.span for mention in mentions)
    others = [
        mention
        for mention in find_bodies(
            text, [case.piece for case in cases if not case.person and not case.headline]
        )
        if not meets_any(mention.span, taken)
    ]
    told = sorted({*taken, *(role.span for each in mentions for role in each.roles)})
    titles = list(_titles_alone(text, people, told)) if people.persons else []
    return tuple(sorted((*mentions, *others, *titles), key=lambda mention: mention.span))


def _cases(text: str) -> Iterator[_Case]:
    """Yield all pieces of the text with their weights."""
    small = frozenset(_SMALL_WORD.findall(text))
    page = furniture(text)
    starts = [span.start for span in page]
    pieces: list[tuple[Piece, Span, bool]] = []
    for sentence in find_sentences(text):
        runs = list(find_runs(text, sentence))
        if not runs:
            continue
        headline = _is_headline(text, sentence)
        for piece in cut(text, sentence, runs):
            place = bisect_right(starts, piece.span.start)
            if not (place and page[place - 1].end > piece.span.start):
                pieces.append((piece, sentence, headline))
    alone = frozenset(
        piece.bare[0]
        for piece, _, headline in pieces
        if len(piece.words) == 1 and not headline and not piece.the
    )
    for piece, sentence, headline in pieces:
        weight, because = weigh(text, piece, small, alone)
        yield _Case(piece, sentence, headline, weight, because)


_BETWEEN = re.compile(r",? (?:and|or|&) |, ")
_LISTED_WITH = 1.0  # what it tells to stand in a list with a person


def _join_lists(text: str, cases: Sequence[_Case]) -> None:
    """Let names in full that stand in a list with a person be persons more likely."""
    for pairs in (pairwise(cases), pairwise(reversed(cases))):
        for known, case in pairs:
            if case.headline or not PERSON - _LISTED_WITH <= case.weight < PERSON <= known.weight:
                continue
            if len(case.piece.words) == 1 or len(known.piece.words) == 1 or case.piece.the:
                continue
            one, other = sorted((known.piece.span, case.piece.span))
            if len(text[one.end : other.start]) < _FAR_APART and _BETWEEN.fullmatch(
                text[one.end : other.start]
            ):
                case.weight += _LISTED_WITH
                case.because = case.because or f"listed with {known.piece.span.of(text)}"


def _is_headline(text: str, sentence: Span) -> bool:
    """Tell whether most words have capitals, as in a heading."""
    if _LISTED.search(text, sentence.start, sentence.end) or _SCORED.fullmatch(
        text, sentence.start, sentence.end
    ):
        return False
    words: list[str] = _ANY_WORD.findall(text, sentence.start, sentence.end)
    if len(words) < _HEADLINE_WORDS or text[sentence.end - 1] in '.?!"\u201d':
        return len(words) >= _HEADLINE_WORDS and sentence.of(text).isupper()
    capitals = sum(word[0].isupper() for word in words)
    return capitals >= _HEADLINE_SHARE * len(words)


def _take_full(text: str, cases: Sequence[_Case], people: People) -> None:
    """Take the names in full, with the weight of their best mention, for persons."""
    best: dict[tuple[str, ...], float] = {}
    for case in cases:
        if not case.headline:
            key = case.piece.bare
            best[key] = max(best.get(key, -9), case.weight)
    for case in cases:
        piece = case.piece
        if (
            case.headline
            or len(piece.words) == 1
            or best[piece.bare] < PERSON
            or case.weight < PERSON - 2
        ):
            continue
        person = people.add(_spelled(text, piece), piece.bare, piece.span.start)
        _know(text, case, person)


def _spelled(text: str, piece: Piece) -> str:
    """Return a name without a bracket or line break within it: (Vladimir) Putin."""
    name = " ".join(piece.span.of(text).split())
    return name if "(" in name else name.replace(")", "")


def _know(text: str, case: _Case, person: Person, *, after: bool = True) -> None:
    case.person = person
    span = case.piece.span
    if role := title_before(text, case.sentence.start, span.start):
        case.roles.append(role)
    if after:
        case.roles.extend(titles_after(text, span.end, case.sentence.end))
    person.roles.extend(case.roles)
    gender = honorific_gender(case.piece.titled)
    if gender.value != "unknown":
        person.honorific = gender
    learn_genders(text, person, span)


def _take_short(text: str, cases: Sequence[_Case], people: People) -> None:
    """Give surnames and first names to persons, and take the lone ones that must be persons."""
    for case in cases:
        piece = case.piece
        if case.person or case.headline:
            continue
        known = people.short(piece.bare, piece.span.start)
        if known and _may_mean(text, case, known):
            case.form = Form.SHORT
            insort(known.places, piece.span.start)
            _know(text, case, known)
            case.because = f"part of {known.name}"
        elif len(piece.words) == 1 and _is_lone(text, case):
            person = people.add(_spelled(text, piece), piece.bare, piece.span.start)
            _know(text, case, person)
    for case in cases:  # what stands before the first of its kind
        if case.person is None and not case.headline and len(case.piece.words) == 1:
            lone = people.short(case.piece.bare, case.piece.span.start, firsts=False)
            if lone and _may_mean(text, case, lone):
                case.form = Form.SHORT
                _know(text, case, lone)


def _may_mean(text: str, case: _Case, person: Person) -> bool:
    """Tell whether a short name is that of `person` here, and not a word or a place."""
    piece = case.piece
    if piece.titled:
        return True
    if text[max(0, piece.span.start - 2) : piece.span.start - 1].isdigit():
        return False  # 30 Seconds
    if piece.the or (piece.opens and len(piece.words) == 1 and piece.bare[0] in STARTERS):
        return False
    word = piece.bare[-1]
    if case.weight <= _KNOWN:  # Lyons the colonel, not the city; never a country
        before = text[max(0, piece.span.start - 20) : piece.span.start]
        return (
            word in places()
            and word not in sides()
            and word == person.words[-1]
            and AS_PLACE.search(before) is None
        )
    after = text[piece.span.end : piece.span.end + 12]
    if (
        piece.opens
        and word in NO_PERSON
        and not re.match(r"['\u2019]s| (?:\w+ed|said|says|was|has|is)\b", after)
    ):
        return False
    return not (len(piece.words) > 1 and word in ENDS and word != person.words[-1])


def _is_lone(text: str, case: _Case) -> bool:
    """Tell whether a single name must be a person's, though nobody has it in full."""
    piece = case.piece
    word = piece.bare[0]
    if piece.the or word in STARTERS or word in NO_PERSON:
        return False
    if piece.titled:
        return case.weight >= PERSON and not (word.isupper() and len(word) > 1)
    after = re.match(r" (\w+)", text[piece.span.end : piece.span.end + 20])
    speaks = after is not None and after.group(1) in SAID
    return case.weight >= PERSON or (
        case.weight >= 1
        and (speaks or word.lower() in FIRST)
        and not piece.opens
        and case.weight + speaks >= 1
    )


def _take_headlines(cases: Sequence[_Case], people: People) -> Iterator[_Case]:
    """Yield all cases, those of headings for each person known from the text below."""
    for case in cases:
        if not case.headline or case.person:
            yield case
            continue
        found = list(_known_in(case, people))
        yield from found or (case,)


def _known_in(case: _Case, people: People) -> Iterator[_Case]:
    words, begin = case.piece.words, 0
    while begin < len(words):
        for end in range(len(words), begin, -1):
            part = [word.bare for word in words[begin:end]]
            known = people.full(part) if end - begin > 1 else None
            if known is None and part[0] not in NO_PERSON and end - begin == 1:
                known = people.short(part, case.piece.span.start, firsts=False)
            if known:
                yield replace(
                    case,
                    piece=Piece(words[begin:end], titled="", opens=False, the=False),
                    person=known,
                    form=Form.FULL if end - begin > 1 else Form.SHORT,
                    because="heading; named in the text",
                    roles=[],
                )
                begin = end - 1
                break
        begin += 1


def _mention(case: _Case) -> Mention:
    person = case.person
    if person is None:
        raise ValueError("a mention needs a person")
    return Mention(
        span=case.piece.span,
        name=person.name,
        kind=Kind.PERSON,
        form=case.form,
        roles=tuple(case.roles),
        gender=person.gender,
        sure=case.form is Form.SHORT or case.weight >= SURE,
        because=case.because or "written like a name",
    )


def _titles_alone(text: str, people: People, taken: Sequence[Span]) -> Iterator[Mention]:
    """Yield the titles without a name whose holder the text tells."""
    for found in _TITLE_ALONE.finditer(text):
        span = Span(*found.span())
        words = frozenset(re.findall(r"[\w-]+", (found.group(1) + found.group(3)).lower()))
        noun = found.group(2).lower().split()[-1]
        person = people.holder(noun, words - {"of", "the", "former"}, span.start)
        if person and person.places[0] < span.start and not meets_any(span, taken):
            yield Mention(
                span=span,
                name=person.name,
                kind=Kind.PERSON,
                form=Form.TITLE,
                gender=person.gender,
                sure=False,
                because="holds this title in the text",
            )
