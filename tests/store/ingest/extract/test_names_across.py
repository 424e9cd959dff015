"""One person, body or place in several texts, however it is spelled."""

import pytest

from store.ingest.extract.names import find_names
from store.ingest.extract.names_across import join_across, join_spellings, stated_people
from store.ingest.extract.names_values import Kind


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sergei Ryabkov", "Sergey Rjabkow", True),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", True),
        ("Wendy Sherman", "Wendy R. Sherman", True),
        ("Steve Berg", "Steven Berg", True),
        ("J. Berg", "Jane Berg", True),
        ("George W. Bush", "George H. W. Bush", False),
        ("Jane Berg", "Paul Berg", False),
        ("Berg", "Jane Berg", False),
    ],
)
def test_spellings_of_one_name_are_joined(one: str, other: str, same: bool) -> None:  # noqa: FBT001 -- a parameter of pytest
    assert (other in join_spellings([one, other])[one]) is same


def test_an_initial_that_two_may_have_joins_nobody() -> None:
    assert join_spellings(["Jane Berg", "John Berg", "J. Berg"])["J. Berg"] == ("J. Berg",)


def test_a_surname_alone_means_the_one_person_of_another_text() -> None:
    first = find_names("US Deputy Secretary of State Wendy Sherman spoke.")
    second = find_names("Ms Sherman spoke again.")
    keys = join_across([("a", first), ("b", second)])
    assert keys["a", Kind.PERSON, "Wendy Sherman"] == keys["b", Kind.PERSON, "Sherman"]


def test_bodies_are_joined_without_their_legal_form_and_places_by_country() -> None:
    first = find_names("Acme Corp. has offices in Britain.")
    second = find_names("Shares of Acme Corporation fell in the UK.")
    keys = join_across([("a", first), ("b", second)])
    assert len(set(keys.values())) == 2


def test_statements_hold_role_and_other_spellings() -> None:
    texts = [
        ("a", find_names("Russian envoy Sergei Ryabkov spoke.")),
        ("b", find_names("The diplomat Sergey Ryabkov spoke.")),
    ]
    (person,) = stated_people(texts)["a"]
    assert (person.name, person.role, person.aliases) == (
        "Sergei Ryabkov",
        "Russian envoy",
        ("Sergey Ryabkov",),
    )
