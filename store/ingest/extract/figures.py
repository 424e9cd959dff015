"""Figures of a text: how many, of what, and according to whom.

"Some 100,000 troops", "$200 million", "30 allies", "more than seven hours". Numbers that are
dates, parts of names or mere articles ("the two sides") are no figures.
"""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from store.ingest.extract.events_tense import PAST_FORMS
from store.ingest.extract.quotes import FoundQuote, Sureness, find_quotes
from store.ingest.extract.saying import SAYING
from store.ingest.extract.sentences import find_sentences
from store.ingest.extract.times import find_times, flat_times
from store.ingest.extract.times_values import TimeExpression, TimeKind
from store.ingest.extract.times_words import MONTHS
from store.ingest.extract.values import Span

_ABOUT = (
    r"(?:some|about|around|roughly|nearly|almost|more than|over|at least|at most|up to|as many as"
    r"|as much as|an estimated|estimated|less than|fewer than|under|approximately|close to"
    r"|just over|just under|well over|only|another|an additional|a further|a total of)"
)
_ONES = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{'|'.join(_ONES.split())})"
_SCALE = r"(?:hundred|thousand|million|billion|trillion|mn|bn|tn|m|k)"
_VAGUE = (
    r"(?:(?:tens|hundreds|dozens|scores) of )?"
    r"(?:hundreds|thousands|millions|billions|dozens|scores)"
)
_MONEY = r"(?:US\$|A\$|C\$|[$\u20ac\u00a3\u00a5]|(?:USD|EUR|GBP)\s?)"
_FIGURE = re.compile(
    rf"(?<![\w.,$\u20ac\u00a3/-])(?P<about>{_ABOUT}\s)?"
    rf"(?:(?P<money>{_MONEY})\s?(?P<sum>\d[\d,]*(?:\.\d+)?)(?:[\s-]?(?P<sumscale>{_SCALE})\b)?"
    rf"|(?P<vague>{_VAGUE})(?=\sof\b)|(?P<number>{_NUMBER})(?P<scale>(?:\s{_SCALE}|bn|mn|m|k)\b)?"
    rf"(?P<percent>\s?%|\sper\s?cent\b)?"
    rf")(?![\d/:]|[.,]\d|-\w)",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+(?:of\s+)?(?:the\s+|its\s+|their\s+|his\s+|her\s+)?(?=[\w(])")
_WORD = re.compile(r"\(?([^\W\d_][\w\u2019'-]*)\)?(?P<space>\s*)")
_STOPS = frozenset(
    word
    for line in (
        "a an the and or but nor to in on at by for from with as about after against along amid",
        "around before behind below between beyond during despite into near off onto out outside",
        "over per since than through throughout toward towards under until up upon via within",
        "without of is are was were be been being has have had do does did will would shall should",
        "can could may might must who whom whose which that where when while if because although",
        "though so says ago later earlier more less each it he she they we this these those not",
        "also last next rose met left came went took made became began killed died yesterday today",
    )
    for word in line.split()
)
_PLACED = re.compile(
    r"\s*,?\s*(?P<rest>(?:near|along|on|at|in|towards?|to|of|for|from) (?:the\s)?"
    r"[^,.;:\u201d\"()]{3,60})"
)
_CUT = re.compile(
    r"\s(?:and|as|but|by|that|which|who|while|after|before|if|since|when|where|with|is|are|was|were"
    rf"|has|have|had|will|would|said|according|\d[\d,.]*|last|this|{PAST_FORMS})\b|\w+ed\b"
    r"|\s(?:on|in|at)\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
_ARTICLE = re.compile(
    r"\b(?:the|these|those|both|all|its|their|his|her|our|last|first|next|other|no|number|article"
    r"|page|chapter|round|phase|day|week|year|under|aged?)\s\Z",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"\b[A-Z][\w-]*\s\Z")
_PLURAL = re.compile(r"(?:[^s]s|people|children|[a-z]*men|[a-z]*women)\Z", re.IGNORECASE)
_LARGE = 10  # who writes a smaller number seldom means to count
_MOST_WORDS = 5
_UNITS = frozenset({"hours", "days", "weeks", "months", "years", "minutes"})
_YEARS = range(1000, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFigure:
    """A number with what it counts; `according_to` where the sentence gives it to somebody."""

    span: Span
    value: str
    what: str
    sentence: Span
    according_to: str | None
    sure: Sureness


def find_figures(
    text: str,
    *,
    quotes: Sequence[FoundQuote] | None = None,
    times: Sequence[TimeExpression] | None = None,
) -> tuple[FoundFigure, ...]:
    """Return the figures of `text`, in order; `quotes` and `times` where they are known already."""
    said = find_quotes(text) if quotes is None else quotes
    dated = _dated(find_times(text) if times is None else times)
    speakers = _speakers(text, said)
    denied = sorted(part for quote in said if quote.lead for part in quote.parts)
    sentences = find_sentences(text)
    starts = [sentence.start for sentence in sentences]
    found = _figures(text, sentences, starts, dated, speakers)
    return tuple(
        replace(each, sure=Sureness.UNSURE) if _meets(denied, each.span) else each for each in found
    )


def _dated(times: Sequence[TimeExpression]) -> list[Span]:
    kinds = {TimeKind.DURATION}
    return sorted(each.span for each in flat_times(times) if each.kind not in kinds)


def _speakers(text: str, quotes: Sequence[FoundQuote]) -> list[tuple[Span, str]]:
    """Return whose words stand where."""
    return sorted(
        (part, " ".join((quote.name or quote.speaker.of(text)).split()))
        for quote in quotes
        if quote.speaker is not None and quote.lead is None
        for part in quote.parts
    )


def _figures(
    text: str,
    sentences: Sequence[Span],
    starts: Sequence[int],
    dated: Sequence[Span],
    speakers: Sequence[tuple[Span, str]],
) -> Iterator[FoundFigure]:
    saying = _Saying(speakers)
    for found in _FIGURE.finditer(text):
        home = bisect_right(starts, found.start()) - 1
        if home < 0 or found.start() >= sentences[home].end:
            continue
        sentence = sentences[home]
        span = Span(found.start(), min(found.end(), sentence.end))
        if _meets(dated, span) or _is_part_of_name(text, sentence, found):
            continue
        what, end = _counted(text, sentence, found)
        if what is None or _is_day(found, what):
            continue
        sure = _sureness(found, what)
        if sure is None or (sure is Sureness.UNSURE and _ARTICLE.search(_before(text, found))):
            continue
        yield FoundFigure(
            span=Span(span.start, end),
            value=_value(found),
            what=what,
            sentence=sentence,
            according_to=saying.at(span),
            sure=sure,
        )


class _Saying:
    """Who is speaking: asked at one place after the other, so that each part is passed once."""

    def __init__(self, speakers: Sequence[tuple[Span, str]]) -> None:
        self._coming = deque(speakers)
        self._now: list[tuple[Span, str]] = []

    def at(self, span: Span) -> str | None:
        """Return whose words hold `span`, which lies behind those asked for before."""
        self._now = [each for each in self._now if each[0].end > span.start]
        while self._coming and self._coming[0][0].start <= span.start:
            if self._coming[0][0].end > span.start:
                self._now.append(self._coming[0])
            self._coming.popleft()
        return next((name for part, name in self._now if part.holds(span)), None)


def _before(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 16) : found.start()]


def _meets(spans: Sequence[Span], span: Span) -> bool:
    at = bisect_left(spans, Span(span.end, span.end)) - 1
    return any(spans[place].meets(span) for place in range(max(0, at - 1), at + 1))


def _is_part_of_name(text: str, sentence: Span, found: re.Match[str]) -> bool:
    """Tell whether a number is of a name: Boeing 787, Article 5; the first word is none."""
    if found["about"] or found["money"] or found["percent"] or found["scale"] or found["vague"]:
        return False
    name = _NAME_BEFORE.search(text, max(sentence.start, found.start() - 30), found.start())
    return name is not None and (found["number"] or "").isdigit()


def _counted(text: str, sentence: Span, found: re.Match[str]) -> tuple[str | None, int]:
    """Return what is counted, and where its words end; None where nothing is."""
    start = found.end()
    link = _OF.match(text, start, sentence.end)
    if link is None:
        noun, end = "", start
    else:
        noun, end = _noun(text, link.end(), sentence.end)
    rest = _PLACED.match(text, end, sentence.end)
    tail = ""
    if rest and (noun or found["money"]):
        first = rest["rest"].index(" ") + 1  # for 60 jets: the number is part of it
        cut = _CUT.search(rest["rest"], first)
        tail = (rest["rest"][: cut.start()] if cut else rest["rest"]).strip()
        if noun and noun.split(maxsplit=1)[0].casefold() in _UNITS and not tail.startswith("of "):
            tail = ""
        end = rest.start("rest") + len(tail) if tail else end
    words = " ".join(f"{noun} {tail}".split())
    if found["money"]:
        return words or "sum of money", end
    if found["percent"]:
        return (words or "share"), end
    return (words or None), end


def _is_day(found: re.Match[str], what: str) -> bool:
    """Tell whether a number stands where the day of a month would: 32 January."""
    first = what.split(maxsplit=1)[0]
    month = first[0].isupper() and first.casefold() in MONTHS
    return month and found.group().isdigit() and len(found.group()) <= len("31")


def _noun(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the words that name what is counted: adjectives and nouns up to a small word."""
    kept: list[str] = []
    at = last = start
    while len(kept) < _MOST_WORDS and (word := _WORD.match(text, at, end)):
        small = word[1].casefold()
        if small in _STOPS or small in SAYING or (kept and small.endswith("ed")):
            break
        if kept and _PLURAL.search(kept[-1]) and not _PLURAL.search(small):
            break  # what follows the noun is a verb: 400 sailors work
        kept.append(word[1])
        last = word.end() - len(word["space"])
        at = word.end()
        if not word["space"]:
            break
    return " ".join(kept), last


def _sureness(found: re.Match[str], what: str) -> Sureness | None:
    """Return how surely the number counts something; None where it is none."""
    number = found["number"]
    if found["about"] and (number or found["vague"] or found["money"]):
        return Sureness.SURE
    if found["money"] or found["percent"] or found["scale"] or found["vague"]:
        return Sureness.SURE
    if number is None:
        return None
    if not number[0].isdigit():
        return (
            Sureness.LIKELY if what.split(maxsplit=1)[0].casefold() in _UNITS else Sureness.UNSURE
        )
    plain = number.replace(",", "")
    if "," not in number and plain.isdigit() and int(plain) in _YEARS:
        return Sureness.UNSURE
    return Sureness.LIKELY if float(plain) >= _LARGE else Sureness.UNSURE


def _value(found: re.Match[str]) -> str:
    return " ".join(found.group().split())
