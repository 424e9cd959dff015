"""The files in folders of summaries that are none: what is passed over there, by name.

Light to import: a running bot tells of them too. What such files hold is told by intake.py.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from store.ingest.clean import clean_line
from store.ingest.folders import is_hidden

RAW = (".txt", ".text", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".rdf")


def passed_over(paths: Sequence[Path]) -> tuple[str, ...]:
    """Return the names of files in the folders that look like articles, pages or feeds.

    A Markdown file that is no summary is the loader's to complain of.
    """
    return tuple(
        clean_line(os.fsencode(file.relative_to(folder)).decode("utf-8", "replace"))
        for folder in paths
        if folder.is_dir()
        for file in files_below(folder)
        if file.suffix.casefold() in RAW and not is_hidden(file.name)
    )


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder`, but for those in hidden folders."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        yield from (file for name in sorted(files) if (file := Path(place, name)).is_file())
