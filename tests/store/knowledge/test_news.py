from collections.abc import Iterable
from datetime import date

import pytest

from store.database import Connection
from store.ingest.summaries import Reading
from store.knowledge import news
from store.knowledge.news import Kind
from store.knowledge.timeline import Event
from store.knowledge.values import Status
from tests.store.stories import event, fresh, load, newsworthy, person, quote, summary

HARBOUR = summary(
    "harbour",
    people=[person("Ada Quay")],
    events=[
        event("2022-01-08", "The harbour is measured"),
        event("2022-01-11", "The harbour opens", status=Status.PLANNED),
        event("2022-01", "The harbour is finished", status=Status.PLANNED),
        event("2022-01-12/2022-01-14", "The harbour is feasted", status=Status.PLANNED),
        event("2021-01-10", "The harbour is thought of"),
        event("2021-01", "The harbour is drawn"),
    ],
    quotes=[quote("Ada Quay", "It will be deep", "2022-01-08")],
)


def every(db: Connection) -> set[tuple[str, str]]:
    return {(item.kind, item.key) for item in newsworthy(db)}


def texts(events: Iterable[Event]) -> list[str]:
    return [known.text for known in events]


def test_everything_is_news_once_with_keys_that_a_rebuild_keeps(
    known: Connection, seeds: Reading
) -> None:
    again = fresh()
    load(again, reversed(seeds.summaries), seeds.story)
    assert set(newsworthy(again)) == set(newsworthy(known))
    assert len(every(known)) == len(newsworthy(known))
    again.close()


def test_there_is_no_revision_before_a_story_and_one_for_each_state_of_it(
    db: Connection,
) -> None:
    assert news.revision(db) is None
    assert newsworthy(db) == []
    load(db, [HARBOUR])
    first = news.revision(db)
    load(db, [HARBOUR, summary("other")])
    second = news.revision(db)
    load(db, [HARBOUR])
    assert len({first, second, None}) == 3
    assert news.revision(db) == first


def test_only_the_status_of_an_event_makes_it_news_again(db: Connection) -> None:
    load(db, [HARBOUR])
    marks = {(item.kind, item.mark) for item in newsworthy(db)}
    assert marks == {
        (Kind.SOURCE, ""),
        (Kind.EVENT, "happened"),
        (Kind.EVENT, "planned"),
        (Kind.QUOTE, ""),
    }


def test_items_are_told_in_full_by_their_keys(db: Connection) -> None:
    load(db, [HARBOUR])
    told = news.told(db, every(db))
    days = [known.when.start for known in told.events]
    assert (len(told.sources), len(told.events), len(told.quotes)) == (1, 6, 1)
    assert days == sorted(days)
    assert [source.n for source in told.events[0].sources] == [1]


def test_what_is_not_known_any_more_is_not_told(db: Connection) -> None:
    load(db, [HARBOUR, summary("other")])
    keys = every(db)
    load(db, [summary("other")])
    told = news.told(db, keys | {("event", "gone"), ("picture", "of a kind to come")})
    assert [source.title for source in told.sources] == ["About other"]
    assert (told.events, told.quotes) == ((), ())
    assert told
    assert not news.told(db, [("event", "gone")])
    assert not news.told(db, [])


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2022-01-10", "2022-01-11", ["The harbour opens"]),
        ("2022-01-11", "2022-01-12", ["The harbour opens", "The harbour is feasted"]),
        ("2022-01-13", "2022-01-13", ["The harbour is feasted"]),
        ("2022-01-15", "2022-01-31", []),
        ("2022-01-08", "2022-01-08", []),
    ],
)
def test_what_is_planned_for_some_days(
    db: Connection, first: str, last: str, found: list[str]
) -> None:
    load(db, [HARBOUR])
    days = (date.fromisoformat(first), date.fromisoformat(last))
    assert news.planned_between(db, *days, limit=0).before == len(found)
    planned = news.planned_between(db, *days, limit=1)
    assert (texts(planned.events), planned.before) == (found[-1:], len(found[:-1]))
    planned = news.planned_between(db, *days, limit=9)
    assert (texts(planned.events), planned.before) == (found, 0)


def test_what_happened_on_this_day_of_earlier_years(db: Connection) -> None:
    load(db, [HARBOUR])

    def told(day: date) -> list[str]:
        return texts(news.on_this_day(db, day, limit=9).events)

    assert told(date(2022, 1, 10)) == ["The harbour is thought of"]
    assert told(date(2021, 1, 10)) == []
    assert told(date(2022, 1, 8)) == []
    assert told(date(2023, 1, 11)) == []


def test_of_many_years_the_last_are_told_and_how_many_stand_before(db: Connection) -> None:
    days = ("2018-01-10", "2019-01-10", "2019-01-11", "2021-01-10")
    load(db, [summary("a", events=[event(day, f"The harbour of {day}") for day in days])])
    found = news.on_this_day(db, date(2022, 1, 10), limit=2)
    assert texts(found.events) == ["The harbour of 2019-01-10", "The harbour of 2021-01-10"]
    assert found.before == 1
