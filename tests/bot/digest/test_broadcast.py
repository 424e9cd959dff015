import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from telegram.error import InvalidToken

from bot.digest.broadcast import IN_FLIGHT
from bot.digest.sender import Doubtful, Ended, Moved, Outcome, Postponed, TopicGone
from bot.messages.delivery import topic_gone
from bot.messages.parts import freeze
from store.ledger import announcements, chats, control, deliveries, subscriptions
from store.ledger.alone import LostOwnershipError
from store.ledger.values import DeliveryState, Owed, Policy
from tests.bot.digest.broadcasting import (
    Answers,
    broadcast_of,
    broadcast_with,
    for_chat,
    owe,
    send,
    states,
    taken,
)
from tests.bot.digest.desk import DAY, MORNING, Desk, text_of
from tests.store.ledger.debts import EPOCH, own

WAIT = timedelta(seconds=43_838)


async def test_the_parts_of_a_chat_go_one_after_the_other(desk: Desk) -> None:
    for chat in (1, 2, 3):
        await owe(desk, "one", "two", "three", chat=chat)
    answers = await send(desk)
    for chat in (1, 2, 3):
        assert [text for to, text in answers.given if to == chat] == ["one", "two", "three"]
        assert await states(desk, chat) == ["sent"] * 3
        assert (await desk.subscription(chat)).seen == 1
    messages = [row["message"] for row in await desk.rows("SELECT id, message FROM delivery")]
    assert len(set(messages)) == 9


async def test_all_of_many_chats_are_served(desk: Desk) -> None:
    for chat in range(1, 71):
        await owe(desk, "one", "two", chat=chat)
    answers = await send(desk)
    assert Counter(answers.given) == Counter(
        (chat, text) for chat in range(1, 71) for text in ("one", "two")
    )


async def test_a_chat_that_must_wait_stops_no_other_and_goes_on_after_the_wait(desk: Desk) -> None:
    for chat in (1, 2):
        await owe(desk, "one", "two", chat=chat)
    wait = Postponed(until=MORNING + WAIT, reason="Telegram asked us to wait 43838 s", chat=True)
    answers = await send(desk, for_chat(1, wait))
    assert answers.given.count((1, "one")) == 1
    assert await states(desk) == ["planned", "planned"]
    assert await states(desk, 2) == ["sent", "sent"]
    assert (await send(desk, now=MORNING + WAIT / 2)).given == []
    assert (await send(desk, now=MORNING + WAIT)).given == [(1, "one"), (1, "two")]
    assert await states(desk) == ["sent", "sent"]


async def test_a_part_whose_answer_was_lost_is_uncertain_and_the_next_still_goes(
    desk: Desk,
) -> None:
    await owe(desk, "one", "two")
    lost = Doubtful(reason="no answer")
    answers = await send(desk, lambda part: lost if part.part == 0 else taken(part))
    assert answers.given == [(1, "one"), (1, "two")]
    assert await states(desk) == ["uncertain", "sent"]
    assert (await desk.subscription()).seen == 1
    assert (await send(desk)).given == []


async def test_a_chat_that_blocked_the_bot_is_closed_and_what_it_was_owed_is_skipped(
    desk: Desk,
) -> None:
    for chat in (1, 2):
        await owe(desk, "one", "two", chat=chat)
    blocked = Ended(state=DeliveryState.FAILED, reason="blocked", chat_closed=True)
    answers = await send(desk, for_chat(1, blocked))
    assert answers.given.count((1, "two")) == 0
    assert await states(desk) == ["failed", "skipped"]
    assert await states(desk, 2) == ["sent", "sent"]
    assert (await desk.subscription()).state == "paused"
    assert (await desk.subscription()).seen == 0
    await desk.ledger.write(chats.reopen, 1, now=MORNING)
    due = await desk.ledger.read(subscriptions.due_by, MORNING + DAY, limit=9)
    assert {subscription.chat for subscription in due} == {1, 2}


