"""Readers who move to another ledger."""

import asyncio
import json
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from bot.digest.due import due
from store.database import Connection
from store.ledger import chats, deliveries, offers, subscriptions, transfer
from store.ledger.schema import open_ledger
from store.ledger.transfer import TransferError
from store.ledger.values import Item, Rhythm
from tests.store.ledger.debts import DAY, LATER, MONDAY, fresh, owe, subscribed, take

ITEM = Item(kind="event", key="a", mark="1")


@pytest.fixture
def new() -> Iterator[Connection]:
    connection = fresh()
    yield connection
    connection.close()


def moved(db: Connection, new: Connection) -> int:
    """Move all readers, by way of a file."""
    return transfer.take_in(new, json.loads(json.dumps(transfer.take_out(db, now=LATER))))


def test_readers_are_the_same_in_the_new_ledger(db: Connection, new: Connection) -> None:
    offers.offer(db, [ITEM], "r1")
    owe(db, "of Monday")
    deliveries.sent(db, take(db)[0], message=1, now=LATER)
    subscribed(db, -2, topic=7, rhythm=Rhythm(at=time(7, 30), zone="Europe/Kyiv", days=31))
    subscribed(db, 3)
    chats.close(db, 3, reason="blocked", now=LATER)
    subscribed(db, 4)
    subscriptions.unsubscribe(db, 4, 0, now=LATER)
    assert moved(db, new) == 4
    assert subscriptions.all_subscriptions(new) == subscriptions.all_subscriptions(db)
    assert list(new.query("SELECT * FROM chat")) == list(db.query("SELECT * FROM chat"))
    assert list(new.query("PRAGMA foreign_key_check")) == []


def test_nobody_gets_todays_edition_or_old_news_again(db: Connection, new: Connection) -> None:
    offers.offer(db, [ITEM], "r1")
    owe(db, "of Monday")
    deliveries.sent(db, take(db)[0], message=1, now=LATER)
    moved(db, new)
    (known,) = subscriptions.all_subscriptions(new)
    assert subscriptions.due_by(new, MONDAY + DAY / 2, limit=9) == ()
    assert due(known.rhythm, last_date=known.last_date, now=MONDAY + DAY / 2) is None
    assert take(new) == []
    # The same story, loaded anew, offers nothing a second time.
    assert offers.offer(new, [ITEM], "another build") == known.seen == 1
    assert offers.offered_after(new, known.seen) == ()
    changed = Item(kind="event", key="a", mark="2")
    offers.offer(new, [ITEM, changed], "r2")
    assert offers.offered_after(new, known.seen) == (changed,)


def test_what_was_offered_to_nobody_yet_makes_way(db: Connection, new: Connection) -> None:
    offers.offer(new, [Item(kind="event", key="b", mark="")], "r0")
    offers.offer(db, [ITEM], "r1")
    subscribed(db)
    moved(db, new)
    assert offers.offered_after(new, 0) == (ITEM,)


def test_a_ledger_with_readers_takes_in_no_others(db: Connection, new: Connection) -> None:
    subscribed(db)
    subscribed(new, 2)
    before = list(new.conn.iterdump())
    with pytest.raises(TransferError, match="has readers already"):
        moved(db, new)
    assert list(new.conn.iterdump()) == before


def counted(db: Connection) -> list[int]:
    return [db.table(name).count for name in ("chat", "subscription", "offer")]


@pytest.mark.parametrize(
    "change",
    [
        {"attache": "summaries"},
        {"format": 99},
        {"chat": None},
        {"subscription": [{"chat": 1}]},
        {"offer": "none"},
        {"offer": [5]},
    ],
)
async def test_a_file_of_another_kind_changes_nothing(
    db: Connection, tmp_path: Path, change: dict[str, Any]
) -> None:
    subscribed(db)
    offers.offer(db, [ITEM], "r1")
    readers = transfer.take_out(db, now=LATER) | change
    ledger = open_ledger(tmp_path / "new.db")
    try:
        with pytest.raises(TransferError):
            await ledger.write(transfer.take_in, readers)
        assert await ledger.read(counted) == [0, 0, 0]
    finally:
        await asyncio.to_thread(ledger.close)


def test_an_empty_ledger_moves_too(db: Connection, new: Connection) -> None:
    assert moved(db, new) == 0
