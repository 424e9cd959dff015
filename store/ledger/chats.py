"""Chats: where the bot may write, and why it may not."""

from datetime import datetime

from store.database import Connection
from store.ledger.subscriptions import seconds


def close(db: Connection, chat: int, *, reason: str, now: datetime) -> None:
    """Note that nothing can be sent to a chat; its subscriptions keep their settings, paused."""
    db.execute(
        "UPDATE chat SET state = :reason, since = :now WHERE id = :chat",
        {"chat": chat, "reason": reason, "now": seconds(now)},
    )
    db.execute(
        "UPDATE subscription SET state = 'paused' WHERE chat = :chat AND state = 'on'",
        {"chat": chat},
    )
    db.execute(
        "UPDATE delivery SET state = 'skipped', reason = :reason, changed = :now "
        "WHERE state = 'planned' AND edition IN (SELECT id FROM edition WHERE chat = :chat)",
        {"chat": chat, "reason": reason, "now": seconds(now)},
    )


def reopen(db: Connection, chat: int, *, now: datetime) -> None:
    """Note that a chat can be written to again, and go on with its subscriptions."""
    db.execute(
        "UPDATE chat SET state = 'open', since = :now WHERE id = :chat",
        {"chat": chat, "now": seconds(now)},
    )
    db.execute(
        "UPDATE subscription SET state = 'on' WHERE chat = :chat AND state = 'paused'",
        {"chat": chat},
    )
