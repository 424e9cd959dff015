from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from store.database import Connection
from store.ledger import editions, subscriptions
from store.ledger.values import Subscription, Wanted
from tests.store.ledger.debts import (
    DAY,
    EIGHT,
    LATER,
    MONDAY,
    edition,
    owe,
    reasons,
    states,
    subscribed,
    take,
)


def now_of(db: Connection, chat: int = 1, topic: int = 0) -> Subscription:
    found = subscriptions.subscription(db, chat, topic)
    assert found is not None
    return found


def test_planning_writes_the_parts_down_and_moves_the_subscription_on(db: Connection) -> None:
    before = subscribed(db)
    assert editions.plan(db, [edition(before, "one", "two", offer=3)], now=LATER) == 1
    assert now_of(db) == replace(before, last_date=date(2022, 1, 10), next_due=MONDAY + DAY)
    assert states(db) == ["planned", "planned"]
    (kept,) = db.query("SELECT * FROM edition")
    assert (kept["local_date"], kept["due"], kept["planned"], kept["offer"]) == (
        "2022-01-10",
        MONDAY.timestamp(),
        LATER.timestamp(),
        3,
    )


def test_a_local_date_is_planned_once_however_often_it_is_decided_on(db: Connection) -> None:
    subscribed(db)
    for text in ("as decided first", "decided again"):
        again = replace(now_of(db), last_date=now_of(db).last_date)
        editions.plan(db, [edition(again, text), edition(again, text)], now=LATER)
    assert db.table("edition").count == 1
    assert [part.content for part in take(db)] == ["as decided first"]
    assert now_of(db).next_due == MONDAY + DAY


def test_the_next_edition_of_a_date_is_known_by_topic_and_subscription(db: Connection) -> None:
    three = [subscribed(db, -1), subscribed(db, -1, topic=7), subscribed(db, -2)]
    assert editions.plan(db, [edition(s, "x") for s in three], now=LATER) == 3
    assert [(part.chat, part.topic) for part in take(db)] == [(-1, 0), (-1, 7), (-2, 0)]


def test_chats_that_are_owed_the_same_share_its_content(db: Connection) -> None:
    same = [edition(subscribed(db, chat), "one", "two") for chat in (1, 2, 3)]
    editions.plan(db, [*same, edition(subscribed(db, 4), "one")], now=LATER)
    assert db.table("content").count == 2
    assert [part.content for part in take(db)] == ["one"] * 4


def test_what_is_skipped_is_in_the_ledger_with_its_reason(db: Connection) -> None:
    editions.plan(db, [edition(subscribed(db), reason="nothing new")], now=LATER)
    assert (states(db), reasons(db)) == (["skipped"], ["nothing new"])
    assert take(db) == []
    assert now_of(db).last_date == date(2022, 1, 10)
    assert [row["content"] for row in db.query("SELECT content FROM edition")] == [None]


@pytest.mark.parametrize("change", ["off", "other time", "read further"])
def test_a_subscription_that_changed_meanwhile_is_left_to_be_asked_anew(
    db: Connection, change: str
) -> None:
    decided = edition(subscribed(db), "x")
    match change:
        case "off":
            subscriptions.unsubscribe(db, 1, 0, now=MONDAY)
        case "other time":
            subscribed(db, rhythm=replace(EIGHT, at=time(20)), next_due=MONDAY + DAY / 2)
        case _:
            db.execute("UPDATE subscription SET seen = 1")
    changed = now_of(db)
    assert editions.plan(db, [decided], now=LATER) == 0
    assert now_of(db) == changed
    assert take(db) == []


def test_what_an_earlier_edition_still_owes_is_skipped_for_the_next(db: Connection) -> None:
    owe(db, "one", "two", "three")
    owe(db, "other", chat=2)
    (first,) = [part for part in take(db) if part.chat == 1]
    tuesday = edition(now_of(db), "news of both days", due=MONDAY + DAY)
    editions.plan(db, [tuesday], now=LATER + DAY)
    assert states(db) == ["sending", "skipped", "skipped", "planned"]
    assert "the next edition came first" in reasons(db)
    assert states(db, chat=2) == ["sending"]
    assert [part.content for part in take(db, now=LATER + DAY)] == ["news of both days"]
    assert first.content == "one"


def test_an_edition_is_not_sent_any_more_once_the_next_is_due(db: Connection) -> None:
    owe(db, "of Monday")
    assert take(db, now=MONDAY + DAY) == []
    assert states(db) == ["planned"]
    assert len(take(db, now=MONDAY + DAY - timedelta(seconds=1))) == 1


def test_planning_touches_no_subscription_that_stopped(db: Connection) -> None:
    subscribed(db)
    subscriptions.unsubscribe(db, 1, 0, now=MONDAY)
    stopped = now_of(db)
    editions.plan(db, [edition(replace(stopped, state=Wanted.ON), "x")], now=LATER)
    assert now_of(db) == stopped
