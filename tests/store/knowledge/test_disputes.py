from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from store.database import Connection
from store.knowledge.disputes import Dispute, differences
from store.knowledge.timeline import Event, TimelineFilter, events_of_keys, timeline
from store.knowledge.values import StatedFigure, Status, Summary
from tests.store.stories import event, figure, fresh, load, summary

DAY = "Day of the harbour talks in Porto"
CRANES = "Cranes in the harbour"


def events(db: Connection, summaries: Sequence[Summary]) -> tuple[Event, ...]:
    load(db, summaries)
    return timeline(db, TimelineFilter(), limit=99, offset=0).events


def disputed(db: Connection, summaries: Sequence[Summary]) -> list[Dispute | None]:
    return [event.dispute for event in events(db, summaries)]


def of_day(value: str) -> StatedFigure:
    return figure(DAY, value)


def test_an_event_that_a_later_source_calls_planned_still_is_disputed(db: Connection) -> None:
    told = [
        summary("a", "2022-01-10", events=[event("2022-01-09", "It opens")]),
        summary("b", "2022-01-12", events=[event("2022-01-09", "It opens", status=Status.PLANNED)]),
    ]
    assert disputed(db, told) == [Dispute.STATUS]


@pytest.mark.parametrize("published", ["2022-01-08", "2022-01-12"])
def test_a_plan_that_took_place_is_not_disputed(db: Connection, published: str) -> None:
    told = [
        summary("a", "2022-01-08", events=[event("2022-01-09", "It opens", status=Status.PLANNED)]),
        summary("b", published, events=[event("2022-01-09", "It opens")]),
    ]
    assert disputed(db, told) == [None]


def test_the_same_told_of_two_days_by_two_sources_is_disputed(db: Connection) -> None:
    told = [
        summary("a", events=[event("2022-01-05", "The quay cracks")]),
        summary("b", events=[event("2022-01-06", "the Quay cracks")]),
    ]
    assert disputed(db, told) == [Dispute.DATE] * 2


@pytest.mark.parametrize(
    ("first", "second", "place"),
    [
        ("2022-01-05", "2022-03-05", None),  # comes again
        ("2022-01-05", "2022-01", None),  # less exact, the same
        ("2022-01-05", "2022-01-06", "Porto"),  # elsewhere
    ],
)
def test_what_may_be_two_happenings_or_one_is_not_disputed(
    db: Connection, first: str, second: str, place: str | None
) -> None:
    told = [
        summary("a", events=[event(first, "The council meets", place=place and "Faro")]),
        summary("b", events=[event(second, "The council meets", place=place)]),
    ]
    assert disputed(db, told) == [None] * 2


def test_what_one_source_tells_of_two_days_came_twice(db: Connection) -> None:
    both = [event("2022-01-05", "The council meets"), event("2022-01-06", "The council meets")]
    assert disputed(db, [summary("a", events=both)]) == [None] * 2


def test_an_event_on_a_day_that_is_disputed_is_marked(db: Connection) -> None:
    told = [
        summary(
            "a",
            figures=[of_day("Sunday 9 January 2022")],
            events=[
                event("2022-01-09", "The talks begin", place="Porto"),
                event("2022-01-09", "A dinner is held", place="Porto"),
                event("2022-01-09", "The talks are praised", place="Faro"),
                event("2022-01-10", "The talks go on", place="Porto"),
            ],
        ),
        summary(
            "b",
            figures=[of_day("2022-01-10")],
            events=[event("2022-01-10", "Talks in a cold hall", place="Porto")],
        ),
    ]
    marked = {told.text for told in events(db, told) if told.dispute is Dispute.FIGURE}
    assert marked == {"The talks begin", "Talks in a cold hall"}


def test_an_event_that_gives_a_disputed_number_is_marked(db: Connection) -> None:
    told = [
        summary(
            "a",
            figures=[figure(CRANES, "some 120"), figure("Gulls", "1000")],
            events=[
                event("2022-01-05", "Some 120 cranes are counted"),
                event("2022-01-06", "Some 120 gulls are counted"),
                event("2022-01-07", "1000 gulls are counted"),
                event("2022-01-08", "Some 1200 cranes are ordered"),
            ],
        ),
        summary("b", figures=[figure(CRANES, "200")]),
    ]
    assert disputed(db, told) == [Dispute.FIGURE, None, None, None]


@pytest.mark.parametrize(
    "value", ["99 Foo 2022", "31 February 2022", "9 January", "", "9999999999"]
)
def test_a_value_that_names_no_day_marks_nothing(db: Connection, value: str) -> None:
    told = [
        summary(
            "a",
            figures=[of_day(value or "soon")],
            events=[event("2022-01-09", "The talks begin", place="Porto")],
        ),
        summary("b", figures=[of_day("later")]),
    ]
    assert disputed(db, told) == [None]


def versions(db: Connection, topic: str = "") -> list[tuple[str, list[tuple[str, str, list[int]]]]]:
    return [
        (
            told.text,
            [
                (str(one.when), str(one.status), [source.n for source in one.sources])
                for one in told.versions
            ],
        )
        for told in differences(db, topic, limit=100).events
    ]


