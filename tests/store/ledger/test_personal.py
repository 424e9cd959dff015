from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Connection, transaction
from store.ledger import (
    announcements,
    chats,
    deliveries,
    editions,
    inbox,
    personal,
    records,
    subscriptions,
)
from store.ledger.values import DeliveryState, Owed, Policy
from tests.store.ledger.debts import (
    DAY,
    LATER,
    MONDAY,
    edition,
    fresh,
    of_chat,
    owe,
    subscribed,
    take,
)

MINE, OTHER = 4_711_471_147, 4_812_481_248
NOTHING: dict[str, Any] = {
    "chat": None,
    "subscriptions": [],
    "interests": [],
    "editions": [],
    "inbox": [],
    "admission": None,
    "brought": [],
    "invitations": [],
    "channels": [],
    "reading": [],
}
COUNTED = (
    "SELECT kind, local_date, state, COUNT(*) AS count FROM edition "
    "JOIN delivery ON delivery.edition = edition.id GROUP BY kind, local_date, state"
)


def everything(db: Connection) -> str:
    """Return all that stands in the ledger, but for its schema."""
    return "\n".join(f"{table.name} {row}" for table in db.tables for row in table.rows)


def counts(db: Connection) -> list[dict[str, Any]]:
    return list(db.query(COUNTED))


def wait_in_inbox(db: Connection, update_id: int, chat: int, words: str) -> None:
    came = inbox.arrival(update_id, chat, {"message": {"chat": {"id": chat}, "text": words}})
    assert inbox.keep(db, came) is not None


def live(db: Connection) -> None:
    """Let two chats be sent something of each kind, and some of it not yet."""
    for chat, words in ((MINE, "mine alone"), (OTHER, "theirs alone")):
        owe(db, words, "shared", chat=chat)
        subscribed(db, chat, topic=5, kind="supergroup", next_due=MONDAY + DAY)
        wait_in_inbox(db, chat % 1000, chat, f"asked by {words}")
    for part in take(db):
        deliveries.sent(db, part, message=part.chat + 1, now=LATER, note=f"odd in {part.chat}")
    announcements.announce(db, key=f"announcement {MINE}/12", part="to all", now=LATER)


@pytest.fixture
def lived(db: Connection) -> Connection:
    live(db)
    return db


def test_all_that_is_kept_about_a_chat_is_told_and_nothing_of_others(lived: Connection) -> None:
    told = personal.kept_about(lived, MINE)
    assert told["chat"] == {
        "id": MINE,
        "kind": "supergroup",
        "language": "en",
        "chosen": None,
        "state": "open",
        "since": "2022-01-09T08:00:00+00:00",
    }
    assert [(one["topic"], one["at"], one["zone"]) for one in told["subscriptions"]] == [
        (0, "08:00", "UTC"),
        (5, "08:00", "UTC"),
    ]
    digest, *announced = told["editions"]
    assert (digest["kind"], digest["local_date"]) == ("digest", "2022-01-10")
    assert [(one["content"], one["state"], one["message"]) for one in digest["deliveries"]] == [
        ("mine alone", "sent", MINE + 1),
        ("shared", "planned", None),
    ]
    assert [one["deliveries"][0]["content"] for one in announced] == ["to all"] * 2
    assert [one["update_id"] for one in told["inbox"]] == [MINE % 1000]
    assert str(OTHER) not in str(told)
    assert "theirs" not in str(told)


def test_what_is_skipped_is_told_without_a_text(db: Connection) -> None:
    assert editions.plan(db, [edition(subscribed(db), reason="nothing new")], now=MONDAY) == 1
    (told,) = personal.kept_about(db, 1)["editions"]
    assert [(one["state"], one["content"]) for one in told["deliveries"]] == [("skipped", None)]


def test_of_a_chat_that_is_not_known_nothing_is_told_or_forgotten(db: Connection) -> None:
    assert personal.kept_about(db, 1) == NOTHING
    before = everything(db)
    assert not personal.forget(db, 1, now=LATER)
    assert everything(db) == before


