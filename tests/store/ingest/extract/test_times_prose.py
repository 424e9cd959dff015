"""Time expressions as news writes them: feasts, clocks, turns of phrase, the tense that decides."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.ingest.extract.times import find_times, flat_times

WEDNESDAY = date(2022, 1, 12)
FRIDAY = date(1998, 2, 13)


def values(text: str, published: date) -> list[str]:
    return [time.value for time in flat_times(find_times(text, published))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Last Thanksgiving he stayed home.", ["2021-11-25"]),
        ("They leave on Easter Monday.", ["2022-04-18"]),
        ("The talks end on Good Friday.", ["2022-04-15"]),
        ("Labor Day sales were weak.", ["2021-09-06"]),
        ("On the Fourth of July he spoke.", ["2021-07-04"]),
        ("He was born on the first of May 1990.", ["1990-05-01"]),
        ("He was born on the twenty-third of June.", ["2021-06-23"]),
        ("They voted on the first Tuesday of November 1988.", ["1988-11-01"]),
        ("They voted on the last Friday in May 2019.", ["2019-05-31"]),
        ("They voted the week of Jan 3.", ["2022-W01"]),
        ("The bridge will open by year-end.", ["2022"]),
        ("It was announced two years ago this month.", ["2020-01"]),
        ("A week from Friday, he will leave.", ["2022-01-21"]),
        ("He was born 30 years ago today.", ["1992-01-12"]),
        ("On Friday of last week he left.", ["2022-01-07"]),
        ("On Monday of next week he will leave.", ["2022-01-17"]),
        ("The week before last he left.", ["2021-W52"]),
        ("The month after next he will leave.", ["2022-03"]),
        ("He spoke at the weekend.", ["2022-W01-WE"]),
        ("They will meet at the weekend.", ["2022-W02-WE"]),
        ("It happened last night.", ["2022-01-11TNI"]),
        ("The attack came overnight.", ["2022-01-12TNI"]),
        ("At half past five he left.", ["2022-01-12T05:30"]),
        ("He called at 8 o'clock this evening.", ["2022-01-12T20:00", "2022-01-12TEV"]),
        ("They sat from 5 to 7 p.m.", ["2022-01-12T17:00", "2022-01-12T19:00"]),
        ("He ran in '88.", ["1988"]),
        ("It was built in the mid-1800s.", ["18"]),
        ("The June figures were good.", ["2021-06"]),
        ("He waited all day.", ["P1D"]),
        ("He left in April last year.", ["2021-04"]),
    ],
)
def test_dates_are_told_in_many_ways(text: str, expected: list[str]) -> None:
    assert values(text, WEDNESDAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "May said she would resign.",
        "He scored in the second half.",
        "In his 60s he was a star.",
        "He ran it in 1:07:32.",
        "USA Today wrote so.",
        "They hung a Christmas tree.",
    ],
)
def test_what_looks_like_a_time_and_is_none(text: str) -> None:
    assert values(text, WEDNESDAY) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He arrived late Wednesday and was to fly home Saturday.", ["1998-02-11", "1998-02-14"]),
        ("The funeral is Saturday.", ["1998-02-14"]),
        ("The ban goes into effect Oct. 1.", ["1998-10-01"]),
        ("Elections, to be held in September, will be fair.", ["1998-09"]),
        ("They were given until Monday to leave.", ["1998-02-16"]),
        ("He expected a decision by Wednesday.", ["1998-02-18"]),
        ("The vote had been expected Tuesday.", ["1998-02-10"]),
        ("Ahead of Tuesday's vote, he urged calm.", ["1998-02-17"]),
        ("Polls close Sunday.", ["1998-02-15"]),
        ("CLINTON TO MEET BLAIR ON MONDAY", ["1998-02-16"]),
        ("It was the worst day since last Oct. 27.", ["1997-10-27"]),
    ],
)
def test_the_tense_tells_which_one_is_meant(text: str, expected: list[str]) -> None:
    assert values(text, FRIDAY) == expected


@given(st.integers(1990, 2060))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    (easter,) = find_times(f"He came on Easter Sunday {year}.", WEDNESDAY)
    assert easter.when is not None
    assert easter.when.start.isoweekday() == 7
    assert date(year, 3, 22) <= easter.when.start <= date(year, 4, 25)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_thanksgiving_is_the_last_one_that_was(today: date) -> None:
    (feast,) = find_times("It closed last Thanksgiving.", today)
    assert feast.when is not None
    assert feast.when.start.isoweekday() == 4
    assert today - feast.when.start < timedelta(days=366 + 60)
