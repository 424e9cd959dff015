"""What the tests of the store share: an empty knowledge, and one of the packaged story."""

from collections.abc import Iterator

import pytest

from store.database import Connection
from store.ingest.summaries import Reading, read_summaries
from tests.store.stories import SEEDS, fresh, load


@pytest.fixture
def db() -> Iterator[Connection]:
    connection = fresh()
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def seeds() -> Reading:
    return read_summaries([SEEDS]).whole()


@pytest.fixture(scope="session")
def known(seeds: Reading) -> Iterator[Connection]:
    """Give the knowledge of the packaged story; tests only ask it."""
    connection = fresh()
    load(connection, seeds.summaries, seeds.story)
    yield connection
    connection.close()