async def test_a_refused_token_stops_the_broadcast_and_loses_nothing(desk: Desk) -> None:
    for chat in range(1, 50):
        await owe(desk, "x", chat=chat)

    def refused_once(part: Owed) -> Outcome | Exception:
        return InvalidToken() if part.chat in {3, 4} else taken(part)

    with pytest.raises(BaseExceptionGroup) as raised:
        await send(desk, refused_once)
    assert raised.group_contains(InvalidToken)
    counted = await desk.ledger.read(deliveries.counted)
    assert counted.keys() == {DeliveryState.SENT, DeliveryState.PLANNED}
    # What is taken after the first refusal is noticed, and no more.
    assert counted[DeliveryState.SENT] <= 2 * IN_FLIGHT
    left = counted[DeliveryState.PLANNED]
    assert left >= 2
    assert len((await send(desk)).given) == left


async def test_what_is_under_way_is_recorded_when_something_goes_wrong_beside_it(
    desk: Desk,
) -> None:
    for chat in (1, 2, 3):
        await owe(desk, "one", "two", chat=chat)
    with pytest.raises(BaseExceptionGroup) as raised:
        await send(desk, for_chat(2, KeyError("a bug")))
    assert raised.group_contains(KeyError)
    assert await states(desk, 2) == ["sending", "planned"]
    counted = await desk.ledger.read(deliveries.counted)
    assert counted[DeliveryState.SENDING] == 1
    await send(desk)
    assert (await states(desk, 1), await states(desk, 3)) == (["sent"] * 2, ["sent"] * 2)
    assert await broadcast_of(desk, Answers(taken)).recover() == 1
    assert (await send(desk)).given == [(2, "two")]


async def test_each_part_is_sending_in_the_ledger_before_it_is_sent(desk: Desk) -> None:
    await owe(desk, "one", "two")
    before: list[dict[DeliveryState, int]] = []

    async def look(part: Owed) -> Outcome:
        before.append(await desk.ledger.read(deliveries.counted))
        return taken(part)

    desk.clock.hour = MORNING
    await broadcast_with(desk, look)()
    assert [counted[DeliveryState.SENDING] for counted in before] == [1, 1]


async def test_nothing_is_sent_of_an_edition_whose_successor_is_due(desk: Desk) -> None:
    await owe(desk, "one")
    assert (await send(desk, now=MORNING + DAY)).given == []


async def test_a_slow_part_holds_up_nobody_and_neither_do_many_more_than_fit(desk: Desk) -> None:
    for chat in range(1, 3 * IN_FLIGHT):
        await owe(desk, "one", "two", chat=chat)
    go_on, others = asyncio.Event(), asyncio.Event()
    given: list[tuple[int, str]] = []

    async def slow_to_one(part: Owed) -> Outcome:
        given.append((part.chat, part.content))
        if len(given) == 2 * (3 * IN_FLIGHT - 1) - 1:
            others.set()
        if part.chat == 1 and part.part == 0:
            await go_on.wait()
        return taken(part)

    desk.clock.hour = MORNING
    async with asyncio.TaskGroup() as group:
        group.create_task(broadcast_with(desk, slow_to_one)())
        async with asyncio.timeout(30):
            await others.wait()
        assert (1, "two") not in given
        assert await states(desk, 2) == ["sent", "sent"]
        go_on.set()
    assert await states(desk) == ["sent", "sent"]
    assert len(given) == len(set(given)) == 2 * (3 * IN_FLIGHT - 1)


