"""Announcements: words of an admin's, or of the bot's own, owed to chats like a digest is."""

from datetime import datetime

from store.database import Connection
from store.ledger.editions import keep_content
from store.ledger.subscriptions import seconds

_RANK = 1  # after digests


def audience(db: Connection) -> int:
    """Return to how many chats and topics an announcement goes: those that get digests."""
    row = db.execute("SELECT COUNT(*) FROM subscription WHERE state = 'on'").fetchone()
    return int(row[0])


def announce(db: Connection, *, key: str, part: str, now: datetime) -> int:
    """Owe `part` to everybody who gets digests, once for each `key`; return to how many."""
    rows = list(db.query("SELECT chat, topic FROM subscription WHERE state = 'on' ORDER BY id"))
    for row in rows:
        announce_to(db, row["chat"], row["topic"], key=key, part=part, now=now)
    return len(rows)


def announce_to(
    db: Connection, chat: int, topic: int, *, key: str, part: str, now: datetime
) -> bool:
    """Owe `part` to one chat, once for each `key`; tell whether it was not owed before."""
    row = db.execute(
        "INSERT INTO edition (kind, key, chat, topic, due, planned, content) "
        "VALUES ('announcement', :key, :chat, :topic, :now, :now, :content) "
        "ON CONFLICT DO NOTHING RETURNING id",
        {
            "key": key,
            "chat": chat,
            "topic": topic,
            "now": seconds(now),
            "content": keep_content(db, (part,)),
        },
    ).fetchone()
    if row is None:
        return False
    db.execute(
        "INSERT INTO delivery (edition, part, state, changed, not_before, rank) "
        "VALUES (:edition, 0, 'planned', :now, :now, :rank)",
        {"edition": row[0], "now": seconds(now), "rank": _RANK},
    )
    return True
