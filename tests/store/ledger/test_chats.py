from store.database import Connection
from store.ledger import chats, subscriptions
from store.ledger.values import Wanted
from tests.store.ledger.debts import LATER, owe, reasons, states, subscribed


def wanted(db: Connection, chat: int, topic: int = 0) -> Wanted:
    found = subscriptions.subscription(db, chat, topic)
    assert found is not None
    return found.state


def test_a_closed_chat_is_paused_and_goes_on_where_it_was_when_it_opens(db: Connection) -> None:
    before = subscribed(db)
    chats.close(db, 1, reason="blocked", now=LATER)
    assert wanted(db, 1) is Wanted.PAUSED
    assert subscriptions.due_by(db, LATER, limit=9) == ()
    assert [row["state"] for row in db.query("SELECT state FROM chat")] == ["blocked"]
    chats.reopen(db, 1, now=LATER)
    assert subscriptions.subscription(db, 1, 0) == before
    assert [row["state"] for row in db.query("SELECT state FROM chat")] == ["open"]


def test_what_the_reader_stopped_stays_stopped(db: Connection) -> None:
    subscribed(db, -1)
    subscribed(db, -1, topic=4)
    subscriptions.unsubscribe(db, -1, 4, now=LATER)
    chats.close(db, -1, reason="removed", now=LATER)
    assert (wanted(db, -1), wanted(db, -1, 4)) == (Wanted.PAUSED, Wanted.OFF)
    chats.reopen(db, -1, now=LATER)
    assert (wanted(db, -1), wanted(db, -1, 4)) == (Wanted.ON, Wanted.OFF)


def test_a_reader_can_stop_while_the_chat_is_closed(db: Connection) -> None:
    subscribed(db)
    chats.close(db, 1, reason="blocked", now=LATER)
    assert subscriptions.unsubscribe(db, 1, 0, now=LATER)
    chats.reopen(db, 1, now=LATER)
    assert wanted(db, 1) is Wanted.OFF


def test_subscribing_opens_a_closed_chat(db: Connection) -> None:
    subscribed(db)
    chats.close(db, 1, reason="blocked", now=LATER)
    assert subscribed(db).state is Wanted.ON
    assert [row["state"] for row in db.query("SELECT state FROM chat")] == ["open"]


def test_closing_skips_what_was_planned_for_that_chat_only(db: Connection) -> None:
    owe(db, "one", "two")
    owe(db, "x", chat=2)
    chats.close(db, 1, reason="blocked", now=LATER)
    assert (states(db), states(db, chat=2)) == (["skipped", "skipped"], ["planned"])
    assert reasons(db) == ["blocked", "blocked", None]
    assert wanted(db, 2) is Wanted.ON
