"""Reviewing: the entries of a summary file that wait for an editor, and taking them in or out.

An edit removes lines and leaves every other byte as it is. What it made is read again before
it counts: where anything else would read otherwise, nothing is done.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from typing import NamedTuple

from pydantic import ValidationError

from store.errors import StoreError
from store.ingest.clean import clean_text
from store.ingest.fields import FrontMatterError, Plain
from store.ingest.forms import ItemForm, SummaryForm
from store.ingest.front_matter import FrontMatter, split_front_matter
from store.knowledge.keys import content_key

_MARKED = r"""(["']?)\breview\1\s*:\s*["']?\w+["']?"""
_INLINE = re.compile(rf"{_MARKED}\s*,\s*|,\s*{_MARKED.replace('1', '2')}(?=\s*(?:[,}}]|$))")
KINDS = ("people", "events", "quotes", "figures")


class ReviewError(StoreError):
    """An entry cannot be changed by lines; an editor has to."""


class At(NamedTuple):
    """Which entry of a file: the how many-th of its kind, from 0."""

    kind: str
    nth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An entry that waits for review."""

    at: At
    number: int  # of all entries of the file, in the order of kinds
    line: int
    fields: Mapping[str, Plain]


def mark_of(raw: bytes) -> str:
    """Return what stands for the content of a file."""
    return content_key(raw.hex())


def waiting(raw: bytes) -> tuple[Waiting, ...]:
    """Return the entries of a file that wait; none of a file that cannot be read."""
    front, form = _read(raw)
    return tuple(_waiting(front, form)) if front and form else ()


def keep(raw: bytes, at: At) -> bytes:
    """Return the file with the mark taken off the entry. Raises `ReviewError`."""
    front, rows = _found(raw, at)
    row = front.lines[at.kind, at.nth, "review"] - 1
    expected = {**front.fields, at.kind: list(_without_mark(front, at))}
    for edited in _unmarked(rows, row):
        # More than one place of a line may look like the mark: the one that reads right is it.
        with suppress(ReviewError):
            return _checked(edited, front, expected)
    raise ReviewError


def _unmarked(rows: list[str], row: int) -> Iterator[list[str]]:
    """Yield the rows without the mark that stands on `row`, in each way that it may be written."""
    before, found, _ = rows[row].partition("review")
    if found and before.strip("\"' ") in {"", "-"}:
        edited = [*rows[:row], *rows[row + 1 :]]
        if "-" in before and row < len(edited):  # the next field takes over the dash
            dash = before.rstrip("\"'")
            edited[row] = dash + edited[row][len(dash) :]
        yield edited
    first = max(0, row - 1)  # where the comma may stand
    here = "".join(rows[first : row + 1])
    for inline in _INLINE.finditer(here):  # - {name: Anna Berg, review: true}
        yield [*rows[:first], here[: inline.start()] + here[inline.end() :], *rows[row + 1 :]]


def drop(raw: bytes, at: At) -> bytes:
    """Return the file without the entry. Raises `ReviewError`."""
    front, rows = _found(raw, at)
    start = front.lines[at] - 1
    if not rows[start].lstrip().startswith("- "):
        raise ReviewError
    entries = _entries(front, at.kind)
    end = _end(rows, start)
    if len(entries) == 1 and rows[start - 1].strip() == f"{at.kind}:":
        start -= 1
    expected = {**front.fields, at.kind: entries[: at.nth] + entries[at.nth + 1 :]}
    return _checked([*rows[:start], *rows[end:]], front, expected)


def _read(raw: bytes) -> tuple[FrontMatter | None, SummaryForm | None]:
    try:
        front = split_front_matter(clean_text(raw.decode("utf-8-sig")))
        return front, SummaryForm.model_validate(front.fields)
    except (UnicodeDecodeError, FrontMatterError, ValidationError):
        return None, None


def _waiting(front: FrontMatter, form: SummaryForm) -> Iterator[Waiting]:
    number = 0
    for kind in KINDS:
        entries: tuple[ItemForm, ...] = getattr(form, kind)
        for index, entry in enumerate(entries):
            fields = _entries(front, kind)[index]
            if entry.review and isinstance(fields, dict):
                line = front.lines[kind, index]
                yield Waiting(at=At(kind, index), number=number, line=line, fields=fields)
            number += 1


def _entries(front: FrontMatter, kind: str) -> list[Plain]:
    entries = front.fields.get(kind)
    return entries if isinstance(entries, list) else []


def _found(raw: bytes, at: At) -> tuple[FrontMatter, list[str]]:
    """Return what the file says, and its lines."""
    front, form = _read(raw)
    if front is None or form is None or at not in {each.at for each in _waiting(front, form)}:
        raise ReviewError
    rows = StringIO(raw.decode(), newline="").readlines()  # each with its own line end
    if front.lines[at] > len(rows):
        raise ReviewError
    return front, rows


def _end(rows: list[str], start: int) -> int:
    """Return where the entry that begins at `start` ends: before what is indented no deeper."""
    dash = len(rows[start]) - len(rows[start].lstrip())
    end = start + 1
    for row in range(start + 1, len(rows)):
        words = rows[row].lstrip()
        if words and len(rows[row]) - len(words) <= dash:
            break
        if words:
            end = row + 1
    return end


def _without_mark(front: FrontMatter, at: At) -> Iterator[Plain]:
    for index, entry in enumerate(_entries(front, at.kind)):
        if index == at.nth and isinstance(entry, dict):
            yield {name: value for name, value in entry.items() if name != "review"}
        else:
            yield entry


def _checked(rows: list[str], before: FrontMatter, expected: Mapping[str, Plain]) -> bytes:
    """Return the edited file, once it reads as it must."""
    raw = "".join(rows).encode()
    after, form = _read(raw)
    if after is None or form is None or after.body != before.body:
        raise ReviewError
    if _said(after.fields) != _said(expected):
        raise ReviewError
    return raw


def _said(fields: Mapping[str, Plain]) -> list[tuple[str, Plain]]:
    """Return the fields in their order, an empty list as one left out."""
    return [(name, value) for name, value in fields.items() if value not in (None, [])]
