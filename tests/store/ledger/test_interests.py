"""What chats follow and mute."""

import json
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import Connection
from store.ledger import chats, interests, personal, transfer
from store.ledger.values import Interest, Stance
from tests.store.ledger.debts import LATER, MONDAY, fresh, subscribed

ADA = Interest(kind="person", key="aaaaaaaaaaaa", stance=Stance.FOLLOW, name="Ada Quay")
QUAY = Interest(kind="place", key="bbbbbbbbbbbb", stance=Stance.MUTE, name="The quay")
OLD, NEW = -5, -1005


def want(
    db: Connection,
    interest: Interest,
    chat: int = 1,
    topic: int = 0,
    also: tuple[str, ...] = (),
) -> bool:
    return interests.follow_or_mute(
        db, chat, topic, interest, chat_kind="private", also=also, now=MONDAY
    )


def test_a_thing_is_followed_or_muted_and_never_both(db: Connection) -> None:
    assert want(db, ADA)
    assert want(db, QUAY)
    assert interests.interests_of(db, 1, 0) == (ADA, QUAY)
    muted = Interest(kind="person", key=ADA.key, stance=Stance.MUTE, name="Ada Q.")
    assert want(db, muted)
    assert interests.interests_of(db, 1, 0) == (muted, QUAY)
    interests.let_go(db, 1, 0, [ADA.key])
    interests.let_go(db, 1, 0, [ADA.key])
    assert interests.interests_of(db, 1, 0) == (QUAY,)


def test_what_is_said_again_changes_nothing(db: Connection) -> None:
    want(db, ADA)
    before = list(db.conn.iterdump())
    interests.follow_or_mute(db, 1, 0, ADA, chat_kind="private", now=LATER)
    assert list(db.conn.iterdump()) == before


def test_of_several_keys_of_one_thing_one_stays(db: Connection) -> None:
    want(db, ADA)
    renamed = Interest(kind="person", key="cccccccccccc", stance=Stance.MUTE, name="Ada K. Quay")
    want(db, renamed, also=(ADA.key, renamed.key))
    assert interests.interests_of(db, 1, 0) == (renamed,)


def test_there_is_an_end_to_what_one_chat_can_follow(db: Connection) -> None:
    def nth(n: int) -> Interest:
        return Interest(kind="topic", key=f"{n:012}", stance=Stance.FOLLOW, name=str(n))

    assert all(want(db, nth(n)) for n in range(interests.MOST))
    assert not want(db, ADA)
    assert want(db, Interest(kind="topic", key=nth(3).key, stance=Stance.MUTE, name="3"))
    assert len(interests.interests_of(db, 1, 0)) == interests.MOST


def test_all_who_are_due_are_asked_for_at_once(db: Connection) -> None:
    known = [subscribed(db, chat, topic=topic) for chat, topic in product((1, 2, 3), (0, 7))]
    want(db, ADA, 1)
    want(db, QUAY, 1)
    want(db, QUAY, 2, 7)
    want(db, ADA, 99)
    assert interests.interests_of_all(db, known) == {(1, 0): (ADA, QUAY), (2, 7): (QUAY,)}
    assert interests.interests_of_all(db, []) == {}


def test_a_group_that_moves_takes_its_interests_along(db: Connection) -> None:
    subscribed(db, OLD, kind="group")
    want(db, ADA, OLD)
    want(db, QUAY, OLD, 7)
    chats.migrate(db, OLD, NEW, now=LATER)
    assert interests.interests_of(db, NEW, 0) == (ADA,)
    assert interests.interests_of(db, NEW, 7) == (QUAY,)
    assert interests.interests_of(db, OLD, 0) == ()


