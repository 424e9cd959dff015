"""The summary files of a folder, listed in their order with their status; none is read."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from store.ingest.clean import clean_line


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as it stands in a folder: where it is, by what name, and how it looked."""

    path: str
    name: str
    status: os.stat_result


Note = Callable[[str, str], None]  # told of a file, and what is wrong with it


def summary_files(folder: Path, note: Note) -> Iterator[Listed]:
    """Yield the Markdown files below `folder`, but for read-me and hidden ones.

    Links are followed to files inside the folder only.
    """
    inside = folder.resolve()
    # No link is on the way to what is below: only a link itself has to be followed.
    return _below(str(inside), "", inside, note)


def _below(place: str, before: str, inside: Path, note: Note) -> Iterator[Listed]:
    try:
        with os.scandir(place) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        note(shown(place), f"cannot be read: {error.strerror}")
        return
    for entry in entries:
        name = entry.name
        try:
            if entry.is_dir():
                if not is_hidden(name) and not entry.is_symlink():
                    yield from _below(entry.path, f"{before}{name}{os.sep}", inside, note)
            elif is_of_summary(name) and (
                listed := _listed(entry, shown(before + name), inside, note)
            ):
                yield listed
        except (OSError, RuntimeError):  # the second for links in a circle
            note(shown(before + name), "is a link to nothing")


def _listed(entry: "os.DirEntry[str]", name: str, inside: Path, note: Note) -> Listed | None:
    if not entry.is_symlink():
        status = entry.stat()
        path = entry.path
    else:
        target = Path(entry.path).resolve(strict=True)
        if not target.is_relative_to(inside):
            note(name, "is a link out of the folder; not read")
            return None
        path, status = str(target), target.stat()
    return Listed(path, name, status) if S_ISREG(status.st_mode) else None


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
