"""Making knowledge.db equal to the summaries: one transaction, and a diff of what changed.

Only what a change concerns is made again: the sources that say something else, those that
name somebody who is somebody else now, and what these tell together with others.
"""

from collections.abc import Iterable

from store.database import Connection
from store.errors import Kind
from store.knowledge.changes import Changes, Diff
from store.knowledge.making.remaking import Remaking
from store.knowledge.values import Story, Summary
from store.knowledge.written import source_key

__all__ = ["Changes", "Diff", "counted", "extend", "reload"]


def reload(db: Connection, story: Story, summaries: Iterable[Summary]) -> Diff:
    """Make the knowledge equal to `story` and `summaries`, and tell what that changed.

    To be called inside a write transaction. What is equal already is not written.
    """
    told = {source_key(summary): summary for summary in summaries}
    gone = [key for (key,) in db.execute("SELECT source FROM stated") if key not in told]
    return Remaking(db, story).remake(told.items(), gone)


def extend(db: Connection, story: Story, summaries: Iterable[Summary]) -> Diff:
    """Know of `summaries` too, beside what is known; to be called as `reload` is.

    They are taken one after the other, never all at once, so there may be any number. A first
    million is made soonest by one call on a file without a write-ahead log, which would fill the
    disk a second time and is looked through for each page.
    """
    told = ((source_key(summary), summary) for summary in summaries)
    return Remaking(db, story).remake(told, ())


def counted(db: Connection) -> dict[Kind, int]:
    """Return how many sources, persons, events and quotes are known."""
    tables = {
        Kind.SOURCES: "source",
        Kind.PEOPLE: "person",
        Kind.EVENTS: "event",
        Kind.QUOTES: "quote",
    }
    return {kind: db.table(table).count for kind, table in tables.items()}
