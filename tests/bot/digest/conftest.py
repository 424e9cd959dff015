from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.digest.desk import Desk, desk_in


@pytest.fixture(autouse=True)
def _waits_are_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without it the library warns each time that it is told to wait.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_in(tmp_path / "desk") as opened:
        yield opened
