"""Data folders for our bot with the knowledge in place, as if it had loaded it before."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.speed.big_knowledge import kept, made
from benchmarks.speed.corpus import Corpus, write_summaries
from bot.digest.tick import Tick
from store.database import Connection, transaction
from store.ingest.loading import made_by
from store.ingest.watching import look_at
from store.knowledge import files
from store.knowledge.schema import open_knowledge
from store.ledger.schema import open_ledger

_LEDGER = "ledger.db"
FILES = 10_000  # up to so many summaries lie there as files, which the bot looks at


@contextmanager
def data_folder(size: int, bots: tuple[int, ...]) -> Iterator[Path]:
    """Make a data folder in which each of `bots` knows a story of `size` summaries.

    What takes long to make is made once for a run.
    """
    knowledge, story = made(size), kept(size) / "story"
    if not story.exists():
        story.mkdir()
        if size <= FILES:
            write_summaries(Corpus(size).summaries(), story)
    with tempfile.TemporaryDirectory(prefix="attache-") as name:
        data = Path(name)
        (data / "story").symlink_to(story)
        for bot in bots:
            (data / str(bot)).mkdir()
            copy = data / str(bot) / "knowledge.db"
            shutil.copyfile(knowledge, copy)
            _count_as_loaded(copy, data / "story")
            shutil.copyfile(_told(knowledge), data / str(bot) / _LEDGER)
        yield data


def _count_as_loaded(knowledge: Path, story: Path) -> None:
    """Write down what a load of the files would: where from, and how they looked."""
    database = open_knowledge(knowledge)
    try:
        db: Connection = database._writing  # noqa: SLF001 (no event loop here to hand it to)
        with transaction(db, immediate=True):
            origin = {"id": 1, "configured": str(story), "paths": str(story)}
            db.table("origin").upsert(origin, pk="id")
            files.note(
                db, seen=look_at([story]).mark, maker=made_by(None), loaded="", held="", told=""
            )
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.close()


def _told(knowledge: Path) -> Path:
    """Return the path of a ledger in which all of it is no news any more."""
    path = knowledge.parent / _LEDGER
    if not path.exists():
        draft = path.with_suffix(".draft")
        known, ledger = open_knowledge(knowledge), open_ledger(draft)
        try:
            asyncio.run(Tick(knowledge=known, ledger=ledger, clock=_now).offer())
        finally:
            ledger.close()
            known.close()
        draft.rename(path)
    return path


def _now() -> datetime:
    return datetime.now(UTC)
