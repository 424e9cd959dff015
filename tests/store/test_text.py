import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import fold, folded_words, sentences, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Wendy Sherman", "wendy sherman"),
        ("Шерман", "sherman"),
        ("João Vale de Almeida", "joao vale de almeida"),
        ("Joa\u0303o", "joao"),
        ("O'Brien", "obrien"),
        ("O\u2019Brien", "obrien"),
        ("Ольга", "olga"),
        ("Łukasz  Đặng-Øyvind", "lukasz dang oyvind"),
        ("हिन्दी", "hindi"),
        ("ÉCOLE", "ecole"),
        ("Straße", "strasse"),
        ("習近平", "xijinping"),
        ("\u0661\u0660\u0660", "100"),
        ("  --  ", ""),
    ],
)
def test_a_text_is_folded_to_what_people_type(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_what_is_folded_is_lower_case_ascii_with_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == " ".join(folded.lower().split())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three? Four", ("One.", "Two!", "Three?", "Four")),
        ("Mr. Smith met Dr. J. R. Jones.", ("Mr. Smith met Dr. J. R. Jones.",)),
        ("The U.S. President came. He left.", ("The U.S. President came.", "He left.")),
        ("He said no. No. 5 came.", ("He said no.", "No. 5 came.")),
        ("“Go!” she said. “Now.” He went.", ("“Go!” she said.", "“Now.”", "He went.")),
        ("It cost 1.5 million. Then more.", ("It cost 1.5 million.", "Then more.")),
        ("Well... Then he left.", ("Well...", "Then he left.")),
        ("(It was late.) He left.", ("(It was late.)", "He left.")),
        ("No space.After it", ("No space.After it",)),
        (
            "A line\nbreak is none.\n\nA blank line\n \nis",
            ("A line break is none.", "A blank line", "is"),
        ),
        ("हाँ। नहीं।", ("हाँ।", "नहीं।")),
        ("", ()),
        (" \n\n ", ()),
    ],
)
def test_sentences_end_where_a_reader_sees_it(text: str, found: tuple[str, ...]) -> None:
    assert sentences(text) == found


@given(st.text() | st.text(alphabet='ab AB.!?\n"()', max_size=60))
def test_sentences_lose_no_word(text: str) -> None:
    assert " ".join(sentences(text)).split() == text.split()


def test_a_body_of_abbreviations_is_read_in_no_time() -> None:
    began = time.monotonic()
    sentences("a. B. Mr. " * 30_000)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("foo-bar c++ foo_bar", ("foo", "bar", "c", "foo", "bar")),
        ("Blinken’s it's", ("Blinken", "it")),
        ("Joa\u0303o हिन्दी ½", ("João", "हिन्दी", "½")),
        ("_ \u0301 ' NEAR(", ("NEAR",)),
    ],
)
def test_words_are_what_can_be_searched_for(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


def test_folded_words_know_their_capitals() -> None:
    assert list(folded_words("Kuleba's von al-Sisi, O’Brien 習")) == [
        ("kuleba", True),
        ("von", False),
        ("al", False),
        ("sisi", True),
        ("obrien", True),
        ("xi", True),
    ]
