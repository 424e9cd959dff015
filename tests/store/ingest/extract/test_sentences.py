"""Sentences end where a reader would take a breath, whatever dirt the copy carries."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.ingest.extract.sentences import find_sentences


def split(text: str) -> list[str]:
    return [span.of(text) for span in find_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The talks ended.", "Both sides left."],
        ["Gen. Mark A. Milley spoke to Mr. Reznikov.", "He then left for Kyiv."],
        ["The delegation came from the U.S.", "The others came by train."],
        ["The U.S. State Department said no."],
        ["Talks begin at 9 a.m. Monday in Geneva.", "They end at 6 p.m.", "The press may watch."],
        ["They met on Jan. 10 in Geneva.", "Resolution No. 12 was read."],
        ["Acme Inc. Chairman Ann Lee resigned.", "The shares of Acme Inc. fell."],
        ["“Who knows?” asked the minister.", "“Nobody,” said the other."],
        ["“Who knows?” Ann Lee asked.", "Nobody answered."],
        ["“We will go.", "We will stay.”", "He did neither."],
        [['"It is over."', " room fell silent."][0], "The room fell silent."],
        ["WASHINGTON, D.C. — The senate voted.", "It was late."],
        ["GENEVA, Jan 9 (Agency) — The talks began.", "They were long."],
        ["It rose by 3.5 percent.", "12 people came!", "Really?", "Yes."],
        ["They waited ... and waited.", "Then they left."],
        ["George W. Bush spoke.", "The plan B.", "It failed."],
    ],
)
def test_text_is_cut_where_its_sentences_end(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_headings_and_paragraphs_are_sentences_of_their_own() -> None:
    text = "# What is known\n\nThe talks ended\n\n- one thing\n- another thing. And more.\n"

    assert split(text) == [
        "What is known",
        "The talks ended",
        "one thing",
        "another thing.",
        "And more.",
    ]


def test_a_heading_directly_above_its_paragraph_is_kept_apart() -> None:
    text = "Talks fail in Geneva\nThe talks in Geneva failed on Monday after seven hours of work."

    assert split(text) == text.split("\n")


def test_wrapped_lines_are_joined() -> None:
    text = (
        "The two delegations met for seven hours on Monday and the\n"
        "United States called the talks frank and straightforward. No\n"
        "breakthrough was made.\n"
    )

    first, _, last = text.strip().partition(" No\n")
    assert split(text) == [first, f"No\n{last}"]


def test_a_missing_space_and_footnotes_do_not_hide_an_end() -> None:
    assert split("The talks ended.The sides left.[3] Nobody spoke.") == [
        "The talks ended.",
        "The sides left.[3]",
        "Nobody spoke.",
    ]


def test_nothing_has_no_sentences() -> None:
    assert split(" \n\n \r\n") == []


@given(st.text(alphabet="ab AB.!?\"'”“\n\r()[]1-–#U S", max_size=80))
def test_sentences_keep_all_but_space_and_margins(text: str) -> None:
    spans = find_sentences(text)

    assert list(spans) == sorted(spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    kept = sum(len("".join(span.of(text).split())) for span in spans)
    assert kept >= sum(map(str.isalnum, text))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
