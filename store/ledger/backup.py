"""Backups: copies of the ledger, made while it is in use, of which the newest are kept."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from store.database import DRAFT, Connection, Database, copy, mendable, open_connection

_ABANDONED = timedelta(days=1)  # a draft so old is of a process that was killed


def back_up(db: Database | Connection, folder: Path, *, now: datetime, keep: int = 7) -> Path:
    """Copy the ledger to `folder`/ledger-YYYYMMDD-HHMMSS.db; keep the newest `keep` of those.

    Takes as long as the disk needs: not to be called on the event loop. Raises
    `StoreError` where the copy cannot be made; the older ones are all there then.
    """
    made = folder / f"ledger-{now.astimezone(UTC):%Y%m%d-%H%M%S}.db"
    if isinstance(db, Database):
        with (
            mendable(db.path),
            closing(open_connection(db.path, synchronous="FULL", writable=False)) as reading,
        ):
            copy(reading, made)
    else:
        copy(db, made)
    _tidy(folder, made, now, keep)
    return made


def _tidy(folder: Path, made: Path, now: datetime, keep: int) -> None:
    others = sorted(set(folder.glob("ledger-[0-9]*-[0-9]*.db")) - {made}, reverse=True)
    for old in others[max(keep - 1, 0) :]:
        old.unlink(missing_ok=True)
    for draft in folder.glob(f"ledger-*{DRAFT}*"):
        if draft.exists() and now.timestamp() - draft.stat().st_mtime > _ABANDONED.total_seconds():
            draft.unlink(missing_ok=True)
