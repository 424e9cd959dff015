#!/usr/bin/env python3
"""Run bots that know nothing of us against `attache sandbox`, and play the person to them.

    drive.py NAME ATTACHE COMMAND...

ATTACHE is the program to test; COMMAND starts the bot, and gets the sandbox's address, a
token, and `poll` or `webhook`. Each check says PASS or FAIL; the last line counts them.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError

from checks import POLLING, WEBHOOK, Check, Stage
from person import MissingError, Person, wait_for

ADA, JONAS, GROUP = 1001, 1002, -4_000_000_001  # the sandbox's own cast
SECONDS_TO_STOP = 15
NEEDED = ("PATH", "HOME", "LANG", "SSL_CERT_FILE")


def main() -> int:
    """Check one client by polling, then by webhook; give the exit status."""
    name, attache, *bot = sys.argv[1:]
    results: list[bool] = []
    with tempfile.TemporaryDirectory() as folder:
        for mode, checks in (("poll", POLLING), ("webhook", WEBHOOK)):
            place = Path(folder, mode)
            place.mkdir()
            results += check_all(f"{name}, {mode}", place, attache, [*bot], mode, checks)
    passed = sum(results)
    say(f"{name}: {passed} passed, {len(results) - passed} failed")
    return 0 if all(results) else 1


def check_all(
    name: str, folder: Path, attache: str, bot: list[str], mode: str, checks: tuple[Check, ...]
) -> list[bool]:
    """Run the checks with a new sandbox and a new bot."""
    listen = ["sandbox", "--sandbox-listen", "127.0.0.1:0", "--data-dir", str(folder / "data")]
    results: list[bool] = []
    sandbox_log, bot_log = folder / "sandbox.log", folder / "bot.log"
    with process([attache, *listen], sandbox_log) as sandbox:
        url, token = where(sandbox_log)
        ada, jonas = Person(url, ADA), Person(url, JONAS, GROUP)
        ada.send("limits", "PATCH", enabled=False)  # the checks bring their own
        stage = Stage(
            ada=ada,
            jonas=jonas,
            api=f"{url}/bot{token}",
            username=ada.get("state")["bots"][0]["username"],
        )
        with process([*bot, url, token, mode], bot_log) as client:
            results += [is_passed(name, check, stage) for check in checks]
        results.append(is_stopped(f"{name}: the bot stops when told to", client))
    results.append(is_stopped(f"{name}: the sandbox stops when told to", sandbox))
    if not all(results):
        for log in (sandbox_log, bot_log):
            say(f"---- {log.name}\n{log.read_text()}----")
    return results


def is_passed(name: str, check: Check, stage: Stage) -> bool:
    """Run one check and say what came of it."""
    what, begun = f"{name}: {(check.__doc__ or check.__name__).rstrip('.')}", time.monotonic()
    try:
        check(stage)
    except (
        AssertionError,
        MissingError,
        LookupError,
        URLError,
        HTTPException,
        ValueError,
    ) as error:
        say(f"FAIL {what}\n     {type(error).__name__}: {error}")
        return False
    say(f"PASS {what} ({time.monotonic() - begun:.1f} s)")
    return True


def is_stopped(what: str, ended: subprocess.Popen[bytes]) -> bool:
    """Say whether a process ended by itself and well."""
    say(f"PASS {what}" if ended.returncode == 0 else f"FAIL {what}: status {ended.returncode}")
    return ended.returncode == 0


@contextmanager
def process(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command with next to no environment; end it by SIGTERM, else by SIGKILL."""
    environ = {name: os.environ[name] for name in NEEDED if name in os.environ}
    with log.open("wb") as out:
        running = subprocess.Popen(  # noqa: S603 (the command is .ci/clients/run's)
            command, stdout=out, stderr=subprocess.STDOUT, cwd=log.parent, env=environ
        )
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def where(log: Path) -> tuple[str, str]:
    """Wait until the sandbox says its address and its token."""

    def look() -> tuple[str, str] | None:
        found = re.search(r"(http://\S+)/bot<token>.* token (\S+)", log.read_text())
        return (found[1], found[2]) if found else None

    return wait_for("the sandbox's address", look)


def say(text: str) -> None:
    """Print at once, whatever stands behind standard output."""
    print(text, flush=True)  # noqa: T201 (what a script is for)


if __name__ == "__main__":
    sys.exit(main())
