"""The folder that drafts are written to: what was drafted before, and writing one more.

A draft's file tells in its name and in comments which articles it is of, so that none is
drafted twice. Beside the drafts a hidden file remembers samples of their articles' words,
so that an edited copy that comes later is known too. What a draft says is in draft.py and
draft_writing.py.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile
from pathlib import Path

from store.ingest.duplicates import Folded, Remembered
from store.ingest.folders import is_of_summary
from store.ingest.raw.values import RawArticle
from store.ingest.sketches import Sample, sketch_of
from store.text import fold

SAMPLES = ".drafted"
_MARK = 12  # characters of a content hash; enough for as many articles as a disk holds
_MARKED = re.compile(rf"(?:^|-)([a-z2-7]{{{_MARK}}})\.md$")
_NOTE = re.compile(rf"# (?:drafted from|also) ([a-z2-7]{{{_MARK}}}): ")
_HEAD = 200  # lines in which the comments stand
_MOST_NOTED = 100  # copies that a draft names; an agency's text is printed by more
_LONGEST = 60  # characters of a title in a file name


@dataclass(frozen=True, kw_only=True)
class Drafts:
    """A folder of drafts, and the files by the marks of the articles that they are of."""

    folder: Path
    files: Mapping[str, Path]

    def hold(self, article: RawArticle) -> bool:
        """Tell whether the article was drafted before, word for word."""
        return mark_of(article) in self.files

    def home(self, folded: Folded) -> Path | None:
        """Return the draft of the text, also where that was of an edited copy; None to draft it.

        A text that tells much more than the drafted one is no mere copy.
        """
        head = folded.article
        if (file := self.files.get(mark_of(head))) or (file := self._samples.find(head)):
            return file
        drafted = (self.files.get(mark_of(each)) for each in folded.copies)
        # Without a sample of it nothing tells whether the head says more than was drafted.
        return next((file for file in drafted if file and file not in self._known), None)

    @cached_property
    def _known(self) -> dict[Path, Sample]:
        return {
            file: sample
            for mark, sample in _read_samples(self.folder / SAMPLES)
            if (file := self.files.get(mark))
        }

    @cached_property
    def _samples(self) -> Remembered[Path]:
        return Remembered(self._known)


def read_drafts(folder: Path) -> Drafts:
    """Return what was drafted into `folder`, also where a file was renamed. Raises OSError."""
    files: dict[str, Path] = {}
    for file in sorted(folder.rglob("*.md")) if folder.is_dir() else ():
        if not is_of_summary(file.name) or not file.is_file():
            continue
        if named := _MARKED.search(file.name):
            files[named[1]] = file
        with file.open(encoding="utf-8", errors="replace") as lines:
            # Up to the end of the front matter: what an article says is no comment of ours.
            head = takewhile(lambda line: line.rstrip() != "---", islice(lines, 1, _HEAD))
            files.update((note[1], file) for line in head if (note := _NOTE.match(line)))
    return Drafts(folder=folder, files=files)


def _read_samples(file: Path) -> Iterator[tuple[str, Sample]]:
    """Yield what is remembered, by the marks; a line that a kill cut short is passed over."""
    with suppress(FileNotFoundError), file.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            with suppress(ValueError):
                mark, sample = line.split(maxsplit=1)
                yield mark, Sample.parse(sample)


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
    with (folder / SAMPLES).open("a", encoding="ascii") as book:
        # After an empty line: the last one may have been cut short.
        book.write(f"\n{mark_of(folded.article)} {sketch_of(folded.article).sample()}\n")
    return file


def add_copies(file: Path, copies: Sequence[RawArticle]) -> bool:
    """Name `copies` as further sources of the draft `file`; tell whether that was done.

    An editor may have changed it: a file without the comments is left as it is, and so is one
    that names very many. Raises OSError.
    """
    before = file.read_bytes()
    lines = before.splitlines(keepends=True)
    head = takewhile(lambda line: line.rstrip() != b"---", lines[1:_HEAD])
    notes = [at for at, line in enumerate(head, 1) if _NOTE.match(line.decode("utf-8", "replace"))]
    if not notes or len(notes) + len(copies) > _MOST_NOTED or file.is_symlink():
        return False
    ends = b"\r\n" if lines[notes[-1]].endswith(b"\r\n") else b"\n"
    lines[notes[-1] + 1 : notes[-1] + 1] = [_note("also", each).encode() + ends for each in copies]
    partial = file.with_name(f".{file.name}.part")
    partial.write_bytes(b"".join(lines))
    partial.chmod(file.stat().st_mode & 0o777)
    if file.read_bytes() != before:  # as late as can be: an editor may have saved it since
        partial.unlink()
        return False
    partial.replace(file)
    return True


def _noted(text: str, sources: Sequence[RawArticle]) -> str:
    """Return the summary with comments in its front matter that name all its sources."""
    notes = "".join(
        f"{_note('also' if number else 'drafted from', source)}\n"
        for number, source in enumerate(sources)
    )
    return text.replace("---\n", f"---\n{notes}", 1)


def _note(what: str, source: RawArticle) -> str:
    return f"# {what} {mark_of(source)}: {_plain(source)}"


def _plain(source: RawArticle) -> str:
    """Return a source as a comment may name it: one line, nothing that YAML refuses."""
    named = " ".join(filter(None, (source.outlet, source.address or source.name)))
    return "".join(each for each in named if each.isprintable())[:500]
