from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.knowledge.values import Precision, When

FORMS = "expected 2014, 2021-06, early 2022-01, 2022-01-10 or 2022-01-10/2022-01-12"

days = st.dates()
whens = st.one_of(
    days.map(When.day),
    days.map(lambda day: When.parse(day.isoformat()[:7])),
    days.map(lambda day: When.parse(day.isoformat()[:4])),
    st.tuples(st.sampled_from(["early", "mid", "late"]), days).map(
        lambda pair: When.parse(f"{pair[0]} {pair[1].isoformat()[:7]}")
    ),
    st.tuples(days, days)
    .filter(lambda pair: pair[0] < pair[1])
    .map(lambda pair: When(pair[0], pair[1], Precision.RANGE)),
)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31), Precision.YEAR),
        ("2021-06", date(2021, 6, 1), date(2021, 6, 30), Precision.MONTH),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), Precision.MONTH),
        ("early 2022-01", date(2022, 1, 1), date(2022, 1, 10), Precision.PART),
        ("mid 2022-01", date(2022, 1, 11), date(2022, 1, 20), Precision.PART),
        ("late 2020-02", date(2020, 2, 21), date(2020, 2, 29), Precision.PART),
        ("early 2022-01/2022-01-20", date(2022, 1, 1), date(2022, 1, 20), Precision.RANGE),
        ("2022-01-10", date(2022, 1, 10), date(2022, 1, 10), Precision.DAY),
        ("2022-01-10/2022-01-12", date(2022, 1, 10), date(2022, 1, 12), Precision.RANGE),
        ("2021-11/2022", date(2021, 11, 1), date(2022, 12, 31), Precision.RANGE),
        ("2022-01-10/2022-01-10", date(2022, 1, 10), date(2022, 1, 10), Precision.DAY),
    ],
)
def test_dates_are_read_as_exactly_as_they_are_written(
    text: str, start: date, end: date, precision: Precision
) -> None:
    assert When.parse(text) == When(start, end, precision)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", FORMS),
        ("10 January 2022", FORMS),
        ("2022-1-10", FORMS),
        ("2022-01-10/", FORMS),
        ("2020/2021/2022", FORMS),
        ("/" * 5000, FORMS),
        ("2022-13", "2022-13 is no day of the calendar"),
        ("early 2022-13", "early 2022-13 is no day of the calendar"),
        ("2022-02-29", "2022-02-29 is no day of the calendar"),
        ("0000", "0000 is no day of the calendar"),
        ("2022/2021", "the range 2022/2021 ends before it begins"),
    ],
)
def test_what_is_no_date_is_said_so(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        When.parse(text)


@given(st.text() | st.text(alphabet="0123456789-/ ", max_size=25))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        when = When.parse(text)
    except ValueError:
        return
    assert when.start <= when.end


@given(whens)
def test_what_is_written_is_read_again(when: When) -> None:
    assert When.parse(str(when)) == when