def test_forgetting_leaves_counts_only(lived: Connection) -> None:
    before = counts(lived)
    theirs = personal.kept_about(lived, OTHER), of_chat(lived, OTHER)
    assert personal.forget(lived, MINE, now=LATER)
    left = everything(lived)
    traces = (str(MINE), str(MINE + 1), "mine alone")
    assert [trace for trace in traces if trace in left] == []
    # The totals of each day are the same, with what was owed still now skipped.
    assert [sum(row["count"] for row in all_) for all_ in (before, counts(lived))] == [8, 8]
    assert {row["state"]: row["n"] for row in lived.query(OF_NOBODY)} == {"sent": 1, "skipped": 3}
    told = personal.kept_about(lived, OTHER)
    for one in (*theirs[0]["editions"], *told["editions"]):
        one["key"] = "" if one["kind"] == "announcement" else one["key"]
    assert (told, of_chat(lived, OTHER)) == theirs
    assert personal.kept_about(lived, MINE) == NOTHING
    assert not personal.forget(lived, MINE, now=LATER)
    assert list(lived.query("PRAGMA foreign_key_check")) == []


OF_NOBODY = (
    "SELECT state, COUNT(*) AS n FROM delivery JOIN edition ON edition.id = edition "
    "WHERE chat = 0 AND message IS NULL AND delivery.reason IS NULL AND content IS NULL "
    "GROUP BY state"
)


def test_of_an_announcement_made_from_there_one_stays_one(lived: Connection) -> None:
    announcements.announce(lived, key=f"announcement {MINE}/13", part="to all", now=LATER)
    announcements.announce(lived, key=f"announcement {MINE}9/12", part="by another", now=LATER)
    personal.forget(lived, MINE, now=LATER)
    keys = [
        row["key"]
        for row in lived.query(
            "SELECT DISTINCT key FROM edition WHERE kind = 'announcement' AND chat = ?", [OTHER]
        )
    ]
    assert len(keys) == 3
    assert f"announcement {MINE}9/12" in keys


def test_many_chats_that_are_forgotten_do_not_meet(db: Connection) -> None:
    for chat in range(1, 6):
        owe(db, "shared", chat=chat)
    announcements.announce(db, key="announcement 9/1", part="to all", now=LATER)
    for chat in range(1, 6):
        assert personal.forget(db, chat, now=LATER)
    assert {row["state"]: row["n"] for row in db.query(OF_NOBODY)} == {"skipped": 10}
    assert db.table("content").count == 0


def test_a_text_stays_while_another_chat_has_it(db: Connection) -> None:
    owe(db, "shared", chat=1)
    owe(db, "shared", chat=2)
    personal.forget(db, 1, now=LATER)
    assert of_chat(db, 2) == [{"text": "shared", "topic": 0, "state": "planned"}]
    personal.forget(db, 2, now=LATER)
    assert db.table("content").count == 0


def test_what_waits_in_the_inbox_is_gone_and_not_taken_for_new(lived: Connection) -> None:
    came = inbox.arrival(9_001, MINE, {"text": "/forget"})
    kept = inbox.keep(lived, came)
    assert kept is not None
    lived.execute("UPDATE inbox SET attempts = 3 WHERE update_id = ?", [MINE % 1000])
    assert len(inbox.set_aside(lived)) == 1
    personal.forget(lived, MINE, now=LATER)
    assert [row["update_id"] for row in lived.query("SELECT update_id FROM inbox")] == [
        OTHER % 1000
    ]
    inbox.end(lived, kept.n)  # as its handling ends
    assert inbox.keep(lived, came) is None


def test_who_subscribes_again_begins_anew(lived: Connection) -> None:
    assert subscriptions.subscription(lived, MINE, 0) is not None
    before = lived.execute("SELECT MAX(id) FROM subscription").fetchone()[0]
    personal.forget(lived, MINE, now=LATER)
    again = owe(lived, "the story so far", chat=MINE)
    assert (again.seen, again.id > before) == (0, True)
    assert of_chat(lived, MINE) == [{"text": "the story so far", "topic": 0, "state": "planned"}]


OUTCOMES = (
    "sent",
    "failed",
    "doubt",
    "resend",
    "postpone",
    "postpone all",
    "moved",
    "closed",
    "no topic",
)


