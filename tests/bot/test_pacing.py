import asyncio
import sys
from collections import Counter
from datetime import timedelta
from types import FrameType

import pytest
from telegram.error import RetryAfter

from bot.pacing import Limits, Priority
from bot.pacing_book import Book, Request
from tests.bot.pacing_desk import Desk, jump_through, now

REPLY, BROADCAST = Priority.REPLY, Priority.BROADCAST
FAR = 43_838
KEPT = 2  # of 25


@pytest.fixture(autouse=True)
def _spans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def test_broadcast_goes_on_beside_replies_below_the_budget() -> None:
    async def story() -> None:
        desk = Desk()
        async with asyncio.TaskGroup() as group:
            for chat in range(300):
                group.create_task(desk.ask(chat, BROADCAST))
            for chat in range(1000, 1200):
                group.create_task(desk.ask(chat))
                await asyncio.sleep(0.1)

        last = max(call.at for call in desk.calls if call.priority is BROADCAST)
        delays = [call.at - call.asked for call in desk.calls if call.priority is REPLY]
        assert last <= 300 / (25 - KEPT - 10) + 1
        assert max(delays) < 0.25

    jump_through(story())


def test_a_broadcast_uses_all_of_the_budget_that_is_not_kept_for_replies() -> None:
    async def story() -> None:
        desk = Desk()
        async with asyncio.TaskGroup() as group:
            for chat in range(500):
                group.create_task(desk.ask(chat, BROADCAST, way=0.05, back=0.05))

        assert 500 / (25 - KEPT) - 1 <= max(desk.moments()) <= 500 / (25 - KEPT) + 0.1

    jump_through(story())


def test_a_reply_now_and_then_finds_no_broadcast_in_its_way() -> None:
    async def story() -> None:
        desk = Desk()
        async with asyncio.TaskGroup() as group:
            for chat in range(300):
                group.create_task(desk.ask(chat, BROADCAST, way=0.05, back=0.05))
            for chat in range(1000, 1030):
                await asyncio.sleep(0.31)
                group.create_task(desk.ask(chat))

        delays = [call.at - call.asked for call in desk.calls if call.priority is REPLY]
        assert max(delays) < 0.001

    jump_through(story())


def test_who_asks_again_as_soon_as_answered_finds_no_broadcast_in_the_way() -> None:
    async def story() -> None:
        desk = Desk(oversleep=0.001)
        async with asyncio.TaskGroup() as group:
            for chat in range(200):
                group.create_task(desk.ask(chat, BROADCAST, back=0.05))
            for chat in range(1000, 1100):
                await asyncio.sleep(0.055)
                await desk.ask(chat)

        delays = [call.at - call.asked for call in desk.calls if call.priority is REPLY]
        assert max(delays) < 0.001

    jump_through(story())


def test_a_small_budget_is_not_kept_from_a_broadcast() -> None:
    async def story() -> None:
        desk = Desk(Limits(all_per_second=1))
        async with asyncio.TaskGroup() as group:
            for chat in range(3):
                group.create_task(desk.ask(chat, BROADCAST))

        assert desk.moments() == [0.0, 1.0, 2.0]

    jump_through(story())


def test_two_parts_of_a_reply_go_at_once() -> None:
    async def story() -> None:
        desk = Desk()
        for _ in range(2):
            await desk.ask(1)

        assert desk.moments() == [0.0, 0.0]

    jump_through(story())


def test_a_chat_that_waits_holds_up_no_other() -> None:
    async def story() -> None:
        desk = Desk()
        async with asyncio.TaskGroup() as group:
            for priority in Priority:
                for _ in range(30):
                    group.create_task(desk.ask(-1, priority))
            await asyncio.sleep(2)
            group.create_task(desk.ask(5, BROADCAST))
            group.create_task(desk.ask(6))

        assert desk.moments(5, 6) == [2.0, 2.0]
        assert 2 * 60 < max(desk.moments(-1)) < 2 * 60 + 30

    jump_through(story())


