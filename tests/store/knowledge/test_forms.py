from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.speed.queries import statements
from store.database import Connection
from store.knowledge.figures import figures_about
from store.knowledge.forms import in_any_form
from store.knowledge.quotes import quotes_about
from store.knowledge.topics import Topic
from tests.store.stories import figure, fresh, load, quote, summary

WORDS = ("ally", "allies", "allied", "alloy", "sanction", "sanctions", "sanctioning", "san", "ties")


def test_each_form_of_a_word_is_asked_for_by_itself(db: Connection) -> None:
    load(db, [summary("a", figures=[figure("Sanctions", "3"), figure("Sanctioned banks", "4")])])
    assert in_any_form(db, "figure", "sanction") == '("sanctioned" OR "sanctions")'
    assert in_any_form(db, "quote", "sanction") == '("sanction")'
    assert in_any_form(db, "figure", "war") == '("war")'
    assert in_any_form(db, "figure", "ty") == '("ty" OR "ties")'


def test_what_very_many_words_begin_with_is_left_to_the_index(db: Connection) -> None:
    many = [figure(f"Ship{number:03}", "3") for number in range(99)]
    load(db, [summary("a", figures=many)])
    assert in_any_form(db, "figure", "ship") == '("ship"*)'
    assert figures_about(db, "ship", limit=3).total == 99


def test_other_words_are_known_once_the_story_has_them(db: Connection) -> None:
    load(db, [summary("a", figures=[figure("Ships", "3")])])
    assert figures_about(db, "ship", limit=9).total == 1
    load(db, [summary("a", figures=[figure("Ships", "3"), figure("Shipped grain", "5")])])
    assert figures_about(db, "ship", limit=9).total == 2


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.sampled_from(WORDS))
def test_the_index_finds_all_that_a_topic_does(words: list[str], asked: str) -> None:
    db, text = fresh(), " ".join(words)
    load(db, [summary("a", figures=[figure(text, "3")], quotes=[quote("Ada Quay", text)])])
    found = int(Topic(asked).all_in(text))
    assert figures_about(db, asked, limit=9).total >= found
    assert quotes_about(db, asked, limit=9).total >= found
    db.close()


@pytest.mark.parametrize("ask", [figures_about, quotes_about])
def test_a_topic_merges_no_words_that_begin_alike(
    known: Connection, ask: Callable[..., object]
) -> None:
    asked = [
        values["match"]
        for _, values in statements(known, lambda db: ask(db, "troops near the border", limit=6))
        if "match" in values
    ]
    assert asked
    assert not [match for match in asked if "*" in match]
