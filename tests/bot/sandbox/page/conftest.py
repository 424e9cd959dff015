"""The page in a browser, with a small bot behind it."""

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from tests.bot.sandbox.playground import Playground, playground
from tests.browser import Browser, chromium, fresh


@pytest.fixture(scope="package")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("chromium")) as running:
        yield running


@pytest.fixture
def browser(driver: Chrome) -> Iterator[Browser]:
    with fresh(driver) as browser:
        yield browser


@pytest.fixture
def play(browser: Browser) -> Iterator[Playground]:
    with playground() as running:
        yield running
        # Before the sandbox stops: a page that loses its server says so in the console.
        browser.driver.get("about:blank")


@pytest.fixture
def page(browser: Browser, play: Playground) -> Browser:
    """Give the page as Ada sees it, once she has started the bot."""
    browser.open(play.url)
    browser.click(".instead button", "Start")
    browser.find(".theirs", "I brief on one story")
    return browser
