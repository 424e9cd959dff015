"""The update queue that survives: an update is written down before Telegram may forget it.

One update of a chat is handled at a time, the chats take turns, and what a dead process left
is handled again. Beyond some thousands, updates wait in the ledger only, not in memory.
Not here: the tables (store.ledger.inbox), what fills and empties it (bot.keeping), and what
an update is answered with.
"""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from telegram import Bot, Update
from telegram.error import TelegramError

from store.database import Database
from store.errors import StoreError
from store.ledger import inbox as ledger_inbox
from store.ledger.inbox import Arrival, GroupCommit, Kept

IN_MEMORY = 2_000  # updates, of all chats
OF_ONE_CHAT = 16  # updates in memory
_AGAIN_AFTER = 1.0  # seconds, when the ledger could not be read

OnSetAside = Callable[[Sequence[Update]], Awaitable[None]]

log = logging.getLogger("attache.inbox")


class NotKeptError(TelegramError):
    """An update could not be written down. Telegram's error type: polling tries again for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    kept: Kept
    update: Update


@dataclass(slots=True, kw_only=True)
class _Lane:
    """The updates of one chat that are in memory."""

    waiting: deque[_Waiting] = field(default_factory=deque)
    newest: int  # the newest `n` that is, or was, in memory
    has_more: bool = False  # in the ledger only
    is_busy: bool = False
    is_hungry: bool = False  # none left here, and the next are being read


class Inbox(asyncio.Queue[object]):
    """The queue between Telegram and the handlers, kept in the ledger.

    `get` gives updates of chats that have none in flight, `at_once` at most in all. What is
    no update, such as PTB's signal to stop, passes at once and is not kept.
    """

    def __init__(
        self,
        *,
        ledger: Database,
        at_once: int,
        on_set_aside: OnSetAside | None = None,
        in_memory: int = IN_MEMORY,
    ) -> None:
        super().__init__()
        self.at_once = at_once
        self._ledger = ledger
        self._commits = GroupCommit(ledger)
        self._on_set_aside = on_set_aside
        self._most = in_memory
        self._bot: Bot | None = None
        self._lanes: dict[int, _Lane] = {}
        self._ready: deque[int] = deque()  # lanes with something to hand out, in turn
        self._hungry: set[int] = set()  # lanes whose next updates are in the ledger only
        self._others = False  # whether the ledger may have lanes that are not in memory
        self._reading_others = False
        self._in_memory = 0
        self._kept: dict[int, Update] = {}  # by id(): kept, and still to be put
        self._out: dict[int, _Waiting] = {}  # by id(): in flight
        self._last_chance: int | None = None  # the one such update in flight
        self._signals: deque[object] = deque()
        self._unfinished = 0
        self._has_stopped = False
        self._something = asyncio.Event()
        self._nothing_unfinished = asyncio.Event()
        self._loading: asyncio.Task[None] | None = None

    async def replay(self, bot: Bot) -> None:
        """Put back what an earlier process left; to be awaited before updates are fetched.

        What killed it three times is set aside and told to `on_set_aside`, once.
        """
        self._bot = bot
        left = await self._ledger.write(ledger_inbox.set_aside)
        if left:
            await self._report(left)
        self._others = True
        self._look()
        if self._loading is not None:
            await asyncio.wait({self._loading})

    async def keep(self, updates: Sequence[Update]) -> None:
        """Return once all are on the disk; what is there already is not kept twice.

        They are let in by it: to `put` them afterwards is allowed, and does nothing.
        """
        try:
            arrivals = self._arrivals(updates)
            await self._commits.write(
                lambda db: [ledger_inbox.keep(db, came) for came in arrivals],
                lambda kept: self._admit_all(kept, updates),
            )
        except Exception as error:  # of any other type it would end PTB's polling in silence
            numbers = ", ".join(str(update.update_id) for update in updates)
            raise NotKeptError(f"not written down: updates {numbers}: {error}") from error
        self._kept.update((id(update), update) for update in updates)

    async def put(self, item: object) -> None:
        """Return once `item` is on the disk; an update that is there already is not kept twice."""
        if not isinstance(item, Update):
            self.put_nowait(item)
            return
        if id(item) not in self._kept:
            await self.keep([item])
        del self._kept[id(item)]

    def put_nowait(self, item: object) -> None:
        """Pass what is no update at once; an update has to be written down first: `put`."""
        if isinstance(item, Update):
            raise TypeError("an update is written to the disk first: await put()")
        self._signals.append(item)
        self._something.set()

    async def get(self) -> object:
        """Wait for the next update whose chat has none in flight."""
        self._has_stopped = False
        while True:
            try:
                return self._take()
            except asyncio.QueueEmpty:
                self._something.clear()
                await self._something.wait()

    def get_nowait(self) -> object:
        """Return what `get` would give without waiting, or raise `QueueEmpty`."""
        if self._has_stopped:
            raise asyncio.QueueEmpty
        return self._take()

    def empty(self) -> bool:
        """Tell whether nothing can be handed out now.

        After the signal to stop nothing can: PTB would drop it, and the next start has it.
        """
        return self._has_stopped or (not self._signals and self._next_lane() is None)

    def full(self) -> bool:
        """Return False: what has no room in memory waits in the ledger."""
        return False

    def qsize(self) -> int:
        """Return how much waits in memory."""
        return self._in_memory + len(self._signals)

    def task_done(self) -> None:
        """Count one that was handed out as dealt with, as `join` does."""
        if self._unfinished <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        if self._unfinished == 0 and not self._signals:
            self._nothing_unfinished.set()

    async def join(self) -> None:
        """Wait until all that was handed out is dealt with; what was not stays in the ledger."""
        while self._unfinished or self._signals:
            self._nothing_unfinished.clear()
            await self._nothing_unfinished.wait()

    async def began(self, update: object) -> None:
        """Count, before the handling of an update begins, that it does."""
        waiting = self._out.get(id(update))
        if waiting is not None and not waiting.kept.begun:
            n = waiting.kept.n
            try:
                await self._commits.write(lambda db: ledger_inbox.begin(db, n))
            except StoreError as error:  # a full disk: who asked is answered all the same
                log.warning("update %d is handled uncounted: %s", waiting.kept.update_id, error)

    async def ended(self, update: object) -> None:
        """Take a handled update out of the ledger, then let its chat's next one go."""
        if waiting := self._out.get(id(update)):
            n = waiting.kept.n
            try:
                await self._commits.write(lambda db: ledger_inbox.end(db, n))
            except StoreError as error:
                log.warning(
                    "update %d is handled but still in the inbox; the next start handles it "
                    "again: %s",
                    waiting.kept.update_id,
                    error,
                )
            self._free(waiting)

    async def close(self) -> None:
        """Wait for what is being written and stop reading ahead: the ledger may be closed then."""
        if self._loading is not None:
            self._loading.cancel()
            await asyncio.wait({self._loading})
        await self._commits.settled()

    def _arrivals(self, updates: Sequence[Update]) -> list[Arrival]:
        """Return updates as they are to be written down.

        What can be handled as soon as it is written counts as begun by the same commit.
        """
        free = self.at_once - len(self._out) - len(self._ready)
        busy = set(self._lanes)
        arrivals = []
        for update in updates:
            lane = _lane_of(update)
            begins = free > 0 and lane not in busy and not (self._others or self._reading_others)
            free -= begins
            busy.add(lane)
            arrivals.append(
                ledger_inbox.arrival(update.update_id, lane, update.to_dict(), begins=begins)
            )
        return arrivals

    def _admit_all(self, kept: Sequence[Kept | None], updates: Sequence[Update]) -> None:
        for one, update in zip(kept, updates, strict=True):
            self._admit(one, update)

    def _admit(self, kept: Kept | None, update: Update) -> None:
        """Take what was just written into memory where there is room; else note that it waits."""
        if kept is None:
            return
        lane = self._lanes.get(kept.lane)
        is_full = self._in_memory >= self._most
        if lane is None:
            # While others are being read, whether this lane is among them is not known.
            if is_full or self._others or self._reading_others:
                self._others = True
            else:
                self._open(_Waiting(kept=kept, update=update))
        elif kept.n > lane.newest:
            if is_full or lane.has_more or lane.is_hungry or len(lane.waiting) >= OF_ONE_CHAT:
                lane.has_more = True
            else:
                self._append(lane, _Waiting(kept=kept, update=update))
        self._look()

    def _open(self, first: _Waiting, *, has_more: bool = False) -> None:
        lane = self._lanes[first.kept.lane] = _Lane(newest=first.kept.n, has_more=has_more)
        self._append(lane, first)

    def _append(self, lane: _Lane, waiting: _Waiting) -> None:
        if not lane.waiting and not lane.is_busy:
            self._ready.append(waiting.kept.lane)
        lane.waiting.append(waiting)
        lane.newest = waiting.kept.n
        self._in_memory += 1

    def _take(self) -> object:
        if self._signals:
            self._has_stopped = True
            self._unfinished += 1
            return self._signals.popleft()
        number = self._next_lane()
        if number is None:
            raise asyncio.QueueEmpty
        self._ready.remove(number)
        lane = self._lanes[number]
        waiting = lane.waiting.popleft()
        lane.is_busy = True
        if waiting.kept.is_last_chance:
            self._last_chance = waiting.kept.n
        self._in_memory -= 1
        self._unfinished += 1
        self._out[id(waiting.update)] = waiting
        return waiting.update

    def _next_lane(self) -> int | None:
        """Return the lane whose turn it is.

        Two updates that processes died of are not in flight together: else whichever of them
        is at fault, both would be set aside.
        """
        if len(self._out) >= self.at_once:
            return None
        for number in self._ready:
            head = self._lanes[number].waiting[0].kept
            if self._last_chance is None or not head.is_last_chance:
                return number
        return None

    def _free(self, waiting: _Waiting) -> None:
        del self._out[id(waiting.update)]
        number = waiting.kept.lane
        lane = self._lanes[number]
        lane.is_busy = False
        if self._last_chance == waiting.kept.n:
            self._last_chance = None
        if lane.waiting:
            self._ready.append(number)
        elif lane.has_more:
            lane.is_hungry = True
            self._hungry.add(number)
        else:
            del self._lanes[number]
        self._look()

    def _look(self) -> None:
        """Wake who waits for something to handle; read ahead where memory runs low."""
        self._something.set()
        if self._loading is None and self._should_load():
            self._loading = asyncio.ensure_future(self._load())

    def _should_load(self) -> bool:
        return bool(self._hungry) or (self._others and self._in_memory <= self._most // 2)

    async def _load(self) -> None:
        try:
            while self._should_load():
                try:
                    await (self._load_hungry() if self._hungry else self._load_others())
                except StoreError as error:
                    log.warning("the inbox cannot be read; again in %g s: %s", _AGAIN_AFTER, error)
                    await asyncio.sleep(_AGAIN_AFTER)
                self._something.set()
        finally:
            self._loading = None

    async def _load_hungry(self) -> None:
        lanes = {number: self._lanes[number] for number in self._hungry}
        for lane in lanes.values():
            lane.has_more = False  # an update put from here on says so again
        limit = max(1, min(OF_ONE_CHAT, (self._most - self._in_memory) // len(lanes)))
        after = {number: lane.newest for number, lane in lanes.items()}
        found = await self._ledger.read(ledger_inbox.next_of_each, after, limit)
        for number, lane in lanes.items():
            for kept in found[number]:
                self._append(lane, self._read(kept))
            lane.has_more |= len(found[number]) == limit
            if lane.waiting or not lane.has_more:
                lane.is_hungry = False
                self._hungry.discard(number)
            if not (lane.waiting or lane.has_more):
                del self._lanes[number]

    async def _load_others(self) -> None:
        limit = max(1, self._most - self._in_memory)
        self._others, self._reading_others = False, True
        try:
            found = await self._ledger.read(ledger_inbox.first_of_others, tuple(self._lanes), limit)
        except BaseException:
            self._others = True
            raise
        finally:
            self._reading_others = False
        for kept in found:
            self._open(self._read(kept), has_more=True)
        self._others |= len(found) == limit

    def _read(self, kept: Kept) -> _Waiting:
        return _Waiting(kept=kept, update=Update.de_json(json.loads(kept.body), self._bot))

    async def _report(self, left: Sequence[Kept]) -> None:
        log.error(
            "set aside, because the bot died each time it handled them: updates %s",
            ", ".join(str(kept.update_id) for kept in left),
        )
        if self._on_set_aside is not None:
            try:
                await self._on_set_aside([self._read(kept).update for kept in left])
            except Exception:  # telling somebody must not keep the bot from starting
                log.exception("nobody could be told of them; the next start tries again")
                return
        await self._ledger.write(ledger_inbox.reported, [kept.n for kept in left])


def _lane_of(update: Update) -> int:
    """Return the chat whose updates keep their order, else the person, who may have no chat."""
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0
