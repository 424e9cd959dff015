"""A part on which Telegram's servers failed may have arrived: whatever comes then, that is told."""

from datetime import timedelta

import pytest

from store.database import Connection
from store.ledger import deliveries
from store.ledger.values import DeliveryState, Owed, Policy
from tests.store.ledger.debts import LATER, owe, reasons, take

FAILED = "possible repeat: Telegram's server failed (Bad Gateway)"


@pytest.fixture
def tried(db: Connection) -> Owed:
    """Give a part that is being sent a second time, after a 502."""
    owe(db, "one")
    (first,) = take(db)
    deliveries.postpone(db, first, until=LATER, reason=FAILED, now=LATER, tried=True)
    (again,) = take(db)
    return again


def test_it_is_told_once_it_is_sent(db: Connection, tried: Owed) -> None:
    deliveries.sent(db, tried, message=7, now=LATER)
    assert reasons(db) == [FAILED]


def test_it_is_told_after_a_flood_wait_too(db: Connection, tried: Owed) -> None:
    later = LATER + timedelta(seconds=2)
    deliveries.postpone(db, tried, until=later, reason="a wait of 2 s", now=LATER)
    assert reasons(db) == ["a wait of 2 s; possible repeat"]
    (third,) = take(db, now=later)
    deliveries.sent(db, third, message=7, now=later)
    assert reasons(db) == ["a wait of 2 s; possible repeat"]


@pytest.mark.parametrize("policy", Policy)
def test_it_is_told_where_the_answer_is_lost_then(
    db: Connection, tried: Owed, policy: Policy
) -> None:
    deliveries.doubt(db, tried, reason="no answer", policy=policy, now=LATER)
    (told,) = reasons(db)
    assert told is not None
    assert told.endswith("no answer; possible repeat")


@pytest.mark.usefixtures("tried")
@pytest.mark.parametrize("policy", Policy)
def test_it_is_told_where_the_bot_is_killed_then(db: Connection, policy: Policy) -> None:
    deliveries.recover(db, policy=policy, now=LATER)
    (told,) = reasons(db)
    assert told is not None
    assert told.endswith("the bot stopped while it was being sent; possible repeat")


def test_of_what_was_tried_once_nothing_is_told(db: Connection) -> None:
    owe(db, "one")
    (first,) = take(db)
    deliveries.settle(db, first, DeliveryState.FAILED, reason="too long", now=LATER)
    assert reasons(db) == ["too long"]
