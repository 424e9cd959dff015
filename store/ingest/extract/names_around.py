"""What stands around a name and tells a person from a company, a club or a country.

A country in brackets, an office behind a comma, "& Co.", what only people do. Holds no
knowledge of the other names of a text.
"""

import re

from store.ingest.extract.names_countries import demonyms, sides
from store.ingest.extract.names_gazetteer import places
from store.ingest.extract.names_known import FIRST
from store.ingest.extract.names_pieces import ENDS, Piece
from store.ingest.extract.names_titles import is_title
from store.ingest.extract.names_words import NO_PERSON
from store.ingest.extract.words import words_of

_MANY = 4  # words; a name of fewer is usual
# What a person does, and hardly a company, country or club.
_HUMAN = re.compile(
    r",? (?:scored|headed|volleyed|equali[sz]ed|homered|birdied|fled|lied|wept|pleaded|confessed"
    r"|sued|starred|sang|surrendered|laughed|nodded|shrugged|succeeded"
    r"|was (?:later |then |also |subsequently )?(?:born|executed|imprisoned|exiled"
    r"|arrested|injured|killed|elected|jailed|sentenced|married|appointed|sacked|booked))\b"
)
_MADE_BY = re.compile(
    r"\b(?:written|designed|directed|composed|painted|played|portrayed|sung|coached|managed|headed"
    r"|edited|founded|discovered|invented|performed|photographed|scored|choreographed|beaten"
    r"|succeeded|replaced|followed|goal|goals|header|shot|pass|cross) (?:by|from) $"
)
_GIVEN = re.compile(  # Jong-un, Ki-moon; not Post-war
    r"(?!(?:Post|Anti|Non|Self|Mid|Pre|Re|Pro|Ex|Co|Multi|Semi|Inter|Sub|Super|Over|Under|All"
    r"|Two|Three|Four|Five|Six|Half|Full|High|Low|Long|Short|Well|Tri|Bi|Twin|Air|Sea|Off|On|Out|Up|Down"
    r"|In|By|Euro|Anglo|Live|Best|Top|New|Old|Cross|Ultra|Neo|Mega|Single|Vice|Then|To|Not|One)-)"
    r"[A-Z][a-z]{1,4}-[a-z]{2,5}"
)
_NOT_GIVEN = 6  # letters of a family name before or after such a one
_LISTED = re.compile(r" ?\( ?([A-Z][\w.]*(?: [A-Z][\w.]*){0,2}) ?\)")
_COUNTRY_CODE = re.compile(r"[A-Z]{3}")
_OFFICE_AFTER = re.compile(r" ?, (?:the |an? |its |his |her |their )?([^,.;:()\n]{2,60})[,.;]")
_OFFICES_OF_BODIES = words_of(
    """
leader adviser advisor owner partner rival producer trader broker publisher successor predecessor
manager candidate agent counterpart operator designer founder head
"""
)
_OF_OFFICE = re.compile(r" (?:of|for|at|in|to|from|with) ")
_SPOUSES = re.compile(r" (?:and|&) ([A-Z][\w-]+) ([A-Z][\w'\u2019-]+)")
_PAIR = re.compile(r" ?& ?")
_PAIR_BEFORE = re.compile(r"& ?\Z")
_COMPANY_AFTER = re.compile(
    r",? (?:and |& )?(?:Co|Inc|Ltd|Corp|PLC|plc)\b"
    r"| (?:said|says|announced) (?:\w+day )?(?:that )?its?\b"
)
_COMPANY_BEFORE = re.compile(
    r"\b(?:shares (?:of|in)|stakes? in|units? of|subsidiary of|division of|maker|carmaker|automaker"
    r"|firm|company|retailer|brewer|bank|group|giant) \Z",
    re.IGNORECASE,
)
_CRICKET = re.compile(r"(?:^|\s)(?:c|b|st|lbw b) \Z")
_CRICKET_AFTER = re.compile(r" (?:b [A-Z]|\d)")


def weigh_around(text: str, piece: Piece) -> float:
    """Return what further signs around a name tell: a country in brackets, an office, "& Co."."""
    bare, (start, end) = piece.bare, (piece.span.start, piece.span.end)
    before, after = text[max(0, start - 24) : start], text[end : end + 70]
    if _PAIR.match(after) or _PAIR_BEFORE.search(before):
        return -3.0 if len(bare) == 1 else 0.0
    if _COMPANY_AFTER.match(after) or _COMPANY_BEFORE.search(before):
        return -3.0
    weight = 0.0
    if _CRICKET.search(before) and _CRICKET_AFTER.match(after):
        weight += 3.0
    if len(bare) == 1:
        return weight + _weigh_spouse(bare[0], after)
    if _is_family_first(bare):
        weight += 2.5
    if bare[-1] in ENDS or NO_PERSON.issuperset(bare):
        return weight
    if _HUMAN.match(after) or _MADE_BY.search(before):
        weight += 1.0
    if (found := _LISTED.match(after)) and _is_country(found[1]) and len(bare) <= _MANY:
        weight += 2.0
    elif found := _OFFICE_AFTER.match(after):
        office = set(_OF_OFFICE.split(found[1])[0].split())
        told = {word for word in office if word.islower() and is_title(word)} - _OFFICES_OF_BODIES
        weight += 1.0 if told else 0.0
    return weight


def _is_family_first(bare: tuple[str, ...]) -> bool:
    """Tell whether a name is written like Kim Jong-un: a short one and two syllables."""
    short = len(bare) == len(("Kim", "Jong-un")) and min(map(len, bare)) < _NOT_GIVEN
    return short and any(map(_GIVEN.fullmatch, bare))


def _weigh_spouse(word: str, after: str) -> float:
    """Return what tells a first name that shares its surname: Bill and Hillary Clinton."""
    if word.lower() not in FIRST or not (found := _SPOUSES.match(after)):
        return 0.0
    shares = found[1].lower() in FIRST and found[2] not in ENDS and found[2] not in places()
    return 2.0 if shares else 0.0


def _is_country(name: str) -> bool:
    if (
        name in sides()
        or name in demonyms()
        or name in places()
        or name.rsplit(maxsplit=1)[-1] in sides()
    ):
        return True
    return _COUNTRY_CODE.fullmatch(name) is not None
