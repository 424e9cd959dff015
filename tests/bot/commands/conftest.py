from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.conversation import Conversation, conversation


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with conversation(tmp_path / "data") as opened:
        yield opened
