from collections.abc import Iterator

import pytest

from store.database import Connection
from tests.store.ledger.debts import fresh


@pytest.fixture
def db() -> Iterator[Connection]:
    connection = fresh()
    yield connection
    connection.close()
