"""Chats: where the bot may write, and why it may not."""

from datetime import datetime

from store.database import Connection
from store.ledger import access, interests, reading
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
    if old != new:
        access.move(db, old, new)
        reading.move(db, old, new)
    known = {row["id"] for row in db.query("SELECT id FROM chat WHERE id IN (?, ?)", [old, new])}
    if old not in known or old == new:
        return
    pair = {"old": old, "new": new}
    _leave_messages(db, old, now)
    if new in known:
        for row in list(db.query("SELECT id, topic FROM subscription WHERE chat = ?", [old])):
            _join_subscription(db, row["id"], chat=new, topic=row["topic"], now=now)
        _keep_one_of_each(db, _SAME_KEY, pair, now)
        db.execute("UPDATE edition SET chat = :new WHERE chat = :old", pair)
        interests.move_all(db, chat=old, to_chat=new)
        db.execute(
            "UPDATE chat SET chosen = COALESCE(chosen, "
            "(SELECT chosen FROM chat WHERE id = :old)) WHERE id = :new",
            pair,
        )
        db.execute("DELETE FROM chat WHERE id = :old", pair)
    else:
        db.execute("UPDATE chat SET id = :new, kind = 'supergroup' WHERE id = :old", pair)
    # A group that moves may have seemed to close.
    reopen(db, new, now=now)


def _leave_messages(db: Connection, old: int, now: datetime) -> None:
    """Note that the messages of a group stay in it: their numbers mean others in the new one."""
    db.execute(
        "UPDATE delivery SET state = 'skipped', changed = :now, "
        "reason = 'the message stayed in the group as it was before' "
        "WHERE state = 'planned' AND message IS NOT NULL "
        "AND edition IN (SELECT id FROM edition WHERE chat = :old)",
        {"old": old, "now": seconds(now)},
    )
    db.execute(
        "UPDATE delivery SET message = NULL, reason = "
        "COALESCE(reason || '; ', '') || 'message ' || message || ' of the group before' "
        "WHERE message IS NOT NULL AND edition IN (SELECT id FROM edition WHERE chat = :old)",
        {"old": old},
    )


_SAME_DATE = (
    "SELECT mine.id AS mine, theirs.id AS theirs FROM edition AS mine JOIN edition AS theirs "
    "ON theirs.subscription = :new AND theirs.local_date = mine.local_date "
    "WHERE mine.subscription = :old"
)
_SAME_KEY = (
    "SELECT mine.id AS mine, theirs.id AS theirs FROM edition AS mine JOIN edition AS theirs "
    "ON theirs.chat = :new AND theirs.topic = mine.topic AND theirs.kind = mine.kind "
    "AND theirs.key = mine.key WHERE mine.chat = :old"
)
# How far an edition has come: something of it has arrived, is under way, is owed, or nothing.
_COME = (
    "SELECT COALESCE(MAX(CASE WHEN state IN ('sent', 'uncertain') THEN 3 WHEN state = 'sending' "
    "THEN 2 WHEN state = 'planned' THEN 1 ELSE 0 END), 0) FROM delivery WHERE edition = ?"
)


def _keep_one_of_each(db: Connection, clashing: str, pair: dict[str, int], now: datetime) -> None:
    """Of two editions that are one for their readers, keep the one that has come further.

    The record of the other is kept too, under a name of its own.
    """
    for row in list(db.query(clashing, pair)):
        mine, theirs = (db.execute(_COME, [row[one]]).fetchone()[0] for one in ("mine", "theirs"))
        other = {"id": row["theirs" if mine > theirs else "mine"], "now": seconds(now)}
        db.execute(
            "UPDATE edition SET subscription = NULL, key = key || ' again, ' || id, "
            "reason = 'the chat has it already' WHERE id = :id",
            other,
        )
        db.execute(
            "UPDATE delivery SET state = 'skipped', reason = 'the chat has it already', "
            "changed = :now WHERE state = 'planned' AND edition = :id",
            other,
        )


