"""How far each chat, or topic of it, has read: by a catch-up, by /latest, or in a digest.

Told in offers, as the digest tells it. A digest of its own has what the chat read otherwise:
reading ahead takes nothing out of it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from store.database import Connection
from store.ledger import inbox
from store.ledger.subscriptions import seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Up to which offer a chat has read, and when it did."""

    offer: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What a catch-up tells: the offers after what was `read`, up to `upto`.

    Nothing was read before the first.
    """

    read: Read | None
    upto: int


def catch_up(
    db: Connection, *, chat: int, topic: int, newest: int, update_id: int, now: datetime
) -> Window:
    """Count everything up to the offer `newest` as read; return what that was.

    An update that is handled again is given what it was given first.
    """
    if inbox.once(db, update_id, "catch up"):
        read = read_by(db, chat, topic, newest=newest)
        _write(db, chat, topic, newest, now)
        db.execute(
            "UPDATE reading SET before = :before, before_at = :before_at "
            "WHERE chat = :chat AND topic = :topic",
            {
                "chat": chat,
                "topic": topic,
                "before": read.offer if read else None,
                "before_at": seconds(read.at) if read else None,
            },
        )
        return Window(read=read, upto=newest)
    for row in db.query(
        "SELECT before, before_at, offer FROM reading WHERE chat = :chat AND topic = :topic",
        {"chat": chat, "topic": topic},
    ):
        known = row["before"] is not None
        read = Read(offer=row["before"], at=_moment(row["before_at"])) if known else None
        return Window(read=read, upto=row["offer"])
    return Window(read=None, upto=newest)  # forgotten in between


def mark_read(
    db: Connection, *, chat: int, topic: int, newest: int, update_id: int, now: datetime
) -> None:
    """Count everything up to the offer `newest` as read."""
    if inbox.once(db, update_id, "read"):
        _write(db, chat, topic, newest, now)


def read_by(db: Connection, chat: int, topic: int, *, newest: int) -> Read | None:
    """Return how far a chat's topic has read, of the offers up to `newest`; None: nothing yet."""
    place = {"chat": chat, "topic": topic}
    asked = db.query(
        "SELECT offer, read_at AS at FROM reading WHERE chat = :chat AND topic = :topic", place
    )
    sent = db.query(
        "SELECT seen AS offer, MAX(changed) AS at FROM subscription "
        "JOIN edition ON edition.subscription = subscription.id AND edition.kind = 'digest' "
        "JOIN delivery ON delivery.edition = edition.id AND delivery.state = 'sent' "
        "WHERE subscription.chat = :chat AND subscription.topic = :topic AND seen > 0 "
        "GROUP BY subscription.id",
        place,
    )
    known = [
        Read(offer=row["offer"], at=_moment(row["at"]))
        for row in (*asked, *sent)
        if row["offer"] <= newest  # the offers of a story that began again count anew
    ]
    return max(known, key=lambda read: (read.offer, read.at), default=None)


def move(db: Connection, old: int, new: int) -> None:
    """Let the chat `new` have read what the chat `old` has."""
    _give(db, "SELECT * FROM reading WHERE chat = :old", {"old": old, "chat": new})


def leave_topic(db: Connection, chat: int, topic: int) -> None:
    """Let a chat itself have read what a topic of it has, which is gone."""
    _give(
        db,
        "SELECT * FROM reading WHERE chat = :old AND topic = :gone",
        {"old": chat, "chat": chat, "gone": topic, "topic": 0},
    )


def _give(db: Connection, chosen: str, to: dict[str, int]) -> None:
    for row in list(db.query(chosen, to)):
        place = {"chat": row["chat"], "topic": row["topic"]}
        db.execute("DELETE FROM reading WHERE chat = :chat AND topic = :topic", place)
        there = place | {name: to[name] for name in ("chat", "topic") if name in to}
        further = db.execute(
            "SELECT 1 FROM reading WHERE chat = :chat AND topic = :topic AND offer > :offer",
            there | {"offer": row["offer"]},
        ).fetchone()
        if further is None:
            _write(db, there["chat"], there["topic"], row["offer"], _moment(row["read_at"]))


def _write(db: Connection, chat: int, topic: int, offer: int, at: datetime) -> None:
    db.execute(
        "INSERT INTO reading (chat, topic, offer, read_at) VALUES (:chat, :topic, :offer, :at) "
        "ON CONFLICT (chat, topic) DO UPDATE SET offer = :offer, read_at = :at",
        {"chat": chat, "topic": topic, "offer": offer, "at": seconds(at)},
    )


def _moment(value: int) -> datetime:
    return datetime.fromtimestamp(value, UTC)
