"""Ledgers full of readers, made by the hundred thousand: what they want, and what they are owed."""

from datetime import UTC, datetime, time, timedelta

from store.database import Connection
from store.ledger.values import Rhythm

MORNING = datetime(2027, 1, 15, 8, tzinfo=UTC)
DAY = timedelta(days=1)
RHYTHM = Rhythm(at=time(8), zone="UTC")
EPOCH = 1
_FIRST_CHAT = 10_000_000


def own(db: Connection) -> None:
    """Let the ledger belong to this process."""
    owner = {"id": 1, "epoch": EPOCH, "host": "here", "pid": 1, "since": 0}
    db.table("owner").upsert(owner, pk="id")


def subscribe(db: Connection, number: int, *, since: datetime) -> None:
    """Subscribe so many private chats to a digest at 8, the next one a day after `since`."""
    chats = range(_FIRST_CHAT, _FIRST_CHAT + number)
    db.conn.executemany(
        "INSERT INTO chat (id, kind, language, since) VALUES (?, 'private', 'en', 0)",
        ((chat,) for chat in chats),
    )
    due = int((since + DAY).timestamp())
    db.conn.executemany(
        "INSERT INTO subscription (chat, at, zone, last_date, next_due) VALUES (?, ?, ?, ?, ?)",
        ((chat, "08:00", RHYTHM.zone, since.date().isoformat(), due) for chat in chats),
    )


def fall_due(db: Connection, number: int, at: datetime) -> None:
    """Let the digests of so many, spread among all, be due at `at`, as the first they get."""
    every = db.execute("SELECT COUNT(*) FROM subscription").fetchone()[0] // number
    db.conn.executemany(
        "UPDATE subscription SET seen = 0, last_date = ?, next_due = ? WHERE id = ?",
        (
            ((at - DAY).date().isoformat(), int(at.timestamp()), 1 + every * one)
            for one in range(number)
        ),
    )


def owe_as_the_first(db: Connection) -> None:
    """Owe everybody the digest that the first subscription is owed."""
    db.execute(
        "INSERT INTO edition (kind, key, chat, topic, subscription, local_date, due, planned, "
        "offer, content) SELECT kind, subscription.id || '/' || local_date, subscription.chat, "
        "0, subscription.id, local_date, due, planned, offer, content FROM edition "
        "JOIN subscription ON subscription.id != edition.subscription"
    )
    db.execute(
        "INSERT INTO delivery (edition, part, state, changed, not_before) "
        "SELECT edition.id, part, delivery.state, changed, not_before FROM edition, delivery "
        "WHERE edition.id NOT IN (SELECT edition FROM delivery)"
    )
