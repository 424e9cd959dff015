"""Clauses that report what somebody said: where what was said begins and ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.ingest.extract.attributions import Attribution
from store.ingest.extract.denying import denied_from, has_denial, is_nobody, is_open
from store.ingest.extract.masking import MASK
from store.ingest.extract.saying import BARE_CLAUSE, INVERTED, SAYING, TELLING, THINKING
from store.ingest.extract.values import Span

_SUBJECT_WORD = (
    r"(?:he|she|they|it|we|i|there|the|a|an|his|her|their|its|this|these|those|some|many|most|no"
    r"|all|any|both|each|every|people|one|two|more|nearly|about"
    r"|anyone|anybody|everyone|everybody|nobody|nothing|something|[^\W_a-z][\w\u2019'-]*|\d[\d,.]*)"
)
_THAT = re.compile(
    rf"(?P<adverbial>(?:\s+[^\s,.;:{MASK}]+){{0,8}}?|,[^,.;{MASK}]{{1,90}},)\s+"
    r"(?P<what>(?:that|whether)\b,?\s+)(?=\S)"
)
_BARE = re.compile(
    rf"\s+(?:(?:on\s+)?\w+day\s+|in a statement\s+)?(?P<what>)(?={_SUBJECT_WORD}\b|{MASK})",
    re.IGNORECASE,
)
_TOLD = re.compile(
    rf"\s+(?P<whom>(?:(?!(?:of|about|against|for)\b)[\w.\u2019'-]+\s+){{0,4}}?"
    r"(?!(?:of|about|against|for|at|in|on|from|to|by|with|near|inside|outside|during|after|before"
    r"|across|behind|throughout|via|into|under|over)\b)[\w.\u2019'-]+\s+)"
    rf"(?:(?:on|last)\s+\w+day\s+|\w+day\s+)?(?P<what>(?:that\b\s+)?)"
    rf"(?=(?:he|she|they|it|we|there|his|her|their|its|the)\b|{MASK})"
)
_THAT_NEXT = re.compile(
    r"(?:\s+(?:(?:on\s+)?\w+day|again|too|also|out|instead|now|then))?\s+"
    r"(?P<what>(?:that|whether|if|how|why)\b,?\s+)(?=\S)"
)
_LEADS_UP = re.compile(rf":\s*{MASK}")
_SETTING = re.compile(
    r"(?:But |And )?(?:In|On|At|During|After|Before|With|For|By|Speaking|Asked|As|When|While"
    r"|Earlier|Last|Later|Since|Following|Under|Amid|Despite|To)\s[^,]*$"
)
_LED = re.compile(rf"[,:]?\s*{MASK}")
_FEWEST = 3  # words of a clause before ", X said"
_SHORTEST = 4  # characters of any clause
_SHORT = 10  # words; what is longer is more than when and where
_IN_FRONT = BARE_CLAUSE | INVERTED | {"according", "put", "learned", "showed", "shows", "found"}
# What may follow "…, X said" up to the end of the sentence: when, where and to whom.
_CLOSING = re.compile(
    r"(?:\s+(?:in|on|at|during|to|last|this|late|early|earlier|later|yesterday|today|\w+day|via|through"
    r"|after|before|reporters|CNN|NBC|ABC|CBS|Fox|MSNBC|Reuters|AFP|BBC|the|a|an|[A-Z][\w\u2019'-]+|of|by|with|from|for)\b"
    r"[^,;:]{0,90})?(?:,[^,]{0,60})?[.!?\s]*$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """What somebody is reported to have said, and the attribution that says so.

    Of what is denied or left open `lead` is the verb that says so, which belongs to the words.
    """

    span: Span
    attribution: Attribution
    lead: Span | None = None


def find_clauses(
    masked: str, sentence: Span, attributions: tuple[Attribution, ...]
) -> tuple[Clause, ...]:
    """Return the reported clauses of one sentence."""
    return tuple(_clauses(masked, sentence, attributions))


def _clauses(
    masked: str, sentence: Span, attributions: tuple[Attribution, ...]
) -> Iterator[Clause]:
    if attributions and (closing := _in_front(masked, sentence, attributions[-1])):
        # "…, X said" at the end: all before it is what X said, whoever else is heard in it.
        yield Clause(closing, attributions[-1])
        return
    done = sentence.start
    for place, each in enumerate(attributions):
        if each.cue.start < done:
            continue
        span = _behind(masked, sentence, each, attributions[place + 1 :])
        if span and _LEADS_UP.search(masked, span.start, span.end):
            continue
        if span and masked[span.start : span.end].removeprefix("that ").strip(MASK + " ,.\"'"):
            done = span.end
            if not (each.source and is_nobody(each.source.of(masked))):
                yield Clause(span, each, _lead(masked, sentence, each, span))


def _lead(masked: str, sentence: Span, each: Attribution, span: Span) -> Span | None:
    """Return the verb without which the clause would say what the speaker does not."""
    if each.verb == "according":
        return None
    start = sentence.start
    if each.source and each.source.end <= each.cue.start:
        refuses = has_denial(each.source.of(masked))  # what was taken for the speaker goes too far
        start = each.source.start if refuses else each.source.end
    before = denied_from(masked, start, each.cue.start, each.cue.end)
    between = masked[each.cue.end : span.start].rstrip()
    end = each.cue.end
    if has_denial(between):  # said he doubted that, refused to confirm or deny that
        end += len(between)
        before = each.cue.start if before is None else before
    if before is None and is_open(masked[span.start : span.end]):
        before = each.cue.start
    return None if before is None else Span(before, end)


def _behind(
    masked: str, sentence: Span, each: Attribution, following: tuple[Attribution, ...]
) -> Span | None:
    """Return the clause that follows the cue: "said that …"."""
    if each.verb == "according":
        return _after_according(masked, sentence, each)
    if each.after:
        return None
    at = each.whole.end
    match: re.Match[str] | None = None
    if each.verb in SAYING or each.verb in THINKING:
        pattern = _THAT if each.verb in SAYING else _THAT_NEXT
        match = pattern.match(masked, at, sentence.end)
    if match is None and each.verb in TELLING and not each.verb.startswith("ask"):
        match = _TOLD.match(masked, at, sentence.end)
    if match is None and each.verb in BARE_CLAUSE - TELLING:
        match = _BARE.match(masked, at, sentence.end)
    if match is None:
        return None
    end = _limit(masked, sentence, match.end(), following)
    if has_denial(each.verb):
        end = _main_verb(masked, match.end(), following) or end
    return _ended(masked, match.start("what"), end)


def _main_verb(masked: str, start: int, following: tuple[Attribution, ...]) -> int | None:
    """Return where the verb of the sentence stands: X, who denied the charges, said …."""
    for each in following:
        before = masked[start : each.cue.start].rstrip()
        if each.start <= start and not each.weak and before.endswith(","):
            return each.cue.start
    return None


def _limit(masked: str, sentence: Span, start: int, following: tuple[Attribution, ...]) -> int:
    """Return where the clause ends: with its sentence, or before ", adding …"."""
    for each in following:
        if each.start <= start:
            continue
        before = masked[start : each.start].rstrip()
        if each.verb.endswith("ing") and before.endswith((",", MASK)):
            return each.start
        if each.weak and before.endswith(" and"):
            return start + len(before) - 4
        if (
            not each.weak
            and each.source
            and before.endswith(",")
            and _LED.match(masked, each.cue.end)
        ):
            return each.start  # When X noted that …, Y said: "…"
    return sentence.end


def _after_according(masked: str, sentence: Span, each: Attribution) -> Span | None:
    """Return what follows "According to X, …"."""
    if masked[sentence.start : each.start].strip(" ,"):
        return None
    comma = masked.find(",", each.whole.end, sentence.end)
    return _ended(masked, comma + 1, sentence.end) if comma >= 0 else None


def _in_front(masked: str, sentence: Span, each: Attribution) -> Span | None:
    """Return the clause before ", X said": the sentence up to there."""
    front = masked[sentence.start : each.start].rstrip()
    ends = front.endswith(",") or each.verb == "according"
    if each.weak or not each.source or not ends or each.verb not in _IN_FRONT:
        return None
    if is_nobody(each.source.of(masked)) or denied_from(
        masked, each.start, each.cue.start, each.cue.end
    ):
        return None  # the sentence would stand without its denial
    if len(front.split()) <= _SHORT and _SETTING.match(front.rstrip(",")):
        return None
    if len(front.split()) < _FEWEST or not _CLOSING.match(masked, each.whole.end, sentence.end):
        return None
    return _ended(masked, sentence.start, sentence.start + len(front))


def _ended(masked: str, start: int, end: int) -> Span | None:
    while start < end and masked[start] in " \t\n,":
        start += 1
    while start < end and masked[end - 1] in " \t\n,.;":
        end -= 1
    return Span(start, end) if end - start >= _SHORTEST else None
