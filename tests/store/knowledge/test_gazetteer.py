from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.knowledge.gazetteer import Gazetteer, subject_key
from store.knowledge.values import StatedSubject, SubjectKind
from store.text import spelled

ORGANISATION, SIDE = SubjectKind.ORGANISATION, SubjectKind.SIDE
STATED = (
    StatedSubject(
        kind=SIDE, name="United States", aliases=("US", "U.S.", "American"), side="United States"
    ),
    StatedSubject(kind=SIDE, name="NATO", aliases=("NATO",), side="NATO"),
    StatedSubject(kind=ORGANISATION, name="NATO", aliases=("the alliance",), side="NATO"),
    StatedSubject(kind=ORGANISATION, name="White House", side="United States"),
    StatedSubject(kind=ORGANISATION, name="OSCE"),
    StatedSubject(kind=SubjectKind.TOPIC, name="sanctions", aliases=("economic measures",)),
    StatedSubject(kind=SubjectKind.PLACE, name="Geneva", aliases=("Genf", "Genève")),
)
KNOWN = Gazetteer(STATED, ("Genf", "Riga", "!"))


def named(text: str) -> set[str]:
    return {KNOWN.subjects[key].name for key in KNOWN.in_text(text)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The US and NATO talk", {"United States", "NATO"}),
        ("told us all", set()),
        ("The Us and Them tour", set()),
        ("the U.S. answer", {"United States"}),
        ("American arms", {"United States"}),
        ("an american idea", set()),
        ("NATO’s door", {"NATO"}),
        ("the NATO-Russia meeting", {"NATO"}),
        ("NATOS", set()),
        ("Nato", set()),  # an abbreviation has all its capitals
        ("The alliance stands", {"NATO"}),
        ("Sanctions and Economic measures", {"sanctions"}),
        ("the White House in Genève", {"White House", "Geneva"}),
        ("a white house", set()),
        ("White paint on the House", set()),
        ("", set()),
    ],
)
def test_names_are_whole_words_written_as_names(text: str, names: set[str]) -> None:
    assert named(text) == names


def test_what_is_called_alike_is_one() -> None:
    nato = KNOWN.subjects[subject_key("nato")]
    assert (nato.kind, nato.side, nato.aliases) == (ORGANISATION, "NATO", ("NATO", "the alliance"))


def test_places_of_events_are_subjects_under_their_stated_name() -> None:
    places = {s.name for s in KNOWN.subjects.values() if s.kind is SubjectKind.PLACE}
    assert places == {"Geneva", "Riga"}
    assert KNOWN.place("genf") == "Geneva"
    assert KNOWN.at("Genf") == KNOWN.at("GENÈVE") == {subject_key("Geneva")}
    assert KNOWN.at(None) == KNOWN.at("!") == set()


@pytest.mark.parametrize(
    ("role", "belongs"),
    [
        (("NATO Secretary General", "NATO"), {"NATO": True}),
        (("US Ambassador to NATO", "United States"), {"United States": True, "NATO": False}),
        (
            ("White House spokeswoman", "United States"),
            {"United States": True, "White House": True},
        ),
        (("OSCE observer", None), {"OSCE": True}),
        (("American analyst", None), {"United States": False}),
        (("Envoy for sanctions in Geneva", None), {}),
        ((None, None), {}),
    ],
)
def test_who_speaks_for_a_subject_and_who_only_belongs_to_it(
    role: tuple[str | None, str | None], belongs: dict[str, bool]
) -> None:
    found = KNOWN.of_roles([role])
    assert {KNOWN.subjects[key].name: speaks for key, speaks in found.items()} == belongs


@given(st.text(), st.sampled_from(["NATO", "the alliance", "White House", "sanctions"]))
def test_a_name_is_found_wherever_it_stands(around: str, name: str) -> None:
    assert KNOWN.in_text(name) <= KNOWN.in_text(f"{around} {name} {around}")


@given(st.lists(st.sampled_from(["NATO", "the", "White", "House", "white", "’s", "US", "us", "é"])))
def test_a_text_names_what_its_words_name(words: list[str]) -> None:
    text = " ".join(words)
    assert KNOWN.in_words(spelled(text)) == KNOWN.in_text(text)
    pairs = list(pairwise(words))
    assert ("White House" in named(text)) == (("White", "House") in pairs)
