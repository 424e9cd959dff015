"""One SQLite file: opened with its pragmas, brought to its schema, one writer, many readers.

Knows nothing of what the tables mean.
"""

import asyncio
import contextlib
import contextvars
import os
import re
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlite_utils
from sqlite_utils import Migrations

from store.errors import SchemaTooNewError, StoreError

P = ParamSpec("P")
T = TypeVar("T")

Connection = sqlite_utils.Database

OLDEST_SQLITE = (3, 40, 0)  # STRICT, RETURNING and the trigram tokenizer are relied upon
_WAL_AGAIN = 0.01  # seconds
LONGEST_WAIT = 10.0  # seconds, for another program's write to end
DRAFT = ".draft"  # what the name of an unfinished copy ends with

_STRANGE_SCHEMA = re.compile("no such (table|column)|already exists|duplicate column")

_REMEDIES = (
    ("database is locked", "another program is writing to it; wait, or stop that program"),
    ("readonly", "make the file and its folder writable for this user"),
    ("unable to open", "make the folder, writable for this user, or name another ATTACHE_DATA_DIR"),
    ("disk is full", "free space on the disk"),
    ("disk i/o", "the disk refuses; check its space, its quota and its health"),
    ("not a database", "it is no SQLite file; move it away, and restore a backup if there is one"),
    (
        "image is malformed",
        "the file is damaged; restore a backup, or delete it if it is knowledge.db",
    ),
)


@contextlib.contextmanager
def mendable(path: Path) -> Iterator[None]:
    """Turn the SQLite errors that an operator can mend into `StoreError`; bugs pass through."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        said = str(error).casefold()
        for sign, remedy in _REMEDIES:
            if sign in said:
                raise StoreError(f"{path}: {error}: {remedy}.") from error
        raise


def open_connection(
    path: Path, *, synchronous: str, writable: bool = True, patience: float | None = None
) -> Connection:
    """Open `path` with the house's pragmas; the caller closes it.

    `patience` is how many seconds another program's write is waited for.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreError(
            f"SQLite {sqlite3.sqlite_version} is too old; Attaché needs "
            f"{'.'.join(map(str, OLDEST_SQLITE))} or newer under this Python."
        )
    timeout = LONGEST_WAIT if patience is None else patience
    raw = sqlite3.connect(path, timeout=timeout, check_same_thread=False)
    try:
        _use_wal(raw, timeout)
        raw.execute(f"PRAGMA synchronous = {synchronous}")
        raw.execute("PRAGMA foreign_keys = ON")
        if not writable:
            raw.execute("PRAGMA query_only = ON")
    except BaseException:
        raw.close()
        raise
    return sqlite_utils.Database(raw, execute_plugins=False)


def _use_wal(raw: sqlite3.Connection, patience: float) -> None:
    """Have the file use a write-ahead log, which a new file is switched to by one at a time.

    SQLite does not wait for its busy timeout here, so two who open a new file at
    once are one too many: the other tries again.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            raw.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= deadline:
                raise
            time.sleep(_WAL_AGAIN)
        else:
            return


def select(
    db: Connection, question: str, values: Mapping[str, object] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the rows that `question` selects, as `db.query` does, at a third of its cost."""
    cursor = db.conn.execute(question, values or {})
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


@contextlib.contextmanager
def transaction(db: Connection, *, immediate: bool) -> Iterator[None]:
    """Hold one transaction; `immediate` takes the write lock first, as read-then-write needs."""
    db.conn.execute("BEGIN IMMEDIATE" if immediate else "BEGIN")
    try:
        yield
        # Here too: a commit that a deferred key or a full disk refuses stays open.
        db.conn.execute("COMMIT" if immediate else "ROLLBACK")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise


def copy(db: Connection, target: Path) -> None:
    """Copy what `db` holds at one moment to `target`, while others read and write.

    `target` is there whole or not at all. Raises `StoreError` where the copy cannot be
    written, or where `db` is damaged.
    """
    with mendable(target):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(dir=target.parent, prefix=target.stem, suffix=DRAFT)
            os.close(number)
        except OSError as error:
            raise StoreError(
                f"{target}: cannot be made ({error.strerror}): make its folder writable for this "
                "user, and free space on the disk."
            ) from error
        draft = Path(name)
        try:
            with contextlib.closing(sqlite3.connect(draft)) as made:
                db.conn.backup(made)  # in one step: of one moment, whoever writes meanwhile
                found = made.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise StoreError(f"{target}: not made, the original is damaged ({found}).")
            draft.rename(target)
        finally:
            draft.unlink(missing_ok=True)


