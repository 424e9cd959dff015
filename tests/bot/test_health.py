import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.health import LONGEST_SILENCE, beat, complaint, heartbeat_file

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("silence", [timedelta(), LONGEST_SILENCE, -LONGEST_SILENCE])
def test_a_bot_that_has_just_beaten_is_well(tmp_path: Path, silence: timedelta) -> None:
    file = heartbeat_file(tmp_path)
    beat(file, NOW)
    assert complaint(file, NOW + silence) is None


@pytest.mark.parametrize("silence", [LONGEST_SILENCE + SECOND, -LONGEST_SILENCE - SECOND])
def test_a_bot_that_has_not_beaten_for_long_is_not_well(tmp_path: Path, silence: timedelta) -> None:
    file = heartbeat_file(tmp_path)
    beat(file, NOW)
    assert complaint(file, NOW + silence) == (
        "the last heartbeat was at 2026-11-21 09:30:00 UTC; the bot hangs or is down"
    )


def test_the_newest_beat_counts_and_leaves_nothing_behind(tmp_path: Path) -> None:
    file = heartbeat_file(tmp_path)
    beat(file, NOW - timedelta(days=1))
    beat(file, NOW)
    assert (complaint(file, NOW), list(tmp_path.iterdir())) == (None, [file])


def test_a_bot_that_never_ran_is_not_well(tmp_path: Path) -> None:
    file = heartbeat_file(tmp_path)
    assert complaint(file, NOW) == f"{file} is missing: the bot has not run here"


@pytest.mark.parametrize("content", [b"", b"yesterday", b"\xff", b"2026-11-21T09:30:00"])
def test_what_is_no_heartbeat_is_not_well(tmp_path: Path, content: bytes) -> None:
    file = heartbeat_file(tmp_path)
    file.write_bytes(content)
    assert (complaint(file, NOW) or "").startswith(f"{file} cannot be read: ")


def health(data_dir: Path, **more: str) -> tuple[int, str]:
    environ = {"PATH": os.environ["PATH"], "ATTACHE_DATA_DIR": str(data_dir)} | more
    done = subprocess.run(
        [sys.executable, "-m", "bot.health"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    return done.returncode, done.stderr.strip()


def test_the_command_asks_for_the_bot_of_the_settings(tmp_path: Path) -> None:
    token = "1001:" + "a" * 35
    (tmp_path / "1001").mkdir()
    beat(heartbeat_file(tmp_path / "1001"), datetime.now(UTC))
    missing = heartbeat_file(tmp_path / "sandbox")
    assert health(tmp_path, ATTACHE_TELEGRAM_TOKEN=token) == (0, "")
    assert health(tmp_path) == (1, f"{missing} is missing: the bot has not run here")


def test_the_command_tells_wrong_settings_and_no_token(tmp_path: Path) -> None:
    status, said = health(tmp_path, ATTACHE_TELEGRAM_TOKEN="1001:short")
    assert (status, "ATTACHE_TELEGRAM_TOKEN" in said, "short" in said) == (1, True, False)
