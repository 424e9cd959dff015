"""Loading: from the folder of summaries into the knowledge, whole or not at all."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path

from store.database import Connection, Database
from store.errors import BrokenSummariesError
from store.ingest.summaries import Reading, read_summaries
from store.knowledge.reload import Diff, reload


def packaged_summaries() -> Path:
    """Return the folder of the story that comes with the program."""
    return Path(str(files("seeds")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loader:
    """Makes the knowledge equal to the files, and remembers which those are.

    Summaries loaded from a folder named by hand stay the story until another
    folder is named or the configured one is changed. Where `published_by` names a
    day, only what was published by then is loaded: a story that replays.
    """

    knowledge: Database
    configured: Path
    published_by: Callable[[], date | None] = lambda: None

    async def paths(self) -> tuple[Path, ...]:
        """Return where the story's summaries are read from."""
        return await self.knowledge.read(_paths, self.configured)

    async def load(self, paths: Sequence[Path] | None = None, *, skip_broken: bool = False) -> Diff:
        """Make the knowledge equal to the summaries; return what changed.

        Raises `BrokenSummariesError`, with nothing changed, where a summary breaks a
        rule; with `skip_broken` the others are loaded.
        """
        chosen = tuple(path.absolute() for path in paths or ()) or await self.paths()
        reading = await asyncio.to_thread(read_summaries, chosen)
        reading.whole(skip_broken=skip_broken)
        if (day := self.published_by()) is not None:
            kept = tuple(s for s in reading.summaries if s.published <= day)
            reading = replace(reading, summaries=kept)
        return await self.knowledge.write(_load, reading, self.configured, chosen)

    async def published(self) -> tuple[date, ...]:
        """Return the days on which the story's sources were published, in their order."""
        reading = await asyncio.to_thread(read_summaries, await self.paths())
        return tuple(sorted(summary.published for summary in reading.summaries))

    async def load_at_start(
        self, paths: Sequence[Path] | None = None
    ) -> BrokenSummariesError | None:
        """Load; where the summaries are broken but were loaded before, keep what is known.

        Returns what is broken in that case, for the operator to be told; raises it
        where nothing is known, or something from elsewhere.
        """
        chosen = tuple(paths or await self.paths())
        try:
            await self.load(chosen)
        except BrokenSummariesError as error:
            if await self.knowledge.read(_loaded_from) != chosen:
                raise
            return error
        return None


def _paths(db: Connection, configured: Path) -> tuple[Path, ...]:
    for row in db.query("SELECT configured, paths FROM origin"):
        if row["configured"] == str(configured):
            return tuple(map(Path, row["paths"].split("\n")))
    return (configured,)


def _loaded_from(db: Connection) -> tuple[Path, ...]:
    for row in db.query("SELECT paths FROM origin"):
        return tuple(map(Path, row["paths"].split("\n")))
    return ()


def _load(db: Connection, reading: Reading, configured: Path, paths: Sequence[Path]) -> Diff:
    origin = {"id": 1, "configured": str(configured), "paths": "\n".join(map(str, paths))}
    if list(db.query("SELECT id, configured, paths FROM origin")) != [origin]:
        db.table("origin").upsert(origin, pk="id")
    return reload(db, reading.story, reading.summaries)
