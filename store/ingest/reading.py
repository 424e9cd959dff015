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
from store.ingest.folders import Listed
from store.ingest.summaries import Reading, ReadOne, Same, read_summaries, read_summary
from store.knowledge.files import Files, ReadFile, said_by
from store.knowledge.keys import content_key
from store.knowledge.values import Side, Story, Summary
from store.knowledge.written import as_written, source_key, summary_of

EXACT = 2 * 10**9  # nanoseconds; FAT counts two seconds, most others far less

_STORY = TypeAdapter(Story)


class StoppedError(Exception):
    """Whoever wanted the files read wants it no more."""


def stamp_of(status: os.stat_result) -> str:
    """Return what tells a file from what it is after any change.

    The time of the inode's change is in it, for a copy can bring a time of writing along.
    """
    return f"{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_size}:{status.st_ino}"


def changed_at(status: os.stat_result) -> int:
    """Return when a file was changed last, in nanoseconds."""
    return max(status.st_mtime_ns, status.st_ctime_ns)


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
    _found: dict[str, tuple[bytes, ReadFile]] = field(default_factory=dict)  # by source
    _reader: tuple[Sequence[Side], str] | None = None

    def read(self, paths: Sequence[Path]) -> Found:
        """Read the summaries at `paths`, those that have changed from their files."""
        reading = read_summaries(paths, read=self._read)
        return Found(
            reading=reading,
            files=dict(self._found.values()),
            story=_STORY.dump_json(reading.story).decode(),
        )

    def _read(
        self, listed: Listed, sides: Sequence[Side], problems: list[Problem], /
    ) -> Summary | Same | None:
        if self.stopped.is_set():
            raise StoppedError
        path, reader, name = os.fsencode(listed.path), self._reader_of(sides), listed.name
        stamp = self._stamp(listed.status)
        seen = (stamp, reader, name)
        known = self.known.get(path)
        if known and stamp and (known.stamp, known.reader, known.name) == seen:
            self._found.setdefault(known.source, (path, known))
            self.tick(False)
            return Same(name, known.source)
        fresh = self.unkept.get(path)
        if fresh and stamp and (fresh[0].stamp, fresh[0].reader, fresh[0].name) == seen:
            self.tick(False)
        else:
            said = self.read_one(Path(listed.path), name, sides, problems)
            self.tick(True)
            fresh = (_as_read(path, said, stamp, reader), said) if said else None
        if fresh is None:
            return None
        self.fresh[path] = fresh
        self._found.setdefault(fresh[0].source, (path, fresh[0]))
        return fresh[1]

    def _stamp(self, status: os.stat_result) -> str:
        """Return the stamp of a file before it is read, '' where it cannot be relied upon."""
        return stamp_of(status) if self.now() - changed_at(status) >= EXACT else ""

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
