"""Figures: the number as written, what it counts, and whose it is."""

import pytest

from store.ingest.extract.figures import find_figures
from store.ingest.extract.quotes import Sureness


@pytest.mark.parametrize(
    ("sentence", "value", "what"),
    [
        ("Some 100,000 sheep crossed the pass.", "Some 100,000", "sheep"),
        ("The club has 30 members.", "30", "members"),
        ("They talked for more than seven hours.", "more than seven", "hours"),
        ("Tens of thousands of fans came.", "Tens of thousands", "fans"),
        ("At least 12 people were hurt.", "At least 12", "people"),
        ("Prices rose by 12.5% over the winter.", "12.5%", "share"),
        ("The bank lent $200 million in aid.", "$200 million", "in aid"),
        ("She sold 60 old tractors near the border.", "60", "old tractors near the border"),
    ],
)
def test_a_figure_has_its_value_and_what_it_counts(sentence: str, value: str, what: str) -> None:
    (figure,) = find_figures(sentence)
    assert (figure.value, figure.what) == (value, what)


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge was opened on 2 May 1998.",
        "The pair met again in 2019.",
        "A Jetliner 747 landed.",
        "The two sides parted.",
        "Their three sons left.",
        "The report is due on 32 January in Oslo.",
    ],
)
def test_dates_names_and_articles_are_no_figures(sentence: str) -> None:
    assert find_figures(sentence) == ()


def test_a_figure_is_given_to_whoever_the_sentence_gives_it_to() -> None:
    text = "Anna Berg said that some 400 miners had left the valley."
    (figure,) = find_figures(text)
    assert figure.according_to == "Anna Berg"


def test_a_small_number_is_unsure() -> None:
    (figure,) = find_figures("Anna Berg made two long journeys.")
    assert figure.sure is Sureness.UNSURE
