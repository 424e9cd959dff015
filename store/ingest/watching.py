"""Watching a folder: how it looks at one moment, and when it has been quiet long enough.

Looks by the status of each file, and reads none. When to look is not decided here.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR

from store.ingest.folders import is_hidden, is_of_summary
from store.ingest.reading import EXACT, changed_at, stamp_of
from store.ingest.summaries import STORY_FILE

QUIET = 2.0  # seconds

_STORY = b"/" + STORY_FILE.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the files looked at one moment."""

    mark: str  # another one after any change
    settled: bool  # no file is so young that a change could leave its stamp as it is
    files: int  # those of summaries


def look_at(paths: Sequence[Path], *, now: Callable[[], int] = time.time_ns) -> Look:
    """Look at the summary files at `paths`; what cannot be looked at is part of how it looks."""
    moment, youngest, count = now(), 0, 0
    seen = blake2b(digest_size=12)
    for path, status in _files(paths):
        if isinstance(status, os.stat_result):
            shown, count = stamp_of(status), count + (not path.endswith(_STORY))
            youngest = max(youngest, changed_at(status))
        else:
            shown = status
        seen.update(b"%d:%b=%b;" % (len(path), path, shown.encode()))
    return Look(mark=seen.hexdigest(), settled=moment - youngest >= EXACT, files=count)


_Status = os.stat_result | str  # or what is wrong


def _files(paths: Sequence[Path]) -> Iterator[tuple[bytes, _Status]]:
    for path in paths:
        status = _status(path)
        if isinstance(status, os.stat_result) and S_ISDIR(status.st_mode):
            yield from _story(path)
            yield from _below(os.fsencode(path))
        else:
            yield os.fsencode(path), status
            yield from _story(path.parent)


def _story(folder: Path) -> Iterator[tuple[bytes, _Status]]:
    file = folder / STORY_FILE
    yield os.fsencode(file), _status(file)


def _below(folder: bytes) -> Iterator[tuple[bytes, _Status]]:
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError as error:
        yield folder, f"cannot be read: {error.errno}"
        return
    for entry in entries:
        name = os.fsdecode(entry.name)
        try:
            if entry.is_dir(follow_symlinks=False):
                if not is_hidden(name):
                    yield from _below(entry.path)
            elif is_of_summary(name):
                yield entry.path, os.stat(entry.path)  # noqa: PTH116 (an entry would keep what it found)
        except OSError as error:
            yield entry.path, f"cannot be read: {error.errno}"


def _status(path: Path) -> _Status:
    try:
        return path.stat()
    except OSError as error:
        return f"cannot be read: {error.errno}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is known of a folder that is looked at again and again."""

    handled: str = ""
    last: str = ""
    since: float = 0.0  # seconds of some clock

    def looks(self, mark: str, now: float) -> "Watched":
        """Return what is known after the folder was seen to look like `mark`."""
        return self if mark == self.last else replace(self, last=mark, since=now)

    def is_due(self, now: float) -> bool:
        """Tell whether something has changed, and nothing since for long enough."""
        return self.last != self.handled and now - self.since >= QUIET

    def done(self) -> "Watched":
        """Return what is known once the folder as it looks was dealt with."""
        return replace(self, handled=self.last)
