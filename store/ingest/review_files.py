"""The files in which entries wait for review: finding them, and changing one safely.

Only files that the knowledge was made of are looked into; what waits is read from the file as
it is now.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.database import Connection
from store.ingest.loading import packaged_summaries
from store.ingest.review import At, ReviewError, Waiting, drop, keep, mark_of, waiting
from store.ingest.summaries import LARGEST_FILE
from store.knowledge import files as known_files
from store.knowledge.keys import content_key


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFile:
    """A file that may hold entries that wait. They come in the order of their keys."""

    path: Path
    name: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An entry as it is shown to an editor."""

    file: ReviewFile
    mark: str  # stands for the file's content
    entry: Waiting
    in_file: int  # how many wait there


class ChangedError(ReviewError):
    """The file is no more what was shown."""


def files_to_review(db: Connection) -> tuple[ReviewFile, ...]:
    """Return the files that held entries to review when they were read, by key.

    Those that came with the program are no one's to change.
    """
    found = []
    for path, name in known_files.files_to_review(db):
        file = Path(os.fsdecode(path))
        if not file.is_relative_to(packaged_summaries()):
            found.append(ReviewFile(path=file, name=name, key=content_key(path.hex())))
    return tuple(sorted(found, key=lambda file: file.key))


def first_from(files: Sequence[ReviewFile], key: str, number: int) -> Shown | None:
    """Return the first entry from `number` of the file `key` on; round the end, None of none."""
    for shown in _round(files, key, number):
        return shown
    return None


def _round(files: Sequence[ReviewFile], key: str, number: int) -> Iterator[Shown]:
    later = [file for file in files if file.key >= key]
    earlier = [file for file in files if file.key <= key]
    for file in later:
        yield from (one for one in _shown(file) if file.key > key or one.entry.number >= number)
    for file in earlier:
        yield from _shown(file)


def _shown(file: ReviewFile) -> Iterator[Shown]:
    try:
        raw = _bytes(file.path)
    except (OSError, ReviewError):
        return  # a reload tells what is wrong with it
    entries = waiting(raw)
    mark = mark_of(raw)
    for entry in entries:
        yield Shown(file=file, mark=mark, entry=entry, in_file=len(entries))


def change(file: ReviewFile, number: int, mark: str, *, kept: bool) -> None:
    """Take the mark off an entry where it is `kept`, the entry out where not.

    Raises `ChangedError` where the file is no more what `mark` stands for, `ReviewError` where
    an editor has to do it, OSError where the file cannot be written.
    """
    raw = _bytes(file.path)
    at = {entry.number: entry.at for entry in waiting(raw)}.get(number)
    if mark_of(raw) != mark or at is None:
        raise ChangedError
    _replace(file.path, raw, _edited(raw, at, kept=kept))


def _edited(raw: bytes, at: At, *, kept: bool) -> bytes:
    return keep(raw, at) if kept else drop(raw, at)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        raw = stream.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise ReviewError  # a summary is not so large, and the rest of it must not be lost
    return raw


def _replace(path: Path, before: bytes, after: bytes) -> None:
    """Put `after` in place of `before`, whole or not at all."""
    # Hidden, so that it is never read as a summary.
    number, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(after)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(path.stat().st_mode & 0o777)
        if _bytes(path) != before:  # as late as can be: an editor may have saved it since
            raise ChangedError
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
