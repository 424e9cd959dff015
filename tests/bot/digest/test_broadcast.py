import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from telegram.error import InvalidToken

from bot.digest.broadcast import Broadcast
from bot.digest.sender import Ended, Outcome, Postponed, Taken
from store.ledger import chats, deliveries, editions, subscriptions
from store.ledger.values import DeliveryState, Owed, PlannedEdition
from tests.bot.digest.desk import DAY, MORNING, Desk
from tests.store.ledger.debts import states as states_of

WAIT = timedelta(seconds=43_838)
Answer = Callable[[Owed], Outcome | Exception]


@dataclass(slots=True)
class Answers:
    """A sender that answers as it is told, keeps what it was given, and takes its time."""

    answer: Answer
    given: list[tuple[int, str]] = field(default_factory=list)
    under_way: Counter[int] = field(default_factory=Counter)

    async def __call__(self, part: Owed) -> Outcome:
        self.given.append((part.chat, part.content))
        self.under_way[part.edition] += 1
        assert self.under_way[part.edition] == 1
        await asyncio.sleep(0)
        self.under_way[part.edition] -= 1
        outcome = self.answer(part)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def taken(part: Owed) -> Outcome:
    return Taken(message=100 + part.delivery)


def for_chat(chat: int, outcome: Outcome | Exception) -> Answer:
    return lambda part: outcome if part.chat == chat else taken(part)


async def owe(desk: Desk, *parts: str, chat: int = 1) -> None:
    subscription = await desk.subscribe(chat)
    planned = PlannedEdition(
        subscription=subscription,
        local_date=MORNING.date(),
        due=MORNING,
        offer=1,
        parts=parts,
        reason=None,
        next_due=MORNING + DAY,
    )
    await desk.ledger.write(editions.plan, [planned], now=MORNING)


async def send(desk: Desk, answer: Answer = taken, now: datetime = MORNING) -> Answers:
    answers = Answers(answer)
    desk.clock.hour = now
    await broadcast_of(desk, answers)()
    return answers


def broadcast_of(desk: Desk, answers: Answers) -> Broadcast:
    return Broadcast(ledger=desk.ledger, sender=answers, clock=desk.clock.now)


async def states(desk: Desk, chat: int = 1) -> list[str]:
    return await desk.ledger.read(states_of, chat=chat)


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
    wait = Postponed(until=MORNING + WAIT, reason="Telegram asked us to wait 43838 s")
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
    lost = Ended(state=DeliveryState.UNCERTAIN, reason="no answer")
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
    assert counted == {DeliveryState.SENT: 30, DeliveryState.PLANNED: 19}
    assert len((await send(desk)).given) == 19


async def test_what_is_under_way_is_recorded_when_something_goes_wrong_beside_it(
    desk: Desk,
) -> None:
    for chat in (1, 2, 3):
        await owe(desk, "one", "two", chat=chat)
    with pytest.raises(BaseExceptionGroup) as raised:
        await send(desk, for_chat(2, KeyError("a bug")))
    assert raised.group_contains(KeyError)
    assert [await states(desk, chat) for chat in (1, 2, 3)] == [
        ["sent", "planned"],
        ["sending", "planned"],
        ["sent", "planned"],
    ]
    assert (await send(desk)).given == [(1, "two"), (3, "two")]
    assert await broadcast_of(desk, Answers(taken)).recover() == 1
    assert (await send(desk)).given == [(2, "two")]


async def test_each_part_is_sending_in_the_ledger_before_it_is_sent(desk: Desk) -> None:
    await owe(desk, "one", "two")
    before: list[dict[DeliveryState, int]] = []

    async def look(part: Owed) -> Outcome:
        before.append(await desk.ledger.read(deliveries.counted))
        return taken(part)

    desk.clock.hour = MORNING
    await Broadcast(ledger=desk.ledger, sender=look, clock=desk.clock.now)()
    assert [counted[DeliveryState.SENDING] for counted in before] == [1, 1]


async def test_nothing_is_sent_of_an_edition_whose_successor_is_due(desk: Desk) -> None:
    await owe(desk, "one")
    assert (await send(desk, now=MORNING + DAY)).given == []