def test_disputed_days_and_statuses_are_told_each_with_its_sources(db: Connection) -> None:
    load(
        db,
        [
            summary("a", "2022-01-08", events=[event("2022-01-05", "The quay cracks")]),
            summary(
                "b",
                "2022-01-09",
                events=[event("2022-01-06", "The quay cracks"), event("2022-01-07", "It opens")],
            ),
            summary(
                "c",
                "2022-01-10",
                events=[
                    event("2022-01-06", "The quay cracks"),
                    event("2022-01-07", "It opens", status=Status.PLANNED),
                    event("2022-01-08", "Nobody doubts it"),
                ],
            ),
        ],
    )
    quay = (
        "The quay cracks",
        [("2022-01-05", "happened", [1]), ("2022-01-06", "happened", [2, 3])],
    )
    opening = (
        "It opens",
        [("2022-01-07", "happened", [2]), ("2022-01-07", "planned", [3])],
    )
    assert sorted(versions(db)) == sorted([quay, opening])
    assert versions(db, "quay") == [quay]
    assert versions(db, "gulls") == []


def test_pages_of_differences_hold_each_once_figures_first(db: Connection) -> None:
    load(
        db,
        [
            summary(
                "a",
                figures=[figure(CRANES, "120"), figure("Gulls", "9")],
                events=[event("2022-01-05", f"Quay {n} cracks") for n in range(3)],
            ),
            summary(
                "b",
                figures=[figure(CRANES, "200"), figure("Gulls", "8")],
                events=[event("2022-01-06", f"Quay {n} cracks") for n in range(3)],
            ),
        ],
    )
    pages = [differences(db, limit=3, offset=at) for at in range(0, 7, 3)]
    assert {page.total for page in pages} == {7}
    assert [(len(page.figures), len(page.events)) for page in pages] == [(3, 0), (1, 2), (0, 1)]
    assert [told.text for page in pages for told in page.events] == [
        f"Quay {n} cracks" for n in range(3)
    ]


def test_a_day_is_known_by_its_values_whatever_it_is_called(db: Connection) -> None:
    told = [
        summary(
            "a",
            figures=[figure("Beginn der Gespräche in Porto", "2022-01-09")],
            events=[event("2022-01-09", "Gespräche im Hafen", place="Porto")],
        ),
        summary("b", figures=[figure("Beginn der Gespräche in Porto", "2022-01-10")]),
    ]
    assert disputed(db, told) == [Dispute.FIGURE]


SIGNED = "Quay and Pier sign the fishing treaty in Riga"
IN_RIGA = "In Riga the fishing treaty was signed by Ada Quay and Bo Pier"
WHO = ("Ada Quay", "Bo Pier")


def test_a_happening_told_of_two_days_is_one_disputed_event_with_both(db: Connection) -> None:
    told = [
        summary("a", "2022-01-10", events=[event("2022-01-09", SIGNED, WHO)]),
        summary("b", "2022-01-11", events=[event("2022-01-10", IN_RIGA, WHO)]),
        summary("c", "2022-01-12", events=[event("2022-01-10", f"{IN_RIGA} at last", WHO)]),
    ]
    (one,) = events(db, told)
    assert (one.dispute, len(one.sources)) == (Dispute.DATE, 3)
    assert versions(db) == [
        (SIGNED, [("2022-01-09", "happened", [1]), ("2022-01-10", "happened", [2, 3])])
    ]
    assert [version.text for version in differences(db, limit=100).events[0].versions] == [
        None,
        IN_RIGA,
    ]


def test_other_words_of_the_same_day_are_no_dispute(db: Connection) -> None:
    told = [
        summary("a", events=[event("2022-01-09", SIGNED, WHO)]),
        summary("b", events=[event("2022-01-09", IN_RIGA, WHO)]),
    ]
    assert disputed(db, told) == [None]
    assert versions(db) == []


def test_a_number_that_only_a_later_telling_gives_marks_the_event(db: Connection) -> None:
    told = [
        summary("a", events=[event("2022-01-09", "Workers count the cranes in the harbour", WHO)]),
        summary(
            "b",
            events=[event("2022-01-09", "Workers count some 120 cranes in the harbour", WHO)],
            figures=[figure(CRANES, "some 120")],
        ),
        summary("c", figures=[figure(CRANES, "200")]),
    ]
    assert disputed(db, told) == [Dispute.FIGURE]


def test_the_marks_of_a_page_take_no_longer_in_a_long_story() -> None:
    short, long = (_steps(_long_story(days)) for days in (100, 500))
    assert long < 1.5 * short


def _long_story(days: int) -> list[Summary]:
    """Return a summary a day: of a council that meets again, with figures of its own."""
    first = date(2020, 1, 1)
    return [
        summary(
            f"{day:04}",
            events=[event(str(first + timedelta(days=day)), "The council meets", place="Faro")],
            figures=[figure(f"Gulls of the bay {day}", f"{day}"), figure("Cranes", f"{day}")],
        )
        for day in range(days)
    ]


def _steps(told: Sequence[Summary]) -> int:
    """Return how long SQLite works for the marks of the first page, in its own steps."""
    db, steps = fresh(), 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    keys = [told.key for told in events(db, told)[:8]]
    db.conn.set_progress_handler(step, 10)
    events_of_keys(db, keys)
    db.close()
    return steps
