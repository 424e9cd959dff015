"""Beginning again: the ledger of a sandbox whose clock goes back. Never used with real readers."""

from collections.abc import Callable
from datetime import date, datetime

from store.database import Connection
from store.ledger.subscriptions import all_subscriptions, seconds
from store.ledger.values import Rhythm


def begin_again(db: Connection, *, begin: Callable[[Rhythm], tuple[date, datetime]]) -> None:
    """Forget every edition and offer; keep the subscriptions, beginning as `begin` says."""
    for table in ("delivery", "edition", "content", "offer", "offered_revision", "reading"):
        db.table(table).delete_where()
    for known in all_subscriptions(db):
        last_date, next_due = begin(known.rhythm)
        db.execute(
            "UPDATE subscription SET seen = 0, alerted = 0, last_date = :last_date, "
            "next_due = :next_due "
            "WHERE id = :id",
            {
                "id": known.id,
                "last_date": last_date.isoformat(),
                "next_due": seconds(next_due),
            },
        )
