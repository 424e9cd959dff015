"""Alone: which one process may send from a ledger, and how another learns that it may not.

A file lock, freed by the kernel when its holder dies, decides; a row in the ledger says where
the holder runs. Its epoch grows with each taking, so that a holder whose lock was got round
(the lock file deleted, a disk shared by two machines) finds out before it sends.
"""

import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from store.database import Connection, Database
from store.errors import StoreError
from store.ledger.subscriptions import seconds

LOCK_NAME = "ledger.lock"  # beside the ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """The right to send; `epoch` is what `check_epoch` compares."""

    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Where the process runs that has, or had last, the right to send."""

    epoch: int
    host: str
    pid: int
    since: datetime

    def __str__(self) -> str:
        """Return it as an operator looks for it."""
        return f"on {self.host} (pid {self.pid}, since {self.since:%Y-%m-%d %H:%M:%S} UTC)"


class AloneError(StoreError):
    """This process cannot be the one that sends; `owner` is who does, where that is known."""

    def __init__(self, message: str, owner: Owner | None = None) -> None:
        self.owner = owner
        super().__init__(message)


class LostOwnershipError(StoreError):
    """Another process has taken over: this one must send no more."""

    def __init__(self, owner: Owner | None) -> None:
        self.owner = owner
        where = owner or "elsewhere"
        super().__init__(
            f"Attaché was started again {where} with the same ledger, past the lock: was "
            f"{LOCK_NAME} deleted, or is the folder shared by two machines? This copy sends no "
            "more; stop one of the two."
        )


@asynccontextmanager
async def take_over(path: Path, ledger: Database, *, now: datetime) -> AsyncIterator[Ownership]:
    """Be the one process that sends from `ledger` until left; `path` is the file to lock.

    Raises `AloneError` where another is, or where there can be no lock.
    """
    with _locked(path) as is_ours:
        if not is_ours:
            owner = await ledger.read(owner_of)
            where = owner or "with this data directory"
            raise AloneError(
                f"Attaché runs already {where}: stop it first, or give this copy its own "
                "ATTACHE_DATA_DIR and token.",
                owner,
            )
        host, pid = socket.gethostname(), os.getpid()
        epoch = await ledger.write(_take, host=host, pid=pid, now=now)
        yield Ownership(epoch=epoch)


def owner_of(db: Connection) -> Owner | None:
    """Return who took the ledger last, running or not; None before the first."""
    row = db.execute("SELECT epoch, host, pid, since FROM owner").fetchone()
    if row is None:
        return None
    epoch, host, pid, since = row
    return Owner(epoch=epoch, host=host, pid=pid, since=datetime.fromtimestamp(since, UTC))


def check_epoch(db: Connection, epoch: int) -> None:
    """Raise `LostOwnershipError` where another has taken over since `epoch`.

    To be called in the write transaction by which parts become sending.
    """
    owner = owner_of(db)
    if owner is None or owner.epoch != epoch:
        raise LostOwnershipError(owner)


def _take(db: Connection, *, host: str, pid: int, now: datetime) -> int:
    row = db.execute(
        "INSERT INTO owner (id, epoch, host, pid, since) VALUES (1, 1, :host, :pid, :since) "
        "ON CONFLICT (id) DO UPDATE SET "
        "epoch = epoch + 1, host = :host, pid = :pid, since = :since RETURNING epoch",
        {"host": host, "pid": pid, "since": seconds(now)},
    ).fetchone()
    return int(row[0])


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    """Hold the lock on `path` until left; give False where another process holds it.

    The file stays: were it deleted, a third process could lock a new one of the same name.
    """
    try:
        import fcntl  # noqa: PLC0415 (Windows has none, and has to be told so in plain words)
    except ImportError as error:
        raise AloneError(
            "Attaché cannot run here: without file locks (Python's fcntl) two copies could send "
            "everything twice. Windows is not supported; use Linux, macOS, WSL or Docker."
        ) from error
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise AloneError(
            f"{path}: cannot be opened ({error.strerror}): make the file and its folder writable "
            "for this user, or name another ATTACHE_DATA_DIR."
        ) from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = True
        except BlockingIOError:
            is_ours = False
        except OSError as error:
            raise AloneError(
                f"{path}: cannot be locked ({error.strerror}): this disk knows no file locks; "
                "name an ATTACHE_DATA_DIR on a disk of this machine."
            ) from error
        yield is_ours
    finally:
        os.close(file)
