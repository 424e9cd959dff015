import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Migrations

from store import database
from store.database import Connection, Database, mendable, migrate, open_connection, transaction
from store.errors import SchemaTooNewError, StoreError
from store.knowledge.schema import migrations as knowledge_migrations
from store.knowledge.schema import open_knowledge
from store.knowledge.sources import counts
from tests.store.stories import fresh, load, summary


def small(*, more: bool = False) -> Migrations:
    migrations = Migrations("small")

    @migrations(name="m001")
    def _first(db: Connection) -> None:
        db.execute("CREATE TABLE parent (key TEXT PRIMARY KEY) STRICT")
        db.execute(
            "CREATE TABLE child (parent TEXT REFERENCES parent(key) DEFERRABLE INITIALLY DEFERRED)"
        )

    if more:

        @migrations(name="m002")
        def _second(db: Connection) -> None:
            db.execute("ALTER TABLE parent ADD COLUMN name TEXT")

    return migrations


def opened(path: Path, *, more: bool = False) -> Database:
    return Database(path, migrations=small(more=more), synchronous="NORMAL")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "made" / "below" / "small.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[Database]:
    made = opened(path)
    yield made
    made.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LONGEST_WAIT", 0.0)


def add(db: Connection, key: str = "a") -> None:
    db.execute("INSERT INTO parent (key) VALUES (?)", [key])


def keys(db: Connection) -> list[str]:
    return [row["key"] for row in db.query("SELECT key FROM parent ORDER BY key")]


async def test_what_is_written_is_read(store: Database) -> None:
    await store.write(add, "a")
    await store.write(add, key="b")
    assert await store.read(keys) == ["a", "b"]


async def test_a_change_that_fails_changes_nothing(store: Database) -> None:
    def halfway(db: Connection) -> None:
        add(db)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(halfway)
    assert await store.read(keys) == []
    await store.write(add)
    assert await store.read(keys) == ["a"]


async def test_a_change_that_the_commit_refuses_changes_nothing(store: Database) -> None:
    def dangling(db: Connection) -> None:
        add(db)
        db.execute("INSERT INTO child (parent) VALUES ('nobody')")

    with pytest.raises(sqlite3.IntegrityError):
        await store.write(dangling)
    assert await store.read(keys) == []
    await store.write(add)
    assert await store.read(keys) == ["a"]


async def test_library_calls_inside_a_change_do_not_commit_it(store: Database) -> None:
    def halfway(db: Connection) -> None:
        db.table("parent").insert_all({"key": f"{n}"} for n in range(500))
        db.table("parent").upsert({"key": "1"}, pk="key")
        db.table("parent").delete_where("key = '2'")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(halfway)
    assert await store.read(keys) == []


async def test_readers_cannot_write(store: Database) -> None:
    with pytest.raises(StoreError, match="readonly"):
        await store.read(add)
    assert await store.read(keys) == []


async def test_a_question_sees_one_moment(store: Database) -> None:
    loop = asyncio.get_running_loop()

    def ask(db: Connection) -> tuple[list[str], list[str]]:
        before = keys(db)
        asyncio.run_coroutine_threadsafe(store.write(add), loop).result(5)
        return before, keys(db)

    assert await store.read(ask) == ([], [])
    assert await store.read(keys) == ["a"]


async def test_questions_do_not_wait_for_each_other(store: Database) -> None:
    together = threading.Barrier(4, timeout=5)
    await asyncio.gather(*(store.read(lambda _: together.wait()) for _ in range(4)))


async def test_bugs_pass_through(store: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await store.read(lambda db: db.execute("SELECT * FROM nowhere"))
    with pytest.raises(sqlite3.IntegrityError):
        await store.write(lambda db: db.table("parent").insert_all([{"key": "a"}, {"key": "a"}]))
    with pytest.raises(ZeroDivisionError):
        await store.read(lambda _: 1 / 0)


async def test_closing_waits_for_what_is_under_way_and_may_be_repeated(path: Path) -> None:
    store = opened(path)
    begun, may_end = threading.Event(), threading.Event()

    def slowly(db: Connection) -> None:
        begun.set()
        may_end.wait(5)
        add(db)

    writing = asyncio.ensure_future(store.write(slowly))
    await asyncio.to_thread(begun.wait, 5)
    closing_it = asyncio.ensure_future(asyncio.to_thread(store.close))
    await asyncio.sleep(0.02)
    assert not closing_it.done()
    may_end.set()
    await asyncio.gather(writing, closing_it)
    store.close()
    again = opened(path)
    assert await again.read(keys) == ["a"]
    again.close()


async def test_a_locked_database_is_explained(path: Path, impatient: None) -> None:  # noqa: ARG001
    store = opened(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="database is locked: another program") as raised:
            await store.write(add)
        assert str(path) in str(raised.value)
        assert await store.read(keys) == []  # readers do not wait for writers
        other.rollback()
    await store.write(add)
    store.close()


@pytest.mark.usefixtures("impatient")
def test_a_database_locked_at_the_start_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match=r"small\.db: database is locked"):
            opened(path)


