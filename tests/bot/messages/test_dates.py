from datetime import date

import pytest

from bot.messages import dates
from store.knowledge.values import When


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("2022-01-11", "11 Jan 2022"),
        ("2022-01-09", "9 Jan 2022"),
        ("2021-06", "Jun 2021"),
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
