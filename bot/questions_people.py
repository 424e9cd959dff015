"""Questions about people and other subjects: who is, who met whom. Pure; English only."""

from datetime import date

from bot import phrases
from bot.periods import find_period
from bot.phrases import Words
from bot.questions_kinds import (
    Company,
    Happened,
    Leads,
    PeopleOf,
    Question,
    Said,
    Together,
    WhoIs,
)

_MEET = {"meet", "met", "meets", "meeting", "see", "saw", "seen", "call", "called", "join"}
_TALK = {"talk", "talked", "speak", "spoke", "spoken", "dine", "negotiate"}
_SENT = {"delegation", "team", "negotiators"}  # nobody's who leads the side itself
_HERE = {"in", "this", "the", "it", "story", "here"}
_WHICH_TIME = {"last", "first", "ever", "again", "next"}  # the timeline shows all of them
_NO_NAME = {"a", "an", "any", "the", "their", "next", "last", "first", "there"}


def who(words: Words, as_of: date) -> Question | None:  # noqa: ARG001 (one of the askers)
    """Return the question who somebody is, leads, met, or said something."""
    if found := _of(words):
        return found
    if rest := phrases.after(words, "who is|was|are|were"):
        if rest[0].casefold() == "in" and not {word.casefold() for word in rest} <= _HERE:
            return PeopleOf(name=phrases.name(rest[1:]))
        nobody = rest[0].casefold() in {"who", "there", "everybody", "everyone", "in"}
        return WhoIs(name="" if nobody else phrases.name(rest))
    if rest := phrases.after(words, "who said|says"):
        return Said(about=phrases.topic(rest))
    return _company(words)


def _company(words: Words) -> Question | None:
    """Return the question whom somebody met."""
    rest = phrases.after(words, "who did|does|has|will|whom") or phrases.after(
        words, "whom did|does|has|will"
    )
    if rest and (cut := phrases.cut(rest, _MEET | _TALK)) and cut[0]:
        return Company(name=phrases.name(cut[0]))
    rest = phrases.after(words, "who met|meets|saw")
    if rest and rest[0].casefold() in {"who", "whom"}:
        return Happened(subject=phrases.subject(rest[1:]))
    if rest:
        return Company(name=phrases.name(phrases.after(rest, "with") or rest))
    return None


def _of(words: Words) -> Question | None:
    """Return the question for who leads something, or is of it."""
    for pattern in (
        "who leads|heads|runs|governs|chairs|rules|led",
        "who is|are|was in charge of",
        "who is|was the? leader|leaders|boss of",
    ):
        if rest := phrases.after(words, pattern):
            if len(rest) > 1 and rest[-1].casefold() in _SENT:
                return PeopleOf(name=phrases.name(rest[:-1]))
            return Leads(of=phrases.name(rest))
    for pattern in (
        "who is|are|was|were from|with|of",
        "who comes|come from",
        "who speaks|speak|spoke|works|work|belongs for|to",
        "who represents|represented|represent",
        "who are|were the",
        "people|persons from|of|in",
    ):
        if rest := phrases.after(words, pattern):
            return PeopleOf(name=phrases.name(rest))
    return None


def met(words: Words, as_of: date) -> Question | None:
    """Return the question when two met."""
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
    before = tuple(word for word in before if word.casefold() not in _WHICH_TIME) or before
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


def about(words: Words, as_of: date) -> Question | None:
    """Return what may be a question about a name, two names, or words on a topic."""
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
