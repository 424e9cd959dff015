"""What is known of persons: found by any spelling of a name, and told in a profile."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from store.database import Connection
from store.knowledge.quotes import Quote, telling_quote
from store.knowledge.remembering import counted, remembered
from store.knowledge.sources import Citation, Citations, citation
from store.knowledge.timeline import Event, coming_events, newest_events
from store.names import sound
from store.text import fold

_SHORTEST_SLIP = 4
_LONG_WORD = 8
_SHORTEST_PREFIX = 3
_MOST_WORDS = 16  # more are no name
_NEWEST_EVENTS = 500  # of somebody, in which others are met
_MOST_TITLES = 50
_MOST_SOURCES = 24  # of one title; a page names fewer
_ALIKE = 55  # of 100; below it a "did you mean" means nothing to a reader


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRef:
    """A person as a line or a button names them."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A person met in the same events, and in how many: of all, or of so many newest."""

    person: PersonRef
    events: int
    newest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A title as sources give it, with the newest day on which one does.

    `sources` are all of them, or the newest where there are more than a page can name.
    """

    title: str | None
    side: str | None
    seen: date
    sources: Citations
    told: int  # by how many sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of a summary, and its source."""

    text: str
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a reader sees first of a person."""

    person: PersonRef
    spellings: tuple[str, ...]
    roles: tuple[Role, ...]
    statements: tuple[Statement, ...]
    latest: tuple[Event, ...]
    coming: tuple[Event, ...]
    quote: Quote | None
    companions: tuple[Companion, ...]


def find_people(db: Connection, text: str, *, limit: int = 8) -> tuple[PersonRef, ...]:
    """Return the persons whom `text` names.

    By full name, by its words, by their beginnings, or by their sound (another
    spelling of the same name); the first of these ways that finds anybody decides.
    One word is never a full name: it may be another's surname too.
    """
    folded = fold(text)
    asked = folded.split()
    if len(asked) > 1 and (named := _by_full_name(db, folded)):
        return named[:limit]
    if not 0 < len(asked) <= _MOST_WORDS:
        return ()
    found = _by_words(db, asked) or _by_beginnings(db, asked) or _by_sound(db, asked)
    return found[:limit]


def named_people(db: Connection, text: str) -> tuple[PersonRef, ...]:
    """Return the persons whose full name `text` is, else those with all its words as names."""
    folded = fold(text)
    asked = folded.split()
    if len(asked) > 1 and (named := _by_full_name(db, folded)):
        return named
    return _by_words(db, asked) if 0 < len(asked) <= _MOST_WORDS else ()


def mistyped_people(db: Connection, text: str) -> tuple[PersonRef, ...]:
    """Return the persons whose names `text` may be a slip of, all equally near.

    One letter may be off in a word of four or more, two in one of eight or more.
    A first letter is never off: that would be another name.
    """
    asked = [sound(word) for word in fold(text).split()]
    if not 0 < len(asked) <= _MOST_WORDS or any(len(word) < _SHORTEST_SLIP for word in asked):
        return ()
    distances = [_slips(db, word) for word in asked]
    near = set(distances[0]).intersection(*distances[1:])
    totals = {person: sum(slips[person] for slips in distances) for person in near}
    best = min(totals.values(), default=0)
    return people_of_keys(db, [person for person, total in totals.items() if total == best])


# The names that share most groups of three letters with what is asked for.
_COMPARED = 200
_WITH_LETTERS = """
    SELECT folded, person, person.name FROM name JOIN person ON person.key = name.person
    WHERE name.rowid IN (SELECT rowid FROM name_letters WHERE name_letters MATCH :grams
    ORDER BY rank LIMIT :most)
