"""Making rows equal to records: only what differs is written, and what did is counted.

A record is one row with the rows that belong to it (an event with its sources and
persons). Its digest changes when any of them does.
"""

import json
import marshal
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from store.database import Connection

Value = str | int | None
Row = Mapping[str, Value]

_MODULUS = 1 << 320
_REVISION = re.compile(r"[0-9a-f]{80}")
# What is new of these is found by its words once `equalise` says so; what changes or goes, a
# trigger sees to.
_SEARCHED = {
    "source": "title, body, items, folded",
    "quote": "folded, person, marks",
    "figure": "words",
}


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table, and the rows of other tables that it owns."""

    key: str
    digest: str
    row: Row
    owned: Mapping[str, Sequence[Row]]


def record(key: str, row: Row, **owned: Sequence[Row]) -> Record:
    """Return the record of these rows."""
    values = [[tuple(one.values()) for one in rows] for rows in owned.values()]
    return Record(key, digest_of((*row.values(), *values)), row, owned)


def digest_of(rows: object) -> str:
    """Return what changes when any of the values, or their order, does."""
    # Version 2 of this format tells nothing of how values are held, and is far quicker than `repr`.
    return blake2b(marshal.dumps([rows], 2), digest_size=20).hexdigest()


@dataclass(slots=True)
class Touched:
    """What was written of one kind: the digests of before, and those of now."""

    before: dict[str, str | None] = field(default_factory=dict)
    now: dict[str, str | None] = field(default_factory=dict)
    else_changed: set[str] = field(default_factory=set)  # of which rows were, that no digest holds

    def note(self, key: str, before: str | None, now: str | None) -> None:
        """Note that the record `key` was `before`, and is `now`; None is none."""
        self.before.setdefault(key, before)
        self.now[key] = now

    def changes(self) -> dict[str, int]:
        """Return how many are new, changed and gone, all in all."""
        new = sum(self.before[key] is None and now is not None for key, now in self.now.items())
        gone = sum(now is None and self.before[key] is not None for key, now in self.now.items())
        changed = {
            key
            for key, now in self.now.items()
            if now is not None and self.before[key] not in {None, now}
        }
        changed |= {
            key
            for key in self.else_changed
            if not (key in self.now and None in {self.before[key], self.now[key]})
        }
        return {"new": new, "changed": len(changed), "gone": gone}

    def moved(self) -> int:
        """Return by how much the sum of all digests differs."""
        return sum(number_of(now) for now in self.now.values()) - sum(
            number_of(before) for before in self.before.values()
        )


def number_of(digest: str | None) -> int:
    """Return a digest as it is summed up."""
    return int.from_bytes(digest.encode(), "big") if digest else 0


def shifted(revision: str | None, by: int) -> str:
    """Return the revision that is `by` further: the sum of digests, whatever their order."""
    known = int(revision, 16) if revision and _REVISION.fullmatch(revision) else 0
    return f"{(known + by) % _MODULUS:080x}"


def equalise(
    db: Connection, kind: str, keys: Collection[str], wanted: Iterable[Record], touched: Touched
) -> list[Record]:
    """Make the records of a kind with `keys` those that are `wanted`; return what was written."""
    known = digests(db, kind, keys)
    written, kept = [], set[str]()
    for each in wanted:
        kept.add(each.key)
        if known.get(each.key) != each.digest:
            written.append(each)
            touched.note(each.key, known.get(each.key), each.digest)
    gone = [key for key in known if key not in kept]
    for key in gone:
        touched.note(key, known[key], None)
    _delete(db, kind, "key", gone)
    changed = [each for each in written if each.key in known]
    new = [each for each in written if each.key not in known]
    for owned in {name for each in written for name in each.owned}:
        _delete(db, owned, kind, [each.key for each in changed])
    if new:
        rows = [(each.key, each.digest, *each.row.values()) for each in new]
        insert(db, kind, ("key", "digest", *new[0].row), rows)
        _search(db, kind, [each.key for each in new])
    _update(db, kind, changed)
    _insert_owned(db, kind, written)
    return written


def _insert_owned(db: Connection, kind: str, records: Sequence[Record]) -> None:
    for table in {name for each in records for name in each.owned}:
        columns = next((tuple(row) for each in records for row in each.owned[table]), ())
        rows = [(each.key, *row.values()) for each in records for row in each.owned[table]]
        insert(db, table, (kind, *columns), rows)


def digests(db: Connection, kind: str, keys: Collection[str]) -> dict[str, str]:
    """Return the digests of those of a kind with `keys` that there are."""
    return dict(among(db, f"SELECT key, digest FROM {kind} WHERE key IN keys", keys))  # noqa: S608 (one of ours)


def among(db: Connection, question: str, *lists: Iterable[str]) -> list[tuple[Any, ...]]:
    """Return the rows of a question that has `IN keys` for each of the lists."""
    asked = question.replace("IN keys", "IN (SELECT value FROM json_each(?))")
    return db.execute(asked, [as_list(keys) for keys in lists]).fetchall()


def as_list(keys: Iterable[str]) -> str:
    """Return keys as SQLite's `json_each` takes them."""
    return json.dumps(list(keys))


def _delete(db: Connection, table: str, column: str, keys: Sequence[str]) -> None:
    if keys:
        among(db, f"DELETE FROM {table} WHERE {column} IN keys", keys)  # noqa: S608 (ours)


def insert(
    db: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]
) -> None:
    """Insert rows, each the values of these columns."""
    if rows:
        marks = ", ".join("?" * len(columns))
        db.conn.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 (ours)
            rows,
        )


def _search(db: Connection, kind: str, keys: Sequence[str]) -> None:
    """Have what is new found by its words: all of it at once, for a trigger writes each alone."""
    if kind in _SEARCHED:
        columns = _SEARCHED[kind]
        among(
            db,
            f"INSERT INTO {kind}_text (rowid, {columns}) SELECT rowid, {columns} "  # noqa: S608 (ours)
            f"FROM {kind} WHERE key IN keys ORDER BY rowid",
            keys,
        )


def _update(db: Connection, kind: str, records: Sequence[Record]) -> None:
    if records:
        columns = ", ".join(f"{name} = ?" for name in ("digest", *records[0].row))
        db.conn.executemany(
            f"UPDATE {kind} SET {columns} WHERE key = ?",  # noqa: S608 (ours)
            [(each.digest, *each.row.values(), each.key) for each in records],
        )
