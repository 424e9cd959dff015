"""The books behind the pacing: who waits, who is on the way, and when the next may go.

Pure: no clock, no waiting, no Telegram; `bot.pacing` brings these.
"""

import heapq
import math
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from enum import StrEnum

# Telegram names 30 a second, not 25: what is above our own budget is for requests that
# began apart and arrive together.
_CEILING = 1.2
# One message in so many is left to replies: where broadcast had used up a second's budget
# before its end, a reply would wait for the next.
_KEPT = 10
_SWEEP = 2  # chats looked at for each request: more than can come anew, so all are in time


class Priority(StrEnum):
    """Who goes first; PTB's `rate_limit_args`. In order."""

    REPLY = "reply"
    BROADCAST = "broadcast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much may go: messages, sent or edited, in any span of so many seconds.

    A chat gets `chat_burst` in any `chat_burst / chat_per_second` seconds. `patience` is
    how many seconds a reply waits out a flood wait.
    """

    enabled: bool = True
    all_per_second: int = 25
    chat_per_second: float = 1.0
    chat_burst: int = 3
    group_per_minute: int = 20
    patience: float = 5.0


@dataclass(eq=False, slots=True, kw_only=True)
class Request:
    """One request that waits or is on its way; `messages` is more than one for an album."""

    chat: int | str
    priority: Priority = Priority.REPLY
    messages: int = 1

    @property
    def to_group(self) -> bool:
        """Tell a group or channel: a negative id or a public name."""
        return isinstance(self.chat, str) or self.chat < 0


class Window:
    """At most `size` messages in any `span` seconds.

    When in between its start and its end Telegram counts a request is not known. So a
    request is held from its start, and counted at its end: whatever the delays on the way,
    and however long this process stands still, no window of Telegram's sees more. The
    transport's timeouts see to it that a request has an end.
    """

    def __init__(self, size: int, span: float) -> None:
        self._size = size
        self._span = span
        self._held: set[Request] = set()
        self._used = 0
        self._counted: deque[float] = deque()

    def due(self, messages: int, now: float) -> float:
        """Give the moment from which on so many fit; inf where one that is held has to end first.

        An album larger than the window goes when the window is empty.
        """
        self._pass(now)
        over = min(self._used + messages - self._size, self._used)
        if over <= 0:
            return now
        return self._counted[over - 1] + self._span if over <= len(self._counted) else math.inf

    def hold(self, request: Request) -> None:
        """Make room for a request that begins."""
        self._held.add(request)
        self._used += request.messages

    def count(self, request: Request, now: float) -> None:
        """Count a request that ended just now."""
        self._pass(now)
        self._held.remove(request)
        self._counted.extend([now] * request.messages)

    def release(self, request: Request) -> None:
        """Give back the room of a request that never went."""
        if request in self._held:
            self._held.remove(request)
            self._used -= request.messages

    def is_empty(self, now: float) -> bool:
        """Tell that nothing is held or counted."""
        self._pass(now)
        return self._used == 0

    def _pass(self, now: float) -> None:
        while self._counted and self._counted[0] + self._span <= now:
            self._counted.popleft()
            self._used -= 1


class Beat:
    """Room for one message every `each` seconds on the average, of which any number may go."""

    def __init__(self, each: float) -> None:
        self._each = each
        self._next = -math.inf

    def due(self, now: float) -> float:
        """Give the moment from which on there is room."""
        return max(now, self._next)

    def count(self, messages: int, now: float) -> None:
        """Count messages. Who came a beat late at most, for sleep wakes late, has lost nothing."""
        self._next = max(self._next, now - self._each) + self._each * messages


@dataclass(eq=False, slots=True, kw_only=True)
class _Chat:
    key: int | str
    windows: tuple[Window, ...]
    blocked_until: float = -math.inf
    alarm: float | None = None
    queues: dict[Priority, OrderedDict[Request, None]] = field(
        default_factory=lambda: {priority: OrderedDict() for priority in Priority}
    )

    def head(self) -> Request | None:
        """Give the request that is next in this chat."""
        for queue in self.queues.values():
            if queue:
                return next(iter(queue))
        return None

    def due(self, messages: int, now: float) -> float:
        """Give the moment from which on this chat may get so many messages."""
        return max(self.blocked_until, *(window.due(messages, now) for window in self.windows))

    def is_idle(self, now: float) -> bool:
        """Tell that nothing would be lost with this chat."""
        if self.blocked_until > now or self.head() is not None:
            return False
        return all(window.is_empty(now) for window in self.windows)


class Book:
    """Who waits, who is on the way, and who may go next. The caller says what time it is.

    A chat stands in one of three places: in no queue, ready in the line of its foremost
    request's priority, or in a heap by the moment it may get its next message.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        size = limits.all_per_second
        self._begun = Window(size, 1.0)
        self._kept = size // _KEPT
        self._arrived = Window(max(size, math.floor(size * _CEILING)), 1.0)
        self._beat = Beat(1 / (size - self._kept))
        self._chats: OrderedDict[int | str, _Chat] = OrderedDict()
        self._ready: dict[Priority, OrderedDict[_Chat, None]] = {
            priority: OrderedDict() for priority in Priority
        }
        self._later: list[tuple[float, int, _Chat]] = []
        self._serial = 0
        self._waiting = 0

    def add(self, request: Request, now: float, *, first: bool = False) -> None:
        """Let a request wait behind its chat's others, or before them."""
        self._sweep(now)
        chat = self._chat(request.chat)
        queue = chat.queues[request.priority]
        queue[request] = None
        if first:
            queue.move_to_end(request, last=False)
        self._waiting += 1
        self._place(chat, now)

    def take(self, now: float) -> Request | None:
        """Give the next request that may go now; it counts as begun."""
        while self._later and self._later[0][0] <= now:
            due, _, chat = heapq.heappop(self._later)
            if chat.alarm == due:
                chat.alarm = None
                self._place(chat, now)
        request = self._next()
        if request is None or self._due_for_all(request, now) > now:
            return None
        chat = self._chat(request.chat)
        del chat.queues[request.priority][request]
        self._waiting -= 1
        for window in (self._begun, self._arrived, *chat.windows):
            window.hold(request)
        self._beat.count(request.messages, now)
        self._ready[request.priority].pop(chat)  # it goes to the end of the line
        self._place(chat, now)
        return request

    def due(self, now: float) -> float | None:
        """Give the next moment at which `take` may have one, None when nothing waits for a time."""
        if self._waiting == 0:
            return None
        while self._later and self._later[0][0] != self._later[0][2].alarm:
            heapq.heappop(self._later)
        due = self._later[0][0] if self._later else math.inf
        request = self._next()
        if request is not None:
            due = min(due, self._due_for_all(request, now))
        return due if due < math.inf else None

    def called(self, request: Request, now: float) -> None:
        """Note that a taken request leaves just now."""
        self._begun.count(request, now)

    def answered(self, request: Request, now: float) -> None:
        """Note that a request that left has its answer, or will have none."""
        self._arrived.count(request, now)
        if chat := self._chats.get(request.chat):
            for window in chat.windows:
                window.count(request, now)
            self._place(chat, now)

    def withdraw(self, request: Request, now: float) -> None:
        """Forget a request that has not left, whether it waits or was taken."""
        chat = self._chat(request.chat)
        if request in chat.queues[request.priority]:
            del chat.queues[request.priority][request]
            self._waiting -= 1
        for window in (self._begun, self._arrived, *chat.windows):
            window.release(request)
        self._place(chat, now)

    def flood(self, key: int | str, until: float, now: float) -> list[Request]:
        """Block one chat, and give back its waiting requests that cannot wait so long."""
        chat = self._chat(key)
        chat.blocked_until = max(chat.blocked_until, until)
        waiting = [request for queue in chat.queues.values() for request in queue]
        refused = [request for request in waiting if self.refusal(request, now) is not None]
        for request in refused:
            self.withdraw(request, now)
        self._place(chat, now)
        return refused

    def refusal(self, request: Request, now: float) -> float | None:
        """Give the seconds of the chat's flood wait, if they are too many for the request."""
        chat = self._chats.get(request.chat)
        left = chat.blocked_until - now if chat else 0.0
        patience = self._limits.patience if request.priority is Priority.REPLY else 0.0
        return left if left > patience else None

    def _next(self) -> Request | None:
        for line in self._ready.values():
            if line:
                return next(iter(line)).head()
        return None

    def _due_for_all(self, request: Request, now: float) -> float:
        """Give when the request may go, as far as other chats are concerned.

        Broadcast leaves some room, and goes evenly beside the replies: in fits and starts it
        would leave no room for a while in each second.
        """
        beat, kept = now, 0
        if request.priority is Priority.BROADCAST:
            beat, kept = self._beat.due(now), self._kept
        windows = (self._begun, self._arrived)
        return max(beat, *(window.due(request.messages + kept, now) for window in windows))

    def _place(self, chat: _Chat, now: float) -> None:
        head = chat.head()
        due = now if head is None else chat.due(head.messages, now)
        for priority, line in self._ready.items():
            if head is not None and due <= now and priority is head.priority:
                line.setdefault(chat)
            else:
                line.pop(chat, None)
        if due <= now or due == math.inf:  # of what never ends by itself, its end will tell
            chat.alarm = None
        elif chat.alarm != due:
            chat.alarm = due
            self._serial += 1
            heapq.heappush(self._later, (due, self._serial, chat))

    def _chat(self, key: int | str) -> _Chat:
        if key not in self._chats:
            limits = self._limits
            burst = Window(limits.chat_burst, limits.chat_burst / limits.chat_per_second)
            minute = Window(limits.group_per_minute, 60.0)
            to_group = Request(chat=key).to_group
            self._chats[key] = _Chat(key=key, windows=(burst, minute) if to_group else (burst,))
        return self._chats[key]

    def _sweep(self, now: float) -> None:
        for _ in range(min(_SWEEP, len(self._chats))):
            key, chat = self._chats.popitem(last=False)
            if not chat.is_idle(now):
                self._chats[key] = chat
