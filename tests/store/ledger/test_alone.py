"""The right to send: taken by real processes, killed, and got round."""

import asyncio
import errno
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from store.database import Database
from store.errors import StoreError
from store.ledger.alone import (
    LOCK_NAME,
    AloneError,
    LostOwnershipError,
    Owner,
    Ownership,
    check_epoch,
    owner_of,
    take_over,
)
from store.ledger.schema import open_ledger

ROOT = Path(__file__).parents[3]
NOW = datetime(2022, 1, 20, 9, 30, 5, tzinfo=UTC)

# Takes the ledger over, says with which epoch or why not, and holds it until its input ends.
OTHER = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from store.ledger.alone import AloneError, take_over
from store.ledger.schema import open_ledger
async def main(folder):
    ledger = open_ledger(folder / "ledger.db")
    now = datetime(2022, 1, 19, 8, tzinfo=UTC)
    try:
        async with take_over(folder / "ledger.lock", ledger, now=now) as ownership:
            print("epoch", ownership.epoch, flush=True)
            sys.stdin.read()
    except AloneError as error:
        print(error, flush=True)
    ledger.close()
asyncio.run(main(Path(sys.argv[1])))
"""


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Database]:
    database = open_ledger(tmp_path / "ledger.db")
    yield database
    await asyncio.to_thread(database.close)


@asynccontextmanager
async def another(folder: Path) -> AsyncIterator[tuple[Process, str]]:
    """Start another process on the same ledger; give it and the first that it says."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        OTHER,
        str(folder),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=PIPE,
        stdout=PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            yield process, (await process.stdout.readline()).decode().strip()
    finally:
        process.stdin.close()
        await process.wait()


def taking(ledger: Database) -> AbstractAsyncContextManager[Ownership]:
    return take_over(ledger.path.with_name(LOCK_NAME), ledger, now=NOW)


async def test_who_takes_over_is_written_down(ledger: Database) -> None:
    assert await ledger.read(owner_of) is None
    async with taking(ledger) as ownership:
        assert ownership == Ownership(epoch=1)
        expected = Owner(epoch=1, host=socket.gethostname(), pid=os.getpid(), since=NOW)
        assert await ledger.read(owner_of) == expected
    async with taking(ledger) as ownership:
        assert ownership == Ownership(epoch=2)


async def test_a_second_process_is_refused_and_told_where_the_first_runs(
    ledger: Database, tmp_path: Path
) -> None:
    async with another(tmp_path) as (first, said):
        assert said == "epoch 1"
        with pytest.raises(AloneError) as refused:
            await taking(ledger).__aenter__()
        where = f"on {socket.gethostname()} (pid {first.pid}, since 2022-01-19 08:00:00 UTC)"
        assert str(refused.value).startswith(f"Attaché runs already {where}: stop it first")
        assert refused.value.owner is not None
        assert refused.value.owner.pid == first.pid
    async with taking(ledger) as ownership:
        assert ownership.epoch == 2
        async with another(tmp_path) as (_, said):
            assert f"(pid {os.getpid()}, since 2022-01-20 09:30:05 UTC)" in said


async def test_a_killed_process_holds_nothing(ledger: Database, tmp_path: Path) -> None:
    async with another(tmp_path) as (first, _):
        first.send_signal(signal.SIGKILL)
        await first.wait()
        async with taking(ledger) as ownership:
            assert ownership.epoch == 2


async def test_the_lock_is_not_handed_down_to_a_child_process(ledger: Database) -> None:
    async with taking(ledger):
        child = await asyncio.create_subprocess_exec("sleep", "60", close_fds=False)
    try:
        async with taking(ledger) as ownership:
            assert ownership.epoch == 2
    finally:
        child.kill()
        await child.wait()


async def test_who_was_taken_over_from_past_the_lock_finds_out(
    ledger: Database, tmp_path: Path
) -> None:
    async with taking(ledger) as ownership:
        await ledger.write(check_epoch, ownership.epoch)
        (tmp_path / LOCK_NAME).unlink()
        async with another(tmp_path) as (second, said):
            assert said == "epoch 2"
            with pytest.raises(LostOwnershipError) as lost:
                await ledger.write(check_epoch, ownership.epoch)
        assert f"(pid {second.pid}, since" in str(lost.value)
        assert "deleted" in str(lost.value)


async def test_a_ledger_that_nobody_took_is_nobodys(ledger: Database) -> None:
    with pytest.raises(LostOwnershipError):
        await ledger.write(check_epoch, 1)


async def test_a_file_that_cannot_be_opened_is_said_with_what_to_do(
    ledger: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / LOCK_NAME

    def read_only(*_: object) -> NoReturn:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(StoreError) as refused:
        await taking(ledger).__aenter__()
    assert str(refused.value) == (
        f"{path}: cannot be opened (Read-only file system): make the file and its folder "
        "writable for this user, or name another ATTACHE_DATA_DIR."
    )


@pytest.fixture
def _read_only(ledger: Database) -> Iterator[None]:
    """Make the ledger's folder read-only; nothing is for root, so be nobody meanwhile."""
    user, folder = os.geteuid(), ledger.path.parent
    folder.chmod(0o500)
    if user == 0:
        os.seteuid(65534)
    yield
    os.seteuid(user)
    folder.chmod(0o700)


@pytest.mark.usefixtures("_read_only")
async def test_a_read_only_folder_is_said_with_what_to_do(ledger: Database) -> None:
    with pytest.raises(AloneError, match=r"cannot be opened \(Permission denied\): make"):
        await taking(ledger).__aenter__()


async def test_a_disk_without_locks_is_said_with_what_to_do(
    ledger: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> NoReturn:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", no_locks)
    with pytest.raises(AloneError, match="this disk knows no file locks"):
        await taking(ledger).__aenter__()


async def test_windows_is_told_that_it_is_not_supported(
    ledger: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with pytest.raises(AloneError, match="Windows is not supported"):
        await taking(ledger).__aenter__()
