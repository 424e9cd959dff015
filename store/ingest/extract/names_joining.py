"""Who is who within one text: surnames, first names and titles given to those named in full.

Pure functions of what was weighed before. Joins nothing across texts; names_across.py does.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from store.ingest.extract.first_names import FEMALE, MALE
from store.ingest.extract.names_values import Role
from store.ingest.extract.names_words import REGAL, SUFFIXES
from store.ingest.extract.persons import HONORIFIC_GENDER, Gender
from store.ingest.extract.values import Span
from store.ingest.extract.words import words_of

_FEMALE_TITLE = re.compile(
    r"\b(?:\w*woman|actress|queen|princess|duchess|countess|empress|mother|wife|widow|daughter|sister|niece|aunt|dame|lady|mrs|ms|miss|tsarina|girl|girlfriend)\b",
    re.IGNORECASE,
)
_MALE_TITLE = re.compile(
    r"\b(?:(?!wo)\w*man|actor|king|prince|duke|earl|emperor|father|husband|widower|son|brother|nephew|uncle|sir|lord|mr|tsar|pope|boyfriend|sultan|emir)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(he|his|him|himself|she|her|herself)\b", re.IGNORECASE)
_PARTICLES = words_of(
    """
al bin de del della den der di du el la le van von
"""
)
_TITLE_WORD = re.compile(r"[\w-]+")
_MOST_ALIKE = 64  # persons with one surname or title; more are looked at no further
_REACH = 160  # characters after a name in which a pronoun is likely its own


@dataclass(slots=True)
class Person:
    """One person of a text: the names in full, where they stand, the roles."""

    name: str
    words: tuple[str, ...]
    places: list[int] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    honorific: Gender = Gender.UNKNOWN
    votes: int = 0  # pronouns right after: she counts up, he down

    @property
    def gender(self) -> Gender:
        """He or she, by form of address, titles, first name, or the pronouns that follow."""
        if self.honorific is not Gender.UNKNOWN:
            return self.honorific
        titles = " ".join(role.title.split(" of ")[0] for role in self.roles)
        if _FEMALE_TITLE.search(titles):
            return Gender.FEMALE
        if _MALE_TITLE.search(titles):
            return Gender.MALE
        first = self.words[0].lower()
        if (first in FEMALE) != (first in MALE) and len(self.words) > 1:
            return Gender.FEMALE if first in FEMALE else Gender.MALE
        if self.votes:
            return Gender.FEMALE if self.votes > 0 else Gender.MALE
        return Gender.UNKNOWN


class People:
    """The persons of one text, asked by the ways of naming them."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self._by_words: dict[tuple[str, ...], Person] = {}
        self._by_last: dict[str, list[Person]] = defaultdict(list)
        self._by_ends: dict[tuple[str, str], list[Person]] = defaultdict(list)
        self._by_first: dict[str, list[Person]] = defaultdict(list)

    def add(self, name: str, words: Sequence[str], at: int) -> Person:
        """Return the person named in full at the place `at`, a new one if need be."""
        kept = tuple(plain(word) for word in words if not _is_suffix(word, words)) or tuple(words)
        person = self._by_words.get(kept) or self._same(kept)
        if person is None:
            person = Person(name=name, words=kept)
            self.persons.append(person)
            if kept[0] not in REGAL:
                self._by_first[kept[0]].append(person)
            if len(kept) > 1:
                self._by_ends[kept[0][:1], kept[-1]].append(person)
            for tail in _tails(kept):
                self._by_last[tail].append(person)
        elif len(name) > len(person.name) and not name.isupper():
            person.name = name
        self._by_words.setdefault(kept, person)
        person.places.append(at)
        return person

    def _same(self, words: tuple[str, ...]) -> Person | None:
        """Return who has the same first name and surname, with no differing middle names."""
        for person in self._by_ends[words[0][:1], words[-1]][-_MOST_ALIKE:]:
            if _agree(person.words, words):
                return person
        return None

    def short(self, words: Sequence[str], at: int, *, firsts: bool = True) -> Person | None:
        """Return who is meant by a surname, or by a first name that only one person has."""
        key = " ".join(plain(word) for word in words if word not in SUFFIXES)
        last = self._by_last.get(key)
        if last is None and len(words) > 1:  # Bin Laden, where a sentence begins
            particle, _, rest = key.partition(" ")
            last = self._by_last.get(rest) if particle.lower() in _PARTICLES else None
        if last:
            return _nearest(last, at)
        if firsts and (first := self._by_first.get(key)) and len(first) == 1:
            return first[0]
        return None

    def full(self, words: Sequence[str]) -> Person | None:
        """Return the person with just this name."""
        return self._by_words.get(tuple(plain(word) for word in words))

    def holder(self, noun: str, words: frozenset[str], at: int) -> Person | None:
        """Return who alone holds a title with the noun and the other `words`."""
        holders = self._holders[noun]
        if len(holders) > _MOST_ALIKE:
            return None  # as good as anybody
        fitting = {id(person): person for told, person in holders if words <= told}
        found = list(fitting.values())
        if len(found) > 1:
            found = [person for person in found if person.places[0] < at]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _holders(self) -> dict[str, list[tuple[frozenset[str], Person]]]:
        """The titles told, by each word of them: ask only when all roles are known."""
        index: dict[str, list[tuple[frozenset[str], Person]]] = defaultdict(list)
        for person in self.persons:
            titles = {(role.title.lower(), _side_words(role)) for role in person.roles}
            for title, side in titles:
                told = frozenset(_TITLE_WORD.findall(title))
                for word in told:
                    index[word].append((told | side, person))
        return index


