"""Ledgers that an operator has to mend: each is explained, and nothing is sent twice or lost."""

import asyncio
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.digest.broadcast import Broadcast
from bot.digest.sender import Outcome, Taken
from store.database import Database, transaction
from store.errors import SchemaTooNewError, StoreError
from store.ledger import deliveries
from store.ledger.schema import open_ledger
from store.ledger.values import Owed, Policy
from tests.store.ledger.debts import EPOCH, LATER, fresh, of_chat, owe, reasons, states

ROOT = Path(__file__).parents[3]
CHATS = range(1, 5)

# Opens the ledger and writes until it is refused; root may write everywhere, so it is not root.
WRITER = """
import asyncio, os, resource, sys
from pathlib import Path
from store.errors import StoreError
from store.ledger import deliveries, subscriptions
from store.ledger.schema import open_ledger
from tests.store.ledger.debts import EPOCH, LATER, owe
async def main():
    path, most = Path(sys.argv[1]), int(sys.argv[2])
    if os.geteuid() == 0 and not most:
        os.setegid(65534); os.seteuid(65534)
    try:
        ledger = open_ledger(path)
        if most:
            size = path.stat().st_size + most
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        for chat in range(10, 5000):
            await ledger.write(owe, "x" * 5000 + str(chat), chat=chat)
    except StoreError as error:
        print(error)
asyncio.run(main())
"""


def in_debt(path: Path) -> None:
    """Make a ledger in which four chats are owed two parts each."""
    with closing(fresh(path)) as db, transaction(db, immediate=True):
        for chat in CHATS:
            owe(db, "one", "two", chat=chat)


