"""What is known of subjects that are no persons: sides, organisations, topics and places.

Found by any of their names, and told on a page of their own. What names them was found
when it was loaded (store.knowledge.gazetteer).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from store.database import Connection
from store.knowledge.figures import Figure, FigurePage, figures_of_subject
from store.knowledge.people import PersonRef, Statement
from store.knowledge.quotes import Quote, number_naming, telling_quote
from store.knowledge.remembering import counted, remembered
from store.knowledge.sources import Citations, Row, SourceList, citation, sources_of_keys
from store.knowledge.timeline import Event, TimelineFilter, coming_events, newest_events, timeline
from store.knowledge.values import SubjectKind
from store.names import sound
from store.text import fold

_SHORTEST_SLIP = 4
_LONG_WORD = 8
_SHORTEST_PREFIX = 3
_MOST_WORDS = 16
_ALIKE = 60
_NEWEST_EVENTS = 500  # in which the people of a place or topic are looked for
_NEWEST_SOURCES = 500  # in which the most named are looked for
_KINDS: Mapping[str, SubjectKind] = {kind.value: kind for kind in SubjectKind}
_MOST_SOURCES = 24  # of one title of one person; a page names fewer


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SubjectRef:
    """A subject as a line or a button names it."""

    name: str
    kind: SubjectKind
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of a subject: with the title that makes them one, or the events they share."""

    person: PersonRef
    title: str | None
    seen: date | None
    sources: Citations  # the newest
    told: int = 0  # by how many sources, where `sources` are not all
    events: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPage:
    """One page of the people of a subject, and how many there are."""

    members: tuple[Member, ...]
    offset: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectProfile:
    """What a reader sees first of a subject."""

    subject: SubjectRef
    side: str | None
    names: tuple[str, ...]
    statements: tuple[Statement, ...]
    people: MemberPage
    latest: tuple[Event, ...]
    coming: tuple[Event, ...]
    events: int
    quote: Quote | None
    quotes: int
    figures: FigurePage
    sources: SourceList

    @property
    def some_figures(self) -> tuple[Figure, ...]:
        """The figures that stand on the first page."""
        return self.figures.figures


def called(db: Connection, text: str) -> tuple[SubjectRef, ...]:
    """Return the subjects of which `text` is the name, else those of which it is an alias."""
    found = _refs(
        db,
        "SELECT DISTINCT key, name, kind FROM subject WHERE key IN "
        "(SELECT subject FROM subject_name WHERE folded = :folded)",
        {"folded": fold(text)},
    )
    return tuple(one for one in found if fold(one.name) == fold(text)) or found


def find_subjects(db: Connection, text: str, *, limit: int = 8) -> tuple[SubjectRef, ...]:
    """Return the subjects that `text` names: by name, by its words, beginnings or sound."""
    asked = fold(text).split()
    found = called(db, text)
    if not 0 < len(asked) <= _MOST_WORDS:
        return found[:limit]
    if not found and any(len(word) >= _SHORTEST_PREFIX for word in asked):
        found = _by_words(db, asked)
    if not found and all(len(word) >= _SHORTEST_PREFIX for word in asked):
        found = _by_beginnings(db, asked) or _by_sound(db, asked)
    return found[:limit]


def most_named(db: Connection, *, limit: int) -> tuple[SubjectRef, ...]:
    """Return the subjects that most of the newest sources name, those of the most first."""

    def answer() -> tuple[SubjectRef, ...]:
        rows = db.conn.execute(_MOST_NAMED, {"limit": limit, "newest": _NEWEST_SOURCES})
        return tuple(map(_ref, rows))

    return remembered(db, ("most named", limit), answer)


_MOST_NAMED = """
    SELECT key, name, kind FROM source_subject JOIN subject ON key = subject
    WHERE source IN (SELECT key FROM source ORDER BY published DESC, n DESC LIMIT :newest)
    GROUP BY key ORDER BY COUNT(*) DESC, name LIMIT :limit
"""


def mistyped_subjects(db: Connection, text: str) -> tuple[SubjectRef, ...]:
    """Return the subjects of whose names `text` may be a slip, by the rules for persons."""
    asked = [sound(word) for word in fold(text).split()]
    if not 0 < len(asked) <= _MOST_WORDS or any(len(word) < _SHORTEST_SLIP for word in asked):
        return ()
    from rapidfuzz.distance import OSA  # noqa: PLC0415 (five megabytes, for a slip)

    near: list[set[SubjectRef]] = []
    for word in asked:
        most = 2 if len(word) >= _LONG_WORD else 1
        rows = db.conn.execute(
            "SELECT key, name, kind, sound FROM subject_word "
            "JOIN subject ON subject.key = subject_word.subject "
            "WHERE sound >= :first AND sound < :first || '\U0010ffff'",
            {"first": word[0]},
        )
        near.append(
            {_ref(row) for row in rows if OSA.distance(word, row[3], score_cutoff=most) <= most}
        )
    found = sorted(set.intersection(*near))
    # "naot" is NATO rather than a longer name with that word.
    shortest = min((len(fold(one.name).split()) for one in found), default=0)
    return tuple(one for one in found if len(fold(one.name).split()) == shortest)


