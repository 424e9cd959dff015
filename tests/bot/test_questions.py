from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions import parse
from bot.questions_kinds import Question, Search
from tests.bot import asked_elsewhere
from tests.bot.asked import ANSWERED
from tests.bot.asked_in_vain import UNANSWERED

AS_OF = date(2022, 1, 19)
ROWS = (*ANSWERED, *UNANSWERED)
ELSEWHERE = (*asked_elsewhere.GERMAN, *asked_elsewhere.UKRAINIAN, *asked_elsewhere.UNANSWERED)
TABLE = [(asked, meant) for asked, meant, _ in (*ROWS, *ELSEWHERE)]
WORDS = st.sampled_from([word for asked, _ in TABLE for word in asked.split()])


@pytest.mark.parametrize(("asked", "meant"), TABLE)
def test_a_question_is_understood(asked: str, meant: Question) -> None:
    assert parse(asked, AS_OF) == meant


def test_the_table_is_as_long_as_promised() -> None:
    assert len(ANSWERED) >= 90
    assert len(UNANSWERED) >= 24
    assert len({asked for asked, _ in TABLE}) == len(TABLE)


@pytest.mark.parametrize(
    ("untidy", "tidy"),
    [
        ("WHO IS SHERMAN", "who is SHERMAN"),
        ("  who   is Sherman ???", "who is Sherman"),
        ("who\u2019s Sherman", "who is Sherman"),
        ("whos Sherman", "who is Sherman"),
        ("pls who is Sherman", "who is Sherman"),
        ("hi, can you tell me who is Sherman please?", "who is Sherman"),
        ("what did Sherman say, thanks", "what did Sherman say"),
        ("what did “Sherman” say", "what did Sherman say"),
    ],
)
def test_an_untidy_question_is_the_tidy_one(untidy: str, tidy: str) -> None:
    assert parse(untidy, AS_OF) == parse(tidy, AS_OF) != Search(text=untidy)


@pytest.mark.parametrize(
    "text", ["Sherman", "Russia", "troops border", "/brief", "", "@", "@nato Russia", "who is"]
)
def test_what_is_no_question_is_searched_for(text: str) -> None:
    assert parse(text, AS_OF) == Search(text=text)


@given(st.text(max_size=4096), st.dates())
def test_no_text_raises(text: str, as_of: date) -> None:
    assert parse(text, as_of) is not None


@given(st.lists(WORDS, max_size=30).map(" ".join), st.dates())
def test_no_words_of_questions_raise(text: str, as_of: date) -> None:
    assert parse(text, as_of) is not None


@pytest.mark.parametrize(
    "text",
    [
        "what did " * 455,
        "please " * 585,
        "and " * 1024,
        "between 9 and " * 290,
        "last " * 819,
        "who is " + "a" * 4089,
        "1" * 4096,
        "." * 4096,
        "2022-01-09.." * 341,
        "can you tell me what is next " * 13,
        "please " * 39,
        "was hat " * 512,
        "що сталося в " * 315,
        "коли зустрілися " * 20,
        "was geschah am 10. " * 21,
        "the " * 40,
    ],
)
def test_the_longest_text_takes_no_time(text: str) -> None:
    took = []
    for _ in range(3):
        began = perf_counter()
        parse(text[:4096], AS_OF)
        took.append(perf_counter() - began)
    assert min(took) < 0.020
