"""Announcements: words of an admin's, or of the bot's own, owed to chats like a digest is."""

from collections.abc import Collection
from datetime import datetime

from store.database import Connection
from store.ledger.editions import keep_content
from store.ledger.subscriptions import seconds
from store.ledger.values import Rank


def audience(db: Connection, *, without: Collection[int] = ()) -> int:
    """Return to how many chats and topics an announcement goes: those that get digests."""
    return len(_places(db, without))


def announce(
    db: Connection, *, key: str, part: str, now: datetime, without: Collection[int] = ()
) -> int:
    """Owe `part` to everybody who gets digests, once for each `key`; return to how many.

    To the chats `without` nothing is owed.
    """
    places = _places(db, without)
    for chat, topic in places:
        announce_to(db, chat, topic, key=key, part=part, now=now)
    return len(places)


def _places(db: Connection, without: Collection[int]) -> list[tuple[int, int]]:
    rows = db.query("SELECT chat, topic FROM subscription WHERE state = 'on' ORDER BY id")
    return [(row["chat"], row["topic"]) for row in rows if row["chat"] not in without]


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
        {"edition": row[0], "now": seconds(now), "rank": Rank.ANNOUNCEMENT},
    )
    return True
