"""Preferences: how much a chat is told, whether at once, and when it is left alone.

They stand beside the rhythm of its digest, and hold also for a chat that gets none.
"""

from datetime import date, datetime

from store.database import Connection
from store.ledger.editions import withdraw
from store.ledger.subscriptions import seconds, subscription
from store.ledger.values import Length, Quiet, Rhythm, Subscription


def settings_of(  # noqa: PLR0913 (what a subscription is)
    db: Connection,
    *,
    chat: int,
    topic: int,
    kind: str,
    language: str | None,
    rhythm: Rhythm,
    last_date: date,
    next_due: datetime,
    now: datetime,
) -> Subscription:
    """Return the settings of a chat's topic; where it has none, begin them without a digest."""
    row = {
        "chat": chat,
        "topic": topic,
        "kind": kind,
        "language": language,
        "at": rhythm.at.isoformat("minutes"),
        "zone": rhythm.zone,
        "days": rhythm.days,
        "last_date": last_date.isoformat(),
        "next_due": seconds(next_due),
        "now": seconds(now),
    }
    db.execute(
        "INSERT INTO chat (id, kind, language, since) VALUES (:chat, :kind, :language, :now) "
        "ON CONFLICT (id) DO NOTHING",
        row,
    )
    db.execute(
        "INSERT INTO subscription (chat, topic, at, zone, days, last_date, next_due, state) "
        "VALUES (:chat, :topic, :at, :zone, :days, :last_date, :next_due, 'off') "
        "ON CONFLICT (chat, topic) DO NOTHING",
        row,
    )
    known = subscription(db, chat, topic)
    if known is None:
        raise AssertionError("settings just written are there")
    return known


def set_length(db: Connection, number: int, length: Length) -> None:
    """Let the digests of a subscription be of this length."""
    db.execute(
        "UPDATE subscription SET length = :length WHERE id = :id", {"id": number, "length": length}
    )


def set_quiet(db: Connection, number: int, quiet: Quiet | None) -> None:
    """Leave a chat alone between two local times from now on; None: at no time."""
    db.execute(
        "UPDATE subscription SET quiet_from = :begins, quiet_to = :ends WHERE id = :id",
        {
            "id": number,
            "begins": quiet.begins.isoformat("minutes") if quiet else None,
            "ends": quiet.ends.isoformat("minutes") if quiet else None,
        },
    )


def set_alerts(db: Connection, number: int, *, on: bool, now: datetime) -> None:
    """Tell a chat at once of what it follows, from what becomes known next on; or no more."""
    if on:
        db.execute(
            "UPDATE subscription SET alerts = 1, "
            "alerted = MAX(alerted, (SELECT COALESCE(MAX(n), 0) FROM offer)) "
            "WHERE id = :id AND NOT alerts",
            {"id": number},
        )
        return
    db.execute("UPDATE subscription SET alerts = 0 WHERE id = :id", {"id": number})
    owed = db.query(
        "SELECT edition.id FROM subscription JOIN edition "
        "ON edition.chat = subscription.chat AND edition.topic = subscription.topic "
        "AND edition.kind = 'alert' WHERE subscription.id = :id",
        {"id": number},
    )
    withdraw(db, [row["id"] for row in list(owed)], reason="alerts were turned off", now=now)
