import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Connection
from store.knowledge.figures import Figure, FigurePage, disputed, figures_about
from store.knowledge.topics import Topic
from tests.store.stories import figure, load, summary


def told(page: FigurePage) -> list[tuple[str, str]]:
    return [(one.what, one.value) for one in page.figures]


def test_sources_differ_where_they_give_other_values_for_the_same(known: Connection) -> None:
    page = disputed(known, limit=99)
    assert {what for what, _ in told(page)} == {
        "Day of the US-Russia talks in Geneva",
        "Russian troops near Ukraine",
    }
    troops = {
        one.value: [c.outlet for c in one.sources] for one in page.figures if "troops" in one.what
    }
    assert troops == {
        "some 100,000": ["The Kootneeti"],
        "more than 100,000": ["Outlet not named"],
        "tens of thousands": ["NNN-Agencies", "Ambito"],
    }
    assert disputed(known, "troops", limit=99).total == 3
    assert disputed(known, "tanks", limit=99).total == 0


def test_what_one_source_says_alone_or_all_say_alike_is_not_disputed(db: Connection) -> None:
    load(
        db,
        [
            summary("a", figures=[figure("Ships", "3"), figure("Cranes", "4"), figure("Men", "9")]),
            summary("b", figures=[figure("ships", "3"), figure("Cranes", "five")]),
            summary("c", figures=[figure("Boats", "1"), figure("Boats", "2")]),
        ],
    )
    assert sorted(told(disputed(db, limit=9))) == [("Cranes", "4"), ("Cranes", "five")]


@given(st.integers(1, 9))
def test_paging_loses_nothing(known: Connection, limit: int) -> None:
    whole, paged, offset = disputed(known, limit=99), list[Figure](), 0
    while page := disputed(known, limit=limit, offset=offset).figures:
        paged += page
        offset += limit
    assert tuple(paged) == whole.figures
    assert len(paged) == whole.total


def test_any_page_of_many_things_is_found_where_it_stands(db: Connection) -> None:
    given = [
        [figure(f"Ships of port {port:02}", f"{port + source}") for port in range(40)]
        for source in range(3)
    ]
    load(db, [summary(str(at), figures=figures) for at, figures in enumerate(given)])
    whole = disputed(db, limit=999)
    assert (len(whole.figures), whole.total) == (120, 120)
    for offset in range(0, 125, 5):
        page = disputed(db, limit=4, offset=offset)
        assert page.figures == whole.figures[offset : offset + 4]
        assert disputed(db, "ships", limit=4, offset=offset).figures == page.figures


def test_figures_about_words_have_all_of_them_else_most(known: Connection) -> None:
    assert [one.value for one in figures_about(known, "deaths conflict", limit=9).figures] == [
        "more than 13,000"
    ]
    page = figures_about(known, "troops in Poland", limit=9)
    assert {what for what, _ in told(page)} == {
        "Russian troops near Ukraine",
        "Ukrainian troops in the Donbas conflict zone",
    }
    assert not page.all_words
    assert figures_about(known, "tanks near Ukraine", limit=9).total == 0
    assert figures_about(known, "", limit=9).total == 0


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("sanction", "Sanctions follow"),
        ("threat", "threatening"),
        ("country", "two countries"),
        ("allies", "an ally"),
        ("Russia", "Russian draft"),
        ("the war", "A war"),
    ],
)
def test_a_word_stands_in_any_form(asked: str, text: str) -> None:
    assert Topic(asked).all_in(text)


@pytest.mark.parametrize(("asked", "text"), [("war", "a warning"), ("gas", "gaslighting")])
def test_a_short_word_does_not_stand_in_a_longer_one(asked: str, text: str) -> None:
    assert not Topic(asked).all_in(text)