def nearest_subjects(db: Connection, text: str, *, limit: int = 4) -> tuple[SubjectRef, ...]:
    """Return the subjects whose names look most like `text`, best first."""
    if len(fold(text)) < _SHORTEST_PREFIX:
        return ()
    spelled = {
        (folded, subject): subject
        for folded, subject in db.conn.execute("SELECT folded, subject FROM subject_name")
        if len(folded) >= _SHORTEST_PREFIX
    }
    from rapidfuzz import fuzz, process  # noqa: PLC0415 (five megabytes, for a slip)

    alike = process.extract(
        fold(text),
        {pair: pair[0] for pair in spelled},
        scorer=fuzz.ratio,
        score_cutoff=_ALIKE,
        limit=limit * 4,
    )
    keys = dict.fromkeys(spelled[pair] for _, _, pair in alike)
    return tuple(found for key in keys if (found := subject_of_key(db, key)))[:limit]


def speaking(db: Connection, text: str) -> tuple[SubjectRef, ...]:
    """Return the subjects called `text` for which somebody speaks."""
    return _refs(
        db,
        "SELECT key, name, kind FROM subject WHERE key IN "
        "(SELECT subject FROM subject_name WHERE folded = :folded) AND EXISTS "
        "(SELECT 1 FROM person_subject WHERE subject = subject.key AND speaks)",
        {"folded": fold(text)},
    )


def subject_of_key(db: Connection, key: str) -> SubjectRef | None:
    """Return the subject for which `key` stands: its own, or that of a name it has."""
    found = _refs(
        db,
        "SELECT key, name, kind FROM subject WHERE key = :key",
        {"key": key},
    ) or _refs(
        db,
        "SELECT key, name, kind FROM subject WHERE key IN "
        "(SELECT subject FROM subject_name WHERE key = :key)",
        {"key": key},
    )
    return next(iter(found), None)


def subject_profile(db: Connection, key: str) -> SubjectProfile | None:
    """Return what is known of the subject with `key`, or None where there is none."""
    subject = subject_of_key(db, key)
    if subject is None:
        return None
    return SubjectProfile(
        subject=subject,
        side=db.conn.execute("SELECT side FROM subject WHERE key = ?", [subject.key]).fetchone()[0],
        names=_names(db, subject),
        statements=_statements(db, subject.key, limit=2),
        people=people_of(db, subject, limit=4),
        latest=newest_events(db, subject=subject.key, limit=4),
        coming=coming_events(db, subject=subject.key, limit=2),
        events=timeline(db, TimelineFilter(subject=subject.key), limit=1).total,
        quote=telling_quote(db, subject=subject.key),
        quotes=number_naming(db, subject.key),
        figures=figures_of_subject(db, subject.key, limit=3),
        sources=sources_of_subject(db, subject.key, limit=8),
    )


def people_of(db: Connection, subject: SubjectRef, *, limit: int, offset: int = 0) -> MemberPage:
    """Return the people who belong to a subject, else those of its newest events."""
    values: dict[str, str | int] = {"subject": subject.key, "limit": limit, "offset": offset}
    total = counted(
        db,
        "SELECT COUNT(*) FROM person_subject WHERE subject = :subject",
        {"subject": subject.key},
    )
    if not total:
        return _people_of_events(db, values)
    rows = db.conn.execute(
        "SELECT person.key, person.name FROM person_subject "
        "JOIN person ON person.key = person_subject.person WHERE subject = :subject "
        "ORDER BY speaks DESC, named DESC, person.name LIMIT :limit OFFSET :offset",
        values,
    ).fetchall()
    members = tuple(member(db, PersonRef(key=key, name=name)) for key, name in rows)
    return MemberPage(members=members, offset=offset, total=total)


def member(db: Connection, person: PersonRef, title: str | None = None) -> Member:
    """Return a person with a title, the newest if none is given, and where it is told last."""
    held = db.conn.execute(
        "SELECT n, source.key, outlet, published, telling.title, seen FROM "
        "(SELECT title, seen, source FROM role WHERE person = :person AND title = "
        "IFNULL(:title, (SELECT title FROM role WHERE person = :person AND title IS NOT NULL "
        "ORDER BY seen DESC LIMIT 1)) ORDER BY seen DESC LIMIT :most) AS telling "
        "JOIN source INDEXED BY source_cited ON source.key = telling.source ORDER BY seen DESC, n",
        {"person": person.key, "title": title, "most": _MOST_SOURCES},
    ).fetchall()
    newest, seen = held[0][4:] if held else (None, None)
    named = {"person": person.key, "title": newest}
    return Member(
        person=person,
        title=newest,
        seen=date.fromisoformat(seen) if seen else None,
        sources=tuple(sorted({citation(*row[:4]) for row in held})),
        told=len(held) if len(held) < _MOST_SOURCES else counted(db, _HELD_BY, named),
    )