def test_chats_take_turns() -> None:
    async def story() -> None:
        desk = Desk(Limits(all_per_second=2))
        async with asyncio.TaskGroup() as group:
            for chat in (8, 9, 1, 1, 1, 2, 2, 2, 3):
                group.create_task(desk.ask(chat))

        assert [call.chat for call in desk.calls] == [8, 9, 1, 2, 3, 1, 2, 1, 2]

    jump_through(story())


def test_waiting_costs_few_wakes() -> None:
    async def story() -> None:
        desk = Desk()
        async with asyncio.TaskGroup() as group:
            for _ in range(41):
                group.create_task(desk.ask(-1))

        assert max(desk.moments()) == 120
        assert desk.sleeps < 41 * 2

    jump_through(story())


def remaining(refused: pytest.ExceptionInfo[RetryAfter]) -> object:
    wait = refused.value.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


def test_a_long_flood_wait_is_told_at_once_and_stops_one_chat_only() -> None:
    async def story() -> None:
        desk = Desk(floods={1: [FAR]})
        for priority, passed in ((BROADCAST, 0), (BROADCAST, 100), (REPLY, 200)):
            await asyncio.sleep(passed - now())
            with pytest.raises(RetryAfter) as refused:
                await desk.ask(1, priority)
            assert remaining(refused) == FAR - passed
            await desk.ask(2, priority)

        assert desk.moments(1) == [0]
        assert desk.moments(2) == pytest.approx([0, 100, 200], abs=0.05)
        await asyncio.sleep(FAR - now())
        assert await desk.ask(1, BROADCAST)

    jump_through(story())


def test_who_waits_in_a_chat_is_told_of_its_flood_wait() -> None:
    async def story() -> None:
        desk = Desk(floods={1: [FAR]})
        told = await asyncio.gather(
            *(desk.ask(1, priority, back=0.5) for _ in range(5) for priority in Priority),
            desk.ask(2, back=0.5),
            return_exceptions=True,
        )

        # Three were on their way; what came after the refusal never left.
        assert Counter(type(one).__name__ for one in told) == {"RetryAfter": 8, "bool": 3}
        assert now() == 0.5

    jump_through(story())


@pytest.mark.parametrize(
    ("floods", "priority", "outcome", "moments"),
    [
        ([3], REPLY, True, [0, 3]),
        ([3, 4], REPLY, 4, [0, 3]),
        ([6], REPLY, 6, [0]),
        ([1], BROADCAST, 1, [0]),
    ],
)
def test_only_a_reply_waits_out_a_short_flood_wait_and_only_once(
    floods: list[int], priority: Priority, outcome: object, moments: list[float]
) -> None:
    async def story() -> None:
        desk = Desk(floods={1: list(floods)})
        if outcome is True:
            assert await desk.ask(1, priority)
        else:
            with pytest.raises(RetryAfter) as refused:
                await desk.ask(1, priority)
            assert remaining(refused) == outcome
        assert desk.moments() == moments

    jump_through(story())


def test_what_waited_for_a_flood_wait_goes_before_what_came_later() -> None:
    async def story() -> None:
        desk = Desk(Limits(chat_burst=1), floods={1: [2]})
        async with asyncio.TaskGroup() as group:
            group.create_task(desk.ask(1, name="first", back=0.1))
            group.create_task(desk.ask(1, name="second"))

        assert [call.name for call in desk.calls] == ["first", "first", "second"]

    jump_through(story())


def test_a_cancelled_broadcast_leaves_its_budget_to_replies() -> None:
    async def story() -> None:
        desk = Desk()
        waiting = [asyncio.ensure_future(desk.ask(chat)) for chat in range(100)]
        await asyncio.sleep(0.5)
        for task in waiting[25:]:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await desk.ask(1000)

        assert desk.moments() == [0.0] * 25 + [1.0]

    jump_through(story())


