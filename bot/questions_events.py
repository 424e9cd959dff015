"""Questions about what happened, is planned, was counted or is disputed. Pure; English only."""

from datetime import date

from bot import phrases
from bot.periods import find_period
from bot.phrases import Words
from bot.questions_kinds import Differ, Happened, HowMany, Latest, Next, Question, WhoIs

_DIFFER = {"differ", "disagree", "conflict", "contradict", "diverge", "disputed", "contested"}
_DO = {"do", "done", "doing", "go", "be", "been", "travel", "visit"}
_HAPPEN = {
    word
    for line in (
        "take took taking place happen happened occur occurred be being held hold",
        "begin began begun start started end ended open opened travel travelled gone",
    )
    for word in line.split()
}
_WHAT_IS = {"what", "which", "is", "are", "there", "anything", "figures", "numbers", "the"}
_NO_NUMBER = {
    word
    for line in (
        "a an the of in on at to for and or is are was were be been do did does has have had",
        "there many much people times last take took it they them by with around about",
    )
    for word in line.split()
}


def differ(words: Words, as_of: date) -> Question | None:  # noqa: ARG001 (one of the askers)
    """Return the question where sources differ."""
    cut = phrases.cut(words, {"disputed", "contested", "contradictions", "conflicting"})
    if cut and all(word.casefold() in _WHAT_IS for word in cut[0]):
        return Differ(about=phrases.topic(cut[2]))
    cut = phrases.cut(words, _DIFFER)
    if cut and any(word.casefold() in phrases.GIVERS for word in words):
        return Differ(about=phrases.topic(cut[2]))
    return None


def next_(words: Words, as_of: date) -> Question | None:
    """Return the question what is planned."""
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
    return Next(subject=phrases.subject(rest), period=period)


def happened(words: Words, as_of: date) -> Question | None:
    """Return the question what happened: to whom, where, when."""
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
        return Happened(subject=phrases.subject(rest), period=period)
    rest = phrases.after(words, "what|where did|does|has|was|were|is|will")
    cut = phrases.cut(rest, _DO) if rest else None
    if cut and cut[0]:
        return _at(cut[0], cut[2], as_of)
    if rest := phrases.after(words, "where|when did|does|has|have|was|were|is|are|will the?"):
        period, rest = find_period(_without_happening(rest), as_of)
        return Happened(subject=phrases.name(rest), period=period, sure=False) if rest else None
    period, others = find_period(words, as_of, bare=True)
    return Happened(period=period) if period and not others else None


def _without_happening(words: Words) -> Words:
    """Return `words` without the verb at their end that says no more than that it was, or went."""
    kept = words
    while len(kept) > 1 and kept[-1].casefold() in _HAPPEN:
        kept = kept[:-1]
    return kept


def _at(subject: Words, tail: Words, as_of: date) -> Question:
    period, rest = find_period(tail, as_of)
    place = phrases.subject(rest)
    return Happened(subject=f"{phrases.name(subject)} {place}".strip(), period=period)


def how_many(words: Words, as_of: date) -> Question | None:  # noqa: ARG001 (one of the askers)
    """Return the question for a number."""
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


def latest(words: Words, as_of: date) -> Question | None:  # noqa: ARG001 (one of the askers)
    """Return the question where the story stands."""
    rest = next(
        (
            found
            for pattern in (
                "what is the? latest|new|newest news?",
                "any|the|what latest|news|new",
                "is|are there any news|updates|update",
                "latest|recent|news|update|updates news|events|developments?",
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
