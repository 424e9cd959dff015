"""Offers: when an item of the knowledge became known to readers, by its key.

A rebuilt knowledge finds its items here; an item that is gone is kept, so that it is no news
when it comes back.
"""

import json
from collections.abc import Iterable, Sequence

from store.database import Connection
from store.ledger.values import Item


def offered_revision(db: Connection) -> str | None:
    """Return the revision of the knowledge whose items were offered last."""
    row = db.execute("SELECT revision FROM offered_revision").fetchone()
    return str(row[0]) if row else None


def newest_offer(db: Connection) -> int:
    """Return the number of the newest offer; 0 before the first."""
    return int(db.execute("SELECT COALESCE(MAX(n), 0) FROM offer").fetchone()[0])


def news_among(db: Connection, items: Sequence[Item]) -> tuple[Item, ...]:
    """Return those of `items` that are new or changed."""
    by_kind: dict[str, list[str]] = {}
    for item in items:
        by_kind.setdefault(item.kind, []).append(item.key)
    known = {
        (kind, key): mark
        for kind, keys in by_kind.items()
        for key, mark in db.execute(
            "SELECT item, mark FROM offer "
            "WHERE kind = ? AND item IN (SELECT value FROM json_each(?))",
            [kind, json.dumps(keys)],
        )
    }
    return tuple(item for item in items if known.get((item.kind, item.key)) != item.mark)


def offer(db: Connection, items: Iterable[Item], revision: str | None) -> int:
    """Give one new number to all of `items` that are new or changed; return the newest.

    Of a `revision` all is offered after this; with None, more of the same is to come.
    """
    newest = newest_offer(db)
    written = db.conn.executemany(
        "INSERT INTO offer (kind, item, n, mark) VALUES (:kind, :key, :n, :mark) "
        "ON CONFLICT DO UPDATE SET n = excluded.n, mark = excluded.mark "
        "WHERE mark != excluded.mark",
        (
            {"kind": item.kind, "key": item.key, "n": newest + 1, "mark": item.mark}
            for item in items
        ),
    )
    if revision is not None:
        db.table("offered_revision").upsert({"id": 1, "revision": revision}, pk="id")
    return newest + 1 if written.rowcount > 0 else newest


def offered_after(db: Connection, seen: int, upto: int | None = None) -> tuple[Item, ...]:
    """Return the items offered after the offer numbered `seen`, up to that numbered `upto`."""
    rows = db.query(
        "SELECT kind, item, mark FROM offer "
        # Not by the key, in whose order all that was ever offered would be looked at.
        "WHERE n > :seen AND (:upto IS NULL OR n <= :upto) ORDER BY +kind, +item",
        {"seen": seen, "upto": upto},
    )
    return tuple(Item(kind=row["kind"], key=row["item"], mark=row["mark"]) for row in rows)
