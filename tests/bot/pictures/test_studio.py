import asyncio
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from bot.pictures import studio as studios
from bot.pictures.chart import Chart, Theme
from bot.pictures.studio import Recent, Studio, StudioBusyError
from tests.bot.pictures.test_layout import CHART


class Easel:
    """Draws nothing, waits until it may, and notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Theme]] = []
        self.threads: set[str] = set()
        self.may = threading.Event()
        self.trouble: Exception | None = None

    def __call__(self, chart: Chart, theme: Theme) -> bytes:
        self.asked.append((chart.title, theme))
        self.threads.add(threading.current_thread().name)
        assert self.may.wait(10)
        if self.trouble:
            raise self.trouble
        return f"{chart.title} {theme}".encode()


@pytest.fixture
def easel(monkeypatch: pytest.MonkeyPatch) -> Easel:
    made = Easel()
    monkeypatch.setattr(studios, "_draw", made)
    return made


def titled(title: str) -> Chart:
    return replace(CHART, title=title)


async def test_equal_charts_are_drawn_once_also_when_asked_for_together(easel: Easel) -> None:
    studio = Studio()
    asked = [asyncio.ensure_future(studio.picture(titled("a"), Theme.LIGHT)) for _ in range(3)]
    await asyncio.sleep(0)
    easel.may.set()
    assert await asyncio.gather(*asked) == [b"a l"] * 3
    assert await studio.picture(titled("a"), Theme.LIGHT) == b"a l"
    assert easel.asked == [("a", Theme.LIGHT)]


async def test_another_theme_is_another_picture(easel: Easel) -> None:
    easel.may.set()
    studio = Studio()
    drawn = [await studio.picture(titled("a"), theme) for theme in Theme]
    assert drawn == [b"a l", b"a d"]


async def test_one_draws_at_a_time_and_never_on_the_event_loop(easel: Easel) -> None:
    easel.may.set()
    studio = Studio()
    await asyncio.gather(*(studio.picture(titled(str(n)), Theme.LIGHT) for n in range(5)))
    assert easel.threads == {"pictures_0"}


async def test_of_too_many_the_last_is_refused(easel: Easel) -> None:
    studio = Studio(most_waiting=2)
    waiting = [asyncio.ensure_future(studio.picture(titled(n), Theme.LIGHT)) for n in "ab"]
    await asyncio.sleep(0)
    with pytest.raises(StudioBusyError):
        await studio.picture(titled("c"), Theme.LIGHT)
    easel.may.set()
    assert await asyncio.gather(*waiting) == [b"a l", b"b l"]
    assert await studio.picture(titled("c"), Theme.LIGHT) == b"c l"


async def test_who_gives_up_does_not_take_the_picture_from_others(easel: Easel) -> None:
    studio = Studio()
    first, second = (
        asyncio.ensure_future(studio.picture(titled("a"), Theme.LIGHT)) for _ in range(2)
    )
    await asyncio.sleep(0)
    first.cancel()
    easel.may.set()
    assert await second == b"a l"


async def test_a_picture_that_failed_is_tried_again(easel: Easel) -> None:
    easel.may.set()
    studio = Studio()
    easel.trouble = ValueError("no")
    with pytest.raises(ValueError, match="no"):
        await studio.picture(titled("a"), Theme.LIGHT)
    easel.trouble = None
    assert await studio.picture(titled("a"), Theme.LIGHT) == b"a l"


def test_only_the_values_used_last_are_kept() -> None:
    recent: Recent[int] = Recent(2)
    recent.keep("a", 1)
    recent.keep("b", 2)
    assert recent.get("a") == 1
    recent.keep("c", 3)
    assert [recent.get(key) for key in "abc"] == [1, None, 3]
    recent.drop("a")
    assert recent.get("a") is None


def test_the_key_tells_all_that_is_drawn_apart() -> None:
    keys = {
        chart.key(theme)
        for theme in Theme
        for chart in (CHART, titled("other"), replace(CHART, entries=()))
    }
    assert len(keys) == 6
    assert replace(CHART).key(Theme.LIGHT) == CHART.key(Theme.LIGHT)


def test_pillow_is_not_imported_before_a_picture_is_asked_for() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import bot.application, sys; print('PIL' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "False\n"
