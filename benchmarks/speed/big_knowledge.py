"""A knowledge.db of so many summaries made up on the fly, for what is measured on it.

Up to `_AT_ONCE` the program's own reload makes it. More are assembled by the program in
chunks, by several processes, and their rows put in directly: persons and subjects are those
of the story, so a chunk mostly names those that an earlier one brought. What is made stays
in its folder, and is made again only where it is missing.
"""

import sqlite3
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import islice
from pathlib import Path

from benchmarks.speed.corpus import Corpus
from store.database import transaction
from store.knowledge.assembly import Record, Value, assemble
from store.knowledge.reload import reload
from store.knowledge.schema import open_knowledge

_AT_ONCE = 10_000
_CHUNK = 10_000
_PROCESSES = 2
_KINDS = ("source", "person", "event", "quote", "figure", "subject")

_Rows = dict[tuple[str, tuple[str, ...]], list[tuple[Value, ...]]]  # by table and its columns


def made(size: int, folder: Path) -> Path:
    """Return the path of a knowledge.db of `size` summaries in `folder`, made if it is missing."""
    path = folder / "knowledge.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / "draft.db"
        for left in folder.glob("draft.db*"):
            left.unlink()
        _make(Corpus(size), draft)
        draft.rename(path)
    return path


def _make(corpus: Corpus, path: Path) -> None:
    database = open_knowledge(path)
    try:
        db = database._writing  # noqa: SLF001 (no event loop here to hand the change to)
        with transaction(db, immediate=True):
            reload(db, corpus.story, corpus.summaries(0, min(corpus.size, _AT_ONCE)))
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        if corpus.size > _AT_ONCE:
            _add(raw, corpus)
        raw.execute("PRAGMA journal_mode = WAL")


def _add(raw: sqlite3.Connection, corpus: Corpus) -> None:
    """Add all but the first summaries, with what finds them made once they are in."""
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -3000000"):
        raw.execute(f"PRAGMA {pragma}")
    later = raw.execute(
        "SELECT type, name, sql FROM sqlite_schema "
        "WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    for kind, name, _sql in later:
        raw.execute(f"DROP {kind} {name}")
    raw.execute("BEGIN")
    begins = range(_AT_ONCE, corpus.size, _CHUNK)
    with ProcessPoolExecutor(_PROCESSES) as pool:
        waiting = ((first, pool.submit(_chunk, corpus, first)) for first in begins)
        ahead = deque(islice(waiting, _PROCESSES + 1))
        while ahead:
            first, chunk = ahead.popleft()
            _put_in(raw, chunk.result())
            done = f"{first + _CHUNK:,} of {corpus.size:,} summaries"
            print(done, file=sys.stderr)  # noqa: T201 (it takes long)
            ahead.extend(islice(waiting, 1))
    raw.execute("COMMIT")
    for _kind, _name, sql in later:
        raw.execute(sql)
    raw.execute("INSERT INTO source_text (source_text) VALUES ('rebuild')")


def _chunk(corpus: Corpus, first: int) -> _Rows:
    """Return the rows of one chunk of summaries."""
    last = min(first + _CHUNK, corpus.size)
    records = assemble(corpus.summaries(first, last), corpus.story.subjects)
    rows: _Rows = {}
    for kind in _KINDS:
        for number, record in enumerate(getattr(records, kind).values(), start=first + 1):
            for table, row in _rows_of(kind, number, record):
                rows.setdefault((table, tuple(row)), []).append(tuple(row.values()))
    return rows


def _rows_of(kind: str, number: int, record: Record) -> Iterator[tuple[str, dict[str, Value]]]:
    """Yield the rows of a record; a source is numbered in the order of the summaries."""
    numbered: dict[str, Value] = {"n": number} if kind == "source" else {}
    if numbered:
        yield "source_number", {**numbered, "key": record.key}
    yield kind, {**numbered, "key": record.key, "digest": record.digest, **record.row}
    for table, rows in record.owned.items():
        for row in rows:
            yield table, {kind: record.key, **row}


def _put_in(raw: sqlite3.Connection, rows: _Rows) -> None:
    for (table, columns), values in rows.items():
        names: Sequence[str] = [f'"{column}"' for column in columns]
        places = ", ".join("?" * len(columns))
        raw.executemany(
            f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({places})",  # noqa: S608
            values,
        )