def test_where_both_groups_are_known_the_new_ones_mind_counts(db: Connection) -> None:
    for chat in (OLD, NEW):
        subscribed(db, chat, kind="group")
    muted = Interest(kind="person", key=ADA.key, stance=Stance.MUTE, name=ADA.name)
    want(db, ADA, OLD)
    want(db, QUAY, OLD)
    want(db, muted, NEW)
    chats.migrate(db, OLD, NEW, now=LATER)
    assert interests.interests_of(db, NEW, 0) == (muted, QUAY)
    assert list(db.query("SELECT chat FROM interest WHERE chat = ?", [OLD])) == []
    assert list(db.query("PRAGMA foreign_key_check")) == []


def test_the_interests_of_a_topic_that_is_gone_go_where_its_digest_goes(db: Connection) -> None:
    subscribed(db, OLD, topic=7, kind="supergroup")
    want(db, ADA, OLD, 7)
    chats.leave_topic(db, OLD, 7, notice="gone", now=LATER)
    assert interests.interests_of(db, OLD, 0) == (ADA,)
    subscribed(db, OLD, topic=8, kind="supergroup")
    want(db, QUAY, OLD, 8)
    chats.leave_topic(db, OLD, 8, notice="gone", now=LATER)
    assert interests.interests_of(db, OLD, 0) == (ADA,)
    assert interests.interests_of(db, OLD, 8) == ()


def test_they_are_handed_over_and_forgotten(db: Connection) -> None:
    subscribed(db)
    want(db, ADA)
    want(db, QUAY, 2)
    (told,) = personal.kept_about(db, 1)["interests"]
    assert told == {
        "topic": 0,
        "kind": "person",
        "key": ADA.key,
        "stance": "follow",
        "name": "Ada Quay",
        "since": "2022-01-10T08:00:00+00:00",
    }
    (settings_told,) = personal.kept_about(db, 1)["subscriptions"]
    assert settings_told.items() >= {"length": "normal", "alerts": 0, "quiet_from": None}.items()
    assert personal.forget(db, 1, now=LATER)
    assert interests.interests_of(db, 1, 0) == ()
    assert interests.interests_of(db, 2, 0) == (QUAY,)


def test_they_move_to_another_ledger(db: Connection) -> None:
    subscribed(db)
    want(db, ADA)
    db.execute(
        "UPDATE subscription SET length = 'full', quiet_from = '22:00', quiet_to = '07:00', "
        "alerts = 1, alerted = 3"
    )
    new = fresh()
    taken = json.loads(json.dumps(transfer.take_out(db, now=LATER)))
    transfer.take_in(new, taken)
    for table in ("interest", "subscription"):
        assert list(new.table(table).rows) == list(db.table(table).rows)
    new.close()


def test_a_file_from_before_there_was_following_is_taken_in(db: Connection) -> None:
    subscribed(db)
    taken = transfer.take_out(db, now=LATER)
    del taken["interest"]
    added = ("length", "quiet_from", "quiet_to", "alerts", "alerted")
    for row in taken["subscription"]:
        for column in added:
            del row[column]
    new = fresh()
    transfer.take_in(new, taken)
    assert list(new.table("subscription").rows) == list(db.table("subscription").rows)
    new.close()


steps = st.tuples(
    st.sampled_from(("f", "m", "n")), st.integers(1, 2), st.integers(0, 1), st.integers(0, 3)
)


@given(st.lists(steps, max_size=30))
@settings(max_examples=50)
def test_each_chat_keeps_the_last_it_said_of_each_thing(
    said: list[tuple[str, int, int, int]],
) -> None:
    db = fresh()
    last: dict[tuple[int, int], dict[str, Stance]] = {}
    for how, chat, topic, thing in said:
        key = f"{thing:012}"
        mine = last.setdefault((chat, topic), {})
        if how == "n":
            interests.let_go(db, chat, topic, [key])
            mine.pop(key, None)
        else:
            stance = Stance.FOLLOW if how == "f" else Stance.MUTE
            want(db, Interest(kind="topic", key=key, stance=stance, name=key), chat, topic)
            mine[key] = stance
    for place, mine in last.items():
        assert {i.key: i.stance for i in interests.interests_of(db, *place)} == mine
    db.close()
