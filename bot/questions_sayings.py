"""Questions about what was said. Pure; English only."""

from datetime import date

from bot import phrases
from bot.periods import find_period
from bot.phrases import Words
from bot.questions_kinds import Question, Said, WhoIs

_SAY = {"say", "said", "says", "saying", "stated", "told"}


def quoted(words: Words, as_of: date) -> Question | None:
    """Return the question for quotes."""
    rest = phrases.after(words, "quotes|quote|quotations|statements by|from|of")
    if rest:
        return _said_by(rest, as_of)
    if len(words) == 1 and words[0].casefold() in {"quotes", "quotations"}:
        return Said()
    if rest := phrases.after(words, "quotes|quote|quotations|statements about|on"):
        return Said(about=phrases.topic(rest))
    return None


def said(words: Words, as_of: date) -> Question | None:
    """Return the question what somebody said."""
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
    if low & phrases.GIVERS:
        return WhoIs(name=phrases.topic(tail), sure=False) if tail else None
    if low & {"anybody", "anyone", "people"}:
        speaker = ()
    return Said(name=phrases.name(speaker), about=phrases.topic(about), period=period)


def _said_by(rest: Words, as_of: date) -> Question:
    period, rest = find_period(rest, as_of)
    cut = phrases.cut(rest, phrases.ABOUT)
    name, about = (cut[0], cut[2]) if cut else (rest, ())
    return Said(name=phrases.name(name), about=phrases.topic(about), period=period)