def owed(path: Path) -> list[list[str]]:
    with closing(fresh(path)) as db:
        return [states(db, chat=chat) for chat in CHATS]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "ledger.db"
    in_debt(made)
    return made


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """Give a folder that somebody who is not root can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


def written(path: Path, most: int = 0) -> str:
    """Let another process write, files growing by `most` bytes at the most; what it says."""
    return subprocess.run(  # noqa: S603 (this Python, this code)
        [sys.executable, "-c", WRITER, str(path), str(most)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
    ).stdout


def test_a_full_disk_is_explained_and_what_was_written_before_is_kept(path: Path) -> None:
    said = written(path, most=300_000)
    assert said.startswith(f"{path}: ")
    assert "check its space" in said or "free space" in said
    with closing(fresh(path)) as db:
        assert [states(db, chat=chat) for chat in CHATS] == [["planned"] * 2] * 4
        assert list(db.query("PRAGMA integrity_check")) == [{"integrity_check": "ok"}]
        one_each = "SELECT COUNT(*) FROM delivery JOIN edition ON edition = edition.id WHERE chat>9"
        chats = db.execute("SELECT COUNT(*) FROM chat WHERE id > 9").fetchone()
        assert db.execute(one_each).fetchone() == chats
        assert chats[0] > 0


@pytest.mark.parametrize("folder_too", [False, True])
def test_a_read_only_ledger_is_explained(open_to_all: Path, folder_too: bool) -> None:  # noqa: FBT001
    path = open_to_all / "ledger.db"
    in_debt(path)
    path.chmod(0o444)
    if folder_too:
        open_to_all.chmod(0o555)
    said = written(path)
    assert said.startswith(f"{path}: ")
    assert "writable for this user" in said
    path.chmod(0o644)
    open_to_all.chmod(0o777)
    assert owed(path) == [["planned"] * 2] * 4


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.95])
def test_a_truncated_ledger_is_explained_and_left_as_it_is(path: Path, share: float) -> None:
    whole = path.read_bytes()
    left = whole[: int(len(whole) * share)]
    path.write_bytes(left)
    with pytest.raises(StoreError, match=r"ledger\.db: .*restore a backup"):
        open_ledger(path)
    assert path.read_bytes() == left


def test_garbage_is_explained_and_left_as_it_is(path: Path) -> None:
    garbage = bytes(range(256)) * 64
    path.write_bytes(garbage)
    with pytest.raises(StoreError, match=r"ledger\.db: file is not a database: .*a backup"):
        open_ledger(path)
    assert path.read_bytes() == garbage


def test_a_damage_in_the_middle_is_explained_when_it_is_met(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)

    async def use() -> None:
        ledger = open_ledger(path)
        try:
            await ledger.write(deliveries.take, epoch=EPOCH, now=LATER, limit=9)
        finally:
            ledger.close()

    with pytest.raises(StoreError, match=r"ledger\.db: .*malformed: .*restore a backup"):
        asyncio.run(use())


def test_a_newer_ledger_is_refused_and_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('ledger', 'm999_moons', '')"
        )
        db.commit()
    before = path.read_bytes()
    with pytest.raises(SchemaTooNewError, match=r"ledger\.db was written by a newer .*m999_moons"):
        open_ledger(path)
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == ["ledger.db"]


async def test_a_ledger_locked_by_another_program_is_explained(path: Path) -> None:
    ledger = open_ledger(path, patience=0.05)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"ledger\.db: database is locked: another program"):
            await ledger.write(deliveries.take, epoch=EPOCH, now=LATER, limit=9)
    await asyncio.to_thread(ledger.close)
    assert owed(path) == [["planned"] * 2] * 4


# A ledger that breaks between Telegram's answer and its record


class Telegram:
    """Takes each part, and lets something happen to the ledger once it has two."""

    def __init__(self, then: Callable[[], None]) -> None:
        self.got: list[tuple[int, str]] = []
        self._then = then

    async def __call__(self, part: Owed) -> Outcome:
        self.got.append((part.chat, part.content))
        if len(self.got) == 2:
            self._then()
        await asyncio.sleep(0.01)
        return Taken(message=len(self.got))


def broadcast_of(ledger: Database, telegram: Telegram, policy: Policy = Policy.LEAVE) -> Broadcast:
    return Broadcast(
        ledger=ledger, sender=telegram, clock=lambda: LATER, epoch=EPOCH, policy=policy
    )


def fill_up(ledger: Database) -> None:
    """Leave no room for what is recorded; SQLite says what it says on a full disk."""
    db = ledger._writing
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")
    db.execute(
        "CREATE TEMP TRIGGER grows AFTER UPDATE ON delivery WHEN new.state = 'sent' "
        "BEGIN INSERT INTO content VALUES (new.id, hex(zeroblob(50000))); END"
    )


async def test_a_ledger_locked_in_the_middle_stops_the_broadcast_and_is_caught_up_with(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    other = sqlite3.connect(path, check_same_thread=False)
    telegram = Telegram(lambda: other.execute("BEGIN IMMEDIATE"))  # type: ignore[arg-type]
    ledger = open_ledger(path, patience=0.05)
    broadcast = broadcast_of(ledger, telegram)
    with pytest.raises(BaseExceptionGroup) as raised:
        await broadcast()
    assert raised.group_contains(StoreError, match=r"ledger\.db: database is locked")
    assert "not recorded yet" in caplog.text
    assert "another program is writing to it; wait, or stop that program" in caplog.text
    with pytest.raises(BaseExceptionGroup):
        await broadcast()
    assert sorted(telegram.got) == [(chat, "one") for chat in CHATS]
    other.close()
    await broadcast()
    assert sorted(telegram.got) == [(c, part) for c in CHATS for part in ("one", "two")]
    await asyncio.to_thread(ledger.close)
    assert owed(path) == [["sent", "sent"]] * 4


@pytest.mark.parametrize("policy", Policy)
async def test_after_a_restart_what_a_full_disk_did_not_take_is_uncertain(
    path: Path, policy: Policy, caplog: pytest.LogCaptureFixture
) -> None:
    ledger = open_ledger(path)
    telegram = Telegram(lambda: None)
    fill_up(ledger)
    with pytest.raises(BaseExceptionGroup) as raised:
        await broadcast_of(ledger, telegram)()
    assert raised.group_contains(StoreError, match=r"ledger\.db: database or disk is full: free")
    assert "free space on the disk" in caplog.text
    assert sorted(telegram.got) == [(chat, "one") for chat in CHATS]
    await asyncio.to_thread(ledger.close)  # the process ends, and what it knew with it
    assert owed(path) == [["sending", "planned"]] * 4
    again = open_ledger(path)
    broadcast = broadcast_of(again, telegram, policy)
    assert await broadcast.recover() == 4
    await broadcast()
    await asyncio.to_thread(again.close)
    resent = policy is Policy.RESEND
    assert owed(path) == [["sent" if resent else "uncertain", "sent"]] * 4
    assert len(telegram.got) == (12 if resent else 8)
    with closing(fresh(path)) as db:
        assert "the bot stopped while it was being sent" in str(reasons(db)[0])
        assert [part["state"] for part in of_chat(db, 1)][1] == "sent"


async def test_a_take_that_fails_leaves_nothing_under_way_unrecorded(path: Path) -> None:
    telegram = Telegram(lambda: None)
    ledger = open_ledger(path)
    takes = 0

    async def write(change: Callable[..., object], *args: object, **kwargs: object) -> object:
        nonlocal takes
        takes += bool(kwargs["limit"])
        if kwargs["limit"] and takes > 1:
            raise StoreError("ledger.db: database is locked")
        return await Database.write(ledger, change, *args, **kwargs)

    ledger.write = write  # type: ignore[method-assign,assignment]
    with pytest.raises(BaseExceptionGroup) as raised:
        await broadcast_of(ledger, telegram)()
    assert raised.group_contains(StoreError)
    await asyncio.to_thread(ledger.close)
    assert owed(path) == [["sent", "planned"]] * 4
