import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from store.database import DRAFT, Connection, Database, migrate, open_connection, transaction
from store.errors import StoreError
from store.ledger.backup import back_up
from store.ledger.schema import migrations, open_ledger
from tests.store.ledger.debts import fresh, owe, states

ROOT = Path(__file__).parents[3]
NOW = datetime(2022, 1, 10, 8, 5, 9, tzinfo=UTC)

# Makes a copy that never comes to its end.
CHILD = """
import sqlite3, sys, time
from datetime import UTC, datetime
from pathlib import Path
from store.ledger.backup import back_up
from tests.store.ledger.debts import fresh
class Slow:
    def backup(self, target):
        target.execute("CREATE TABLE half (made)")
        target.commit()
        print("copying", flush=True)
        time.sleep(60)
db = fresh(Path(sys.argv[1]))
db.conn, kept = Slow(), db.conn
back_up(db, Path(sys.argv[2]), now=datetime(2022, 1, 9, tzinfo=UTC))
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "ledger.db"
    with closing(fresh(path)) as db, transaction(db, immediate=True):
        owe(db, "one", "two")
    opened = open_ledger(path)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def is_sound(db: Connection) -> bool:
    return list(db.query("PRAGMA integrity_check")) == [{"integrity_check": "ok"}]


def test_a_backup_is_a_ledger_of_its_own_named_by_its_moment(
    ledger: Database, folder: Path
) -> None:
    made = back_up(ledger, folder, now=NOW.astimezone(timezone(timedelta(hours=5))))
    assert made == folder / "ledger-20220110-080509.db"
    assert names(folder) == [made.name]
    with closing(fresh(made)) as db:
        assert is_sound(db)
        assert states(db) == ["planned", "planned"]


def test_a_connection_can_be_backed_up_too(ledger: Database, folder: Path) -> None:
    with closing(fresh(ledger.path)) as db:
        made = back_up(db, folder, now=NOW)
    with closing(fresh(made)) as db:
        assert states(db) == ["planned", "planned"]


def test_only_the_newest_are_kept_and_what_is_not_a_backup_is_left_alone(
    ledger: Database, folder: Path
) -> None:
    folder.mkdir()
    others = ["ledger-before-m003_x.db", "ledger.db", "notes.txt"]
    for name in others:
        (folder / name).write_text("kept")
    for day in range(10):
        back_up(ledger, folder, now=NOW + timedelta(days=day), keep=3)
    kept = [f"ledger-202201{day}-080509.db" for day in (17, 18, 19)]
    assert names(folder) == sorted(kept + others)


def test_the_one_just_made_is_kept_also_by_a_clock_that_went_back(
    ledger: Database, folder: Path
) -> None:
    for day in (1, 2, 3, -5):
        back_up(ledger, folder, now=NOW + timedelta(days=day), keep=2)
    assert names(folder) == ["ledger-20220105-080509.db", "ledger-20220113-080509.db"]


async def test_a_backup_while_others_write_is_of_one_moment(ledger: Database, folder: Path) -> None:
    stop = False

    async def write() -> int:
        chat = 1
        while not stop:
            chat += 1
            await ledger.write(owe, "x" * 20_000 + f"{chat}", "y", chat=chat)
        return chat

    writing = asyncio.ensure_future(write())
    made = []
    for second in range(5):
        await asyncio.sleep(0.05)
        moment = NOW + timedelta(seconds=second)
        made.append(await asyncio.to_thread(back_up, ledger, folder, now=moment))
    stop = True
    written = await writing
    counts = [counted(path) for path in made]
    assert counts == sorted(counts)
    assert 1 < counts[0] < counts[-1] <= written


def counted(path: Path) -> int:
    """Count the chats of a sound ledger, each of which has its edition with its two parts."""
    with closing(fresh(path)) as db:
        assert is_sound(db)
        chats, editions, parts = db.execute(
            "SELECT (SELECT COUNT(*) FROM chat), (SELECT COUNT(*) FROM edition), "
            "(SELECT COUNT(*) FROM delivery)"
        ).fetchone()
    assert (editions, parts) == (chats, 2 * chats)
    return int(chats)


def test_a_backup_that_is_killed_leaves_none_and_its_draft_goes_with_a_later_one(
    ledger: Database, folder: Path
) -> None:
    child = subprocess.Popen(  # noqa: S603 (this Python, this code)
        [sys.executable, "-c", CHILD, str(ledger.path), str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    with child:
        assert child.stdout.readline() == "copying\n"
        child.kill()
    drafts = names(folder)
    assert drafts
    assert all(DRAFT in name for name in drafts)
    today = datetime.now(UTC)
    young = back_up(ledger, folder, now=today)
    assert names(folder) == sorted([young.name, *drafts])  # it may be somebody's who is at it
    late = back_up(ledger, folder, now=today + timedelta(days=2))
    assert names(folder) == [young.name, late.name]


def test_a_folder_that_cannot_be_written_is_explained(ledger: Database, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(
        StoreError, match=r"ledger-20220110-080509\.db: cannot be made \(.*\): make"
    ):
        back_up(ledger, tmp_path / "taken", now=NOW)


def test_a_damaged_ledger_takes_no_good_backup_s_place(ledger: Database, folder: Path) -> None:
    good = back_up(ledger, folder, now=NOW, keep=1)
    ledger.close()
    content = bytearray(ledger.path.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    ledger.path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        back_up(ledger, folder, now=NOW + timedelta(days=1), keep=1)
    assert names(folder) == [good.name]


def older(path: Path) -> None:
    """Make a ledger as the first version had it, with a chat in it."""
    with closing(open_connection(path, synchronous="FULL")) as db:
        migrations.apply(db, stop_before="m002_inbox_and_owner")
        db.table("chat").insert({"id": 7, "kind": "private", "since": 0})


def test_an_older_ledger_is_backed_up_before_it_is_migrated(tmp_path: Path) -> None:
    older(tmp_path / "ledger.db")
    open_ledger(tmp_path / "ledger.db").close()
    copy = tmp_path / "ledger-before-m002_inbox_and_owner.db"
    with closing(open_connection(copy, synchronous="FULL")) as db:
        assert is_sound(db)
        assert "owner" not in db.table_names()
        assert [row["id"] for row in db.query("SELECT id FROM chat")] == [7]
    open_ledger(tmp_path / "ledger.db").close()
    assert names(tmp_path) == [copy.name, "ledger.db"]


def test_a_new_ledger_needs_no_backup(tmp_path: Path) -> None:
    open_ledger(tmp_path / "ledger.db").close()
    assert names(tmp_path) == ["ledger.db"]


def test_a_ledger_that_cannot_be_backed_up_is_not_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.db"
    older(path)

    def refuse(db: Connection, target: Path) -> None:
        del db
        raise StoreError(f"{target}: cannot be made (No space left on device)")

    monkeypatch.setattr("store.database.copy", refuse)
    with pytest.raises(StoreError, match="ledger-before-m002"):
        open_ledger(path)
    with closing(open_connection(path, synchronous="FULL")) as db:
        assert "owner" not in db.table_names()
        migrate(db, migrations, path)
