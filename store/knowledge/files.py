"""The summary files that the knowledge was made of: what each said, and what they said before.

Rows only: whoever reads the files tells what is in them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from store.database import Connection
from store.knowledge.keys import content_key
from store.knowledge.making.equalising import among


class ReadFile(NamedTuple):
    """A summary file as it was read; what its source states stands with the source."""

    stamp: str  # what tells a changed file from this one; '': to be read again
    reader: str  # stands for the program that read it
    name: str  # by which it was read
    source: str  # the key of what it is of
    said: str  # stands for what it says
    unconfirmed: int  # how much of it waits for an editor


Files = Mapping[bytes, ReadFile]


def said_by(path: bytes, written: str) -> str:
    """Return what stands for a file that says what is `written`."""
    return content_key(path.hex(), written)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How the knowledge stands to the files."""

    story: str  # JSON; '': nothing was read yet
    maker: str  # stands for what made the knowledge of the files: the program, and the day
    loaded: str  # stands for what the files said; '': they say something else
    seen: str  # stands for the folder as it looked when it was read; '': not to be relied upon
    told: str  # stands for the folder of which admins were last told something
    held: str  # stands for what the files say that is not loaded unless somebody asks
    undone_by: str  # the last request to undo
    story_before: str | None  # None: there is nothing to go back to
    paths_before: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How files that were read differ from those that are known."""

    known: int
    written: Files
    gone: Files
    before: Mapping[bytes, str | None]  # what changed files said, None where there were none
    story: str

    @property
    def lost(self) -> int:
        """How many of the known files are no more."""
        return len(self.gone)


def state(db: Connection) -> State:
    """Return how the knowledge stands to the files."""
    (row,) = db.query(
        "SELECT story, maker, loaded, seen, told, held, undone_by, story_before, paths_before "
        "FROM read_state"
    )
    return State(**row)


def read_files(db: Connection) -> dict[bytes, ReadFile]:
    """Return the files that the knowledge is made of, by path."""
    rows = db.execute("SELECT path, stamp, reader, name, source, said, unconfirmed FROM read_file")
    return {row[0]: ReadFile._make(row[1:]) for row in rows}


def are_many(db: Connection, number: int) -> bool:
    """Tell whether the knowledge is made of so many files or more."""
    row = db.execute("SELECT 1 FROM read_file LIMIT 1 OFFSET ?", [number - 1]).fetchone()
    return row is not None


def files_to_review(db: Connection) -> list[tuple[bytes, str]]:
    """Return the path and name of each file some of which waits for an editor."""
    return db.execute("SELECT path, name FROM read_file WHERE unconfirmed").fetchall()


def waiting(db: Connection) -> int:
    """Return how many entries wait for an editor."""
    return int(db.execute("SELECT coalesce(sum(unconfirmed), 0) FROM read_file").fetchone()[0])


def summaries(db: Connection) -> list[str]:
    """Return what the files say, as JSON."""
    rows = db.execute("SELECT summary FROM read_file JOIN stated USING (source) ORDER BY path")
    return [summary for (summary,) in rows]


def days(db: Connection) -> list[date]:
    """Return the days on which what the files are of was published, in their order."""
    rows = db.execute("SELECT published FROM read_file JOIN stated USING (source) ORDER BY 1")
    return [date.fromisoformat(day) for (day,) in rows]


def change(db: Connection, known: Files, found: Files, story: str) -> Change:
    """Return how `found` and `story` differ from what is `known`."""
    gone = {path: file for path, file in known.items() if path not in found}
    written = {path: file for path, file in found.items() if known.get(path) != file}
    others = {
        path: known[path].source
        for path in (*gone, *written)
        if path in known and (path in gone or known[path].said != written[path].said)
    }
    said: dict[bytes, str | None] = dict.fromkeys(path for path in written if path not in known)
    written_now = dict(
        among(db, "SELECT source, summary FROM stated WHERE source IN keys", others.values())
    )
    said |= {path: written_now.get(source) for path, source in others.items()}
    return Change(known=len(known), written=written, gone=gone, before=said, story=story)


def keep(db: Connection, changed: Change, paths_before: str) -> None:
    """Write the change down; where the files say something else now, so that it can be undone."""
    before = state(db).story
    _write(db, changed.written, changed.gone)
    if changed.before or changed.story != before:
        _remember(db, changed.before)
        db.execute(
            "UPDATE read_state SET story = :story, story_before = :before, paths_before = :paths",
            {
                "story": changed.story,
                "before": before or None,
                "paths": paths_before if before else None,
            },
        )


def said_before(db: Connection) -> dict[bytes, str | None]:
    """Return what the files said that changed last, as JSON; None where there was none."""
    return dict(db.execute("SELECT path, summary FROM read_file_before").fetchall())


def take_back(db: Connection, back: Files, gone: Iterable[bytes], paths: str) -> str:
    """Have the files `back` as they were before; undone again, it goes forward.

    `paths` is where they were read from. Returns where they were read from before.
    """
    at = state(db)
    if at.story_before is None or at.paths_before is None:
        raise ValueError("there is nothing to take back")
    now = dict(db.execute("SELECT path, summary FROM read_file JOIN stated USING (source)"))
    gone = list(gone)
    _remember(db, {path: now.get(path) for path in (*back, *gone)})
    _write(db, back, gone)
    db.execute(
        "UPDATE read_state SET story = story_before, story_before = :now, paths_before = :paths",
        {"now": at.story, "paths": paths},
    )
    return at.paths_before


def note(
    db: Connection,
    *,
    maker: str | None = None,
    loaded: str | None = None,
    seen: str | None = None,
    told: str | None = None,
    held: str | None = None,
    undone_by: str | None = None,
) -> None:
    """Set what is given, and leave the rest."""
    given = {
        "maker": maker,
        "loaded": loaded,
        "seen": seen,
        "told": told,
        "held": held,
        "undone_by": undone_by,
    }
    db.table("read_state").update(
        1, {name: value for name, value in given.items() if value is not None}
    )


def tell_once(db: Connection, mark: str) -> bool:
    """Tell whether of the folder that looks so nothing was told yet; from now on it was."""
    if state(db).told == mark:
        return False
    note(db, told=mark)
    return True


def _write(db: Connection, files: Files, gone: Iterable[bytes]) -> None:
    paths = [(path,) for path in (*gone, *files)]
    db.conn.executemany("DELETE FROM read_file WHERE path = ?", paths)
    db.conn.executemany(
        "INSERT INTO read_file (path, stamp, reader, name, source, said, unconfirmed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(path, *file) for path, file in files.items()],
    )


def _remember(db: Connection, before: Mapping[bytes, str | None]) -> None:
    db.execute("DELETE FROM read_file_before")
    db.conn.executemany(
        "INSERT INTO read_file_before (path, summary) VALUES (?, ?)", list(before.items())
    )
