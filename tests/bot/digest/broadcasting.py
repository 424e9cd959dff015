"""A broadcast with a sender that answers as it is told."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.digest.broadcast import Broadcast
from bot.digest.sender import Outcome, Taken
from store.ledger import editions
from store.ledger.values import Owed, PlannedEdition, Policy
from tests.bot.digest.desk import DAY, MORNING, Desk
from tests.store.ledger.debts import EPOCH
from tests.store.ledger.debts import states as states_of

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


async def owe(desk: Desk, *parts: str, chat: int = 1, topic: int = 0) -> None:
    subscription = await desk.subscribe(chat, topic=topic)
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
    return broadcast_with(desk, answers)


def broadcast_with(
    desk: Desk, sender: Callable[[Owed], Awaitable[Outcome]], *, policy: Policy = Policy.LEAVE
) -> Broadcast:
    return Broadcast(
        ledger=desk.ledger, sender=sender, clock=desk.clock.now, epoch=EPOCH, policy=policy
    )


async def states(desk: Desk, chat: int = 1) -> list[str]:
    return await desk.ledger.read(states_of, chat=chat)
