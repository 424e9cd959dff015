"""A soak: the bot as a real process, killed again and again while it sends, and then judged.

`make soak`, or `python -m benchmarks.soak --help`. Prints what was owed, sent, lost and
repeated, and exits with 1 where a figure is not as it must be.
"""

import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import click

from benchmarks import soak_ledger as ledger
from benchmarks.soak_plan import ADMIN, Death, Plan, write_story
from benchmarks.soak_telegram import Asked, Request
from benchmarks.soak_verdict import Evidence, faults_of, judge
from bot.sandbox.telegram import SANDBOX_TOKEN

PARTS = 2  # of a digest of the soak's story
_ROOT = Path(__file__).parents[1]
_PATIENCE = 60.0  # real seconds without any progress
_LOOK = 0.02  # real seconds
_SOON = 300.0  # seconds of the clock: what is put off for longer is passed by a jump
_MOST_JUMPS = 8


class SoakError(Exception):
    """The soak could not go on."""


@dataclass(slots=True, kw_only=True)
class Soak:
    """One soak under way, in `folder`."""

    plan: Plan
    folder: Path
    say: Callable[[str], None]
    http: aiohttp.ClientSession
    url: str
    bot: Process | None = None
    in_flight: set[tuple[int, int]] = field(default_factory=set)
    unclean_stops: int = 0
    log_from: int = 0  # where the log of the running bot begins

    @property
    def ledger(self) -> Path:
        """Say where the bot keeps its ledger."""
        return ledger_path(self.folder)

    async def start(self) -> None:
        """Start the bot."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "ATTACHE_TELEGRAM_TOKEN": SANDBOX_TOKEN,
            "ATTACHE_TELEGRAM_API_URL": self.url,
            "ATTACHE_CLOCK_URL": f"{self.url}/control/clock",
            "ATTACHE_DATA_DIR": str(self.folder / "data"),
            "ATTACHE_SUMMARIES": str(self.folder / "story"),
            "ATTACHE_HEALTH_LISTEN": "127.0.0.1:0",
            "ATTACHE_UNCERTAIN": self.plan.uncertain,
            "ATTACHE_ADMINS": str(ADMIN),
        }
        with (self.folder / "log").open("ab") as log:
            self.log_from = log.tell()
            self.bot = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=environment, cwd=_ROOT, stderr=log
            )

    async def kill(self) -> None:
        """Kill the bot, and note what was in flight."""
        await self._end(signal.SIGKILL)
        self.in_flight |= ledger.in_flight(self.ledger)

    async def stop(self) -> None:
        """Stop the bot as an operator does, and look whether it left the ledger clean."""
        await self._up()
        status = await self._end(signal.SIGTERM)
        sending = ledger.in_flight(self.ledger)
        self.unclean_stops += bool(sending) or status != 0
        self.in_flight |= sending

    async def _up(self) -> None:
        """Wait until the bot answers: a signal before Python has begun it ends it unheard."""
        since = time.monotonic()
        while b" answers" not in (self.folder / "log").read_bytes()[self.log_from :]:
            self._check("the bot does not come up", since)
            await asyncio.sleep(_LOOK)

    async def _end(self, how: signal.Signals) -> int:
        bot = self._check("it does not end", time.monotonic())
        bot.send_signal(how)
        return await asyncio.wait_for(bot.wait(), _PATIENCE)

    def _check(self, what: str, since: float) -> Process:
        """Raise `SoakError` where nothing got on since then, or the bot has ended by itself."""
        if self.bot is None or self.bot.returncode is not None:
            raise SoakError(f"the bot ended by itself:\n{self.log_tail()}")
        if time.monotonic() - since > _PATIENCE:
            raise SoakError(f"{what}:\n{self.log_tail()}")
        return self.bot

    def log_tail(self) -> str:
        """Return the end of the bot's log."""
        return (self.folder / "log").read_text(encoding="utf-8")[-3000:]

    async def ask(self, method: str, path: str, **body: object) -> dict[str, Any]:
        """Ask the sandbox's process for something."""
        async with self.http.request(method, self.url + path, json=body or None) as answer:
            told: dict[str, Any] = await answer.json()
            return told

    async def requests(self) -> int:
        """Return how many messages the sandbox was asked to deliver."""
        return int((await self.ask("GET", "/soak/progress"))["requests"])

    async def die(self, deaths: list[Death]) -> None:
        """Kill and start again at each of the moments."""
        for number, death in enumerate(deaths, start=1):
            if death.after is not None:
                await self.until(death.after)
            await asyncio.sleep(death.wait)
            await self.kill()
            self.say(f"kill {number} of {len(deaths)}, after {await self.requests()} requests")
            await self.start()

    async def until(self, wanted: int) -> None:
        """Wait for so many requests; they may not stand still too long."""
        seen, since = -1, time.monotonic()
        while (new := await self.requests()) < wanted:
            if new != seen:
                seen, since = new, time.monotonic()
            self._check(f"nothing is sent any more, at {new}", since)
            await asyncio.sleep(_LOOK)

    async def finish(self) -> None:
        """Wait until all is sent; long waits are passed by jumps of the clock.

        For a jump the bot is stopped: how long Telegram wants to be left alone it also
        keeps by a clock of its own, which does not jump.
        """
        for _ in range(_MOST_JUMPS):
            await self._drain()
            await self._rest()
            await self.stop()
            waiting, latest = ledger.left(self.ledger)
            if not waiting or latest is None:
                return
            now = await self._now()
            self.say(f"{waiting} parts wait for long: the clock jumps {latest - now:,.0f} s")
            await self.ask("POST", "/control/clock", jump=max(0.0, latest - now) + 1)
            await self.start()
        raise SoakError(f"parts are put off again and again:\n{self.log_tail()}")

    async def _drain(self) -> None:
        left, since = -1, time.monotonic()
        while new := ledger.owed_before(self.ledger, await self._now() + _SOON):
            if new != left:
                left, since = new, time.monotonic()
            self._check(f"{new} parts are owed and not sent", since)
            await asyncio.sleep(_LOOK * 10)

    async def _rest(self) -> None:
        """Let the readers rest, and what they wrote be answered."""
        await self.ask("POST", "/soak/quiet")
        deadline = time.monotonic() + _PATIENCE
        while (await self.ask("GET", "/soak/progress"))["waiting"] or ledger.waiting_updates(
            self.ledger
        )[0]:
            if time.monotonic() > deadline:
                return  # they count as lost
            await asyncio.sleep(_LOOK * 10)

    async def _now(self) -> float:
        shown = (await self.ask("GET", "/control/clock"))["clock"]["now"]
        return datetime.fromisoformat(shown).timestamp()

    async def evidence(self) -> Evidence:
        """Return what both sides know at the end."""
        told = await self.ask("GET", "/soak/record")
        return Evidence(
            plan=self.plan,
            debts=ledger.debts(self.ledger),
            requests=[Request(**one) for one in told["requests"]],
            transcript={int(chat): shown for chat, shown in told["transcript"].items()},
            asked=[Asked(**one) for one in told["asked"]],
            in_flight=len(self.in_flight),
            aside=ledger.waiting_updates(self.ledger)[1],
            unclean_stops=self.unclean_stops,
        )


