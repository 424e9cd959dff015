"""A chat's own data: all that the ledger keeps about it, and forgetting it.

What is forgotten leaves counts behind. Each edition and delivery stays as a row of nobody's
(chat 0, which Telegram never gives), with its kind, its local date and times, and its state:
totals by state and day remain what they were. Gone are the chat, its subscriptions and
interests, what waits or was set aside in the inbox, texts that no other chat was sent,
Telegram's message ids, reasons, how far the chat had read, how it was let in, and what it
brought in or steers. What was owed still is skipped; what was being sent counts as uncertain,
since nobody writes down any more what became of it.

What follows from it: who subscribes again begins anew, with the story so far, also on a day
whose digest came already. The inbox knows the newest handled updates by number and hash, of
whatever chat: they name nobody, and stay until newer ones take their place.
"""

import json
from datetime import UTC, datetime
from typing import Any

from store.database import Connection
from store.ledger.subscriptions import seconds

NOBODY = 0

_CHAT = "SELECT id, kind, language, chosen, state, since FROM chat WHERE id = :chat"
_SUBSCRIPTIONS = (
    "SELECT topic, at, zone, days, useful_for, nothing_new, state, last_date, next_due, seen, "
    "length, quiet_from, quiet_to, alerts, alerted FROM subscription WHERE chat = :chat ORDER BY id"
)
_INTERESTS = (
    "SELECT topic, kind, key, stance, name, since FROM interest WHERE chat = :chat "
    "ORDER BY topic, kind, key"
)
_EDITIONS = (
    "SELECT id, kind, key, topic, local_date, due, planned, offer, reason "
    "FROM edition WHERE chat = :chat ORDER BY id"
)
_DELIVERIES = (
    "SELECT part, state, delivery.reason, changed, not_before, attempts, resent, message, "
    "json_extract(content.parts, '$[' || part || ']') AS content FROM delivery "
    "JOIN edition ON edition.id = delivery.edition LEFT JOIN content ON hash = edition.content "
    "WHERE delivery.edition = :edition ORDER BY part"
)
_INBOX = "SELECT update_id, body, attempts, aside FROM inbox WHERE lane = :chat ORDER BY n"
_READING = (
    "SELECT topic, offer, read_at, before, before_at FROM reading WHERE chat = :chat ORDER BY topic"
)
_ADMISSION = "SELECT since, brought_by, expelled FROM admission WHERE id = :chat"
_BROUGHT = "SELECT id AS chat, since FROM admission WHERE brought_by = :chat ORDER BY id"
_INVITATIONS = (
    "SELECT id, label, uses, made, expires FROM invitation WHERE asked LIKE :chat || '/%' "
    "ORDER BY id"
)
_CHANNELS = (
    "SELECT channel.chat, title, since FROM channel_steerer "
    "JOIN channel ON channel.id = channel WHERE person = :chat ORDER BY since, channel.id"
)
_MOMENTS = frozenset(
    {
        "expelled",
        "expires",
        "made",
        "since",
        "next_due",
        "due",
        "planned",
        "changed",
        "not_before",
        "read_at",
        "before_at",
    }
)


def kept_about(db: Connection, chat: int) -> dict[str, Any]:
    """Return all that is kept about a chat, as JSON can hold it; of no other chat anything."""
    place = {"chat": chat}
    found = db.query(_CHAT, place)
    return {
        "chat": next(map(_shown, found), None),
        "subscriptions": [_shown(row) for row in db.query(_SUBSCRIPTIONS, place)],
        "interests": [_shown(row) for row in db.query(_INTERESTS, place)],
        "editions": [_edition(db, row) for row in list(db.query(_EDITIONS, place))],
        "inbox": list(db.query(_INBOX, place)),
        "reading": [_shown(row) for row in db.query(_READING, place)],
        "admission": next(map(_shown, db.query(_ADMISSION, place)), None),
        "brought": [_shown(row) for row in db.query(_BROUGHT, place)],
        "invitations": [_shown(row) for row in db.query(_INVITATIONS, place)],
        "channels": [_shown(row) for row in db.query(_CHANNELS, place)],
    }


def _edition(db: Connection, row: dict[str, Any]) -> dict[str, Any]:
    number = row.pop("id")
    deliveries = db.query(_DELIVERIES, {"edition": number})
    return _shown(row) | {"deliveries": [_shown(one) for one in deliveries]}


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromtimestamp(value, UTC).isoformat()
        if name in _MOMENTS and value is not None
        else value
        for name, value in row.items()
    }


def keeps(db: Connection, chat: int) -> bool:
    """Tell whether the ledger has anything of a chat beyond what it is asking right now."""
    return _keeps(db, {"chat": chat})


