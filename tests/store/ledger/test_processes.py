"""Several processes over one ledger, and one that is killed while it sends."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from store.database import Connection, Database, transaction
from store.ledger import deliveries, offers, subscriptions
from store.ledger.schema import open_ledger
from store.ledger.values import Item, Policy
from tests.store.ledger.debts import (
    DAY,
    EPOCH,
    LATER,
    fresh,
    owe,
    own,
    seen,
    states,
    subscribed,
    take,
)

ROOT = Path(__file__).parents[3]

# Takes, records one of what it took, and says so; never comes to record the others.
CHILD = """
import asyncio, sys, time
from pathlib import Path
from store.ledger import deliveries
from store.ledger.schema import open_ledger
from tests.store.ledger.debts import EPOCH, LATER
async def main():
    ledger = open_ledger(Path(sys.argv[1]))
    first, *_ = await ledger.write(deliveries.take, epoch=EPOCH, now=LATER, limit=4)
    await ledger.write(deliveries.sent, first, message=77, now=LATER)
    print("sending", flush=True)
    time.sleep(60)
asyncio.run(main())
"""


def table(db: Connection) -> list[dict[str, object]]:
    return list(db.query("SELECT * FROM delivery ORDER BY id"))


def test_a_new_ledger_is_made_once_however_many_open_it_at_once(tmp_path: Path) -> None:
    for attempt in range(10):
        path = tmp_path / str(attempt) / "ledger.db"
        with ThreadPoolExecutor(6) as pool:
            opened = list(pool.map(open_ledger, [path] * 6))
        for ledger in opened:
            ledger.close()
        assert [file.name for file in path.parent.iterdir()] == ["ledger.db"]


def test_a_process_killed_while_sending_leaves_uncertain_what_was_in_flight(
    tmp_path: Path,
) -> None:
    path = tmp_path / "ledger.db"
    db = fresh(path)
    with transaction(db, immediate=True):
        for chat in range(1, 6):
            owe(db, "one", "two", chat=chat)
    planned = table(db)
    db.close()
    with subprocess.Popen(  # noqa: S603 (this Python, with our own words)
        [sys.executable, "-c", CHILD, str(path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"sending\n"
        child.kill()

    db = fresh(path)
    assert deliveries.recover(db, policy=Policy.LEAVE, now=LATER) == 3
    assert [states(db, chat=chat) for chat in range(1, 6)] == [
        ["sent", "planned"],
        *[["uncertain", "planned"]] * 3,
        ["planned", "planned"],
    ]
    untouched = [row for row in table(db) if row["state"] == "planned"]
    assert untouched == [row for row in planned if row["id"] in {r["id"] for r in untouched}]
    assert [row["message"] for row in table(db) if row["message"]] == [77]
    assert [seen(db, chat) for chat in range(1, 6)] == [0] * 5
    again = take(db)
    assert [(part.chat, part.content) for part in again] == [
        *[(chat, "two") for chat in range(1, 5)],
        (5, "one"),
    ]
    db.close()


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """Give two openings of one ledger, as two processes have them."""
    with ExitStack() as stack:
        opened = [open_ledger(tmp_path / "ledger.db") for _ in range(2)]
        for ledger in opened:
            stack.callback(ledger.close)
        yield opened[0], opened[1]


async def test_two_copies_never_take_the_same_part(copies: tuple[Database, Database]) -> None:
    one, other = copies

    def owe_many(db: Connection) -> None:
        own(db)
        for chat in range(1, 101):
            owe(db, "x", chat=chat)

    await one.write(owe_many)

    async def carry_out(ledger: Database) -> list[int]:
        mine: list[int] = []
        while parts := await ledger.write(deliveries.take, epoch=EPOCH, now=LATER, limit=7):
            for part in parts:
                mine.append(part.chat)
                await ledger.write(deliveries.sent, part, message=1, now=LATER)
        return mine

    taken = await asyncio.gather(carry_out(one), carry_out(other))
    assert sorted(chat for mine in taken for chat in mine) == list(range(1, 101))
    assert {await other.read(seen, chat) for chat in range(1, 101)} == {1}


async def test_two_copies_lose_no_update_of_one_another(copies: tuple[Database, Database]) -> None:
    def offer(db: Connection, key: str) -> int:
        return offers.offer(db, [Item(kind="event", key=key, mark="")], key)

    await asyncio.gather(*(ledger.write(subscribed, n + 1) for n, ledger in enumerate(copies * 20)))
    numbers = await asyncio.gather(
        *(ledger.write(offer, f"{n}") for n, ledger in enumerate(copies * 20))
    )
    assert sorted(numbers) == list(range(1, 41))
    for ledger in copies:
        assert len(await ledger.read(offers.offered_after, 0)) == 40
        assert len(await ledger.read(subscriptions.due_by, LATER + DAY, limit=99)) == 40