def ledger_path(folder: Path) -> Path:
    """Say where the bot keeps its ledger below `folder`."""
    return folder / "data" / SANDBOX_TOKEN.partition(":")[0] / "ledger.db"


@asynccontextmanager
async def sandbox(plan: Plan) -> AsyncIterator[str]:
    """Run the sandbox as a process of its own; give its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.soak_telegram", json.dumps(asdict(plan))),
        cwd=_ROOT,
        stdout=PIPE,
    )
    try:
        if process.stdout is None or not (line := await process.stdout.readline()):
            raise SoakError("the sandbox did not start")
        yield line.decode().strip()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def soak(plan: Plan, folder: Path, say: Callable[[str], None]) -> bool:
    """Carry out a soak in an empty folder; tell whether all held."""
    write_story(folder / "story")
    await ledger.fill(ledger_path(folder), plan)
    timeout = aiohttp.ClientTimeout(total=_PATIENCE)
    async with sandbox(plan) as url, aiohttp.ClientSession(timeout=timeout) as http:
        begun = time.monotonic()
        running = Soak(plan=plan, folder=folder, say=say, http=http, url=url)
        try:
            await running.start()
            await running.die(plan.deaths(PARTS * plan.chats))
            say("no more kills; the rest is sent")
            await running.finish()
        finally:
            if running.bot is not None and running.bot.returncode is None:
                running.bot.kill()
                await running.bot.wait()
        took = time.monotonic() - begun
        evidence = await running.evidence()
    return _report(evidence, took, say)


def _report(evidence: Evidence, took: float, say: Callable[[str], None]) -> bool:
    plan, findings = evidence.plan, judge(evidence)
    rate = len(evidence.requests) / took
    say(
        f"\n{plan.chats} chats, {plan.groups} of them groups; {plan.readers} readers; "
        f"{plan.kills} kills, {evidence.in_flight} parts in flight at them; seed {plan.seed}"
    )
    say(f"faults: {faults_of(evidence.requests)}")
    for finding in findings:
        say(str(finding))
    say(
        f"{took:.0f} s, {len(evidence.requests)} requests, {rate:.0f} a second; the clock ran "
        f"{plan.rate:g} times as fast, which allows {25 * plan.rate:.0f} a second"
    )
    return all(finding.holds for finding in findings)


@click.command()
@click.option("--chats", default=20_000, help="Chats that get a digest of two parts.")
@click.option("--groups", default=1_000, help="How many of them are groups.")
@click.option("--readers", default=300, help="Readers that write commands all the time.")
@click.option("--kills", default=20, help="How often the bot is killed.")
@click.option("--rate", default=20.0, help="How fast the sandbox's clock runs.")
@click.option("--faulty", default=0.03, help="Share of the answers that are faulty.")
@click.option("--spread", default=20, help="Minutes of the clock over which digests fall due.")
@click.option("--uncertain", default="leave", help="ATTACHE_UNCERTAIN: leave or resend.")
@click.option("--seed", default=None, type=int, help="Repeat a soak; else a new one each time.")
@click.option("--keep", default=None, type=click.Path(path_type=Path), help="Folder for its files.")
def main(seed: int | None, keep: Path | None, **given: Any) -> None:  # noqa: ANN401 (click's values)
    """Send digests to many chats while the bot is killed, and judge what arrived."""
    chosen = random.SystemRandom().randrange(1_000_000) if seed is None else seed
    plan = Plan(seed=chosen, **given)
    click.echo(f"seed {chosen}")
    with tempfile.TemporaryDirectory(prefix="soak") as made:
        folder = keep or Path(made)
        folder.mkdir(exist_ok=True)
        try:
            held = asyncio.run(soak(plan, folder, click.echo))
        except (SoakError, TimeoutError) as error:
            click.echo(f"! {error}", err=True)
            held = False
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
