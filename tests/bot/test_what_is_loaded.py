"""What a start leaves to the first who needs it: it would cost each start time and memory."""

import subprocess
import sys
from pathlib import Path

import pytest

SELDOM = {
    "babel",  # of languages other than English
    "feedparser",  # of feeds
    "icalendar",  # of /export
    "lxml",
    "PIL",  # of pictures
    "prometheus_client",  # of /metrics
    "prompt_toolkit",  # of attache chat
    "python_socks",  # of a SOCKS proxy
    "rapidfuzz",  # of slips
    "trafilatura",  # of web pages
    "tzfpy",  # of the zone of a place
    "yaml",
    "bot.commands.articles",
    "bot.sandbox.server",
    "store.ingest.extract",
    "store.ingest.forms",
    "store.knowledge.making.remaking",
}


def loaded(code: str) -> set[str]:
    """Return which of what is seldom needed another Python has loaded after `code`."""
    done = subprocess.run(  # noqa: S603 (our own interpreter)
        [sys.executable, "-c", f"{code}\nfinally: print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    return SELDOM & set(done.stdout.splitlines()[-1].split())


def test_the_bot_is_ready_without_what_is_seldom_needed() -> None:
    code = "import sys\ntry: import bot.cli, bot.running"
    assert loaded(code) == set()


@pytest.mark.timeout(60)
def test_what_makes_a_story_is_loaded_where_it_has_changed(tmp_path: Path) -> None:
    words = ["attache", "ask", "/help", "--data-dir", str(tmp_path)]
    code = f"import sys\nsys.argv = {words}\ntry:\n from bot.__main__ import main\n main()"
    making = {"store.ingest.forms", "store.knowledge.making.remaking", "yaml"}
    assert [loaded(code) & making for _ in range(2)] == [making, set()]
