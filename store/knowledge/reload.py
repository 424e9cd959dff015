"""Making knowledge.db equal to the summaries: one transaction, and a diff of what changed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from store.database import Connection
from store.errors import Kind
from store.knowledge.assembly import Record, Records, Value, assemble
from store.knowledge.keys import digest
from store.knowledge.values import Story, Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How many of one kind are new, changed and gone."""

    new: int = 0
    changed: int = 0
    gone: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What a reload did to the knowledge."""

    story: bool = False
    documents: Changes = Changes()
    people: Changes = Changes()
    events: Changes = Changes()
    quotes: Changes = Changes()
    figures: Changes = Changes()
    subjects: Changes = Changes()

    def __bool__(self) -> bool:
        return any(bool(getattr(self, part.name)) for part in fields(self))


def reload(db: Connection, story: Story, summaries: Iterable[Summary]) -> Diff:
    """Make the knowledge equal to `story` and `summaries`, and tell what that changed.

    To be called inside a write transaction. What is equal already is not written.
    """
    return apply_records(db, story, assemble(summaries, story.subjects))


def difference(db: Connection, records: Records) -> Diff:
    """Return what making the knowledge equal to `records` would change; the story's is not told."""
    return Diff(
        documents=_compare(db, "source", records.source).changes,
        people=_compare(db, "person", records.person).changes,
        events=_compare(db, "event", records.event).changes,
        quotes=_compare(db, "quote", records.quote).changes,
        figures=_compare(db, "figure", records.figure).changes,
        subjects=_compare(db, "subject", records.subject).changes,
    )


def counted(db: Connection) -> dict[Kind, int]:
    """Return how many sources, persons, events and quotes are known."""
    tables = {
        Kind.SOURCES: "source",
        Kind.PEOPLE: "person",
        Kind.EVENTS: "event",
        Kind.QUOTES: "quote",
    }
    return {kind: db.table(table).count for kind, table in tables.items()}


def apply_records(db: Connection, story: Story, records: Records) -> Diff:
    """Make the knowledge equal to `records`; see `reload`."""
    diff = Diff(
        story=_tell_story(db, story),
        documents=_equalise(db, "source", _numbered(db, records.source)),
        people=_equalise(db, "person", records.person),
        events=_equalise(db, "event", records.event),
        quotes=_equalise(db, "quote", records.quote),
        figures=_equalise(db, "figure", records.figure),
        subjects=_equalise(db, "subject", records.subject),
    )
    if diff:
        db.table("revision").upsert({"id": 1, "text": _revision(records)}, pk="id")
    return diff


def _revision(records: Records) -> str:
    """Return what stands for exactly these records, in whatever order they came."""
    kinds = (getattr(records, kind.name) for kind in fields(records))
    return digest(*sorted(record.digest for kind in kinds for record in kind.values()))


def _tell_story(db: Connection, story: Story) -> bool:
    told: dict[str, Value] = {
        "id": 1,
        "title": story.title,
        "intro": story.intro,
        "language": story.language,
    }
    sides: list[dict[str, Value]] = [
        {"name": side.name, "short": side.short, "colour": side.colour, "position": position}
        for position, side in enumerate(story.sides)
    ]
    known = list(db.query("SELECT id, title, intro, language FROM story"))
    if known == [told] and sides == list(
        db.query("SELECT name, short, colour, position FROM side ORDER BY position")
    ):
        return False
    db.table("story").delete_where()
    db.table("side").delete_where()
    db.table("story").insert(told)
    db.table("side").insert_all(sides)
    return True


def _numbered(db: Connection, sources: Mapping[str, Record]) -> Mapping[str, Record]:
    """Give every source its number: the one it had, or the next that nobody ever had."""
    numbers = {row["key"]: row["n"] for row in db.query("SELECT key, n FROM source_number")}
    for key in [key for key in sources if key not in numbers]:
        numbers[key] = db.execute(
            "INSERT INTO source_number (key) VALUES (:key) RETURNING n", {"key": key}
        ).fetchone()[0]
    return {
        key: Record(
            key=key, digest=record.digest, row={"n": numbers[key], **record.row}, owned=record.owned
        )
        for key, record in sources.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delta:
    """What is to be written of one kind."""

    new: Sequence[Record]
    changed: Sequence[Record]
    gone: Collection[str]

    @property
    def changes(self) -> Changes:
        return Changes(new=len(self.new), changed=len(self.changed), gone=len(self.gone))


def _compare(db: Connection, kind: str, wanted: Mapping[str, Record]) -> _Delta:
    known = {row["key"]: row["digest"] for row in db.table(kind).rows_where(select="key, digest")}
    return _Delta(
        new=[record for key, record in wanted.items() if key not in known],
        changed=[
            record
            for key, record in wanted.items()
            if known.get(key, record.digest) != record.digest
        ],
        gone=known.keys() - wanted.keys(),
    )


def _equalise(db: Connection, kind: str, wanted: Mapping[str, Record]) -> Changes:
    table, delta = db.table(kind), _compare(db, kind, wanted)
    for key in delta.gone:
        table.delete_where("key = :key", {"key": key})
    table.insert_all(_whole(record) for record in delta.new)
    for record in delta.changed:
        table.upsert(_whole(record), pk="key")
        for owned in record.owned:
            db.table(owned).delete_where(f"{kind} = :key", {"key": record.key})
    written = (*delta.new, *delta.changed)
    for owned in {name for record in written for name in record.owned}:
        db.table(owned).insert_all(
            {kind: record.key, **row} for record in written for row in record.owned[owned]
        )
    return delta.changes


def _whole(record: Record) -> dict[str, Value]:
    return {"key": record.key, "digest": record.digest, **record.row}
