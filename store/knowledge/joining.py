"""Who is who: persons joined over summaries by name and alias, and found again in prose.

Pure functions of summaries; holds no SQL.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from store.knowledge.keys import content_key
from store.knowledge.values import StatedPerson, Summary
from store.text import fold

_TOKEN = re.compile(r"\w+(?:['\u2019-]\w+)*", re.UNICODE)
_SHORTEST_SURNAME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """A title as one source gives it, on that source's date."""

    title: str | None
    side: str | None
    source: str
    seen: date


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedPerson:
    """One person over all summaries: the name most used, every spelling, every role."""

    key: str
    name: str
    names: tuple[str, ...]
    roles: tuple[HeldRole, ...]


def person_key(name: str) -> str:
    """Return the key that a spelling of a name stands for."""
    return content_key("person", fold(name))


class Cast:
    """The persons of a story, made from its summaries in their order of publication.

    Two statements are of one person when they share a name of two words or more.
    A lone surname joins nobody: it is looked up in the same summary, then in the
    whole story, and is taken only where it fits one person.
    """

    def __init__(self, summaries: Sequence[tuple[str, Summary]]) -> None:
        """Join the people of `summaries`, given as (source key, summary)."""
        self._parent: dict[str, str] = {}
        self._stated: dict[str, list[tuple[str, Summary, StatedPerson]]] = defaultdict(list)
        self._order: dict[str, int] = {}
        for source, summary in summaries:
            for person in summary.people:
                self._state(source, summary, person)
        self._partial = self._partial_names(self._parent)
        self._within: dict[str, Mapping[str, set[str]]] = {
            summary.file: self._partial_names(
                fold(name) for person in summary.people for name in (person.name, *person.aliases)
            )
            for _, summary in summaries
        }
        for source, summary in summaries:
            for name in _named(summary):
                if self.resolve(name, summary) is None:
                    self._state(source, summary, StatedPerson(name=name))
        self._partial = self._partial_names(self._parent)

    def _state(self, source: str, summary: Summary, person: StatedPerson) -> None:
        node = self._node(fold(person.name))
        for alias in person.aliases:
            folded = fold(alias)
            if " " in folded:
                self._parent[self._find(self._node(folded))] = self._find(node)
        self._stated[node].append((source, summary, person))

    def _node(self, folded: str) -> str:
        self._order.setdefault(folded, len(self._order))
        self._parent.setdefault(folded, folded)
        return folded

    def _find(self, node: str) -> str:
        while self._parent[node] != node:
            self._parent[node] = self._parent[self._parent[node]]
            node = self._parent[node]
        return node

    def _partial_names(self, names: Iterable[str]) -> dict[str, set[str]]:
        """Return what a person may be called for short, and whom it may mean."""
        partial: dict[str, set[str]] = defaultdict(set)
        for name in names:
            if name not in self._parent:
                continue
            root, parts = self._find(name), name.split()
            for begin in range(1, len(parts)):
                partial[" ".join(parts[begin:])].add(root)
        return partial

    def resolve(self, name: str, summary: Summary) -> str | None:
        """Return the root of the person that `name` means in `summary`, if it means one."""
        folded = fold(name)
        if folded in self._parent:
            return self._find(folded)
        for partial in (self._within[summary.file], self._partial):
            roots = {self._find(root) for root in partial.get(folded, ())}
            if len(roots) == 1:
                return roots.pop()
        return None

    def key_of(self, name: str, summary: Summary) -> str:
        """Return the key of the person that `name` means in `summary`."""
        root = self.resolve(name, summary)
        if root is None:
            raise KeyError(name)
        return self._keys[root]

    @cached_property
    def _keys(self) -> dict[str, str]:
        """The key of each root: that of the name under which the person appeared first."""
        keys: dict[str, str] = {}
        for node in sorted(self._stated, key=self._order.__getitem__):
            keys.setdefault(self._find(node), person_key(node))
        return keys

    def people(self) -> Iterator[JoinedPerson]:
        """Yield every person of the story."""
        grouped: dict[str, list[tuple[str, Summary, StatedPerson]]] = defaultdict(list)
        for node in sorted(self._stated, key=self._order.__getitem__):
            grouped[self._find(node)].extend(self._stated[node])
        for root, statements in grouped.items():
            statements.sort(key=lambda s: (s[1].published, s[1].file))
            counted = Counter(person.name for _, _, person in statements)
            spellings = dict.fromkeys(
                name for _, _, person in statements for name in (person.name, *person.aliases)
            )
            yield JoinedPerson(
                key=self._keys[root],
                name=counted.most_common(1)[0][0],
                names=tuple(spellings),
                roles=tuple(
                    HeldRole(
                        title=person.role, side=person.side, source=source, seen=summary.published
                    )
                    for source, summary, person in statements
                    if person.role or person.side
                ),
            )

    @cached_property
    def _openings(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """Every name that means one person, as its words, under the first of them."""
        openings: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        full = {name: {self._find(name)} for name in self._parent}
        for name, roots in {**self._partial, **full}.items():
            found = {self._find(root) for root in roots}
            if len(found) == 1 and len(name) >= _SHORTEST_SURNAME:
                parts = tuple(name.split())
                openings[parts[0]].append((parts, found.pop()))
        for entries in openings.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return openings

    def recognise(self, text: str) -> tuple[str, ...]:
        """Return the keys of the persons named in `text`, in order of appearance.

        A name counts only where it begins with a capital (or a letter of a script
        without capitals), so that a surname that is also a word finds nobody.
        """
        tokens = [
            (fold(token), not token[0].islower())
            for match in _TOKEN.finditer(text)
            for token in (match.group().removesuffix("\u2019s").removesuffix("'s"),)
        ]
        found: dict[str, None] = {}
        position = 0
        while position < len(tokens):
            step = 1
            for parts, root in self._openings.get(tokens[position][0].split(" ")[0], ()):
                window = tokens[position : position + len(parts)]
                if window[-1][1] and " ".join(t for t, _ in window) == " ".join(parts):
                    found[self._keys[root]] = None
                    step = len(parts)
                    break
            position += step
        return tuple(found)


def _named(summary: Summary) -> Iterator[str]:
    for quote in summary.quotes:
        yield quote.speaker
    for event in summary.events:
        yield from event.people or ()
