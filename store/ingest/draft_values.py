"""What a draft of a summary is: values with the sentence each came from and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from store.ingest.extract.quotes import Sureness
from store.ingest.raw.values import Published
from store.knowledge.values import (
    Side,
    StatedEvent,
    StatedFigure,
    StatedPerson,
    StatedQuote,
    Story,
    Summary,
)
from store.names import sound
from store.text import fold

T = TypeVar("T", StatedPerson, StatedEvent, StatedQuote, StatedFigure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Generic[T]):
    """One entry of the front matter, the sentence that it was read from, and how surely."""

    stated: T
    origin: str
    sure: Sureness

    @property
    def review(self) -> bool:
        """Tell whether an editor has to confirm it before it is shown as fact."""
        return self.sure is Sureness.UNSURE


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSummary:
    """A summary as the program would write it; without `published` it cannot be written."""

    title: str
    outlet: str
    document: str
    published: Published | None
    undated: str = ""  # why `published` is not known
    people: tuple[Item[StatedPerson], ...] = ()
    events: tuple[Item[StatedEvent], ...] = ()
    quotes: tuple[Item[StatedQuote], ...] = ()
    figures: tuple[Item[StatedFigure], ...] = ()
    body: str

    @property
    def to_review(self) -> int:
        """How many entries an editor has to confirm."""
        return sum(
            sum(item.review for item in items)
            for items in (self.people, self.events, self.quotes, self.figures)
        )


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known already, for telling who and when: the story and its summaries."""

    story: Story | None = None
    summaries: tuple[Summary, ...] = field(default=())

    @cached_property
    def people(self) -> tuple[StatedPerson, ...]:
        """The people of all summaries, each once, the latest statement of each."""
        found: dict[str, StatedPerson] = {}
        for summary in sorted(self.summaries, key=lambda each: each.published):
            for person in summary.people:
                found[fold(person.name)] = person
        return tuple(found.values())

    @cached_property
    def by_sound(self) -> Mapping[str, StatedPerson]:
        """The people by how their names in full sound, other spellings too."""
        names = (
            (person, name) for person in self.people for name in (person.name, *person.aliases)
        )
        return {heard(name): person for person, name in names}

    @cached_property
    def by_surname(self) -> Mapping[str, StatedPerson]:
        """The people whose surname no other of them bears, by how it sounds."""
        found: dict[str, list[StatedPerson]] = {}
        for person in self.people:
            if len(words := fold(person.name).split()) > 1:
                found.setdefault(sound(words[-1]), []).append(person)
        return {surname: those[0] for surname, those in found.items() if len(those) == 1}

    @cached_property
    def sides(self) -> Mapping[str, Side]:
        """The sides of the story by all their names, folded."""
        if self.story is None:
            return {}
        named = {fold(side.name): side for side in self.story.sides}
        by_name = {side.name: side for side in self.story.sides}
        for subject in self.story.subjects:
            if subject.side in by_name:
                for name in (subject.name, *subject.aliases):
                    named.setdefault(fold(name), by_name[subject.side])
        return named


def heard(name: str) -> str:
    """Return how a name sounds, word by word."""
    return " ".join(map(sound, fold(name).split()))
