"""Where a text speaks of one that is known by name: in full, by its acronym, by what is left of it.

For whoever is asked about by name, person or not; who stands behind "he" is not read here.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from store.ingest.extract.events_tense import PAST_FORMS
from store.ingest.extract.names_countries import sides
from store.ingest.extract.saying import JUDGING, SAYING, THINKING
from store.ingest.extract.values import Span
from store.ingest.extract.words import words_of

_PERSON_PARTS = 2
_NEXT = re.compile(r"(?P<own>['\u2019]s?)?\s?(?P<word>[\w-]+|[^\w\s])?")
_FUNCTION = frozenset(
    word
    for line in (
        "a an the and or but of to in on at by for from with as about after against along amid",
        "among around before behind below between beyond during despite into near off onto out",
        "outside over per since than through throughout toward towards under until up upon via",
        "within without is are was were be been being has have had do does did will would shall",
        "should can could may might must not never also now then still yet already soon later",
        "today yesterday tomorrow who whom whose which that where when while if because although",
        "though so too again further both all itself himself herself themselves ahead alone here",
        "there instead once only just",
    )
    for word in line.split()
)
_VERB = re.compile(
    rf"(?:\w{{2,}}(?:ed|ing|[^su'i]s)|{'|'.join(sorted(SAYING | THINKING | JUDGING))}|{PAST_FORMS})"
)
_NO_ACTOR = re.compile(
    r"\b(?:such as|including|like|unlike|rivals?|competitor|between [\w ]{1,40}and|not)"
    r"\s(?:the\s)?\Z"
    r"|\b(?:parent|subsidiary|unit|division|arm|branch|suppliers?|owners?|makers?|chair\w*|heads?"
    r"|president|chief|spokes\w+|directors?|executives?|officials?|employees|workers|shareholders?|members?"
    r"|customers?|lawyers?|critics?|criticism|rivals?|competitors?|neighbou?rs?|allies|fans|supporters|part"
    r"|copies|shares)"
    r"(?:\s\w+)?\s(?:of|at|for|to|in)\s(?:the\s)?(?:[\w-]+\s){0,2}\Z"
)
# A clause that only tells more of something: who is named in it does not act in the sentence.
_RELATIVE = re.compile(
    r"(?:,\s|\s)(?:which|whose|whom)\s(?:[\w'-]+\s){0,6}\Z"
    r"|\b(?:made|built|designed|developed|owned|operated|manufactured|produced|used)\s"
    r"(?:by|at|for)\s(?:the\s)?\Z|\bunder\sdevelopment\sby\s\Z"
)
# What has a plural, and is no verb: Air Force officials.
_PLURALS = words_of(
    """
