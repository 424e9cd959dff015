"""Channels and those who steer them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.database import Connection
from store.ledger import channels, personal, transfer
from store.ledger.channels import Channel
from tests.store.ledger.debts import fresh, subscribed

NOW = datetime(2022, 1, 20, 9, tzinfo=UTC)
CHANNEL, PERSON, OTHER = -1001, 1001, 1002


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Connection]:
    opened = fresh(tmp_path / "ledger.db")
    yield opened
    opened.close()


def test_a_channel_keeps_its_number_whoever_connects_it_under_whatever_title(
    db: Connection,
) -> None:
    first = channels.connect(db, CHANNEL, title="News", person=PERSON, now=NOW)
    again = channels.connect(db, CHANNEL, title="The News", person=OTHER, now=NOW)
    assert (first.id, again.id) == (1, 1)
    assert channels.channel(db, 1) == Channel(id=1, chat=CHANNEL, title="The News")
    assert channels.steerers(db, CHANNEL) == (PERSON, OTHER)
    assert channels.steered_by(db, OTHER) == (again,)
    assert channels.channel(db, 2) is None


def test_channels_are_told_from_other_chats(db: Connection) -> None:
    subscribed(db, CHANNEL, kind="channel")
    subscribed(db, PERSON)
    assert channels.channels_among(db, [CHANNEL, PERSON, OTHER]) == {CHANNEL}
    assert channels.channels_among(db, []) == frozenset()


def test_it_is_handed_over_and_forgotten(db: Connection) -> None:
    channels.connect(db, CHANNEL, title="News", person=PERSON, now=NOW)
    channels.connect(db, CHANNEL, title="News", person=OTHER, now=NOW)
    assert [one["chat"] for one in personal.kept_about(db, PERSON)["channels"]] == [CHANNEL]
    personal.forget(db, PERSON, now=NOW)
    assert channels.steerers(db, CHANNEL) == (OTHER,)
    personal.forget(db, CHANNEL, now=NOW)
    assert channels.channel(db, 1) is None


def test_it_moves_with_the_readers(db: Connection, tmp_path: Path) -> None:
    channels.connect(db, CHANNEL, title="News", person=PERSON, now=NOW)
    moved = fresh(tmp_path / "other.db")
    transfer.take_in(moved, transfer.take_out(db, now=NOW))
    assert channels.steered_by(moved, PERSON) == (Channel(id=1, chat=CHANNEL, title="News"),)
    moved.close()
