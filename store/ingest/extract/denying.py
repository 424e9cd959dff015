"""The words by which somebody denies, doubts or leaves open what a clause says.

"Denied that the road is open" tells nobody that it is. Holds no knowledge of who speaks or of
where such a clause ends.
"""

import re

from store.ingest.extract.masking import MASK

_VERBS = (
    r"den(?:y|ies|ied|ying)|doubt(?:s|ed|ing)?|disput(?:e|es|ed|ing)"
    r"|rul(?:e|es|ed|ing)\sout"
)
_UNWILLING = (
    r"refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|fail(?:s|ed|ing)?\sto|avoid(?:s|ed|ing)?"
    r"|stop(?:s|ped|ping)?\sshort|unable\sto|unwilling\sto|reluctant\sto|yet\sto"
)
_NOT = (
    r"(?:(?:did|do|does|has|have|had|is|are|was|were|will|would|can|could|should)\s)?"
    r"(?:not(?!\s(?:only|just|merely)\b)|never|cannot)|\w+n['\u2019]t"
)
# Between a speaker and a verb of saying, that verb with it.
_DENIED = re.compile(
    rf"\b(?:{_VERBS}|{_UNWILLING}|{_NOT}|neither|nor|hardly|barely|without|no\slonger"
    r"|rather\sthan|instead\sof)\b"
)
_REFUSES = re.compile(rf"\b(?:{_VERBS}|{_UNWILLING})\b")
_CUT = re.compile(rf"[,;:()\u2014{MASK}]|\s(?:and|but)\s")
_REACH = 60  # characters between what denies and the verb of saying
_NOBODY = re.compile(r"(?:no|no-one|nobody|none|neither|nothing|few)\b", re.IGNORECASE)
_OPEN = re.compile(r"(?:whether|if)\b")

_SAY = r"(?:say|tell|confirm|disclose|reveal|comment|state|know|think|believe|expect|promise)"
_DOES = r"(?:is|are|was|were|do|does|did|has|have|had)"
_TURNED = re.compile(
    # what will not be
    r"\b(?:(?:will|shall|would|must|should|['\u2019]ll)\s(?:\w+ly\s|now\s|also\s)?"
    r"(?:not(?!\s(?:only|just|merely)\b)|never|no\slonger)|(?:wo|would|sha|must)n['\u2019]t"
    rf"|(?:{_DOES}\s(?:now\s|\w+ly\s)?(?:not|no\slonger)|{_DOES}n['\u2019]t|no\slonger)\s"
    r"(?:be\s)?(?:to|going\sto|due|set|scheduled|expected|slated|planned|planning|supposed|likely"
    r"|plans?|intends?|hopes?|aims?|expects?)"
    r"|[Nn]o\s(?:\w+\s){1,4}?(?:will|would|shall|is|are|was|were)"
    r"|(?:be|been|is|are|was|were)\s(?:\w+ly\s)?(?:cancell?ed|called\soff|postponed|scrapped"
    r"|shelved)"
    # what somebody denies, doubts or does not say
    rf"|(?<!,\s)(?:{_VERBS})|(?:refus|declin)(?:e|es|ed|ing)\s(?:even\s)?to\s{_SAY}"
    rf"|(?:not|never|\w+n['\u2019]t)\s{_SAY}|(?:reject|dismiss)(?:s|es|ed|ing)?\s(?:\w+\s){{0,4}}?"
    r"that|(?:question|wonder|ask)(?:s|ed|ing)?\s(?:\w+\s)?(?:whether|if))\b"
)
_UNTIL = re.compile(r"\b(?:until|till|before)\s(?:\w+\s)?\Z")


def denied_from(masked: str, start: int, verb_start: int, verb_end: int) -> int | None:
    """Return where the words begin by which the verb of saying denies; None where it does not.

    `start` is where the words after the speaker begin, or the sentence.
    """
    low = max(start, verb_start - _REACH)
    for cut in _CUT.finditer(masked, low, verb_start):
        low = cut.end()
    found = _DENIED.search(masked, low, verb_end)
    return min(found.start(), verb_start) if found else None


def has_denial(words: str) -> bool:
    """Tell whether a verb that denies, doubts or refuses is among `words`."""
    return _REFUSES.search(words) is not None


def is_nobody(speaker: str) -> bool:
    """Tell whether it is nobody who says it: no official said."""
    return _NOBODY.match(speaker) is not None


def is_open(clause: str) -> bool:
    """Tell whether a clause only asks: whether the road is open."""
    return _OPEN.match(clause) is not None


def is_turned(text: str, start: int, end: int, place: int) -> bool:
    """Tell whether a clause says that what is planned for `place` will not be, or denies it."""
    if _UNTIL.search(text, max(start, place - 16), place):
        return False
    return _TURNED.search(text, start, end) is not None
