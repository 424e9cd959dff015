"""What is asked at each tick, and before each part: nothing of it looks at all there is."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from store.database import Connection
from store.ledger import alerts, deliveries, interests, offers, subscriptions
from store.ledger.values import Policy
from tests.store.ledger.debts import LATER, MONDAY, fresh, owe, take

_ONE_ROW = ("owner", "halt", "offered_revision")

TICK = {
    "who is due": lambda db: subscriptions.due_by(db, MONDAY, limit=5),
    "who is to be alerted": lambda db: subscriptions.to_alert(db, 5, limit=5),
    "the newest offer": offers.newest_offer,
    "what was offered since": lambda db: offers.offered_after(db, 3),
    "the longest due": subscriptions.longest_due,
    "the longest owed": deliveries.longest_owed,
    "what is owed": take,
    "interests": lambda db: interests.interests_of_all(db, subscriptions.of_chat(db, 1)),
    "what alerts told of": lambda db: alerts.told_of(db, [(1, 0, 0)]),
}
RECORDS = {
    "sent": lambda db: deliveries.sent(db, take(db)[0], message=1, now=LATER),
    "a flood wait": lambda db: deliveries.postpone(
        db, take(db)[0], until=LATER, reason="wait", now=LATER, chat=True
    ),
    "an uncertain part": lambda db: deliveries.doubt(
        db, take(db)[0], reason="lost", policy=Policy.RESEND, now=LATER
    ),
    "after a crash": lambda db: deliveries.recover(db, policy=Policy.RESEND, now=LATER),
}


def plans(db: Connection, ask: Callable[[Connection], object]) -> list[str]:
    """Return how SQLite carries out each of the statements of a question."""
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    try:
        ask(db)
    finally:
        db.conn.set_trace_callback(None)
    return [
        str(step[3])
        for statement in asked
        if re.match(r"\s*(SELECT|UPDATE|INSERT|DELETE)", statement)
        for step in db.conn.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
    ]


def scanned(steps: list[str]) -> list[str]:
    """Return the tables and indexes that are looked through from one end to the other."""
    names = (match[1] for step in steps if (match := re.match(r"SCAN (\w+)", step)))
    return [name for name in names if name not in {*_ONE_ROW, "CONSTANT", "place", "json_each"}]


@pytest.mark.parametrize("name", [*TICK, *RECORDS])
def test_nothing_is_looked_through(name: str) -> None:
    db = fresh()
    owe(db, "one", "two")
    steps = plans(db, (TICK | RECORDS)[name])
    db.close()
    assert steps
    assert scanned(steps) == []


def test_who_is_due_is_one_range_of_one_index() -> None:
    db = fresh()
    steps = plans(db, TICK["who is due"])
    db.close()
    assert steps == [
        "SEARCH subscription USING INDEX subscription_by_due (next_due<?)",
        "SEARCH chat USING INTEGER PRIMARY KEY (rowid=?)",
    ]


def test_what_waits_for_later_is_not_looked_at_for_what_is_owed_now() -> None:
    db = fresh()
    owe(db, "one")
    steps = plans(db, lambda db: take(db, now=MONDAY - timedelta(days=1)))
    db.close()
    searches = [step for step in steps if "delivery_owed" in step]
    assert searches == ["SEARCH delivery USING INDEX delivery_owed (rank=? AND not_before<?)"] * 3
