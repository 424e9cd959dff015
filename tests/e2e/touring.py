"""`attache run` for a whole tour: one bot and one browser for many tests, a new person for each.

Pacing and flood limits are wide open: a test presses faster than people do.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from store.ingest.loading import packaged_summaries
from tests.browser import Browser

PATIENCE = 20
_HASTE = {
    "ATTACHE_ANSWERS_PER_MINUTE": "10000",
    "ATTACHE_SECONDS_BETWEEN_MESSAGES": "0.01",
    "ATTACHE_MESSAGES_PER_SECOND": "1000",
    "ATTACHE_MESSAGES_PER_MINUTE_TO_GROUP": "1000",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """A running bot: where its page is, and which files it briefs on."""

    address: str
    summaries: Path

    def act(self, path: str, **body: object) -> Any:  # noqa: ANN401 - JSON as it comes
        """Do something by the control API, beside the page."""
        method = "PATCH" if path == "limits" else "POST"
        return self._request(method, path, json.dumps(body))

    def _request(self, method: str, path: str, body: str | None = None) -> Any:  # noqa: ANN401
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        try:
            headers = {"Content-Type": "application/json"}
            connection.request(method, f"/control/{path}", body, headers)
            answered = connection.getresponse()
            read = json.loads(answered.read())
            assert answered.status == 200, read
            return read
        finally:
            connection.close()

    def person(self, name: str) -> int:
        """Make somebody new, and return who it is."""
        return int(self.act("people", first_name=name)["person"]["id"])

    def newcomer(self, page: Browser, name: str) -> int:
        """Let somebody new begin a private chat with the bot on the page; return who it is."""
        person = self.person(name)
        self.enter(page, person)
        page.click(".instead button", "Start")
        page.find(".theirs", "Talks on Ukraine")
        return person

    def enter(self, page: Browser, person: int) -> None:
        """Open the page as somebody."""
        page.open(f"{self.address}#{person}")
        page.find("#chat-subtitle", "you are")

    def messages(self, chat: int) -> list[str]:
        """Return the texts of all messages in a chat."""
        read = self._request("GET", f"chats/{chat}/messages")
        return [str(message.get("text", "")) for message in read["messages"]]

    def now(self) -> datetime:
        """Return the hour on the bot's clock."""
        return datetime.fromisoformat(self._request("GET", "clock")["clock"]["now"])

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds in the sandbox."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def set_clock(self, hour: datetime) -> None:
        self.act("clock", now=hour.isoformat())


@contextmanager
def touring(folder: Path) -> Iterator[Tour]:
    """Run the bot with its sandbox, and with files of its own that a test may edit."""
    summaries = folder / "summaries"
    shutil.copytree(packaged_summaries(), summaries, ignore=shutil.ignore_patterns("__*", "R*"))
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "ATTACHE_DATA_DIR": str(folder / "data"),
        "ATTACHE_SUMMARIES": str(summaries),
        "ATTACHE_SANDBOX_LISTEN": "127.0.0.1:0",
        "ATTACHE_HEALTH_LISTEN": "127.0.0.1:0",
        "PYTHONUNBUFFERED": "1",
        **_HASTE,
    }
    command = [sys.executable, "-m", "bot", "run", "--no-browser"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(  # noqa: S603 (our own program)
        command, env=environment, cwd=root, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        tour = Tour(address=process.stdout.readline().split()[3], summaries=summaries)
        try:
            tour.act("limits", enabled=False)
            yield tour
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
