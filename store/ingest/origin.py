"""Where the story is read from: what was named by hand, or what is configured."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from store.database import Connection


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


def is_origin(db: Connection, configured: Path, paths: Sequence[Path]) -> bool:
    """Tell whether it is remembered that `paths` are read while `configured` is set."""
    origin = db.execute("SELECT configured, paths FROM origin").fetchall()
    return origin == [(str(configured), joined(paths))]


def remember(db: Connection, configured: Path, paths: Sequence[Path]) -> None:
    """Remember that `paths` are read while `configured` is set, if what is known is of them."""
    if loaded_from(db) == tuple(paths):
        set_origin(db, configured, joined(paths))


def split(paths: str) -> tuple[Path, ...]:
    """Return paths that are written one a line."""
    return tuple(map(Path, paths.split("\n")))


def joined(paths: Iterable[Path]) -> str:
    """Write paths one a line."""
    return "\n".join(map(str, paths))


def set_origin(db: Connection, configured: Path, paths: str) -> None:
    """Remember that `paths`, one a line, are read while `configured` is set."""
    origin = {"id": 1, "configured": str(configured), "paths": paths}
    if list(db.query("SELECT id, configured, paths FROM origin")) != [origin]:
        db.table("origin").upsert(origin, pk="id")
