import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Connection
from store.ingest.summaries import Reading
from store.knowledge.keys import place_key
from store.knowledge.people import find_people
from store.knowledge.sources import as_of, sources
from store.knowledge.timeline import (
    Event,
    Listed,
    TimelineFilter,
    coming_events,
    events_of_keys,
    events_of_source,
    nearest_dates,
    newest_events,
    place_of_key,
    places,
    planned_events,
    timeline,
)
from store.knowledge.values import Status, When
from tests.store.stories import event, fresh, load, summary

ALL = TimelineFilter()


def chosen(db: Connection, wanted: TimelineFilter) -> tuple[Event, ...]:
    return timeline(db, wanted, limit=1000, offset=0).events


def test_every_dated_event_is_found_by_day_place_and_person(
    known: Connection, seeds: Reading
) -> None:
    stated = [told for made in seeds.summaries for told in made.events]
    assert len(stated) > 20
    for told in stated:
        wanted = [
            ALL,
            TimelineFilter(when=told.when),
            TimelineFilter(when=When.day(told.when.start)),
        ]
        if told.place:
            wanted.append(TimelineFilter(place=place_key(told.place.upper())))
        for name in told.people or ():
            (person,) = find_people(known, name)
            wanted.append(TimelineFilter(person=person.key, when=told.when))
        for one in wanted:
            assert (told.when, told.text) in {(e.when, e.text) for e in chosen(known, one)}


def test_events_come_in_the_order_of_time_each_with_its_sources(known: Connection) -> None:
    events = chosen(known, ALL)
    assert [e.when.start for e in events] == sorted(e.when.start for e in events)
    assert all(e.sources for e in events)
    shared = next(e for e in events if e.text == "Russia seizes Crimea from Ukraine")
    assert len(shared.sources) == 2


filters = st.sampled_from(
    [
        ALL,
        TimelineFilter(place=place_key("Geneva")),
        TimelineFilter(when=When.parse("2022-01")),
        TimelineFilter(when=When.parse("1999")),
    ]
)


@given(filters, st.integers(1, 30))
def test_paging_loses_nothing(known: Connection, wanted: TimelineFilter, limit: int) -> None:
    whole, paged, offset = chosen(known, wanted), list[Event](), 0
    while page := timeline(known, wanted, limit=limit, offset=offset).events:
        paged += page
        offset += limit
    assert tuple(paged) == whole
    assert timeline(known, wanted, limit=limit).total == len(whole)


@given(filters, st.integers(1, 30))
def test_the_first_page_shown_holds_as_of(
    known: Connection, wanted: TimelineFilter, limit: int
) -> None:
    today = as_of(known)
    assert today is not None
    page = timeline(known, wanted, limit=limit)
    past = [e for e in chosen(known, wanted) if e.when.start <= today]
    assert page.offset % limit == 0
    assert not past or past[-1] in page.events


def test_beyond_the_last_page_there_is_nothing(known: Connection) -> None:
    page = timeline(known, ALL, limit=5, offset=5000)
    assert page.events == ()
    assert page.total > 0


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ("2022-01-10", ["year", "month", "range", "day"]),
        ("2022-01-12", ["year", "month", "range"]),
        ("2022-01-31", ["year", "month"]),
        ("2022-06", ["year"]),
        ("2022", ["year", "month", "range", "day"]),
        ("2021-12-31", []),
    ],
)
def test_a_date_lets_through_what_shares_a_day_with_it(
    db: Connection, asked: str, texts: list[str]
) -> None:
    load(
        db,
        [
            summary(
                "a",
                events=[
                    event("2022", "year"),
                    event("2022-01", "month"),
                    event("2022-01-09/2022-01-12", "range"),
                    event("2022-01-10", "day"),
                ],
            )
        ],
    )
    assert {e.text for e in chosen(db, TimelineFilter(when=When.parse(asked)))} == set(texts)


def test_newest_and_coming_part_at_as_of(db: Connection) -> None:
    plan = Status.PLANNED
    load(
        db,
        [
            summary(
                "a",
                "2022-01-09",
                events=[event("2022-01-08", "past"), event("2022-01-12", "soon", status=plan)],
            ),
            summary(
                "b",
                "2022-01-10",
                events=[event("2022-01-10", "today"), event("2022-01-11", "next", status=plan)],
            ),
        ],
    )
    assert [e.text for e in newest_events(db, limit=9)] == ["today", "past"]
    assert [e.text for e in coming_events(db, limit=9)] == ["next", "soon"]
    assert [e.text for e in coming_events(db, limit=1)] == ["next"]


def test_a_plan_that_a_source_bears_out_says_so(known: Connection) -> None:
    plans = [
        e
        for e in chosen(known, TimelineFilter(place=place_key("Geneva")))
        if e.status is Status.PLANNED
    ]
    met = next(
        e for e in plans if str(e.when) == "2022-01-10" and "US and Russian officials" in e.text
    )
    to_come = next(e for e in plans if str(e.when) == "2022-01-21")
    assert (met.borne_out, to_come.borne_out) == (True, False)


def test_the_events_of_a_source_are_those_it_tells_of(known: Connection, seeds: Reading) -> None:
    listed = {s.title: s.citation.key for s in sources(known, limit=100).sources}
    for made in seeds.summaries:
        told = events_of_source(known, listed[made.title])
        assert {e.text for e in told} == {e.text for e in made.events}


