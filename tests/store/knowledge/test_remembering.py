import pytest

from store.database import Connection
from store.knowledge import remembering
from store.knowledge.remembering import counted, remembered
from tests.store.stories import fresh, load, quote, summary

SOURCES = "SELECT COUNT(*) FROM source"


def test_what_was_counted_holds_until_a_reload_changes_what_is_known(db: Connection) -> None:
    asked = []

    def answer() -> int:
        asked.append(1)
        return counted(db, SOURCES, {})

    assert remembered(db, ("a question",), answer) == 0  # of nothing, nothing is remembered
    load(db, [summary("a")])
    assert [remembered(db, ("a question",), answer) for _ in range(3)] == [1, 1, 1]
    load(db, [summary("a"), summary("b")])
    assert remembered(db, ("a question",), answer) == 2
    assert len(asked) == 3


def test_another_story_has_answers_of_its_own(db: Connection) -> None:
    load(db, [summary("a")])
    other = fresh()
    load(other, [summary("a", quotes=[quote("Ada Quay", "No")]), summary("b")])
    assert (counted(db, SOURCES, {}), counted(other, SOURCES, {})) == (1, 2)
    other.close()


def test_the_same_question_with_other_values_is_another(db: Connection) -> None:
    load(db, [summary("a"), summary("b", "2022-01-11")])
    question = "SELECT COUNT(*) FROM source WHERE published = :day"
    days = ("2022-01-10", "2022-01-11", "2022-01-12")
    assert [counted(db, question, {"day": day}) for day in days] == [1, 1, 0]


def test_no_more_is_remembered_than_there_is_room_for(
    db: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[tuple[object, ...], object] = {}
    monkeypatch.setattr(remembering, "_MOST", 5)
    monkeypatch.setattr(remembering, "_known", kept)
    load(db, [summary("a")])
    question = "SELECT :number"
    assert [counted(db, question, {"number": n}) for n in range(20)] == list(range(20))
    assert 0 < len(kept) <= 5
