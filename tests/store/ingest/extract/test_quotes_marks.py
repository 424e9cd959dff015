"""Which stretches stand between quotation marks, on texts of our own."""

import pytest

from store.ingest.extract.quotation_marks import find_quoted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and "no".', ["yes", "no"]),
        ("He said \u201cyes\u201d and \u201cno\u201d.", ["yes", "no"]),
        ("\u201dYes, of course.\u201d", ["Yes, of course."]),
        ('As a "wild" night: "We "sang" all night."', ["wild", 'We "sang" all night.']),
        ("``Yes, of course,'' he said.", ["Yes, of course,"]),
        ("\u201eJa\u201c, said he. \u00abOui\u00bb, said she.", ["Ja", "Oui"]),
        ("'We won't go to the workers' hall,' he said.", ["We won't go to the workers' hall,"]),
        ("It was the drivers' fault, he said, in the '80s.", []),
        ("\u2018Yes,\u2019 she said; it\u2019s the drivers\u2019 road.", ["Yes,"]),
        ('A 12" plate, 5\'11" tall.', []),
        ('"Yes," he said. "No.', ["Yes,"]),
    ],
)
def test_stretches_are_found_whatever_the_marks(text: str, expected: list[str]) -> None:
    assert [each.inner.of(text) for each in find_quoted(text)] == expected


def test_a_stretch_that_the_next_paragraph_opens_again_goes_on() -> None:
    text = '"The road is open.\n\n"Drive on."'
    assert [each.goes_on for each in find_quoted(text)] == [True, False]


def test_a_lone_mark_ends_with_its_paragraph() -> None:
    text = 'He said, "The road is open and dry.\n\nShe said "no".'
    assert [each.inner.of(text) for each in find_quoted(text)] == [
        "The road is open and dry.",
        "no",
    ]
