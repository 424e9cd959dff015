"""What the tests of loading share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.store.ingest.desk import Desk, opened


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with opened(tmp_path, *"abcdef") as desk:
        desk.asked.clear()
        yield desk
