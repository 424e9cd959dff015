from dataclasses import replace
from datetime import date, datetime

from store.database import Connection
from store.ledger import chats, deliveries, offers, replay, subscriptions
from store.ledger.values import DeliveryState, Item, Rhythm
from tests.store.ledger.debts import DAY, EIGHT, LATER, MONDAY, owe, subscribed, take

BEGINNING = (MONDAY - 10 * DAY).date(), MONDAY - 9 * DAY


def begin(rhythm: Rhythm) -> tuple[date, datetime]:
    assert rhythm == EIGHT
    return BEGINNING


def test_beginning_again_forgets_editions_and_offers_and_keeps_subscriptions(
    db: Connection,
) -> None:
    owe(db, "one", "two")
    subscribed(db, 2)
    subscriptions.unsubscribe(db, 2, 0, now=LATER)
    offers.offer(db, [Item(kind="event", key="a", mark="")], "r1")
    deliveries.sent(db, take(db)[0], message=1, now=LATER)
    before = subscriptions.all_subscriptions(db)
    replay.begin_again(db, begin=begin)
    last_date, next_due = BEGINNING
    assert subscriptions.all_subscriptions(db) == tuple(
        replace(known, last_date=last_date, next_due=next_due, seen=0) for known in before
    )
    for table in ("delivery", "edition", "content", "offer", "offered_revision"):
        assert db.table(table).count == 0
    assert offers.newest_offer(db) == 0


def test_a_part_that_was_on_its_way_when_all_began_again_does_no_harm(db: Connection) -> None:
    owe(db, "one")
    (part,) = take(db)
    replay.begin_again(db, begin=begin)
    before = subscriptions.all_subscriptions(db)
    deliveries.sent(db, part, message=1, now=LATER)
    deliveries.settle(db, part, DeliveryState.FAILED, reason="no", now=LATER)
    deliveries.postpone(db, part, until=LATER, reason="wait", now=LATER)
    chats.reopen(db, 1, now=LATER)
    assert subscriptions.all_subscriptions(db) == before
    assert deliveries.counted(db) == {}
