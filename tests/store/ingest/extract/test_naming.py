"""Whom a sentence is about, asked by name: the forms of a name, and who takes part."""

import pytest

from store.ingest.extract.naming import (
    acronyms_of,
    find_mentions,
    find_stand_ins,
    takes_part,
    variants_of,
)
from store.ingest.extract.sentences import find_sentences
from store.ingest.extract.values import Span


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Nordic Steel Works", "Nordic Steel Works (NSW) closed.", "NSW"),
        ("Rhino 440 Hauler", "The 440 is slow.", "440"),
        ("Rhino 440 Hauler", "The Hauler is slow.", "Hauler"),
        ("Swedish Coast Guard", "The Coast Guard came.", "Coast Guard"),
        ("Nordic Inc", "Nordic left.", "Nordic"),
    ],
)
def test_a_name_has_short_forms(name: str, text: str, expected: str) -> None:
    assert expected in variants_of(name, text)
    assert find_mentions(name, text)


def test_a_person_is_named_by_surname() -> None:
    text = "Anna Berg came. Later Berg left."
    assert [span.of(text) for span in find_mentions("Anna Berg", text, person=True)] == [
        "Anna Berg",
        "Berg",
    ]


def test_a_short_form_may_come_from_another_text() -> None:
    short = set(acronyms_of("Nordic Steel Works", "Nordic Steel Works (Norste) closed."))
    (mention,) = find_mentions("Nordic Steel Works", "Norste closed.", also=short)
    assert (mention.start, mention.end) == (0, 6)


def test_a_longer_name_is_anothers() -> None:
    text = "The Rhino 440 is slow. Rhino knows."
    assert [span.start for span in find_mentions("Rhino", text)] == [text.index("Rhino knows")]


@pytest.mark.parametrize(
    "sentence", ["Rhino sold the mine.", "The state bought Rhino.", "Rhino has closed the mine."]
)
def test_who_acts_or_undergoes_takes_part(sentence: str) -> None:
    (mention,) = find_mentions("Rhino", sentence)
    assert takes_part(sentence, Span(0, len(sentence)), mention)


@pytest.mark.parametrize(
    "sentence",
    [
        "A Rhino spokesman declined.",
        "Rhino's lawyers declined.",
        "Rivals such as Rhino declined.",
        "Rhino executives declined.",
        "The Rhino $4 billion deal was signed.",
        "The parent company of Rhino declined.",
        "The truck, made by Rhino, was sold.",
    ],
)
def test_who_only_says_which_other_is_meant_takes_no_part(sentence: str) -> None:
    (mention,) = find_mentions("Rhino", sentence)
    assert not takes_part(sentence, Span(0, len(sentence)), mention)


def test_two_letters_stand_for_a_name_that_the_text_has_too() -> None:
    text = "Nordic Steel closed a mill. NS said so."
    assert [span.of(text) for span in find_mentions("Nordic Steel", text)] == ["Nordic Steel", "NS"]


@pytest.mark.parametrize(
    ("name", "text", "person", "expected"),
    [
        ("Nordic", "Nordic closed a mill. The company said so.", False, ["The company"]),
        ("Anna Berg", "Anna Berg left. Later, she came back.", True, ["she"]),
        ("Nordic", "Nordic closed a mill. Rhino left. It said so.", False, []),
        ("Nordic", "Nordic closed a mill. He left.", False, []),
    ],
)
def test_who_opened_a_sentence_is_meant_in_the_next(
    name: str, text: str, *, person: bool, expected: list[str]
) -> None:
    mentions = find_mentions(name, text, person=person)
    found = find_stand_ins(name, text, find_sentences(text), mentions, person=person)
    assert [span.of(text) for span in found] == expected
