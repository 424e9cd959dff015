"""Carrying out what is owed: parts taken from the ledger, sent, and recorded one by one."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from telegram.error import InvalidToken

from bot.digest.quiet import wakes
from bot.digest.sender import Doubtful, Ended, Moved, Outcome, Postponed, Taken, TopicGone
from bot.locales import language_of, speaking
from bot.messages.delivery import topic_gone
from bot.messages.parts import freeze
from store.database import Connection, Database
from store.errors import StoreError
from store.ledger import chats, deliveries, languages, subscriptions
from store.ledger.values import EditionKind, Owed, Policy

IN_FLIGHT = 32
QUIET_HOURS = "Quiet hours"

log = logging.getLogger("attache.delivery")


@dataclass(slots=True, kw_only=True)
class Broadcast:
    """Sends what is owed until nothing is, as the one process of `epoch`."""

    ledger: Database
    sender: Callable[[Owed], Awaitable[Outcome]]
    clock: Callable[[], datetime]
    epoch: int
    policy: Policy
    _stopping: bool = field(default=False, init=False)
    # What is known of parts that the ledger, full or locked, did not take yet.
    _unrecorded: list[tuple[Owed, Outcome]] = field(default_factory=list, init=False)

    async def recover(self) -> int:
        """Settle what an earlier process was sending when it ended; return how many parts."""
        uncertain = await self.ledger.write(
            deliveries.recover, policy=self.policy, now=self.clock()
        )
        if uncertain:
            log.warning(
                "%d parts are uncertain: the bot stopped while sending them (%s)",
                uncertain,
                "each is sent once more" if self.policy is Policy.RESEND else "they are left so",
            )
        return uncertain

    def stop(self) -> None:
        """Take nothing more; what is in flight is finished."""
        self._stopping = True

    async def __call__(self) -> None:
        """Send every part that is owed now. Raises what went wrong, after what was under way."""
        await self._record_late()
        flying: set[asyncio.Future[None]] = set()
        errors: list[BaseException] = []
        while True:
            free = 0 if self._stopping or errors else IN_FLIGHT - len(flying)
            try:
                flying |= {asyncio.ensure_future(self._deliver(p)) for p in await self._take(free)}
            except Exception as broken:  # noqa: BLE001 (raised below)
                errors.append(broken)
            if not flying:
                break
            done, flying = await asyncio.wait(flying, return_when=asyncio.FIRST_COMPLETED)
            errors += [error for part in done if (error := part.exception()) is not None]
        if errors:
            raise BaseExceptionGroup("parts that could not be delivered", errors)

    async def _take(self, limit: int) -> tuple[Owed, ...]:
        if not limit:
            return ()
        return await self.ledger.write(take_awake, epoch=self.epoch, now=self.clock(), limit=limit)

    async def _deliver(self, part: Owed) -> None:
        try:
            outcome = await self.sender(part)
        except InvalidToken as error:
            refused = Postponed(until=self.clock(), reason=error.message)
            await self._record(part, refused)
            raise
        await self._record(part, outcome)

    async def _record_late(self) -> None:
        """Write down what the ledger did not take before; raises where it still does not."""
        while self._unrecorded:
            part, outcome = self._unrecorded.pop()
            await self._record(part, outcome)

    async def _record(self, part: Owed, outcome: Outcome) -> None:
        try:
            await self.ledger.write(_record, part, outcome, policy=self.policy, now=self.clock())
        except StoreError as error:
            self._unrecorded.append((part, outcome))
            log.warning("delivery=%d not recorded yet: %s", part.delivery, error)
            raise
        log.info(
            "delivery=%d edition=%d part=%d %s", part.delivery, part.edition, part.part, outcome
        )


def take_awake(db: Connection, *, epoch: int, now: datetime, limit: int) -> tuple[Owed, ...]:
    """Take parts that are owed now, but for alerts to chats that are left alone now."""
    while taken := deliveries.take(db, epoch=epoch, now=now, limit=limit):
        if awake := tuple(part for part in taken if not _put_off(db, part, now)):
            return awake
    return ()


def _put_off(db: Connection, part: Owed, now: datetime) -> bool:
    """Put an alert off to the end of the quiet hours that it was held up until, if it was.

    By a halt, a flood wait or a time without the bot; or they were set since.
    """
    known = (
        subscriptions.subscription(db, part.chat, part.topic)
        if part.kind is EditionKind.ALERT
        else None
    )
    until = wakes(known.quiet, known.rhythm.zone, now) if known else now
    if until > now:
        deliveries.postpone(db, part, until=until, reason=QUIET_HOURS, now=now)
    return until > now


def _record(db: Connection, part: Owed, outcome: Outcome, *, policy: Policy, now: datetime) -> None:
    match outcome:
        case Taken():
            deliveries.sent(db, part, message=outcome.message, now=now, note=outcome.note)
        case Postponed():
            deliveries.postpone(
                db,
                part,
                until=outcome.until,
                reason=outcome.reason,
                now=now,
                chat=outcome.chat,
                tried=outcome.tried,
            )
        case Doubtful():
            deliveries.doubt(db, part, reason=outcome.reason, policy=policy, now=now)
        case Moved():
            reason = "the group has become a supergroup"
            deliveries.postpone(db, part, until=now, reason=reason, now=now)
            chats.migrate(db, part.chat, outcome.to, now=now)
        case TopicGone():
            reason = "the topic is gone: sent to the chat itself"
            deliveries.postpone(db, part, until=now, reason=reason, now=now)
            with speaking(language_of(languages.code_for(db, part.chat))):
                notice = freeze(topic_gone())
            chats.leave_topic(db, part.chat, part.topic, notice=notice, now=now)
        case Ended():
            deliveries.settle(db, part, outcome.state, reason=outcome.reason, now=now)
            if outcome.chat_closed:
                chats.close(db, part.chat, reason=outcome.reason, now=now)
