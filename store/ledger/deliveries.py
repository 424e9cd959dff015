"""Deliveries: one row for each part owed to a chat, moved on one commit at a time.

planned → sending → sent | uncertain | failed | skipped, or back to planned where Telegram
said no. A part counts as sending before its request begins, so that after a crash whatever
may have been sent is known.
"""

from datetime import UTC, datetime

from store.database import Connection
from store.ledger.subscriptions import seconds
from store.ledger.values import DeliveryState, Owed

_OWED = """
    SELECT delivery.id AS delivery, delivery.edition, edition.chat, edition.topic, delivery.part,
    json_extract(content.parts, '$[' || delivery.part || ']') AS content, delivery.attempts
    FROM delivery JOIN edition ON edition.id = delivery.edition
    JOIN content ON content.hash = edition.content
    JOIN subscription ON subscription.id = edition.subscription
    WHERE delivery.state = 'planned' AND delivery.not_before <= :now
    -- Where the next edition is due, it comes in place of this one.
    AND subscription.next_due > :now
    -- The parts of an edition go in their order: one waits for those before it.
    AND NOT EXISTS (
        SELECT 1 FROM delivery AS earlier WHERE earlier.edition = delivery.edition
        AND earlier.part < delivery.part AND earlier.state IN ('planned', 'sending')
    )
    ORDER BY delivery.not_before, delivery.id LIMIT :limit
"""


def take(db: Connection, *, now: datetime, limit: int) -> tuple[Owed, ...]:
    """Take up to `limit` parts that are owed now: they are sending from here on."""
    owed = tuple(Owed(**row) for row in db.query(_OWED, {"now": seconds(now), "limit": limit}))
    db.conn.executemany(
        "UPDATE delivery SET state = 'sending', changed = :now, attempts = attempts + 1 "
        "WHERE id = :id",
        [{"id": part.delivery, "now": seconds(now)} for part in owed],
    )
    return owed


def sent(db: Connection, part: Owed, *, message: int, now: datetime) -> None:
    """Record that Telegram took a part, as its message `message`."""
    _settle(db, part, DeliveryState.SENT, None, now, message)
    _finish(db, part.edition)


def settle(db: Connection, part: Owed, state: DeliveryState, *, reason: str, now: datetime) -> None:
    """Record what else became of a part: uncertain, failed or skipped, and why."""
    _settle(db, part, state, reason, now, None)
    _finish(db, part.edition)


def postpone(db: Connection, part: Owed, *, until: datetime, reason: str, now: datetime) -> None:
    """Owe a part that was surely not sent again from `until` on, and all of its chat with it."""
    db.execute(
        "UPDATE delivery SET state = 'planned', reason = :reason, changed = :now, "
        "not_before = :until WHERE id = :id",
        {"id": part.delivery, "reason": reason, "now": seconds(now), "until": seconds(until)},
    )
    db.execute(
        "UPDATE delivery SET not_before = MAX(not_before, :until) WHERE state = 'planned' "
        "AND edition IN (SELECT id FROM edition WHERE chat = :chat)",
        {"chat": part.chat, "until": seconds(until)},
    )


def recover(db: Connection, *, now: datetime) -> int:
    """Call uncertain what a process that is gone was sending; return how many parts that is.

    To be called before anything is sent, by the one process that sends.
    """
    rows = db.execute(
        "UPDATE delivery SET state = 'uncertain', changed = :now, "
        "reason = 'the bot stopped while it was being sent' "
        "WHERE state = 'sending' RETURNING edition",
        {"now": seconds(now)},
    ).fetchall()
    for edition in {row[0] for row in rows}:
        _finish(db, edition)
    return len(rows)


def counted(db: Connection) -> dict[DeliveryState, int]:
    """Return how many deliveries are in each state."""
    rows = db.query("SELECT state, COUNT(*) AS count FROM delivery GROUP BY state")
    return {DeliveryState(row["state"]): row["count"] for row in rows}


def longest_owed(db: Connection) -> datetime | None:
    """Return the earliest moment from which a part is owed that was not sent yet."""
    first = db.execute("SELECT MIN(not_before) FROM delivery WHERE state = 'planned'").fetchone()[0]
    return datetime.fromtimestamp(first, UTC) if first is not None else None


def _settle(
    db: Connection,
    part: Owed,
    state: DeliveryState,
    reason: str | None,
    now: datetime,
    message: int | None,
) -> None:
    db.execute(
        "UPDATE delivery SET state = :state, reason = :reason, changed = :now, "
        "message = :message WHERE id = :id",
        {
            "id": part.delivery,
            "state": state,
            "reason": reason,
            "now": seconds(now),
            "message": message,
        },
    )


def _finish(db: Connection, edition: int) -> None:
    """Count an edition as read once each part is, or may be, with the reader."""
    db.execute(
        "UPDATE subscription SET seen = MAX(seen, (SELECT offer FROM edition WHERE id = :id)) "
        "WHERE id = (SELECT subscription FROM edition WHERE id = :id) AND NOT EXISTS "
        "(SELECT 1 FROM delivery WHERE edition = :id AND state NOT IN ('sent', 'uncertain'))",
        {"id": edition},
    )
