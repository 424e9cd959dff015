"""Carrying out what is owed: parts taken from the ledger, sent, and recorded, in groups."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
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
from store.ledger.alone import LostOwnershipError
from store.ledger.values import EditionKind, Owed, Policy

IN_FLIGHT = 32  # parts that are sending at once, which is how many a kill makes uncertain
QUIET_HOURS = "Quiet hours"
_AT_ONCE = 2  # parts that begin before what else waits for the event loop has its turn

log = logging.getLogger("attache.delivery")

_Ended = tuple[Owed, Outcome]


@dataclass(slots=True, kw_only=True)
class Broadcast:
    """Sends what is owed until nothing is, as the one process of `epoch`.

    At most `in_flight` parts are sending at any time: taken, and not recorded yet.
    """

    ledger: Database
    sender: Callable[[Owed], Awaitable[Outcome]]
    clock: Callable[[], datetime]
    epoch: int
    policy: Policy
    in_flight: int = IN_FLIGHT
    _stopping: bool = field(default=False, init=False)
    _beginning: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(_AT_ONCE), init=False
    )
    # What became of parts, until the ledger has it: where that is full or locked, for long.
    _ended: list[_Ended] = field(default_factory=list, init=False)

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
        flying: set[asyncio.Task[None]] = set()
        landed = asyncio.Event()
        errors: list[BaseException] = []

        def land(part: asyncio.Task[None]) -> None:
            flying.discard(part)
            if not part.cancelled() and (error := part.exception()):
                errors.append(error)
            landed.set()

        while True:
            landed.clear()
            free = 0 if errors or self._stopping else self.in_flight - len(flying)
            broken = False
            try:
                for part in await self._turn(free):
                    flying.add(sending := asyncio.ensure_future(self._deliver(part)))
                    sending.add_done_callback(land)
            except Exception as error:  # noqa: BLE001 (raised below)
                errors.append(error)
                broken = True
            if not flying and (not self._ended or (broken and not free)):
                break
            if flying:
                await landed.wait()
        if errors:
            raise BaseExceptionGroup("parts that could not be delivered", errors)

    async def _deliver(self, part: Owed) -> None:
        async with self._beginning:
            await asyncio.sleep(0)
        try:
            outcome = await self.sender(part)
        except InvalidToken as error:
            self._ended.append((part, Postponed(until=self.clock(), reason=error.message)))
            raise
        self._ended.append((part, outcome))

    async def _turn(self, free: int) -> tuple[Owed, ...]:
        """Write down what became of the parts that have ended, and take up to `free` others."""
        ended, self._ended = self._ended, []
        if not (ended or free):
            return ()
        try:
            return await self._write(ended, free)
        except LostOwnershipError:
            raise
        except StoreError as error:
            self._ended = ended + self._ended
            if ended:
                log.warning("deliveries %s not recorded yet: %s", _numbers(ended), error)
            raise
        except Exception:
            if not ended:
                raise
            await self._record_singly(ended)
            return ()

    async def _record_singly(self, ended: list[_Ended]) -> None:
        """Write down what can be: what cannot is not to take the others with it."""
        errors = []
        for one in ended:
            try:
                await self._write([one], 0)
            except Exception as error:  # noqa: BLE001 (raised below)
                errors.append(error)
        if errors:
            raise ExceptionGroup("parts that could not be recorded", errors)

    async def _write(self, ended: list[_Ended], free: int) -> tuple[Owed, ...]:
        taken, lost = await self.ledger.write(
            _record_and_take,
            ended,
            limit=free,
            epoch=self.epoch,
            policy=self.policy,
            now=self.clock(),
        )
        for part, outcome in ended:
            log.info(
                "delivery=%d edition=%d part=%d %s", part.delivery, part.edition, part.part, outcome
            )
        if lost is not None:
            raise lost
        return taken


def _numbers(ended: Iterable[_Ended]) -> str:
    return ", ".join(str(part.delivery) for part, _ in ended)


def _record_and_take(
    db: Connection,
    ended: Iterable[_Ended],
    *,
    limit: int,
    epoch: int,
    policy: Policy,
    now: datetime,
) -> tuple[tuple[Owed, ...], LostOwnershipError | None]:
    """Record in the transaction that takes: also for one who may take no more, and is told so."""
    for part, outcome in ended:
        _record(db, part, outcome, policy=policy, now=now)
    if not limit:
        return (), None
    try:
        return take_awake(db, epoch=epoch, now=now, limit=limit), None
    except LostOwnershipError as lost:
        return (), lost


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
