"""One summary with all that is worked out of it: how it calls persons, and its place in the order.

Pure; holds no SQL.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from store.knowledge.gazetteer import Gazetteer
from store.knowledge.keys import content_key
from store.knowledge.making.calling import Call, Calls, folded
from store.knowledge.making.joining import Cast
from store.knowledge.making.recognising import Names, Recogniser
from store.knowledge.values import StatedEvent, StatedFigure, StatedQuote, Summary
from store.text import fold, spelled

_MOST_TEXTS = 20_000
spelled_again = lru_cache(maxsize=_MOST_TEXTS)(spelled)  # of what stands in several places


def event_key(event: StatedEvent) -> str:
    """Return the key of what is told in these words of this date."""
    return content_key("event", str(event.when), fold(event.text) or event.text)


def words_key(words: str) -> str:
    """Return the key of words, whoever said them."""
    return content_key("words", words)


def figure_key(figure: StatedFigure) -> str:
    """Return the key of a figure: what is counted, how many, and when."""
    what = fold(figure.what) or figure.what
    return content_key("figure", what, figure.value.casefold(), str(figure.when or ""))


@dataclass(frozen=True)
class Said:
    """A summary, known by the key of its source."""

    key: str
    summary: Summary

    @cached_property
    def calls(self) -> Calls:
        """How it calls persons."""
        return Calls.of(self.summary)

    @cached_property
    def order(self) -> tuple[str, str, str]:
        """What summaries are sorted by: their publication."""
        return self.summary.published.isoformat(), self.summary.file, self.key

    @cached_property
    def place(self) -> str:
        """Its order as text, which sorts alike."""
        published, file, key = self.order
        return f"{published} {file}\x01{key}\x01"

    def firsts(self) -> Iterator[tuple[Call, str]]:
        """Yield each call once, with what tells how early it stands in the story."""
        place = self.place
        for number, call in enumerate(dict.fromkeys(self.calls)):
            yield call, f"{place}{number:06}"

    def places(self) -> Iterator[tuple[str, str]]:
        """Yield the place of each event once, with what tells how early it stands in the story."""
        place = self.place
        places = dict.fromkeys(event.place for event in self.summary.events if event.place)
        for number, name in enumerate(places):
            if folded(name):
                yield name, f"{place}{number:06}"

    @cached_property
    def events(self) -> tuple[tuple[str, StatedEvent], ...]:
        """The events that it tells, with what stands for the words and the date of each."""
        return tuple((event_key(event), event) for event in self.summary.events)

    @cached_property
    def quotes(self) -> tuple[tuple[str, str, StatedQuote], ...]:
        """The quotes, each with the key of its words and these as they are compared."""
        compared = [fold(quote.text) or quote.text for quote in self.summary.quotes]
        return tuple(
            (words_key(words), words, quote)
            for words, quote in zip(compared, self.summary.quotes, strict=True)
        )

    @cached_property
    def figures(self) -> tuple[tuple[str, StatedFigure], ...]:
        """The figures, each with its key."""
        return tuple((figure_key(figure), figure) for figure in self.summary.figures)

    def notes(self) -> Iterator[str]:
        """Yield what names subjects and stands in no text that is searched."""
        for quote in self.summary.quotes:
            if quote.about:
                yield quote.about
        for figure in self.summary.figures:
            if figure.according_to:
                yield figure.according_to


@dataclass(frozen=True)
class Context:
    """What the whole story says: who is who, and what is where."""

    cast: Cast
    gazetteer: Gazetteer

    @cached_property
    def recogniser(self) -> Recogniser:
        """What finds the persons of the cast in prose."""
        return Recogniser(self.cast)

    @cached_property
    def _spoken(self) -> dict[tuple[tuple[str | None, str | None], ...], frozenset[str]]:
        return {}

    @cached_property
    def _subjects(self) -> dict[str, frozenset[str]]:
        return {}

    def subjects_in(self, text: str) -> frozenset[str]:
        """Return the keys of the subjects that a text names; the same texts come again soon."""
        known = self._subjects.get(text)
        if known is None:
            if len(self._subjects) >= _MOST_TEXTS:
                self._subjects.clear()
            known = self._subjects[text] = frozenset(self.gazetteer.in_words(spelled_again(text)))
        return known

    def speaks(self, person: str) -> frozenset[str]:
        """Return the subjects for which a person speaks."""
        roles = self.cast.roles_of(person)
        if roles not in self._spoken:
            belongs = self.gazetteer.of_roles(roles)
            self._spoken[roles] = frozenset(key for key, speaks in belongs.items() if speaks)
        return self._spoken[roles]

    def names(self, said: Said) -> Names:
        """Return by what names a summary finds persons in its text."""
        return self.recogniser.within(said.calls)

    def present(self, said: Said, event: StatedEvent) -> tuple[str, ...]:
        """Return the persons of an event that a summary states."""
        if event.people is None:
            return self.names(said).in_text(event.text)
        return tuple(self.whom(said, name) for name in event.people)

    def whom(self, said: Said, name: str) -> str:
        """Return the key of the person whom a summary quotes or has present by a name."""
        return self.cast.key_of(said.calls.named[name])
