"""The update queue that survives: an update is written down before Telegram may forget it.

One update of a chat is handled at a time, the chats take turns, and what a dead process left
is handled again. Beyond some thousands, updates wait in the ledger only, not in memory.
Not here: the tables (store.ledger.inbox), whose turn it is (bot.lanes), what fills and empties
it (bot.keeping), and what an update is answered with.
"""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.arriving import Coming, lane_of
from bot.lanes import Lanes, Waiting
from store.database import Database
from store.errors import StoreError
from store.ledger import inbox as ledger_inbox
from store.ledger.inbox import GroupCommit, Kept

IN_MEMORY = 2_000  # updates, of all chats
OF_ONE_CHAT = 16  # updates in memory
# So long what is handled early is not held up by its own writing down. If it is over by
# then, one commit does for both.
_HEAD_START = 0.002  # seconds
_AGAIN_AFTER = 1.0  # seconds, when the ledger could not be read

OnSetAside = Callable[[Sequence[Update]], Awaitable[None]]

log = logging.getLogger("attache.inbox")


class NotKeptError(TelegramError):
    """An update could not be written down. Telegram's error type: polling tries again for it."""


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
        self._lanes = Lanes(at_once)
        self._others = False  # whether the ledger may have lanes that are not in memory
        self._reading_others = False
        self._kept: dict[int, Update] = {}  # by id(): kept, and still to be put
        self._being_kept = 0  # calls
        self._is_sure = False  # the newest call since the start could write down what it had to
        self._newest = -1  # the highest number of an update that came since the start
        self._unkept: dict[int, Waiting] = {}  # by number: handled early, and not written down
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

    async def keep(self, updates: Sequence[Update], *, ahead: bool = False) -> None:
        """Return once all are on the disk; what is there already is not kept twice.

        They are let in by it: to `put` them afterwards is allowed, and does nothing. With
        `ahead` what is free to be handled is so while it is being written down: for whoever
        lets Telegram forget nothing before this returns. Never what Telegram may have sent
        before: the first that come after a start, or after what could not be written down,
        may be what a process died of, and that is counted before it is handled.
        """
        coming = self._coming(updates, ahead=ahead)
        self._being_kept += 1
        try:
            await self._commits.write(
                lambda db: [one.write_down(db) for one in coming],
                lambda kept: self._let_in(kept, coming),
                lambda: self._not_written(coming),
                after=_HEAD_START if any(one.early for one in coming) else 0.0,
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
        return self._has_stopped or (not self._signals and self._lanes.next() is None)

    def full(self) -> bool:
        """Return False: what has no room in memory waits in the ledger."""
        return False

    def qsize(self) -> int:
        """Return how much waits in memory."""
        return self._lanes.in_memory + len(self._signals)

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
        waiting = self._lanes.in_flight(update)
        if waiting is None:
            return
        if waiting.settled is not None:
            ledger_inbox.handled_meanwhile(Coming.of(waiting).write_down)
        n = waiting.n
        if n is not None and not waiting.is_begun:
            try:
                await self._commits.write(lambda db: ledger_inbox.begin(db, n))
            except StoreError as error:  # a full disk: who asked is answered all the same
                number = waiting.update.update_id
                log.warning("update %d is handled uncounted: %s", number, error)

    async def ended(self, update: object) -> None:
        """Take a handled update out of the ledger, then let its chat's next one go."""
        waiting = self._lanes.in_flight(update)
        if waiting is None:
            return
        waiting.is_over = True
        if waiting.settled is not None:
            await waiting.settled.wait()
        n = waiting.n
        if n is not None:
            try:
                await self._commits.write(lambda db: ledger_inbox.end(db, n))
            except StoreError as error:
                log.warning(
                    "update %d is handled but still in the inbox; the next start handles it "
                    "again: %s",
                    waiting.update.update_id,
                    error,
                )
        self._lanes.free(waiting)
        self._look()

    async def close(self) -> None:
        """Wait for what is being written and stop reading ahead: the ledger may be closed then."""
        if self._loading is not None:
            self._loading.cancel()
            await asyncio.wait({self._loading})
        await self._commits.settled()

    def _coming(self, updates: Sequence[Update], *, ahead: bool) -> list[Coming]:
        """Return updates as they are to be written down; let those in that need not wait for it.

        What can be handled as soon as it is written counts as begun by the same commit.
        """
        ahead = ahead and self._is_sure and not self._being_kept
        is_known = not (self._others or self._reading_others)  # which lanes have anything
        free, busy, coming = self._lanes.places, set(self._lanes.by_number), list[Coming]()
        settled = asyncio.Event()
        for update in updates:
            lane, number = lane_of(update), update.update_id
            begins = free > 0 and lane not in busy and is_known
            has_room = self._lanes.in_memory < self._most
            free -= begins
            busy.add(lane)
            if known := self._known_of(update):
                coming.append(Coming.of(known))
            elif begins and ahead and has_room and number > self._newest:
                early = Waiting(update=update, lane=lane, is_begun=True, settled=settled)
                self._lanes.open(early)
                self._look()
                coming.append(Coming.of(early))
            else:
                coming.append(Coming(update=update, lane=lane, begins=begins))
            self._newest = max(self._newest, number)
        return coming

    def _known_of(self, update: Update) -> Waiting | None:
        """Return the same update where it was handled early and could not be written down."""
        known = self._unkept.get(update.update_id)
        same = known is not None and known.update.to_dict() == update.to_dict()
        return known if same else None

    def _let_in(self, kept: Sequence[Kept | None], coming: Sequence[Coming]) -> None:
        """Take into memory what was just written down, unless it is there."""
        self._being_kept -= 1
        self._is_sure = True
        for one, came in zip(kept, coming, strict=True):
            if came.early is None:
                self._admit(one, came.update)
                continue
            was_unkept = self._unkept.pop(came.update.update_id, None) is not None
            if one is not None:
                came.early.n = one.n
                if not was_unkept:
                    self._lanes.by_number[came.lane].newest = one.n
            if came.early.settled is not None:
                came.early.settled.set()

    def _not_written(self, coming: Sequence[Coming]) -> None:
        """Remember what is handled already, for Telegram will send it again."""
        self._being_kept -= 1
        self._is_sure = False
        for came in coming:
            if came.early is not None:
                self._unkept[came.update.update_id] = came.early
                if came.early.settled is not None:
                    came.early.settled.set()

    def _admit(self, kept: Kept | None, update: Update) -> None:
        """Take what was just written into memory where there is room; else note that it waits."""
        if kept is None:
            return
        lane = self._lanes.by_number.get(kept.lane)
        is_full = self._lanes.in_memory >= self._most
        waiting = _waiting(kept, update)
        if lane is None:
            # While others are being read, whether this lane is among them is not known.
            if is_full or self._others or self._reading_others:
                self._others = True
            else:
                self._lanes.open(waiting)
        elif kept.n > lane.newest:
            if is_full or lane.has_more or lane.is_hungry or len(lane.waiting) >= OF_ONE_CHAT:
                lane.has_more = True
            else:
                self._lanes.append(lane, waiting)
        self._look()

    def _take(self) -> object:
        if self._signals:
            self._has_stopped = True
            self._unfinished += 1
            return self._signals.popleft()
        waiting = self._lanes.take()
        if waiting is None:
            raise asyncio.QueueEmpty
        self._unfinished += 1
        return waiting.update

    def _look(self) -> None:
        """Wake who waits for something to handle; read ahead where memory runs low."""
        self._something.set()
        if self._loading is None and self._should_load():
            self._loading = asyncio.ensure_future(self._load())

    def _should_load(self) -> bool:
        few = self._lanes.in_memory <= self._most // 2
        return bool(self._lanes.hungry) or (self._others and few)

    async def _load(self) -> None:
        try:
            while self._should_load():
                try:
                    await (self._load_hungry() if self._lanes.hungry else self._load_others())
                except StoreError as error:
                    log.warning("the inbox cannot be read; again in %g s: %s", _AGAIN_AFTER, error)
                    await asyncio.sleep(_AGAIN_AFTER)
                self._something.set()
        finally:
            self._loading = None

    async def _load_hungry(self) -> None:
        lanes = {number: self._lanes.by_number[number] for number in self._lanes.hungry}
        for lane in lanes.values():
            lane.has_more = False  # an update put from here on says so again
        limit = max(1, min(OF_ONE_CHAT, (self._most - self._lanes.in_memory) // len(lanes)))
        after = {number: lane.newest for number, lane in lanes.items()}
        found = await self._ledger.read(ledger_inbox.next_of_each, after, limit)
        for number, lane in lanes.items():
            for kept in found[number]:
                self._lanes.append(lane, self._read(kept))
            lane.has_more |= len(found[number]) == limit
            if lane.waiting or not lane.has_more:
                lane.is_hungry = False
                self._lanes.hungry.discard(number)
            if not (lane.waiting or lane.has_more):
                del self._lanes.by_number[number]

    async def _load_others(self) -> None:
        limit = max(1, self._most - self._lanes.in_memory)
        self._others, self._reading_others = False, True
        known = tuple(self._lanes.by_number)
        try:
            found = await self._ledger.read(ledger_inbox.first_of_others, known, limit)
        except BaseException:
            self._others = True
            raise
        finally:
            self._reading_others = False
        for kept in found:
            self._lanes.open(self._read(kept), has_more=True)
        self._others |= len(found) == limit

    def _read(self, kept: Kept) -> Waiting:
        return _waiting(kept, Update.de_json(json.loads(kept.body), self._bot))

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


def _waiting(kept: Kept, update: Update) -> Waiting:
    return Waiting(
        update=update,
        lane=kept.lane,
        n=kept.n,
        is_begun=kept.begun,
        is_last_chance=kept.is_last_chance,
    )
