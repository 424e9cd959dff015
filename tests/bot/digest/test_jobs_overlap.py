"""A broadcast, and a tick, that take longer than the scheduler's beat."""

import asyncio
import logging
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.clock import ManualClock
from bot.sandbox.faults import Fault, Rule
from store.database import Connection
from store.knowledge import news
from tests.bot.conversation import NOW, READER, conversation


async def test_a_long_broadcast_goes_on_alone_and_without_a_warning_at_each_beat(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now) as talk:
        await talk.say("/subscribe 8:00")
        assert talk.app.job_queue is not None
        for job in talk.app.job_queue.jobs():
            if job.name != "backup":
                job.job.reschedule("interval", seconds=0.05)
        slow = Rule(fault=Fault.SLOW, method="sendMessage", seconds=0.5)
        talk.telegram.faults.set([slow])
        before = len(talk.messages(READER))
        clock.hour = NOW + timedelta(days=1)
        with caplog.at_level(logging.WARNING):
            await talk.app.start()
            async with asyncio.timeout(20):
                while len(talk.messages(READER)) == before:  # noqa: ASYNC110 (nobody is told)
                    await asyncio.sleep(0.02)
            await asyncio.sleep(0.4)
            warned = [record.getMessage() for record in caplog.records]
            await talk.app.stop()  # which breaks off what runs
        assert warned == []
        (came,) = talk.messages(READER)[before:]
        assert came["text"].startswith("Digest · 21 Jan 2022\n")


async def test_a_long_tick_goes_on_alone_and_without_a_warning_at_each_beat(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0

    def slowly(db: Connection) -> None:
        nonlocal asked
        del db
        asked += 1
        time.sleep(1.0)

    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now) as talk:
        assert talk.app.job_queue is not None
        for job in talk.app.job_queue.jobs():
            if job.name == "tick":
                job.job.reschedule("interval", seconds=0.05)
        monkeypatch.setattr(news, "revision", slowly)
        with caplog.at_level(logging.WARNING):
            await talk.app.start()
            await asyncio.sleep(0.5)
            warned = [record.getMessage() for record in caplog.records]
            await talk.app.stop()  # which breaks off what runs
        assert warned == []
        assert asked == 1
