"""Records: what became of what a chat was owed, and how a broadcast stands."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from store.database import Connection
from store.ledger.subscriptions import seconds
from store.ledger.values import DeliveryState, EditionKind

_LATELY = timedelta(seconds=60)  # over which the rate is measured
_ONE_BROADCAST = timedelta(hours=12)  # what was planned in so long is one broadcast


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRecord:
    """What became of one part, and since when."""

    state: DeliveryState
    reason: str | None
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRecord:
    """What became of one edition."""

    kind: EditionKind
    local_date: date | None
    due: datetime
    parts: tuple[PartRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How the running or last broadcast stands; `rate` is parts a second, lately."""

    begun: datetime | None
    counted: dict[DeliveryState, int]
    rate: float

    @property
    def waiting(self) -> int:
        """How many parts are still to be sent."""
        return sum(self.counted.get(s, 0) for s in (DeliveryState.PLANNED, DeliveryState.SENDING))

    @property
    def left(self) -> timedelta | None:
        """How long it will take at the present rate; None where nothing is being sent."""
        return timedelta(seconds=self.waiting / self.rate) if self.rate else None


def record_of(db: Connection, chat: int, topic: int, *, limit: int) -> tuple[EditionRecord, ...]:
    """Return what became of a chat's last editions, the newest first."""
    rows = db.query(
        "SELECT id, kind, local_date, due FROM edition WHERE chat = :chat AND topic = :topic "
        "ORDER BY id DESC LIMIT :limit",
        {"chat": chat, "topic": topic, "limit": limit},
    )
    return tuple(
        EditionRecord(
            kind=EditionKind(row["kind"]),
            local_date=date.fromisoformat(row["local_date"]) if row["local_date"] else None,
            due=datetime.fromtimestamp(row["due"], UTC),
            parts=_parts(db, row["id"]),
        )
        for row in list(rows)
    )


def progress(db: Connection, *, now: datetime) -> Progress:
    """Return how the running or last broadcast stands."""
    newest = db.execute("SELECT MAX(planned) FROM edition").fetchone()[0]
    if newest is None:
        return Progress(begun=None, counted={}, rate=0.0)
    since = newest - int(_ONE_BROADCAST.total_seconds())
    counted = {
        DeliveryState(row["state"]): row["count"]
        for row in db.query(
            "SELECT delivery.state, COUNT(*) AS count FROM edition "
            "JOIN delivery ON delivery.edition = edition.id WHERE planned >= :since "
            "GROUP BY delivery.state",
            {"since": since},
        )
    }
    begun, lately = db.execute(
        "SELECT (SELECT MIN(planned) FROM edition WHERE planned >= :since), "
        "(SELECT COUNT(*) FROM delivery WHERE state = 'sent' AND changed > :lately)",
        {"since": since, "lately": seconds(now - _LATELY)},
    ).fetchone()
    return Progress(
        begun=datetime.fromtimestamp(begun, UTC),
        counted=counted,
        rate=lately / _LATELY.total_seconds(),
    )


def _parts(db: Connection, edition: int) -> tuple[PartRecord, ...]:
    rows = db.query(
        "SELECT state, reason, changed FROM delivery WHERE edition = ? ORDER BY part", [edition]
    )
    return tuple(
        PartRecord(
            state=DeliveryState(row["state"]),
            reason=row["reason"],
            changed=datetime.fromtimestamp(row["changed"], UTC),
        )
        for row in rows
    )
