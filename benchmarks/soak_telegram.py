"""The sandbox of a soak, as a process of its own: all that it was asked for is written down.

Run with a plan as JSON; says its address, serves until SIGTERM. Its readers write commands
that nothing else answers in the same words. What it wrote down is told at /soak/record.
"""

import asyncio
import gc
import json
import random
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from aiohttp import web

from benchmarks.soak_plan import ADMIN, BEGINS, LONG_WAIT, Plan
from bot.sandbox.cast import Cast
from bot.sandbox.clock import SandboxClock
from bot.sandbox.control import Control
from bot.sandbox.faults import Fault, FaultPlan, Rule
from bot.sandbox.json_values import Json
from bot.sandbox.limits import Limits
from bot.sandbox.params import Upload
from bot.sandbox.server import build_server_app, serving
from bot.sandbox.telegram import Answer, Telegram
from bot.sandbox.world import Bot, ChatType

_NO_FILES: Mapping[str, Upload] = {}
_NO_PARAMS: Mapping[str, Json] = {}
_COMMANDS = ("/who {}", "/search {}", "/{}", "{}")
_STEP = 0.05  # real seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One sendMessage as it came in; without `message` nothing was delivered.

    `at` is in seconds of the clock, which only grow: jumps are not in it.
    """

    at: float
    chat: int
    text: str
    status: int
    message: int | None
    fault: str | None
    seconds: float = 0.0  # of the fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One command that a reader wrote; `word` stands in each answer to it."""

    at: float
    chat: int
    word: str


class _Faults(FaultPlan):
    """A plan that remembers what it did last."""

    struck: Rule | None = None

    def strike(self, method: str, chat_id: int | None, at: float) -> Rule | None:
        self.struck = super().strike(method, chat_id, at)
        return self.struck

    def taken(self) -> Rule | None:
        """Return what struck last, once."""
        struck, self.struck = self.struck, None
        return struck


class WatchedTelegram(Telegram):
    """The sandbox, writing down each message that the bot wants sent."""

    def __init__(self, clock: SandboxClock, *, rate: float) -> None:
        super().__init__(clock, limits=Limits(scale=rate))
        self.rate = rate
        self.requests: list[Request] = []
        self.faults = self._watched = _Faults()

    @property
    def elapsed(self) -> float:
        """Give seconds of the clock that only grow."""
        return self.clock.elapsed() * self.rate

    def request(
        self,
        token: str,
        method: str,
        params: Mapping[str, Json] = _NO_PARAMS,
        files: Mapping[str, Upload] = _NO_FILES,
    ) -> Answer:
        """Carry out a method; note what became of a message."""
        if method.lower() != "sendmessage":
            return super().request(token, method, params, files)
        at = self.elapsed
        answer = super().request(token, method, params, files)
        struck = self._watched.taken()
        result = answer.body.get("result")
        self.requests.append(
            Request(
                at=at,
                chat=int(str(params["chat_id"])),
                text=str(params["text"]),
                status=answer.status,
                message=result["message_id"] if isinstance(result, dict) else None,
                fault=struck.fault if struck else None,
                seconds=struck.seconds if struck else 0.0,
            )
        )
        return answer


@dataclass(slots=True, kw_only=True)
class Readers:
    """Those who write commands, each every so often, except where Telegram lets nothing through."""

    telegram: WatchedTelegram
    plan: Plan
    asked: list[Asked] = field(default_factory=list)
    quiet: bool = False

    async def write(self) -> None:
        """Write until cancelled; `quiet` lets them rest."""
        dice = random.Random(f"readers {self.plan.seed}")  # noqa: S311 (repeatable on purpose)
        readers = self.plan.people[: self.plan.readers]
        chance = _STEP / self.plan.command_every
        looked, closed = 0, set[int]()
        while True:
            await asyncio.sleep(_STEP)
            if self.quiet:
                continue
            new, looked = self.telegram.requests[looked:], len(self.telegram.requests)
            closed |= {r.chat for r in new if r.fault == Fault.FLOOD and r.seconds == LONG_WAIT}
            for reader in readers:
                if reader not in closed and dice.random() < chance:
                    self._ask(reader, dice.choice(_COMMANDS))

    def _ask(self, reader: int, command: str) -> None:
        word = f"zq{len(self.asked)}x"
        self.asked.append(Asked(at=self.telegram.elapsed, chat=reader, word=word))
        self.telegram.people.send_text(reader, reader, command.format(word))

    def routes(self) -> list[web.RouteDef]:
        """List the routes by which a soak follows."""
        return [
            web.get("/soak/progress", self._progress),
            web.post("/soak/quiet", self._rest),
            web.get("/soak/record", self._record),
        ]

    async def _progress(self, _: web.Request) -> web.Response:
        waiting = len(self.telegram.people.bot(None).updates)
        shown = {"requests": len(self.telegram.requests), "asked": len(self.asked)}
        return web.json_response(shown | {"waiting": waiting})

    async def _rest(self, _: web.Request) -> web.Response:
        self.quiet = True
        return web.json_response({})

    async def _record(self, _: web.Request) -> web.Response:
        transcript = {
            chat: [[m["message_id"], m["text"]] for m in self._messages(chat)]
            for chat in self.plan.subscribed
        }
        return web.json_response(
            {
                "requests": [asdict(one) for one in self.telegram.requests],
                "asked": [asdict(one) for one in self.asked],
                "transcript": transcript,
                "oddities": [asdict(one) for one in self.telegram.oddities],
            }
        )

    def _messages(self, chat: int) -> list[dict[str, Json]]:
        shown = self.telegram.transcript(chat)
        return [m for m in shown if "text" in m and m.get("from", {}).get("is_bot")]


def populate(telegram: Telegram, plan: Plan) -> Cast:
    """Let everybody have started the bot, without an update that tells so."""
    bot = telegram.people.bot(None)
    for person in (ADMIN, *plan.people):
        telegram.people.add("Reader", person_id=person)
        telegram.people.private_chat(person)
    for group in plan.subscribed[len(plan.people) :]:
        telegram.groups.create(
            ADMIN, "Desk", type=ChatType.SUPERGROUP, members=(bot.user.id,), chat_id=group
        )
    _forget_updates(bot)
    return Cast(people=(ADMIN,), admin_id=ADMIN, group_id=0)


def _forget_updates(bot: Bot) -> None:
    bot.updates.clear()


async def serve(plan: Plan) -> None:
    """Serve the sandbox of a plan until SIGTERM."""
    clock = SandboxClock(seconds=time.monotonic, started=BEGINS, rate=plan.rate)
    telegram = WatchedTelegram(clock, rate=plan.rate)
    cast = populate(telegram, plan)
    telegram.faults.set(plan.faults(), plan.seed)
    readers = Readers(telegram=telegram, plan=plan)
    control = Control(telegram=telegram, clock=clock, cast=cast, replay=None)
    app = build_server_app(telegram, control.routes(), readers.routes())
    app.on_shutdown.append(control.close)
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    # Not what is measured here: a heap of so many chats takes a second to look through.
    gc.disable()
    async with serving(app, port=0) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        clock.set(BEGINS)
        writing = asyncio.ensure_future(readers.write())
        await stopped.wait()
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(serve(Plan(**json.loads(sys.argv[1]))))