def test_places_are_known_by_key_in_any_spelling(known: Connection) -> None:
    assert "Geneva" in places(known)
    assert place_of_key(known, place_key("GENÈVA")) == "Geneva"
    assert place_of_key(known, place_key("Atlantis")) is None


def test_a_place_written_in_two_ways_is_one(db: Connection) -> None:
    load(
        db,
        [
            summary(
                "a", events=[event("2021", "x", place="Zürich"), event("2022", "y", place="Zurich")]
            )
        ],
    )
    assert len(places(db)) == 1
    assert place_of_key(db, place_key("zurich")) == places(db)[0]


def test_without_sources_there_is_no_time(db: Connection) -> None:
    assert timeline(db, ALL, limit=5).total == 0
    assert (newest_events(db, limit=5), coming_events(db, limit=5)) == ((), ())


def test_as_of_is_the_newest_day_of_publication() -> None:
    db = fresh()
    load(db, [summary("a", "2022-01-09"), summary("b", "2021-12-31")])
    assert str(as_of(db)) == "2022-01-09"
    db.close()


def test_two_persons_share_the_events_that_name_both(known: Connection, seeds: Reading) -> None:
    (sherman,), (ryabkov,) = find_people(known, "Sherman"), find_people(known, "Ryabkov")
    shared = {
        told.text
        for made in seeds.summaries
        for told in made.events
        if {"Wendy Sherman", "Sergei Ryabkov"} <= set(told.people or ())
    }
    for one, other in ((sherman, ryabkov), (ryabkov, sherman)):
        found = chosen(known, TimelineFilter(person=one.key, beside=other.key))
        assert {told.text for told in found} == shared


def test_what_is_planned_has_not_ended_and_is_not_borne_out(db: Connection) -> None:
    plan = Status.PLANNED
    load(
        db,
        [
            summary(
                "a",
                "2022-01-10",
                people=["Ada Quay", "Bo Lund"],
                events=[
                    event("2022-01-09", "past plan", status=plan),
                    event("2022-01-09/2022-01-12", "goes on", status=plan),
                    event("2022-01-08/2022-01-12", "took place", ("Ada Quay",), "Oslo", plan),
                    event("2022-01-09", "it took place", ("Ada Quay",), "Oslo"),
                    event("2022-01-01/2022-01-31", "no plan", status=Status.ONGOING),
                    event("2022-01-11", "soon", status=plan),
                    event("2023", "late", status=plan),
                ],
            )
        ],
    )
    page = planned_events(db, limit=2)
    assert ([e.text for e in page.events], page.total) == (["goes on", "soon"], 3)
    assert [e.text for e in planned_events(db, limit=2, offset=2).events] == ["late"]


def test_the_dates_nearest_to_an_empty_one_are_those_before_and_after(db: Connection) -> None:
    days = ["2022-01-01", "2022-01-05", "2022-01-09/2022-01-12", "2022-02"]
    events = [event(day, f"on {day}", place="Oslo") for day in days]
    load(db, [summary("a", events=[*events, event("2022-01-07", "elsewhere")])])
    wanted = TimelineFilter(place=place_key("Oslo"), when=When.parse("2022-01-07"))
    assert list(map(str, nearest_dates(db, wanted))) == ["2022-01-05", "2022-01-09/2022-01-12"]
    beyond = TimelineFilter(place=place_key("Oslo"), when=When.parse("2023"))
    assert list(map(str, nearest_dates(db, beyond))) == ["2022-02"]


def test_a_source_page_has_the_event_in_the_words_of_that_source(db: Connection) -> None:
    who = ("Ada Quay", "Bo Pier")
    signed, in_riga = "Quay and Pier sign the fishing treaty", "The fishing treaty was signed"
    load(
        db,
        [
            summary("a", "2022-01-10", events=[event("2022-01-09", signed, who)]),
            summary("b", "2022-01-11", events=[event("2022-01-10", in_riga, who)]),
        ],
    )
    (listed,) = timeline(db, TimelineFilter(), limit=9, offset=0).events
    assert (listed.text, listed.listed) == (signed, None)
    first, second = (one.key for one in listed.sources)
    (own,) = events_of_source(db, first)
    assert (own.text, str(own.when), own.listed) == (signed, "2022-01-09", None)
    (told,) = events_of_source(db, second)
    assert (told.key, told.text, str(told.when)) == (listed.key, in_riga, "2022-01-10")
    assert [one.key for one in told.sources] == [second]
    assert told.listed == Listed(when=When.parse("2022-01-09"), text=signed, sources=listed.sources)
    assert own.sources == listed.sources


def test_an_event_is_found_by_the_key_that_a_later_telling_of_it_had_alone(db: Connection) -> None:
    who = ("Ada Quay", "Bo Pier")
    later = summary("b", "2022-01-11", events=[event("2022-01-10", "They sign the treaty", who)])
    load(db, [later])
    (alone,) = timeline(db, TimelineFilter(), limit=9, offset=0).events
    first = event("2022-01-10", "A treaty was signed by both", who)
    load(db, [later, summary("a", "2022-01-10", events=[first])])
    (one,) = timeline(db, TimelineFilter(), limit=9, offset=0).events
    assert one.key != alone.key
    assert [found.key for found in events_of_keys(db, [alone.key])] == [one.key]
    assert [found.key for found in events_of_keys(db, [one.key, alone.key])] == [one.key]
