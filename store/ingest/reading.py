"""Reading only what has changed: what a file said when it was read is kept, with its stamp.

A stamp that is younger than the clocks of file systems are exact is not relied upon: the
file may have been written again within the same tick.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter

from store.errors import Problem
from store.ingest import programs
from store.ingest.folders import EXACT, Listed
from store.ingest.summaries import Reading, ReadOne, read_listed, read_summary
from store.knowledge.files import Files, ReadFile, said_by
from store.knowledge.keys import content_key
from store.knowledge.values import Side, Story, Summary
from store.knowledge.written import as_written, source_key, summary_of

_STORY = TypeAdapter(Story)


class StoppedError(Exception):
    """Whoever wanted the files read wants it no more."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the files say: what was read of them now, and how all of them are to be kept."""

    reading: Reading
    files: Files
    story: str  # JSON

    @cached_property
    def mark(self) -> str:
        """What stands for all that the files say, and for what is wrong with them."""
        said = sorted(file.said for file in self.files.values())
        return content_key(self.story, *said, "problems", *map(str, self.reading.problems))


Fresh = tuple[ReadFile, Summary]  # a file that was read, and what it says


@dataclass(slots=True, kw_only=True)
class FileReader:
    """Reads the files that are not as they are known; counts, and can be stopped."""

    known: Files
    unkept: Mapping[bytes, Fresh] = field(default_factory=dict)  # read lately, and not kept
    tick: Callable[[bool], object] = lambda read: None  # noqa: ARG005 (nobody counts)
    now: Callable[[], int] = time.time_ns
    read_one: ReadOne = read_summary
    stopped: threading.Event = field(default_factory=threading.Event)
    fresh: dict[bytes, Fresh] = field(default_factory=dict)
    _found: dict[bytes, ReadFile] = field(default_factory=dict)
    _sources: set[str] = field(default_factory=set)  # of these: each is of one file
    _reader: tuple[Sequence[Side], str] | None = None
    _exact: int = 0  # what was changed by then has a stamp that can be relied upon

    def read(self, listed: Iterable[Listed]) -> Found:
        """Read the files that were `listed` just now, if they have changed."""
        self._exact = self.now() - EXACT
        reading = read_listed(listed, self._read)
        return Found(
            reading=reading,
            files=self._found,
            story=_STORY.dump_json(reading.story).decode(),
        )

    def _read(
        self, listed: Listed, sides: Sequence[Side], problems: list[Problem], /
    ) -> Summary | ReadFile | None:
        if self.stopped.is_set():
            raise StoppedError
        path, reader, name = os.fsencode(listed.path), self._reader_of(sides), listed.name
        stamp = listed.stamp if listed.changed <= self._exact else ""
        known = self.known.get(path)
        if known and stamp and (known.stamp, known.reader, known.name) == (stamp, reader, name):
            self._find(path, known)
            self.tick(False)
            return known
        fresh = self.unkept.get(path)
        if fresh and stamp and fresh[0][:3] == (stamp, reader, name):
            self.tick(False)
        else:
            said = self.read_one(Path(listed.path), name, sides, problems)
            self.tick(True)
            fresh = (_as_read(path, said, stamp, reader), said) if said else None
        if fresh is None:
            return None
        self.fresh[path] = fresh
        self._find(path, fresh[0])
        return fresh[1]

    def _find(self, path: bytes, file: ReadFile) -> None:
        if file.source not in self._sources:
            self._sources.add(file.source)
            self._found[path] = file

    def _reader_of(self, sides: Sequence[Side]) -> str:
        """Return what stands for the program and the story's sides, which a file may name."""
        if self._reader is None or self._reader[0] is not sides:
            self._reader = (sides, content_key(programs.reader(), repr(sides)))
        return self._reader[1]


def _as_read(path: bytes, said: Summary, stamp: str, reader: str) -> ReadFile:
    return ReadFile(
        stamp=stamp,
        reader=reader,
        name=said.file,
        source=source_key(said),
        said=said_by(path, as_written(said)),
        unconfirmed=said.unconfirmed,
    )


def kept_file(path: bytes, written: str) -> Fresh:
    """Return a file that said what is `written`, to be read again, and what that is."""
    said = summary_of(written)
    return _as_read(path, said, "", ""), said


def summaries_of(written: Iterable[str]) -> list[Summary]:
    """Return the summaries that were kept."""
    return [summary_of(summary) for summary in written]


def story_of(written: str) -> Story:
    """Return the story that was kept."""
    return _STORY.validate_json(written)
