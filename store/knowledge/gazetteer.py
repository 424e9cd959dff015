"""The subjects of a story that are no persons, and where texts name them. Pure; holds no SQL.

A name is matched by whole folded words. One written with a capital needs a capital, and
an abbreviation ("US") needs capitals throughout, so that "us" names no country.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from store.knowledge.keys import content_key
from store.knowledge.values import StatedSubject, SubjectKind
from store.text import Words, fold, spelled

_LONGEST_ABBREVIATION = 5
# What is named as several is the first of these.
_RANK = (SubjectKind.ORGANISATION, SubjectKind.SIDE, SubjectKind.TOPIC, SubjectKind.PLACE)
_WITH_PEOPLE = {SubjectKind.ORGANISATION, SubjectKind.SIDE}


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as its folded words, the one it is looked for by, and how it has to be written."""

    parts: list[str]
    rarest: int
    subject: str
    capital: bool
    shouted: bool

    def stands(self, words: Words, start: int) -> bool:
        """Tell whether this is what stands from word `start` on."""
        end = start + len(self.parts)
        if start < 0 or words.folded[start:end] != self.parts:
            return False
        if self.shouted:
            return not any(letter.islower() for word in words.written[start:end] for letter in word)
        return not (self.capital and words.written[start][0].islower())


@lru_cache(maxsize=1 << 14)
def subject_key(name: str) -> str:
    """Return the key of the subject called `name`, whatever its script or capitals."""
    return content_key("subject", fold(name))


class Gazetteer:
    """The subjects that a story states, and the places of its events, by name."""

    def __init__(self, stated: Iterable[StatedSubject], places: Iterable[str]) -> None:
        """Join what is called alike: NATO may be a side and an organisation."""
        self.subjects: dict[str, StatedSubject] = {}
        self._places: dict[str, str] = {}
        for subject in stated:
            self._join(subject)
            if subject.kind is SubjectKind.PLACE:
                self._places |= {fold(name): subject.name for name in _names(subject)}
        for place in places:
            if fold(place):
                self._join(StatedSubject(kind=SubjectKind.PLACE, name=self.place(place)))
        self._named: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, list[_Name]] = defaultdict(list)
        for key, subject in self.subjects.items():
            for name in _names(subject):
                self._named[fold(name)].add(key)
                made = _name(name, key)
                self._names[made.parts[made.rarest]].append(made)
        self._rarest = self._names.keys()

    def _join(self, subject: StatedSubject) -> None:
        known = self.subjects.setdefault(subject_key(subject.name), subject)
        self.subjects[subject_key(subject.name)] = replace(
            known,
            kind=min(known.kind, subject.kind, key=_RANK.index),
            aliases=tuple(dict.fromkeys((*known.aliases, *subject.aliases))),
            side=known.side or subject.side,
        )

    def place(self, name: str) -> str:
        """Return the name of a place as the story states it, where it states this spelling."""
        return self._places.get(fold(name), name)

    def at(self, place: str | None) -> set[str]:
        """Return the key of the place where an event is, if it has any."""
        return {subject_key(self.place(place))} if place and fold(place) else set()

    def in_text(self, *texts: str | None) -> set[str]:
        """Return the keys of the subjects that the texts name."""
        return self.in_words(*(spelled(text) for text in texts if text))

    def in_words(self, *texts: Words) -> set[str]:
        """Return the keys of the subjects that texts name, given as their words."""
        found: set[str] = set()
        for words in texts:
            if not self._rarest.isdisjoint(words.folded):  # as most are
                found.update(
                    name.subject
                    for at, word in enumerate(words.folded)
                    if word in self._rarest
                    for name in self._names[word]
                    if name.stands(words, at - name.rarest)
                )
        return found

    def of_roles(self, roles: Iterable[tuple[str | None, str | None]]) -> Mapping[str, bool]:
        """Return whom a person with `roles` (title, side) belongs to, and speaks for.

        They speak for their side, and for an organisation of it, or of none, that a title
        names; what else a title names (an ambassador to NATO) they only belong to.
        """
        belongs: dict[str, bool] = {}
        for title, side in roles:
            own = self._named.get(fold(side), set()) if side else set()
            for key in self.in_text(title) | own:
                subject = self.subjects[key]
                if subject.kind in _WITH_PEOPLE:
                    speaks = key in own or (
                        subject.kind is SubjectKind.ORGANISATION and subject.side in {None, side}
                    )
                    belongs[key] = speaks or belongs.get(key, False)
        return belongs


def _names(subject: StatedSubject) -> tuple[str, ...]:
    return tuple(dict.fromkeys((subject.name, *subject.aliases)))


def _name(name: str, subject: str) -> _Name:
    letters = [letter for letter in name if letter.isalpha()]
    parts = fold(name).split()
    return _Name(
        parts=parts,
        rarest=parts.index(max(parts, key=len)),  # long words are: no text has few "the"
        subject=subject,
        capital=not name[0].islower(),
        shouted=0 < len(letters) <= _LONGEST_ABBREVIATION and all(map(str.isupper, letters)),
    )
