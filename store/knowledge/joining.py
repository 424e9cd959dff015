"""Who is who: persons joined over summaries by name and alias, and found again in prose.

Pure functions of summaries; holds no SQL.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from store.knowledge.keys import content_key
from store.knowledge.values import StatedPerson, Summary
from store.text import fold, folded_words

_SHORTEST_SURNAME = 3

_Statement = tuple[str, Summary, StatedPerson]  # with the key of the source that states it
_Forms = dict[str, set[str]]  # a short name, and whom it may mean
_Openings = dict[str, list[tuple[tuple[str, ...], str]]]


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

    Two statements are of one person when they share a full name. A short name (one
    word, or one that begins with a particle, as "von der Leyen") joins nobody: it is
    looked up in its own summary, then in the whole story, and taken only where it fits
    one person; else it stands for a person of its own.
    """

    def __init__(self, summaries: Sequence[tuple[str, Summary]]) -> None:
        """Join the people of `summaries`, given as (source key, summary)."""
        self._parent: dict[str, str] = {}
        self._stated: dict[str, list[_Statement]] = defaultdict(list)
        self._spelled: dict[str, dict[str, None]] = defaultdict(dict)
        self._short: _Forms = defaultdict(set)
        self._within: dict[str, _Forms] = defaultdict(lambda: defaultdict(set))
        self._explicit: set[str] = set()
        self._meant: dict[tuple[str, str], str] = {}
        lone: list[_Statement] = []
        for source, summary in summaries:
            for person in summary.people:
                if all(map(_is_short, _spellings(person))):
                    lone.append((source, summary, person))
                else:
                    self._state(source, summary, person)
        named = [(source, name) for source, summary in summaries for name in _named(summary)]
        # The longest first: a shorter one may be its end ("Vale de Almeida").
        named.sort(key=lambda given: -len(fold(given[1]).split()))
        self._mention([given for given in named if not _is_short(given[1])])
        self._attach(lone)
        self._mention([given for given in named if _is_short(given[1])])
        self._keys = self._name_keys(summaries)

    def _state(self, source: str, summary: Summary, person: StatedPerson) -> None:
        full = [fold(name) for name in _spellings(person) if not _is_short(name)]
        for name in full:
            self._parent[self._find(name)] = self._find(full[0])
        self._mean(source, person, full[0])
        self._stated[full[0]].append((source, summary, person))

    def _attach(self, lone: Sequence[_Statement]) -> None:
        """Give each statement that holds only short names to the person whom it means."""
        found = [
            next(filter(None, (self._resolve(n, source) for n in _spellings(person))), None)
            for source, _, person in lone
        ]
        for (source, summary, person), root in zip(lone, found, strict=True):
            node = root or self._find(fold(person.name))
            self._mean(source, person, node)
            self._stated[node].append((source, summary, person))

    def _mention(self, named: Iterable[tuple[str, str]]) -> None:
        """Find whom quotes and events name; who is not stated anywhere is new."""
        for source, name in named:
            node = self._resolve(name, source) or self._find(fold(name))
            self._mean(source, StatedPerson(name=name), node)
            self._spelled[node].setdefault(name)

    def _mean(self, source: str, person: StatedPerson, node: str) -> None:
        """Note that in `source` each spelling, and each ending of a full one, means `node`."""
        for name in _spellings(person):
            folded = fold(name)
            self._meant.setdefault((source, folded), node)
            forms = _endings(folded)
            if _is_short(name):
                self._explicit.add(folded)
                forms = [folded, *forms]
            for form in forms:
                self._short[form].add(node)
                self._within[source][form].add(node)

    def _find(self, node: str) -> str:
        parent = self._parent.setdefault(node, node)
        while parent != node:
            self._parent[node] = self._parent[parent]
            node, parent = parent, self._parent[parent]
        return node

    def _resolve(self, name: str, source: str) -> str | None:
        """Return the root of the person that `name` means in `source`, if it means one."""
        folded = fold(name)
        if (source, folded) in self._meant:
            return self._find(self._meant[source, folded])
        if folded in self._parent and not _is_short(name):
            return self._find(folded)
        for forms in (self._within[source], self._short):
            if root := self._only(forms.get(folded, ())):
                return root
        return self._find(folded) if folded in self._parent else None

    def _only(self, nodes: Iterable[str]) -> str | None:
        roots = {self._find(node) for node in nodes}
        return roots.pop() if len(roots) == 1 else None

    def key_of(self, name: str, source: str) -> str:
        """Return the key of the person that `name`, which `source` states, means there."""
        return self._keys[self._find(self._meant[source, fold(name)])]

    def _name_keys(self, summaries: Sequence[tuple[str, Summary]]) -> dict[str, str]:
        """Return the key of each root: that of the full name under which it appeared first."""
        used = [
            fold(name)
            for _, summary in summaries
            for name in (*(person.name for person in summary.people), *_named(summary))
        ]
        keys: dict[str, str] = {}
        for node in (*used, *self._parent):
            if node in self._parent:
                keys.setdefault(self._find(node), person_key(node))
        return keys

    def people(self) -> Iterator[JoinedPerson]:
        """Yield every person of the story."""
        stated: dict[str, list[_Statement]] = defaultdict(list)
        spelled: dict[str, dict[str, None]] = defaultdict(dict)
        for node, statements in self._stated.items():
            stated[self._find(node)].extend(statements)
        for node, spellings in self._spelled.items():
            spelled[self._find(node)].update(spellings)
        for root, key in self._keys.items():
            yield _joined(key, stated[root], tuple(sorted(spelled[root])))

    @cached_property
    def _openings(self) -> _Openings:
        forms = {name: self._only(nodes) for name, nodes in self._short.items()}
        full = {name: self._find(name) for name in self._parent if " " in name}
        return self._opened({**forms, **full})

    @cached_property
    def _openings_within(self) -> Mapping[str, _Openings]:
        """What only one summary can tell: whom a short name means that fits several."""
        return {
            source: self._opened(
                {
                    name: self._only(nodes)
                    for name, nodes in forms.items()
                    if name not in self._parent or " " not in name
                    if self._only(self._short[name]) is None
                }
            )
            for source, forms in self._within.items()
        }

    def _opened(self, forms: Mapping[str, str | None]) -> _Openings:
        """Return every name that means one person, as its words, under the first of them."""
        openings: _Openings = defaultdict(list)
        for name, root in forms.items():
            if root and (len(name) >= _SHORTEST_SURNAME or name in self._explicit):
                parts = tuple(name.split())
                openings[parts[0]].append((parts, self._keys[root]))
        return openings

    def recognise(self, text: str, source: str) -> tuple[str, ...]:
        """Return the keys of the persons named in `text` of `source`, in order of appearance.

        A name counts only where it begins with a capital (or a letter of a script
        without capitals), so that a surname that is also a word finds nobody.
        """
        tokens = list(folded_words(text))
        within = self._openings_within.get(source, {})
        found: dict[str, None] = {}
        position = 0
        while position < len(tokens):
            opening = tokens[position][0]
            longest, step = None, 1
            for parts, key in (*within.get(opening, ()), *self._openings.get(opening, ())):
                window = tokens[position : position + len(parts)]
                if (
                    (longest is None or len(parts) > step)
                    and window[-1][1]
                    and tuple(token for token, _ in window) == parts
                ):
                    longest, step = key, len(parts)
            if longest:
                found[longest] = None
            position += step
        return tuple(found)


