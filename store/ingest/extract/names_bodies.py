"""Organisations and places among the names that are no person's, joined within a text.

A body is told by its last word, by its acronym or by lists; "Organization for Security and
Cooperation in Europe (OSCE)" is one name. Holds no knowledge of persons.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass

from store.ingest.extract.names_countries import sides
from store.ingest.extract.names_pieces import Piece
from store.ingest.extract.names_runs import connects
from store.ingest.extract.names_values import Form, Kind, Mention
from store.ingest.extract.names_weigh import other_kind
from store.ingest.extract.names_words import ORG_NOUNS, STARTERS
from store.ingest.extract.values import Span

_ACRONYM = re.compile(r" \((?:the )?([A-Z][A-Za-z&.-]{1,9})\)")
_WORD = re.compile(r"[\w'\u2019-]+")
_SKIPPED = frozenset({"of", "the", "and", "for", "in", "on", "to", "a", "de", "at"})
_LOOK_BACK = 110  # characters before an acronym
_MOST_WORDS = 14
_BODY_HEADS = frozenset(
    {"Ministry", "Department", "University", "Bank", "Organization", "Organisation", "House",
     "Council",
     "Committee", "Commission", "Office", "Court", "Institute", "Association", "Bureau", "Academy",
     "School", "College", "Board", "Center", "Centre", "Federation", "Union", "Agency",
     "Church",
     "Party", "Army", "Chamber", "League", "Society", "Foundation", "Movement", "Front", "Museum"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    kind: Kind
    _: KW_ONLY
    sure: bool
    because: str


def find_bodies(text: str, pieces: Sequence[Piece]) -> Iterator[Mention]:
    """Yield the organisations, places and other names among `pieces`."""
    long_forms = dict(_expansions(text))
    names = {acronym: _in_one_line(text, span) for acronym, span in long_forms.items()}
    found = [
        _Found(span, Kind.ORGANISATION, sure=True, because=f"written out before ({acronym})")
        for acronym, span in long_forms.items()
    ]
    taken = sorted(long_forms.values())
    found += _read_pieces(text, pieces, taken, names)
    kinds: dict[str, _Found] = {}
    for each in found:
        name = _in_one_line(text, each.span)
        if each.kind is not Kind.OTHER and (name not in kinds or not kinds[name].sure):
            kinds[name] = each
    for each in found:
        name = _in_one_line(text, each.span)
        best = kinds.get(name, each) if each.kind is Kind.OTHER else each
        full = names.get(name, sides().get(name, name) if best.kind is Kind.PLACE else name)
        yield Mention(
            span=each.span,
            name=full,
            kind=best.kind,
            form=Form.SHORT if full != name else Form.FULL,
            sure=best.sure,
            because=best.because,
        )


def _read_pieces(
    text: str, pieces: Sequence[Piece], taken: Sequence[Span], names: Mapping[str, str]
) -> Iterator[_Found]:
    skip = -1
    for at, piece in enumerate(pieces):
        if piece.span.start < skip or meets_any(piece.span, taken):
            continue
        if len(piece.words) == 1 and piece.bare[0] in STARTERS:
            continue
        kind, sure, why = other_kind(text, piece)
        if kind is Kind.OTHER and not sure and piece.opens and len(piece.words) == 1:
            continue  # a word that begins a sentence
        span = _go_on(text, pieces, at) if piece.bare[-1] in _BODY_HEADS else piece.span
        skip = span.end
        if span != piece.span:
            kind, sure, why = Kind.ORGANISATION, True, f"begins with {piece.bare[-1]}"
        elif span.of(text) in names:
            kind, sure, why = Kind.ORGANISATION, True, "written out in the text"
        yield _Found(span, kind, sure=sure, because=why)


def _in_one_line(text: str, span: Span) -> str:
    return " ".join(span.of(text).split())


def meets_any(span: Span, taken: Sequence[Span]) -> bool:
    """Tell whether `span` overlaps one of `taken`, which is in order."""
    place = bisect_right(taken, span)
    return any(taken[at].meets(span) for at in (place - 1, place) if 0 <= at < len(taken))


def _go_on(text: str, pieces: Sequence[Piece], at: int) -> Span:
    """Return the whole name of a body that goes on behind "of" or "for"."""
    span = pieces[at].span
    for following in pieces[at + 1 : at + 4]:
        gap = text[span.end : following.span.start]
        if not connects(gap) or gap.strip() in {"and", "at", "on", "in", "to", "&", "to the"}:
            break
        span = Span(span.start, following.span.end)
        if following.bare[-1] not in ORG_NOUNS:
            break
    return span


def _expansions(text: str) -> Iterator[tuple[str, Span]]:
    """Yield each acronym in brackets with the words before it that it stands for."""
    for found in _ACRONYM.finditer(text):
        letters = [letter for letter in found.group(1) if letter.isupper()]
        words = list(_WORD.finditer(text, max(0, found.start() - _LOOK_BACK), found.start()))
        at = len(words)
        while at and letters and len(words) - at < _MOST_WORDS:
            at -= 1
            word = words[at].group()
            if letters[-1] in {word[0].upper(), word.rsplit("-", 1)[-1][:1].upper()}:
                letters.pop()
            elif word.lower() not in _SKIPPED:
                break
        if at < len(words) - 1 and not letters and words[at].group()[0].isupper():
            yield found.group(1), Span(words[at].start(), found.start())