_HELD_BY = """
    SELECT COUNT(*) FROM role WHERE person = :person
    AND held >= :title || char(10) AND held < :title || char(11)
"""


def sources_of_subject(db: Connection, key: str, *, limit: int, offset: int = 0) -> SourceList:
    """Return the sources that name a subject, newest first."""
    total = counted(
        db, "SELECT COUNT(*) FROM source_subject WHERE subject = :subject", {"subject": key}
    )
    keys = db.conn.execute(
        "SELECT source FROM source_subject WHERE subject = :subject "
        "ORDER BY published DESC, source DESC LIMIT :limit OFFSET :offset",
        {"subject": key, "limit": limit, "offset": offset},
    )
    return SourceList(sources=sources_of_keys(db, [source for (source,) in keys]), total=total)


def _people_of_events(db: Connection, values: dict[str, str | int]) -> MemberPage:
    asked = {"subject": values["subject"], "newest": _NEWEST_EVENTS}
    rows = db.conn.execute(_MET_IN + _PAGE_OF_MET, {**values, **asked})
    return MemberPage(
        members=tuple(
            Member(
                person=PersonRef(key=key, name=name),
                title=None,
                seen=None,
                sources=(),
                events=events,
            )
            for key, name, events in rows
        ),
        offset=int(values["offset"]),
        total=counted(db, _NUMBER_MET, asked),
    )


# Who is in the newest events of it, and how often. Only of those who can stand on the page is
# the name looked up.
_MET_IN = """
    WITH met AS MATERIALIZED (
        SELECT person, COUNT(*) AS events FROM
        (SELECT event FROM event_subject WHERE subject = :subject
        ORDER BY starts DESC, ends DESC, event DESC LIMIT :newest) AS newest
        JOIN event_person USING (event) GROUP BY person
    )
"""
_PAGE_OF_MET = """
    SELECT key, name, events FROM met JOIN person ON key = met.person WHERE events >= IFNULL(
        (SELECT events FROM met ORDER BY events DESC LIMIT 1 OFFSET :offset + :limit - 1), 0
    ) ORDER BY events DESC, name LIMIT :limit OFFSET :offset
"""
_NUMBER_MET = _MET_IN + "SELECT COUNT(*) FROM met"  # noqa: S608 (our own text)


def _names(db: Connection, subject: SubjectRef) -> tuple[str, ...]:
    rows = db.conn.execute(
        "SELECT text FROM subject_name WHERE subject = :key AND folded != :folded ORDER BY text",
        {"key": subject.key, "folded": fold(subject.name)},
    )
    return tuple(text for (text,) in rows)


# As of persons: all of the last day that counts, for of one day the higher number is newer.
_SENTENCES = """
    SELECT sentence, n, key, outlet, source.published FROM source_subject
    INDEXED BY source_subject_in_words
    JOIN source INDEXED BY source_cited ON source.key = source_subject.source
    WHERE subject = :key AND sentence IS NOT NULL AND source_subject.published >=
    (SELECT MIN(published) FROM (SELECT published FROM source_subject
    INDEXED BY source_subject_in_words
    WHERE subject = :key AND sentence IS NOT NULL ORDER BY published DESC LIMIT :limit))
    ORDER BY source_subject.published DESC, n DESC LIMIT :limit
"""


def _statements(db: Connection, key: str, *, limit: int) -> tuple[Statement, ...]:
    rows = db.conn.execute(_SENTENCES, {"key": key, "limit": limit})
    return tuple(Statement(text=text, source=citation(*cited)) for text, *cited in rows)


def _refs(db: Connection, question: str, values: dict[str, str]) -> tuple[SubjectRef, ...]:
    return tuple(sorted(map(_ref, db.conn.execute(question, values))))


def _ref(row: Row) -> SubjectRef:
    key, name, kind, *_ = row
    return SubjectRef(key=key, name=name, kind=_KINDS[kind])


def _by_words(db: Connection, asked: Sequence[str]) -> tuple[SubjectRef, ...]:
    return _of_all(
        _refs(
            db,
            "SELECT key, name, kind FROM subject WHERE key IN "
            "(SELECT subject FROM subject_word WHERE word = :word)",
            {"word": word},
        )
        for word in asked
    )


def _by_beginnings(db: Connection, asked: Sequence[str]) -> tuple[SubjectRef, ...]:
    return _of_all(
        _refs(
            db,
            "SELECT key, name, kind FROM subject WHERE key IN "
            "(SELECT subject FROM subject_word WHERE word >= :part AND word < :part || '~')",
            {"part": part},
        )
        for part in asked
    )


def _by_sound(db: Connection, asked: Sequence[str]) -> tuple[SubjectRef, ...]:
    return _of_all(
        _refs(
            db,
            "SELECT key, name, kind FROM subject WHERE key IN "
            "(SELECT subject FROM subject_word WHERE sound = :sound)",
            {"sound": sound(word)},
        )
        for word in asked
    )


def _of_all(found: Iterable[Iterable[SubjectRef]]) -> tuple[SubjectRef, ...]:
    return tuple(sorted(set.intersection(*map(set, found))))
