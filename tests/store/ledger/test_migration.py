"""Groups that become supergroups, with the other chat known already or not."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Connection
from store.ledger import announcements, chats, corrections, deliveries, editions, subscriptions
from store.ledger.values import Owed, Policy, Wanted
from tests.store.ledger.debts import (
    DAY,
    LATER,
    MONDAY,
    edition,
    fresh,
    owe,
    seen,
    states,
    subscribed,
    take,
)

OLD, NEW = -5, -1005


def migrate(db: Connection) -> None:
    chats.migrate(db, OLD, NEW, now=LATER)
    check(db)


def check(db: Connection) -> None:
    """Check what holds of every ledger: its keys, and that no date is owed that came."""
    assert [row["integrity_check"] for row in db.query("PRAGMA integrity_check")] == ["ok"]
    assert list(db.query("PRAGMA foreign_key_check")) == []
    twice = (
        "SELECT 1 FROM edition JOIN delivery ON edition = edition.id WHERE kind = 'digest' "
        "AND delivery.state IN ('planned', 'sent') GROUP BY chat, topic, local_date "
        "HAVING COUNT(DISTINCT edition.id) > 1 AND MAX(delivery.state = 'planned')"
    )
    assert list(db.query(twice)) == []


def send_all(db: Connection) -> list[str]:
    """Send all that is owed, and return the texts."""
    texts: list[str] = []
    while parts := take(db):
        for part in parts:
            assert part.chat == NEW
            deliveries.sent(db, part, message=1, now=LATER)
            texts.append(part.content)
    return texts


def test_a_group_keeps_all_under_its_new_number(db: Connection) -> None:
    before = owe(db, "one", "two", chat=OLD)
    announcements.announce_to(db, OLD, 0, key="k", part="hello", now=MONDAY)
    migrate(db)
    assert subscriptions.of_chat(db, OLD) == ()
    (after,) = subscriptions.of_chat(db, NEW)
    assert (after.id, after.rhythm, after.state) == (before.id, before.rhythm, Wanted.ON)
    assert send_all(db) == ["one", "hello", "two"]
    assert seen(db, NEW) == 1
    kinds = [(row["id"], row["kind"]) for row in db.query("SELECT id, kind FROM chat")]
    assert kinds == [(NEW, "supergroup")]


def test_messages_that_stayed_in_the_group_are_not_corrected_in_the_new_one(
    db: Connection,
) -> None:
    part = json.dumps({"text": "It was so.", "entities": [], "markup": None})
    owe(db, part, chat=OLD)
    (sent,) = take(db)
    deliveries.sent(db, sent, message=3, now=LATER)
    assert len(corrections.carried(db, "It was so")) == 1
    migrate(db)
    assert corrections.carried(db, "It was so") == ()
    (row,) = db.query("SELECT message, reason FROM delivery")
    assert row == {"message": None, "reason": "message 3 of the group before"}


def test_a_group_that_seemed_to_close_when_it_moved_goes_on(db: Connection) -> None:
    subscribed(db, OLD)
    chats.close(db, OLD, reason="the bot's place in the chat is now: left", now=LATER)
    migrate(db)
    assert [known.state for known in subscriptions.of_chat(db, NEW)] == [Wanted.ON]


def test_an_unknown_group_and_a_second_telling_change_nothing(db: Connection) -> None:
    owe(db, "x", chat=2)
    before = list(db.conn.iterdump())
    migrate(db)
    chats.migrate(db, 2, 2, now=LATER)
    assert list(db.conn.iterdump()) == before
    owe(db, "y", chat=OLD)
    migrate(db)
    once = list(db.conn.iterdump())
    migrate(db)
    assert list(db.conn.iterdump()) == once


def test_what_only_the_group_had_goes_to_the_supergroup_that_is_known(db: Connection) -> None:
    owe(db, "of the group", chat=OLD)
    owe(db, "of its topic", chat=OLD, topic=7)
    subscribed(db, NEW, next_due=MONDAY + DAY)
    migrate(db)
    assert [(known.topic, known.state) for known in subscriptions.of_chat(db, NEW)] == [
        (0, Wanted.ON),
        (7, Wanted.ON),
    ]
    assert send_all(db) == ["of the group", "of its topic"]
    assert (seen(db, NEW), seen(db, NEW, 7)) == (1, 1)


@pytest.mark.parametrize(
    ("group", "supergroup", "sent"),
    [
        ("planned", "planned", ["supergroup"]),
        ("planned", "sent", []),
        ("sent", "planned", []),
        ("sent", "sent", []),
        ("uncertain", "planned", []),
        ("planned", "skipped", ["group"]),
        ("skipped", "planned", ["supergroup"]),
        ("skipped", "skipped", []),
    ],
)
def test_a_date_that_both_had_comes_once_and_is_lost_by_neither(
    db: Connection, group: str, supergroup: str, sent: list[str]
) -> None:
    for chat, text, state in ((OLD, "group", group), (NEW, "supergroup", supergroup)):
        subscription = subscribed(db, chat)
        if state == "skipped":
            editions.plan(db, [edition(subscription, reason="nothing new")], now=MONDAY)
            continue
        editions.plan(db, [edition(subscription, text)], now=MONDAY)
        if state != "planned":
            part = next(part for part in take(db) if part.chat == chat)
            if state == "sent":
                deliveries.sent(db, part, message=1, now=LATER)
            else:
                deliveries.doubt(db, part, reason="?", policy=Policy.LEAVE, now=LATER)
            db.execute("UPDATE delivery SET state = 'planned' WHERE state = 'sending'")
    migrate(db)
    assert send_all(db) == sent
    (joined,) = subscriptions.of_chat(db, NEW)
    assert joined.last_date == MONDAY.date()
    # What was decided on is not decided on again.
    assert editions.plan(db, [edition(joined, "again")], now=LATER) == 0
    assert db.table("edition").count == 2


def test_a_part_that_is_under_way_when_the_group_moves_does_not_come_twice(
    db: Connection,
) -> None:
    owe(db, "of the group", chat=OLD)
    owe(db, "of the supergroup", chat=NEW)
    parts = take(db)
    chats.migrate(db, OLD, NEW, now=LATER)
    for part in parts:
        deliveries.postpone(db, part, until=LATER, reason="it has moved", now=LATER)
    assert len(send_all(db)) == 1
    check(db)


def test_an_announcement_to_both_comes_once(db: Connection) -> None:
    for chat in (OLD, NEW):
        subscribed(db, chat)
    announcements.announce(db, key="k", part="hello", now=MONDAY)
    announcements.announce_to(db, OLD, 0, key="other", part="to the group", now=MONDAY)
    migrate(db)
    assert send_all(db) == ["hello", "to the group"]


def test_the_settings_of_the_one_that_is_on_stay(db: Connection) -> None:
    evening = MONDAY + timedelta(hours=12)
    subscribed(db, OLD, next_due=evening)
    subscribed(db, NEW)
    subscriptions.unsubscribe(db, NEW, 0, now=MONDAY)
    migrate(db)
    (joined,) = subscriptions.of_chat(db, NEW)
    assert (joined.state, joined.next_due) == (Wanted.ON, evening)


STATES = st.sampled_from(["none", "planned", "sending", "sent", "skipped", "off"])
PLACES = st.tuples(st.sampled_from([OLD, NEW]), st.sampled_from([0, 7]))


def bring(db: Connection, owed: dict[tuple[int, int], str]) -> list[Owed]:
    """Bring Monday's edition of each place to its state; return what is under way."""
    for (chat, topic), state in owed.items():
        if state in {"none", "skipped"}:
            tomorrow = subscribed(db, chat, topic=topic, next_due=MONDAY + DAY)
            planned = edition(tomorrow, reason="nothing new")
            editions.plan(db, [planned] if state == "skipped" else [], now=MONDAY)
        else:
            owe(db, f"{chat}/{topic}", chat=chat, topic=topic)
        if state == "off":
            subscriptions.unsubscribe(db, chat, topic, now=MONDAY)
    flying = []
    for part in take(db):
        state = owed[part.chat, part.topic]
        if state == "sent":
            deliveries.sent(db, part, message=1, now=LATER)
        elif state == "planned":
            deliveries.postpone(db, part, until=LATER, reason="a wait", now=LATER)
        else:
            flying.append(part)
    return flying


@given(st.dictionaries(PLACES, STATES, max_size=4))
def test_whatever_both_had_no_date_comes_twice_and_what_was_owed_comes(
    owed: dict[tuple[int, int], str],
) -> None:
    db = fresh()
    flying = bring(db, owed)
    announcements.announce(db, key="k", part="hello", now=MONDAY)
    chats.migrate(db, OLD, NEW, now=LATER)
    for part in flying:
        deliveries.postpone(db, part, until=LATER, reason="it has moved", now=LATER)
    check(db)
    came = [(part.topic, part.content == "hello") for part in take(db)]
    came += [(topic, False) for (_, topic), state in owed.items() if state == "sent"]
    for topic in {topic for _, topic in owed}:
        both = {owed.get((OLD, topic)), owed.get((NEW, topic))}
        if len(both) == 2:
            assert came.count((topic, False)) == bool(both & {"planned", "sending", "sent"})
            assert came.count((topic, True)) == (both - {"off", None} != set())
    assert not states(db, chat=OLD)
    db.close()
