"""Events: date, status, place and people of dated statements; what is not dated on request."""

from datetime import date

import pytest

from store.ingest.extract.events import FoundEvent, find_events, merged
from store.ingest.extract.quotes import Sureness
from store.knowledge.values import Basis, Status

FRIDAY = date(2023, 3, 10)


def _one(text: str, published: date | None = FRIDAY) -> FoundEvent:
    (event,) = find_events(text, published)
    return event


@pytest.mark.parametrize(
    ("sentence", "day", "status"),
    [
        ("The two ministers met in Oslo on Tuesday.", "2023-03-07", Status.HAPPENED),
        ("The two ministers will meet in Oslo on Tuesday.", "2023-03-14", Status.PLANNED),
        ("The envoy is to visit Lima on Monday.", "2023-03-13", Status.PLANNED),
        ("The envoy is due to fly to Lima next Monday.", "2023-03-13", Status.PLANNED),
        ("The talks were due to begin on 8 March 2023.", "2023-03-08", Status.PLANNED),
        ("The bridge was opened on 2 May 1998.", "1998-05-02", Status.HAPPENED),
        ("The port has been closed since 2019.", "2019", Status.ONGOING),
        ("The union has put pressure on the mine since 2019.", "2019", Status.ONGOING),
        ("The council is to vote in June 2024.", "2024-06", Status.PLANNED),
    ],
)
def test_a_dated_sentence_is_an_event_with_its_status(
    sentence: str, day: str, status: Status
) -> None:
    event = _one(sentence)
    assert (str(event.when), event.status) == (day, status)


@pytest.mark.parametrize(
    "sentence",
    [
        "The talks will not be held on Tuesday.",
        "The talks won't be held on Tuesday.",
        "The talks will no longer be held on 14 March 2023.",
        "No talks will be held on 14 March 2023.",
        "The envoy is not going to visit Lima on Tuesday.",
        "The envoy does not plan to visit Lima on 14 March 2023.",
        "The talks due on 14 March 2023 have been called off.",
        "Anna Berg denied that the talks will be held on 14 March 2023.",
        "Anna Berg refused to say whether the talks will be held on 14 March 2023.",
    ],
)
def test_what_will_not_be_or_is_denied_is_no_plan_that_stands(sentence: str) -> None:
    event = _one(sentence)
    assert (str(event.when), event.sure) == ("2023-03-14", Sureness.UNSURE)
    assert "not" in (event.because or "")


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Berg did not fly, but the talks will be held on 14 March 2023.",
        "The talks will be held on 14 March 2023, Anna Berg said, denying a report.",
        "The school will not open until 14 March 2023.",
    ],
)
def test_a_plan_beside_a_denial_stands(sentence: str) -> None:
    event = _one(sentence)
    assert (event.status, event.sure, event.because) == (Status.PLANNED, Sureness.SURE, None)


def test_an_event_says_where_its_date_comes_from() -> None:
    stated = _one("The bridge was opened on 2 May 1998.")
    resolved = _one("The mayor opened the bridge on Tuesday.")
    assert (stated.basis, stated.because, stated.sure) == (Basis.STATED, None, Sureness.SURE)
    assert (resolved.basis, resolved.sure) == (Basis.RESOLVED, Sureness.LIKELY)
    assert "Tuesday" in (resolved.because or "")


def test_an_event_has_the_people_and_the_place_of_its_sentence() -> None:
    event = _one("Foreign Minister Anna Berg met President Karl Lund in Oslo on Tuesday.")
    assert event.people == ("Anna Berg", "Karl Lund")
    assert event.place == "Oslo"


def test_a_date_in_somebodys_words_is_unsure() -> None:
    event = _one("\u201cWe opened the bridge on 2 May 1998 and it has held,\u201d Anna Berg said.")
    assert (event.quoted, event.sure) == (True, Sureness.UNSURE)


def test_a_date_that_only_says_which_is_unsure() -> None:
    event = _one("Anna Berg left the room after Tuesday's talks with the union.")
    assert event.sure is Sureness.UNSURE


def test_what_has_no_date_is_an_event_only_on_request() -> None:
    text = "The city council approved the bridge.\nThe bridge is blue and long."
    (event,) = find_events(text, FRIDAY, undated=True)
    assert find_events(text, FRIDAY) == ()
    assert (str(event.when), event.basis) == ("2023-03-10", Basis.INFERRED)
    assert (event.words(text), event.sure) == (
        "The city council approved the bridge.",
        Sureness.UNSURE,
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "The city council has also approved the bridge.",
        "The bridge is thought to have held the trucks.",
        "The mid-sized bridge will hold the trucks.",
        "The bridge could be closed by the council.",
    ],
)
def test_background_and_what_may_be_are_no_news(sentence: str) -> None:
    assert find_events(f"The mill is old. {sentence}", FRIDAY, undated=True) == ()


def test_what_has_no_date_is_of_the_fresh_day_that_the_report_begins_with() -> None:
    text = "Fire broke out in the mill on Wednesday night.\nThe owner blamed a careless guard."
    days = [str(event.when) for event in find_events(text, FRIDAY, undated=True)]
    assert days == ["2023-03-08", "2023-03-08"]


def test_a_text_tells_an_event_once_however_often_it_says_it() -> None:
    text = (
        "The mayor opened the new river bridge in Oslo on Tuesday.\n"
        "The ferry sank on Tuesday with coal aboard.\n"
        "On Tuesday the mayor Anna Berg opened the river bridge."
    )
    first, second = merged(text, find_events(text, FRIDAY))
    assert [len(first.sentences), len(second.sentences)] == [2, 1]
    assert first.people == ("Anna Berg",)


def test_a_text_without_a_day_of_its_own_keeps_what_it_dates_in_full() -> None:
    assert str(_one("The bridge was opened on 2 May 1998.", None).when) == "1998-05-02"
