import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import fold, sentences, spelled, words
from tests.store import plain_text

SPACES = " \t\n\r\x0b\x0c\x1c\x1f\x85\xa0\u1680\u2000\u2001\u2028\u2029\u202f\u3000"
MARKS = "\u0300\u0301\u0308\u0327\u0338\u0345\u1161\u11a8\u093c\u094d\u3099\u20d7"
LETTERS = "aAsSzZéßİ\u0131ŁЖжйїΣςώかが習हि각ﬁ½٣Ⅷ🙂\u200d\u1ffd\u1fef\u037e\u212b\u0374"
SIGNS = "'’‘\u02bb\u02bc`\u00b4.,!-_0\x00\x7f\ud800"
anything = (
    st.text() | st.text(alphabet="abS's ’") | st.text(alphabet=SPACES + MARKS + LETTERS + SIGNS)
)


def _spelled_words(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word of `text` folded, and as it is written."""
    return zip(*spelled(text), strict=True)


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


@given(anything)
def test_a_text_is_folded_as_each_of_its_letters_is(text: str) -> None:
    assert fold(text) == plain_text.fold(text)


@given(anything)
def test_words_are_those_found_letter_by_letter(text: str) -> None:
    assert words(text) == plain_text.words(text)
    assert list(_spelled_words(text)) == list(plain_text.spelled_words(text))


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("sign", MARKS + SIGNS)
def test_nothing_joins_what_a_space_parts(space: str, sign: str) -> None:
    text = f"Åb’s{space}{sign}é{sign}{space}{sign}"
    assert fold(text) == plain_text.fold(text)
    assert list(_spelled_words(text)) == list(plain_text.spelled_words(text))


def test_words_too_long_to_be_kept_are_folded_as_others_are() -> None:
    long = "Ж" * 100
    assert fold(f"{long} Ж") == plain_text.fold(f"{long} Ж")
    assert list(_spelled_words(f"{long} Ж")) == list(plain_text.spelled_words(f"{long} Ж"))


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


def test_words_are_folded_and_kept_as_they_are_written() -> None:
    assert list(_spelled_words("Kuleba's von al-Sisi, O’Brien 習")) == [
        ("kuleba", "Kuleba"),
        ("von", "von"),
        ("al", "al"),
        ("sisi", "Sisi"),
        ("obrien", "OBrien"),
        ("xi", "習"),
    ]