officials executives employees workers shares jets planes aircraft spokesmen forces leaders sales
engineers members products customers analysts stores cars models profits plants plans troops
soldiers officers lawmakers voters prices results losses services bonds stocks stakes dealers
lawyers prosecutors investors shareholders managers directors factories operations brands lines
fans players supporters rivals subsidiaries divisions units partners suppliers orders flights
trucks vehicles engines phones computers devices apps users talks negotiations earnings
"""
)
_OWN_NAME = r"(?:[A-Z]?[\w-]*\d[\w-]*|[A-Z]{2,}\d*)"
_INDEX = r"(?:\s[Ii]ndustrial\s[Aa]verage|(?:\s[Cc]omposite)?\s[Ii]ndex|\s[Cc]omposite)?"
_DIGIT = re.compile(r"\d")
_MONEY = frozenset("$\u20ac\u00a3")
_LONG_ENOUGH = 3
_SUFFIXES = frozenset({"inc", "corp", "corporation", "ltd", "co", "company", "plc", "group", "ag"})


def variants_of(name: str, text: str, *, person: bool = False) -> tuple[str, ...]:
    """Return how `text` may write `name`: what stands for it alone, the longest first."""
    words = [word for word in name.split() if word.casefold().strip(".,") not in _SUFFIXES]
    found = {name, " ".join(words)}
    country = _country_before(words)
    if country and len(words) - country > 1:
        rest = " ".join(words[country:])
        found |= {rest, f"US {rest}"} if words[0] == "United" else {rest}
    if len(words) > _PERSON_PARTS or country:
        found.add("".join(word[0] for word in words if word[0].isupper()))
    if len(words) > 1:
        found |= {word for word in words[1:] if _DIGIT.search(word) and len(word) >= _LONG_ENOUGH}
        last = words[-1]
        if person or (any(map(_DIGIT.search, words[1:-1])) and last[0].isupper()):
            found.add(last)
    found |= set(acronyms_of(name, text))
    long_enough = {each for each in found if len(each) >= _LONG_ENOUGH}
    if not person and (letters := _letters_of(words, text)):
        long_enough.add(letters)
    return tuple(sorted(long_enough, key=lambda each: (-len(each), each)))


def _letters_of(words: Sequence[str], text: str) -> str | None:
    """Return the two letters that stand for a name of two words, where the text has both: GM."""
    letters = "".join(word[0] for word in words)
    known = len(words) == len("GM") and letters.isupper() and " ".join(words) in text
    return letters if known and re.search(rf"(?<![\w.]){letters}(?![\w.]\w)", text) else None


def _country_before(words: list[str]) -> int:
    """Return of how many words the country before the rest of a name is."""
    known = sides()
    for count in (2, 1):
        if " ".join(words[:count]) in known:
            return count
    return 0


def acronyms_of(name: str, text: str) -> Iterator[str]:
    """Yield the short forms that `text` gives in brackets behind the name."""
    pattern = rf"{re.escape(name)}[^()\n]{{0,24}}\((?:the )?([A-Z][A-Za-z]{{1,7}})\)"
    for found in re.finditer(pattern, text):
        yield found[1]


def find_mentions(
    name: str, text: str, *, person: bool = False, also: Collection[str] = ()
) -> tuple[Span, ...]:
    """Return where `text` speaks of `name`; a longer name that begins with it is another's.

    `also` holds further short forms, as other texts of the same story give them.
    """
    forms = sorted({*variants_of(name, text, person=person), *also}, key=lambda each: -len(each))
    either = "|".join(map(re.escape, forms))
    own = rf"(?!\s{_OWN_NAME}\b)" if not _DIGIT.search(name) else ""
    pattern = re.compile(rf"(?<![\w-])(?:{either}){_INDEX}(?:s|['\u2019]s)?(?![\w-]){own}")
    return tuple(Span(found.start(), found.end()) for found in pattern.finditer(text))


_STANDS_IN = {
    "person": r"(?:he|she)",
    "thing": r"(?:it|the\s(?:\w+\s)?"
    r"(?:plane|aircraft|airliner|jet|car|model|phone|device|ship|rocket))",
    "body": r"(?:it|they|the\s(?:\w+\s)?(?:company|airline|carrier|firm|group|manufacturer"
    r"|airframer|automaker|carmaker|bank|lender|retailer|maker|agency|ministry|organi[sz]ation|party|union))",
}
_LEAD_IN = (
    r"(?:(?:but|and|also|however|meanwhile|instead|later|then|in\s\w+(?:\s\w+)?),?\s"
    r"|in\sa\sstatement,\s)?"
)
_SUBJECT = 30  # characters in which the subject of a sentence is named first


def find_stand_ins(
    name: str, text: str, sentences: Sequence[Span], mentions: Sequence[Span], *, person: bool
) -> Iterator[Span]:
    """Yield where "he", "it" or "the company" opens a sentence and means who opened the one before.

    `mentions` are those of `name`, as `find_mentions` gives them.
    """
    kind = "person" if person else "thing" if _DIGIT.search(name) else "body"
    pattern = re.compile(rf"{_LEAD_IN}(?P<who>{_STANDS_IN[kind]})\s", re.IGNORECASE)
    starts = {mention.start: mention for mention in mentions}
    spoken_of = False
    for sentence in sentences:
        head = range(sentence.start, min(sentence.start + _SUBJECT, sentence.end))
        first = next((starts[at] for at in head if at in starts), None)
        if first is not None:
            spoken_of = takes_part(text, sentence, first)
        elif spoken_of and (found := pattern.match(text, sentence.start, sentence.end)):
            yield Span(*found.span("who"))
        else:
            spoken_of = False


def takes_part(text: str, sentence: Span, mention: Span) -> bool:
    """Tell whether the one mentioned does or undergoes what the sentence tells.

    Who only says which other one is meant does not: Airbus spokesman, rivals such as Boeing.
    """
    if text[mention.end - 2 : mention.end] in {"'s", "\u2019s"}:
        return False
    before = text[max(sentence.start, mention.start - 60) : mention.start]
    if _NO_ACTOR.search(before) or _RELATIVE.search(before):
        return False
    following = _NEXT.match(text, mention.end, sentence.end)
    if following is None or following["word"] is None:
        return True
    if _DIGIT.search(mention.of(text)):  # a model: the 787 jets are what it is
        return following["own"] is None
    return following["own"] is None and _goes_on(following["word"])


def _goes_on(word: str) -> bool:
    """Tell whether `word` behind a name is no noun that the name only tells more of."""
    if word[0] in _MONEY or word in _PLURALS:
        return False
    if not word[0].isalpha() or word.casefold() in _FUNCTION:
        return True
    return word[0].isupper() or _VERB.fullmatch(word) is not None
