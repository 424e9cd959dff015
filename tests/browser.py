"""A headless Chromium for tests of pages: one process for many, fresh windows for each."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE = 10.0
WIDE = (1280, 800)
NARROW = (390, 844)
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def _programs() -> tuple[str, str]:
    """Find the browser and its driver; without them skip, or fail where CI should have them."""
    browser = next((path for path in map(shutil.which, _NAMES) if path), None)
    driver = shutil.which("chromedriver")
    if browser and driver:
        return browser, driver
    missing = "chromium and chromium-driver are not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@contextmanager
def chromium(folder: Path) -> Iterator[webdriver.Chrome]:
    """Run a browser whose profile begins empty in `folder`."""
    browser, driver = _programs()
    options = Options()
    options.binary_location = browser
    for flag in (*_FLAGS, f"--user-data-dir={folder}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    running = webdriver.Chrome(options=options, service=Service(executable_path=driver))
    try:
        yield running
    finally:
        running.quit()


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """One test's browser: opening, looking, waiting, typing, in the window in front."""

    driver: webdriver.Chrome

    def open(self, url: str) -> str:
        """Open an address in a new window; its handle is for `turn_to`."""
        self.driver.switch_to.new_window("tab")
        self.resize(WIDE)
        self.driver.get(url)
        return self.driver.current_window_handle

    def turn_to(self, window: str) -> None:
        self.driver.switch_to.window(window)

    def resize(self, size: tuple[int, int]) -> None:
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def prefer(self, scheme: str) -> None:
        """Ask pages for the colours of "light" or "dark"."""
        wish = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", wish)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        texts = self.run(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)", selector
        )
        return [str(text) for text in texts]

    def run(self, script: str, *given: object) -> Any:  # noqa: ANN401 - any JSON value
        return self.driver.execute_script(script, *given)

    def until(self, what: str, script: str, *given: object) -> Any:  # noqa: ANN401 - the same
        """Wait until a script's value is true, and give it; `what` names it in a failure."""
        wait = WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05)
        return wait.until(lambda _: self.run(script, *given), f"waited for {what}")

    def find(self, selector: str, text: str = "") -> WebElement:
        """Wait for the last visible element that fits and has the text."""

        def look(_: object) -> WebElement | None:
            try:
                fitting = [one for one in self.all(selector) if one.is_displayed()]
                return next((one for one in reversed(fitting) if text in one.text), None)
            except (NoSuchElementException, StaleElementReferenceException):
                return None

        wait = WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05)
        found = wait.until(look, f"waited for {selector} with {text!r}")
        if found is None:
            raise AssertionError(selector)
        return found

    def click(self, selector: str, text: str = "") -> None:
        """Click what `find` gives; found anew where the page drew it again in between."""

        def press(_: object) -> bool:
            try:
                self.find(selector, text).click()
            except StaleElementReferenceException:
                return False
            return True

        WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05).until(press)

    def type(self, *keys: str) -> None:
        """Type into what has the keyboard."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def focused(self) -> str:
        """Name what has the keyboard: its id, else its text."""
        return str(self.run("const e = document.activeElement; return e.id || e.innerText"))

    def complaints(self) -> list[str]:
        """Take what the pages' consoles complained of since the last time."""
        log: list[dict[str, Any]] = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [entry["message"] for entry in log if entry["level"] in {"SEVERE", "WARNING"}]


@contextmanager
def fresh(driver: webdriver.Chrome) -> Iterator[Browser]:
    """Give a browser without windows of earlier tests; no page may complain in its console."""
    first = driver.current_window_handle
    browser = Browser(driver=driver)
    browser.complaints()
    yield browser
    complaints = browser.complaints()
    for window in driver.window_handles:
        if window != first:
            driver.switch_to.window(window)
            driver.close()
    driver.switch_to.window(first)
    assert complaints == []


__all__ = ["NARROW", "WIDE", "Browser", "Keys", "chromium", "fresh"]
