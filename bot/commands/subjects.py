"""Whom, what and where words name: persons, a place and other subjects, in any order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.messages.scope import MOST_KEYS, Scope
from bot.messages.timeline import title
from bot.periods import Period
from bot.questions import find_period_in_any
from store.database import Connection
from store.knowledge import people, subjects, timeline
from store.knowledge.keys import place_key
from store.knowledge.people import PersonRef
from store.knowledge.subjects import SubjectRef
from store.knowledge.values import SubjectKind, When

_MOST_WORDS = 8  # more are several names no longer
_MOST_OF_A_KIND = 2
_JOINS = {"and", "&", "in", "at", "with", "+", ","}
_MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a timeline may be of."""

    place: tuple[str, str] | None = None  # key and name
    others: tuple[SubjectRef, ...] = ()  # sides, organisations, topics: one or two
    persons: tuple[PersonRef, ...] = ()

    @property
    def name(self) -> str:
        """What a button calls it."""
        return title(self.names, self.about, self.place[1] if self.place else None, None)

    @property
    def names(self) -> list[str]:
        """The names of the persons."""
        return [person.name for person in self.persons]

    @property
    def about(self) -> list[str]:
        """The names of the other subjects."""
        return [other.name for other in self.others]

    @property
    def parts(self) -> tuple["Subject", ...]:
        """Each person, subject and place for itself."""
        return (
            *(Subject(persons=(person,)) for person in self.persons),
            *(Subject(others=(other,)) for other in self.others),
            *((Subject(place=self.place),) if self.place else ()),
        )

    def scope(self, when: When | None) -> Scope:
        """Return the scope of its timeline, on a date if given."""
        keys = tuple(person.key for person in self.persons)
        return Scope(
            place=self.place[0] if self.place else None,
            subjects=tuple(other.key for other in self.others),
            persons=keys,
            when=when,
        )


def asked_for(db: Connection, words: str, as_of: date) -> tuple[tuple[Subject, ...], Period | None]:
    """Return what `words` may name, and when; nothing where some words name nobody.

    A date alone is of everything.
    """
    try:
        when = When.parse(words)
    except ValueError:
        pass
    else:
        return (Subject(),), Period(when=when, words=words, relative=False)
    if found := find_subjects(db, words.split()):
        return found, None  # "May" is also a name
    period, rest = find_period_in_any(tuple(words.split()), as_of)
    if period is None:
        return (), None
    return find_subjects(db, rest) if rest else (Subject(),), period


def find_subjects(db: Connection, words: Sequence[str]) -> tuple[Subject, ...]:
    """Return what `words` may name: one place or person, else two or three of them.

    Nothing where some words name nobody.
    """
    for parts in range(1, MOST_KEYS + 1):
        if found := tuple(_named(db, words, parts)):
            return found[:_MOST]
        if len(words) > _MOST_WORDS:
            break
    return ()


def _one(db: Connection, words: Sequence[str]) -> tuple[Subject, ...]:
    name = " ".join(words)
    if called := subjects.called(db, name):
        return tuple(_subject(db, one) for one in called)
    return tuple(Subject(persons=(person,)) for person in people.find_people(db, name))


def _subject(db: Connection, one: SubjectRef) -> Subject:
    """Return a subject; a place where something happened stands for what happened there."""
    if one.kind is SubjectKind.PLACE:
        key = place_key(one.name)
        if (written := timeline.place_of_key(db, key)) is not None:
            return Subject(place=(key, written))
    return Subject(others=(one,))


def _named(db: Connection, words: Sequence[str], parts: int) -> Iterator[Subject]:
    """Yield what `words` name as so many names in a row: those of the first cut that does."""
    if parts == 1:
        yield from _one(db, words)
        return
    for cut in range(1, len(words)):
        rest = words[cut:]
        while rest and rest[0].casefold() in _JOINS:
            rest = rest[1:]
        firsts = _one(db, words[:cut]) if rest else ()
        if firsts and (found := list(_joined(firsts, tuple(_named(db, rest, parts - 1))))):
            yield from found
            return


def _joined(firsts: Sequence[Subject], seconds: Sequence[Subject]) -> Iterator[Subject]:
    for first in firsts:
        for second in seconds:
            persons = (*first.persons, *second.persons)
            others = (*first.others, *second.others)
            are_few = all(
                len(set(several)) == len(several) <= _MOST_OF_A_KIND
                for several in (persons, others)
            )
            if are_few and not (first.place and second.place):
                place = first.place or second.place
                yield Subject(place=place, others=others, persons=persons)