def migrate(
    db: Connection, migrations: Migrations, path: Path, *, backup_first: bool = False
) -> None:
    """Bring the schema up to date in one transaction.

    With `backup_first`, a file that is not new is copied beside itself before. Raises
    `SchemaTooNewError` where the file knows a migration that this program does not, and
    `StoreError` where its tables are not those that a migration was written for.
    """
    applied = {migration.name for migration in migrations.applied(db)}
    known = {migration.name for migration in migrations.pending(db)} | applied
    ours = {migration.name for migration in migrations._migrations}  # noqa: SLF001 (no public list)
    if unknown := sorted(known - ours):
        raise SchemaTooNewError(path, unknown)
    if ours <= applied:
        return
    if backup_first and applied:
        first = migrations.pending(db)[0].name
        copy(db, path.with_name(f"{path.stem}-before-{first}{path.suffix}"))
    try:
        with transaction(db, immediate=True):
            migrations.apply(db)
    except sqlite3.OperationalError as error:
        if _STRANGE_SCHEMA.search(str(error)):
            raise StoreError(
                f"{path}: {error}: its tables are of an unfinished version; restore a backup, or "
                "move the file away to begin anew."
            ) from error
        raise


class Database:
    """One SQLite file, read by several threads at once and written by a single one.

    A question is a function of a connection; it runs in one read transaction, so
    all that it sees is of one moment. A change runs alone, in one write
    transaction that takes its lock first. No SQLite call runs on the event loop.
    """

    def __init__(
        self,
        path: Path,
        *,
        migrations: Migrations,
        synchronous: str,
        readers: int = 4,
        backup_first: bool = False,
        patience: float | None = None,
    ) -> None:
        self.path = path
        # What was read while this was one object holds as long as it is that: another stands
        # here from the beginning of each change, and from its end. Of this process only.
        self.state = object()
        self._synchronous = synchronous
        self._patience = patience
        with mendable(path):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(
                    f"{path.parent}: cannot be made ({error.strerror}): make it, writable for "
                    "this user, or name another ATTACHE_DATA_DIR."
                ) from error
            self._writing = open_connection(path, synchronous=synchronous, patience=patience)
            try:
                migrate(self._writing, migrations, path, backup_first=backup_first)
            except BaseException:
                self._writing.close()
                raise
        self._writer = ThreadPoolExecutor(1, thread_name_prefix=f"{path.stem}-writer")
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix=f"{path.stem}-reader")
        self._local = threading.local()
        self._reading: list[Connection] = []

    async def read(
        self,
        question: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Answer `question` from one moment's state, off the event loop."""
        within: Connection | None = getattr(self._local, "within", None)
        if within is not None:  # one of several, see below
            return question(within, *args, **kwargs)

        def answer() -> T:
            with mendable(self.path):
                db = self._reader()
                with transaction(db, immediate=False):
                    return question(db, *args, **kwargs)

        return await _in(self._readers, answer)

    async def read_together(self, answer: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Return what `answer` does, whose questions are all asked of the same moment's state.

        It runs off the event loop, there and back once: it may await nothing but `read`.
        """

        def ask(db: Connection) -> T:
            self._local.within = db
            try:
                return _result(answer())
            finally:
                self._local.within = None

        return await self.read(ask)

    async def write(
        self,
        change: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Carry out `change` whole or not at all, off the event loop."""

        def noted(db: Connection) -> T:
            return change(db, *args, **kwargs)

        self.state = object()
        return await self.write_aside(noted, then=self._become_another)

    async def write_aside(
        self, change: Callable[[Connection], T], *, then: Callable[[], None] | None = None
    ) -> T:
        """Carry out a change of something that nothing is remembered of; call `then` at its end."""

        def carry_out() -> T:
            try:
                with mendable(self.path), transaction(self._writing, immediate=True):
                    return change(self._writing)
            finally:
                if then is not None:
                    then()

        return await _in(self._writer, carry_out)

    def _become_another(self) -> None:
        self.state = object()

    def close(self) -> None:
        """Wait for what is under way, then close every connection."""
        self._writer.shutdown()
        self._readers.shutdown()
        for db in (*self._reading, self._writing):
            db.close()

    def _reader(self) -> Connection:
        db: Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = open_connection(
                self.path,
                synchronous=self._synchronous,
                writable=False,
                patience=self._patience,
            )
            self._local.db = db
            self._reading.append(db)
        return db


def _result(answer: Coroutine[Any, Any, T]) -> T:
    """Run what never waits to its end."""
    try:
        answer.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    answer.close()
    raise RuntimeError("it waits for something else than what it reads")


async def _in(executor: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    """Have `executor` do the work, in the context of who asks for it."""
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(executor, context.run, work)
