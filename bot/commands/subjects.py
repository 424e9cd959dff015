"""Whom and where words name: persons, a place, or both, in any order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.messages.scope import Scope
from store.database import Connection
from store.knowledge import people, timeline
from store.knowledge.keys import place_key
from store.knowledge.people import PersonRef
from store.knowledge.values import When

_MOST_WORDS = 8  # more are several names no longer
_MOST_PARTS = 3  # two persons and a place
_MOST_PERSONS = 2
_JOINS = {"and", "&", "in", "at", "with", "+", ","}
_MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a timeline may be of."""

    place: tuple[str, str] | None = None  # key and name
    persons: tuple[PersonRef, ...] = ()

    @property
    def name(self) -> str:
        """What a button calls it."""
        named = " and ".join(person.name for person in self.persons)
        return " · ".join(part for part in (named, self.place[1] if self.place else "") if part)

    def scope(self, when: When | None) -> Scope:
        """Return the scope of its timeline, on a date if given."""
        keys = tuple(person.key for person in self.persons)
        return Scope(place=self.place[0] if self.place else None, persons=keys, when=when)


def find_subjects(db: Connection, words: Sequence[str]) -> tuple[Subject, ...]:
    """Return what `words` may name: one place or person, else two or three of them.

    Nothing where some words name nobody.
    """
    for parts in range(1, _MOST_PARTS + 1):
        if found := tuple(_named(db, words, parts)):
            return found[:_MOST]
        if len(words) > _MOST_WORDS:
            break
    return ()


def places_like(db: Connection, name: str) -> tuple[str, str] | None:
    """Return the key and the name of the place called `name`, or None."""
    key = place_key(name)
    known = timeline.place_of_key(db, key)
    return (key, known) if known is not None else None


def _one(db: Connection, words: Sequence[str]) -> tuple[Subject, ...]:
    name = " ".join(words)
    if place := places_like(db, name):
        return (Subject(place=place),)
    return tuple(Subject(persons=(person,)) for person in people.find_people(db, name))


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


def _joined(firsts: Sequence[Subject], others: Sequence[Subject]) -> Iterator[Subject]:
    for first in firsts:
        for other in others:
            persons = (*first.persons, *other.persons)
            if len(set(persons)) == len(persons) <= _MOST_PERSONS and not (
                first.place and other.place
            ):
                yield Subject(place=first.place or other.place, persons=persons)
