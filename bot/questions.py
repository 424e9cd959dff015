"""Plain questions: from words to what is asked. Pure, and forgiving.

English is tried first, then the tables of the other languages that the bot speaks.

Who or what a name stands for is not known here: the answer finds that out, and takes a
question that is not `sure` for a search where it fits nobody. Dates are bot.periods; each
kind of question has a file of its own.
"""

from collections.abc import Callable
from datetime import date

from bot import (
    phrases,
    questions_events,
    questions_languages,
    questions_people,
    questions_sayings,
)
from bot.periods import Period, find_period
from bot.phrases import Words
from bot.questions_german import GERMAN
from bot.questions_kinds import Cited, Happened, Latest, Question, Search
from bot.questions_ukrainian import UKRAINIAN

# What is newest comes first, whatever is asked.
_LATELY = frozenset(("lately", "recently", "zuletzt", "kürzlich", "neulich", "нещодавно"))
_MOST_WORDS = 40  # more are no question
_LONGEST = 400  # characters; the same


def parse(text: str, as_of: date) -> Question:
    """Return what `text` asks; relative words are resolved against `as_of`."""
    plain = text.strip()
    number = plain[1:-1]
    if plain == f"[{number}]" and number.isascii() and number.isdecimal() and len(number) < 10:  # noqa: PLR2004 (fits SQLite)
        return Cited(number=int(number))
    words = phrases.words(plain) if len(plain) <= _LONGEST else ()
    if not 0 < len(words) <= _MOST_WORDS:
        return Search(text=text)
    told = tuple(word for word in words if word.casefold() not in _LATELY) or words
    found = _asked(told, as_of)
    if found == Happened() and told != words:
        return Latest()
    return found or Search(text=text)


def _asked(words: Words, as_of: date) -> Question | None:
    for ask in _ASKED:
        found = ask(words, as_of)
        if found is not None:
            return found
    for table in (GERMAN, UKRAINIAN):
        found = questions_languages.asked(words, as_of, table)
        if found is not None:
            return found
    return None


def find_period_in_any(words: Words, as_of: date) -> tuple[Period | None, Words]:
    """Return the date among `words` in the language that takes most of them, and the others."""
    found = [find_period(words, as_of, bare=True)]
    found += [questions_languages.period_of(words, as_of, table) for table in (GERMAN, UKRAINIAN)]
    return min(found, key=lambda read: (read[0] is None, len(read[1])))


# The first that understands the words decides.
_ASKED: tuple[Callable[[Words, date], Question | None], ...] = (
    questions_events.differ,
    questions_people.who,
    questions_sayings.quoted,
    questions_sayings.said,
    questions_events.how_many,
    questions_people.met,
    questions_events.next_,
    questions_events.latest,
    questions_events.happened,
    questions_people.about,
)
