import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from store.database import Connection, Database
from store.errors import StoreError
from store.ledger import inbox
from store.ledger.inbox import GroupCommit, Kept, arrival, keep, once
from store.ledger.schema import open_ledger


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Database]:
    database = open_ledger(tmp_path / "ledger.db")
    yield database
    await asyncio.to_thread(database.close)


async def put(ledger: Database, number: int, lane: int = 1, text: str = "hello") -> Kept:
    kept = await ledger.write(keep, arrival(number, lane, {"update_id": number, "text": text}))
    assert kept is not None
    return kept


async def put_again(ledger: Database, number: int, text: str = "hello") -> Kept | None:
    return await ledger.write(keep, arrival(number, 1, {"text": text, "update_id": number}))


async def table(ledger: Database, name: str) -> list[dict[str, Any]]:
    return await ledger.read(lambda db: list(db.table(name).rows))


async def test_an_update_is_kept_once(ledger: Database) -> None:
    await put(ledger, 7)
    assert await put_again(ledger, 7) is None
    assert await ledger.read(inbox.waiting) == 1


async def test_an_update_that_was_handled_is_not_kept_again(ledger: Database) -> None:
    kept = await put(ledger, 7)
    await ledger.write(inbox.end, kept.n)
    assert await put_again(ledger, 7) is None
    assert await table(ledger, "inbox") == []


async def test_another_update_of_the_same_number_is_kept(ledger: Database) -> None:
    kept = await put(ledger, 7)
    assert await put_again(ledger, 7, "of a sandbox begun anew") is not None
    await ledger.write(inbox.end, kept.n)
    assert await put_again(ledger, 7, "of yet another") is not None
    assert await ledger.read(inbox.waiting) == 2


async def test_only_the_newest_handled_ones_are_remembered(
    ledger: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "REMEMBERED", 3)
    for number in range(10):
        kept = await put(ledger, number)
        await ledger.write(inbox.end, kept.n)
    remembered = [row["update_id"] for row in await table(ledger, "inbox_handled")]
    assert remembered == [7, 8, 9]


async def test_a_change_is_to_be_made_once(ledger: Database) -> None:
    await put(ledger, 7)
    await put(ledger, 8)
    said = [
        await ledger.write(once, number, name)
        for number, name in [(7, "a"), (7, "a"), (7, "b"), (8, "a"), (7, "b")]
    ]
    assert said == [True, False, True, True, False]


async def test_a_change_that_was_rolled_back_is_still_to_be_made(ledger: Database) -> None:
    await put(ledger, 7)

    def half(db: Connection) -> None:
        assert once(db, 7, "a")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await ledger.write(half)
    assert await ledger.write(once, 7, "a")


async def test_changes_are_forgotten_with_their_update(ledger: Database) -> None:
    kept = await put(ledger, 7)
    await ledger.write(once, 7, "a")
    await ledger.write(inbox.end, kept.n)
    assert await table(ledger, "inbox_change") == []


async def test_an_update_that_came_another_way_makes_its_changes_each_time(
    ledger: Database,
) -> None:
    assert [await ledger.write(once, 1, "a") for _ in range(2)] == [True, True]


async def test_what_killed_the_process_three_times_is_set_aside(ledger: Database) -> None:
    poison, innocent = await put(ledger, 7), await put(ledger, 8)
    for _ in range(2):
        await ledger.write(inbox.begin, poison.n)
        assert await ledger.write(inbox.set_aside) == ()
    await ledger.write(inbox.begin, poison.n)
    (aside,) = await ledger.write(inbox.set_aside)
    assert (aside.update_id, aside.attempts) == (7, 3)
    assert [kept.n for kept in await ledger.read(inbox.first_of_others, (), 9)] == [innocent.n]
    assert await ledger.write(inbox.set_aside) == (aside,)
    await ledger.write(inbox.reported, [aside.n])
    assert await ledger.write(inbox.set_aside) == ()
    assert len(await table(ledger, "inbox")) == 2


async def test_lanes_are_read_by_their_oldest_update(ledger: Database) -> None:
    for number, lane in enumerate([3, 3, 1, 2, 1, 3]):
        await put(ledger, number, lane)
    found = await ledger.read(inbox.first_of_others, (1,), 9)
    assert [(kept.lane, kept.update_id) for kept in found] == [(3, 0), (2, 3)]
    assert len(await ledger.read(inbox.first_of_others, (), 2)) == 2
    more = await ledger.read(inbox.next_of_each, {3: found[0].n, 2: found[1].n}, 1)
    assert {lane: [kept.update_id for kept in rows] for lane, rows in more.items()} == {
        3: [1],
        2: [],
    }


