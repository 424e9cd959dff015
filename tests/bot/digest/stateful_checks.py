"""What must hold of a ledger and of what Telegram has got, at any moment. Asks, changes nothing."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from store.database import Connection
from store.ledger.subscriptions import seconds
from tests.bot.digest.stateful_server import Server

_ARRIVED = ("sent", "uncertain", "sending")
_LONGEST_BACKOFF = 601
_STAYED = re.compile(r"message (\d+) of the group before")

_DELIVERIES = """
    SELECT delivery.*, edition.chat, edition.kind, edition.topic, edition.local_date
    FROM delivery JOIN edition ON edition.id = delivery.edition
"""
_LEFT_LYING = """
    SELECT delivery.id FROM delivery JOIN edition ON edition.id = delivery.edition
    LEFT JOIN subscription ON subscription.id = edition.subscription
    WHERE delivery.state = 'planned' AND not_before <= :now
    AND (subscription.id IS NULL OR next_due > :now)
    AND NOT EXISTS (SELECT 1 FROM delivery AS other WHERE other.edition = delivery.edition
        AND other.part < delivery.part AND other.state IN ('planned', 'sending'))
"""
_SEEN_TOO_MUCH = """
    SELECT id, seen FROM subscription WHERE seen > (
        SELECT COALESCE(MAX(offer), 0) FROM edition
        WHERE edition.chat = subscription.chat AND edition.kind = 'digest'
        AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.edition = edition.id
            AND state NOT IN ('sent', 'uncertain')))
"""


def troubles(db: Connection, server: Server) -> list[str]:
    """Return all that is wrong."""
    rows = list(db.query(_DELIVERIES))
    return [
        *(trouble for row in rows for trouble in _of_delivery(row, server)),
        *_of_dates(db, rows, server),
        *_of_alerts(db),
        *(f"seen passes what was sent: {row}" for row in db.query(_SEEN_TOO_MUCH)),
    ]


def left_lying(db: Connection, now: Any) -> list[int]:  # noqa: ANN401
    """Return the parts that a broadcast which has ended should have taken."""
    return [row["id"] for row in db.query(_LEFT_LYING, {"now": seconds(now)})]


def unsettled(db: Connection) -> list[dict[str, Any]]:
    """Return what is still owed or under way."""
    return list(
        db.query(
            "SELECT delivery.*, edition.chat, edition.subscription, next_due, subscription.state "
            "AS wanted FROM delivery JOIN edition ON edition.id = delivery.edition LEFT JOIN "
            "subscription ON subscription.id = edition.subscription "
            "WHERE delivery.state IN ('planned', 'sending')"
        )
    )


def _message(row: dict[str, Any]) -> int | None:
    """Return Telegram's number of a part, also where it stayed in a group that has moved."""
    left = _STAYED.search(row["reason"] or "")
    return int(left[1]) if left else row["message"]


def _of_delivery(row: dict[str, Any], server: Server) -> Iterator[str]:
    arrived = server.arrivals.get(row["id"], [])
    state, tries = row["state"], row["attempts"]
    told = row["resent"] or "possible repeat" in (row["reason"] or "")
    if len(arrived) > tries:
        yield f"came {len(arrived)} times: {row}"
    if len(arrived) > 1 and state != "skipped" and not told:
        yield f"came {len(arrived)} times and the record does not say so: {row}"
    if tries > 1 + row["resent"] + server.failed[row["id"]]:
        yield f"sent again without a reason: {row}"
    if state == "sent" and _message(row) not in {arrival.message for arrival in arrived}:
        yield f"sent, and Telegram does not have it: {row}"
    if arrived and state not in _ARRIVED and not tries:
        yield f"arrived, and the record knows nothing of it: {row}"
    if state == "uncertain" and not tries:
        yield f"uncertain, and was never tried: {row}"
    if state in {"failed", "skipped", "uncertain"} and not row["reason"]:
        yield f"without a reason: {row}"
    waits = state == "planned" and row["not_before"] > row["changed"] + _LONGEST_BACKOFF
    waits &= row["kind"] != "alert"  # which waits for the end of the quiet hours
    if waits and not server.set_back and row["chat"] not in server.flooded | _moved(server):
        yield f"waits, and its chat was never told to: {row}"


def _of_alerts(db: Connection) -> Iterator[str]:
    """Yield what alerts tell twice: a cursor moves over each offer once.

    What was owed to a topic that is gone went by the cursor of that.
    """
    for row in db.query(
        "SELECT chat, topic, key, COUNT(*) AS n FROM edition WHERE kind = 'alert' "
        "GROUP BY chat, topic, key HAVING n > 1"
    ):
        yield f"an offer was told of twice: {row}"
    for row in db.query(
        "SELECT edition.* FROM edition JOIN subscription ON subscription.chat = edition.chat "
        "AND subscription.topic = edition.topic WHERE edition.kind = 'alert' AND alerted < offer "
        "AND key NOT LIKE '% of topic %'"
    ):
        yield f"an alert of what is still to be looked at: {row}"


def _moved(server: Server) -> set[int]:
    chats = server.telegram.world.chats.values()
    return {chat.id for chat in chats if chat.migrated_from in server.flooded}


def _of_dates(db: Connection, rows: list[dict[str, Any]], server: Server) -> Iterator[str]:
    days: dict[str, list[str]] = {}
    for row in db.query("SELECT key FROM edition WHERE kind = 'digest' ORDER BY id"):
        subscription, day = row["key"].partition(" again")[0].split("/")
        days.setdefault(subscription, []).append(day)
    for subscription, dates in days.items():
        if any(one >= other for one, other in pairwise(dates)):
            yield f"local dates of subscription {subscription} came again or went back: {dates}"
    arrived = {
        (row["chat"], row["local_date"], row["edition"])
        for row in rows
        if row["kind"] == "digest" and row["chat"] > 0 and server.arrivals.get(row["id"])
    }
    for place, count in Counter((chat, day) for chat, day, _ in arrived).items():
        if count > 1:
            yield f"{count} editions of one date: {place}"
