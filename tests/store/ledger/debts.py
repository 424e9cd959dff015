"""A ledger to test with: chats that subscribe, editions that are owed to them, and all of it."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from store.database import Connection, migrate, open_connection
from store.ledger import deliveries, editions, subscriptions
from store.ledger.alone import owner_of
from store.ledger.schema import migrations
from store.ledger.values import Owed, PlannedEdition, Rhythm, Subscription

DAY = timedelta(days=1)
EIGHT = Rhythm(at=time(8), zone="UTC")
MONDAY = datetime(2022, 1, 10, 8, tzinfo=UTC)
SUNDAY = date(2022, 1, 9)
LATER = MONDAY + timedelta(hours=1)
EPOCH = 1


def fresh(path: Path = Path(":memory:")) -> Connection:
    """Return a connection to a ledger in which nobody is owed anything; the caller closes it."""
    db = open_connection(path, synchronous="FULL")
    migrate(db, migrations, path)
    if owner_of(db) is None:
        own(db)
    return db


def own(db: Connection, epoch: int = EPOCH) -> None:
    """Let the ledger belong to this process."""
    db.table("owner").upsert(
        {"id": 1, "epoch": epoch, "host": "here", "pid": 1, "since": 0}, pk="id"
    )


def subscribed(
    db: Connection,
    chat: int = 1,
    *,
    topic: int = 0,
    kind: str = "private",
    rhythm: Rhythm = EIGHT,
    last_date: date = SUNDAY,
    next_due: datetime = MONDAY,
) -> Subscription:
    return subscriptions.subscribe(
        db,
        chat=chat,
        topic=topic,
        kind=kind,
        language="en",
        rhythm=rhythm,
        last_date=last_date,
        next_due=next_due,
        now=MONDAY - DAY,
    )


def edition(
    subscription: Subscription,
    *parts: str,
    due: datetime = MONDAY,
    offer: int = 1,
    reason: str | None = None,
) -> PlannedEdition:
    return PlannedEdition(
        subscription=subscription,
        local_date=due.date(),
        due=due,
        offer=offer,
        parts=parts,
        reason=reason,
        next_due=due + DAY,
    )


def owe(db: Connection, *parts: str, chat: int = 1, topic: int = 0) -> Subscription:
    """Let a chat be owed the edition of Monday."""
    subscription = subscribed(db, chat, topic=topic)
    assert editions.plan(db, [edition(subscription, *parts)], now=MONDAY) == 1
    return subscription


def take(db: Connection, *, now: datetime = LATER, limit: int = 100) -> list[Owed]:
    return list(deliveries.take(db, epoch=EPOCH, now=now, limit=limit))


def states(db: Connection, *, chat: int = 1) -> list[str]:
    """Return the states of all that a chat is owed, in its order."""
    rows = db.query(
        "SELECT delivery.state FROM delivery JOIN edition ON edition.id = edition "
        "WHERE chat = :chat ORDER BY edition.id, part",
        {"chat": chat},
    )
    return [str(row["state"]) for row in rows]


def reasons(db: Connection) -> list[str | None]:
    return [row["reason"] for row in db.query("SELECT reason FROM delivery ORDER BY id")]


def of_chat(db: Connection, chat: int) -> list[dict[str, object]]:
    """Return what a chat is owed: text, topic and state, in the order of the editions."""
    rows = db.query(
        "SELECT json_extract(content.parts, '$[' || part || ']') AS text, topic, delivery.state "
        "FROM delivery JOIN edition ON edition.id = edition JOIN content ON hash = content "
        "WHERE chat = :chat ORDER BY edition.id, part",
        {"chat": chat},
    )
    return list(rows)


def seen(db: Connection, chat: int = 1, topic: int = 0) -> int:
    found = subscriptions.subscription(db, chat, topic)
    assert found is not None
    return found.seen
