"""The whole program against a strict Telegram over HTTP: asked, killed, asked again."""

import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.cast import ADA_ID
from tests.e2e.processes import World, free_port, world

FIRST_EVENING = datetime(2022, 1, 18, 20, 0, tzinfo=UTC)
MORNING = datetime(2022, 1, 19, 8, 0, 1, tzinfo=UTC)
NEXT_MORNING = datetime(2022, 1, 20, 8, 0, 1, tzinfo=UTC)


def webhook() -> dict[str, str]:
    address = f"127.0.0.1:{free_port()}"
    return {"webhook_url": f"http://{address}/updates", "listen": address}


def digests(opened: World, chat: int) -> list[str]:
    return [m["text"] for m in opened.answers(chat) if m["text"].startswith("Digest · ")]


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_a_question_and_a_pressed_button_are_answered(tmp_path: Path, way: str) -> None:
    async with world(tmp_path) as opened:
        await opened.start(**(webhook() if way == "webhook" else {}))
        opened.telegram.people.start(ADA_ID)
        opened.telegram.people.send_text(ADA_ID, ADA_ID, "/who Sherman")
        await opened.until(lambda: len(opened.answers(ADA_ID)) == 2)
        profile = opened.answers(ADA_ID)[-1]
        assert profile["text"].startswith("Wendy Sherman\n")
        opened.telegram.people.press(ADA_ID, ADA_ID, profile["message_id"], label="Quotes")
        await opened.until(lambda: "lockstep" in opened.answers(ADA_ID)[-1]["text"])
        assert len(opened.answers(ADA_ID)) == 2
        assert await opened.end(signal.SIGTERM) == 0
        assert opened.telegram.oddities == []


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_two_digests_on_two_days_come_once_each_with_a_kill_between(
    tmp_path: Path, way: str
) -> None:
    async with world(tmp_path, begins=FIRST_EVENING) as opened:
        await opened.start(**(webhook() if way == "webhook" else {}))
        opened.telegram.people.send_text(ADA_ID, ADA_ID, "/subscribe 08:00 UTC")
        await opened.until(lambda: len(opened.answers(ADA_ID)) == 1)
        assert "first on 19 Jan 2022" in opened.answers(ADA_ID)[0]["text"]

        opened.clock.set(MORNING)
        await opened.until(lambda: len(digests(opened, ADA_ID)) == 1)
        await opened.end(signal.SIGKILL)
        await opened.start()
        opened.telegram.people.send_text(ADA_ID, ADA_ID, "/settings")
        await opened.until(lambda: opened.answers(ADA_ID)[-1]["text"].startswith("Settings"))
        assert len(digests(opened, ADA_ID)) == 1

        opened.clock.set(NEXT_MORNING)
        await opened.until(lambda: len(digests(opened, ADA_ID)) == 2)
        assert digests(opened, ADA_ID)[0].startswith("Digest · 19 Jan 2022\n")
        assert "nothing new" in digests(opened, ADA_ID)[1]
        assert await opened.end(signal.SIGTERM) == 0


async def test_the_token_stands_in_no_log(tmp_path: Path) -> None:
    async with world(tmp_path) as opened:
        await opened.start(log_level="DEBUG")
        opened.telegram.people.start(ADA_ID)
        await opened.until(lambda: len(opened.answers(ADA_ID)) == 1)
        await opened.end(signal.SIGTERM)
        assert "sandbox-token" not in opened.log()
        assert "getUpdates" in opened.log()
