"""The queue that survives, whatever overlaps: each update once, in its chat's order."""

import asyncio
import contextlib
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from telegram import Update
from telegram.ext._application import _STOP_SIGNAL

from bot.inbox import Inbox
from store.database import Database
from tests.bot.inboxes import (
    BOT,
    drain,
    handled,
    inbox_of,
    opened,
    put_all,
    ready,
    see,
    take,
    update,
)


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(tmp_path) as database:
        yield database


# What may come between: an update of a chat, the next one taken, the oldest one in flight
# handled, or the process beginning anew.
_STEPS = st.lists(
    st.one_of(st.integers(1, 4), st.sampled_from(["take", "end", "restart"])), max_size=120
)


@given(steps=_STEPS, in_memory=st.integers(1, 6), at_once=st.integers(1, 4), ahead=st.booleans())
@example(steps=[1, 2, 3], in_memory=1, at_once=3, ahead=True)
@settings(max_examples=40)
def test_each_update_is_handled_once_and_in_its_chats_order(
    steps: list[int | str],
    in_memory: int,
    at_once: int,
    ahead: bool,  # noqa: FBT001 (hypothesis gives it)
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("inbox")
    expected: dict[int, list[int]] = defaultdict(list)
    seen: dict[int, list[int]] = defaultdict(list)

    async def live() -> None:
        async with opened(folder) as ledger:
            left, number = list(steps), 0
            while left:
                async with inbox_of(ledger, in_memory=in_memory, at_once=at_once) as inbox:
                    number, left = await _until_restart(
                        inbox, left, number, expected, seen, ahead=ahead
                    )
            async with inbox_of(ledger, in_memory=in_memory, at_once=at_once) as inbox:
                for taken in await drain(inbox, ledger):
                    see(taken, seen)

    asyncio.run(live())
    assert seen == expected


async def _until_restart(
    inbox: Inbox,
    steps: list[int | str],
    number: int,
    expected: dict[int, list[int]],
    seen: dict[int, list[int]],
    *,
    ahead: bool,
) -> tuple[int, list[int | str]]:
    flying: list[Update] = []
    while steps:
        match steps.pop(0):
            case "take":
                with contextlib.suppress(asyncio.QueueEmpty):
                    taken = inbox.get_nowait()
                    assert isinstance(taken, Update)
                    flying.append(taken)
            case "end" if flying:
                see(flying[0], seen)
                await handled(inbox, flying.pop(0))
            case int() as chat:
                number += 1
                expected[chat].append(number)
                await inbox.keep([update(number, chat)], ahead=ahead)
            case "restart":
                break
        lanes = [one.effective_chat for one in flying]
        assert len(set(lanes)) == len(lanes) <= inbox.at_once
        assert inbox.qsize() <= 2 * inbox._most
    return number, steps


class Gate:
    """Holds a call back: before it is made, or its answer."""

    def __init__(self, call: Callable[..., Awaitable[Any]], *, before: bool = False) -> None:
        self.call = call
        self.before = before
        self.reached, self.opened = asyncio.Event(), asyncio.Event()

    async def __call__(self, *args: Any) -> Any:  # noqa: ANN401 (hands through)
        answer = None if self.before else await self.call(*args)
        self.reached.set()
        await self.opened.wait()
        return await self.call(*args) if self.before else answer


async def test_what_is_put_while_the_ledger_is_read_is_not_forgotten(
    ledger: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, inbox = Gate(ledger.read), Inbox(ledger=ledger, at_once=4)
    monkeypatch.setattr(ledger, "read", gate)
    replaying = asyncio.ensure_future(inbox.replay(BOT))
    await gate.reached.wait()
    await inbox.put(update(1))
    gate.opened.set()
    await replaying
    assert await handled(inbox, await take(inbox)) == 1
    await inbox.close()


async def test_what_is_read_before_its_put_has_returned_is_handed_out_once(
    ledger: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with inbox_of(ledger, in_memory=3) as inbox:
        await put_all(inbox, [update(1, 5), update(2, 6), update(3, 7), update(4, 5)])
        reading, writing = Gate(ledger.read, before=True), Gate(ledger.write_aside)
        for taken in ready(inbox):
            assert isinstance(taken, Update)
            monkeypatch.setattr(ledger, "read", reading)
            await handled(inbox, taken)
        await reading.reached.wait()
        monkeypatch.setattr(ledger, "write_aside", writing)
        putting = asyncio.ensure_future(inbox.put(update(5, 5)))
        await writing.reached.wait()
        reading.opened.set()
        taken = await take(inbox)
        writing.opened.set()
        await putting
        assert inbox.qsize() == 1
        assert [await handled(inbox, taken), await handled(inbox, await take(inbox))] == [4, 5]


@pytest.mark.parametrize("in_memory", [4, 16, 24])
async def test_order_holds_while_puts_reads_and_handlers_overlap(
    ledger: Database, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    chance = random.Random(in_memory)  # noqa: S311 (repeatable on purpose)

    def delayed(call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """What was read or written is old news by the time that the queue hears of it."""

        async def answer_late(*args: Any, **how: Any) -> Any:  # noqa: ANN401 (hands through)
            answer = await call(*args, **how)
            await asyncio.sleep(chance.choice([0, 0.001, 0.003]))
            return answer

        return answer_late

    monkeypatch.setattr(ledger, "read", delayed(ledger.read))
    monkeypatch.setattr(ledger, "write_aside", delayed(ledger.write_aside))
    seen: dict[int, list[int]] = defaultdict(list)
    expected: dict[int, list[int]] = defaultdict(list)

    async def put(chat: int) -> None:
        for number in range(chat, 1_001, 40):
            expected[chat].append(number)
            await asyncio.sleep(chance.choice([0, 0.02, 0.1]))
            await inbox.put(update(number, chat))

    async def work() -> None:
        while sum(map(len, seen.values())) < 1_000:
            taken = await inbox.get()
            if not isinstance(taken, Update):
                return
            see(taken, seen)
            await asyncio.sleep(chance.choice([0, 0, 0.004]))
            await handled(inbox, taken)
        for _ in range(6):
            inbox.put_nowait(_STOP_SIGNAL)

    async with inbox_of(ledger, in_memory=in_memory, at_once=6) as inbox, asyncio.timeout(60):
        await asyncio.gather(*(put(chat) for chat in range(1, 41)), *(work() for _ in range(6)))
    assert seen == expected
