import asyncio
from datetime import timedelta
from pathlib import Path

from bot.sandbox.clock import ManualClock
from store.ledger.values import DeliveryState
from tests.bot.conversation import NOW, READER, conversation
from tests.store.ledger.debts import fresh, states


async def test_a_refused_token_ends_the_sending_until_a_restart_and_loses_nothing(
    tmp_path: Path,
) -> None:
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now) as talk:
        await talk.say("/subscribe 8:00")
        assert talk.app.job_queue is not None
        for job in talk.app.job_queue.jobs():
            job.job.reschedule("interval", seconds=0.05)
        (sending,) = talk.app.job_queue.get_jobs_by_name("broadcast")
        (bot,) = talk.telegram.world.bots.values()
        bot.token = "2:another-token-of-this-machine-only"
        clock.hour = NOW + timedelta(days=1)
        await talk.app.start()
        async with asyncio.timeout(30):
            while sending.next_t is not None:  # noqa: ASYNC110 (jobs tell nobody)
                await asyncio.sleep(0.02)
        await talk.app.stop()
        assert talk.troubles == []
    db = fresh(tmp_path / "data" / "ledger.db")
    assert set(states(db, chat=READER)) == {DeliveryState.PLANNED}
    db.close()