_READ_TOGETHER = """
    UPDATE subscription SET seen = MAX(subscription.seen, other.seen),
    alerted = MAX(subscription.alerted, other.alerted)
    FROM (SELECT seen, alerted FROM subscription WHERE id = :old) AS other
    WHERE subscription.id = :new
"""
_TAKE_SETTINGS = """
    UPDATE subscription SET at = other.at, zone = other.zone, days = other.days,
    useful_for = other.useful_for, nothing_new = other.nothing_new, state = other.state,
    last_date = other.last_date, next_due = other.next_due, length = other.length,
    quiet_from = other.quiet_from, quiet_to = other.quiet_to, alerts = other.alerts
    FROM (SELECT * FROM subscription WHERE id = :old) AS other WHERE subscription.id = :new
    AND (other.state = 'on' AND subscription.state != 'on'
    OR other.state = 'paused' AND subscription.state = 'off')
"""


def _join_subscription(db: Connection, old: int, *, chat: int, topic: int, now: datetime) -> None:
    """Move a subscription to another place, into the one that is there, if any.

    The settings of the one that is on stay. Of a date that both had, one edition does.
    """
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
    pair = {"old": old, "new": row[0]}
    db.execute(_READ_TOGETHER, pair)
    db.execute(_TAKE_SETTINGS, pair)
    _keep_one_of_each(db, _SAME_DATE, pair, now)
    db.execute("UPDATE edition SET subscription = :new WHERE subscription = :old", pair)
    db.execute(
        "UPDATE subscription SET last_date = MAX(last_date, COALESCE((SELECT MAX(local_date) "
        "FROM edition WHERE subscription = :new), '')) WHERE id = :new",
        pair,
    )
    db.execute("DELETE FROM subscription WHERE id = :old", pair)


def leave_topic(db: Connection, chat: int, topic: int, *, notice: str, now: datetime) -> None:
    """Send to the chat itself what a topic that is gone would get, and say so there once.

    Where the chat itself has a digest, that goes on as it is, and the topic's ends.
    """
    if db.execute("SELECT 1 FROM chat WHERE id = ?", [chat]).fetchone() is None:
        return  # forgotten while a part was on its way
    reading.leave_topic(db, chat, topic)
    place = {"chat": chat, "topic": topic, "now": seconds(now)}
    here = "SELECT 1 FROM subscription WHERE chat = :chat AND topic = 0 AND state = 'on'"
    has_digest = db.execute(here, place).fetchone() is not None
    # Alerts of the chat itself are named by the same offers, and are about other things.
    db.execute(
        "UPDATE edition SET topic = 0, key = key || ' of topic ' || :topic "
        "WHERE chat = :chat AND topic = :topic AND kind = 'alert'",
        place,
    )
    db.execute(
        "UPDATE OR IGNORE edition SET topic = 0 WHERE chat = :chat AND topic = :topic "
        "AND (kind != 'digest' OR NOT :has_digest)",
        {**place, "has_digest": has_digest},
    )
    db.execute(
        "UPDATE delivery SET state = 'skipped', reason = 'the topic is gone', changed = :now "
        "WHERE state = 'planned' AND edition IN "
        "(SELECT id FROM edition WHERE chat = :chat AND topic = :topic)",
        place,
    )
    found = db.execute(
        "SELECT id FROM subscription WHERE chat = :chat AND topic = :topic", place
    ).fetchone()
    if has_digest:
        interests.drop(db, chat=chat, topic=topic)
    else:
        interests.move(db, chat=chat, topic=topic, to_topic=0)
    if found is not None and has_digest:
        db.execute("UPDATE edition SET subscription = NULL WHERE subscription = ?", [found[0]])
        db.execute("DELETE FROM subscription WHERE id = ?", [found[0]])
    elif found is not None:
        _join_subscription(db, found[0], chat=chat, topic=0, now=now)
    announce_to(db, chat, 0, key=f"topic {topic} is gone", part=notice, now=now)
