from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.periods import find_period
from store.knowledge.values import Precision, When

AS_OF = date(2022, 1, 19)  # a Wednesday

WRITTEN = [
    ("2014", "2014", False),
    ("in 2021-06", "2021-06", False),
    ("2022-01-10", "2022-01-10", False),
    ("2022-01-09/2022-01-12", "2022-01-09/2022-01-12", False),
    ("2022-01-09..2022-01-12", "2022-01-09/2022-01-12", False),
    ("2022-01-09 to 2022-01-12", "2022-01-09/2022-01-12", False),
    ("10.1.2022", "2022-01-10", False),
    ("on 10 January 2022", "2022-01-10", False),
    ("January 10th 2022", "2022-01-10", False),
    ("10th of January", "2022-01-10", True),
    ("on the 10th of January", "2022-01-10", True),
    ("January", "2022-01", True),
    ("in June", "2021-06", True),
    ("December 2021", "2021-12", False),
    ("early January", "2022-01-01/2022-01-10", True),
    ("late February", "2022-02-21/2022-02-28", True),
    ("mid-January", "2022-01-11/2022-01-20", True),
    ("early in January 2022", "2022-01-01/2022-01-10", False),
    ("at the end of December", "2021-12-21/2021-12-31", True),
    ("the middle of January", "2022-01-11/2022-01-20", True),
    ("in May", "2021-05", True),
    ("on 1 March", "2022-03-01", True),
    ("on 1 April", "2021-04-01", True),
    ("on 29 February", "2020-02-29", True),
    ("9 to 12 January", "2022-01-09/2022-01-12", True),
    ("9-12 January 2022", "2022-01-09/2022-01-12", False),
    ("between 9 and 12 January", "2022-01-09/2022-01-12", True),
    ("between 28 December and 3 January", "2021-12-28/2022-01-03", True),
    ("between November and January", "2021-11-01/2022-01-31", True),
    ("since 9 January", "2022-01-09/9999-12-31", True),
    ("after 2022-01-09", "2022-01-10/9999-12-31", False),
    ("until 2014", "0001-01-01/2014-12-31", False),
    ("before 2015", "0001-01-01/2014-12-31", False),
    ("today", "2022-01-19", True),
    ("yesterday", "2022-01-18", True),
    ("tomorrow", "2022-01-20", True),
    ("last week", "2022-01-10/2022-01-16", True),
    ("this week", "2022-01-17/2022-01-23", True),
    ("next week", "2022-01-24/2022-01-30", True),
    ("last month", "2021-12", True),
    ("last year", "2021", True),
    ("last June", "2021-06", True),
    ("on Monday", "2022-01-17", True),
    ("last Wednesday", "2022-01-12", True),
    ("next Friday", "2022-01-21", True),
    ("three days ago", "2022-01-16", True),
    ("in the last two weeks", "2022-01-05/2022-01-19", True),
]


@pytest.mark.parametrize(("asked", "when", "relative"), WRITTEN)
def test_days_are_read_as_people_write_them(asked: str, when: str, relative: bool) -> None:  # noqa: FBT001 (a row of the table)
    for words in (asked.split(), asked.upper().split()):
        period, rest = find_period(words, AS_OF, bare=True)
        assert period is not None
        assert (str(period.when), period.relative, rest) == (when, relative, ())
        assert period.words == " ".join(words)


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "Geneva",
        "30 February",
        "2022-13-01",
        "2022-01-12/2022-01-10",
        "troops",
        "12 troops",
        "between 9",
        "since",
        "may",
        "99999999999 days ago",
        "²²²²",
        "32 January",
    ],
)
def test_what_is_no_date_stays(asked: str) -> None:
    assert find_period(asked.split(), AS_OF) == (None, tuple(asked.split()))


AROUND = "Blinken in Geneva on 21 January with Lavrov"


def test_the_words_around_a_date_stay() -> None:
    period, rest = find_period(AROUND.split(), AS_OF)
    assert period is not None
    assert (str(period.when), rest) == ("2022-01-21", ("Blinken", "in", "Geneva", "with", "Lavrov"))


def test_what_is_to_come_is_read_ahead() -> None:
    ahead = {"in June": "2022-06", "on Monday": "2022-01-24", "January": "2022-01"}
    for asked, when in ahead.items():
        period, _ = find_period(asked.split(), AS_OF, ahead=True, bare=True)
        assert period is not None
        assert str(period.when) == when


WORDS = st.sampled_from(
    [word for asked, _, _ in WRITTEN for word in asked.split()]
    + ["9999", "0001", "\u0661\u0660", "-", "x"]
)


@given(st.lists(WORDS | st.text(max_size=6), max_size=8), st.dates(), st.booleans(), st.booleans())
def test_no_words_raise_and_none_are_lost(
    words: list[str],
    as_of: date,
    ahead: bool,  # noqa: FBT001 (drawn)
    bare: bool,  # noqa: FBT001 (drawn)
) -> None:
    period, rest = find_period(words, as_of, ahead=ahead, bare=bare)
    assert len(rest) + (len(period.words.split(" ")) if period else 0) >= len(words)
    if period is not None:
        assert period.when.start <= period.when.end
        assert When.parse(str(period.when)) == period.when or (
            period.when.precision is Precision.RANGE and period.when.start == period.when.end
        )
