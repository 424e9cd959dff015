"""Loading parsed summaries, against sqlite-utils putting in the rows that come of them."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import sqlite_utils

from benchmarks.speed.big_knowledge import made
from benchmarks.speed.corpus import Corpus
from benchmarks.speed.measuring import interleaved, milliseconds, seconds
from benchmarks.speed.table import Row, at_least
from store.database import Connection, transaction
from store.knowledge.reload import extend
from store.knowledge.schema import open_knowledge
from store.knowledge.values import Summary

_USUAL = 3_000  # summaries
_BIG, _CHUNK = 1_000_000, 10_000
_ROUNDS = 5
# What is known; not what the program keeps beside, to know it again sooner.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "source": ("n",),
    "person": ("key",),
    "name": ("person", "text"),
    "name_word": ("word", "person"),
    "role": (),
    "role_word": ("word", "person", "title"),
    "mention": ("person", "published", "source"),
    "event": ("key",),
    "event_source": ("event", "source"),
    "event_person": ("person", "starts", "ends", "event"),
    "event_subject": ("subject", "starts", "ends", "event"),
    "quote": ("key",),
    "quote_source": ("quote", "source"),
    "quote_subject": ("subject", "sorted", "quote"),
    "figure": ("key",),
    "figure_source": ("figure", "source"),
    "figure_subject": ("subject", "figure"),
    "subject": ("key",),
    "subject_name": ("subject", "folded"),
    "subject_word": ("word", "subject"),
    "person_subject": ("subject", "person"),
    "source_subject": ("subject", "published", "source"),
}
_SEARCHED = {"source": ("title", "body", "items", "folded"), "quote": ("folded",)}

_Rows = Mapping[str, list[dict[str, Any]]]


def measure(*, big: bool) -> Iterable[Row]:
    """Load into a fresh file each time, as the rows that this makes are put into another."""
    corpus = Corpus(_USUAL)
    summaries = list(corpus.summaries())
    with tempfile.TemporaryDirectory() as place:
        paths = (Path(place, f"{number}.db") for number in count())
        first = next(paths)
        _load(first, corpus, summaries)
        with closing(sqlite_utils.Database(first)) as made:
            rows = _rows(made)
        timed = interleaved(
            lambda: _load(next(paths), corpus, summaries),
            lambda: _insert(next(paths), rows),
            rounds=_ROUNDS,
        )
        yield Row(
            what="loading parsed summaries",
            ratios=timed.speeds,
            floor="sqlite-utils insert_all and FTS of the same rows",
            ours=milliseconds(timed.ours),
            theirs=milliseconds(timed.floor),
            goal=at_least(0.4),
        )
        if big:
            yield _on_a_million(Path(place))


def _rows(db: Connection) -> _Rows:
    return {table: list(db.query(f"SELECT * FROM {table}")) for table in _KEYS}  # noqa: S608 (above)


def _load(path: Path, corpus: Corpus, summaries: Iterable[Summary]) -> None:
    database = open_knowledge(path)
    try:
        db = database._writing  # noqa: SLF001 (no event loop here to hand the change to)
        with transaction(db, immediate=True):
            extend(db, corpus.story, summaries)
    finally:
        database.close()


def _insert(path: Path, rows: _Rows) -> None:
    with closing(sqlite_utils.Database(path)) as db:
        db.conn.execute("PRAGMA journal_mode = WAL")
        db.conn.execute("PRAGMA synchronous = NORMAL")
        for table, keys in _KEYS.items():
            db.table(table).insert_all(rows[table], pk=keys or None)
        for table, columns in _SEARCHED.items():
            db.table(table).enable_fts(columns, tokenize="porter", create_triggers=True)


def _on_a_million(place: Path) -> Row:
    """Return how long some summaries take where a million are known, against none known."""
    corpus = Corpus(_BIG)
    more = list(corpus.summaries(_BIG, _BIG + _CHUNK))
    known = place / "known.db"
    shutil.copyfile(made(_BIG), known)
    ours = seconds(lambda: _load(known, corpus, more))
    floor = seconds(lambda: _load(place / "none.db", corpus, more))
    return Row(
        what=f"loading {_CHUNK:,} summaries more, with {_BIG:,} known",
        ratios=(ours / floor,),
        floor="with none known",
        ours=milliseconds([ours]),
        theirs=milliseconds([floor]),
    )
