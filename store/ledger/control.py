"""Steering: whether sending is halted, and what was announced by whom."""

from dataclasses import dataclass
from datetime import UTC, datetime

from store.database import Connection
from store.ledger.subscriptions import seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """Sending is halted: since when, and why."""

    since: datetime
    reason: str


def halt(db: Connection, *, reason: str, now: datetime) -> None:
    """Stop sending until `resume`; what is owed stays owed."""
    db.table("halt").upsert({"id": 1, "since": seconds(now), "reason": reason}, pk="id")


def resume(db: Connection) -> bool:
    """Go on sending; tell whether it was halted."""
    return db.execute("DELETE FROM halt").rowcount > 0


def halted(db: Connection) -> Halt | None:
    """Return the halt in force, if any."""
    for row in db.query("SELECT since, reason FROM halt"):
        return Halt(since=datetime.fromtimestamp(row["since"], UTC), reason=row["reason"])
    return None
