"""The inbox: updates written down before Telegram counts them as taken, until they are handled.

Knows an update as a number, a lane and a text. Who is handed which update when is not here.
"""

import asyncio
import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from store.database import Connection, Database

T = TypeVar("T")

# Telegram sends at most 100 updates, or by as many connections, before it knows them taken;
# so many more handled ones are known again when it repeats one.
REMEMBERED = 10_000
DEATHS = 3  # a fourth attempt is not made


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An update as it came; `lane` is the chat or person whose updates keep their order."""

    update_id: int
    lane: int
    body: str  # JSON
    begins: bool = False  # is handled at once: that counts as begun by the same commit
    is_early: bool = False  # is being handled already, or was
    is_over: bool = False  # was, but could not be written down meanwhile

    @property
    def digest(self) -> bytes:
        """Return what tells this update from another of the same number."""
        return hashlib.blake2b(self.body.encode(), digest_size=16, person=b"update").digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An update in the inbox; `attempts` counts the handlings that a process died in."""

    n: int
    update_id: int
    lane: int
    body: str
    attempts: int = 0
    begun: bool = False  # that its handling begins now is written down already

    @property
    def is_last_chance(self) -> bool:
        """Tell whether the process dying once more sets this update aside."""
        return self.attempts >= DEATHS - 1


WriteDown = Callable[[Connection], object]
_meanwhile: ContextVar[WriteDown | None] = ContextVar("meanwhile", default=None)


def handled_meanwhile(write_down: WriteDown) -> None:
    """Count, until the task ends, on an update that may not have been written down yet.

    The first change that it makes `once` writes it down too, if nothing has by then.
    """
    _meanwhile.set(write_down)


def arrival(update_id: int, lane: int, update: dict[str, Any], **how: bool) -> Arrival:
    """Return an update as the inbox keeps it: the same text however its fields are ordered."""
    body = json.dumps(update, sort_keys=True)
    return Arrival(update_id=update_id, lane=lane, body=body, **how)


def keep(db: Connection, came: Arrival) -> Kept | None:
    """Write an update down; return None where it is here, or was handled, already.

    What is handled early may be here by its own changes: that is no other.
    """
    key = {"update_id": came.update_id, "digest": came.digest}
    handled = db.execute(
        "SELECT 1 FROM inbox_handled WHERE update_id = :update_id AND digest = :digest", key
    ).fetchone()
    if handled:
        return None
    row = db.execute(
        "INSERT INTO inbox (update_id, digest, lane, body, attempts) "
        "VALUES (:update_id, :digest, :lane, :body, :begins) ON CONFLICT DO NOTHING RETURNING n",
        key | {"lane": came.lane, "body": came.body, "begins": came.begins},
    ).fetchone()
    if row is None and came.is_early:
        row = db.execute(
            "SELECT n FROM inbox WHERE update_id = :update_id AND digest = :digest", key
        ).fetchone()
    if row is None:
        return None
    if came.is_over:
        end(db, row[0])
        return None
    return Kept(
        n=row[0], update_id=came.update_id, lane=came.lane, body=came.body, begun=came.begins
    )


def begin(db: Connection, n: int) -> None:
    """Count that the handling of an update begins: to be committed before it does."""
    db.execute("UPDATE inbox SET attempts = attempts + 1 WHERE n = :n", {"n": n})


def end(db: Connection, n: int) -> None:
    """Take a handled update out, with the changes it made; remember for a while that it was."""
    db.execute(
        "INSERT OR IGNORE INTO inbox_handled (n, update_id, digest) "
        "SELECT n, update_id, digest FROM inbox WHERE n = :n",
        {"n": n},
    )
    db.execute("DELETE FROM inbox WHERE n = :n", {"n": n})
    db.execute("DELETE FROM inbox_handled WHERE n <= :oldest", {"oldest": n - REMEMBERED})


def once(db: Connection, update_id: int, name: str) -> bool:
    """Tell whether the change `name` of an update has still to be made, and count it as made.

    To be called in the write transaction that makes the change. An update that came by
    another way than the inbox is never handled again: its changes are always to be made.
    """
    n = _number(db, update_id)
    write_down = _meanwhile.get()
    if n is None and write_down is not None:
        write_down(db)
        n = _number(db, update_id)
    if n is None:
        return True
    made = db.execute(
        "INSERT INTO inbox_change (n, name) VALUES (:n, :name) ON CONFLICT DO NOTHING RETURNING n",
        {"n": n, "name": name},
    ).fetchall()
    return bool(made)


def _number(db: Connection, update_id: int) -> int | None:
    row = db.execute(
        "SELECT MAX(n) FROM inbox WHERE update_id = :update_id", {"update_id": update_id}
    ).fetchone()
    return None if row[0] is None else int(row[0])


