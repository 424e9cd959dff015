"""A knowledge.db of so many summaries made up on the fly, for what is measured on it.

The program makes it. What is made stays in a folder for temporary files, and is made again where
it is missing or another program made it.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.speed.corpus import Corpus
from store.database import migrate, open_connection, transaction
from store.ingest import programs
from store.knowledge.reload import extend
from store.knowledge.schema import migrations
from store.knowledge.values import Summary

_SHOWN = 100_000  # summaries between two signs of life
_CACHE = 1 << 19  # KiB


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
    """Make the knowledge in one transaction, on a file of its own that nobody reads meanwhile.

    Without a log, which SQLite looks through for each page that it fetches: one of many
    gigabytes takes most of the time. What is left unfinished is thrown away.
    """
    with closing(open_connection(path, synchronous="OFF")) as db:
        migrate(db, migrations, path)
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute(f"PRAGMA cache_size = -{_CACHE}")
        with transaction(db, immediate=True):
            extend(db, corpus.story, _shown(corpus))


def _shown(corpus: Corpus) -> Iterator[Summary]:
    for number, summary in enumerate(corpus.summaries()):
        if number and number % _SHOWN == 0:
            print(f"  {number:,} of {corpus.size:,} summaries", file=sys.stderr)  # noqa: T201 (it takes long)
        yield summary
