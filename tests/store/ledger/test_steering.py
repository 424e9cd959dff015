"""Announcements, halts, and the records of what became of it all."""

from datetime import timedelta

from store.database import Connection
from store.ledger import announcements, chats, control, deliveries, editions, records, subscriptions
from store.ledger.control import Halt
from store.ledger.records import PartRecord
from store.ledger.values import DeliveryState, EditionKind, Policy
from tests.store.ledger.debts import (
    DAY,
    EPOCH,
    LATER,
    MONDAY,
    edition,
    owe,
    states,
    subscribed,
    take,
)

SECOND = timedelta(seconds=1)


def test_an_announcement_goes_once_to_everybody_who_gets_digests(db: Connection) -> None:
    subscribed(db, 1)
    subscribed(db, -2, topic=5)
    subscribed(db, 3)
    subscribed(db, 4)
    subscriptions.unsubscribe(db, 3, 0, now=MONDAY)
    chats.close(db, 4, reason="blocked", now=MONDAY)
    assert announcements.audience(db) == 2
    for _ in range(2):
        assert announcements.announce(db, key="k", part="hello", now=MONDAY) == 2
    assert [(part.chat, part.topic, part.content, part.kind) for part in take(db)] == [
        (1, 0, "hello", EditionKind.ANNOUNCEMENT),
        (-2, 5, "hello", EditionKind.ANNOUNCEMENT),
    ]


def test_another_announcement_of_the_same_words_is_another(db: Connection) -> None:
    subscribed(db)
    for key in ("first", "second"):
        announcements.announce(db, key=key, part="hello", now=MONDAY)
    assert len(take(db)) == 2


def test_an_announcement_is_no_digest(db: Connection) -> None:
    before = subscribed(db)
    assert announcements.announce_to(db, 1, 0, key="k", part="hello", now=MONDAY)
    assert not announcements.announce_to(db, 1, 0, key="k", part="hello", now=MONDAY)
    deliveries.sent(db, take(db)[0], message=1, now=MONDAY)
    assert subscriptions.subscription(db, 1, 0) == before


def test_a_halt_tells_since_when_and_why(db: Connection) -> None:
    assert control.halted(db) is None
    assert not control.resume(db)
    control.halt(db, reason="wrong news", now=MONDAY)
    control.halt(db, reason="still wrong", now=LATER)
    assert control.halted(db) == Halt(since=LATER, reason="still wrong")
    assert control.resume(db)
    assert control.halted(db) is None


def test_a_chats_record_is_its_own_and_begins_with_the_newest(db: Connection) -> None:
    first = owe(db, "one", "two")
    owe(db, "other", chat=2)
    part = take(db)[0]
    deliveries.sent(db, part, message=1, now=LATER)
    changed = subscriptions.subscription(db, first.chat, 0)
    assert changed is not None
    skipped = edition(changed, due=MONDAY + DAY, reason="nothing new")
    editions.plan(db, [skipped], now=MONDAY + DAY)
    announcements.announce_to(db, 1, 0, key="k", part="hello", now=MONDAY + DAY)
    found = records.record_of(db, 1, 0, limit=9)
    assert [(r.kind, r.local_date) for r in found] == [
        (EditionKind.ANNOUNCEMENT, None),
        (EditionKind.DIGEST, (MONDAY + DAY).date()),
        (EditionKind.DIGEST, MONDAY.date()),
    ]
    assert [[p.state for p in r.parts] for r in found] == [
        [DeliveryState.PLANNED],
        [DeliveryState.SKIPPED],
        [DeliveryState.SENT, DeliveryState.SKIPPED],
    ]
    assert found[2].parts[0] == PartRecord(state=DeliveryState.SENT, reason=None, changed=LATER)
    assert found[1].parts[0].reason == "nothing new"
    assert records.record_of(db, 1, 0, limit=1) == found[:1]
    assert records.record_of(db, 1, 5, limit=9) == ()


def test_nothing_was_broadcast_before_the_first(db: Connection) -> None:
    standing = records.progress(db, now=MONDAY)
    assert (standing.begun, standing.counted, standing.waiting, standing.left) == (
        *(None, {}, 0),
        None,
    )


def test_progress_counts_the_last_broadcast_and_measures_its_rate(db: Connection) -> None:
    for chat in range(1, 7):
        owe(db, "x", chat=chat)
    of_monday = take(db, now=MONDAY)
    for part in of_monday[:3]:
        deliveries.sent(db, part, message=1, now=MONDAY + 10 * SECOND)
    deliveries.doubt(db, of_monday[3], reason="?", policy=Policy.LEAVE, now=MONDAY)
    standing = records.progress(db, now=MONDAY + 40 * SECOND)
    assert standing.begun == MONDAY
    assert standing.counted == {
        DeliveryState.SENT: 3,
        DeliveryState.UNCERTAIN: 1,
        DeliveryState.SENDING: 2,
    }
    assert (standing.waiting, standing.rate) == (2, 3 / 60)
    assert standing.left == 40 * SECOND
    assert records.progress(db, now=MONDAY + 80 * SECOND).left is None


def test_the_broadcast_of_another_day_is_another(db: Connection) -> None:
    owe(db, "of Monday")
    deliveries.sent(db, take(db)[0], message=1, now=MONDAY)
    known = subscriptions.subscription(db, 1, 0)
    assert known is not None
    editions.plan(db, [edition(known, "of Tuesday", due=MONDAY + DAY)], now=MONDAY + DAY)
    standing = records.progress(db, now=MONDAY + DAY)
    assert (standing.begun, standing.counted) == (MONDAY + DAY, {DeliveryState.PLANNED: 1})


def test_a_halt_does_not_lose_what_is_under_way(db: Connection) -> None:
    owe(db, "one", "two")
    (part,) = take(db)
    control.halt(db, reason="wrong news", now=LATER)
    deliveries.sent(db, part, message=1, now=LATER)
    assert states(db) == ["sent", "planned"]
    assert take(db) == []
    control.resume(db)
    assert [p.content for p in deliveries.take(db, epoch=EPOCH, now=LATER, limit=9)] == ["two"]
