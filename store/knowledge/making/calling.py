"""How one summary calls its persons: what it lists, quotes and has present, by name. Pure.

Who that is, the `Cast` of the whole story says; it needs no more of the summaries than the
different calls in them, of which there are far fewer.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from store.knowledge.keys import content_key
from store.knowledge.values import StatedPerson, Summary
from store.text import fold

folded = lru_cache(maxsize=1 << 16)(fold)


class Call(NamedTuple):
    """A person as a summary lists them, or a name as it quotes or has it present.

    `tries` are the forms by which it is looked up in turn, each with the longer names of
    its own summary that it may stand for; `own` is whom it stands for where all fail. One
    that holds a full name needs neither.
    """

    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    side: str | None = None
    listed: bool = False
    tries: tuple[tuple[str, tuple[str, ...]], ...] = ()
    own: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way the name is written."""
        return (self.name, *self.aliases)

    @property
    def full(self) -> tuple[str, ...]:
        """The full names among the spellings, folded."""
        return _full(self.name, self.aliases)

    def as_text(self) -> str:
        """Return what `call_of` reads."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=1 << 16)
def _full(name: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(folded(each) for each in (name, *aliases) if not is_short(each))


def call_of(text: str) -> Call:
    """Return the call that was written as `text`."""
    name, aliases, role, side, listed, tries, own = json.loads(text)
    return Call(
        name=name,
        aliases=tuple(aliases),
        role=role,
        side=side,
        listed=listed,
        tries=tuple((form, tuple(longer)) for form, longer in tries),
        own=own,
    )


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls of one summary: of the persons it lists, in their order, and of its names."""

    listed: Sequence[Call]
    named: Mapping[str, Call]

    def __iter__(self) -> Iterator[Call]:
        """Yield every call, in the order in which they stand in the summary."""
        yield from self.listed
        yield from self.named.values()

    @classmethod
    def of(cls, summary: Summary) -> "Calls":
        """Return how `summary` calls its persons.

        A short name means whom its own summary lists by it, else one whose longer name it
        ends. Of these the longest count: who is called "Leyen" here is not the "von der
        Leyen" that the same summary speaks of, but whoever that is.
        """
        names = dict.fromkeys(_named(summary))
        meant: dict[str, Call] = {}
        longer: dict[str, dict[str, None]] = defaultdict(dict)
        listed = [_listed(person) for person in summary.people]
        for call in listed:
            if call.full:
                for form in forms(call):
                    longer[form].setdefault(call.full[0])
                for name in call.spellings:
                    meant.setdefault(folded(name), call)
        lone = [call for call in listed if not call.full]
        others = {folded(name) for name in (*names, *(n for c in lone for n in c.spellings))}
        for name in sorted(others, key=lambda one: (-one.count(" "), one)):
            if name not in meant and name not in longer:
                for form in endings(name):
                    longer[form].setdefault(name)
        tried = {call: _tried(call, meant, longer) for call in lone}
        for call in lone:
            for name in call.spellings:
                meant.setdefault(folded(name), tried[call])
        return cls(
            [tried.get(call, call) for call in listed],
            {name: _mentioned(name, meant, longer) for name in names},
        )


def _listed(person: StatedPerson) -> Call:
    return Call(person.name, person.aliases, person.role, person.side, listed=True)


_Longer = Mapping[str, Iterable[str]]


def _try(name: str, longer: _Longer) -> tuple[str, tuple[str, ...]]:
    return name, tuple(sorted(longer.get(name, ())))


def _tried(call: Call, meant: Mapping[str, Call], longer: _Longer) -> Call:
    """Return a call that holds no full name with what it is looked up by."""
    names = dict.fromkeys(map(folded, call.spellings))
    tries = (
        (name, (meant[name].full[0],)) if name in meant else _try(name, longer) for name in names
    )
    return call._replace(tries=tuple(tries), own=folded(call.name))


def _mentioned(name: str, meant: Mapping[str, Call], longer: _Longer) -> Call:
    plain = folded(name)
    listed = meant.get(plain)
    if listed is None:
        return Call(name, tries=(_try(plain, longer),), own=plain)
    if listed.full:
        return Call(name, tries=((plain, (listed.full[0],)),), own=plain)
    return Call(name, tries=listed.tries, own=listed.own)


def _named(summary: Summary) -> Iterator[str]:
    for quote in summary.quotes:
        yield quote.speaker
    for event in summary.events:
        yield from event.people or ()


def forms(call: Call) -> tuple[str, ...]:
    """Return what else a call may be known by: endings of its names, and short ones whole."""
    return _forms(call.name, call.aliases)


@lru_cache(maxsize=1 << 16)
def _forms(name: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        form
        for each in (name, *aliases)
        for form in (*((folded(each),) if is_short(each) else ()), *endings(folded(each)))
    )


@lru_cache(maxsize=1 << 16)
def endings(plain: str) -> tuple[str, ...]:
    """Return what a folded name of several words ends with."""
    parts = plain.split()
    return tuple(" ".join(parts[begin:]) for begin in range(1, len(parts)))


@lru_cache(maxsize=1 << 16)
def is_short(name: str) -> bool:
    """Tell whether a name is of one word, or begins with a particle, as "von der Leyen"."""
    return " " not in folded(name) or name[0].islower()


@lru_cache(maxsize=1 << 16)
def person_key(name: str) -> str:
    """Return the key that a spelling of a name stands for."""
    return content_key("person", fold(name))
