"""What texts are told to be copies by: sketches, and samples of them that are remembered."""

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from store.ingest.drafted import SAMPLES, read_drafts, write_into
from store.ingest.duplicates import Folded, Remembered
from store.ingest.sketches import Sample, Sketch, sketch_of
from tests.store.ingest.test_duplicates import OTHER, WIRE, article

_WORDS = [f"w{number}" for number in range(3000)]


def _text(luck: random.Random, words: int) -> list[str]:
    return luck.choices(_WORDS, k=words)


@given(st.frozensets(st.integers(0, 2**32 - 1)), st.integers(0, 2**64 - 1))
def test_a_sample_reads_as_it_was_written(shingles: frozenset[int], whole: int) -> None:
    sample = Sketch(shingles=shingles, whole=whole).sample()
    assert Sample.parse(str(sample)) == sample
    assert str(sample).isascii()


def test_a_text_is_the_same_whatever_its_marks_and_capitals() -> None:
    plain = [each.replace("\u2019", "").replace("\u201c", "").upper() for each in WIRE]
    assert sketch_of(article(*plain)) == sketch_of(article(*WIRE))


def test_other_scripts_have_words_too() -> None:
    texts = ("Рада проголосувала за новий міст.", "Рада проголосувала за новий порт.")
    first, second = (sketch_of(article(text)) for text in texts)
    assert first.whole != second.whole
    assert first.shingles & second.shingles


def test_samples_find_edited_and_cut_copies_and_no_others() -> None:
    luck = random.Random(5)  # noqa: S311 (made-up words)
    texts = [_text(luck, luck.randrange(60, 1500)) for _ in range(200)]
    remembered = Remembered(
        {place: sketch_of(article(" ".join(words))).sample() for place, words in enumerate(texts)}
    )
    for place, words in enumerate(texts):
        edited = [luck.choice(_WORDS) if luck.random() < 1 / 40 else word for word in words]
        cut = words[: len(words) * 4 // 5]
        assert remembered.find(article(" ".join(edited))) == place
        assert remembered.find(article(" ".join(cut))) == place
        assert remembered.find(article(" ".join(_text(luck, 400)))) is None
        assert remembered.find(article(" ".join((*words, *_text(luck, len(words)))))) is None


def test_another_article_on_the_same_event_is_no_copy() -> None:
    remembered = Remembered({"wire": sketch_of(article(*WIRE)).sample()})
    assert remembered.find(article(*WIRE[:7])) == "wire"
    assert remembered.find(article(*OTHER)) is None
    assert remembered.find(article(*WIRE[:3], *OTHER[3:])) is None


def test_a_line_of_the_book_that_was_cut_short_harms_no_other(tmp_path: Path) -> None:
    folded = Folded(article=article(*WIRE))
    file = write_into(tmp_path, folded, "---\ntitle: x\n---\nx\n", "x")
    book = tmp_path / SAMPLES
    line = book.read_text()
    book.write_text(
        f"abc\nabc 1\nabc x y\nabc 1 2 \ufffd\n{line[:40]}".encode().decode(errors="replace")
    )
    copy = Folded(article=article(*WIRE[:7]))
    assert read_drafts(tmp_path).home(copy) is None
    write_into(tmp_path, folded, "---\ntitle: x\n---\nx\n", "x")
    assert read_drafts(tmp_path).home(copy) == file
