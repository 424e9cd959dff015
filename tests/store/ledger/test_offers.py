from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Connection, transaction
from store.ledger import offers
from store.ledger.values import Item
from tests.store.ledger.debts import fresh


def items(*keys: str, mark: str = "") -> list[Item]:
    return [Item(kind="event", key=key, mark=mark) for key in keys]


def keys(found: Iterable[Item]) -> list[str]:
    return [item.key for item in found]


def test_nothing_was_offered_at_first(db: Connection) -> None:
    assert (offers.newest_offer(db), offers.offered_revision(db)) == (0, None)
    assert offers.offered_after(db, 0) == ()


def test_what_became_known_at_one_time_has_one_number(db: Connection) -> None:
    assert offers.offer(db, items("a", "b"), "r1") == 1
    assert offers.offer(db, items("a", "b", "c", "d"), "r2") == 2
    assert offers.offered_revision(db) == "r2"
    assert keys(offers.offered_after(db, 0)) == ["a", "b", "c", "d"]
    assert keys(offers.offered_after(db, 1)) == ["c", "d"]
    assert offers.offered_after(db, 2) == ()


def test_nothing_is_offered_twice_when_the_knowledge_is_made_anew(db: Connection) -> None:
    offers.offer(db, items("a", "b"), "r1")
    assert offers.offer(db, items("b", "a"), "made anew") == 1
    assert offers.offer(db, [], "emptied") == 1
    assert offers.offer(db, items("a", "b"), "back again") == 1
    assert offers.offered_after(db, 1) == ()


def test_an_item_that_went_and_came_back_is_no_news_and_a_changed_one_is(db: Connection) -> None:
    offers.offer(db, items("a", "b", mark="planned"), "r1")
    offers.offer(db, items("b", mark="planned"), "r2")
    assert offers.offer(db, items("a", "b", mark="planned"), "r3") == 1
    assert offers.offer(db, [*items("a", mark="happened"), *items("b", mark="planned")], "4") == 2
    assert offers.offered_after(db, 1) == tuple(items("a", mark="happened"))


def test_kinds_do_not_share_keys(db: Connection) -> None:
    offers.offer(db, items("a"), "r1")
    assert offers.offer(db, [Item(kind="quote", key="a", mark="")], "r2") == 2
    assert [item.kind for item in offers.offered_after(db, 0)] == ["event", "quote"]


def test_an_offer_that_fails_leaves_nothing_behind(db: Connection) -> None:
    def broken() -> Iterable[Item]:
        yield from items("a", "b")
        raise KeyError("in the middle")

    with pytest.raises(KeyError), transaction(db, immediate=True):
        offers.offer(db, broken(), "r1")
    assert (offers.newest_offer(db), offers.offered_revision(db)) == (0, None)


def test_a_great_deal_of_news_is_offered_at_once(db: Connection) -> None:
    assert offers.offer(db, items(*map(str, range(10_000))), "r1") == 1
    assert len(offers.offered_after(db, 0)) == 10_000


KNOWLEDGE = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(("planned", "happened")))


@given(st.lists(KNOWLEDGE, max_size=8))
def test_what_is_offered_is_what_was_never_known_so(stages: list[dict[str, str]]) -> None:
    db, marks = fresh(), dict[str, str]()
    for number, stage in enumerate(stages):
        before = offers.newest_offer(db)
        told = [Item(kind="event", key=key, mark=mark) for key, mark in stage.items()]
        fresh_news = {key for key, mark in stage.items() if marks.get(key) != mark}
        assert set(keys(offers.news_among(db, told))) == fresh_news
        offers.offer(db, told, str(number))
        assert set(keys(offers.offered_after(db, before))) == fresh_news
        marks |= stage
    db.close()
