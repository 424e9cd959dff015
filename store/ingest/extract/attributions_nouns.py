"""Whether a word that may be a verb of saying is a noun where it stands: "the reports"."""

import re

from store.ingest.extract.masking import MASK
from store.ingest.extract.saying import BASES, INVERTED, NOUNS
from store.ingest.extract.values import Span

_PARTICIPLES = frozenset(["written", "known", "seen", "shown"])
_BEFORE_NOUN = re.compile(
    r"(?:\b(?:a|an|the|his|her|their|its|our|my|your|this|that|these|those|of|in|on|for|with|from|by"
    r"|at|as|no|any|some|many|more|most|much|new|recent|latest|first|last|early|earlier|own|about|and|or"
    r"|into|under|without|such|all|other|several|public|former|initial|key)|['\u2019]s|s['\u2019])\s+$",
    re.IGNORECASE,
)
# What makes a word that may be a noun a verb: a name, a pronoun, a short subject, an adverb.
_BEFORE_VERB = re.compile(
    r"(?:\b(?!(?:The|An|Some|His|Her|Its|Their|Our|My|These|Those|Many|Most|All|No|Such|Other)\b)"
    r"[A-Z][\w.-]+|\b(?:I|he|she|it|they|we|you|who|which|that|to|also|now|often|still|and|not)"
    r"|\b\w+ly|[,)]|(?:^|[,;:\x01]\s*)(?:[Bb]ut |[Aa]nd )?(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er"
    r"|[Tt]heir|[Ii]ts|[Oo]ne|[Ss]ome|[Mm]any|[Mm]ost)"
    r"\s+[\w-]+(?:\s+[\w-]+)?)\s+$"
)
# What a verb without an ending follows: a plural, a pronoun, an infinitive's to.
_BEFORE_BASE = re.compile(
    r"(?:\b(?:I|we|you|they|who|to|and|or|that|not|people|police|men|women|both|also|which|voters)|[a-rt-z]s"
    r"|['\u2019](?:ll|d|re|ve))\s+$|[,\x01]\s*$"
)


def is_noun(masked: str, sentence: Span, match: re.Match[str]) -> bool:
    """Tell whether the word is a noun or adjective here: "the reports", "in an interview read"."""
    if match.start("verb") != match.start():
        return False  # an auxiliary makes it a verb
    if match["verb"] in _PARTICIPLES:
        return True
    before = masked[max(sentence.start, match.start() - 60) : match.start()]
    named = before.rstrip().endswith(MASK) and masked[match.end() + 1 : match.end() + 2].isupper()
    if named and match["verb"] in INVERTED - BASES:
        return False  # "…," notes Lund
    return _is_noun_after(masked, before, match)


def _is_noun_after(masked: str, before: str, match: re.Match[str]) -> bool:
    """Tell whether the word is a noun by what stands `before` it."""
    if match["verb"] in NOUNS and not match["verb"].endswith(("ed", "ing")):
        if not _BEFORE_VERB.search(before):
            return True
    elif match["verb"] in NOUNS and _BEFORE_NOUN.search(before):
        return True
    if match["verb"] in BASES and not _BEFORE_BASE.search(before):
        return True
    return masked[match.end() : match.end() + 1] in {"/", "\u2019"}
