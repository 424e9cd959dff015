"""The heartbeat: the running bot writes it, and whoever asks how the bot does reads its age.

`python -m bot.health` ends with status 0 where the bot of these settings is well, and says
what is wrong where it is not. It needs no network and opens no database.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.settings import SettingsError, load_settings

BEAT_EVERY = timedelta(seconds=15)
LONGEST_SILENCE = timedelta(seconds=60)


def heartbeat_file(folder: Path) -> Path:
    """Give the file of the heartbeat in a bot's folder."""
    return folder / "alive"


def beat(file: Path, now: datetime) -> None:
    """Write that the bot is alive; `now` is this machine's time, never a story's."""
    draft = file.with_suffix(".new")
    draft.write_text(now.isoformat(), encoding="ascii")
    draft.rename(file)  # so that nobody reads half a time


def complaint(file: Path, now: datetime) -> str | None:
    """Say what is wrong with the bot whose heartbeat this is; None where it is well."""
    try:
        beaten = datetime.fromisoformat(file.read_text(encoding="ascii"))
        silence = now - beaten
    except FileNotFoundError:
        return f"{file} is missing: the bot has not run here"
    except (OSError, ValueError, TypeError) as error:
        return f"{file} cannot be read: {error}"
    # Where the clock was set back, the beat lies ahead; the next one says whether it lives.
    if abs(silence) > LONGEST_SILENCE:
        return f"the last heartbeat was at {beaten:%Y-%m-%d %H:%M:%S} UTC; the bot hangs or is down"
    return None


def main() -> str | None:
    """Tell how the bot of these settings does."""
    try:
        folder = load_settings().bot_dir
    except SettingsError as error:
        return str(error)
    return complaint(heartbeat_file(folder), datetime.now(UTC))


if __name__ == "__main__":
    sys.exit(main())
