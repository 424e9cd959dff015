import asyncio
import logging
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from telegram.error import Conflict, NetworkError

from bot.connecting import Rivalry, take_updates
from config.settings import Settings
from tests.bot.conversation import conversation


def rivalry(moments: Iterator[float], found: list[str]) -> Rivalry:
    return Rivalry(found=lambda: found.append("found"), seconds=lambda: next(moments))


@pytest.mark.parametrize(
    ("moments", "is_found"),
    [
        ((0.0, 20.0, 40.0, 60.0), True),
        ((0.0, 20.0, 40.0, 59.0), False),  # not a minute yet
        ((0.0, 20.0, 100.0, 120.0), False),  # gone in between
        ((0.0,), False),  # the last poll of a copy that was restarted
    ],
)
def test_another_poller_is_a_rival_after_a_minute(
    *, moments: tuple[float, ...], is_found: bool
) -> None:
    found: list[str] = []
    hears = rivalry(iter(moments), found)
    for _ in moments:
        hears(Conflict("terminated by other getUpdates request"))
    assert bool(found) is is_found


def test_a_network_that_fails_is_no_rival() -> None:
    found: list[str] = []
    hears = rivalry(iter(()), found)
    for _ in range(100):
        hears(NetworkError("unreachable"))
    assert found == []


async def test_jobs_that_run_are_waited_for_and_none_begins_meanwhile(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    begun: list[int] = []
    ended: list[int] = []
    running = asyncio.Event()

    async def work(context: object) -> None:
        del context
        begun.append(len(begun))
        running.set()
        await asyncio.sleep(0.1)
        ended.append(len(ended))

    async with conversation(tmp_path / "data") as talk, AsyncExitStack() as stack:
        await take_updates(talk.app, stack, Settings(), on_rival=talk.deliverer.stop)
        assert talk.app.job_queue is not None
        often = {"max_instances": 99}
        talk.app.job_queue.run_repeating(work, 0.03, first=0, job_kwargs=often)
        await running.wait()
    assert begun == ended
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]
