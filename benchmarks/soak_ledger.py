"""The ledger of a soak: filled before it, and read after it by a witness of its own.

What is read here is read with plain SQL, not by the code that is being tried.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from benchmarks.soak_plan import BEGINS, Plan
from bot.digest.due import begin
from store.database import Connection
from store.ledger.schema import open_ledger
from store.ledger.subscriptions import subscribe


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """One part that a chat was owed, and what the ledger says became of it."""

    chat: int
    date: str
    part: int
    text: str | None = field(repr=False)  # None where the edition was skipped
    state: str
    reason: str | None
    attempts: int
    resent: bool
    message: int | None


async def fill(path: Path, plan: Plan) -> None:
    """Make a ledger in which all chats have subscribed."""
    ledger = open_ledger(path)
    try:
        await ledger.write(_subscribe_all, plan)
    finally:
        ledger.close()


def _subscribe_all(db: Connection, plan: Plan) -> None:
    for chat, rhythm in plan.rhythms():
        last_date, next_due = begin(rhythm, now=BEGINS)
        subscribe(
            db,
            chat=chat,
            topic=0,
            kind="private" if chat > 0 else "supergroup",
            language="en",
            rhythm=rhythm,
            last_date=last_date,
            next_due=next_due,
            now=BEGINS,
        )


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Look at a ledger, in use or not."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as db:
        yield db


def in_flight(path: Path) -> set[tuple[int, int]]:
    """Return what counts as being sent: each delivery with its attempt."""
    with reading(path) as db:
        return set(db.execute("SELECT id, attempts FROM delivery WHERE state = 'sending'"))


def left(path: Path) -> tuple[int, int | None]:
    """Return how many parts and editions are to come still, and the latest moment of a wait."""
    with reading(path) as db:
        parts, latest = db.execute(
            "SELECT COUNT(*), MAX(not_before) FROM delivery WHERE state IN ('planned', 'sending')"
        ).fetchone()
        (unplanned,) = db.execute(
            "SELECT COUNT(*) FROM subscription WHERE state = 'on' AND id NOT IN "
            "(SELECT subscription FROM edition WHERE subscription IS NOT NULL)"
        ).fetchone()
        return parts + unplanned, latest


def owed_before(path: Path, moment: float) -> int:
    """Return how many parts and editions are to come before a moment."""
    with reading(path) as db:
        (parts,) = db.execute(
            "SELECT COUNT(*) FROM delivery WHERE state = 'sending' "
            "OR (state = 'planned' AND not_before <= ?)",
            [moment],
        ).fetchone()
        (unplanned,) = db.execute(
            "SELECT COUNT(*) FROM subscription WHERE state = 'on' AND next_due <= ?", [moment]
        ).fetchone()
        return int(parts + unplanned)


def waiting_updates(path: Path) -> tuple[int, int]:
    """Return how many updates are still to be handled, and how many were set aside."""
    with reading(path) as db:
        waiting, aside = db.execute(
            "SELECT COUNT(*) FILTER (WHERE aside IS NULL), COUNT(aside) FROM inbox"
        ).fetchone()
        return waiting, aside


def debts(path: Path) -> list[Debt]:
    """Return every part that was owed."""
    with reading(path) as db:
        contents = dict(db.execute("SELECT hash, parts FROM content"))

        @cache
        def text(content: str | None, part: int) -> str | None:
            if content is None:
                return None
            shown: str = json.loads(json.loads(contents[content])[part])["text"]
            return shown

        rows = db.execute(
            "SELECT chat, local_date, content, part, state, delivery.reason, attempts, resent, "
            "message FROM delivery JOIN edition ON edition.id = delivery.edition "
            "ORDER BY delivery.id"
        )
        return [
            Debt(
                chat=chat,
                date=day or "",
                part=part,
                text=text(content, part),
                state=state,
                reason=reason,
                attempts=attempts,
                resent=bool(resent),
                message=message,
            )
            for chat, day, content, part, state, reason, attempts, resent, message in rows
        ]