async def test_a_stopped_broadcast_finishes_what_is_in_flight_and_takes_no_more(
    desk: Desk,
) -> None:
    for chat in range(1, 2 * IN_FLIGHT):
        await owe(desk, "one", "two", chat=chat)
    go_on, all_there = asyncio.Event(), asyncio.Event()
    given: list[Owed] = []

    async def wait(part: Owed) -> Outcome:
        given.append(part)
        if len(given) == IN_FLIGHT:
            all_there.set()
        await go_on.wait()
        return taken(part)

    desk.clock.hour = MORNING
    broadcast = broadcast_with(desk, wait)
    async with asyncio.TaskGroup() as group:
        group.create_task(broadcast())
        await all_there.wait()
        broadcast.stop()
        go_on.set()
    counted = await desk.ledger.read(deliveries.counted)
    assert counted[DeliveryState.SENT] == len(given) == IN_FLIGHT
    assert DeliveryState.SENDING not in counted
    await broadcast()
    assert len(given) == IN_FLIGHT


async def test_a_process_that_another_took_over_from_finishes_and_sends_no_more(
    desk: Desk,
) -> None:
    for chat in range(1, 2 * IN_FLIGHT):
        await owe(desk, "x", chat=chat)
    given: list[Owed] = []

    async def taken_over(part: Owed) -> Outcome:
        given.append(part)
        await desk.ledger.write(own, EPOCH + 1)
        return taken(part)

    desk.clock.hour = MORNING
    with pytest.raises(BaseExceptionGroup) as raised:
        await broadcast_with(desk, taken_over)()
    assert raised.group_contains(LostOwnershipError)
    counted = await desk.ledger.read(deliveries.counted)
    assert counted == {
        DeliveryState.SENT: len(given),
        DeliveryState.PLANNED: 2 * IN_FLIGHT - 1 - len(given),
    }


async def test_a_halt_in_the_middle_stops_all_that_is_not_in_flight(desk: Desk) -> None:
    await owe(desk, "one", "two")

    async def halting(part: Owed) -> Outcome:
        await desk.ledger.write(control.halt, reason="wrong", now=MORNING)
        return taken(part)

    desk.clock.hour = MORNING
    await broadcast_with(desk, halting)()
    assert await states(desk) == ["sent", "planned"]
    assert (await send(desk)).given == []
    await desk.ledger.write(control.resume)
    assert (await send(desk)).given == [(1, "two")]


async def test_a_group_that_moved_gets_all_of_it_under_its_new_number(desk: Desk) -> None:
    await owe(desk, "one", "two", chat=-5)

    def moved(part: Owed) -> Outcome:
        return Moved(to=-1005) if part.chat == -5 else taken(part)

    assert (await send(desk, moved)).given == [(-5, "one"), (-1005, "one"), (-1005, "two")]
    assert await states(desk, -1005) == ["sent", "sent"]
    (row,) = await desk.rows("SELECT chat, state FROM subscription")
    assert row == {"chat": -1005, "state": "on"}


async def test_what_a_topic_that_is_gone_was_owed_goes_to_its_chat_which_is_told_once(
    desk: Desk,
) -> None:
    await owe(desk, "one", "two", chat=-5, topic=7)
    await desk.ledger.write(announcements.announce, key="k", part="hello", now=MORNING)
    told = text_of(freeze(topic_gone()))

    def gone(part: Owed) -> Outcome:
        return TopicGone() if part.topic else taken(part)

    given = [text for _, text in (await send(desk, gone)).given]
    shown = [text_of(text) if text.startswith("{") else text for text in given]
    assert sorted(shown) == sorted(["one", "hello", "one", "two", "hello", told])
    counted = await desk.ledger.read(deliveries.counted)
    assert counted == {DeliveryState.SENT: 4}


async def test_a_part_in_doubt_is_sent_once_more_where_the_operator_says_so(desk: Desk) -> None:
    await owe(desk, "one", "two")
    answers = Answers(lambda part: Doubtful(reason="no answer") if not part.part else taken(part))
    desk.clock.hour = MORNING
    await broadcast_with(desk, answers, policy=Policy.RESEND)()
    assert [text for _, text in answers.given] == ["one", "one", "two"]
    assert await states(desk) == ["uncertain", "sent"]
