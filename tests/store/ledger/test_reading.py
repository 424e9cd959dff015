from datetime import UTC, datetime, timedelta

import pytest

from store.database import Connection
from store.ledger import inbox, personal, transfer
from store.ledger.inbox import arrival
from store.ledger.reading import Read, Window, catch_up, leave_topic, mark_read, move, read_by

MONDAY = datetime(2022, 1, 10, 9, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


def caught_up(db: Connection, newest: int, now: datetime, *, update: int, topic: int = 0) -> Window:
    return catch_up(db, chat=5, topic=topic, newest=newest, update_id=update, now=now)


def test_the_first_catch_up_finds_nothing_read_and_the_next_counts_from_it(
    db: Connection,
) -> None:
    assert caught_up(db, 3, MONDAY, update=1) == Window(read=None, upto=3)
    read = Read(offer=3, at=MONDAY)
    assert caught_up(db, 4, TUESDAY, update=2) == Window(read=read, upto=4)
    assert caught_up(db, 4, TUESDAY, update=3) == Window(read=Read(offer=4, at=TUESDAY), upto=4)


def test_a_catch_up_that_is_handled_again_tells_the_same(db: Connection) -> None:
    for number in (1, 2):
        inbox.keep(db, arrival(number, 5, {"update_id": number}))
    first = caught_up(db, 3, MONDAY, update=1)
    assert caught_up(db, 4, TUESDAY, update=1) == first
    second = caught_up(db, 5, TUESDAY, update=2)
    assert second == Window(read=Read(offer=3, at=MONDAY), upto=5)
    assert caught_up(db, 6, TUESDAY, update=2) == second


def test_each_topic_reads_for_itself(db: Connection) -> None:
    caught_up(db, 3, MONDAY, update=1)
    assert caught_up(db, 3, MONDAY, update=2, topic=7) == Window(read=None, upto=3)


def test_what_was_read_otherwise_counts(db: Connection) -> None:
    mark_read(db, chat=5, topic=0, newest=2, update_id=1, now=MONDAY)
    assert read_by(db, 5, 0, newest=9) == Read(offer=2, at=MONDAY)


def test_offers_that_began_again_are_all_unread(db: Connection) -> None:
    mark_read(db, chat=5, topic=0, newest=20, update_id=1, now=MONDAY)
    assert read_by(db, 5, 0, newest=1) is None


def test_a_group_that_moves_has_read_what_it_had_read(db: Connection) -> None:
    caught_up(db, 3, MONDAY, update=1)
    mark_read(db, chat=-6, topic=0, newest=2, update_id=2, now=TUESDAY)
    move(db, 5, -6)
    assert read_by(db, -6, 0, newest=9) == Read(offer=3, at=MONDAY)
    assert read_by(db, 5, 0, newest=9) is None


@pytest.mark.parametrize(("own", "offer"), [(1, 3), (8, 8)])
def test_a_chat_has_read_what_its_lost_topic_had(db: Connection, own: int, offer: int) -> None:
    mark_read(db, chat=5, topic=0, newest=own, update_id=1, now=MONDAY)
    mark_read(db, chat=5, topic=7, newest=3, update_id=2, now=MONDAY)
    leave_topic(db, 5, 7)
    assert read_by(db, 5, 0, newest=9) == Read(offer=offer, at=MONDAY)
    assert read_by(db, 5, 7, newest=9) is None


def test_what_was_read_is_handed_over_and_forgotten(db: Connection) -> None:
    caught_up(db, 3, MONDAY, update=1)
    caught_up(db, 4, TUESDAY, update=2)
    assert personal.kept_about(db, 5)["reading"] == [
        {
            "topic": 0,
            "offer": 4,
            "read_at": TUESDAY.isoformat(),
            "before": 3,
            "before_at": MONDAY.isoformat(),
        }
    ]
    assert personal.forget(db, 5, now=TUESDAY)
    assert personal.kept_about(db, 5)["reading"] == []


def test_what_was_read_moves_with_the_readers(db: Connection) -> None:
    caught_up(db, 3, MONDAY, update=1)
    taken = transfer.take_out(db, now=MONDAY)
    caught_up(db, 4, TUESDAY, update=2)
    transfer.take_in(db, taken)
    assert read_by(db, 5, 0, newest=9) == Read(offer=3, at=MONDAY)
