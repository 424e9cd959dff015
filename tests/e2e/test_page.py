"""A newcomer's ten minutes: `attache run` without a token, and its page in a browser."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from tests.bot.sandbox.page.looking import say, shown
from tests.browser import NARROW, Browser, fresh

PATIENCE = 20


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


def test_a_newcomer_asks_presses_subscribes_and_gets_the_digest(page: Browser) -> None:
    page.click(".instead button", "Start")
    page.find(".theirs", "Talks on Ukraine, winter 2021–22")

    say(page, "/who Sherman")
    page.find(".theirs", "US Deputy Secretary of State")
    page.click(".key", "Quotes")
    page.find(".theirs", "lockstep")
    page.click(".key", "Timeline")
    page.find(".theirs", "Wendy Sherman · timeline")
    messages = len(shown(page))
    page.click(".theirs a", "[4]")
    page.find(".theirs", "001_5a8cd4050d9ceb61.txt")
    assert len(shown(page)) > messages

    say(page, "/sources")
    page.find(".theirs", "[1] Blinken and Lavrov")

    page.click(".panel button:enabled", "Back to the beginning")
    page.find(".standing", "0 of 5")
    say(page, "/subscribe 08:00 UTC")
    page.find(".theirs", "first on 2 Dec 2021")
    page.click(".panel button:enabled", "Next morning")
    page.find(".theirs", "Digest · 2 Dec 2021")
    page.find(".standing", "1 of 5")
    page.click(".panel button:enabled", "Next morning")
    page.find(".theirs", "Digest · 3 Dec 2021: nothing new since the last one")
    page.click(".panel button:enabled", "Next news")
    page.find(".theirs", "Digest · 9 Jan 2022")
    assert sum(text.startswith("Digest · 2 Dec 2021") for text in shown(page)) == 1


def test_the_page_can_be_read_on_a_telephone(page: Browser) -> None:
    page.resize(NARROW)
    page.click(".instead button", "Start")
    page.find(".theirs", "Talks on Ukraine")
    say(page, "/timeline Geneva")
    page.find(".theirs", "Timeline · Geneva")
    width = "const l = document.getElementById('log'); return l.scrollWidth"
    assert int(page.run(width)) <= NARROW[0]
