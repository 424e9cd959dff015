"""Writing down what was read and made: functions of a connection, each whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from store.database import Connection
from store.errors import Kind, LargeLossError, NothingToUndoError, StoreError
from store.ingest.origin import joined, loaded_from, set_origin
from store.ingest.reading import Found, kept_file, story_of
from store.knowledge import files as known_files
from store.knowledge.changes import Diff, Tick, uncounted
from store.knowledge.files import Change, Files, State
from store.knowledge.losses import large_losses, lost_sources
from store.knowledge.making.remaking import Remaking
from store.knowledge.reload import counted
from store.knowledge.values import Story
from store.knowledge.written import source_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is written down about a load."""

    configured: Path
    paths: tuple[Path, ...]
    seen: str
    maker: str
    day: date | None
    agreed: bool = False
    tick: Tick = uncounted


class OutdatedError(StoreError):
    """Another program has loaded summaries meanwhile; try again."""


def keep(db: Connection, found: Found, known: Files, at: State, kept: Kept) -> Diff:
    """Write down what was read; make the knowledge equal to it, if it is not already.

    The files were `known` when the knowledge stood as `at`. Raises `OutdatedError` where it
    does no more, `LargeLossError` where too much would go; then nothing is to be kept.
    """
    before = known_files.state(db)
    if _basis(before) != _basis(at):
        raise OutdatedError("another program has loaded summaries meanwhile; try again")
    change = known_files.change(db, known, found.files, found.story)
    counts = counted(db)
    was = loaded_from(db)
    gone = _gone(db, known, found, change, before)
    set_origin(db, kept.configured, joined(kept.paths))
    known_files.keep(db, change, joined(was))
    known_files.note(db, loaded=found.mark, seen=kept.seen, maker=kept.maker, held="", told="")
    is_other = (found.mark, kept.maker) != (before.loaded, before.maker)
    if was == kept.paths and not is_other:
        return Diff()
    told = {source_key(summary): summary for summary in found.reading.summaries}
    diff = _remaking(db, found.reading.story, before, kept).remake(
        told.items(), gone, other_day=before.maker != kept.maker
    )
    if not kept.agreed and (change.before or change.story != before.story):
        _refuse_large_losses(change, diff, counts, kept, found.mark)
    return diff


def _basis(at: State) -> tuple[str, ...]:
    """Return what stands for the files that the knowledge is made of."""
    return at.story, at.loaded, at.maker, at.undone_by


def _gone(db: Connection, known: Files, found: Found, change: Change, before: State) -> list[str]:
    """Return the sources that no file is of any more."""
    if before.story:
        lost = {file.source for file in change.gone.values()}
        lost |= {known[path].source for path in change.written if path in known}
    else:  # whatever was known, no file was read yet
        lost = {source for (source,) in db.execute("SELECT source FROM stated")}
    # Few are lost, as a rule, and a set of all is not worth making for them.
    return sorted(lost - {file.source for file in found.files.values()}) if lost else []


def _remaking(db: Connection, story: Story, before: State, kept: Kept) -> Remaking:
    """Return what makes the knowledge again: all of it, where another program made it."""
    anew = before.maker.partition(" ")[0] != kept.maker.partition(" ")[0]
    return Remaking(db, story, day=kept.day, anew=anew, tick=kept.tick)


def _refuse_large_losses(
    change: Change, diff: Diff, counts: Mapping[Kind, int], kept: Kept, mark: str
) -> None:
    """Raise `LargeLossError` where too much goes.

    While a story replays, what is not known yet is nothing lost: only files count then.
    """
    if kept.day is not None:
        losses = lost_sources(change.lost, change.known)
    else:
        losses = large_losses(diff, counts)
    if losses:
        raise LargeLossError(losses, mark)


def show(db: Connection, kept: Kept) -> Diff:
    """Make the knowledge of the files as they are kept, unless it was made of them just so.

    Raises ValidationError where another version kept them, which are now held or in trouble.
    """
    at = known_files.state(db)
    if not at.story or at.maker == kept.maker:
        return Diff()
    known_files.note(db, maker=kept.maker)
    return _remaking(db, story_of(at.story), at, kept).remake((), (), other_day=True)


def undo(db: Connection, *, by: str, kept: Kept, held: str) -> Diff:
    """Bring back what the files said before, and what was made of that."""
    at = known_files.state(db)
    if at.story_before is None:
        raise NothingToUndoError
    said = known_files.said_before(db)
    try:
        back = {path: kept_file(path, text) for path, text in said.items() if text is not None}
        story = story_of(at.story_before)
        told = {file.source: summary for file, summary in back.values()}
        sources = {
            source
            for path in said
            for (source,) in db.execute("SELECT source FROM read_file WHERE path = ?", [path])
        }
        files = {path: file for path, (file, _) in back.items()}
        paths = known_files.take_back(
            db, files, [path for path in said if path not in back], joined(loaded_from(db))
        )
        set_origin(db, kept.configured, paths)
        known_files.note(
            db, undone_by=by, held=held, loaded="", seen=kept.seen, maker=kept.maker, told=""
        )
        return _remaking(db, story, at, kept).remake(
            told.items(), sorted(sources - told.keys()), other_day=True
        )
    except ValidationError as error:
        raise StoreError(
            "what was known before was kept by another version of the program, which wrote it "
            "otherwise: put the files back as they were, then reload"
        ) from error
