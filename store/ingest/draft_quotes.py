"""The quotes of a draft: whose words, under the name of the entry, of which day, each once.

What the quotes of a text are is in extract/quotes.py.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from store.ingest.clean import clean_line
from store.ingest.draft_people import Cast, plain_name
from store.ingest.draft_values import Item, heard
from store.ingest.extract.events_tense import is_possessive
from store.ingest.extract.quotes import FoundQuote, Sureness
from store.ingest.extract.times_values import TimeExpression, TimeKind
from store.knowledge.values import Grade, Precision, StatedQuote, When
from store.names import sound
from store.text import fold

UNNAMED = "not named"
_NEAR = 260  # characters; about two sentences
_PRONOUN = re.compile(r"(?:he|she|they|it|we|i|who|that|this|these|those)\b", re.IGNORECASE)
_RUN = 4  # words by which what was said is looked up


def stated_quotes(
    text: str,
    quotes: Sequence[FoundQuote],
    times: Sequence[TimeExpression],
    cast: Cast,
    day: date | None,
) -> Iterator[Item[StatedQuote]]:
    """Yield the entries of `quotes`; words that were given already are left out."""
    said = _Said()
    speakers = _Speakers(text, cast)
    moments = _Moments(text, times, day)
    for quote in quotes:
        words = _words(text, quote)
        key = fold(words)
        if not key or said.holds(key):
            continue
        speaker, resolved = speakers.of(quote)
        if not fold(speaker):
            continue
        said.add(key)
        yield Item(
            stated=StatedQuote(
                speaker=speaker,
                text=words,
                when=moments.of(quote),
                grade=quote.grade,
            ),
            origin=quote.sentence.of(text),
            sure=quote.sure if resolved and speakers.is_sure(quote, speaker) else Sureness.UNSURE,
        )


def _words(text: str, quote: FoundQuote) -> str:
    """Return the words; of a report without its "that", as a sentence."""
    words = clean_line(quote.words(text))
    if quote.grade is Grade.VERBATIM:
        return words.rstrip(",").strip()
    words = words.removeprefix("that ").removeprefix("whether ").strip(" ,;")
    return words[:1].upper() + words[1:]


class _Said:
    """What was said so far, asked for words within it; the work does not grow with how much."""

    def __init__(self) -> None:
        self._runs: dict[tuple[str, ...], list[str]] = {}

    def add(self, key: str) -> None:
        """Remember what was said."""
        words = key.split()
        for at in range(len(words)):
            for length in range(1, min(_RUN, len(words) - at) + 1):
                held = self._runs.setdefault(tuple(words[at : at + length]), [])
                if length == _RUN or not held:  # of fewer words it is enough that there is one
                    held.append(key)

    def holds(self, key: str) -> bool:
        """Tell whether these words, all of them in a row, were said before."""
        words = key.split()
        length = min(_RUN, len(words))
        runs = (tuple(words[at : at + length]) for at in range(len(words) - length + 1))
        found = min((self._runs.get(run, ()) for run in runs), key=len)
        return any(f" {key} " in f" {other} " for other in found)


class _Speakers:
    """Whom the words of a text are given to, as the people of its draft are called."""

    def __init__(self, text: str, cast: Cast) -> None:
        self._text, self._cast = text, cast
        self._people = {item.stated.name for item in cast.people}
        self._sure = cast.sure_names()
        self._starts = [each.span.start for each in cast.mentions]
        self._by_last: dict[str, str] = {}
        for item in cast.people:
            self._by_last.setdefault(item.stated.name.rsplit(maxsplit=1)[-1], item.stated.name)

    def of(self, quote: FoundQuote) -> tuple[str, bool]:
        """Return who speaks, and whether that is one of the people or at least no mere pronoun."""
        known = self._cast.known
        if quote.name:
            name = plain_name(quote.name)
            person = known.by_sound.get(heard(name))
            return (person.name if person else name), True
        if quote.speaker is None:
            return UNNAMED, False
        words = clean_line(quote.speaker.of(self._text))
        for word in words.split():
            if word in self._by_last:
                return self._by_last[word], True
        for word in reversed(words.split()):
            if word[:1].isupper() and (person := known.by_surname.get(sound(fold(word)))):
                return person.name, True
        return (UNNAMED if _PRONOUN.fullmatch(words) else words), False

    def is_sure(self, quote: FoundQuote, speaker: str) -> bool:
        """Tell whether nobody has to confirm who speaks."""
        if speaker in self._people and speaker not in self._sure:
            return False
        return self._is_near(quote, speaker)

    def _is_near(self, quote: FoundQuote, speaker: str) -> bool:
        """Tell whether whom a pronoun is taken to mean is named close before it."""
        pronoun = quote.speaker is not None and _PRONOUN.fullmatch(quote.speaker.of(self._text))
        if not pronoun:
            return True
        first = bisect_left(self._starts, quote.sentence.start - _NEAR)
        last = bisect_left(self._starts, quote.sentence.end)
        return any(each.name == speaker for each in self._cast.mentions[first:last])


class _Moments:
    """The days on which things were said, as their sentences give them."""

    def __init__(self, text: str, times: Sequence[TimeExpression], day: date | None) -> None:
        self._text, self._day = text, day
        self._times = sorted(times, key=lambda each: each.span)
        self._starts = [each.span.start for each in self._times]

    def of(self, quote: FoundQuote) -> When | None:
        """Return the day that the sentence gives for the saying: one outside the words, and past.

        Of words that run over many sentences only the outer ones count.
        """
        first = bisect_left(self._starts, quote.sentence.start)
        last = bisect_left(self._starts, quote.sentence.end)
        for time in self._times[first:last]:
            when = time.when
            inside = any(part.meets(time.span) for part in quote.parts)
            if time.kind is TimeKind.DURATION or when is None or inside:
                continue
            if not quote.sentence.holds(time.span) or is_possessive(self._text, time.span):
                continue
            if when.precision is Precision.DAY and (self._day is None or when.start <= self._day):
                return when
        return None
