"""The browser that the tests of the page share: one a process, for starting takes seconds."""

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from tests.browser import chromium


@pytest.fixture(scope="package")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("chromium")) as running:
        yield running
