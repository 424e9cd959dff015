"""Telegram's end: the sandbox with its limits on, what arrived there, and what goes wrong."""

import asyncio
import json
import random
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus

from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from bot.sandbox.clock import Clock
from bot.sandbox.errors import TelegramError
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.json_values import Json, JsonObject
from bot.sandbox.limits import Limits, Meter
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import Chat
from bot.transport import DisconnectedError, NotConnectedError, ReadTimedOutError
from store.ledger.values import Owed

CURRENT: ContextVar[Owed] = ContextVar("CURRENT")  # the part whose sending a task carries out
_DELAYS = (0.0, 0.0, 0.01, 0.1, 0.4, 1.5)  # seconds, either way
_BAD_GATEWAY = json.dumps({"ok": False, "error_code": 502, "description": "Bad Gateway"}).encode()


class Mishap(StrEnum):
    """What the sandbox's own fault plan does not have."""

    UNREACHABLE = "unreachable"  # no connection: nothing arrived
    LATE_502 = "late 502"  # it arrived, and the machine in front of Telegram failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A message that a chat has got."""

    chat: int
    message: int
    text: str


class WatchedMeter(Meter):
    """The limits, and when they were broken: the moments of refusals that nobody planned."""

    def __init__(self) -> None:
        super().__init__(Limits())
        self.refused: list[float] = []

    def charge(self, bot_id: int, chat: Chat, at: float, messages: int = 1) -> None:
        try:
            super().charge(bot_id, chat, at, messages)
        except TelegramError:
            self.refused.append(at)
            raise


@dataclass(slots=True)
class Server:
    """The sandbox, with a list of what arrived for each delivery."""

    clock: Clock
    seed: int
    telegram: Telegram = field(init=False)
    meter: WatchedMeter = field(default_factory=WatchedMeter)
    arrivals: defaultdict[int, list[Arrival]] = field(default_factory=lambda: defaultdict(list))
    mishaps: deque[Mishap] = field(default_factory=deque)
    flooded: set[int] = field(default_factory=set)
    failed: Counter[int] = field(default_factory=Counter)  # 5xx, for each delivery
    set_back: bool = False  # the hour was, once: it tells nothing about how long a chat waits
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311 (repeatable on purpose)
        self.telegram = Telegram(self.clock)
        self.telegram.meter = self.meter
        self.telegram.observe(self)

    def on_call(self, method: str, params: JsonObject, result: Json) -> None:
        del params
        if method == "sendMessage" and isinstance(result, dict):
            arrival = Arrival(
                chat=result["chat"]["id"], message=result["message_id"], text=result["text"]
            )
            self.arrivals[CURRENT.get().delivery].append(arrival)

    def on_update(self, update: JsonObject) -> None:
        """See nothing in it: no bot asks for updates here."""

    async def travel(self) -> None:
        await asyncio.sleep(self.dice.choice(_DELAYS))


class Wire(InProcessRequest):
    """The way to Telegram: takes its time, breaks as the real one does, ends with its process."""

    def __init__(self, server: Server, cross: Callable[[], None]) -> None:
        super().__init__(server.telegram)
        self._server = server
        self._cross = cross

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: object,
        **named: object,
    ) -> tuple[int, bytes]:
        del timeouts, named
        server = self._server
        self._cross()
        await server.travel()
        self._cross()
        mishap = server.mishaps.popleft() if server.mishaps else None
        if mishap is Mishap.UNREACHABLE:
            raise NotConnectedError("sendMessage: not sent, no connection")
        try:
            status, body = await super().do_request(url, method, request_data)
        except TimedOut:
            raise ReadTimedOutError("sendMessage: no answer in time") from None
        except NetworkError:
            raise DisconnectedError("sendMessage: disconnected") from None
        if mishap is Mishap.LATE_502 and status == HTTPStatus.OK:
            status, body = HTTPStatus.BAD_GATEWAY, _BAD_GATEWAY
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            server.flooded.add(CURRENT.get().chat)
        server.failed[CURRENT.get().delivery] += status >= HTTPStatus.INTERNAL_SERVER_ERROR
        await server.travel()
        self._cross()
        return status, body
