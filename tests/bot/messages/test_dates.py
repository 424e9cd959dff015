import subprocess
import sys
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.locales import Language, speaking
from bot.messages import dates
from store.knowledge.values import Precision, When

R = "\N{CYRILLIC SMALL LETTER ER}."  # as Ukrainian shortens "year"


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("2022-01-11", "11 Jan 2022"),
        ("2022-01-09", "9 Jan 2022"),
        ("2021-06", "Jun 2021"),
        ("early 2022-01", "early Jan 2022"),
        ("mid 2022-01", "mid Jan 2022"),
        ("late 2022-01", "late Jan 2022"),
        ("2014", "2014"),
        ("0800", "0800"),
        ("2022-01-10/2022-01-12", "10–12 Jan 2022"),
        ("2021-11-28/2021-12-03", "28 Nov – 3 Dec 2021"),
        ("2021-12-28/2022-01-03", "28 Dec 2021 – 3 Jan 2022"),
        ("2021-06/2021-07", "1 Jun – 31 Jul 2021"),
        ("2022-01-10/2022-01-10", "10 Jan 2022"),
    ],
)
def test_a_date_is_shown_as_exactly_as_it_is_known(stated: str, shown: str) -> None:
    assert dates.when(When.parse(stated)) == shown


def test_every_month_has_its_name() -> None:
    shown = [dates.month(date(2022, number, 1)) for number in range(1, 13)]
    assert " ".join(one.removesuffix(" 2022") for one in shown) == (
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    )


@pytest.mark.parametrize(
    ("stated", "german", "ukrainian"),
    [
        ("2022-01-11", "11. Jan. 2022", f"11 січ. 2022 {R}"),
        ("2021-06", "Juni 2021", f"черв. 2021 {R}"),
        ("2014", "2014", "2014"),
        ("2022-01-10/2022-01-12", "10.–12. Jan. 2022", f"10–12 січ. 2022 {R}"),
        ("2021-11-28/2021-12-03", "28. Nov. – 3. Dez. 2021", f"28 лист. – 3 груд. 2021 {R}"),
        (
            "2021-12-28/2022-01-03",
            "28. Dez. 2021 – 3. Jan. 2022",
            f"28 груд. 2021 – 3 січ. 2022 {R[0]}{R}",
        ),
    ],
)
def test_a_date_is_shown_as_its_language_writes_it(
    stated: str, german: str, ukrainian: str
) -> None:
    shown = []
    for language in (Language.GERMAN, Language.UKRAINIAN):
        with speaking(language):
            shown.append(" ".join(dates.when(When.parse(stated)).split()))  # thin spaces too
    assert shown == [german, ukrainian]


def test_numbers_are_grouped_as_each_language_does() -> None:
    shown = []
    for language in Language:
        with speaking(language):
            shown.append(dates.number(1234567))
    assert shown == ["1,234,567", "1.234.567", "1\xa0234\xa0567"]


def test_weekdays_have_their_names() -> None:
    monday = date(2022, 1, 10)
    shown = []
    for language in Language:
        with speaking(language):
            shown.append((dates.weekday(monday), dates.short_weekdays()[0]))
    assert shown == [("Monday", "Mon"), ("Montag", "Mo"), ("понеділок", "пн")]


def written(first: date, last: date, precision: Precision) -> When:
    match precision:
        case Precision.DAY:
            return When.day(first)
        case Precision.RANGE:
            return When(min(first, last), max(first, last), precision)
        case Precision.YEAR:
            return When.parse(f"{first.year:04}")
        case _:
            part = "late " if precision is Precision.PART else ""
            return When.parse(f"{part}{first.isoformat()[:7]}")


@given(
    st.dates(),
    st.dates() | st.just(date.max),
    st.sampled_from(Precision),
    st.sampled_from(Language),
)
@example(date.min, date.max, Precision.RANGE, Language.GERMAN)
@example(date.min, date.min, Precision.DAY, Language.UKRAINIAN)
@example(date.max, date.max, Precision.MONTH, Language.UKRAINIAN)
def test_every_date_is_shown_in_every_language_and_is_short(
    first: date, last: date, precision: Precision, language: Language
) -> None:
    value = written(first, last, precision)
    with speaking(language):
        shown = dates.when(value), dates.period(value)
    assert shown[0]
    assert max(map(len, shown)) <= 40


def test_english_needs_no_library_for_its_dates() -> None:
    program = (
        "import sys\n"
        "from datetime import date\n"
        "from bot.messages import dates\n"
        "print(dates.day(date(2022, 1, 11)), dates.number(1000), dates.short_weekdays()[0])\n"
        "print('babel' in sys.modules)"
    )
    told = subprocess.run(  # noqa: S603 (the program stands above)
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert told.stdout.split("\n") == ["11 Jan 2022 1,000 Mon", "False", ""]
