"""Whom or what a name names: persons and other subjects, the better match first."""

from dataclasses import dataclass

from store.database import Connection
from store.knowledge import people, subjects
from store.knowledge.people import PersonRef
from store.knowledge.subjects import SubjectRef
from store.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The persons and subjects that a name fits as well as any."""

    persons: tuple[PersonRef, ...] = ()
    subjects: tuple[SubjectRef, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.persons or self.subjects)


def surely_named(db: Connection, name: str) -> Named:
    """Return who or what has `name` in whole words.

    A full name of a person wins over that of a subject; one word, which may be a
    surname and a place, stands for both.
    """
    persons = people.named_people(db, name)
    if persons and " " in fold(name):
        return Named(persons=persons)
    return Named(persons=persons, subjects=subjects.called(db, name))


def find_named(db: Connection, name: str) -> Named:
    """Return who or what `name` names, also by a part, a beginning or another spelling."""
    if found := surely_named(db, name):
        return found
    if persons := people.find_people(db, name):
        return Named(persons=persons)
    return Named(subjects=subjects.find_subjects(db, name))
