import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from store.ingest.clean import _BREAKS, _UNSEEN, clean_line, clean_text


def test_what_tricks_a_display_is_taken_out() -> None:
    assert clean_text("a\u202eb\u2066c\x00d\x1be\ufefff") == "abcdef"


def test_what_scripts_need_stays() -> None:
    text = "\u0645\u06cc\u200c\u062e \u200fab\u200e"
    assert clean_text(text) == text


def test_an_unseen_hyphen_hides_no_word() -> None:
    assert clean_text("lock\u00adstep lock\u200bstep") == "lockstep lockstep"


def test_every_kind_of_line_break_keeps_words_apart() -> None:
    assert clean_line("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h\ti") == "a b c d e f g h i"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(st.text())
def test_a_clean_line_is_one_line(text: str) -> None:
    assert len(clean_line(text).splitlines()) <= 1


@given(st.text() | st.text(alphabet="a\n\t\r \xa0é\u0301\xad\u202e\u2028\x85\x00\u200c🙂"))
def test_a_text_is_cleaned_letter_by_letter(text: str) -> None:
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert clean_text(text) == _UNSEEN.sub("", _BREAKS.sub(" ", lines))
    assert clean_line(text) == " ".join(clean_text(text).split())