def test_requests_cancelled_in_the_moment_of_their_turn_give_it_back() -> None:
    async def story() -> None:
        desk = Desk(Limits(all_per_second=1), oversleep=10)
        await desk.ask(0)
        waiting = [asyncio.ensure_future(desk.ask(chat)) for chat in (1, 2, 3, 4)]
        await asyncio.sleep(2)
        for task in waiting[:3]:
            task.cancel()
        told = await asyncio.gather(*waiting, return_exceptions=True)

        assert Counter(type(one).__name__ for one in told) == {"CancelledError": 3, "bool": 1}
        assert [(call.chat, call.at) for call in desk.calls] == [(0, 0.0), (4, 2.0)]

    jump_through(story())


def test_idle_chats_are_forgotten() -> None:
    async def story() -> None:
        desk = Desk()
        for chat in range(5000):
            await asyncio.sleep(0.04)
            await desk.ask(chat, BROADCAST)

        assert len(desk.pacing._book._chats) < 200
        assert len(desk.pacing._book._later) < 200

    jump_through(story())


def work_of_a_send(waiting: int) -> int:
    book, steps = Book(Limits()), 0
    for chat in range(waiting):
        book.add(Request(chat=chat, priority=BROADCAST), 0.0)

    def step(frame: FrameType, *_: object) -> None:
        nonlocal steps
        steps += frame.f_globals["__name__"] == Book.__module__

    sys.setprofile(step)
    try:
        for second in range(50):
            request = book.take(float(second))
            assert request is not None
            book.called(request, float(second))
            book.answered(request, float(second))
            assert book.due(float(second)) is not None
    finally:
        sys.setprofile(None)
    return steps


def test_a_send_costs_the_same_however_many_wait() -> None:
    assert work_of_a_send(20_000) == work_of_a_send(100)


@pytest.mark.parametrize(
    ("endpoint", "data"),
    [
        ("answerCallbackQuery", {"chat_id": None, "callback_query_id": "1"}),
        ("setMyCommands", {"chat_id": None}),
        ("getChat", {}),
        ("sendChatAction", {}),
        ("deleteMessage", {}),
        ("editForumTopic", {}),
    ],
)
def test_what_sends_no_message_never_waits(endpoint: str, data: dict[str, object]) -> None:
    async def story() -> None:
        desk = Desk(floods={1: [0] * 5 + [FAR]})
        for _ in range(5):
            with pytest.raises(RetryAfter):
                await desk.ask(1, endpoint=endpoint, data=data)

        assert desk.moments() == [0.0] * 5

    jump_through(story())


@pytest.mark.parametrize(
    "endpoint", ["sendPhoto", "editMessageText", "copyMessage", "forwardMessages", "stopPoll"]
)
def test_what_puts_or_changes_a_message_waits(endpoint: str) -> None:
    async def story() -> None:
        desk = Desk()
        for chat in (1, "1", 1, "1"):
            await desk.ask(1, endpoint=endpoint, data={"chat_id": chat})

        assert desk.moments() == [0.0, 0.0, 0.0, 3.0]

    jump_through(story())


def test_an_album_counts_as_many_and_a_public_name_is_a_group() -> None:
    async def story() -> None:
        desk = Desk()
        for _ in range(3):
            album = {"chat_id": "@desk", "media": (1,) * 10}
            await desk.ask(1, endpoint="sendMediaGroup", data=album)
        await desk.ask(2)

        assert desk.moments() == [0.0, 3.0, 60.0, 60.0]

    jump_through(story())


def test_switched_off_it_holds_nothing_up() -> None:
    async def story() -> None:
        desk = Desk(Limits(enabled=False), floods={1: [0] * 99 + [FAR]})
        for _ in range(100):
            with pytest.raises(RetryAfter):
                await desk.ask(1)

        assert desk.moments() == [0.0] * 100

    jump_through(story())