"""


def _grams(folded: str) -> str:
    """Return the question to FTS5 for the groups of three letters in words."""
    grams = (word[at : at + 3] for word in folded.split() for at in range(max(len(word) - 2, 1)))
    return " OR ".join(f'"{gram}"' for gram in dict.fromkeys(grams))


def nearest_people(db: Connection, text: str, *, limit: int = 4) -> tuple[PersonRef, ...]:
    """Return the persons whose names look most like `text`, best first.

    Fewer than three letters look like everybody, and so like nobody.
    """
    if len(fold(text)) < _SHORTEST_PREFIX:
        return ()
    asked = {"grams": _grams(fold(text)), "most": _COMPARED}
    spelled = {(folded, key): name for folded, key, name in db.conn.execute(_WITH_LETTERS, asked)}
    from rapidfuzz import fuzz, process  # noqa: PLC0415 (five megabytes, for a slip)

    alike = process.extract(
        fold(text),
        {pair: pair[0] for pair in spelled},
        scorer=fuzz.WRatio,
        score_cutoff=_ALIKE,
        limit=limit * 4,
    )
    found = {key: spelled[folded, key] for _, _, (folded, key) in alike}
    return tuple(PersonRef(key=key, name=name) for key, name in islice(found.items(), limit))


def person_of_key(db: Connection, key: str) -> PersonRef | None:
    """Return the person for whom `key` stands: their own, or one of any spelling they had."""
    rows = _refs(
        db,
        "SELECT key, name, 0 AS rank FROM person WHERE key = :key UNION ALL "
        "SELECT person.key, person.name, 1 FROM name JOIN person ON person.key = name.person "
        "WHERE name.key = :key ORDER BY rank, key LIMIT 1",
        {"key": key},
    )
    return next(iter(rows), None)


def all_people(db: Connection, *, limit: int = -1) -> tuple[PersonRef, ...]:
    """Return every person, or so many, the most often named first."""
    return _refs(
        db, "SELECT key, name FROM person ORDER BY named DESC, name LIMIT :limit", {"limit": limit}
    )


def number_of_people(db: Connection) -> int:
    """Return how many persons there are."""
    return counted(db, "SELECT COUNT(*) FROM person", {})


def profile(db: Connection, key: str) -> Profile | None:
    """Return what is known of the person with `key`, or None where there is none."""
    person = person_of_key(db, key)
    if person is None:
        return None
    return Profile(
        person=person,
        spellings=_spellings(db, person),
        roles=_roles(db, person.key),
        statements=_statements(db, person.key, limit=2),
        latest=newest_events(db, person=person.key, limit=3),
        coming=coming_events(db, person=person.key, limit=2),
        quote=telling_quote(db, person=person.key),
        companions=companions(db, person.key, limit=3),
    )


def companions(db: Connection, person: str, *, limit: int) -> tuple[Companion, ...]:
    """Return the persons most often in the same events as `person`, at most the newest of them."""
    asked = {"person": person, "newest": _NEWEST_EVENTS + 1}
    rows = db.conn.execute(_BESIDE, asked).fetchall()
    met = Counter(" ".join([beside for (beside,) in rows[:_NEWEST_EVENTS]]).split())
    # Only of those who can stand on the page is the name looked up.
    fewest = min((events for _, events in met.most_common(limit)), default=0)
    known = _refs(
        db,
        "SELECT key, name FROM person WHERE key IN (SELECT value FROM json_each(:keys))",
        {"keys": json.dumps([key for key, events in met.items() if events >= fewest])},
    )
    first = sorted(known, key=lambda one: (-met[one.key], one.name, one.key))[:limit]
    newest = _NEWEST_EVENTS if len(rows) > _NEWEST_EVENTS else None
    return tuple(Companion(person=one, events=met[one.key], newest=newest) for one in first)


_BESIDE = (
    "SELECT beside FROM event_person WHERE person = :person "
    "ORDER BY starts DESC, ends DESC, event DESC LIMIT :newest"
)


def people_of_source(db: Connection, source: str) -> tuple[PersonRef, ...]:
    """Return the persons whom a source names."""
    return _refs(
        db,
        "SELECT person.key, person.name FROM mention JOIN person ON person.key = mention.person "
        "WHERE mention.source = :source ORDER BY person.name",
        {"source": source},
    )


def _refs(db: Connection, question: str, values: Mapping[str, str | int]) -> tuple[PersonRef, ...]:
    """Return the persons of rows that begin with a key and a name."""
    return tuple(PersonRef(key=row[0], name=row[1]) for row in db.conn.execute(question, values))


def people_of_keys(db: Connection, keys: Sequence[str]) -> tuple[PersonRef, ...]:
    """Return the persons with these keys, by name."""
    return _refs(
        db,
        "SELECT key, name FROM person WHERE key IN (SELECT value FROM json_each(:keys)) "
        "ORDER BY name, key",
        {"keys": json.dumps(keys)},
    )


def _by_full_name(db: Connection, folded: str) -> tuple[PersonRef, ...]:
    return _refs(
        db,
        "SELECT DISTINCT person.key, person.name FROM name "
        "JOIN person ON person.key = name.person WHERE folded = :folded ORDER BY person.name",
        {"folded": folded},
    )


# Who has all of the words in a name, each as the condition has it.
_NAMED = """
    SELECT key, name FROM person WHERE key IN (
        SELECT person FROM json_each(:asked) AS asked CROSS JOIN name_word ON {condition}
        GROUP BY person HAVING COUNT(DISTINCT asked.key) = :number
    ) ORDER BY name, key