def _joined(key: str, statements: Sequence[_Statement], spelled: tuple[str, ...]) -> JoinedPerson:
    ordered = sorted(statements, key=lambda s: (s[1].published, s[1].file, s[0]))
    people = [person for _, _, person in ordered]
    full = [person for person in people if not all(map(_is_short, _spellings(person)))]
    counted = Counter(person.name for person in full or people) or Counter(
        sorted(spelled, key=lambda name: (_is_short(name), -len(name)))
    )
    return JoinedPerson(
        key=key,
        name=counted.most_common(1)[0][0],
        names=tuple(dict.fromkeys([*(n for p in people for n in _spellings(p)), *spelled])),
        roles=tuple(
            HeldRole(title=person.role, side=person.side, source=source, seen=summary.published)
            for source, summary, person in ordered
            if person.role or person.side
        ),
    )


def _spellings(person: StatedPerson) -> tuple[str, ...]:
    return (person.name, *person.aliases)


def _is_short(name: str) -> bool:
    return " " not in fold(name) or name[0].islower()


def _endings(folded: str) -> list[str]:
    parts = folded.split()
    return [" ".join(parts[begin:]) for begin in range(1, len(parts))]


def _named(summary: Summary) -> Iterator[str]:
    for quote in summary.quotes:
        yield quote.speaker
    for event in summary.events:
        yield from event.people or ()
