"""What happened, in order: for pages that follow live and for tests that look back."""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from bot.sandbox.json_values import JsonObject

KEPT_EVENTS = 10_000


class Happened(StrEnum):
    """The kinds of event."""

    MESSAGE = "message"
    EDITED = "edited"
    DELETED = "deleted"
    CALLBACK_ANSWERED = "callback_answered"
    INLINE_ANSWERED = "inline_answered"
    CHAT_ACTION = "chat_action"
    REACTION = "reaction"
    PINNED = "pinned"
    MEMBER = "member"
    CHAT = "chat"
    TOPIC = "topic"
    COMMANDS = "commands"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened; `chat_id` is None where no chat is concerned."""

    sequence: int
    kind: Happened
    bot_id: int | None
    chat_id: int | None
    data: JsonObject


class Feed:
    """The last events; older ones are forgotten, and `first` says from where it is whole."""

    def __init__(self, sequence: int = 0) -> None:
        self.sequence = sequence
        self._events: deque[Event] = deque(maxlen=KEPT_EVENTS)

    @property
    def first(self) -> int:
        """Give the oldest sequence number after which nothing is missing."""
        return self._events[0].sequence - 1 if self._events else self.sequence

    def add(
        self, kind: Happened, *, bot_id: int | None, chat_id: int | None, data: JsonObject
    ) -> Event:
        """Write down what happened."""
        self.sequence += 1
        event = Event(sequence=self.sequence, kind=kind, bot_id=bot_id, chat_id=chat_id, data=data)
        self._events.append(event)
        return event

    def after(self, sequence: int) -> list[Event]:
        """List what happened after a sequence number, oldest first."""
        newer = []
        for event in reversed(self._events):
            if event.sequence <= sequence:
                break
            newer.append(event)
        return newer[::-1]
