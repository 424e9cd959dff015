"""How much a bot may send before it is told to wait.

Telegram publishes the sizes (its bots' FAQ), not the method; here the whole and a group are
counted over a sliding window, and a chat has a bucket that refills once a second. A
refused request is not counted.
"""

import math
from collections import deque
from dataclasses import dataclass, field

from bot.sandbox.errors import too_many_requests
from bot.sandbox.world import Chat, ChatType

MINUTE = 60.0
TOLERANCE = 1e-6  # of seconds; whoever waited as told must not be told again


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The sizes: over all chats, in one chat, in one group; `scale` multiplies them all."""

    enabled: bool = True
    scale: float = 1.0
    all_per_second: int = 30
    chat_per_second: float = 1.0
    chat_burst: int = 4
    group_per_minute: int = 20


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float


@dataclass(slots=True)
class _Sent:
    all: deque[float] = field(default_factory=deque)
    chats: dict[int, _Bucket] = field(default_factory=dict)
    groups: dict[int, deque[float]] = field(default_factory=dict)


class Meter:
    """Counts what bots send and refuses what is over the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._sent: dict[int, _Sent] = {}

    def charge(self, bot_id: int, chat: Chat, at: float, messages: int = 1) -> None:
        """Count messages to a chat at a moment, or refuse them all."""
        if not self.limits.enabled:
            return
        sent = self._sent.setdefault(bot_id, _Sent())
        wait = max(
            self._window_wait(sent.all, self._size(self.limits.all_per_second), 1.0, at, messages),
            self._chat_wait(sent, chat, at, messages),
            self._group_wait(sent, chat, at, messages),
        )
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        sent.all.extend([at] * messages)
        sent.chats[chat.id].tokens -= messages
        if chat.id in sent.groups:
            sent.groups[chat.id].extend([at] * messages)

    def _size(self, count: float) -> int:
        return max(1, math.floor(count * self.limits.scale))

    def _window_wait(
        self, sent: deque[float], size: int, span: float, at: float, messages: int
    ) -> float:
        while sent and sent[0] + span - at <= TOLERANCE:
            sent.popleft()
        over = len(sent) + messages - size
        if over <= 0 or not sent:  # more than fits into any window may pass when none is out
            return 0.0
        return sent[min(over, len(sent)) - 1] + span - at

    def _chat_wait(self, sent: _Sent, chat: Chat, at: float, messages: int) -> float:
        size = float(self._size(self.limits.chat_burst))
        rate = self.limits.chat_per_second * self.limits.scale
        bucket = sent.chats.setdefault(chat.id, _Bucket(size, at))
        bucket.tokens = min(size, bucket.tokens + (at - bucket.filled) * rate)
        bucket.filled = at
        missing = min(float(messages), size) - bucket.tokens
        return missing / rate if missing > TOLERANCE else 0.0

    def _group_wait(self, sent: _Sent, chat: Chat, at: float, messages: int) -> float:
        if chat.type not in {ChatType.GROUP, ChatType.SUPERGROUP}:
            return 0.0
        window = sent.groups.setdefault(chat.id, deque())
        size = self._size(self.limits.group_per_minute)
        return self._window_wait(window, size, MINUTE, at, messages)