def learn(db: Connection, part: Owed, outcome: str) -> None:
    """Write down what became of a part, as a broadcast does."""
    match outcome:
        case "sent":
            deliveries.sent(db, part, message=987_654, now=LATER)
        case "failed":
            deliveries.settle(db, part, DeliveryState.FAILED, reason="blocked by 987", now=LATER)
        case "doubt" | "resend" as policy:
            kind = Policy.RESEND if policy == "resend" else Policy.LEAVE
            deliveries.doubt(db, part, reason="timed out", policy=kind, now=LATER)
        case "postpone" | "postpone all" as how:
            every = how == "postpone all"
            deliveries.postpone(db, part, until=LATER, reason="wait", now=LATER, chat=every)
        case "moved":
            deliveries.postpone(db, part, until=LATER, reason="moved", now=LATER)
            chats.migrate(db, part.chat, -100_987, now=LATER)
        case "closed":
            deliveries.settle(db, part, DeliveryState.FAILED, reason="blocked", now=LATER)
            chats.close(db, part.chat, reason="blocked", now=LATER)
        case "no topic":
            deliveries.postpone(db, part, until=LATER, reason="the topic is gone", now=LATER)
            chats.leave_topic(db, part.chat, 5, notice="gone", now=LATER)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_part_under_way_ends_without_a_trace(db: Connection, outcome: str) -> None:
    owe(db, "one", "two", chat=MINE)
    (part,) = take(db)
    personal.forget(db, MINE, now=LATER)
    left = everything(db)
    learn(db, part, outcome)
    assert everything(db) == left
    assert take(db, now=LATER + DAY) == []
    assert deliveries.counted(db) == {DeliveryState.UNCERTAIN: 1, DeliveryState.SKIPPED: 1}
    assert deliveries.recover(db, policy=Policy.RESEND, now=LATER) == 0


def test_an_edition_decided_on_meanwhile_is_not_planned(db: Connection) -> None:
    due = subscribed(db)
    personal.forget(db, 1, now=LATER)
    assert editions.plan(db, [edition(due, "late")], now=LATER) == 0
    again = subscribed(db)
    assert editions.plan(db, [edition(due, "late")], now=LATER) == 0
    assert again.id != due.id


def test_what_is_nobodys_is_not_forgotten(db: Connection) -> None:
    with pytest.raises(ValueError, match="nobody"):
        personal.forget(db, personal.NOBODY, now=LATER)


def test_the_file_itself_no_longer_holds_the_words(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with closing(fresh(path)) as db:
        with transaction(db, immediate=True):
            live(db)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        assert b"mine alone" in path.read_bytes()
        with transaction(db, immediate=True):
            personal.forget(db, MINE, now=LATER)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        words = path.read_bytes()
    assert b"mine alone" not in words
    assert str(MINE).encode() not in words
    assert b"theirs alone" in words


STEPS = st.sampled_from(("subscribe", "plan", "take", "sent", "stop", "announce", "forget"))


@given(st.lists(st.tuples(STEPS, st.integers(1, 3)), max_size=25))
def test_whatever_happened_forgetting_keeps_totals_and_leaves_nobody_behind(
    steps: list[tuple[str, int]],
) -> None:
    with closing(fresh()) as db:
        under_way: list[Owed] = []
        for day, (step, chat) in enumerate(steps):
            now = MONDAY + day * DAY
            known = subscriptions.subscription(db, chat, 0)
            match step:
                case "subscribe":
                    subscribed(db, chat, last_date=now.date(), next_due=now)
                case "plan" if known is not None:
                    editions.plan(db, [edition(known, f"of {chat}", "x", due=now)], now=now)
                case "take":
                    under_way += take(db, now=now)
                case "sent" if under_way:
                    deliveries.sent(db, under_way.pop(0), message=1, now=now)
                case "stop":
                    subscriptions.unsubscribe(db, chat, 0, now=now)
                case "announce":
                    announcements.announce(db, key=f"announcement {chat}/1", part="a", now=now)
                case "forget":
                    total, days = sum(deliveries.counted(db).values()), _days(db)
                    personal.forget(db, chat, now=now)
                    assert (sum(deliveries.counted(db).values()), _days(db)) == (total, days)
                    assert f"of {chat}" not in everything(db)
                    assert personal.kept_about(db, chat)["chat"] is None
                    assert records.record_of(db, chat, 0, limit=9) == ()
        assert list(db.query("PRAGMA foreign_key_check")) == []


def _days(db: Connection) -> list[dict[str, Any]]:
    return list(db.query("SELECT local_date, COUNT(*) AS n FROM edition GROUP BY local_date"))
