"""Making knowledge.db equal to the summaries: one transaction, and a diff of what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from store.database import Connection
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

    def __bool__(self) -> bool:
        return any(bool(getattr(self, part.name)) for part in fields(self))


def reload(db: Connection, story: Story, summaries: Iterable[Summary]) -> Diff:
    """Make the knowledge equal to `story` and `summaries`, and tell what that changed.

    To be called inside a write transaction. What is equal already is not written.
    """
    return apply_records(db, story, assemble(summaries))


def apply_records(db: Connection, story: Story, records: Records) -> Diff:
    """Make the knowledge equal to `records`; see `reload`."""
    diff = Diff(
        story=_tell_story(db, story),
        documents=_equalise(db, "source", _numbered(db, records.source)),
        people=_equalise(db, "person", records.person),
        events=_equalise(db, "event", records.event),
        quotes=_equalise(db, "quote", records.quote),
        figures=_equalise(db, "figure", records.figure),
    )
    if diff:
        db.table("revision").upsert({"id": 1, "text": _revision(records)}, pk="id")
    return diff


def _revision(records: Records) -> str:
    """Return what stands for exactly these records, in whatever order they came."""
    kinds = (records.source, records.person, records.event, records.quote, records.figure)
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


def _equalise(db: Connection, kind: str, wanted: Mapping[str, Record]) -> Changes:
    table = db.table(kind)
    known = {row["key"]: row["digest"] for row in table.rows_where(select="key, digest")}
    gone = known.keys() - wanted.keys()
    new = [record for key, record in wanted.items() if key not in known]
    changed = [
        record for key, record in wanted.items() if known.get(key, record.digest) != record.digest
    ]
    for key in gone:
        table.delete_where("key = :key", {"key": key})
    table.insert_all(_whole(record) for record in new)
    for record in changed:
        table.upsert(_whole(record), pk="key")
        for owned in record.owned:
            db.table(owned).delete_where(f"{kind} = :key", {"key": record.key})
    for owned in {name for record in (*new, *changed) for name in record.owned}:
        db.table(owned).insert_all(
            {kind: record.key, **row} for record in (*new, *changed) for row in record.owned[owned]
        )
    return Changes(new=len(new), changed=len(changed), gone=len(gone))


def _whole(record: Record) -> dict[str, Value]:
    return {"key": record.key, "digest": record.digest, **record.row}
