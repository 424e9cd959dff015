"""Pictures on the page: asked for below a timeline, changed in place, on a telephone's width."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from tests.bot.sandbox.page.looking import say
from tests.browser import NARROW, Browser, fresh

PATIENCE = 20
_LAST = "[...document.querySelectorAll('.theirs img')].at(-1)"


@pytest.fixture
def page(driver: Chrome, tmp_path: Path) -> Iterator[Browser]:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "ATTACHE_DATA_DIR": str(tmp_path / "data"),
        "ATTACHE_SANDBOX_LISTEN": "127.0.0.1:0",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "bot", "run", "--no-browser"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(  # noqa: S603 (our own program)
        command, env=environment, cwd=root, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[3]
        with fresh(driver) as browser:
            browser.open(address)
            yield browser
            browser.driver.get("about:blank")  # a page that loses its server complains
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def corner(page: Browser) -> list[int]:
    """Wait until the last picture is there whole, and return the colour of its corner."""
    page.until("a picture", f"const i = {_LAST}; return i && i.complete && i.naturalWidth > 0")
    colour: list[int] = page.run(
        f"const c = document.createElement('canvas').getContext('2d');"
        f"c.drawImage({_LAST}, 0, 0); return [...c.getImageData(2, 2, 1, 1).data]"
    )
    return colour[:3]


def test_a_timeline_s_picture_is_shown_and_changed_in_place(page: Browser) -> None:
    page.resize(NARROW)
    page.click(".instead button", "Start")
    page.find(".theirs", "Talks on Ukraine, winter 2021–22")
    say(page, "/timeline Geneva")
    page.click(".key", "Picture")
    page.find(".theirs", "7 events · as of 19 Jan 2022")
    assert min(corner(page)) > 245
    natural, wide = page.run(f"const i = {_LAST}; return [i.naturalWidth, i.width]")
    assert (natural, 200 < wide <= NARROW[0]) == (1080, True)
    shown = page.run(f"return {_LAST}.src")
    page.click(".key", "Dark")
    page.until("another picture", f"const i = {_LAST}; return i.src != arguments[0]", shown)
    page.find(".key", "Light")
    assert max(corner(page)) < 60
    assert len(page.all(".theirs img")) == 1
