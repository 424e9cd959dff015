"""Carrying out what is owed: parts taken from the ledger, sent, and recorded one by one."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from telegram.error import InvalidToken

from bot.digest.sender import Ended, Outcome, Postponed, Taken
from store.database import Connection, Database
from store.ledger import chats, deliveries
from store.ledger.values import Owed

_IN_FLIGHT = 32

log = logging.getLogger("attache.delivery")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """Sends what is owed until nothing is."""

    ledger: Database
    sender: Callable[[Owed], Awaitable[Outcome]]
    clock: Callable[[], datetime]

    async def recover(self) -> int:
        """Call uncertain what an earlier process was sending when it ended."""
        uncertain = await self.ledger.write(deliveries.recover, now=self.clock())
        if uncertain:
            log.warning("%d parts are uncertain: the bot stopped while sending them", uncertain)
        return uncertain

    async def __call__(self) -> None:
        """Send every part that is owed now. Raises what went wrong, after what was under way."""
        while owed := await self.ledger.write(deliveries.take, now=self.clock(), limit=_IN_FLIGHT):
            # No TaskGroup: it would cut off the others between Telegram's answer and its record.
            ended = await asyncio.gather(*map(self._deliver, owed), return_exceptions=True)
            if errors := [error for error in ended if error is not None]:
                raise BaseExceptionGroup("parts that could not be delivered", errors)

    async def _deliver(self, part: Owed) -> None:
        try:
            outcome = await self.sender(part)
        except InvalidToken as error:
            refused = Postponed(until=self.clock(), reason=error.message)
            await self.ledger.write(_record, part, refused, now=self.clock())
            raise
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
