import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.ext import ExtBot
from telegram.request import RequestData

from bot.pacing import Limits, Pacing, Priority
from bot.sandbox.clock import SandboxClock
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.limits import Limits as ServerLimits
from bot.sandbox.limits import Meter
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.world import Chat, ChatType
from tests.bot.pacing_desk import Call, Desk, JumpingLoop, jump_through, now

REPLY, BROADCAST = Priority.REPLY, Priority.BROADCAST


@pytest.fixture(autouse=True)
def _spans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def most_within(moments: Iterable[float], span: float) -> int:
    ordered = sorted(moments)
    return max((sum(at <= one < at + span for one in ordered) for at in ordered), default=0)


def by_chat(calls: list[Call]) -> dict[int, list[float]]:
    chats = defaultdict(list)
    for call in calls:
        chats[call.chat].append(call.at)
    return chats


@dataclass(frozen=True, slots=True)
class Ask:
    pause: float
    chat: int
    priority: Priority
    way: float
    back: float
    cancelled: float | None


def asks(chats: st.SearchStrategy[int], *, least: int = 0) -> st.SearchStrategy[list[Ask]]:
    pauses = st.sampled_from([0.0, 0.0, 0.0, 0.01, 0.3, 1.0])
    delays = st.sampled_from([0.0, 0.0, 0.02, 0.4, 1.5, 7.0])
    ends = st.sampled_from([None, None, None, 0.0, 0.05, 0.9])
    one = st.builds(Ask, pauses, chats, st.sampled_from(Priority), delays, delays, ends)
    return st.lists(one, min_size=least, max_size=60)


async def play(desk: Desk, asked: list[Ask]) -> None:
    async with asyncio.TaskGroup() as group:
        for ask in asked:
            await asyncio.sleep(ask.pause)
            task = group.create_task(desk.ask(ask.chat, ask.priority, way=ask.way, back=ask.back))
            if ask.cancelled is not None:
                asyncio.get_running_loop().call_later(ask.cancelled, task.cancel)


TIMEOUT = 10.0  # seconds, after which the transport gives an answer up


def stall_later(after: float, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, JumpingLoop)
    loop.call_later(after, loop.stall, seconds)


SMALL = Limits(all_per_second=5, chat_burst=3, group_per_minute=4)


@settings(max_examples=60)
@given(asks(st.integers(-2, 6)))
def test_no_window_holds_more_than_the_limits_where_requests_leave(asked: list[Ask]) -> None:
    async def story() -> None:
        desk = Desk(SMALL)
        await play(desk, asked)

        assert most_within(desk.moments(), 1.0) <= 5
        for chat, moments in by_chat(desk.calls).items():
            assert most_within(moments, 3.0) <= 3
            assert chat >= 0 or most_within(moments, 60.0) <= 4

    jump_through(story())


STALLS = st.lists(st.tuples(st.floats(0, 9), st.sampled_from([0.02, 0.4, 1.0, 7.0])), max_size=8)


@settings(max_examples=60)
@given(asks(st.integers(-2, 40), least=20), STALLS, st.sampled_from([0.0, 0.0, 2.0, 7.0]))
def test_the_server_refuses_nothing_however_slow_it_and_the_way_and_this_machine_are(
    asked: list[Ask], stalls: list[tuple[float, float]], opens: float
) -> None:
    # What is given up may arrive when nobody counts it any more.
    kept = [ask for ask in asked if ask.cancelled is None]

    async def story() -> None:
        for after, seconds in stalls:
            stall_later(after, seconds)
        desk = Desk(SMALL, opens=opens)
        await play(desk, kept)

        meter = Meter(ServerLimits(all_per_second=6, chat_burst=3, group_per_minute=4))
        for call in desk.arrived:
            kind = ChatType.PRIVATE if call.chat >= 0 else ChatType.SUPERGROUP
            meter.charge(1, Chat(id=call.chat, type=kind), call.at)
        assert len(desk.arrived) == len(kept)

    jump_through(story())


@pytest.mark.parametrize("priority", Priority)
def test_what_a_stalled_machine_let_go_and_what_it_lets_go_next_are_not_too_many_together(
    priority: Priority,
) -> None:
    async def story() -> None:
        desk = Desk()
        for number in range(20):
            stall_later(0.5 + 0.7 * number, 7.0)
        async with asyncio.TaskGroup() as group:
            for chat in range(200):
                group.create_task(desk.ask(chat, priority, way=0.6))

        assert most_within((call.at for call in desk.arrived), 1.0) <= 30

    jump_through(story())


@pytest.mark.parametrize("priority", Priority)
def test_what_a_server_took_late_and_what_it_takes_next_are_not_too_many_together(
    priority: Priority,
) -> None:
    async def story() -> None:
        desk = Desk(opens=7.0)
        async with asyncio.TaskGroup() as group:
            for chat in range(100):
                group.create_task(desk.ask(chat, priority))

        assert most_within((call.at for call in desk.arrived), 1.0) <= 30

    jump_through(story())


