from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.faces import TEXT, Face
from bot.pictures.wrapping import ELLIPSIS, LACKING, clip, legible, wrap
from tests.bot.pictures.charts import WORDS, measure


def each(text: str, face: Face) -> float:
    del face
    return len(text)


def latin(letter: str) -> bool:
    return letter < "\u0250" or letter == "…"


@given(WORDS, st.integers(40, 900), st.integers(1, 4))
def test_no_line_is_wider_than_asked_and_none_too_many(text: str, width: int, most: int) -> None:
    lines = wrap(text, TEXT, width=width, most=most, measure=measure)
    assert len(lines) <= most
    assert all(0 < measure(line, TEXT) <= width or measure(line, TEXT) == 0 for line in lines)


@given(WORDS, st.integers(40, 900))
def test_with_lines_enough_no_letter_is_lost(text: str, width: int) -> None:
    lines = wrap(text, TEXT, width=width, most=100_000, measure=measure)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_words_are_kept_whole_where_they_fit() -> None:
    lines = wrap("one two three", TEXT, width=7, most=4, measure=each)
    assert lines == ("one two", "three")


def test_a_word_that_no_line_holds_is_cut_between_letters() -> None:
    assert wrap("abcdefgh", TEXT, width=3, most=4, measure=each) == ("abc", "def", "gh")


def test_what_does_not_fit_is_cut_with_a_mark() -> None:
    assert wrap("one two three", TEXT, width=7, most=1, measure=each) == ("one tw…",)
    assert wrap("one two three four", TEXT, width=12, most=1, measure=each) == ("one two…",)
    assert clip("abcdef", TEXT, width=4, measure=each) == "abc…"


def test_letters_that_the_font_lacks_become_one_mark() -> None:
    assert legible("Cohen שלום עולם!", latin) == f"Cohen {LACKING}!"
    assert legible("中文 and 😀", latin) == f"{LACKING} and {LACKING}"


def test_what_no_reader_sees_is_left_out() -> None:
    assert legible("\u202emirrored\u2069 \u200bwords\n here\ud800", latin) == "mirrored words here"


def test_towers_of_accents_are_cut_down() -> None:
    assert legible("x" + "\u0301" * 50, lambda _: True) == "x\u0301\u0301"


def test_a_very_long_text_is_cut_before_it_is_measured() -> None:
    assert legible("x" * 10_000, latin) == "x" * 600 + ELLIPSIS


@given(WORDS)
def test_legible_text_is_so_again(text: str) -> None:
    once = legible(text, latin)
    assert legible(once, latin) == once or len(once) > 600
