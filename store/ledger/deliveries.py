"""Deliveries: one row for each part owed to a chat, moved on one commit at a time.

planned → sending → sent | uncertain | failed | skipped, or back to planned where Telegram
said no. A part counts as sending before its request begins, so that after a crash whatever
may have been sent is known.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from store.database import Connection
from store.ledger.alone import check_epoch
from store.ledger.control import halted
from store.ledger.subscriptions import seconds
from store.ledger.values import DeliveryState, EditionKind, Owed, Policy, Rank

_OWED = """
    SELECT delivery.id AS delivery, delivery.edition, edition.kind, edition.chat, edition.topic,
    delivery.part, edition.content, delivery.attempts, delivery.resent, delivery.message
    FROM delivery JOIN edition ON edition.id = delivery.edition
    LEFT JOIN subscription ON subscription.id = edition.subscription
    -- One rank at a time: what waits for later in one is then not looked at for the next.
    WHERE delivery.state = 'planned' AND delivery.rank = :rank AND delivery.not_before <= :now
    -- Where the next edition is due, it comes in place of this one.
    AND (subscription.id IS NULL OR subscription.next_due > :now)
    -- The parts of an edition go in their order: one waits for those before it.
    AND NOT EXISTS (
        SELECT 1 FROM delivery AS earlier WHERE earlier.edition = delivery.edition
        AND earlier.part < delivery.part AND earlier.state IN ('planned', 'sending')
    )
    ORDER BY delivery.not_before, delivery.id LIMIT :limit
