"""What events and quotes are about: the things of the story that a reader can follow or mute.

A thing is a person, or a subject that is none (store.knowledge.subjects); either has a key
made from its name, and answers to the keys of its other names too.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from store.database import Connection
from store.knowledge.people import person_of_key
from store.knowledge.quotes import Quote
from store.knowledge.subjects import subject_of_key
from store.knowledge.timeline import Event

PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something of the story with a name: a person, or what kind of subject."""

    key: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerns:
    """Whom and what items are about, and the other keys that those answer to."""

    of_item: Mapping[str, frozenset[str]] = field(default_factory=dict)
    known_as: Mapping[str, str] = field(default_factory=dict)  # another key: the thing's own
    things: frozenset[str] = frozenset()  # all of them
    persons: frozenset[str] = frozenset()  # and who of them is a person

    def of(self, item: str) -> frozenset[str]:
        """Return the keys of the things that an item is about."""
        return self.of_item.get(item, frozenset())


def keys_of_items(*items: Iterable[Event | Quote]) -> tuple[str, ...]:
    """Return the keys of events and quotes, in their order."""
    return tuple(item.key for some in items for item in some)


# Who speaks for a side or an organisation is quoted for it.
_OF_ITEMS = """
    SELECT event AS item, person AS thing FROM event_person
    WHERE event IN (SELECT value FROM json_each(:items))
    UNION ALL SELECT event, subject FROM event_subject
    WHERE event IN (SELECT value FROM json_each(:items))
    UNION ALL SELECT key, person FROM quote
    WHERE key IN (SELECT value FROM json_each(:items))
    UNION ALL SELECT quote, subject FROM quote_subject
    WHERE quote IN (SELECT value FROM json_each(:items))
    UNION ALL SELECT quote.key, subject FROM quote
    JOIN person_subject ON person_subject.person = quote.person AND speaks
    WHERE quote.key IN (SELECT value FROM json_each(:items))
"""
_NAMES = """
    SELECT key, person AS thing FROM name WHERE person IN (SELECT value FROM json_each(:things))
    UNION ALL SELECT key, subject FROM subject_name
    WHERE subject IN (SELECT value FROM json_each(:things))
"""


def concerns(db: Connection, items: Iterable[str]) -> Concerns:
    """Return what the events and quotes with these keys are about."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for item, thing in db.conn.execute(_OF_ITEMS, {"items": json.dumps(list(items))}):
        found[item].add(thing)
    things = set().union(*found.values())
    asked = {"things": json.dumps(sorted(things))}
    persons = db.conn.execute(
        "SELECT key FROM person WHERE key IN (SELECT value FROM json_each(:things))", asked
    )
    return Concerns(
        of_item={item: frozenset(keys) for item, keys in found.items()},
        things=frozenset(things),
        persons=frozenset(key for (key,) in persons),
        known_as={key: thing for key, thing in db.conn.execute(_NAMES, asked) if key not in things},
    )


def thing_of_key(db: Connection, key: str) -> Thing | None:
    """Return the thing for which `key` stands, under its present name and key; else None."""
    if (person := person_of_key(db, key)) is not None:
        return Thing(key=person.key, kind=PERSON, name=person.name)
    if (subject := subject_of_key(db, key)) is not None:
        return Thing(key=subject.key, kind=subject.kind, name=subject.name)
    return None


def keys_of(db: Connection, key: str) -> frozenset[str]:
    """Return every key for which the same thing stands, `key` among them."""
    thing = thing_of_key(db, key)
    if thing is None:
        return frozenset({key})
    named = db.conn.execute(_NAMES, {"things": json.dumps([thing.key])})
    return frozenset({key, thing.key, *(other for other, _ in named)})
