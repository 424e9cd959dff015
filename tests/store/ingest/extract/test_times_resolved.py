"""Time expressions: the dates that they mean, by the day of the text, tense and story."""

from datetime import date

import pytest

from store.ingest.extract.times import find_times
from store.knowledge.values import Basis

WEDNESDAY = date(2022, 1, 12)


def dates(text: str, published: date | None = WEDNESDAY) -> list[str]:
    return [str(time.when) for time in find_times(text, published) if time.when is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in Geneva on Monday.", "2022-01-10"),
        ("They will meet in Geneva on Monday.", "2022-01-17"),
        ("They are to meet in Geneva on Friday.", "2022-01-14"),
        ("They agreed to meet again on Friday.", "2022-01-14"),
        ("The talks, scheduled for Friday, are important.", "2022-01-14"),
        ("Talks begin Thursday in Vienna.", "2022-01-13"),
        ("Since Friday the markets have fallen.", "2022-01-07"),
        ("He spoke on Wednesday.", "2022-01-12"),
        ("He will speak on Wednesday.", "2022-01-12"),
        ("He spoke last Wednesday.", "2022-01-05"),
        ("He speaks next Wednesday.", "2022-01-19"),
        ("They met on Sunday evening.", "2022-01-09"),
        ("Early on Monday morning they left.", "2022-01-10"),
    ],
)
def test_a_weekday_is_before_or_after_by_the_tense(text: str, expected: str) -> None:
    assert dates(text) == [expected]


def test_each_weekday_goes_by_the_verb_next_to_it() -> None:
    text = "The minister, who arrived Monday, said on Tuesday that talks would resume on Thursday."

    assert dates(text) == ["2022-01-10", "2022-01-11", "2022-01-13"]


def test_a_weekday_in_the_genitive_is_the_one_spoken_of() -> None:
    text = "NATO will meet on Friday. She described Friday\u2019s talks as useful."

    assert dates(text) == ["2022-01-14", "2022-01-14"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They spoke yesterday.", "2022-01-11"),
        ("They spoke the day before yesterday.", "2022-01-10"),
        ("They spoke today.", "2022-01-12"),
        ("They will speak tomorrow.", "2022-01-13"),
        ("They spoke three days ago.", "2022-01-09"),
        ("They spoke two weeks ago.", "2021-12-27/2022-01-02"),
        ("They spoke two years ago.", "2020"),
        ("They spoke earlier this week.", "2022-01-10/2022-01-16"),
        ("They spoke last week.", "2022-01-03/2022-01-09"),
        ("They spoke last month.", "2021-12"),
        ("They will speak late next month.", "late 2022-02"),
        ("They spoke last year.", "2021"),
        ("They spoke late last year.", "2021-09-01/2021-12-31"),
        ("They will speak by the end of the month.", "late 2022-01"),
        ("They will speak by the end of January.", "late 2022-01"),
        ("They spoke last summer.", "2021-06-01/2021-08-31"),
        ("They spoke in the last quarter.", "2021-10-01/2021-12-31"),
        ("They spoke last night.", "2022-01-11"),
    ],
)
def test_what_is_told_from_the_day_of_the_text_is_resolved(text: str, expected: str) -> None:
    assert dates(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in Geneva in June.", "2021-06"),
        ("They will meet in Madrid in June.", "2022-06"),
        ("They met on December 2.", "2021-12-02"),
        ("They will meet on February 4.", "2022-02-04"),
        ("They warned of it in January.", "2022-01"),
        ("The delegations landed on 13 January.", "2022-01-13"),
        ("Troops entered Crimea in March 2014. Fighting began in April.", "2014-04"),
    ],
)
def test_a_missing_year_follows_the_tense_and_the_day_of_the_text(text: str, expected: str) -> None:
    assert dates(text)[-1] == expected


def test_a_leap_day_is_in_the_leap_year() -> None:
    assert dates("They met on February 29.", date(2008, 7, 2)) == ["2008-02-29"]


def test_the_basis_says_how_a_date_is_known() -> None:
    text = "They met on 10 January 2022 and on Tuesday. Friday brought nothing new."
    stated, resolved, inferred = find_times(text, WEDNESDAY)

    assert [stated.basis, resolved.basis] == [Basis.STATED, Basis.RESOLVED]
    assert resolved.because is not None
    assert "past tense" in resolved.because
    assert inferred.because is not None


def test_a_history_is_told_from_the_date_before() -> None:
    text = "The war began on 1 September 1939. On 17 September the east was entered. In October "
    text += "it was over. In February of 1940 talks failed; in April the north was attacked."

    assert dates(text, None) == [
        "1939-09-01",
        "1939-09-17",
        "1939-10",
        "1940-02",
        "1940-04",
    ]


@pytest.mark.parametrize("published", [None, date(2009, 12, 19)])
def test_steps_of_a_story_are_counted_from_where_it_stands(published: date | None) -> None:
    text = (
        "In 1940, on 10 June, the port fell. Twelve days later the city surrendered. "
        "The next day the king fled. In December 1941 the front froze. In January it thawed. "
        "By the end of 1942 all was lost. It was over in May 1943 and forgotten by 1950."
    )

    assert dates(text, published)[1:7] == [
        "1940-06-10",
        "1940-06-22",
        "1940-06-23",
        "1941-12",
        "1942-01",
        "1942-09-01/1942-12-31",
    ]


def test_without_a_day_of_the_text_nothing_is_guessed() -> None:
    (weekday, month, ago) = find_times("On Monday, in June and two weeks ago they met.")

    assert [weekday.when, month.when, ago.when] == [None, None, None]
    assert [weekday.value, month.value, ago.value] == ["XXXX-WXX-1", "XXXX-06", "PAST_REF"]