def forget(db: Connection, chat: int, *, now: datetime) -> bool:
    """Forget a chat, but for counts; tell whether anything was kept about it."""
    if chat == NOBODY:
        raise ValueError("what is nobody's cannot be forgotten once more")
    db.execute("PRAGMA secure_delete = ON").fetchall()  # overwritten in the file too
    place = {"chat": chat, "nobody": NOBODY, "now": seconds(now)}
    kept = _keeps(db, place)
    _forget_deliveries(db, place)
    _forget_editions(db, place)
    _forget_announcer(db, chat)
    _forget_admission(db, place)
    db.execute("DELETE FROM reading WHERE chat = :chat", place)
    db.execute("DELETE FROM subscription WHERE chat = :chat", place)
    db.execute("DELETE FROM interest WHERE chat = :chat", place)
    db.execute("DELETE FROM chat WHERE id = :chat", place)
    # As handled, so that what Telegram sends again is not taken for new.
    db.execute(
        "INSERT OR IGNORE INTO inbox_handled (n, update_id, digest) "
        "SELECT n, update_id, digest FROM inbox WHERE lane = :chat",
        place,
    )
    db.execute("DELETE FROM inbox WHERE lane = :chat", place)
    db.execute("PRAGMA secure_delete = OFF").fetchall()
    return kept


def _keeps(db: Connection, place: dict[str, int]) -> bool:
    """Tell whether the ledger has anything of a chat beyond what it is asking right now."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM chat WHERE id = :chat) "
        "OR EXISTS (SELECT 1 FROM edition WHERE chat = :chat) "
        "OR EXISTS (SELECT 1 FROM reading WHERE chat = :chat) "
        "OR EXISTS (SELECT 1 FROM admission WHERE id = :chat OR brought_by = :chat) "
        "OR EXISTS (SELECT 1 FROM invitation WHERE asked LIKE :chat || '/%') "
        "OR EXISTS (SELECT 1 FROM channel_steerer WHERE person = :chat) "
        "OR EXISTS (SELECT 1 FROM inbox WHERE lane = :chat AND aside IS NOT NULL)",
        place,
    ).fetchone()
    return bool(row[0])


def _forget_deliveries(db: Connection, place: dict[str, int]) -> None:
    db.execute(
        "UPDATE delivery SET state = 'skipped', changed = :now WHERE state = 'planned' "
        "AND edition IN (SELECT id FROM edition WHERE chat = :chat)",
        place,
    )
    # A part under way is written down under its number when Telegram has answered: it gets
    # another number, so that the message id finds no row.
    under_way = db.query(
        "SELECT * FROM delivery WHERE state = 'sending' "
        "AND edition IN (SELECT id FROM edition WHERE chat = :chat)",
        place,
    )
    for row in list(under_way):
        db.execute("DELETE FROM delivery WHERE id = :id", row)
        del row["id"]
        db.table("delivery").insert(row | {"state": "uncertain", "changed": place["now"]})
    db.execute(
        "UPDATE delivery SET message = NULL, reason = NULL "
        "WHERE edition IN (SELECT id FROM edition WHERE chat = :chat)",
        place,
    )


def _forget_editions(db: Connection, place: dict[str, int]) -> None:
    db.execute(
        "INSERT OR IGNORE INTO chat (id, kind, state, since) "
        "SELECT :nobody, 'nobody', 'forgotten', :now "
        "WHERE EXISTS (SELECT 1 FROM edition WHERE chat = :chat)",
        place,
    )
    texts = [
        row["content"]
        for row in db.query("SELECT DISTINCT content FROM edition WHERE chat = :chat", place)
    ]
    db.execute(
        "UPDATE edition SET chat = :nobody, topic = 0, subscription = NULL, content = NULL, "
        "reason = NULL, offer = 0, key = 'forgotten ' || id WHERE chat = :chat",
        place,
    )
    # One look through the editions for all of them: no index says who has a text.
    db.execute(
        "DELETE FROM content WHERE hash IN (SELECT value FROM json_each(:texts)) "
        "AND hash NOT IN (SELECT content FROM edition WHERE content IS NOT NULL)",
        {"texts": json.dumps(texts)},
    )


def _forget_admission(db: Connection, place: dict[str, int]) -> None:
    """Forget how a chat came in, what it brought in, which invitations it made, what it steers.

    Who was expelled is a stranger again, and so is what a forgotten person brought in. The
    link that let such a person in lets nobody in any more: it would be the way back.
    """
    db.execute(
        "UPDATE invitation SET uses = 0 WHERE id IN "
        "(SELECT invitation FROM admission WHERE id = :chat AND expelled)",
        place,
    )
    db.execute("DELETE FROM admission WHERE id = :chat OR brought_by = :chat", place)
    db.execute(
        "UPDATE invitation SET asked = 'forgotten ' || id WHERE asked LIKE :chat || '/%'", place
    )
    db.execute(
        "DELETE FROM channel_steerer WHERE person = :chat "
        "OR channel IN (SELECT id FROM channel WHERE chat = :chat)",
        place,
    )
    db.execute("DELETE FROM channel WHERE chat = :chat", place)


def _forget_announcer(db: Connection, chat: int) -> None:
    """Take an admin's chat out of the keys of what was announced from it."""
    keys = db.query(
        "SELECT key, MIN(id) AS first FROM edition WHERE kind = 'announcement' "
        "AND key > :from AND key < :to GROUP BY key",
        {"from": f"announcement {chat}/", "to": f"announcement {chat}0"},  # what follows the /
    )
    for row in list(keys):
        db.execute(
            "UPDATE edition SET key = 'announcement ' || :first "
            "WHERE kind = 'announcement' AND key = :key",
            row,
        )
