"""Moving readers: chats, subscriptions and how far each has read, to another token or machine."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.database import Connection
from store.errors import StoreError
from store.ledger.personal import NOBODY

FORMAT = 1
_TABLES = {
    "chat": ("id", "kind", "language", "state", "since"),
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
    ),
    # How far a chat has read is told in offers, so they go along.
    "offer": ("n", "kind", "item", "mark"),
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
    db.table("offer").delete_where()
    for table, columns in _TABLES.items():
        rows = readers.get(table)
        if not isinstance(rows, list) or not all(
            isinstance(row, dict) and row.keys() == set(columns) for row in rows
        ):
            raise TransferError(f"the file's {table} rows are not as this version writes them")
        db.table(table).insert_all(rows)
    return len(readers["chat"])