def _side_words(role: Role) -> frozenset[str]:
    return frozenset(role.side.lower().split()) if role.side else frozenset()


def plain(word: str) -> str:
    """Return a word of a name as it is compared within a text."""
    bare = word.rstrip(".").replace("\u2019", "'")
    if bare.isupper() and len(bare) > 3:  # noqa: PLR2004 -- letters: no initials
        bare = bare.capitalize()
    return re.sub(r"^(?:[Aa]l|[Ee]l)-(?=[A-Z])", "al-", bare)


def _is_suffix(word: str, words: Sequence[str]) -> bool:
    return word in SUFFIXES or (words[0] in REGAL and word in {"I", "V", "X"})


def _tails(words: tuple[str, ...]) -> Iterable[str]:
    """Yield the ways to name a person by the end of the name."""
    for begin in range(1, len(words)):
        yield " ".join(words[begin:])
    if len(words) == 1:
        yield words[0]
    last = words[-1]
    if last.startswith("al-"):
        yield last[3:]
    elif "-" in last:
        yield last.split("-")[0]


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(other) < 2 or one[-1] != other[-1] or not _alike(one[0], other[0]):  # noqa: PLR2004 -- in full
        return False
    middles = one[1:-1], other[1:-1]
    if not all(middles):
        return True
    return all(_alike(a, b) for a, b in zip(*middles, strict=False))


def _alike(one: str, other: str) -> bool:
    """Tell whether two first names are one, or an initial of the other."""
    return one == other or (1 in {len(one), len(other)} and one[0] == other[0])


def _nearest(persons: Sequence[Person], at: int) -> Person:
    if len(persons) == 1:
        return persons[0]

    def last_before(person: Person) -> int:
        place = bisect_right(person.places, at)
        return person.places[place - 1] if place else -1

    return max(persons, key=last_before)


def learn_genders(text: str, person: Person, span: Span) -> None:
    """Note what the pronouns right after a name tell."""
    if found := _PRONOUN.search(text, span.end, span.end + _REACH):
        person.votes += 1 if found.group(1).lower().startswith(("she", "her")) else -1


def honorific_gender(word: str) -> Gender:
    """Return what a form of address tells."""
    return HONORIFIC_GENDER.get(word.rstrip("."), Gender.UNKNOWN)
