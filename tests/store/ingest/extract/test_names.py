"""What is named: persons, titles, bodies and places, and the joining of them within a text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.ingest.extract.names import find_names
from store.ingest.extract.names_values import Form, Kind, Mention
from store.ingest.extract.persons import Gender


def _named(text: str, kind: Kind = Kind.PERSON) -> list[str]:
    return [
        mention.span.of(text)
        for mention in find_names(text)
        if mention.kind is kind and mention.form is not Form.TITLE
    ]


def _only(text: str, name: str) -> Mention:
    return next(each for each in find_names(text) if each.span.of(text) == name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Talks with Ursula von der Leyen went on.", ["Ursula von der Leyen"]),
        ("The envoy João Vale de Almeida agreed.", ["João Vale de Almeida"]),
        ("He met Bashar al-Assad and Khalid bin Salman.", ["Bashar al-Assad", "Khalid bin Salman"]),
        ("Only Mr O'Neill and Ms McGrath voted.", ["O'Neill", "McGrath"]),
        ("A letter by J.K. Rowling arrived.", ["J.K. Rowling"]),
        ("Then Jean-Claude Juncker left.", ["Jean-Claude Juncker"]),
        ("Robert Downey Jr. was late.", ["Robert Downey Jr."]),
        ('Senator Robert "Bob" Carey was late.', ['Robert "Bob" Carey']),
        ("Dmytro Kuleba\u2019s visit to Lviv was short.", ["Dmytro Kuleba"]),
        ("Pope Francis and Queen Elizabeth II met.", ["Pope Francis", "Queen Elizabeth II"]),
        ("Pope John Paul II prayed.", ["Pope John Paul II"]),
        ("Alexander the Great died.", ["Alexander the Great"]),
        ("Later Ban Ki-moon left.", ["Ban Ki-moon"]),
        ("Bill and Hillary Clinton left.", ["Bill", "Hillary Clinton"]),
        ("1. Ele Opeloge (Western Samoa) 107.5", ["Ele Opeloge"]),
        ("1. Damon Hill (Britain) Williams 1:22.9", ["Damon Hill"]),
        ("It was designed by Zaro Quint.", ["Zaro Quint"]),
        ("Then Zaro Quint and John Berg came.", ["Zaro Quint", "John Berg"]),
        ("Later the Texan John Berg came.", ["John Berg"]),
    ],
)
def test_names_of_persons_are_found_whole(text: str, names: list[str]) -> None:
    assert _named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Yesterday the Council met on Tuesday in January.",
        "The American and Russian delegations left Geneva.",
        "Abraham Lincoln High School opened in Springfield.",
        "The Helsinki Accords and the Cold War are past.",
        "The Supreme Court and General Motors Company agreed.",
        "N. Korea fired a rocket.",
        "They flew from San Marino on the USS Ronald Hale.",
        "Marks & Spencer rose; Eli Berg and Co. fell.",
        "Shares of Ford rose. Ford said it would recall cars.",
    ],
)
def test_what_is_no_person_is_not_taken_for_one(text: str) -> None:
    assert _named(text) == []


@pytest.mark.parametrize(
    ("text", "title", "side"),
    [
        (
            "US Deputy Secretary of State Wendy Sherman spoke.",
            "US Deputy Secretary of State",
            "United States",
        ),
        (
            "Russia's deputy foreign minister, Wendy Sherman, spoke.",
            "deputy foreign minister",
            "Russia",
        ),
        ("Wendy Sherman, the NATO secretary general, spoke.", "NATO secretary general", "NATO"),
        ("Secretary of State Wendy Sherman spoke.", "Secretary of State", None),
        ("EU Commission chief Wendy Sherman spoke.", "EU Commission chief", "European Union"),
        ("Wendy Sherman, mayor of Springfield, spoke.", "mayor of Springfield", "Springfield"),
        ("Wendy Sherman spoke.", None, None),
    ],
)
def test_titles_are_told_with_their_side(text: str, title: str | None, side: str | None) -> None:
    roles = _only(text, "Wendy Sherman").roles
    assert (roles[0].title if roles else None, roles[0].side if roles else None) == (title, side)


def test_whole_holds_the_title_before_the_name() -> None:
    text = "Then Foreign Minister Sergei Ryabkov spoke."
    assert _only(text, "Sergei Ryabkov").whole.of(text) == "Foreign Minister Sergei Ryabkov"


def test_surnames_and_titles_are_joined_to_the_full_name() -> None:
    text = (
        "US Deputy Secretary of State Wendy Sherman met Sergei Ryabkov. Ms Sherman was calm. "
        "Sherman left first. The deputy secretary of state will return. Ryabkov stayed."
    )
    joined = [(each.span.of(text), each.name) for each in find_names(text) if each.kind == "person"]
    assert joined == [
        ("Wendy Sherman", "Wendy Sherman"),
        ("Sergei Ryabkov", "Sergei Ryabkov"),
        ("Sherman", "Wendy Sherman"),
        ("Sherman", "Wendy Sherman"),
        ("The deputy secretary of state", "Wendy Sherman"),
        ("Ryabkov", "Sergei Ryabkov"),
    ]


def test_a_title_that_two_hold_names_nobody() -> None:
    text = "Senator Jane Doyle met Senator Paul Berg. The senator left."
    assert [each for each in find_names(text) if each.form is Form.TITLE] == []


def test_a_surname_of_two_is_the_last_named() -> None:
    text = "Jane Doyle spoke. Then Paul Doyle spoke. Doyle left."
    assert [each.name for each in find_names(text)][-1] == "Paul Doyle"


def test_a_city_that_is_a_surname_is_a_person_once_the_person_is_known() -> None:
    text = "Colonel David Lyons was in Lyons. \u201cNo,\u201d Lyons said. He stayed in Lyons."
    assert _named(text) == ["David Lyons", "Lyons"]


def test_headings_name_only_whom_the_text_names() -> None:
    text = "Wendy Sherman Briefs Anxious Allies\n\nWendy Sherman met the allies on Monday."
    assert _named(text) == ["Wendy Sherman", "Wendy Sherman"]


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Smith",
        "By Jane Smith and Robert Miles",
        "Image: Robert Miles speaks",
        "Photo by Robert Miles",
        "(Reporting by Jane Smith; Editing by Robert Miles)",
        "Jane Smith is a senior correspondent in Vienna.",
    ],
)
def test_names_of_the_page_are_kept_out(line: str) -> None:
    text = f"The talks in Geneva ended without a result on Monday.\n\n{line}"
    assert _named(text) == []


def test_he_or_she_is_told_by_address_title_name_and_pronoun() -> None:
    text = (
        "Mr Kim Berg left. Spokeswoman Robin Hale left. Maria Olsen left. "
        "Ariel Okoro said she left."
    )
    assert [each.gender for each in find_names(text) if each.kind is Kind.PERSON] == [
        Gender.MALE,
        Gender.FEMALE,
        Gender.FEMALE,
        Gender.FEMALE,
    ]


def test_an_acronym_is_joined_to_what_it_stands_for() -> None:
    text = "The Organization for Security and Cooperation in Europe (OSCE) met. The OSCE was calm."
    names = {each.name for each in find_names(text) if each.kind is Kind.ORGANISATION}
    assert names == {"Organization for Security and Cooperation in Europe"}


def test_places_are_told_by_lists_and_by_what_stands_around_them() -> None:
    text = "In Bemowo, Poland, and at Lake Varna, the UK and Britain had troops."
    places = [each.name for each in find_names(text) if each.kind is Kind.PLACE]
    assert places == ["Bemowo", "Poland", "Lake Varna", "United Kingdom", "United Kingdom"]


@given(st.text(alphabet="Mr. JonesdeAl-'\u2019\u201c\u201d\"(),\n1\u00e9 ", max_size=120))
def test_mentions_lie_in_the_text_in_order_and_apart(text: str) -> None:
    mentions = find_names(text)
    assert list(mentions) == sorted(mentions, key=lambda each: each.span)
    assert all(0 <= each.span.start < each.span.end <= len(text) for each in mentions)
    assert not any(one.span.meets(other.span) for one, other in pairwise(mentions))


def test_a_first_name_in_brackets_is_joined_without_them() -> None:
    text = "President (Vladimir) Putin spoke to Vladimir Putin\u2019s aides."
    assert {each.name for each in find_names(text) if each.kind is Kind.PERSON} == {
        "Vladimir Putin"
    }


def test_a_name_may_go_on_in_the_next_line_of_a_narrow_page() -> None:
    text = (
        "The minister said late on Tuesday that the talks would go on, where Anna Maria\n"
        "Berg and the others had met before, in the capital and in the city of New\n"
        "York, where the snow lay deep on the roads at this time of a very cold year."
    )
    assert [name.name for name in find_names(text)] == ["Anna Maria Berg", "New York"]
