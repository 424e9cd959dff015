"""Topics that are gone: what they would have got goes to the chat itself, or ends."""

from datetime import timedelta

import pytest

from store.database import Connection
from store.ledger import alerts, announcements, chats, deliveries, editions, subscriptions
from store.ledger.values import PlannedAlert, Subscription, Wanted
from tests.store.ledger.debts import (
    DAY,
    LATER,
    MONDAY,
    edition,
    of_chat,
    owe,
    states,
    subscribed,
    take,
)

FORUM, TOPIC = -1005, 7
NOTICE = "the topic is gone"


def leave(db: Connection) -> None:
    chats.leave_topic(db, FORUM, TOPIC, notice=NOTICE, now=LATER)
    assert list(db.query("PRAGMA foreign_key_check")) == []


def sent(db: Connection) -> list[tuple[int, str]]:
    """Send all that is owed; return the topics and texts."""
    said: list[tuple[int, str]] = []
    while parts := take(db):
        for part in parts:
            deliveries.sent(db, part, message=1, now=LATER)
            said.append((part.topic, part.content))
    return said


def test_without_a_digest_of_its_own_the_chat_gets_the_topics(db: Connection) -> None:
    before = owe(db, "one", "two", chat=FORUM, topic=TOPIC)
    leave(db)
    (after,) = subscriptions.of_chat(db, FORUM)
    assert (after.id, after.topic, after.rhythm, after.state) == (
        before.id,
        0,
        before.rhythm,
        Wanted.ON,
    )
    assert sent(db) == [(0, "one"), (0, NOTICE), (0, "two")]


def test_where_the_chat_has_a_digest_the_topics_ends_and_the_other_stays_as_it_is(
    db: Connection,
) -> None:
    evening = MONDAY + timedelta(hours=12)
    here = subscribed(db, FORUM, next_due=evening)
    owe(db, "of the topic", chat=FORUM, topic=TOPIC)
    db.execute("UPDATE subscription SET seen = 9, last_date = '2022-01-17' WHERE topic = 7")
    leave(db)
    assert subscriptions.of_chat(db, FORUM) == (here,)
    assert sent(db) == [(0, NOTICE)]
    # The chat's own edition of that date comes at its own time.
    assert editions.plan(db, [edition(here, "of the chat")], now=evening) == 1


def test_a_digest_that_was_stopped_in_the_chat_makes_way_for_the_topics(db: Connection) -> None:
    owe(db, "of the chat", chat=FORUM)
    deliveries.sent(db, take(db)[0], message=1, now=MONDAY)
    subscriptions.unsubscribe(db, FORUM, 0, now=MONDAY)
    owe(db, "of the topic", chat=FORUM, topic=TOPIC)
    leave(db)
    (joined,) = subscriptions.of_chat(db, FORUM)
    assert (joined.topic, joined.state) == (0, Wanted.ON)
    # The chat has had this date.
    assert sent(db) == [(0, NOTICE)]
    tuesday = edition(joined, "of Tuesday", due=MONDAY + DAY)
    assert editions.plan(db, [tuesday], now=MONDAY + DAY) == 1


def test_an_alert_of_the_topic_comes_beside_that_of_the_chat(db: Connection) -> None:
    here, there = subscribed(db, FORUM), subscribed(db, FORUM, topic=TOPIC)

    def told(known: Subscription, text: str) -> PlannedAlert:
        return PlannedAlert(subscription=known, offer=1, parts=(text,), items=(), not_before=MONDAY)

    assert alerts.owe(db, [told(there, "to the topic")], now=MONDAY) == 1
    leave(db)
    assert alerts.owe(db, [told(here, "to the chat")], now=MONDAY) == 1
    assert sent(db) == [(0, "to the topic"), (0, "to the chat"), (0, NOTICE)]


def test_it_is_told_once_however_often_the_topic_is_found_gone(db: Connection) -> None:
    owe(db, "x", chat=FORUM, topic=TOPIC)
    for _ in range(3):
        leave(db)
    assert sent(db) == [(0, "x"), (0, NOTICE)]
    leave(db)
    assert sent(db) == []


def test_a_chat_that_subscribes_in_the_topic_again_is_told_of_another_end_no_second_time(
    db: Connection,
) -> None:
    leave_after = owe(db, "x", chat=FORUM, topic=TOPIC)
    leave(db)
    assert sent(db) == [(0, "x"), (0, NOTICE)]
    assert subscriptions.of_chat(db, FORUM)[0].id == leave_after.id


@pytest.mark.parametrize("has_digest", [True, False])
def test_announcements_to_the_topic_go_to_the_chat_unless_it_has_them(
    db: Connection, *, has_digest: bool
) -> None:
    subscribed(db, FORUM, topic=TOPIC, next_due=MONDAY + DAY)
    announcements.announce(db, key="early", part="early", now=MONDAY)
    if has_digest:
        subscribed(db, FORUM, next_due=MONDAY + DAY)
    announcements.announce(db, key="late", part="late", now=MONDAY)
    leave(db)
    assert sorted(sent(db)) == [(0, "early"), (0, "late"), (0, NOTICE)]


def test_parts_under_way_when_the_topic_went_come_to_the_chat_or_end(db: Connection) -> None:
    owe(db, "digest", chat=FORUM, topic=TOPIC)
    announcements.announce(db, key="k", part="hello", now=MONDAY)
    flying = take(db)
    assert len(flying) == 2
    for part in flying:
        deliveries.postpone(db, part, until=LATER, reason="no topic", now=LATER)
        leave(db)
    assert sorted(sent(db)) == [(0, "digest"), (0, "hello"), (0, NOTICE)]
    assert "skipped" not in states(db, chat=FORUM)
    assert {row["topic"] for row in of_chat(db, FORUM)} == {0}
