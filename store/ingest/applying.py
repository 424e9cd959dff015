"""Writing down what was read and made: functions of a connection, each whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from store.database import Connection
from store.errors import LargeLossError, NothingToUndoError, StoreError
from store.ingest.reading import Found, story_of, summaries_of
from store.knowledge import files as known_files
from store.knowledge.assembly import Records, assemble
from store.knowledge.files import Change, State
from store.knowledge.losses import large_losses, lost_sources
from store.knowledge.reload import Diff, apply_records, counted, difference
from store.knowledge.values import Story, Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is written down about a load."""

    configured: Path
    paths: tuple[Path, ...]
    seen: str
    maker: str
    day: date | None
    agreed: bool


def known_by(summaries: Iterable[Summary], day: date | None) -> list[Summary]:
    """Return those that were published by `day`, where it names one."""
    return [summary for summary in summaries if day is None or summary.published <= day]


def paths_of(db: Connection, configured: Path) -> tuple[Path, ...]:
    """Return where the story is read from: what was named by hand, until `configured` changes."""
    for row in db.query("SELECT configured, paths FROM origin"):
        if row["configured"] == str(configured):
            return split(row["paths"])
    return (configured,)


def loaded_from(db: Connection) -> tuple[Path, ...]:
    """Return where the story was read from last."""
    for row in db.query("SELECT paths FROM origin"):
        return split(row["paths"])
    return ()


def split(paths: str) -> tuple[Path, ...]:
    """Return paths that are written one a line."""
    return tuple(map(Path, paths.split("\n")))


def _joined(paths: Iterable[Path]) -> str:
    return "\n".join(map(str, paths))


def tell_once(db: Connection, mark: str) -> bool:
    """Tell whether of the folder that looks so nothing was told yet; from now on it was."""
    if known_files.state(db).told == mark:
        return False
    known_files.note(db, told=mark)
    return True


def keep(db: Connection, found: Found, records: Records | None, kept: Kept) -> Diff:
    """Write down what was read; make the knowledge equal to `records`, if it is not already."""
    change = known_files.change(db, found.files, found.story)
    before = known_files.state(db)
    if records and not kept.agreed and (change.before or change.story != before.story):
        _refuse_large_losses(db, change, records, kept, found.mark)
    was = _joined(loaded_from(db))
    _set_origin(db, kept.configured, _joined(kept.paths))
    known_files.keep(db, change, was)
    known_files.note(db, loaded=found.mark, seen=kept.seen, maker=kept.maker, held="", told="")
    if records:
        return apply_records(db, found.reading.story, records)
    if (before.loaded, before.maker) != (found.mark, kept.maker):
        raise StoreError("another program has loaded summaries meanwhile; try again")
    return Diff()


def _refuse_large_losses(
    db: Connection, change: Change, records: Records, kept: Kept, mark: str
) -> None:
    """Raise `LargeLossError` where too much would go.

    While a story replays, what is not known yet is nothing lost: only files count then.
    """
    if kept.day is not None:
        losses = lost_sources(change.lost, change.known)
    else:
        losses = large_losses(difference(db, records), counted(db))
    if losses:
        raise LargeLossError(losses, mark)


def _set_origin(db: Connection, configured: Path, paths: str) -> None:
    origin = {"id": 1, "configured": str(configured), "paths": paths}
    if list(db.query("SELECT id, configured, paths FROM origin")) != [origin]:
        db.table("origin").upsert(origin, pk="id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The knowledge as it is to be, made of kept files; `at` is the state that holds for."""

    at: State
    story: Story
    records: Records

    @classmethod
    def of(cls, at: State, story: str, summaries: Iterable[str], day: date | None) -> "Made":
        """Make the knowledge of what was kept, as far as it was published by `day`."""
        told = story_of(story)
        records = assemble(known_by(summaries_of(summaries), day), told.subjects)
        return cls(at=at, story=told, records=records)


def made_now(db: Connection, maker: str, day: date | None) -> Made | None:
    """Make the knowledge of the files as they are kept, unless it was made of them just so."""
    at = known_files.state(db)
    if not at.story or at.maker == maker:
        return None
    try:
        return Made.of(at, at.story, known_files.summaries(db), day)
    except ValidationError:  # kept by another version, and now held or in trouble
        return None


def made_before(db: Connection, day: date | None) -> Made:
    """Make the knowledge of what the files said before. Raises `NothingToUndoError`."""
    at = known_files.state(db)
    if at.story_before is None:
        raise NothingToUndoError
    try:
        return Made.of(at, at.story_before, known_files.summaries_before(db), day)
    except ValidationError as error:
        raise StoreError(
            "what was known before was kept by another version of the program, which wrote it "
            "otherwise: put the files back as they were, then reload"
        ) from error


def show(db: Connection, made: Made, maker: str) -> Diff:
    """Make the knowledge equal to what was made of the kept files."""
    _still_holds(db, made)
    known_files.note(db, maker=maker)
    return apply_records(db, made.story, made.records)


def undo(
    db: Connection, made: Made, *, configured: Path, by: str, held: str, seen: str, maker: str
) -> Diff:
    """Bring back what the files said before, and what was made of that."""
    _still_holds(db, made)
    paths = known_files.take_back(db, _joined(loaded_from(db)))
    _set_origin(db, configured, paths)
    known_files.note(db, undone_by=by, held=held, loaded="", seen=seen, maker=maker, told="")
    return apply_records(db, made.story, made.records)


def _still_holds(db: Connection, made: Made) -> None:
    """Raise `StoreError` where another process has loaded something meanwhile."""
    if known_files.state(db) != made.at:
        raise StoreError("another program has loaded summaries meanwhile; try again")
