"""Carrying out what is owed: parts taken from the ledger, sent, and recorded one by one."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.digest.sender import Ended, Outcome, Postponed, Sender, Taken
from store.database import Connection, Database
from store.ledger import chats, deliveries
from store.ledger.values import Owed

_IN_FLIGHT = 32

log = logging.getLogger("attache.delivery")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """Sends what is owed until nothing is."""

    ledger: Database
    sender: Sender
    clock: Callable[[], datetime]

    async def recover(self) -> int:
        """Call uncertain what an earlier process was sending when it ended."""
        uncertain = await self.ledger.write(deliveries.recover, now=self.clock())
        if uncertain:
            log.warning("%d parts are uncertain: the bot stopped while sending them", uncertain)
        return uncertain

    async def __call__(self) -> None:
        """Send every part that is owed now."""
        while owed := await self.ledger.write(deliveries.take, now=self.clock(), limit=_IN_FLIGHT):
            async with asyncio.TaskGroup() as group:
                for part in owed:
                    group.create_task(self._deliver(part))

    async def _deliver(self, part: Owed) -> None:
        outcome = await self.sender(part)
        await self.ledger.write(_record, part, outcome, now=self.clock())
        log.info(
            "delivery %d edition %d part %d: %s", part.delivery, part.edition, part.part, outcome
        )


def _record(db: Connection, part: Owed, outcome: Outcome, *, now: datetime) -> None:
    match outcome:
        case Taken():
            deliveries.sent(db, part, message=outcome.message, now=now)
        case Postponed():
            deliveries.postpone(db, part, until=outcome.until, reason=outcome.reason, now=now)
        case Ended():
            deliveries.settle(db, part, outcome.state, reason=outcome.reason, now=now)
            if outcome.chat_closed:
                chats.close(db, part.chat, reason=outcome.reason, now=now)
