from collections.abc import Iterator

import pytest
from telegram.error import Conflict, NetworkError

from bot.connecting import Rivalry


def rivalry(moments: Iterator[float], found: list[str]) -> Rivalry:
    return Rivalry(found=lambda: found.append("found"), seconds=lambda: next(moments))


@pytest.mark.parametrize(
    ("moments", "is_found"),
    [
        ((0.0, 20.0, 40.0, 60.0), True),
        ((0.0, 20.0, 40.0, 59.0), False),  # not a minute yet
        ((0.0, 20.0, 100.0, 120.0), False),  # gone in between
        ((0.0,), False),  # the last poll of a copy that was restarted
    ],
)
def test_another_poller_is_a_rival_after_a_minute(
    *, moments: tuple[float, ...], is_found: bool
) -> None:
    found: list[str] = []
    hears = rivalry(iter(moments), found)
    for _ in moments:
        hears(Conflict("terminated by other getUpdates request"))
    assert bool(found) is is_found


def test_a_network_that_fails_is_no_rival() -> None:
    found: list[str] = []
    hears = rivalry(iter(()), found)
    for _ in range(100):
        hears(NetworkError("unreachable"))
    assert found == []
