"""Whether a statement says that something happened, goes on or is to come.

By the words around its date first (will, is due to, since), then by its tense, then by where
its date lies. Holds no knowledge of who takes part.
"""

import re
from datetime import date

from store.ingest.extract.saying import BASES, INVERTED, SAYING
from store.ingest.extract.times_tense import Tense, Tenses
from store.ingest.extract.values import Span
from store.knowledge.values import Status, When

_PLANNED = re.compile(
    r"\b(?:will|shall|would|must|['\u2019]ll|won['\u2019]t)\s(?!have\b)"
    r"|\b(?:is|are|was|were|been|being|be|['\u2019]s|['\u2019]re)\s(?:now\s|also\s|originally\s|first\s"
    r"|\w+ly\s)?(?:to\s(?:be\s)?\w+|due\b|set\b|scheduled\b|expected\b|slated\b|planned\b|going\sto\b"
    r"|poised\b|supposed\b|about\sto\b|likely\sto\b|preparing\b|planning\b|hoping\b)"
    r"|\b(?:plans?|intends?|hopes?|aims?|expects?|agreed|expected|scheduled|due|slated)\sto\b"
    r"|\b(?:upcoming|forthcoming|ahead\sof)\b"
)
_SINCE = re.compile(r"\b(?:since|from)\s(?:\w+\s)?\Z", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['\u2019]s?\s\w")
_CLAUSE = re.compile(r"[;\u2014]|,\s(?:but|while|although|though|and)\s|\u25a0")

_FORMS = (
    "met held made took went came gave got saw found left led sent spoke wrote won lost bought sold"
    " built brought broke chose cut fell flew grew kept knew paid put ran rose set shot struck"
    " threw told began became felt fought hit signed withdrew overthrew undertook said beat caught"
    " dealt drew drove fed fled froze hid hurt laid lent overcame overtook quit rang sang sank sat"
    " sought spent split spread stole stood struck swept swore taught tore woke withheld wore"
)
PAST_FORMS = "|".join(_FORMS.split())
_GOING_ON = re.compile(rf"\b(?:has|have)\s(?:\w+\s)?(?:been\s\w+ing|been|\w+ed|{PAST_FORMS})\b")
_NO_VERBS = (
    "need|feed|speed|indeed|hundred|united|armed|breed|seed|aged|limited|alleged|so-called|red"
)
_SAYS = "|".join(sorted((SAYING | INVERTED) - BASES, key=lambda form: (-len(form), form)))
_PARTICIPLE = r"(?!(?:" + _NO_VERBS + r")\b)[a-z]{2,}ed"
_REPORTED = re.compile(
    rf"(?<!-)\b(?:(?:has|have)(?:\s(?:also|now|already|yet|not|\w+ly))*\s(?!been\b)"
    rf"(?:\w+ed|{PAST_FORMS}|done|given|taken|seen|begun|become|won|chosen|drawn|gone)"
    rf"|(?:(?:has|have)\sbeen|was|were)\s(?:\w+ly\s)?(?:{_PARTICIPLE}|held|made|taken|given|sold"
    r"|sent|told|won|shot|put|cut|set)"
    rf"|(?:{PAST_FORMS})|(?P<bare>{_PARTICIPLE}))\b"
)
_SAID = re.compile(rf"\b(?:{_SAYS})\b")
_SAID_LAST = re.compile(rf",\s[^,]{{2,60}}\s(?:{_SAYS})\b[^,]{{0,50}}\Z")
_BY = re.compile(r"\s(?:by|for|in|as|at|from|on|with|to)\b")
_FINITE = re.compile(
    rf"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|{PAST_FORMS})\b"
)
_STATE = re.compile(
    rf"\b(?:(?:is|are)\s(?:being\s)?(?:\w+ly\s)?{_PARTICIPLE}|had\s(?:\w+\s)?(?:{_PARTICIPLE}|{PAST_FORMS}"
    r"|been)|(?:is|are|was|were)\s(?:\w+ly\s)?(?:thought|believed|estimated|known|rumou?red|said)\sto\b"
    r"|(?:can|could|may|might|should)\s(?!have\b)\w+"
    r"|(?:is|are|was|were|remains?|remained|had|has|have)\s(?:a|an|the|one|not|no|some|more"
    r"|also|currently|\d))\b"
)
_WHEN = re.compile(
    r"\b(?:once|originally|formerly|previously|traditionally|often|usually|always)\b"
)


def status_at(text: str, sentence: Span, place: Span, when: When, published: date | None) -> Status:
    """Return what the sentence says of what it dates at `place`."""
    clause = clause_around(text, sentence, place)
    before = text[max(clause.start, place.start - 16) : place.start]
    if _SINCE.search(before) and _GOING_ON.search(text, clause.start, clause.end):
        return Status.ONGOING
    if published is not None and when.start > published:
        return Status.PLANNED
    if _PLANNED.search(text, clause.start, clause.end):
        past = Tenses(text, clause).at(place) is Tense.PAST
        modal = _PLANNED.search(text, clause.start, place.start)
        if modal or not past:
            return Status.PLANNED
    if published is not None and when.end > published and when.start < published:
        return _open(text, clause, place)
    return Status.HAPPENED


def is_possessive(text: str, place: Span) -> bool:
    """Tell whether a date only says which: Monday's talks."""
    return _POSSESSIVE.match(text, place.end) is not None


def is_reported(sentence: str, *, headline: bool) -> bool:
    """Tell whether a sentence without a date reports news rather than a state or a plan.

    What others say in it is to be blanked before.
    """
    if headline and sentence[-1] not in ".!?":
        return True
    if _SAID_LAST.search(sentence):
        return True
    said, told = _SAID.search(sentence), _told(sentence)
    if _WHEN.search(sentence) or (told is None and said is None):
        return False
    first = min(found.start() for found in (said, told) if found)
    planned, state = _PLANNED.search(sentence), _STATE.search(sentence)
    return not (planned and planned.start() < first) and not (state and state.start() <= first)


def _told(sentence: str) -> re.Match[str] | None:
    """Return the first verb of the past; "the jets built for" holds none of its own."""
    for found in _REPORTED.finditer(sentence):
        reduced = found["bare"] and _BY.match(sentence, found.end())
        if not (reduced and _FINITE.search(sentence, found.end())):
            return found
    return None


def _open(text: str, clause: Span, place: Span) -> Status:
    """Return the status of what may lie before or after the day of the text."""
    if Tenses(text, clause).at(place) is Tense.FUTURE:
        return Status.PLANNED
    return Status.HAPPENED


def clause_around(text: str, sentence: Span, place: Span) -> Span:
    """Return the clause of the sentence in which `place` stands."""
    start, end = sentence.start, sentence.end
    for found in _CLAUSE.finditer(text, sentence.start, sentence.end):
        if found.end() <= place.start:
            start = found.end()
        elif found.start() >= place.end:
            end = found.start()
            break
    return Span(start, end)
