"""Alerts: what a chat is told at once of what it follows, owed to it like a digest is.

A chat has a cursor among the offers (`subscription.alerted`), which moves in the transaction
that owes the alert: no offer is told of twice, however often the tick comes.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from store.database import Connection
from store.ledger.editions import keep_content
from store.ledger.subscriptions import seconds, subscription
from store.ledger.values import PlannedAlert

Told = frozenset[tuple[str, str]]  # kind and key of the items that alerts told of


def owe(db: Connection, alerts: Iterable[PlannedAlert], *, now: datetime) -> int:
    """Owe alerts, and move each chat's cursor on; return how many.

    One whose chat has changed its settings since it was decided on is left out: it is
    to be asked anew.
    """
    owed = 0
    for alert in alerts:
        known = alert.subscription
        if subscription(db, known.chat, known.topic) != known:
            continue
        if alert.parts and _is_open(db, known.chat):
            owed += _owe(db, alert, now)
        db.execute(
            "UPDATE subscription SET alerted = :offer WHERE id = :id AND alerted < :offer",
            {"id": known.id, "offer": alert.offer},
        )
    return owed


def _owe(db: Connection, alert: PlannedAlert, now: datetime) -> bool:
    content = keep_content(db, alert.parts)
    row = db.execute(
        "INSERT INTO edition (kind, key, chat, topic, due, planned, offer, content) "
        "VALUES ('alert', :key, :chat, :topic, :due, :now, :offer, :content) "
        "ON CONFLICT DO NOTHING RETURNING id",
        {
            "key": str(alert.offer),
            "chat": alert.subscription.chat,
            "topic": alert.subscription.topic,
            "due": seconds(alert.not_before),
            "now": seconds(now),
            "offer": alert.offer,
            "content": content,
        },
    ).fetchone()
    if row is None:
        return False
    db.conn.executemany(
        "INSERT INTO delivery (edition, part, state, changed, not_before) "
        "VALUES (:edition, :part, 'planned', :now, :not_before)",
        [
            {
                "edition": row[0],
                "part": part,
                "now": seconds(now),
                "not_before": seconds(alert.not_before),
            }
            for part in range(len(alert.parts))
        ],
    )
    db.conn.executemany(
        "INSERT OR IGNORE INTO alert_item (content, kind, item) VALUES (?, ?, ?)",
        [(content, kind, item) for kind, item in alert.items],
    )
    return True


def _is_open(db: Connection, chat: int) -> bool:
    row = db.execute("SELECT state = 'open' FROM chat WHERE id = ?", [chat]).fetchone()
    return row is not None and bool(row[0])


def told_of(db: Connection, places: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int], Told]:
    """Return the items that alerts have told each chat and topic of since the offer it has seen.

    `places` are chat, topic and that offer. Only what has arrived, or may have, counts as told.
    """
    found: dict[tuple[int, int], set[tuple[str, str]]] = {}
    for row in db.query(
        "SELECT DISTINCT edition.chat, edition.topic, alert_item.kind, item "
        "FROM json_each(:places) AS place JOIN edition "
        "ON edition.chat = json_extract(place.value, '$[0]') "
        "AND edition.topic = json_extract(place.value, '$[1]') AND edition.kind = 'alert' "
        "AND edition.offer > json_extract(place.value, '$[2]') "
        "JOIN alert_item ON alert_item.content = edition.content "
        "WHERE NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.edition = edition.id "
        "AND delivery.state NOT IN ('sent', 'uncertain'))",
        {"places": json.dumps(list(places))},
    ):
        found.setdefault((row["chat"], row["topic"]), set()).add((row["kind"], row["item"]))
    return {place: frozenset(items) for place, items in found.items()}