def change_once(
    db: Connection, change: Callable[[Connection], object], *, update_id: int, name: str
) -> None:
    """Make the change `name` of an update, unless it was made before the process was killed."""
    if once(db, update_id, name):
        change(db)


def set_aside(db: Connection) -> tuple[Kept, ...]:
    """Set aside what the process died of often enough; return all that is not reported yet.

    To be called before anything is handled, by the one process that handles.
    """
    db.execute(
        "UPDATE inbox SET aside = 'new' WHERE aside IS NULL AND attempts >= :deaths",
        {"deaths": DEATHS},
    )
    return _kept(
        db.query(
            "SELECT n, update_id, lane, body, attempts FROM inbox WHERE aside = 'new' ORDER BY n"
        )
    )


def reported(db: Connection, numbers: Iterable[int]) -> None:
    """Note that somebody was told of these updates set aside."""
    db.conn.executemany(
        "UPDATE inbox SET aside = 'reported' WHERE n = :n", [{"n": n} for n in numbers]
    )


def first_of_others(db: Connection, lanes: Iterable[int], limit: int) -> tuple[Kept, ...]:
    """Return the first update of each lane that is not among `lanes`, the oldest first."""
    return _kept(
        db.query(
            "SELECT n, update_id, inbox.lane, body, attempts FROM inbox JOIN "
            "(SELECT MIN(n) AS first FROM inbox WHERE aside IS NULL AND "
            "lane NOT IN (SELECT value FROM json_each(:lanes)) GROUP BY lane "
            "ORDER BY first LIMIT :limit) ON n = first ORDER BY n",
            {"lanes": json.dumps(list(lanes)), "limit": limit},
        )
    )


def next_of_each(
    db: Connection, after: Mapping[int, int], limit: int
) -> dict[int, tuple[Kept, ...]]:
    """Return each lane's updates that came after the one given, `limit` of a lane at most."""
    return {
        lane: _kept(
            db.query(
                "SELECT n, update_id, lane, body, attempts FROM inbox WHERE aside IS NULL "
                "AND lane = :lane AND n > :after ORDER BY n LIMIT :limit",
                {"lane": lane, "after": n, "limit": limit},
            )
        )
        for lane, n in after.items()
    }


def waiting(db: Connection) -> int:
    """Return how many updates are to be handled or being handled."""
    return int(db.execute("SELECT COUNT(*) FROM inbox WHERE aside IS NULL").fetchone()[0])


def _kept(rows: Iterable[dict[str, Any]]) -> tuple[Kept, ...]:
    return tuple(Kept(**row) for row in rows)


@dataclass(frozen=True, slots=True)
class _Change(Generic[T]):
    make: Callable[[Connection], T]
    then: Callable[[T], object] | None
    otherwise: Callable[[], object] | None
    answer: asyncio.Future[T]

    def succeed(self, result: T) -> None:
        if self.then is not None:
            self.then(result)
        if not self.answer.done():  # who asked may have gone
            self.answer.set_result(result)

    def fail(self, error: Exception) -> None:
        if self.otherwise is not None:
            self.otherwise()
        if not self.answer.done():
            self.answer.set_exception(error)


def _make_all(db: Connection, changes: Iterable[_Change[Any]]) -> list[Any]:
    return [change.make(db) for change in changes]


@dataclass(slots=True)
class GroupCommit:
    """Changes that come while one commit is under way share the next one.

    A change that fails takes those in its group with it, so only such changes belong
    here as can fail together: on a full disk, not on what they say.
    """

    database: Database
    _pending: deque[_Change[Any]] = field(default_factory=deque)
    _committing: asyncio.Task[None] | None = None

    async def write(
        self,
        change: Callable[[Connection], T],
        then: Callable[[T], object] | None = None,
        otherwise: Callable[[], object] | None = None,
        *,
        after: float = 0.0,
    ) -> T:
        """Carry out `change`; call `then` with its result in the order of commit, whoever waits.

        `otherwise` is called where it fails. So many seconds `after` may pass before it begins.
        """
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        asked = _Change(change, then, otherwise, answer)
        self._pending.append(asked)
        if self._committing is None:
            self._committing = asyncio.ensure_future(self._commit(after))
        return await answer

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        if self._committing is not None:
            await asyncio.wait({self._committing})

    async def _commit(self, after: float) -> None:
        try:
            if after:
                await asyncio.sleep(after)
            while self._pending:
                group = list(self._pending)
                self._pending.clear()
                await self._commit_group(group)
        finally:
            self._committing = None

    async def _commit_group(self, group: list[_Change[Any]]) -> None:
        try:
            results = await self.database.write_aside(lambda db: _make_all(db, group))
        except Exception as error:  # noqa: BLE001 (each that waits raises it)
            for asked in group:
                asked.fail(error)
        else:
            for asked, result in zip(group, results, strict=True):
                asked.succeed(result)
