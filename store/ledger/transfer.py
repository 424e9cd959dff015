"""Moving readers: chats, subscriptions and how far each has read, to another token or machine."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.database import Connection
from store.errors import StoreError
from store.ledger.personal import NOBODY

FORMAT = 1
_TABLES = {
    "chat": ("id", "kind", "language", "chosen", "state", "since"),
    "subscription": (
        "chat",
        "topic",
        "at",
        "zone",
        "days",
        "useful_for",
        "nothing_new",
        "state",
        "last_date",
        "next_due",
        "seen",
        "length",
        "quiet_from",
        "quiet_to",
        "alerts",
        "alerted",
    ),
    "interest": ("chat", "topic", "kind", "key", "stance", "name", "since"),
    # How far a chat has read is told in offers, so they go along.
    "offer": ("n", "kind", "item", "mark"),
    "reading": ("chat", "topic", "offer", "read_at", "before", "before_at"),
    # Invitations stay behind: their links name the bot that they were made for.
    "admission": ("id", "since", "brought_by", "expelled"),
    "channel": ("id", "chat", "title"),
    "channel_steerer": ("channel", "person", "since"),
}

# Tables that versions before did not write.
_LATER = frozenset({"interest", "reading", "admission", "channel", "channel_steerer"})

# Columns that versions before did not write.
_ADDED = {
    "chat": {"chosen"},
    "subscription": {"length", "quiet_from", "quiet_to", "alerts", "alerted"},
}


class TransferError(StoreError):
    """Readers cannot be taken in; says why."""


def take_out(db: Connection, *, now: datetime) -> dict[str, Any]:
    """Return all readers, as JSON can hold them."""
    taken: dict[str, Any] = {"attache": "readers", "format": FORMAT, "taken": now.isoformat()}
    for table, columns in _TABLES.items():
        taken[table] = list(db.table(table).rows_where(select=", ".join(columns)))
    taken["chat"] = [row for row in taken["chat"] if row["id"] != NOBODY]
    return taken


def take_in(db: Connection, readers: Mapping[str, Any]) -> int:
    """Add the readers that `take_out` gave to a ledger that has none; return how many chats.

    Raises `TransferError` where the ledger has readers of its own, or where the
    file is not one of `take_out`'s.
    """
    if readers.get("attache") != "readers" or readers.get("format") != FORMAT:
        raise TransferError("the file holds no readers that this version can read")
    if db.table("chat").count_where("id != ?", [NOBODY]):
        raise TransferError(
            "this ledger has readers already; import into a new ATTACHE_DATA_DIR or token"
        )
    for table in ("offer", "reading", "admission", "channel_steerer", "channel"):
        db.table(table).delete_where()
    for table, columns in _TABLES.items():
        rows = readers.get(table, [] if table in _LATER else None)
        if not isinstance(rows, list) or not all(
            isinstance(row, dict) and row.keys() | _ADDED.get(table, set()) == set(columns)
            for row in rows
        ):
            raise TransferError(f"the file's {table} rows are not as this version writes them")
        db.table(table).insert_all(rows)
    return len(readers["chat"])
