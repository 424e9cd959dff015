"""A ledger from before there was following, brought up to date with its readers in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Connection, open_connection, transaction
from store.ledger import deliveries, personal, subscriptions
from store.ledger.schema import migrations
from store.ledger.values import Length
from tests.store.ledger.debts import DAY, LATER, MONDAY, fresh, own, take

NEW = "m004_following"
TABLES = ("chat", "subscription", "content", "edition", "delivery")


@pytest.fixture
def old() -> Iterator[Connection]:
    """Make a ledger of the version before, with something of everything in it."""
    db = open_connection(Path(":memory:"), synchronous="FULL")
    with transaction(db, immediate=True):
        migrations.apply(db, stop_before=NEW)
    with transaction(db, immediate=True):
        own(db)
        _live(db)
    yield db
    db.close()


def _live(db: Connection) -> None:
    due = int(MONDAY.timestamp())
    db.execute("INSERT INTO chat (id, kind, language, since) VALUES (1, 'private', 'en', 0)")
    db.execute("INSERT INTO chat (id, kind, language, since) VALUES (-5, 'group', 'de', 0)")
    for chat in (1, -5):
        db.execute(
            "INSERT INTO subscription (chat, at, zone, last_date, next_due, seen) "
            "VALUES (?, '08:00', 'UTC', '2022-01-10', ?, 4)",
            [chat, due + int(DAY.total_seconds())],
        )
    db.execute("""INSERT INTO content VALUES ('h', '["one", "two"]')""")
    for kind, key, chat, subscription, day in (
        ("digest", "1/2022-01-10", 1, 1, "2022-01-10"),
        ("announcement", "words", -5, None, None),
        ("correction", "c in 3", 1, None, None),
        ("digest", "gone", 1, 1, "2022-01-11"),
    ):
        row = db.execute(
            "INSERT INTO edition (kind, key, chat, topic, subscription, local_date, due, planned, "
            "offer, content, reason) VALUES (?, ?, ?, 0, ?, ?, ?, ?, 4, 'h', 'odd') RETURNING id",
            [kind, key, chat, subscription, day, due, due],
        ).fetchone()
        for part, state in enumerate(("sent", "planned")):
            db.execute(
                "INSERT INTO delivery (edition, part, state, reason, changed, not_before, "
                "attempts, resent, rank, message) VALUES (?, ?, ?, 'why', ?, ?, 2, 1, 1, 77)",
                [row[0], part, state, due, due],
            )
    db.execute("DELETE FROM delivery WHERE edition = 4")
    db.execute("DELETE FROM edition WHERE id = 4")


def rows(db: Connection) -> dict[str, list[dict[str, object]]]:
    return {table: list(db.table(table).rows) for table in TABLES}


def bring_up_to_date(db: Connection) -> None:
    with transaction(db, immediate=True):
        migrations.apply(db)


def test_every_row_is_as_it_was(old: Connection) -> None:
    before = rows(old)
    bring_up_to_date(old)
    after = rows(old)
    for table, was in before.items():
        now = [{name: row[name] for name in was[0]} for row in after[table]]
        assert now == was
    assert list(old.query("PRAGMA foreign_key_check")) == []
    assert list(old.query("PRAGMA integrity_check")) == [{"integrity_check": "ok"}]
    assert {s.length for s in subscriptions.all_subscriptions(old)} == {Length.NORMAL}


def test_the_schema_is_that_of_a_new_ledger(old: Connection) -> None:
    bring_up_to_date(old)
    new = fresh()
    question = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    assert list(old.query(question)) == list(new.query(question))
    new.close()


def test_keys_and_indices_still_hold(old: Connection) -> None:
    bring_up_to_date(old)
    with pytest.raises(Exception, match="FOREIGN KEY"):
        old.execute(
            "INSERT INTO delivery (edition, part, state, changed, not_before) "
            "VALUES (99, 0, 'planned', 0, 0)"
        )
    with pytest.raises(Exception, match="CHECK"):
        old.execute("UPDATE edition SET kind = 'gossip'")
    with pytest.raises(Exception, match="UNIQUE"):
        old.execute("UPDATE edition SET kind = 'alert', key = 'a', chat = 1")
    indices = {row["name"] for row in old.query("SELECT name FROM sqlite_schema")}
    assert {"delivery_owed", "delivery_by_sent", "delivery_under_way"} <= indices
    assert {"edition_by_subscription", "edition_by_planned", "edition_by_alert"} <= indices


def test_no_number_is_given_twice(old: Connection) -> None:
    bring_up_to_date(old)
    row = old.execute(
        "INSERT INTO edition (kind, key, chat, topic, due, planned) "
        "VALUES ('alert', '9', 1, 0, 0, 0) RETURNING id"
    ).fetchone()
    assert row[0] == 5


def test_what_was_owed_is_sent_and_what_is_kept_is_forgotten(old: Connection) -> None:
    bring_up_to_date(old)
    taken = take(old)
    assert [(part.edition, part.part, part.content) for part in taken] == [
        (1, 1, "two"),
        (2, 1, "two"),
        (3, 1, "two"),
    ]
    for part in taken:
        deliveries.sent(old, part, message=1, now=LATER)
    assert personal.forget(old, 1, now=LATER)
    assert list(old.query("PRAGMA foreign_key_check")) == []