"""


_REPEAT = "possible repeat"


def take(db: Connection, *, epoch: int, now: datetime, limit: int) -> tuple[Owed, ...]:
    """Take up to `limit` parts that are owed now: they are sending from here on.

    None while sending is halted. Raises `LostOwnershipError` where another process
    has taken over since `epoch`.
    """
    check_epoch(db, epoch)
    if halted(db):
        return ()
    owed = tuple(islice(_owed(db, now, limit), limit))
    db.conn.executemany(
        "UPDATE delivery SET state = 'sending', changed = :now, attempts = attempts + 1 "
        "WHERE id = :id",
        [{"id": part.delivery, "now": seconds(now)} for part in owed],
    )
    return owed


def _owed(db: Connection, now: datetime, limit: int) -> Iterator[Owed]:
    """Yield what is owed now, what goes first first; `limit` of a rank at most."""
    contents: dict[tuple[str, int], str] = {}  # read once for all chats that get the same
    for rank in Rank:
        for row in list(db.query(_OWED, {"rank": rank, "now": seconds(now), "limit": limit})):
            named = (row.pop("content"), row["part"])
            if named not in contents:
                contents[named] = _content(db, *named)
            yield Owed(
                **{**row, "kind": EditionKind(row["kind"]), "resent": bool(row["resent"])},
                content=contents[named],
            )


def _content(db: Connection, name: str, part: int) -> str:
    row = db.execute(
        "SELECT json_extract(parts, '$[' || :part || ']') FROM content WHERE hash = :name",
        {"name": name, "part": part},
    ).fetchone()
    return str(row[0])


def sent(
    db: Connection, part: Owed, *, message: int, now: datetime, note: str | None = None
) -> None:
    """Record that Telegram took a part, as its message `message`; `note` says what was odd.

    Without a note, what delayed it stays on record.
    """
    _settle(db, part, DeliveryState.SENT, note, now, message)
    _finish(db, part.edition)


def settle(db: Connection, part: Owed, state: DeliveryState, *, reason: str, now: datetime) -> None:
    """Record what else became of a part: failed or skipped, and why."""
    _settle(db, part, state, reason, now, part.message)
    _finish(db, part.edition)


def doubt(db: Connection, part: Owed, *, reason: str, policy: Policy, now: datetime) -> None:
    """Record that a part may or may not have arrived; owe it once more if the operator says so."""
    if policy is Policy.RESEND and not part.resent and _still_wanted(db, part.delivery):
        _resend(db, part.delivery, _with_repeat(part.attempts, reason), now)
    else:
        settle(db, part, DeliveryState.UNCERTAIN, reason=reason, now=now)


def postpone(
    db: Connection,
    part: Owed,
    *,
    until: datetime,
    reason: str,
    now: datetime,
    chat: bool = False,
    tried: bool = False,
) -> None:
    """Owe a part again from `until` on; with `chat`, all that its chat is owed with it.

    `tried` counts it as an attempt. What the reader stopped while it was being sent, or
    what another edition took the place of, is skipped.
    """
    if not _still_wanted(db, part.delivery):
        settle(db, part, DeliveryState.SKIPPED, reason=f"no longer wanted; {reason}", now=now)
    else:
        db.execute(
            "UPDATE delivery SET state = 'planned', reason = :reason, changed = :now, "
            "not_before = :until, attempts = :attempts WHERE id = :id",
            {
                "id": part.delivery,
                "reason": _with_repeat(part.attempts - part.resent, reason),
                "now": seconds(now),
                "until": seconds(until),
                "attempts": part.attempts + tried,
            },
        )
    if chat:
        db.execute(
            "UPDATE delivery SET not_before = MAX(not_before, :until) WHERE state = 'planned' "
            "AND edition IN (SELECT id FROM edition WHERE chat = :chat)",
            {"chat": part.chat, "until": seconds(until)},
        )


def recover(db: Connection, *, policy: Policy, now: datetime) -> int:
    """Call uncertain what a process that is gone was sending; return how many parts that is.

    To be called before anything is sent, by the one process that sends. Where the
    operator says so, each is owed once more.
    """
    rows = list(
        db.query("SELECT id, edition, resent, attempts FROM delivery WHERE state = 'sending'")
    )
    for row in rows:
        tried = row["attempts"] - 1 - row["resent"]
        reason = _with_repeat(tried, "the bot stopped while it was being sent")
        if policy is Policy.RESEND and not row["resent"] and _still_wanted(db, row["id"]):
            _resend(db, row["id"], reason, now)
            continue
        db.execute(
            "UPDATE delivery SET state = 'uncertain', changed = :now, reason = :reason "
            "WHERE id = :id",
            {"id": row["id"], "now": seconds(now), "reason": reason},
        )
        _finish(db, row["edition"])
    return len(rows)


def _still_wanted(db: Connection, delivery: int) -> bool:
    """Tell whether a part that was being sent is owed still, if it did not arrive."""
    row = db.execute(
        "SELECT chat.state = 'open' AND edition.reason IS NULL AND (edition.kind != 'digest' OR "
        "(subscription.state = 'on' AND NOT EXISTS (SELECT 1 FROM edition AS later WHERE "
        "later.subscription = edition.subscription AND later.id > edition.id))) "
        "FROM delivery JOIN edition ON edition.id = delivery.edition "
        "JOIN chat ON chat.id = edition.chat "
        "LEFT JOIN subscription ON subscription.id = edition.subscription "
        "WHERE delivery.id = :id",
        {"id": delivery},
    ).fetchone()
    return row is not None and bool(row[0])


def _resend(db: Connection, delivery: int, reason: str, now: datetime) -> None:
    db.execute(
        "UPDATE delivery SET state = 'planned', resent = 1, changed = :now, not_before = :now, "
        "reason = :reason WHERE id = :id",
        {"id": delivery, "now": seconds(now), "reason": f"sent once more: {reason}"},
    )


def counted(db: Connection) -> dict[DeliveryState, int]:
    """Return how many deliveries are in each state."""
    rows = db.query("SELECT state, COUNT(*) AS count FROM delivery GROUP BY state")
    return {DeliveryState(row["state"]): row["count"] for row in rows}


def longest_owed(db: Connection) -> datetime | None:
    """Return the earliest moment from which a part is owed that was not sent yet."""
    firsts = [
        db.execute(
            "SELECT MIN(not_before) FROM delivery WHERE state = 'planned' AND rank = :rank",
            {"rank": rank},
        ).fetchone()[0]
        for rank in Rank
    ]
    first = min((first for first in firsts if first is not None), default=None)
    return datetime.fromtimestamp(first, UTC) if first is not None else None


def under_way(db: Connection) -> bool:
    """Tell whether a part is being sent, and its end is not recorded yet."""
    return (
        db.execute("SELECT 1 FROM delivery WHERE state = 'sending' LIMIT 1").fetchone() is not None
    )


def _settle(
    db: Connection,
    part: Owed,
    state: DeliveryState,
    reason: str | None,
    now: datetime,
    message: int | None,
) -> None:
    db.execute(
        "UPDATE delivery SET state = :state, reason = COALESCE(:reason, reason), "
        "changed = :now, message = :message WHERE id = :id",
        {
            "id": part.delivery,
            "state": state,
            "reason": reason and _with_repeat(part.attempts - part.resent, reason),
            "now": seconds(now),
            "message": message,
        },
    )


def _with_repeat(tried: int, reason: str) -> str:
    """Keep on record that a part may have arrived when Telegram's servers failed on it."""
    return f"{reason}; {_REPEAT}" if tried > 0 and _REPEAT not in reason else reason


def _finish(db: Connection, edition: int) -> None:
    """Count an edition as read once each part is, or may be, with the reader."""
    db.execute(
        "UPDATE subscription SET seen = MAX(seen, (SELECT offer FROM edition WHERE id = :id)) "
        "WHERE id = (SELECT subscription FROM edition WHERE id = :id) AND NOT EXISTS "
        "(SELECT 1 FROM delivery WHERE edition = :id AND state NOT IN ('sent', 'uncertain'))",
        {"id": edition},
    )
