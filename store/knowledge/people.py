"""What is known of persons: found by any spelling of a name, and told in a profile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from store.database import Connection, select
from store.knowledge.quotes import Quote, quotes
from store.knowledge.remembering import counted
from store.knowledge.sources import Citation, Citations, citation
from store.knowledge.timeline import Event, coming_events, newest_events
from store.knowledge.values import Grade
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
    return _sorted(person for person, total in totals.items() if total == best)


# The names that share most groups of three letters with what is asked for.
_COMPARED = 200
_WITH_LETTERS = """
    SELECT folded, person, person.name AS name FROM name JOIN person ON person.key = name.person
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
    spelled = {
        (row["folded"], row["person"]): row["name"]
        for row in select(db, _WITH_LETTERS, {"grams": _grams(fold(text)), "most": _COMPARED})
    }
    from rapidfuzz import fuzz, process  # noqa: PLC0415 (five megabytes, for a slip)

    alike = process.extract(
        fold(text),
        {pair: pair[0] for pair in spelled},
        scorer=fuzz.WRatio,
        score_cutoff=_ALIKE,
        limit=limit * 4,
    )
    found = {pair[1]: PersonRef(key=pair[1], name=spelled[pair]) for _, _, pair in alike}
    return tuple(found.values())[:limit]


def person_of_key(db: Connection, key: str) -> PersonRef | None:
    """Return the person for whom `key` stands: their own, or one of any spelling they had."""
    rows = select(
        db,
        "SELECT key, name, 0 AS rank FROM person WHERE key = :key UNION ALL "
        "SELECT person.key, person.name, 1 FROM name JOIN person ON person.key = name.person "
        "WHERE name.key = :key ORDER BY rank, key LIMIT 1",
        {"key": key},
    )
    return next((PersonRef(key=row["key"], name=row["name"]) for row in rows), None)


def all_people(db: Connection, *, limit: int = -1) -> tuple[PersonRef, ...]:
    """Return every person, or so many, the most often named first."""
    rows = select(
        db, "SELECT key, name FROM person ORDER BY named DESC, name LIMIT :limit", {"limit": limit}
    )
    return tuple(PersonRef(**row) for row in rows)


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
        quote=_telling_quote(quotes(db, person=person.key, limit=20).quotes),
        companions=companions(db, person.key, limit=3),
    )


def _telling_quote(said: Sequence[Quote]) -> Quote | None:
    """Return the newest quote in the speaker's own words, else the newest."""
    verbatim = (quote for quote in said if quote.grade is Grade.VERBATIM)
    return next(verbatim, next(iter(said), None))


def companions(db: Connection, person: str, *, limit: int) -> tuple[Companion, ...]:
    """Return the persons most often in the same events as `person`, at most the newest of them."""
    of_all = counted(
        db, "SELECT COUNT(*) FROM event_person WHERE person = :person", {"person": person}
    )
    rows = select(
        db,
        "SELECT person.key AS key, person.name AS name, events FROM "
        "(SELECT other.person AS met, COUNT(*) AS events FROM "
        "(SELECT event FROM event_person WHERE person = :person "
        "ORDER BY starts DESC, ends DESC, event DESC LIMIT :newest) AS own "
        "JOIN event_person AS other ON other.event = own.event "
        "WHERE other.person != :person GROUP BY other.person) "
        "JOIN person ON person.key = met ORDER BY events DESC, name LIMIT :limit",
        {"person": person, "newest": _NEWEST_EVENTS, "limit": limit},
    )
    return tuple(
        Companion(
            person=PersonRef(key=row["key"], name=row["name"]),
            events=row["events"],
            newest=_NEWEST_EVENTS if of_all > _NEWEST_EVENTS else None,
        )
        for row in rows
    )


def people_of_source(db: Connection, source: str) -> tuple[PersonRef, ...]:
    """Return the persons whom a source names."""
    rows = select(
        db,
        "SELECT person.key, person.name FROM mention JOIN person ON person.key = mention.person "
        "WHERE mention.source = :source ORDER BY person.name",
        {"source": source},
    )
    return tuple(PersonRef(**row) for row in rows)


def _by_full_name(db: Connection, folded: str) -> tuple[PersonRef, ...]:
    rows = select(
        db,
        "SELECT DISTINCT person.key, person.name FROM name "
        "JOIN person ON person.key = name.person WHERE folded = :folded ORDER BY person.name",
        {"folded": folded},
    )
    return tuple(PersonRef(**row) for row in rows)


