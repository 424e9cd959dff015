"""The values of the ledger: subscriptions, editions, deliveries. Holds no SQL."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum

EVERY_DAY = 0b1111111


class NothingNew(StrEnum):
    """What a reader wants on a day without news."""

    SAY = "say"
    SILENCE = "silence"


class Wanted(StrEnum):
    """Whether a subscription is carried out: off by the reader, paused while the chat is closed."""

    ON = "on"
    OFF = "off"
    PAUSED = "paused"


class EditionKind(StrEnum):
    """What is sent: a digest, an announcement, the correction of what was sent, or an alert."""

    DIGEST = "digest"
    ANNOUNCEMENT = "announcement"
    CORRECTION = "correction"
    ALERT = "alert"


class Rank(IntEnum):
    """What goes first: digests and alerts, then announcements, then corrections."""

    DIGEST = 0
    ANNOUNCEMENT = 1
    CORRECTION = 2


class Length(StrEnum):
    """How much of what is new a digest tells."""

    SHORT = "short"
    NORMAL = "normal"
    FULL = "full"


class Stance(StrEnum):
    """What a chat thinks of a thing of the story."""

    FOLLOW = "follow"
    MUTE = "mute"


class Policy(StrEnum):
    """What becomes of a part that may or may not have arrived."""

    LEAVE = "leave"
    RESEND = "resend"


class DeliveryState(StrEnum):
    """What became of a delivery."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a subscription wants its digest: local time, IANA zone, days (bit 0 is Monday)."""

    at: time
    zone: str
    days: int = EVERY_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """The local times between which a chat is left alone; over midnight where the end is less."""

    begins: time
    ends: time

    def __post_init__(self) -> None:
        if self.begins == self.ends:
            raise ValueError("quiet hours begin and end at different times")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatLanguage:
    """What says which language a chat is spoken to in.

    `told` is Telegram's code of whoever writes: in a private chat that is its reader.
    """

    chosen: str | None
    private: bool
    told: str | None

    @property
    def code(self) -> str | None:
        """The code of the language to speak; None where nothing says which."""
        return self.chosen or (self.told if self.private else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What one chat (or topic of it, else 0) asked for, and how far it has read."""

    id: int
    chat: int
    topic: int
    rhythm: Rhythm
    useful_for: timedelta
    nothing_new: NothingNew
    state: Wanted
    last_date: date
    next_due: datetime
    seen: int
    language: str | None = None  # the code of its chat's
    length: Length = Length.NORMAL
    quiet: Quiet | None = None
    alerts: bool = False
    alerted: int = 0  # the newest offer that was looked at for alerts


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A thing of the knowledge as the ledger knows it: kind, key, and what makes it news again."""

    kind: str
    key: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEdition:
    """One subscription's digest of one local date, to be written into the ledger.

    Without parts it is skipped, for `reason`.
    """

    subscription: Subscription
    local_date: date
    due: datetime
    offer: int
    parts: tuple[str, ...]
    reason: str | None
    next_due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """A thing that a chat follows or mutes, under the last name known."""

    kind: str
    key: str
    stance: Stance
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAlert:
    """What one chat is told at once of the offers up to `offer`; without parts it is nothing.

    `items` (kind, key) are those that the parts tell of.
    """

    subscription: Subscription
    offer: int
    parts: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    not_before: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A part that is to be sent now."""

    delivery: int
    edition: int
    kind: EditionKind
    chat: int
    topic: int
    part: int
    content: str
    attempts: int
    resent: bool
    message: int | None  # the one to edit, for a correction
