"""A knowledge.db of so many summaries made up on the fly, for what is measured on it.

The program makes it, some ten thousand summaries at a time. What is made stays in its
folder, and is made again only where it is missing.
"""

import sys
from pathlib import Path

from benchmarks.speed.corpus import Corpus
from store.database import transaction
from store.knowledge.reload import extend
from store.knowledge.schema import open_knowledge

_CHUNK = 10_000


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
        for first in range(0, corpus.size, _CHUNK):
            last = min(first + _CHUNK, corpus.size)
            with transaction(db, immediate=True):
                extend(db, corpus.story, corpus.summaries(first, last))
            if last < corpus.size:
                print(f"{last:,} of {corpus.size:,} summaries", file=sys.stderr)  # noqa: T201 (it takes long)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.close()
