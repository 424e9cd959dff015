"""Editions: what one subscription gets for one local date, frozen when planned."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from store.database import Connection
from store.ledger.subscriptions import seconds, subscription
from store.ledger.values import DeliveryState, PlannedEdition


def plan(db: Connection, editions: Iterable[PlannedEdition], *, now: datetime) -> int:
    """Write editions with their deliveries, and move their subscriptions on; return how many.

    An edition that the ledger has already (same chat, topic, subscription and local
    date) is not written again: its subscription is only moved on. One whose subscription
    has changed since it was decided on is left out: what is due is to be asked anew.
    """
    written = 0
    for edition in editions:
        decided_for = edition.subscription
        if subscription(db, decided_for.chat, decided_for.topic) != decided_for:
            continue
        number = _insert(db, edition, now)
        if number is not None:
            written += 1
            _supersede(db, number, decided_for.id, now)
            _owe(db, number, edition, now)
            if edition.parts and decided_for.alerts:
                _tell_for_alerts(db, edition, now)
        db.execute(
            "UPDATE subscription SET last_date = MAX(last_date, :date), next_due = :next_due "
            "WHERE id = :id",
            {
                "id": edition.subscription.id,
                "date": edition.local_date.isoformat(),
                "next_due": seconds(edition.next_due),
            },
        )
    return written


def _insert(db: Connection, edition: PlannedEdition, now: datetime) -> int | None:
    row = db.execute(
        "INSERT INTO edition (kind, key, chat, topic, subscription, local_date, due, planned, "
        "offer, content, reason) VALUES ('digest', :key, :chat, :topic, :subscription, "
        ":local_date, :due, :planned, :offer, :content, :reason) "
        "ON CONFLICT DO NOTHING RETURNING id",
        {
            "key": f"{edition.subscription.id}/{edition.local_date.isoformat()}",
            "chat": edition.subscription.chat,
            "topic": edition.subscription.topic,
            "subscription": edition.subscription.id,
            "local_date": edition.local_date.isoformat(),
            "due": seconds(edition.due),
            "planned": seconds(now),
            "offer": edition.offer,
            "content": keep_content(db, edition.parts) if edition.parts else None,
            "reason": edition.reason,
        },
    ).fetchone()
    return int(row[0]) if row else None


def keep_content(db: Connection, parts: tuple[str, ...]) -> str:
    """Keep the parts that chats are owed, once for all of them; return their name."""
    shown = json.dumps(parts, ensure_ascii=False)
    name = hashlib.blake2b(shown.encode(), digest_size=20).hexdigest()
    db.execute(
        "INSERT OR IGNORE INTO content (hash, parts) VALUES (:hash, :parts)",
        {"hash": name, "parts": shown},
    )
    return name


def _supersede(db: Connection, number: int, subscription: int, now: datetime) -> None:
    """Skip what is still owed of earlier editions: this one tells what they would have."""
    db.execute(
        "UPDATE delivery SET state = 'skipped', reason = 'the next edition came first', "
        "changed = :now WHERE state = 'planned' AND edition IN "
        "(SELECT id FROM edition WHERE subscription = :subscription AND id < :number)",
        {"now": seconds(now), "subscription": subscription, "number": number},
    )


def _tell_for_alerts(db: Connection, edition: PlannedEdition, now: datetime) -> None:
    """Let an edition stand for the alerts that its chat has not been sent: it leads with theirs."""
    known = edition.subscription
    waiting = db.execute(
        "SELECT id FROM edition WHERE kind = 'alert' AND chat = :chat AND topic = :topic "
        "AND offer > :seen AND offer <= :offer",
        {"chat": known.chat, "topic": known.topic, "seen": known.seen, "offer": edition.offer},
    )
    withdraw(db, [row[0] for row in waiting], reason="the digest came first", now=now)
    db.execute(
        "UPDATE subscription SET alerted = :offer WHERE id = :id AND alerted < :offer",
        {"id": known.id, "offer": edition.offer},
    )


def withdraw(db: Connection, numbers: Iterable[int], *, reason: str, now: datetime) -> None:
    """Skip what is still owed of editions, also what comes back from being sent."""
    values = {"numbers": json.dumps(list(numbers)), "reason": reason, "now": seconds(now)}
    db.execute(
        "UPDATE edition SET reason = :reason "
        "WHERE id IN (SELECT value FROM json_each(:numbers)) AND EXISTS (SELECT 1 FROM delivery "
        "WHERE delivery.edition = edition.id AND state IN ('planned', 'sending'))",
        values,
    )
    db.execute(
        "UPDATE delivery SET state = 'skipped', reason = :reason, changed = :now "
        "WHERE state = 'planned' AND edition IN (SELECT value FROM json_each(:numbers))",
        values,
    )


def _owe(db: Connection, number: int, edition: PlannedEdition, now: datetime) -> None:
    # What is skipped is one part in the ledger too, so that a reader can be told why.
    state = DeliveryState.PLANNED if edition.parts else DeliveryState.SKIPPED
    db.conn.executemany(
        "INSERT INTO delivery (edition, part, state, reason, changed, not_before) "
        "VALUES (:edition, :part, :state, :reason, :now, :now)",
        [
            {
                "edition": number,
                "part": part,
                "state": state,
                "reason": edition.reason,
                "now": seconds(now),
            }
            for part in range(max(len(edition.parts), 1))
        ],
    )