def commits(ledger: Database) -> list[str]:
    """Return a list that grows with each commit."""
    seen: list[str] = []
    ledger._writing.conn.set_trace_callback(
        lambda statement: seen.append(statement) if statement == "COMMIT" else None
    )
    return seen


async def test_changes_that_come_together_share_commits(ledger: Database) -> None:
    group, seen, order = GroupCommit(ledger), commits(ledger), list[int]()
    came = [arrival(number, 1, {"text": "hello"}) for number in range(50)]
    kept = await asyncio.gather(
        *(
            group.write(
                lambda db, one=one: keep(db, one),  # type: ignore[misc]
                lambda kept: order.append(kept.update_id if kept else -1),
            )
            for one in came
        )
    )
    assert [one.update_id for one in kept if one] == order == list(range(50))
    assert len(seen) == 1


async def test_who_gives_up_waiting_holds_nobody_up(ledger: Database) -> None:
    group = GroupCommit(ledger)

    def change(number: int) -> asyncio.Future[Kept | None]:
        came = arrival(number, 1, {"text": "hello"})
        return asyncio.ensure_future(group.write(lambda db: keep(db, came)))

    first, second = change(1), change(2)
    await asyncio.sleep(0)
    first.cancel()
    kept = await second
    assert kept is not None
    assert kept.update_id == 2
    await group.settled()
    assert await ledger.read(inbox.waiting) == 2


async def test_a_full_disk_fails_all_that_share_the_commit_and_none_after_it(
    ledger: Database,
) -> None:
    group = GroupCommit(ledger)
    pages = await ledger.write(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    await ledger.write(lambda db: db.execute(f"PRAGMA max_page_count = {pages}").fetchone())
    long, short = arrival(1, 1, {"text": "x" * 100_000}), arrival(2, 1, {"text": "x"})
    failed = await asyncio.gather(
        group.write(lambda db: keep(db, long)),
        group.write(lambda db: keep(db, short)),
        return_exceptions=True,
    )
    assert [type(error) for error in failed] == [StoreError, StoreError]
    assert "free space" in str(failed[0])
    assert await group.write(lambda db: keep(db, short)) is not None


async def test_a_commit_can_begin_later_and_takes_along_what_comes_until_then(
    ledger: Database,
) -> None:
    group, seen = GroupCommit(ledger), commits(ledger)
    first, second = (arrival(number, 1, {"text": "x"}) for number in (1, 2))
    writing = asyncio.ensure_future(group.write(lambda db: keep(db, first), after=1.0))
    await asyncio.sleep(0)
    assert await ledger.read(inbox.waiting) == 0
    assert await group.write(lambda db: keep(db, second)) is not None
    assert await writing is not None
    assert len(seen) == 1


async def test_who_is_to_hear_of_a_failed_commit_hears_of_it_without_waiting(
    ledger: Database,
) -> None:
    group, failed = GroupCommit(ledger), list[str]()

    def fail(db: Connection) -> None:
        db.execute("SELECT nothing")

    writing = asyncio.ensure_future(group.write(fail, None, lambda: failed.append("one")))
    await asyncio.sleep(0)
    writing.cancel()
    await asyncio.sleep(0)
    await group.settled()
    assert failed == ["one"]


async def test_what_was_handled_before_it_was_written_down_is_only_remembered(
    ledger: Database,
) -> None:
    came = arrival(7, 1, {"update_id": 7, "text": "hello"}, is_early=True, is_over=True)
    assert await ledger.write(keep, came) is None
    assert await table(ledger, "inbox") == []
    assert await put_again(ledger, 7) is None


async def test_a_change_writes_the_update_down_that_it_is_counted_by(ledger: Database) -> None:
    came = arrival(7, 1, {"update_id": 7, "text": "hello"}, is_early=True)
    inbox.handled_meanwhile(lambda db: keep(db, came))
    assert await ledger.write(once, 7, "a")
    assert not await ledger.write(once, 7, "a")
    kept = await ledger.write(keep, came)
    assert kept is not None
    assert await ledger.read(inbox.waiting) == 1