"""
_WITH_WORDS = _NAMED.format(condition="word = asked.value")
_WITH_BEGINNINGS = _NAMED.format(condition="word >= asked.value AND word < asked.value || '~'")
_WITH_SOUNDS = _NAMED.format(condition="sound = asked.value")


def _with_all(db: Connection, question: str, asked: Sequence[str]) -> tuple[PersonRef, ...]:
    return _refs(db, question, {"asked": json.dumps(asked), "number": len(asked)})


def _by_words(db: Connection, asked: Sequence[str]) -> tuple[PersonRef, ...]:
    return _with_all(db, _WITH_WORDS, asked)


def _by_beginnings(db: Connection, asked: Sequence[str]) -> tuple[PersonRef, ...]:
    if any(len(part) < _SHORTEST_PREFIX for part in asked):
        return ()
    return _with_all(db, _WITH_BEGINNINGS, asked)


def _by_sound(db: Connection, asked: Sequence[str]) -> tuple[PersonRef, ...]:
    if any(len(word) < _SHORTEST_PREFIX for word in asked):
        return ()
    return _with_all(db, _WITH_SOUNDS, [sound(word) for word in asked])


_SOUNDS = """
    SELECT DISTINCT sound FROM name_word
    WHERE sound >= :first AND sound < :first || '\U0010ffff'
"""
_SOUNDING = """
    SELECT person, sound FROM name_word WHERE sound IN (SELECT value FROM json_each(:near))
"""


def _slips(db: Connection, word: str) -> dict[str, int]:
    """Return the persons with a name whose sound is nearly `word`, and how far off it is."""
    from rapidfuzz import process  # noqa: PLC0415 (five megabytes, for a slip)
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    first = {"first": word[0]}
    sounds = remembered(
        db,
        ("sounds", word[0]),
        lambda: tuple(known for (known,) in db.conn.execute(_SOUNDS, first)),
    )
    most = 2 if len(word) >= _LONG_WORD else 1
    off = {
        near: distance
        for near, distance, _ in process.extract(
            word, sounds, scorer=OSA.distance, processor=None, score_cutoff=most, limit=None
        )
    }
    persons: dict[str, int] = {}
    for person, near in db.conn.execute(_SOUNDING, {"near": json.dumps(list(off))}):
        persons[person] = min(off[near], persons.get(person, most))
    return persons


def _spellings(db: Connection, person: PersonRef) -> tuple[str, ...]:
    rows = db.conn.execute(
        "SELECT text FROM name WHERE person = :key AND text != :name ORDER BY text",
        {"key": person.key, "name": person.name},
    )
    # A surname on its own tells a reader nothing that the name does not.
    return tuple(text for (text,) in rows if not person.name.endswith(f" {text}"))


# Each title with its side is one step along the index, whatever number of sources tells it.
_HELD = """
    WITH RECURSIVE one(held) AS (
        SELECT MIN(held) FROM role WHERE person = :person
        UNION ALL
        SELECT (SELECT MIN(held) FROM role WHERE person = :person AND held > one.held)
        FROM one WHERE one.held IS NOT NULL LIMIT :most
    )
    SELECT held, (
        SELECT MAX(seen) FROM role WHERE person = :person AND role.held = one.held
    ) AS seen FROM one WHERE held IS NOT NULL
"""
_TELLING = """
    SELECT n, source.key, outlet, published, telling.title, side FROM
    (SELECT title, side, source, seen FROM role
    WHERE person = :person AND held = :held ORDER BY seen DESC LIMIT :most) AS telling
    JOIN source INDEXED BY source_cited ON source.key = telling.source ORDER BY seen DESC, n
"""
_TOLD = "SELECT COUNT(*) FROM role WHERE person = :person AND held = :held"


def _roles(db: Connection, person: str) -> tuple[Role, ...]:
    """Return the titles held, the newest first; the same title of several sources is one."""
    held = {"person": person, "most": _MOST_TITLES}
    found = []
    for held_as, seen in db.conn.execute(_HELD, held).fetchall():
        asked = {"person": person, "held": held_as}
        told = db.conn.execute(_TELLING, {**asked, "most": _MOST_SOURCES}).fetchall()
        number, *_, title, side = told[0]
        role = Role(
            title=title,
            side=side,
            seen=date.fromisoformat(seen),
            sources=tuple(sorted({citation(*row[:4]) for row in told})),
            told=len(told) if len(told) < _MOST_SOURCES else counted(db, _TOLD, asked),
        )
        found.append((-role.seen.toordinal(), number, role))
    return tuple(role for *_, role in sorted(found, key=lambda one: one[:2]))


# Of the same day the higher number is the newer: so all of the last day that counts. The index
# has those with a sentence, of which there may be few or none among very many.
_SENTENCES = """
    SELECT sentence, n, key, outlet, source.published
    FROM mention INDEXED BY mention_in_words
    JOIN source INDEXED BY source_cited ON source.key = mention.source
    WHERE person = :person AND sentence IS NOT NULL AND mention.published >=
    (SELECT MIN(published) FROM (SELECT published FROM mention INDEXED BY mention_in_words
    WHERE person = :person AND sentence IS NOT NULL ORDER BY published DESC LIMIT :limit))
    ORDER BY mention.published DESC, n DESC LIMIT :limit
"""


def _statements(db: Connection, person: str, *, limit: int) -> tuple[Statement, ...]:
    rows = db.conn.execute(_SENTENCES, {"person": person, "limit": limit})
    return tuple(Statement(text=text, source=citation(*cited)) for text, *cited in rows)
