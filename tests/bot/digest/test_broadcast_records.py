import asyncio
import math
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.digest.broadcast import IN_FLIGHT
from bot.digest.sender import Outcome
from store.database import Connection, Database
from store.errors import StoreError
from store.ledger import deliveries
from store.ledger.values import DeliveryState, Owed
from tests.bot.digest.broadcasting import (
    Answers,
    broadcast_of,
    broadcast_with,
    owe,
    send,
    states,
    taken,
)
from tests.bot.digest.desk import MORNING, Desk


async def test_a_part_whose_record_the_ledger_refuses_is_recorded_later_and_not_sent_again(
    desk: Desk,
) -> None:
    await owe(desk, "one")
    answers = Answers(taken)
    broadcast = broadcast_of(desk, answers)
    desk.clock.hour = MORNING

    def refuse(db: Connection) -> None:
        db.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON delivery WHEN NEW.state = 'sent' "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )

    await desk.ledger.write(refuse)
    with pytest.raises(BaseExceptionGroup) as raised:
        await broadcast()
    assert raised.group_contains(StoreError)
    assert await states(desk) == ["sending"]
    await desk.ledger.write(lambda db: db.execute("DROP TRIGGER full"))
    await broadcast()
    assert await states(desk) == ["sent"]
    assert len(answers.given) == 1


@dataclass(slots=True)
class Watching:
    """A sender that looks, before it sends, how many parts the disk says are sending."""

    path: Path
    sending: list[set[int]] = field(default_factory=list)
    own: list[int] = field(default_factory=list)

    async def __call__(self, part: Owed) -> Outcome:
        with closing(sqlite3.connect(self.path)) as db:
            rows = db.execute("SELECT id FROM delivery WHERE state = 'sending'").fetchall()
        self.sending.append({row[0] for row in rows})
        self.own.append(part.delivery)
        await asyncio.sleep(0.001 * (part.delivery % 7))
        return taken(part)


async def test_what_is_sent_counts_as_sending_before_and_no_more_than_the_window(
    desk: Desk,
) -> None:
    for chat in range(1, 41):
        await owe(desk, "one", "two", chat=chat)
    watching = Watching(desk.ledger.path)
    desk.clock.hour = MORNING
    broadcast = broadcast_with(desk, watching)
    broadcast.in_flight = 7
    await broadcast()
    assert len(watching.own) == 80
    assert all(own in seen for own, seen in zip(watching.own, watching.sending, strict=True))
    assert max(map(len, watching.sending)) == 7
    assert await desk.ledger.read(deliveries.counted) == {DeliveryState.SENT: 80}


async def test_parts_that_end_together_share_a_commit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for chat in range(1, 101):
        await owe(desk, "one", chat=chat)
    commits = 0
    write = Database.write

    async def counted(
        ledger: Database,
        *args: Any,  # noqa: ANN401 (passed on)
        **kwargs: Any,  # noqa: ANN401 (passed on)
    ) -> object:
        nonlocal commits
        commits += 1
        return await write(ledger, *args, **kwargs)

    begun, answers = 0, asyncio.Event()

    async def answered_together(part: Owed) -> Outcome:
        nonlocal begun, answers
        begun, mine = begun + 1, answers
        if begun % IN_FLIGHT == 0 or begun == 100:
            answers.set()
            answers = asyncio.Event()
        await mine.wait()
        return taken(part)

    monkeypatch.setattr(Database, "write", counted)
    desk.clock.hour = MORNING
    await broadcast_with(desk, answered_together)()
    assert (await desk.ledger.read(deliveries.counted)) == {DeliveryState.SENT: 100}
    assert commits <= 1 + math.ceil(100 / IN_FLIGHT)


async def test_parts_begin_a_few_at_a_time_so_that_replies_are_not_held_up(desk: Desk) -> None:
    for chat in range(1, 71):
        await owe(desk, "one", chat=chat)
    turns, begun = 0, Counter[int]()

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def watched(part: Owed) -> Outcome:
        begun[turns] += 1
        return taken(part)

    desk.clock.hour = MORNING
    turning = asyncio.ensure_future(turn())
    await broadcast_with(desk, watched)()
    turning.cancel()
    assert begun.total() == 70
    assert max(begun.values()) <= 4


async def test_a_part_that_cannot_be_recorded_takes_no_other_with_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for chat in range(1, 6):
        await owe(desk, "one", chat=chat)
    sent = deliveries.sent

    def record(
        db: Connection, part: Owed, *, message: int, now: datetime, note: str | None
    ) -> None:
        if part.chat == 3:
            raise ZeroDivisionError
        sent(db, part, message=message, now=now, note=note)

    monkeypatch.setattr(deliveries, "sent", record)
    with pytest.raises(BaseExceptionGroup) as raised:
        await send(desk)
    assert raised.group_contains(ZeroDivisionError)
    assert [await states(desk, chat) for chat in range(1, 6)] == [
        ["sent"],
        ["sent"],
        ["sending"],
        ["sent"],
        ["sent"],
    ]
