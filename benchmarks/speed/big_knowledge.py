"""A knowledge.db of so many summaries made up on the fly, for what is measured on it.

The program makes it. What is made stays in a folder for temporary files, and is made again where
it is missing or another program made it.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed.corpus import Corpus
from store.database import transaction
from store.ingest import programs
from store.knowledge.reload import extend
from store.knowledge.schema import open_knowledge
from store.knowledge.values import Summary

_SHOWN = 100_000  # summaries between two signs of life


def kept(size: int) -> Path:
    """Return the folder where what belongs to a story of `size` summaries is kept."""
    return Path(tempfile.gettempdir()) / f"attache-speed-{programs.assembler()[:8]}-{size}"


def made(size: int, folder: Path | None = None) -> Path:
    """Return the path of a knowledge.db of `size` summaries, made if it is missing."""
    folder = folder or kept(size)
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
            extend(db, corpus.story, _shown(corpus))
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.close()


def _shown(corpus: Corpus) -> Iterator[Summary]:
    for number, summary in enumerate(corpus.summaries()):
        if number and number % _SHOWN == 0:
            print(f"  {number:,} of {corpus.size:,} summaries", file=sys.stderr)  # noqa: T201 (it takes long)
        yield summary
