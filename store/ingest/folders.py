"""The files of a story as they stand in their folders, in their order; none is read."""

import os
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from store.ingest.clean import clean_line

STORY_FILE = "story.yaml"
# How exact a stamp is, in nanoseconds: FAT counts two seconds, most others far less.
EXACT = 2 * 10**9


class Listed(NamedTuple):
    """A file as it stood at one moment: where it is, by what name, and how it looked.

    One that is not to be read is in `trouble`, and nothing else is known of it.
    """

    path: str
    name: str
    stamp: str = ""  # another one after any change
    changed: int = 0  # when it was last, in nanoseconds
    is_story: bool = False  # what its summaries are of, not one of them
    trouble: str = ""


def listed_at(paths: Iterable[Path]) -> Iterator[Listed]:
    """Yield the summary files at `paths` (files, or folders with all below them).

    In folders these are the Markdown files, but for read-me and hidden ones. Links are followed
    to files inside the folder only. Before what stands with a story comes the story.
    """
    for path in paths:
        try:
            if path.is_dir():
                yield from _story(path)
                yield from _in_folder(path)
            elif path.is_file():
                yield from _story(path.parent)
                target = path.resolve()
                yield _listed(str(target), shown(path.name), target.stat())
            else:
                missing = "is neither file nor folder" if path.exists() else "does not exist"
                yield _in_trouble(path, shown(path), missing)
        except OSError as error:
            yield _in_trouble(path, shown(path), f"cannot be read: {error.strerror}")


def _story(folder: Path) -> Iterator[Listed]:
    file = folder / STORY_FILE
    if file.is_file():
        target = file.resolve()
        yield _listed(str(target), STORY_FILE, target.stat())._replace(is_story=True)


def _in_folder(folder: Path) -> Iterator[Listed]:
    inside, listed = folder.resolve(), None
    # No link is on the way to what is below: only a link itself has to be followed.
    for listed in _below(str(inside), "", inside):
        yield listed
    if listed is None:
        yield _in_trouble(folder, shown(folder), "holds no summaries; their names end in .md")


def _below(place: str, before: str, inside: Path) -> Iterator[Listed]:
    try:
        with os.scandir(place) as found:
            entries = sorted(found, key=attrgetter("name"))
    except OSError as error:
        yield _in_trouble(place, shown(place), f"cannot be read: {error.strerror}")
        return
    for entry in entries:
        name = entry.name
        try:
            if entry.is_dir():
                if not is_hidden(name) and not entry.is_symlink():
                    yield from _below(entry.path, f"{before}{name}{os.sep}", inside)
            elif is_of_summary(name):
                status = os.stat(entry.path)  # noqa: PTH116 (an entry would keep what it found)
                if entry.is_symlink():
                    yield from _linked(entry.path, shown(before + name), inside)
                elif S_ISREG(status.st_mode):
                    yield _listed(entry.path, shown(before + name), status)
        except (OSError, RuntimeError):  # the second for links in a circle
            yield _in_trouble(entry.path, shown(before + name), "is a link to nothing")


def _linked(path: str, name: str, inside: Path) -> Iterator[Listed]:
    target = Path(path).resolve(strict=True)
    if not target.is_relative_to(inside):
        yield _in_trouble(path, name, "is a link out of the folder; not read")
    elif target.is_file():
        yield _listed(str(target), name, target.stat())


def _listed(path: str, name: str, status: os.stat_result) -> Listed:
    return Listed(path, name, stamp_of(status), max(status.st_mtime_ns, status.st_ctime_ns))


def _in_trouble(path: Path | str, name: str, trouble: str) -> Listed:
    return Listed(str(path), name, trouble=trouble)


def stamp_of(status: os.stat_result) -> str:
    """Return what tells a file from what it is after any change.

    The time of the inode's change is in it, for a copy can bring a time of writing along.
    """
    return f"{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_size}:{status.st_ino}"


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder of this name is passed over."""
    return name[0] in "._"


def is_of_summary(name: str) -> bool:
    """Tell whether a file of this name is read as a summary."""
    folded = name.casefold()
    return folded.endswith(".md") and folded != "readme.md" and name[0] not in "._"


def shown(path: Path | str) -> str:
    """Return `path` as it may stand in a line of text, whatever bytes it is made of."""
    text = str(path)
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if " " in text else text
    return clean_line(os.fsencode(path).decode("utf-8", "replace"))
