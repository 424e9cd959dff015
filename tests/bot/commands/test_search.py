import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.search import LONGEST_QUERY, question, question_of
from bot.messages.text import units
from tests.bot.conversation import Conversation, labels, links

PAGES = {"‹ Back", "More ›"}


async def test_words_are_found_with_their_sentence_and_source(talk: Conversation) -> None:
    shown = await talk.ask("/search lockstep")
    assert shown["text"].startswith("lockstep\n\n")
    assert "working in lockstep with our allies and partners" in shown["text"]
    (number,) = [words for words in links(shown) if words.startswith("[")]
    assert (await talk.open_link(shown, number)).startswith(number)


async def test_a_plain_message_is_searched_for(talk: Conversation) -> None:
    by_command = await talk.ask("/search troops border")
    assert (await talk.ask("troops border"))["text"] == by_command["text"]


async def test_a_name_in_a_search_offers_the_person(talk: Conversation) -> None:
    shown = await talk.ask("/search Sherman")
    assert "Wendy Sherman" in labels(shown)
    assert (await talk.press(shown, "Wendy Sherman"))["text"].startswith("Wendy Sherman\nUS")


@pytest.mark.parametrize(
    "words", ["Russia", "talks https://example.org/a Russia", "@nato Russia #nato", "Russia 😀 *"]
)
async def test_turning_the_page_keeps_the_question(talk: Conversation, words: str) -> None:
    shown = await talk.ask(f"/search {words}")
    first = shown["text"]
    assert first.splitlines()[0] == words
    assert "More ›" in labels(shown)
    more = await talk.press(shown, "More ›")
    assert more["text"].splitlines()[0] == words
    assert more["text"] != first
    assert (await talk.press(more, "‹ Back"))["text"] == first


async def test_a_search_without_words_asks_for_some(talk: Conversation) -> None:
    for asked in ("/search", "/search \u200b", "\u200b\u202e"):
        assert (await talk.ask(asked))["text"].startswith("/search needs words")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_question_is_read_back_from_the_page_that_begins_with_it(asked: str) -> None:
    words = question(asked)
    assert units(words) <= LONGEST_QUERY
    assert "\n" not in words
    assert question_of(f"{words}\n\n[1] Title") == words == question(words)
