"""Chats: where the bot may write, and why it may not."""

from datetime import datetime

from store.database import Connection
from store.ledger.announcements import announce_to
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


def migrate(db: Connection, old: int, new: int, *, now: datetime) -> None:
    """Give a group that became a supergroup its new number, also where both are known.

    A digest of a date that both had stays one: what is still owed of it is skipped.
    """
    known = {row["id"] for row in db.query("SELECT id FROM chat WHERE id IN (?, ?)", [old, new])}
    if old not in known or old == new:
        return
    if new not in known:
        db.execute(
            "UPDATE chat SET id = :new, kind = 'supergroup', state = 'open', since = :now "
            "WHERE id = :old",
            {"old": old, "new": new, "now": seconds(now)},
        )
        return
    for row in list(db.query("SELECT id, topic FROM subscription WHERE chat = ?", [old])):
        _join_subscription(db, row["id"], chat=new, topic=row["topic"])
    _skip_clashes(db, old, new, now)
    # What clashes keeps a name of its own, so that the record of both is kept.
    db.execute("UPDATE OR IGNORE edition SET chat = :new WHERE chat = :old", _pair(old, new))
    db.execute(
        "UPDATE edition SET chat = :new, key = key || ' of ' || :old, subscription = NULL "
        "WHERE chat = :old",
        _pair(old, new),
    )
    db.execute("DELETE FROM chat WHERE id = ?", [old])


def _pair(old: int, new: int) -> dict[str, int]:
    return {"old": old, "new": new}


def _join_subscription(db: Connection, old: int, *, chat: int, topic: int) -> None:
    """Move a subscription to another place, into the one that is there, if any."""
    row = db.execute(
        "SELECT id FROM subscription WHERE chat = :chat AND topic = :topic",
        {"chat": chat, "topic": topic},
    ).fetchone()
    if row is None:
        db.execute(
            "UPDATE subscription SET chat = :chat, topic = :topic WHERE id = :old",
            {"chat": chat, "topic": topic, "old": old},
        )
        return
    pair = {"old": old, "kept": row[0]}
    db.execute(
        "UPDATE subscription SET last_date = MAX(subscription.last_date, other.last_date), "
        "seen = MAX(subscription.seen, other.seen), "
        "next_due = MAX(subscription.next_due, other.next_due), "
        "state = CASE WHEN other.state = 'on' THEN 'on' ELSE subscription.state END "
        "FROM (SELECT * FROM subscription WHERE id = :old) AS other WHERE subscription.id = :kept",
        pair,
    )
    # A date that both had stays with the one that is kept; the other's record loses its owner.
    db.execute("UPDATE OR IGNORE edition SET subscription = :kept WHERE subscription = :old", pair)
    db.execute("UPDATE edition SET subscription = NULL WHERE subscription = :old", pair)
    db.execute("DELETE FROM subscription WHERE id = :old", pair)


def _skip_clashes(db: Connection, old: int, new: int, now: datetime) -> None:
    db.execute(
        "UPDATE delivery SET state = 'skipped', changed = :now, "
        "reason = 'the supergroup has it already' WHERE state = 'planned' AND edition IN "
        "(SELECT mine.id FROM edition AS mine JOIN edition AS theirs "
        "ON theirs.chat = :new AND theirs.topic = mine.topic AND theirs.kind = mine.kind "
        "AND (theirs.key = mine.key OR theirs.local_date = mine.local_date) "
        "WHERE mine.chat = :old)",
        {**_pair(old, new), "now": seconds(now)},
    )


def leave_topic(db: Connection, chat: int, topic: int, *, notice: str, now: datetime) -> None:
    """Send to the chat itself what a topic that is gone would get, and say so there once.

    Where the chat itself has a digest, what the topic is still owed is skipped.
    """
    place = {"chat": chat, "topic": topic, "now": seconds(now)}
    here = "SELECT 1 FROM subscription WHERE chat = :chat AND topic = 0 AND state = 'on'"
    if db.execute(here, place).fetchone() is None:
        db.execute(
            "UPDATE OR IGNORE edition SET topic = 0 WHERE chat = :chat AND topic = :topic", place
        )
    db.execute(
        "UPDATE delivery SET state = 'skipped', reason = 'the topic is gone', changed = :now "
        "WHERE state = 'planned' AND edition IN "
        "(SELECT id FROM edition WHERE chat = :chat AND topic = :topic)",
        place,
    )
    find = "SELECT id FROM subscription WHERE chat = :chat AND topic = :topic"
    for row in list(db.query(find, {"chat": chat, "topic": topic})):
        _join_subscription(db, row["id"], chat=chat, topic=0)
    announce_to(db, chat, 0, key=f"topic {topic} is gone", part=notice, now=now)
