"""Time expressions: what is found in a text, and where."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.ingest.extract.times import find_times, flat_times
from store.ingest.extract.times_values import TimeKind
from store.knowledge.values import Basis, Precision, When

WEDNESDAY = date(2022, 1, 12)


def read(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, str]]:
    return [(time.span.of(text), time.value) for time in flat_times(find_times(text, published))]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("They met on 10 January 2022.", "10 January 2022", "2022-01-10"),
        ("They met on January 10th, 2022, again.", "January 10th, 2022", "2022-01-10"),
        ("They met on Monday, Jan. 10, 2022.", "Monday, Jan. 10, 2022", "2022-01-10"),
        ("They met on the 10th of January 2022.", "the 10th of January 2022", "2022-01-10"),
        ("Updated 2022-01-10.", "2022-01-10", "2022-01-10"),
        ("Updated 2022-01-10T09:15:00Z.", "2022-01-10T09:15:00Z", "2022-01-10T09:15:00Z"),
        ("They met on 24/12/2021.", "24/12/2021", "2021-12-24"),
        ("They met on 10.01.2022.", "10.01.2022", "2022-01-10"),
        ("It was built in June 2021.", "June 2021", "2021-06"),
        ("It fell by 2021-06.", "2021-06", "2021-06"),
        ("It began in 1914.", "1914", "1914"),
        ("It was so in the 1990s.", "the 1990s", "199"),
        ("It was so in the late '90s.", "the late '90s", "199"),
        ("It is a 19th century house.", "19th century", "18"),
        ("It began in the spring of 2014.", "the spring of 2014", "2014-SP"),
        ("It fell in Q1 2008.", "Q1 2008", "2008-Q1"),
        ("It fell in the third quarter of 2008.", "the third quarter of 2008", "2008-Q3"),
        ("It fell in the second half of 2008.", "the second half of 2008", "2008-H2"),
        ("It fell in fiscal 2008.", "fiscal 2008", "FY2008"),
        ("It ends by the end of January 2022.", "the end of January 2022", "2022-01"),
        ("It ended in 490 BC.", "490 BC", "BC0490"),
        ("It came on the night of 4 May 1945.", "the night of 4 May 1945", "1945-05-04TNI"),
        ("They met on Christmas Day 1991.", "Christmas Day 1991", "1991-12-25"),
    ],
)
def test_dates_are_read_in_all_common_forms(text: str, words: str, value: str) -> None:
    assert read(text) == [(words, value)]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("It is an eight-year-long war.", "eight-year-long", TimeKind.DURATION, "P8Y"),
        ("It took seven hours.", "seven hours", TimeKind.DURATION, "PT7H"),
        ("It took two and a half years.", "two and a half years", TimeKind.DURATION, "P2.5Y"),
        ("It took an hour and a half.", "an hour and a half", TimeKind.DURATION, "PT1.5H"),
        ("It took more than 40 days.", "more than 40 days", TimeKind.DURATION, "P40D"),
        ("It took several months.", "several months", TimeKind.DURATION, "PXM"),
        ("It lasted for decades.", "decades", TimeKind.DURATION, "PXDE"),
        ("It fell over the past two years.", "the past two years", TimeKind.DURATION, "P2Y"),
        ("They meet every Monday.", "every Monday", TimeKind.SET, "XXXX-WXX-1"),
        ("They meet on Mondays.", "Mondays", TimeKind.SET, "XXXX-WXX-1"),
        ("They meet twice a week.", "a week", TimeKind.SET, "P1W"),
        ("They meet annually.", "annually", TimeKind.SET, "P1Y"),
        ("They meet in the coming days.", "the coming days", TimeKind.VAGUE, "PXD"),
        ("They met recently.", "recently", TimeKind.VAGUE, "PAST_REF"),
        ("They now agree.", "now", TimeKind.VAGUE, "PRESENT_REF"),
    ],
)
def test_what_is_no_date_is_known_as_such(
    text: str, words: str, kind: TimeKind, value: str
) -> None:
    (time,) = find_times(text, WEDNESDAY)

    assert (time.span.of(text), time.kind, time.value, time.when) == (words, kind, value, None)


@pytest.mark.parametrize(
    "text",
    [
        "He may go, and they march on.",
        "Mr May and Ms June Smith spoke to the Sunday Times.",
        "Some 2,000 soldiers, 1500 troops and 1900 vehicles went.",
        "The Boeing 1900 costs $2000.",
        "The KC-30s won 3-2 at a ratio of 1.5 to 2.",
        "After the fall of the city it was a second city.",
        "Resolution 1973 was read.",
    ],
)
def test_numbers_and_names_are_no_dates(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "words", "when"),
    [
        ("It ran from 10 to 12 January 2022.", "10 to 12 January 2022", "2022-01-10/2022-01-12"),
        ("Jan. 10-13, 2022", "Jan. 10-13, 2022", "2022-01-10/2022-01-13"),
        ("It ran between 1941 and 1943.", "1941 and 1943", "1941-01-01/1943-12-31"),
        ("It ran in 1941-43.", "1941-43", "1941-01-01/1943-12-31"),
        (
            "November 28 \u2013 December 3, 2003",
            "November 28 \u2013 December 3, 2003",
            "2003-11-28/2003-12-03",
        ),
        (
            "It ran from December 28 to January 3, 2004.",
            "December 28 to January 3, 2004",
            "2003-12-28/2004-01-03",
        ),
        ("They will meet from Monday to Thursday.", "Monday to Thursday", "2022-01-17/2022-01-20"),
    ],
)
def test_a_range_is_one_expression_with_two_ends(text: str, words: str, when: str) -> None:
    (time,) = find_times(text, WEDNESDAY)

    assert (time.span.of(text), str(time.when), len(time.parts)) == (words, when, 2)


def test_two_years_that_are_only_named_together_are_no_range() -> None:
    assert [str(time.when) for time in find_times("It won in 1941 and 1943.")] == ["1941", "1943"]


def test_a_part_of_a_month_is_as_exact_as_it_is_written() -> None:
    (time,) = find_times("It ends by mid-January 2022.")

    assert time.when == When(date(2022, 1, 11), date(2022, 1, 20), Precision.PART)


def test_a_time_of_the_clock_belongs_to_the_day_of_its_sentence() -> None:
    text = "At 5:34 a.m. on 20 March 2003 it began. It ended at 18:00 GMT on 9 April 2003."

    assert read(text) == [
        ("5:34 a.m.", "2003-03-20T05:34"),
        ("20 March 2003", "2003-03-20"),
        ("18:00 GMT", "2003-04-09T18:00Z"),
        ("9 April 2003", "2003-04-09"),
    ]


def test_day_and_month_that_may_be_exchanged_stay_open() -> None:
    (far,) = find_times("They met on 03/04/2021.", WEDNESDAY)
    (near,) = find_times("They met on 10/1/22.", WEDNESDAY)

    assert (far.value, far.when, far.basis) == ("2021-XX-XX", None, Basis.INFERRED)
    assert (near.value, near.basis) == ("2022-01-10", Basis.INFERRED)


@given(st.text(alphabet="January 0123459,-/:.\n'stBCM\u2013of theendlastweek", max_size=120))
def test_any_text_is_read_and_spans_follow_one_another(text: str) -> None:
    times = find_times(text, WEDNESDAY)

    ends = [0, *(time.span.end for time in times)]
    assert all(end <= time.span.start for end, time in zip(ends, times, strict=False))
    assert all(time.span.of(text).strip() == time.span.of(text) != "" for time in times)


@pytest.mark.parametrize(
    "text",
    [
        "The report is due on 32 January.",
        "The report is due on 32 January 2022.",
        "The report is due on the 45th of January.",
        "The report is due on 0 January.",
        "The report is due on January 32, 2022.",
    ],
)
def test_a_day_that_no_month_has_is_no_month(text: str) -> None:
    assert [value for _, value in read(text) if value.startswith("2022-")] == []


def test_a_number_of_something_in_a_month_is_no_day() -> None:
    assert read("In January 45 people came.") == [("January", "2022-01")]