def test_a_folder_in_the_place_of_the_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"unable to open database file: make the folder"):
        opened(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match=r"data: cannot be made .*ATTACHE_DATA_DIR"):
        opened(tmp_path / "data" / "small.db")


def test_a_read_only_database_is_explained(path: Path) -> None:
    opened(path).close()
    with (
        closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db,
        pytest.raises(StoreError, match="make the file and its folder writable"),
        mendable(path),
    ):
        db.execute("INSERT INTO parent VALUES ('a')")


def test_a_file_that_is_no_database_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    path.write_text("These are words, and a good many of them. " * 50)
    with pytest.raises(StoreError, match=r"small\.db: file is not a database: .*move it away"):
        opened(path)
    assert path.read_text().startswith("These are words")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
async def test_a_truncated_file_is_explained(tmp_path: Path, share: float) -> None:
    path = tmp_path / "knowledge.db"
    db = fresh(path)
    load(db, [summary(f"{n}", body="The harbour grows. " * 200) for n in range(20)])
    db.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(StoreError, match=r"knowledge\.db: .*(restore|move)"):
        await read_all(path)


async def read_all(path: Path) -> None:
    knowledge = open_knowledge(path)
    try:
        await knowledge.read(counts)
        await knowledge.read(lambda db: list(db.query("SELECT * FROM source ORDER BY body")))
        await knowledge.write(lambda db: db.execute("DELETE FROM source"))
    finally:
        knowledge.close()


def test_a_newer_schema_is_refused(path: Path) -> None:
    opened(path, more=True).close()
    before = path.read_bytes()
    with pytest.raises(SchemaTooNewError, match=r"written by a newer Attaché .*m002") as raised:
        opened(path)
    assert raised.value.unknown == ("m002",)
    assert path.read_bytes() == before


def test_tables_that_a_migration_does_not_know_are_told_with_the_remedy(path: Path) -> None:
    opened(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TABLE parent")
        raw.commit()
    with pytest.raises(StoreError, match=r"no such table: parent.*restore a backup"):
        opened(path, more=True)


async def test_an_older_schema_is_brought_up_to_date(path: Path) -> None:
    old = opened(path)
    await old.write(add)
    old.close()
    new = opened(path, more=True)
    assert await new.read(lambda db: list(db.query("SELECT * FROM parent"))) == [
        {"key": "a", "name": None}
    ]
    new.close()


def test_a_migration_that_fails_leaves_the_old_schema(path: Path) -> None:
    opened(path).close()
    broken = small()

    @broken(name="m002")
    def _second(db: Connection) -> None:
        db.execute("ALTER TABLE parent ADD COLUMN name TEXT")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Database(path, migrations=broken, synchronous="NORMAL")
    opened(path).close()


def schema(db: Connection) -> set[tuple[str, str]]:
    return set(db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall())


@pytest.fixture
def two() -> Iterator[tuple[Connection, Connection]]:
    made = [open_connection(Path(":memory:"), synchronous="NORMAL") for _ in range(2)]
    yield made[0], made[1]
    for db in made:
        db.close()


def test_a_fresh_schema_equals_a_migrated_one(two: tuple[Connection, Connection]) -> None:
    at_once, step_by_step = two
    migrate(at_once, knowledge_migrations, Path("a"))
    for pending in knowledge_migrations.pending(step_by_step)[1:]:
        knowledge_migrations.apply(step_by_step, stop_before=pending.name)
    knowledge_migrations.apply(step_by_step)
    assert schema(at_once) == schema(step_by_step)


def test_opening_again_migrates_nothing(two: tuple[Connection, Connection]) -> None:
    db, _ = two
    migrate(db, knowledge_migrations, Path("a"))
    changes = db.conn.total_changes
    migrate(db, knowledge_migrations, Path("a"))
    assert db.conn.total_changes == changes


def test_a_nested_transaction_is_a_bug(two: tuple[Connection, Connection]) -> None:
    db, _ = two
    with (
        transaction(db, immediate=True),
        pytest.raises(sqlite3.OperationalError, match="within a transaction"),
        transaction(db, immediate=True),
    ):
        pass


def test_many_who_open_a_new_file_at_once_all_open_it(tmp_path: Path) -> None:
    together = threading.Barrier(8)

    def open_new(number: int) -> str:
        together.wait(30)
        opened = open_connection(tmp_path / f"{number}.db", synchronous="NORMAL")
        try:
            return str(opened.execute("PRAGMA journal_mode").fetchone()[0])
        finally:
            opened.close()

    with ThreadPoolExecutor(8) as pool:
        for number in range(40):
            assert list(pool.map(open_new, [number] * 8)) == ["wal"] * 8


async def test_its_state_is_another_from_the_beginning_of_a_change_and_from_its_end(
    store: Database,
) -> None:
    seen = [store.state]

    def change(_db: Connection) -> None:
        seen.append(store.state)

    await store.read(lambda _db: None)
    assert store.state is seen[0]
    await store.write(change)
    seen.append(store.state)
    with pytest.raises(ZeroDivisionError):
        await store.write(lambda _db: 1 // 0)
    seen.append(store.state)
    assert len(set(map(id, seen))) == 4
    await store.write_aside(lambda _db: None)
    assert store.state is seen[3]
