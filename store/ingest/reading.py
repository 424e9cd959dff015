"""Reading only what has changed: what a file said when it was read is kept, with its stamp.

A stamp that is younger than the clocks of file systems are exact is not relied upon: the
file may have been written again within the same tick.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from store.errors import Problem
from store.ingest import programs
from store.ingest.summaries import Reading, ReadOne, read_summaries, read_summary
from store.knowledge.files import Files, ReadFile
from store.knowledge.keys import content_key
from store.knowledge.values import Side, Story, Summary

EXACT = 2 * 10**9  # nanoseconds; FAT counts two seconds, most others far less

_SUMMARY = TypeAdapter(Summary)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the files say: the values, and how they are to be kept."""

    reading: Reading
    files: Files
    story: str  # JSON

    @property
    def mark(self) -> str:
        """What stands for all that the files say, and for what is wrong with them."""
        said = sorted(content_key(path.hex(), file.summary) for path, file in self.files.items())
        return content_key(self.story, *said, "problems", *map(str, self.reading.problems))


@dataclass(slots=True, kw_only=True)
class FileReader:
    """Reads the files that are not as they are known; counts, and can be stopped."""

    known: Files
    tick: Callable[[bool], object] = lambda read: None  # noqa: ARG005 (nobody counts)
    now: Callable[[], int] = time.time_ns
    read_one: ReadOne = read_summary
    stopped: threading.Event = field(default_factory=threading.Event)
    fresh: dict[bytes, ReadFile] = field(default_factory=dict)
    _found: list[tuple[Summary, bytes, ReadFile]] = field(default_factory=list)
    _reader: tuple[Sequence[Side], str] | None = None

    def read(self, paths: Sequence[Path]) -> Found:
        """Read the summaries at `paths`, those that have changed from their files."""
        reading = read_summaries(paths, read=self._read)
        held = {id(summary) for summary in reading.summaries}
        return Found(
            reading=reading,
            files={path: file for summary, path, file in self._found if id(summary) in held},
            story=_STORY.dump_json(reading.story).decode(),
        )

    def _read(
        self, file: Path, name: str, sides: Sequence[Side], problems: list[Problem], /
    ) -> Summary | None:
        if self.stopped.is_set():
            raise StoppedError
        path, reader = os.fsencode(file), self._reader_of(sides)
        stamp = self._stamp(file)
        known = self.known.get(path)
        if known and stamp and (known.stamp, known.reader) == (stamp, reader):
            summary = _SUMMARY.validate_json(known.summary)
            if summary.file == name:
                self._found.append((summary, path, known))
                self.tick(False)
                return summary
        said = self.read_one(file, name, sides, problems)
        self.tick(True)
        if said is not None:
            written = _SUMMARY.dump_json(said).decode()
            kept = ReadFile(stamp=stamp, reader=reader, summary=written)
            self.fresh[path] = kept
            self._found.append((said, path, kept))
        return said

    def _stamp(self, file: Path) -> str:
        """Return the file's stamp as it is before it is read, '' where it cannot be relied upon."""
        now = self.now()
        try:
            status = file.stat()
        except OSError:
            return ""
        return stamp_of(status) if now - changed_at(status) >= EXACT else ""

    def _reader_of(self, sides: Sequence[Side]) -> str:
        """Return what stands for the program and the story's sides, which a file may name."""
        if self._reader is None or self._reader[0] is not sides:
            self._reader = (sides, content_key(programs.reader(), repr(sides)))
        return self._reader[1]


def summaries_of(written: Iterable[str]) -> list[Summary]:
    """Return the summaries that were kept."""
    return [_SUMMARY.validate_json(summary) for summary in written]


def story_of(written: str) -> Story:
    """Return the story that was kept."""
    return _STORY.validate_json(written)