def _by_words(db: Connection, asked: Sequence[str]) -> tuple[PersonRef, ...]:
    found = [
        {
            PersonRef(**row)
            for row in select(
                db,
                "SELECT person.key, person.name FROM name_word "
                "JOIN person ON person.key = name_word.person WHERE word = :word",
                {"word": word},
            )
        }
        for word in asked
    ]
    return _sorted(set.intersection(*found))


def _by_beginnings(db: Connection, asked: Sequence[str]) -> tuple[PersonRef, ...]:
    if any(len(part) < _SHORTEST_PREFIX for part in asked):
        return ()
    found = [
        {
            PersonRef(**row)
            for row in select(
                db,
                "SELECT person.key, person.name FROM name_word "
                "JOIN person ON person.key = name_word.person "
                "WHERE word >= :part AND word < :part || '~'",
                {"part": part},
            )
        }
        for part in asked
    ]
    return _sorted(set.intersection(*found))


def _sorted(found: Iterable[PersonRef]) -> tuple[PersonRef, ...]:
    return tuple(sorted(found, key=lambda person: person.name))


def _by_sound(db: Connection, asked: Sequence[str]) -> tuple[PersonRef, ...]:
    if any(len(word) < _SHORTEST_PREFIX for word in asked):
        return ()
    found = [
        {
            PersonRef(**row)
            for row in select(
                db,
                "SELECT person.key, person.name FROM name_word "
                "JOIN person ON person.key = name_word.person WHERE sound = :sound",
                {"sound": sound(word)},
            )
        }
        for word in asked
    ]
    return _sorted(set.intersection(*found))


def _slips(db: Connection, word: str) -> dict[PersonRef, int]:
    """Return the persons with a name whose sound is nearly `word`, and how far off it is."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 (five megabytes, for a slip)

    most = 2 if len(word) >= _LONG_WORD else 1
    near: dict[PersonRef, int] = {}
    for row in select(
        db,
        "SELECT sound, person.key, person.name FROM name_word "
        "JOIN person ON person.key = name_word.person "
        "WHERE sound >= :first AND sound < :first || '\U0010ffff'",
        {"first": word[0]},
    ):
        distance = OSA.distance(word, row["sound"], score_cutoff=most)
        if distance <= most:
            person = PersonRef(key=row["key"], name=row["name"])
            near[person] = min(distance, near.get(person, distance))
    return near


def _spellings(db: Connection, person: PersonRef) -> tuple[str, ...]:
    rows = select(
        db,
        "SELECT text FROM name WHERE person = :key AND text != :name ORDER BY text",
        {"key": person.key, "name": person.name},
    )
    # A surname on its own tells a reader nothing that the name does not.
    return tuple(row["text"] for row in rows if not person.name.endswith(f" {row['text']}"))


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
    SELECT telling.title, side, n, source.key, outlet, published FROM
    (SELECT title, side, source, seen FROM role
    WHERE person = :person AND held = :held ORDER BY seen DESC LIMIT :most) AS telling
    JOIN source ON source.key = telling.source ORDER BY seen DESC, n
"""
_TOLD = "SELECT COUNT(*) FROM role WHERE person = :person AND held = :held"


def _roles(db: Connection, person: str) -> tuple[Role, ...]:
    """Return the titles held, the newest first; the same title of several sources is one."""
    held = {"person": person, "most": _MOST_TITLES}
    found = []
    for row in select(db, _HELD, held):
        asked = {"person": person, "held": row["held"]}
        told = list(select(db, _TELLING, {**asked, "most": _MOST_SOURCES}))
        role = Role(
            title=told[0]["title"],
            side=told[0]["side"],
            seen=date.fromisoformat(row["seen"]),
            sources=tuple(sorted({citation(one) for one in told})),
            told=len(told) if len(told) < _MOST_SOURCES else counted(db, _TOLD, asked),
        )
        found.append((-role.seen.toordinal(), told[0]["n"], role))
    return tuple(role for *_, role in sorted(found, key=lambda one: one[:2]))


def _statements(db: Connection, person: str, *, limit: int) -> tuple[Statement, ...]:
    # Of the same day the higher number is the newer: so all of the last day that counts.
    rows = select(
        db,
        "SELECT sentence, n, key, outlet, source.published FROM mention "
        "JOIN source ON source.key = mention.source "
        "WHERE person = :person AND sentence IS NOT NULL AND mention.published >= "
        "(SELECT MIN(published) FROM (SELECT published FROM mention WHERE person = :person "
        "AND sentence IS NOT NULL ORDER BY published DESC LIMIT :limit)) "
        "ORDER BY mention.published DESC, n DESC LIMIT :limit",
        {"person": person, "limit": limit},
    )
    return tuple(Statement(text=row["sentence"], source=citation(row)) for row in rows)
