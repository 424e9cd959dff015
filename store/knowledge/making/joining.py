"""Who is who: persons joined over summaries by name and alias.

Pure functions of how summaries call them (`Call`); holds no SQL and knows no prose.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from store.knowledge.making.calling import Call, Calls, folded, forms, is_short, person_key


class Use(NamedTuple):
    """How often something is said, and where first."""

    times: int
    first: str  # sorts as the sources do, by publication, and what each says as it stands there


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedPerson:
    """One person over all summaries: the name most used, every spelling, every role."""

    key: str
    name: str
    names: tuple[str, ...]
    roles: tuple[tuple[str | None, str | None], ...]  # title and side, where either is known


class Meaning(NamedTuple):
    """What a form of a name may mean anywhere: whom by itself, and whom by the forms of theirs."""

    own: str | None
    others: frozenset[str]
    is_called: bool  # by just this form, somewhere


class Cast:
    """The persons of a story, made from the calls in its summaries.

    Two calls are of one person when they share a full name. A short name (one word, or
    one that begins with a particle, as "von der Leyen") joins nobody: it is looked up in
    its own summary, then in the whole story, and taken only where it fits one person;
    else it stands for a person of its own.
    """

    def __init__(self, calls: Mapping[Call, Use]) -> None:
        """Join the persons that `calls` are of."""
        self._calls = sorted(calls, key=lambda call: (calls[call].first, call.name))
        self._uses = calls
        self._parent: dict[str, str] = {}
        self._short: dict[str, set[str]] = defaultdict(set)
        self._called: set[str] = set()
        self._node: dict[Call, str] = {}
        lone: list[Call] = []
        mentioned: list[Call] = []
        for call in self._calls:
            if not call.listed:
                mentioned.append(call)
            elif not call.full:
                lone.append(call)
            else:
                for name in call.full:
                    self._parent[self._find(name)] = self._find(call.full[0])
                self._settle(call, call.full[0])
        # The longest first: a shorter one may be its end ("Vale de Almeida").
        mentioned.sort(key=_length)
        self._look_up(call for call in mentioned if not is_short(call.name))
        self._take(lone)
        self._look_up(call for call in mentioned if is_short(call.name))
        self._keys = self._named_first()

    def _look_up(self, mentioned: Iterable[Call]) -> None:
        for _, alike in groupby(mentioned, _length):
            self._take(list(alike))

    def _take(self, calls: Sequence[Call]) -> None:
        """Find whom `calls` are of, all before any of those who are new is."""
        found = [self._resolve(call) for call in calls]
        for call, root in zip(calls, found, strict=True):
            self._settle(call, root or self._find(call.own))

    def _settle(self, call: Call, node: str) -> None:
        self._node[call] = node
        for form in forms(call):
            self._short[form].add(node)
        self._called.update(folded(name) for name in call.spellings if is_short(name))

    def _find(self, node: str) -> str:
        parent = self._parent.setdefault(node, node)
        while parent != node:
            self._parent[node] = self._parent[parent]
            node, parent = parent, self._parent[parent]
        return node

    def _resolve(self, call: Call) -> str | None:
        """Return the root of the person that a call means, if it means one."""
        for form, longer in call.tries:
            if form in self._parent and not is_short(call.name):
                return self._find(form)
            here = {root for name in longer if (root := self._root(name))}
            if len(here) == 1:
                return here.pop()
            if root := self._only(self._short.get(form, ())):
                return root
            if form in self._parent:
                return self._find(form)
        return None

    def _root(self, name: str) -> str | None:
        return self._find(name) if name in self._parent else self._only(self._short.get(name, ()))

    def _only(self, nodes: Iterable[str]) -> str | None:
        roots = {self._find(node) for node in nodes}
        return roots.pop() if len(roots) == 1 else None

    def _named_first(self) -> dict[str, str]:
        """Return the key of each root: that of the full name under which it appeared first."""
        used = [folded(call.name) for call in self._calls]
        spelled = [folded(name) for call in self._calls for name in call.spellings]
        keys: dict[str, str] = {}
        for node in (*used, *spelled):
            if node in self._parent:
                keys.setdefault(self._find(node), person_key(node))
        return keys

    @cached_property
    def _key(self) -> dict[Call, str]:
        return {call: self._keys[self._find(node)] for call, node in self._node.items()}

    def key_of(self, call: Call) -> str:
        """Return the key of the person that a call, one of those given, is of."""
        return self._key[call]

    @property
    def keys(self) -> Mapping[Call, str]:
        """The key of the person of each call."""
        return self._key

    @cached_property
    def by_key(self) -> Mapping[str, Sequence[Call]]:
        """The calls that are of each person."""
        theirs: dict[str, list[Call]] = defaultdict(list)
        for call in self._calls:
            theirs[self._key[call]].append(call)
        return theirs

    def people(self, keys: Iterable[str] | None = None) -> Iterator[JoinedPerson]:
        """Yield every person of the story, or those of them with `keys`."""
        for key in self.by_key if keys is None else keys:
            if key in self.by_key:
                yield self._joined(key, self.by_key[key])

    def roles_of(self, key: str) -> tuple[tuple[str | None, str | None], ...]:
        """Return each title with its side that a person is given anywhere."""
        calls = self.by_key.get(key, ())
        roles = ((call.role, call.side) for call in calls if call.role or call.side)
        return tuple(dict.fromkeys(roles))

    def _joined(self, key: str, calls: Sequence[Call]) -> JoinedPerson:
        listed = [call for call in calls if call.listed]
        spelled = sorted({call.name for call in calls if not call.listed})
        counted = Counter[str]()
        for call in [call for call in listed if call.full] or listed:
            counted[call.name] += self._uses[call].times
        counted = counted or Counter(sorted(spelled, key=lambda name: (is_short(name), -len(name))))
        return JoinedPerson(
            key=key,
            name=counted.most_common(1)[0][0],
            names=tuple(dict.fromkeys([*(n for c in listed for n in c.spellings), *spelled])),
            roles=self.roles_of(key),
        )

    @cached_property
    def meanings(self) -> Mapping[str, Meaning]:
        """What each form that anybody is known by may mean: equal, where summaries read alike."""
        return {
            form: Meaning(
                self._keys[self._find(form)] if form in self._parent else None,
                frozenset(self._keys[self._find(node)] for node in self._short.get(form, ())),
                form in self._called,
            )
            for form in self._short.keys() | self._parent.keys()
        }


def cast_of(given: Iterable[Calls]) -> Cast:
    """Return the cast of summaries that call their persons so, in their order."""
    uses: dict[Call, Use] = {}
    for number, call in enumerate(call for calls in given for call in dict.fromkeys(calls)):
        known = uses.get(call)
        uses[call] = Use(known.times + 1 if known else 1, known.first if known else f"{number:09}")
    return Cast(uses)


def _length(call: Call) -> int:
    return -folded(call.name).count(" ")