@pytest.mark.parametrize("priority", Priority)
def test_what_began_apart_and_arrives_together_is_still_less_than_telegram_takes(
    priority: Priority,
) -> None:
    async def story() -> None:
        desk = Desk()
        async with asyncio.TaskGroup() as group:
            for chat in range(100):
                group.create_task(desk.ask(chat, priority, way=0.0 if chat // 25 % 2 else 0.9))

        assert 25 <= most_within((call.at for call in desk.arrived), 1.0) <= 30

    jump_through(story())


def test_a_group_is_paced_by_what_arrived() -> None:
    async def story() -> None:
        desk = Desk(SMALL)
        async with asyncio.TaskGroup() as group:
            for number in range(12):
                group.create_task(desk.ask(-1, way=0.0 if number // 4 % 2 else 2.0))

        assert most_within((call.at for call in desk.arrived), 60.0) == 4

    jump_through(story())


def test_a_broadcast_without_answers_leaves_room_for_replies_and_goes_on_in_the_end() -> None:
    async def story() -> None:
        desk = Desk()
        async with asyncio.TaskGroup() as group:
            for chat in range(60):
                group.create_task(desk.ask(chat, BROADCAST, way=TIMEOUT))
            await asyncio.sleep(3)
            for chat in range(1000, 1003):
                group.create_task(desk.ask(chat))

        assert desk.moments(1000, 1001, 1002) == [3.0, 3.0, 4.0]
        assert desk.moments(28) == [TIMEOUT + 1]

    jump_through(story())


@settings(max_examples=60)
@given(asks(st.integers(-2, 6)))
def test_the_books_are_empty_in_the_end_whatever_was_cancelled(asked: list[Ask]) -> None:
    async def story() -> None:
        desk = Desk(SMALL)
        await play(desk, asked)
        await asyncio.sleep(100)
        left = desk.pacing._book

        assert left._waiting == 0
        assert desk.pacing._turns == {}
        assert desk.pacing._alarm is None
        assert all(chat.is_idle(now()) for chat in left._chats.values())
        assert all(w.is_empty(now()) for w in (left._begun, left._arrived))

    jump_through(story())


@settings(max_examples=60)
@given(asks(st.just(0)))
def test_no_broadcast_leaves_while_a_reply_waits(asked: list[Ask]) -> None:
    async def story() -> None:
        desk = Desk(SMALL)
        apart = [
            Ask(one.pause, chat, one.priority, one.way, one.back, None)
            for chat, one in enumerate(asked)
        ]
        await play(desk, apart)

        replies = [call for call in desk.calls if call.priority is REPLY]
        for call in desk.calls:
            overtaken = [r for r in replies if r.asked < call.at < r.at]
            assert call.priority is REPLY or overtaken == []
        assert len(desk.calls) == len(asked)

    jump_through(story())


@settings(max_examples=40)
@given(asks(st.integers(0, 3)))
def test_a_chat_gets_its_messages_in_order(asked: list[Ask]) -> None:
    async def story() -> None:
        desk = Desk(SMALL)
        async with asyncio.TaskGroup() as group:
            for number, ask in enumerate(asked):
                group.create_task(desk.ask(ask.chat, ask.priority, name=f"{number:03}"))

        order = defaultdict(list)
        for call in desk.calls:
            order[call.chat, call.priority].append(call.name)
        assert all(names == sorted(names) for names in order.values())

    jump_through(story())


class SlowRequest(InProcessRequest):
    """The way to Telegram and back takes time, never twice the same."""

    def __init__(self, telegram: Telegram, delay: Callable[[], float]) -> None:
        super().__init__(telegram)
        self.delay = delay
        self.statuses: Counter[int] = Counter()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: object,
        **named: object,
    ) -> tuple[int, bytes]:
        del timeouts, named
        await asyncio.sleep(self.delay())
        status, body = await super().do_request(url, method, request_data)
        self.statuses[status] += 1
        await asyncio.sleep(self.delay())
        return status, body


async def send_a_hundred(
    seconds: Callable[[], float], sleep: Callable[[float], Any], delay: Callable[[], float]
) -> Counter[int]:
    clock = SandboxClock(seconds=seconds, started=datetime(2022, 1, 12, 9, tzinfo=UTC))
    telegram = Telegram(clock, limits=ServerLimits())
    people = [telegram.people.add(f"P{number}") for number in range(20)]
    for person in people:
        telegram.people.start(person.id)
    request = SlowRequest(telegram, delay)
    bot = ExtBot(SANDBOX_TOKEN, request=request, rate_limiter=Pacing(now=seconds, sleep=sleep))
    async with bot, asyncio.TaskGroup() as group:
        request.statuses.clear()
        for number in range(100):
            priority = BROADCAST if number % 3 else REPLY
            send = bot.send_message(people[number % 20].id, "x", rate_limit_args=priority)
            group.create_task(send)
    return request.statuses


@pytest.mark.parametrize("longest", [0.0, 0.3, 2.0])
def test_telegram_refuses_nothing_of_a_real_bot(longest: float) -> None:
    async def story() -> None:
        delays = cycle([0.0, longest, longest / 3, 0.0, longest / 7, longest / 2, longest])
        statuses = await send_a_hundred(now, asyncio.sleep, delays.__next__)

        assert statuses == {200: 100}

    jump_through(story())


async def test_telegram_refuses_nothing_on_a_clock_twenty_times_as_fast() -> None:
    statuses = await send_a_hundred(
        lambda: time.monotonic() * 20, lambda span: asyncio.sleep(span / 20), lambda: 0.0
    )

    assert statuses == {200: 100}
