"""Plain questions: from words to what is asked. Pure; English only, and forgiving.

Who or what a name stands for is not known here: the answer finds that out, and takes a
question that is not `sure` for a search where it fits nobody. Dates are bot.periods.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot import phrases
from bot.periods import Period, find_period
from bot.phrases import Words

_MOST_WORDS = 40  # more are no question
_LONGEST = 400  # characters; the same
_SAY = {"say", "said", "says", "saying", "stated", "told"}
_MEET = {"meet", "met", "meets", "meeting", "see", "saw", "seen", "call", "called", "join"}
_TALK = {"talk", "talked", "speak", "spoke", "spoken", "dine", "negotiate"}
_DIFFER = {"differ", "disagree", "conflict", "contradict", "diverge", "disputed", "contested"}
_DO = {"do", "done", "doing", "go", "be", "been", "travel", "visit"}
_NO_NAME = {"a", "an", "any", "the", "their", "next", "last", "first", "there"}
_GIVERS = {"sources", "figures", "numbers", "articles", "they"}
_WHAT_IS = {"what", "which", "is", "are", "there", "anything", "figures", "numbers", "the"}
_NO_NUMBER = {
    word
    for line in (
        "a an the of in on at to for and or is are was were be been do did does has have had",
        "there many much people times last take took it they them by with around about",
    )
    for word in line.split()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The source shown as `[number]`."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIs:
    """Who somebody is; nobody named: who there is."""

    name: str
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Whom somebody met."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said, or anybody; about something, if given."""

    name: str = ""
    about: str = ""
    period: Period | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """When two persons met."""

    first: str
    second: str
    place: str = ""
    period: Period | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What happened: to somebody, at a place, on some days."""

    subject: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What is planned."""

    subject: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HowMany:
    """Which numbers the sources give for something."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Differ:
    """Where sources differ."""

    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """Where the story stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Words to be searched for, as they were written."""

    text: str


Question = (
    Cited | WhoIs | Company | Said | Together | Happened | Next | HowMany | Differ | Latest | Search
)


def parse(text: str, as_of: date) -> Question:
    """Return what `text` asks; relative words are resolved against `as_of`."""
    plain = text.strip()
    number = plain[1:-1]
    if plain == f"[{number}]" and number.isascii() and number.isdecimal() and len(number) < 10:  # noqa: PLR2004 (fits SQLite)
        return Cited(number=int(number))
    words = phrases.words(plain) if len(plain) <= _LONGEST else ()
    if not 0 < len(words) <= _MOST_WORDS:
        return Search(text=text)
    for ask in _ASKED:
        found = ask(words, as_of)
        if found is not None:
            return found
    return Search(text=text)


def _differ(words: Words, as_of: date) -> Question | None:  # noqa: ARG001 (one of the askers)
    cut = phrases.cut(words, {"disputed", "contested", "contradictions", "conflicting"})
    if cut and all(word.casefold() in _WHAT_IS for word in cut[0]):
        return Differ(about=phrases.topic(cut[2]))
    cut = phrases.cut(words, _DIFFER)
    if cut and any(word.casefold() in _GIVERS for word in words):
        return Differ(about=phrases.topic(cut[2]))
    return None


def _who(words: Words, as_of: date) -> Question | None:  # noqa: ARG001 (one of the askers)
    if rest := phrases.after(words, "who is|was|are|were"):
        nobody = rest[0].casefold() in {"who", "there", "everybody", "everyone", "in"}
        return WhoIs(name="" if nobody else phrases.name(rest))
    if rest := phrases.after(words, "who said|says"):
        return Said(about=phrases.topic(rest))
    rest = phrases.after(words, "who did|does|has|will|whom") or phrases.after(
        words, "whom did|does|has|will"
    )
    if rest and (cut := phrases.cut(rest, _MEET | _TALK)) and cut[0]:
        return Company(name=phrases.name(cut[0]))
    if (rest := phrases.after(words, "who met|meets|saw")) and rest[0].casefold() in {
        "who",
        "whom",
    }:
        return Happened(subject=_subject(rest[1:]))
    if rest:
        return Company(name=phrases.name(phrases.after(rest, "with") or rest))
    return None


def _quoted(words: Words, as_of: date) -> Question | None:
    rest = phrases.after(words, "quotes|quote|quotations|statements by|from|of")
    if rest:
        return _said_by(rest, as_of)
    if len(words) == 1 and words[0].casefold() in {"quotes", "quotations"}:
        return Said()
    if rest := phrases.after(words, "quotes|quote|quotations|statements about|on"):
        return Said(about=phrases.topic(rest))
    return None


def _said(words: Words, as_of: date) -> Question | None:
    rest = (
        phrases.after(words, "what|when|where did|does|has|have|do")
        or phrases.after(words, "did|has|have|does")
        or phrases.after(words, "what|when was|were|is|has been?")
        or phrases.after(words, "what")
    )
    cut = phrases.cut(rest, _SAY) if rest else None
    if cut is None:
        return None
    speaker, _, tail = cut
    if speaker and speaker[0].casefold() == "been":
        speaker = speaker[1:]
    if not speaker and (by := phrases.cut(tail, {"by"})):
        speaker, tail = by[2], by[0]
    period, about = find_period(tail, as_of)
    low = {word.casefold() for word in speaker}
    if "you" in low:
        return None
    if low & _GIVERS:
        return WhoIs(name=phrases.topic(tail), sure=False) if tail else None
    if low & {"anybody", "anyone", "people"}:
        speaker = ()
    return Said(name=phrases.name(speaker), about=phrases.topic(about), period=period)


def _said_by(rest: Words, as_of: date) -> Question:
    period, rest = find_period(rest, as_of)
    cut = phrases.cut(rest, phrases.ABOUT)
    name, about = (cut[0], cut[2]) if cut else (rest, ())
    return Said(name=phrases.name(name), about=phrases.topic(about), period=period)


def _met(words: Words, as_of: date) -> Question | None:
    rest = phrases.after(words, "meetings|meeting|talks of|between|with")
    if rest and (pair := phrases.cut(rest, {"and", "with", "&"})):
        return _together(pair[0], pair[2], as_of)
    rest = (
        phrases.after(words, "when|where|why|how|did|do|does|has|have|will are|is|was|were|did?")
        or ()
    )
    rest = phrases.after(rest, "often? did|do|does|has|have|will") or rest
    if not rest or not (cut := phrases.cut(rest, _MEET | _TALK)):
        return None
    before, _, after = cut
    if all(word.casefold() in _NO_NAME for word in before):  # the next meeting
        return None
    if pair := phrases.cut(before, {"and", "&"}):
        return _together(pair[0], (*pair[2], *after), as_of)
    after = phrases.after(after, "with|to|each") or after
    if not before or not after:
        return Happened(subject=phrases.name(before)) if before else None
    return _together(before, after, as_of)


def _together(first: Words, second: Words, as_of: date, *, sure: bool = True) -> Question | None:
    period, second = find_period(second, as_of)
    place: Words = ()
    if cut := phrases.cut(second, {"in", "at"}):
        second, place = cut[0], cut[2]
    if not first or not second:
        return None
    return Together(
        first=phrases.name(first),
        second=phrases.name(second),
        place=phrases.name(place),
        period=period,
        sure=sure,
    )


def _next(words: Words, as_of: date) -> Question | None:
    rest = next(
        (
            found
            for pattern in (
                "what is|are|was|were|has been? planned|scheduled|expected|upcoming|ahead|due",
                "what is|are|comes|happens the? next|coming up?",
                "what will happen|come|follow next?",
                "upcoming|planned|next events|meetings|talks?",
                "what does|do the? future hold",
                "what is|are the? plans|plan",
                "when is|are the? next meeting|meetings|talks|event|summit",
            )
            if (found := phrases.after(words, pattern)) is not None
        ),
        None,
    )
    if rest is None:
        alone = len(words) == 1 and words[0].casefold() in {"next", "plans", "upcoming", "planned"}
        return Next() if alone else None
    if rest and rest[0].casefold() in {"week", "month", "year"}:
        rest = ("next", *rest)
    period, rest = find_period(rest, as_of, ahead=True, bare=True)
    return Next(subject=_subject(rest), period=period)


def _subject(words: Words) -> str:
    while rest := phrases.after(words, "up|for|with|in|at|to|by|of|about|on|around"):
        words = rest
    gone = words and words[-1].casefold() in {"for", "in", "to", "with", "at", "next", "then"}
    return phrases.name(words[:-1] if gone else words)


def _happened(words: Words, as_of: date) -> Question | None:
    rest = next(
        (
            found
            for pattern in (
                "what has|have|is|was|were? happened|happening|happens|occurred|took|going|went",
                "what happened|happens|occurred|took|went",
                "events|timeline|anything|everything",
                "what events",
            )
            if (found := phrases.after(words, pattern)) is not None
        ),
        None,
    )
    if rest is not None:
        period, rest = find_period(phrases.after(rest, "place") or rest, as_of, bare=True)
        return Happened(subject=_subject(rest), period=period)
    rest = phrases.after(words, "what|where did|does|has|was|were|is|will")
    cut = phrases.cut(rest, _DO) if rest else None
    if cut and cut[0]:
        return _at(cut[0], cut[2], as_of)
    if words[0].casefold() == "where" and rest:
        period, rest = find_period(rest, as_of)
        return Happened(subject=phrases.name(rest), period=period) if rest else None
    period, others = find_period(words, as_of, bare=True)
    return Happened(period=period) if period and not others else None


def _at(subject: Words, tail: Words, as_of: date) -> Question:
    period, rest = find_period(tail, as_of)
    place = _subject(rest)
    return Happened(subject=f"{phrases.name(subject)} {place}".strip(), period=period)


def _how_many(words: Words, as_of: date) -> Question | None:  # noqa: ARG001 (one of the askers)
    length = phrases.after(words, "how long")
    rest = (
        length
        or phrases.after(words, "how many|much|often|large|big")
        or phrases.after(words, "what is the number|size|amount of")
        or phrases.after(words, "number of")
    )
    if not rest:
        return None
    what = [word for word in rest if word.casefold() not in _NO_NUMBER]
    return HowMany(what=" ".join([*(["length"] if length else []), *what])) if what else None


def _latest(words: Words, as_of: date) -> Question | None:  # noqa: ARG001 (one of the askers)
    rest = next(
        (
            found
            for pattern in (
                "what is the? latest|new|newest news?",
                "any|the|what latest|news|new",
                "is|are there any news|updates|update",
                "latest|news|update|updates news?",
                "where do|does things|the|it story? stand",
                "what is the? situation|status|state of? play?",
            )
            if (found := phrases.after(words, pattern)) is not None
        ),
        None,
    )
    if rest is None:
        return None
    subject = phrases.name(phrases.after(rest, "about|on|from|with|of|in") or rest)
    return WhoIs(name=subject, sure=False) if subject else Latest()


def _about(words: Words, as_of: date) -> Question | None:
    rest = (
        phrases.after(words, "what is|are|was|about")
        or phrases.after(words, "what do|can you know|say|tell me? about|of")
        or phrases.after(words, "about")
    )
    if rest:
        return WhoIs(name=phrases.name(rest), sure=False)
    if (cut := phrases.cut(words, {"quotes", "quote"})) and cut[0]:
        return Said(name=phrases.name(cut[0]), about=phrases.topic(cut[2]), sure=False)
    if (cut := phrases.cut(words, {"and", "&", "with", "+"})) and cut[0]:
        return _together(cut[0], cut[2], as_of, sure=False)
    if (cut := phrases.cut(words, {"on", "about"})) and cut[0] and cut[2]:
        return Said(name=phrases.name(cut[0]), about=phrases.topic(cut[2]), sure=False)
    return None


# The first that understands the words decides.
_ASKED: tuple[Callable[[Words, date], Question | None], ...] = (
    _differ,
    _who,
    _quoted,
    _said,
    _how_many,
    _met,
    _next,
    _latest,
    _happened,
    _about,
)
