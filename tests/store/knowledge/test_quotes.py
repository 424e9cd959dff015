import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Connection
from store.ingest.summaries import Reading
from store.knowledge.figures import figures_of_source
from store.knowledge.people import all_people, find_people
from store.knowledge.quotes import (
    Quote,
    quotes,
    quotes_about,
    quotes_of_source,
    telling_quote,
)
from store.knowledge.sources import counts, source, sources, story
from store.knowledge.values import Grade, When
from tests.store.stories import load, quote, summary


def test_every_quote_of_the_packaged_story_is_its_speakers(
    known: Connection, seeds: Reading
) -> None:
    for made in seeds.summaries:
        for given_words in made.quotes:
            (speaker,) = find_people(known, given_words.speaker)
            page = quotes(known, person=speaker.key, limit=1000)
            assert given_words.text in {one.text for one in page.quotes}
            assert {one.speaker for one in page.quotes} == {speaker.name}


@given(st.integers(1, 40))
def test_paging_loses_nothing(known: Connection, limit: int) -> None:
    whole, paged, offset = quotes(known, limit=1000), list[Quote](), 0
    while page := quotes(known, limit=limit, offset=offset).quotes:
        paged += page
        offset += limit
    assert tuple(paged) == whole.quotes
    assert len(paged) == whole.total == counts(known).quotes


def test_quotes_come_newest_first_by_the_day_said_else_published(db: Connection) -> None:
    load(
        db,
        [
            summary("a", "2022-01-05", quotes=[quote("Ada Quay", "undated")]),
            summary(
                "b",
                "2022-01-09",
                quotes=[
                    quote("Ada Quay", "early", "2021"),
                    quote("Ada Quay", "late", "2022-01-08"),
                ],
            ),
        ],
    )
    found = quotes(db, limit=9).quotes
    assert [(q.text, str(q.said)) for q in found] == [
        ("late", "2022-01-08"),
        ("undated", "None"),
        ("early", "2021"),
    ]
    assert found[0].grade is Grade.VERBATIM


def test_quotes_of_one_person_add_up_to_all(known: Connection) -> None:
    totals = [quotes(known, person=one.key, limit=1).total for one in all_people(known)]
    assert sum(totals) == quotes(known, limit=1).total


def test_a_source_gives_back_all_that_it_states(known: Connection, seeds: Reading) -> None:
    listed = {s.title: s for s in sources(known, limit=100).sources}
    assert len(listed) == len(seeds.summaries)
    for made in seeds.summaries:
        key = listed[made.title].citation.key
        found = source(known, key)
        assert found == listed[made.title]
        assert found.body == made.body
        assert {q.text for q in quotes_of_source(known, key)} == {q.text for q in made.quotes}
        assert {(f.what, f.value) for f in figures_of_source(known, key)} == {
            (f.what, f.value) for f in made.figures
        }


def test_sources_come_newest_first_and_page(known: Connection) -> None:
    whole = sources(known, limit=100)
    days = [s.citation.published for s in whole.sources]
    assert days == sorted(days, reverse=True)
    assert whole.total == len(days)
    assert sources(known, offset=2, limit=2).sources == whole.sources[2:4]


def test_where_sources_differ_both_figures_stand(known: Connection) -> None:
    values = {
        figure.value: len(figure.sources)
        for one in sources(known, limit=100).sources
        for figure in figures_of_source(known, one.citation.key)
        if figure.what == "Russian troops near Ukraine"
    }
    assert len(values) > 1
    assert sum(values.values()) >= 4


def test_what_is_not_there_is_none(db: Connection) -> None:
    assert (source(db, "nothing"), story(db), quotes(db, limit=3).quotes) == (None, None, ())


def test_quotes_about_a_topic_have_all_its_words_in_any_form(db: Connection) -> None:
    said = [
        quote("Ada Quay", "The bridges cost a fortune", "2022-01-05"),
        quote("Ada Quay", "One bridge", "2022-01-07"),
        quote("Bo Lund", "No bridge at all"),
    ]
    load(db, [summary("a", "2022-01-09", people=["Ada Quay", "Bo Lund"], quotes=said)])
    (ada,) = find_people(db, "Ada Quay")

    def about(topic: str, person: str | None = None, when: str | None = None) -> list[str]:
        date = When.parse(when) if when else None
        page = quotes_about(db, topic, person=person, when=date, limit=9)
        assert page.total == len(page.quotes)
        return [one.text for one in page.quotes]

    assert about("the bridge") == [said[2].text, said[1].text, said[0].text]
    assert about("bridges", ada.key) == [said[1].text, said[0].text]
    assert about("cost of bridges") == [said[0].text]
    assert about("tunnel") == []
    assert about("", ada.key, "2022-01-05") == [said[0].text]
    assert about("bridge", None, "2022-01-09") == []  # nobody knows when it was said
    assert quotes_about(db, "bridge", limit=1, offset=1).quotes[0].text == said[1].text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ([("older", Grade.VERBATIM), ("newer", Grade.VERBATIM)], "newer"),
        ([("older", Grade.VERBATIM), ("newer", Grade.REPORTED)], "older"),
        ([("older", Grade.REPORTED), ("newer", Grade.REPORTED)], "newer"),
    ],
)
def test_the_newest_words_of_their_own_tell_most(
    db: Connection, said: list[tuple[str, Grade]], told: str
) -> None:
    quotes = [
        quote("Ada Quay", text, f"2022-01-0{day}", grade)
        for day, (text, grade) in enumerate(said, start=1)
    ]
    load(db, [summary("a", people=["Ada Quay"], quotes=quotes)])
    (ada,) = find_people(db, "Ada Quay")
    telling = telling_quote(db, person=ada.key)
    assert telling
    assert telling.text == told
    assert telling_quote(db, person="nobody") is None
