"""What ends a reload: the story's own rows, the revision, and the diff."""

from collections.abc import Mapping
from itertools import chain

from store.database import Connection
from store.knowledge.changes import Changes, Diff
from store.knowledge.making.equalising import Touched, Value, number_of, shifted
from store.knowledge.making.outcomes import outcome
from store.knowledge.values import Story

KINDS = ("source", "person", "event", "quote", "figure", "subject")


def conclude(db: Connection, story: Story, touched: Mapping[str, Touched], *, anew: bool) -> Diff:
    """Tell the story, set the revision where anything changed, and return what did."""
    changes = {kind: Changes(**touched[kind].changes()) for kind in KINDS}
    diff = Diff(
        story=_tell_story(db, story),
        documents=changes["source"],
        people=changes["person"],
        events=changes["event"],
        quotes=changes["quote"],
        figures=changes["figure"],
        subjects=changes["subject"],
    )
    if anew:
        _revise(db, shifted(None, _sum(db)))
    elif diff:
        known = [text for (text,) in db.execute("SELECT text FROM revision")]
        by = sum(each.moved() for each in touched.values())
        _revise(db, shifted(known[0] if known else None, by))
    return diff


def _revise(db: Connection, revision: str) -> None:
    """Set what stands for exactly these records, in whatever order they came."""
    if [(revision,)] != db.execute("SELECT text FROM revision").fetchall():
        db.table("revision").upsert({"id": 1, "text": revision}, pk="id")


def _sum(db: Connection) -> int:
    """Return the sum of all digests."""
    columns = [("digest", kind) for kind in KINDS] + [("naming", "source")]
    digests = (
        digest
        for column, kind in columns
        for (digest,) in db.execute(f"SELECT {column} FROM {kind}")  # noqa: S608 (ours)
    )
    borne_out = (outcome(key) for (key,) in db.execute("SELECT key FROM event WHERE borne_out"))
    return sum(map(number_of, chain(digests, borne_out)))


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
