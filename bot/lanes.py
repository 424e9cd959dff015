"""Whose turn it is: the updates in memory, one of a chat in flight at a time, the chats in turn.

Not here: what is written down and read again (bot.inbox). Knows no clock and no ledger.
"""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from telegram import Update


@dataclass(slots=True, kw_only=True)
class Waiting:
    """An update that waits to be handed out, or is in flight."""

    update: Update
    lane: int
    n: int | None = None  # its number in the ledger; None as long as it is being written down
    is_begun: bool = False  # that its handling begins now is written down, or is about to be
    is_last_chance: bool = False  # the process dying once more sets it aside
    # Where it is here before it is written down: when it is, or cannot be.
    settled: asyncio.Event | None = None
    is_over: bool = False  # the same: has been handled


@dataclass(slots=True, kw_only=True)
class Lane:
    """The updates of one chat that are in memory."""

    waiting: deque[Waiting] = field(default_factory=deque)
    newest: int = 0  # the newest `n` that is, or was, in memory
    has_more: bool = False  # in the ledger only
    is_busy: bool = False
    is_hungry: bool = False  # none left here, and the next are being read


class Lanes:
    """The lanes with something in memory; `at_once` updates at most are in flight."""

    def __init__(self, at_once: int) -> None:
        self.at_once = at_once
        self.by_number: dict[int, Lane] = {}
        self.hungry: set[int] = set()  # lanes whose next updates are in the ledger only
        self.in_memory = 0
        self._ready: deque[int] = deque()  # lanes with something to hand out, in turn
        self._out: dict[int, Waiting] = {}  # by id() of the update: in flight
        self._last_chance: Waiting | None = None  # the one such update in flight

    @property
    def places(self) -> int:
        """How many more than wait already could be handed out at once."""
        return self.at_once - len(self._out) - len(self._ready)

    def in_flight(self, update: object) -> Waiting | None:
        """Return what is known of an update in flight."""
        return self._out.get(id(update))

    def open(self, first: Waiting, *, has_more: bool = False) -> None:
        """Make a lane of an update whose lane has nothing in memory."""
        lane = self.by_number[first.lane] = Lane(has_more=has_more)
        self.append(lane, first)

    def append(self, lane: Lane, waiting: Waiting) -> None:
        """Put an update at the end of its lane."""
        if not lane.waiting and not lane.is_busy:
            self._ready.append(waiting.lane)
        lane.waiting.append(waiting)
        lane.newest = waiting.n or lane.newest
        self.in_memory += 1

    def next(self) -> int | None:
        """Return the lane whose turn it is.

        Two updates that processes died of are not in flight together: else whichever of them
        is at fault, both would be set aside.
        """
        if len(self._out) >= self.at_once:
            return None
        for number in self._ready:
            head = self.by_number[number].waiting[0]
            if self._last_chance is None or not head.is_last_chance:
                return number
        return None

    def take(self) -> Waiting | None:
        """Put in flight what has its turn."""
        number = self.next()
        if number is None:
            return None
        self._ready.remove(number)
        lane = self.by_number[number]
        waiting = lane.waiting.popleft()
        lane.is_busy = True
        if waiting.is_last_chance:
            self._last_chance = waiting
        self.in_memory -= 1
        self._out[id(waiting.update)] = waiting
        return waiting

    def free(self, waiting: Waiting) -> None:
        """Let the next of a lane go: the one in flight has been dealt with."""
        del self._out[id(waiting.update)]
        number = waiting.lane
        lane = self.by_number[number]
        lane.is_busy = False
        if self._last_chance is waiting:
            self._last_chance = None
        if lane.waiting:
            self._ready.append(number)
        elif lane.has_more:
            lane.is_hungry = True
            self.hungry.add(number)
        else:
            del self.by_number[number]
