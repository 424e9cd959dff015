"""The folder that drafts are written to: what was drafted before, and writing one more.

A draft's file tells in its name and in comments which articles it is of, so that none is
drafted twice. What a draft says is in draft.py and draft_writing.py.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path

from store.ingest.duplicates import Folded
from store.ingest.folders import is_of_summary
from store.ingest.raw.values import RawArticle
from store.text import fold

_MARK = 12  # characters of a content hash; enough for as many articles as a disk holds
_MARKED = re.compile(rf"(?:^|-)([a-z2-7]{{{_MARK}}})\.md$")
_NOTE = re.compile(rf"# (?:drafted from|also) ([a-z2-7]{{{_MARK}}}): ")
_HEAD = 200  # lines in which the comments stand
_LONGEST = 60  # characters of a title in a file name


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """A folder of drafts, and the marks of the articles that they are of."""

    folder: Path
    marks: frozenset[str]

    def hold(self, folded: Folded) -> bool:
        """Tell whether the text, or a copy of it, was drafted before."""
        return any(mark_of(article) in self.marks for article in folded.sources)


def read_drafts(folder: Path) -> Drafts:
    """Return what was drafted into `folder`, also where a file was renamed. Raises OSError."""
    marks: set[str] = set()
    for file in folder.rglob("*.md") if folder.is_dir() else ():
        if not is_of_summary(file.name) or not file.is_file():
            continue
        if named := _MARKED.search(file.name):
            marks.add(named[1])
        with file.open(encoding="utf-8", errors="replace") as lines:
            # Up to the end of the front matter: what an article says is no comment of ours.
            head = takewhile(lambda line: line.rstrip() != "---", islice(lines, 1, _HEAD))
            marks.update(note[1] for line in head if (note := _NOTE.match(line)))
    return Drafts(folder=folder, marks=frozenset(marks))


def mark_of(article: RawArticle) -> str:
    """Return what an article is known by, from one run to the next."""
    return article.content_hash[:_MARK]


def write_into(folder: Path, folded: Folded, text: str, name: str) -> Path:
    """Write the draft `text`, called after `name`, whole or not at all. Raises OSError."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(name))[:_LONGEST].strip("-")
    file = folder / f"{words or 'article'}-{mark_of(folded.article)}.md"
    partial = folder / f".{file.name}.part"
    partial.write_text(_noted(text, folded.sources), encoding="utf-8")
    partial.replace(file)
    return file


def _noted(text: str, sources: Sequence[RawArticle]) -> str:
    """Return the summary with comments in its front matter that name all its sources."""
    notes = "".join(
        f"# {'also' if number else 'drafted from'} {mark_of(source)}: {_plain(source)}\n"
        for number, source in enumerate(sources)
    )
    return text.replace("---\n", f"---\n{notes}", 1)


def _plain(source: RawArticle) -> str:
    """Return a source as a comment may name it: one line, nothing that YAML refuses."""
    named = " ".join(filter(None, (source.outlet, source.address or source.name)))
    return "".join(each for each in named if each.isprintable())[:500]
