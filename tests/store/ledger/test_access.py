"""Invitations and those whom they let in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.database import Connection
from store.ledger import access, chats, deliveries, personal
from store.ledger.access import Admission
from tests.store.ledger.debts import LATER, fresh, owe, states, take

NOW = datetime(2022, 1, 20, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
SECRET = "zHbHrZkLZ9K1aD0q-0_Yxw"
PERSON, OTHER, ADMIN, GROUP = 1001, 1002, 7, -1002


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    opened = fresh(tmp_path / "ledger.db")
    yield opened
    opened.close()


def invite(db: Connection, secret: str = SECRET, *, uses: int = 1, asked: str = "7/1") -> int:
    made = access.invite(db, secret, asked=asked, label="Desk", uses=uses, lasts=WEEK, now=NOW)
    return made.id


def test_an_invitation_lets_in_as_many_as_it_says(db: Connection) -> None:
    invite(db, uses=2)
    found = [access.redeem(db, SECRET, person, now=NOW) for person in (1, 2, 3)]
    assert found == [True, True, False]
    assert access.admission(db, 1) == Admission(id=1, brought_by=None, expelled=False)
    assert access.admission(db, 3) is None


def test_who_is_in_uses_up_nothing(db: Connection) -> None:
    invite(db, uses=2)
    assert [access.redeem(db, SECRET, PERSON, now=NOW) for _ in range(3)] == [True] * 3
    assert access.redeem(db, SECRET, OTHER, now=NOW)


def test_it_expires_and_can_be_withdrawn(db: Connection) -> None:
    number = invite(db, uses=5)
    assert [one.id for one in access.invitations(db, now=NOW)] == [number]
    assert not access.redeem(db, SECRET, PERSON, now=NOW + WEEK)
    assert access.invitations(db, now=NOW + WEEK) == ()
    assert access.redeem(db, SECRET, PERSON, now=NOW)
    assert [access.revoke(db, number) for _ in range(2)] == [True, False]
    assert not access.redeem(db, SECRET, OTHER, now=NOW)
    assert access.admission(db, PERSON) is not None


def test_asked_for_again_by_the_same_message_only_the_newer_link_works(db: Connection) -> None:
    assert invite(db, "first-secret-of-22-let") == invite(db, SECRET)
    assert not access.redeem(db, "first-secret-of-22-let", PERSON, now=NOW)
    assert access.redeem(db, SECRET, PERSON, now=NOW)


def test_the_secret_is_not_in_the_ledger(db: Connection, tmp_path: Path) -> None:
    invite(db)
    access.redeem(db, SECRET, PERSON, now=NOW)
    db.conn.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert SECRET.encode() not in (tmp_path / "ledger.db").read_bytes()


def test_who_is_expelled_comes_back_by_a_later_invitation_only(db: Connection) -> None:
    invite(db, uses=5)
    access.redeem(db, SECRET, PERSON, now=NOW)
    assert access.expel(db, PERSON, now=NOW + timedelta(hours=1))
    assert not access.redeem(db, SECRET, PERSON, now=NOW + timedelta(hours=2))
    access.invite(
        db,
        "a-newer-secret-of-22-l",
        asked="7/2",
        label="",
        uses=1,
        lasts=WEEK,
        now=NOW + timedelta(hours=3),
    )
    assert access.redeem(db, "a-newer-secret-of-22-l", PERSON, now=NOW + timedelta(hours=4))


def test_somebody_unknown_is_not_expelled(db: Connection) -> None:
    assert not access.expel(db, PERSON, now=NOW)
    assert access.admission(db, PERSON) is None


def test_a_group_stays_out_until_somebody_may_pardon_it(db: Connection) -> None:
    access.bring(db, GROUP, PERSON, pardon=False, now=NOW)
    access.expel(db, GROUP, now=NOW)
    access.bring(db, GROUP, OTHER, pardon=False, now=NOW)
    assert access.admission(db, GROUP) == Admission(id=GROUP, brought_by=PERSON, expelled=True)
    access.bring(db, GROUP, ADMIN, pardon=True, now=NOW)
    assert access.admission(db, GROUP) == Admission(id=GROUP, brought_by=ADMIN, expelled=False)


def test_a_group_that_becomes_a_supergroup_stays_in(db: Connection) -> None:
    access.bring(db, -5, PERSON, pardon=False, now=NOW)
    chats.migrate(db, -5, GROUP, now=NOW)
    assert access.admission(db, -5) is None
    assert access.admission(db, GROUP) == Admission(id=GROUP, brought_by=PERSON, expelled=False)


def test_a_group_that_was_put_out_stays_out_as_a_supergroup_that_was_brought_in_already(
    db: Connection,
) -> None:
    access.bring(db, -5, PERSON, pardon=False, now=NOW)
    access.expel(db, -5, now=NOW)
    access.bring(db, GROUP, PERSON, pardon=False, now=NOW)
    chats.migrate(db, -5, GROUP, now=NOW)
    assert access.admission(db, GROUP) == Admission(id=GROUP, brought_by=PERSON, expelled=True)


def test_what_comes_back_from_being_sent_is_not_sent_to_who_was_put_out_meanwhile(
    db: Connection,
) -> None:
    owe(db, "one", chat=PERSON)
    (part,) = take(db)
    assert access.expel(db, PERSON, now=LATER)
    deliveries.postpone(db, part, until=LATER, reason="flood", now=LATER)
    assert take(db) == []
    assert states(db, chat=PERSON) == ["skipped"]


def test_it_is_handed_over_and_forgotten(db: Connection) -> None:
    access.invite(db, SECRET, asked=f"{ADMIN}/1", label="", uses=1, lasts=WEEK, now=NOW)
    access.redeem(db, SECRET, PERSON, now=NOW)
    access.bring(db, GROUP, PERSON, pardon=False, now=NOW)
    told = personal.kept_about(db, PERSON)
    assert told["admission"] == {
        "since": "2022-01-20T09:00:00+00:00",
        "brought_by": None,
        "expelled": None,
    }
    assert [one["chat"] for one in told["brought"]] == [GROUP]
    assert personal.kept_about(db, ADMIN)["invitations"] == [
        {
            "id": 1,
            "label": "",
            "uses": 0,
            "made": "2022-01-20T09:00:00+00:00",
            "expires": "2022-01-27T09:00:00+00:00",
        }
    ]
    assert personal.keeps(db, ADMIN)
    assert personal.keeps(db, PERSON)
    assert personal.forget(db, PERSON, now=NOW)
    personal.forget(db, ADMIN, now=NOW)
    assert not personal.keeps(db, PERSON)
    assert access.admission(db, GROUP) is None
    kept = [row for table in ("invitation", "admission") for row in db.table(table).rows]
    assert str(PERSON) not in str(kept)
    assert [row["asked"] for row in kept] == ["forgotten 1"]


def test_who_was_put_out_and_is_forgotten_does_not_come_back_by_the_same_link(
    db: Connection,
) -> None:
    invite(db, uses=5)
    assert access.redeem(db, SECRET, PERSON, now=NOW)
    access.expel(db, PERSON, now=NOW)
    personal.forget(db, PERSON, now=NOW)
    assert not access.redeem(db, SECRET, PERSON, now=NOW)
