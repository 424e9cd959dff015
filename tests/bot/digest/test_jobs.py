import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.clock import ManualClock
from store.database import Connection
from store.ledger.values import DeliveryState, Policy
from tests.bot.conversation import ADMIN, NOW, READER, Conversation, conversation
from tests.store.ledger.debts import fresh, own, states


def names(talk: Conversation) -> list[str]:
    """Return the names of the jobs that are still to run."""
    assert talk.app.job_queue is not None
    return sorted(job.name or "" for job in talk.app.job_queue.jobs())


async def test_a_refused_token_ends_the_sending_until_a_restart_and_loses_nothing(
    tmp_path: Path,
) -> None:
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now) as talk:
        await talk.say("/subscribe 8:00")
        assert talk.app.job_queue is not None
        for job in talk.app.job_queue.jobs():
            job.job.reschedule("interval", seconds=0.05)
        (bot,) = talk.telegram.world.bots.values()
        bot.token = "2:another-token-of-this-machine-only"
        clock.hour = NOW + timedelta(days=1)
        await talk.app.start()
        async with asyncio.timeout(30):
            while "broadcast" in names(talk):  # noqa: ASYNC110 (jobs tell nobody)
                await asyncio.sleep(0.02)
        await talk.app.stop()
        assert talk.troubles == []
    db = fresh(tmp_path / "data" / "ledger.db")
    assert set(states(db, chat=READER)) == {DeliveryState.PLANNED}
    db.close()


async def test_a_ledger_that_another_took_over_gets_nothing_sent_and_is_not_asked_again(
    tmp_path: Path,
) -> None:
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now) as talk:
        await talk.ask("/subscribe 8:00")
        before = len(talk.messages())
        await talk.ledger.write(own, 99)
        clock.hour = NOW + timedelta(days=1)
        await talk.deliver()
        assert "broadcast" not in names(talk)
        assert len(talk.messages()) == before


async def test_a_ledger_that_cannot_be_written_is_logged_and_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now) as talk:
        await talk.ask("/subscribe 8:00")
        before = len(talk.messages())
        clock.hour = NOW + timedelta(days=1)

        def refuse(db: Connection) -> None:
            for table in ("edition", "delivery"):
                db.execute(
                    f"CREATE TRIGGER full_{table} BEFORE INSERT ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
                )

        def mend(db: Connection) -> None:
            for table in ("edition", "delivery"):
                db.execute(f"DROP TRIGGER full_{table}")

        await talk.ledger.write(refuse)
        await talk.deliver()
        assert "no edition is planned until this is mended" in caplog.text
        assert not talk.deliverer.metrics.pulse.healthy
        await talk.ledger.write(mend)
        await talk.deliver()
        assert len(talk.messages()) > before
        assert talk.deliverer.metrics.pulse.healthy


@pytest.mark.parametrize(
    ("policy", "words"),
    [(Policy.LEAVE, "They are left so"), (Policy.RESEND, "Each is sent once more.")],
)
async def test_the_admins_are_told_what_a_crash_left(
    tmp_path: Path, policy: Policy, words: str
) -> None:
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now, policy=policy) as talk:
        await talk.ask("/start", person=ADMIN)
        await talk.ask("/subscribe 8:00")
        clock.hour = NOW + timedelta(days=1)
        await talk.deliver()

        def crash(db: Connection) -> None:
            db.execute("UPDATE delivery SET state = 'sending' WHERE part = 0")

        await talk.ledger.write(crash)
        await talk.app.post_init(talk.app)  # type: ignore[misc]
        said = talk.messages(ADMIN)[-1]["text"]
        assert said.startswith("1 part was being sent when the bot stopped")
        assert words in said
