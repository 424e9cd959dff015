"""A reload where one file in a thousand changed, against the full load; and readers meanwhile."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path

from benchmarks.speed.corpus import Corpus, as_file, write_summaries
from benchmarks.speed.measuring import ROUNDS, milliseconds, p99
from benchmarks.speed.table import Row, at_most
from store.database import Connection, Database
from store.ingest.folders import EXACT
from store.ingest.loading import MANY, Loader
from store.knowledge.making.calling import person_key
from store.knowledge.people import profile
from store.knowledge.quotes import quotes
from store.knowledge.schema import open_knowledge
from store.knowledge.search import search
from store.knowledge.timeline import TimelineFilter, timeline

_USUAL, _BIG = 30_000, 100_000  # files; of fewer a reload is mostly the start of its process
_SHARE = 1000
_IDLE = 3.0  # seconds
_PAUSE = 0.005  # seconds between two questions
_FEWEST = 20  # questions
_PEOPLE = 30


def measure(*, big: bool) -> Iterable[Row]:
    """Load a folder, then again and again with a few files changed, while others ask."""
    size = _BIG if big else _USUAL
    corpus = Corpus(size)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "story")
        write_summaries(corpus.summaries(), folder)
        knowledge = open_knowledge(Path(place, "knowledge.db"))
        try:
            yield from asyncio.run(_measure(corpus, folder, knowledge))
        finally:
            knowledge.close()


async def _measure(corpus: Corpus, folder: Path, knowledge: Database) -> list[Row]:
    loader = Loader(knowledge=knowledge, configured=folder, apart_from=MANY)
    await _settled()
    full = await _timed(loader)
    print(f"     full load: {full:.1f} s", file=sys.stderr)  # noqa: T201 (shows it is under way)
    idle = await _asked(knowledge, corpus, lambda: asyncio.sleep(_IDLE))
    took, waits = [], []
    for turn in range(1, ROUNDS + 1):
        numbers = range(turn, corpus.size, _SHARE)
        for number in numbers:
            file = folder / corpus.summary(number).file
            file.write_text(as_file(corpus.summary(number, turn)), encoding="utf-8")
        await _settled()
        seconds: list[float] = []

        async def reload(seconds: list[float] = seconds) -> None:
            seconds.append(await _timed(loader))

        waits.append(p99(await _asked(knowledge, corpus, reload)))
        took += seconds
    return [
        Row(
            what=f"reload with 0.1 % changed of {corpus.size:,}",
            ratios=tuple(each / full for each in took),
            floor="the full load of them",
            ours=milliseconds(took),
            theirs=f"{full:.3g} s",
            goal=at_most(0.02),
        ),
        Row(
            what="readers' p99 during a reload",
            ratios=tuple(each / p99(idle) for each in waits),
            floor="idle",
            ours=milliseconds(waits),
            theirs=milliseconds([p99(idle)]),
            goal=at_most(2),
        ),
    ]


async def _timed(loader: Loader) -> float:
    began = time.perf_counter()
    await loader.load()
    return time.perf_counter() - began


async def _asked(
    knowledge: Database, corpus: Corpus, work: Callable[[], Awaitable[object]]
) -> list[float]:
    """Return how long each of many questions takes while `work` goes on, one after the other."""
    questions = cycle(_questions(corpus))
    going = asyncio.ensure_future(work())
    waits: list[float] = []
    while not going.done() or len(waits) < _FEWEST:
        began = time.perf_counter()
        await knowledge.read(next(questions))
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(_PAUSE)
    await going
    return waits


def _questions(corpus: Corpus) -> Iterator[Callable[[Connection], object]]:
    """Yield what readers ask: who somebody is, what happened, where words stand."""
    for at, name in enumerate(corpus.people[:_PEOPLE]):
        yield partial(profile, key=person_key(name))
        yield partial(timeline, chosen=TimelineFilter(person=person_key(name)), limit=10)
        yield partial(quotes, person=person_key(name), limit=5)
        yield partial(search, text=f"{name} {corpus.places[at]}", limit=5)


async def _settled() -> None:
    """Wait until the stamps of the files can be relied upon, and are not read again for it."""
    await asyncio.sleep(EXACT / 10**9 + 0.1)
