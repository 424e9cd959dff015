"""A folder of summaries with a loader, and what was read of it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from store.database import Connection, Database
from store.errors import (
    Problem,
)
from store.ingest.loading import Loader
from store.ingest.reading import FileReader
from store.ingest.summaries import read_summary
from store.knowledge.schema import open_knowledge
from store.knowledge.sources import sources
from store.knowledge.values import Side, Summary
from tests.store.stories import dump, is_sound, written

HOUR = 3600 * 10**9  # nanoseconds


@dataclass(slots=True, kw_only=True)
class Desk:
    """An editor's folder, and what is known of it."""

    folder: Path
    knowledge: Database
    loader: Loader
    asked: list[str] = field(default_factory=list)

    def write(self, *names: str, title: str = "The harbour opens") -> None:
        for name in names:
            (self.folder / f"{name}.md").write_text(written(f"{title} {name}", f"{name}.txt"))

    def remove(self, *names: str) -> None:
        for name in names:
            (self.folder / f"{name}.md").unlink()

    async def known(self) -> dict[str, int]:
        """Return the titles that are known, with the numbers of their sources."""

        def question(db: Connection) -> dict[str, int]:
            found = sources(db, limit=100).sources
            return {source.title.rpartition(" ")[2]: source.citation.n for source in found}

        return await self.knowledge.read(question)

    async def everything(self) -> dict[str, list[dict[str, object]]]:
        return await self.knowledge.read(dump)

    def as_started_again(self, **changes: object) -> Loader:
        return loader_of(self.knowledge, self.folder, self.asked, **changes)


def loader_of(knowledge: Database, folder: Path, asked: list[str], **changes: object) -> Loader:
    def read(
        file: Path, name: str, sides: Sequence[Side], problems: list[Problem], /
    ) -> Summary | None:
        asked.append(name)
        return read_summary(file, name, sides, problems)

    now = much_later
    reader = partial(FileReader, read_one=read, now=now)
    return Loader(knowledge=knowledge, configured=folder, reader=reader, **changes)  # type: ignore[arg-type]


def much_later() -> int:
    return 2**62


@asynccontextmanager
async def opened(folder: Path, *names: str) -> AsyncIterator[Desk]:
    (folder / "story").mkdir()
    (folder / "story" / "story.yaml").write_text("title: The harbour\nintro: Who builds it.\n")
    knowledge = open_knowledge(folder / "knowledge.db", readers=1)
    asked = list[str]()
    loader = loader_of(knowledge, folder / "story", asked)
    desk = Desk(folder=folder / "story", knowledge=knowledge, loader=loader, asked=asked)
    try:
        desk.write(*names)
        await loader.load()
        yield desk
        assert await knowledge.write(is_sound)
    finally:
        knowledge.close()
