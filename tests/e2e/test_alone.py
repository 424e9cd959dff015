"""A second copy over the same data directory: it refuses, and the first goes on."""

import signal
from pathlib import Path

import pytest

from bot.sandbox.cast import ADA_ID
from tests.e2e.processes import World, world


async def answers(opened: World, words: str) -> None:
    """Ask, and wait for the answer."""
    before = len(opened.answers(ADA_ID))
    opened.telegram.people.send_text(ADA_ID, ADA_ID, words)
    await opened.until(lambda: len(opened.answers(ADA_ID)) > before)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
async def test_a_second_copy_refuses_and_says_where_the_first_is(
    tmp_path: Path, how: signal.Signals
) -> None:
    async with world(tmp_path) as opened:
        await opened.start(health_listen="127.0.0.1:0")
        first = opened.process
        assert first is not None
        await answers(opened, "/who Sherman")
        await opened.start()
        second = opened.process
        assert second is not None
        try:
            assert await second.wait() == 1
            said = opened.log()
            assert f"(pid {first.pid}, since " in said
            assert "Attaché runs already on " in said
            assert "stop it first, or give this copy its own ATTACHE_DATA_DIR and token." in said
            assert "Traceback" not in said
            assert first.returncode is None
            await answers(opened, "/who Ryabkov")
        finally:
            opened.process = first
        # The lock goes with its holder, however that ends.
        await opened.end(how)
        await opened.start()
        await answers(opened, "/settings")
        assert await opened.end(signal.SIGTERM) == 0
