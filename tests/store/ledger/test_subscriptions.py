from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Connection
from store.ledger import deliveries, editions, subscriptions
from store.ledger.values import NothingNew, Rhythm, Subscription, Wanted
from tests.store.ledger.debts import (
    DAY,
    EIGHT,
    LATER,
    MONDAY,
    edition,
    fresh,
    owe,
    reasons,
    states,
    subscribed,
    take,
)

KYIV = Rhythm(at=time(7, 30), zone="Europe/Kyiv", days=0b0011111)


def test_a_subscription_is_kept_as_it_was_asked_for(db: Connection) -> None:
    made = subscribed(db, -5, topic=3, rhythm=KYIV)
    assert made == Subscription(
        id=1,
        chat=-5,
        topic=3,
        rhythm=KYIV,
        useful_for=timedelta(hours=6),
        nothing_new=NothingNew.SAY,
        state=Wanted.ON,
        last_date=date(2022, 1, 9),
        next_due=MONDAY,
        seen=0,
        language="en",
    )
    assert subscriptions.subscription(db, -5, 3) == made
    assert subscriptions.subscription(db, -5, 0) is None


def test_each_topic_of_a_chat_has_its_own(db: Connection) -> None:
    both = (subscribed(db, -5), subscribed(db, -5, topic=3, rhythm=KYIV))
    assert subscriptions.all_subscriptions(db) == both
    assert db.table("chat").count == 1


def test_subscribing_again_changes_when_and_keeps_how_far_the_chat_has_read(
    db: Connection,
) -> None:
    owe(db, "news")
    deliveries.sent(db, take(db)[0], message=9, now=LATER)
    again = subscribed(db, rhythm=KYIV, last_date=date(2022, 1, 1), next_due=LATER + DAY)
    assert (again.id, again.seen, again.rhythm) == (1, 1, KYIV)
    assert again.last_date == date(2022, 1, 10)
    assert again.next_due == LATER + DAY


def test_stopping_ends_what_is_owed_too_and_is_said_once(db: Connection) -> None:
    owe(db, "one", "two")
    owe(db, "other", chat=2)
    assert subscriptions.unsubscribe(db, 1, 0, now=LATER)
    assert not subscriptions.unsubscribe(db, 1, 0, now=LATER)
    assert not subscriptions.unsubscribe(db, 3, 0, now=LATER)
    assert [part.chat for part in take(db)] == [2]
    assert states(db) == ["skipped", "skipped"]
    assert reasons(db) == ["unsubscribed", "unsubscribed", None]


def test_a_stopped_subscription_is_not_due_until_it_is_taken_up_again(db: Connection) -> None:
    subscribed(db)
    subscriptions.unsubscribe(db, 1, 0, now=MONDAY)
    stopped = subscriptions.subscription(db, 1, 0)
    assert stopped is not None
    assert stopped.state is Wanted.OFF
    assert subscriptions.due_by(db, LATER, limit=9) == ()
    assert subscriptions.due_by(db, LATER, limit=9) == ()
    assert subscribed(db) == replace(stopped, state=Wanted.ON)
    assert len(subscriptions.due_by(db, LATER, limit=9)) == 1


def test_who_is_due_comes_in_order_the_longest_due_first(db: Connection) -> None:
    for chat, minutes in enumerate((30, -1, 61, 0, 10), start=1):
        subscribed(db, chat, next_due=MONDAY + timedelta(minutes=minutes))
    assert [s.chat for s in subscriptions.due_by(db, LATER, limit=9)] == [2, 4, 5, 1]
    assert [s.chat for s in subscriptions.due_by(db, LATER, limit=2)] == [2, 4]
    assert [s.chat for s in subscriptions.due_by(db, MONDAY, limit=9)] == [2, 4]


def test_who_is_due_is_one_range_of_an_index(db: Connection) -> None:
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    subscriptions.due_by(db, LATER, limit=9)
    db.conn.set_trace_callback(None)
    (select,) = [statement for statement in asked if statement.startswith("SELECT")]
    plan = [row["detail"] for row in db.query(f"EXPLAIN QUERY PLAN {select}")]
    assert plan == [
        "SEARCH subscription USING INDEX subscription_by_due (next_due<?)",
        "SEARCH chat USING INTEGER PRIMARY KEY (rowid=?)",
    ]


def test_what_is_put_off_is_due_later(db: Connection) -> None:
    made = subscribed(db)
    subscriptions.reschedule(db, made.id, LATER + DAY)
    assert subscriptions.due_by(db, LATER, limit=9) == ()
    assert subscriptions.due_by(db, LATER + DAY, limit=9) == (replace(made, next_due=LATER + DAY),)


@pytest.mark.parametrize("at", [time(0), time(23, 59), time(7, 5)])
def test_every_local_time_comes_back(db: Connection, at: time) -> None:
    assert subscribed(db, rhythm=replace(EIGHT, at=at)).rhythm.at == at


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (the strategy adds the zone)


@given(st.lists(st.tuples(st.sampled_from(("on", "off", "plan", "sent")), MOMENTS), max_size=12))
def test_a_local_date_never_goes_back_and_what_is_read_stays_read(
    steps: list[tuple[str, datetime]],
) -> None:
    db = fresh()
    date_before, seen_before = date.min, 0
    for offer, (step, when) in enumerate(steps, start=1):
        known = subscriptions.subscription(db, 1, 0)
        match step:
            case "on":
                subscribed(db, last_date=when.date(), next_due=when)
            case "off":
                subscriptions.unsubscribe(db, 1, 0, now=when)
            case "plan" if known is not None:
                editions.plan(db, [edition(known, "x", due=when, offer=offer)], now=when)
            case _:
                for part in take(db, now=when):
                    deliveries.sent(db, part, message=1, now=when)
        if (found := subscriptions.subscription(db, 1, 0)) is not None:
            assert found.last_date >= date_before
            assert found.seen >= seen_before
            date_before, seen_before = found.last_date, found.seen
    db.close()
