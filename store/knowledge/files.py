"""The summary files that the knowledge was made of: what each said, and what they said before.

Rows only: whoever reads the files tells what is in them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A summary file as it was read."""

    stamp: str = ""  # what tells a changed file from this one; '': to be read again
    reader: str = ""  # stands for the program that read it
    summary: str  # JSON


Files = Mapping[bytes, ReadFile]


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
    gone: frozenset[bytes]
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
    return {
        row.pop("path"): ReadFile(**row)
        for row in db.query("SELECT path, stamp, reader, summary FROM read_file")
    }


def summaries(db: Connection) -> list[str]:
    """Return what the files say, as JSON."""
    return [row[0] for row in db.execute("SELECT summary FROM read_file ORDER BY path")]


def summaries_before(db: Connection) -> list[str]:
    """Return what the files said before, as JSON: what `take_back` brings back."""
    rows = db.execute(
        "SELECT path, summary FROM read_file "
        "WHERE path NOT IN (SELECT path FROM read_file_before) "
        "UNION ALL SELECT path, summary FROM read_file_before WHERE summary IS NOT NULL "
        "ORDER BY path"
    )
    return [summary for _, summary in rows]


def change(db: Connection, found: Files, story: str) -> Change:
    """Return how `found` and `story` differ from what is known."""
    known = read_files(db)
    gone = frozenset(known.keys() - found.keys())
    said: dict[bytes, str | None] = {path: known[path].summary for path in gone}
    for path, file in found.items():
        if path not in known:
            said[path] = None
        elif known[path].summary != file.summary:
            said[path] = known[path].summary
    return Change(
        known=len(known),
        written={path: file for path, file in found.items() if known.get(path) != file},
        gone=gone,
        before=said,
        story=story,
    )


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


def take_back(db: Connection, paths: str) -> str:
    """Bring back the files as they were before; undone again, it goes forward.

    `paths` is where they were read from. Returns where they were read from before.
    """
    at = state(db)
    if at.story_before is None or at.paths_before is None:
        raise ValueError("there is nothing to take back")
    known = read_files(db)
    before: dict[bytes, str | None] = {
        row["path"]: row["summary"]
        for row in db.query("SELECT path, summary FROM read_file_before")
    }
    back = {path: ReadFile(summary=said) for path, said in before.items() if said is not None}
    _write(db, back, before.keys() - back.keys())
    _remember(db, {path: known[path].summary if path in known else None for path in before})
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


def _write(
    db: Connection, files: Files, gone: Sequence[bytes] | frozenset[bytes] | set[bytes]
) -> None:
    db.conn.executemany("DELETE FROM read_file WHERE path = ?", [(path,) for path in gone])
    db.conn.executemany(
        "INSERT OR REPLACE INTO read_file (path, stamp, reader, summary) VALUES (?, ?, ?, ?)",
        [(path, file.stamp, file.reader, file.summary) for path, file in files.items()],
    )


def _remember(db: Connection, before: Mapping[bytes, str | None]) -> None:
    db.execute("DELETE FROM read_file_before")
    db.conn.executemany(
        "INSERT INTO read_file_before (path, summary) VALUES (?, ?)", list(before.items())
    )
