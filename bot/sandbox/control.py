"""The control API: all that a page or a test may do from outside the bot, as JSON over HTTP.

Here: reading back, the clock, faults, limits and the replay. What people do stands in
control_people.py, the live feed in live.py. Who may call at all is the server's matter.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from aiohttp import web
from pydantic import AwareDatetime, Field, model_validator

from bot.sandbox.cast import Cast
from bot.sandbox.clock import SandboxClock
from bot.sandbox.control_people import PeopleControl
from bot.sandbox.control_requests import (
    Body,
    RefusedError,
    number,
    optional_number,
    reading,
    refusing,
)
from bot.sandbox.control_state import describe
from bot.sandbox.faults import Rule
from bot.sandbox.files import image_size
from bot.sandbox.json_values import JsonObject
from bot.sandbox.live import Live
from bot.sandbox.replay_protocol import Replay
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import GENERAL_TOPIC, Chat, StoredFile

EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)
LATEST = datetime(2199, 12, 31, tzinfo=UTC)
FASTEST = 86_400.0  # a day a second
MOST_MESSAGES = 500
PAGE_OF_MESSAGES = 100
_SHOWN = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"\xff\xd8", "image/jpeg"),
    (b"RIFF", "image/webp"),
)


class _Clock(Body):
    now: AwareDatetime | None = None
    jump: Annotated[float, Field(description="seconds", allow_inf_nan=False)] | None = None
    rate: Annotated[float, Field(ge=0, le=FASTEST)] | None = None


class _Faults(Body):
    rules: tuple[Rule, ...] = ()
    seed: int = 0

    @model_validator(mode="before")
    @classmethod
    def _known(cls, given: Any) -> Any:  # noqa: ANN401 - JSON as it came
        names = {one.name for one in fields(Rule)}
        rules = given.get("rules") if isinstance(given, Mapping) else None
        for rule in rules if isinstance(rules, list) else []:
            unknown = sorted(rule.keys() - names) if isinstance(rule, Mapping) else []
            if unknown:
                raise ValueError(f"a rule has no {unknown[0]}")
        return given


class _Limits(Body):
    enabled: bool | None = None
    scale: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    all_per_second: Annotated[int, Field(gt=0)] | None = None
    chat_per_second: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    chat_burst: Annotated[int, Field(gt=0)] | None = None
    group_per_minute: Annotated[int, Field(gt=0)] | None = None


@dataclass(slots=True, kw_only=True)
class Control:
    """The control API of one sandbox; `zone` is the time zone that pages show."""

    telegram: Telegram
    clock: SandboxClock
    cast: Cast
    replay: Replay | None
    zone: str = "UTC"
    live: Live = field(init=False)
    _moving: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self.live = Live(telegram=self.telegram, clock=self._times)

    async def close(self, _: web.Application) -> None:
        """End the live feeds: for the app's `on_shutdown`."""
        self.live.close()

    def routes(self) -> list[web.RouteDef]:
        """List all routes of the control API."""
        faults = self.telegram.faults
        return [
            web.get("/control/state", refusing(self._state)),
            web.get("/control/chats/{chat_id}/messages", refusing(self._messages)),
            web.get("/control/feed", self.live.stream),
            web.get("/control/commands", refusing(self._commands)),
            web.get("/control/files/{file_id}", refusing(self._file)),
            web.get("/control/callbacks/{id}", refusing(self._callback)),
            web.get("/control/inline/{id}", refusing(self._inline)),
            web.get("/control/clock", refusing(self._read_clock)),
            web.post("/control/clock", reading(_Clock, self._set_clock)),
            web.get("/control/faults", refusing(self._read_faults)),
            web.put("/control/faults", reading(_Faults, self._set_faults)),
            web.delete("/control/faults", reading(Body, lambda _: faults.set([]))),
            web.get("/control/limits", refusing(self._read_limits)),
            web.patch("/control/limits", reading(_Limits, self._set_limits)),
            web.get("/control/oddities", refusing(self._oddities)),
            web.post("/control/replay/{move:restart|next-morning|next-news}", refusing(self._move)),
            *PeopleControl(telegram=self.telegram).routes(),
        ]

    # Reading back

    async def _state(self, _: web.Request) -> web.StreamResponse:
        state = describe(self.telegram, self.cast) | self._times()
        return web.json_response(state | {"position": self.live.position})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        chat_id, bot_id = number(request, "chat_id"), optional_number(request, "bot_id")
        before = optional_number(request, "before")
        limit = optional_number(request, "limit") or PAGE_OF_MESSAGES
        limit = max(1, min(limit, MOST_MESSAGES))
        chat = self.telegram.find_chat(chat_id, self.telegram.people.bot(bot_id).user.id)
        thread = optional_number(request, "thread")
        kept = _ids(chat, thread) if chat else []
        older = [one for one in kept if before is None or one < before]
        state = self.telegram.state
        shown = [state.shown(chat, chat.messages[one]) for one in older[-limit:]] if chat else []
        return web.json_response(
            {
                "messages": shown,
                "more": len(older) > limit,
                "sequence": self.telegram.feed.sequence,
            }
        )

    async def _commands(self, request: web.Request) -> web.StreamResponse:
        commands = self.telegram.commands(
            number(request, "person_id"),
            number(request, "chat_id"),
            bot_id=optional_number(request, "bot_id"),
        )
        return web.json_response({"commands": commands})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self.telegram.file(request.match_info["file_id"])
        if file is None:
            raise RefusedError("there is no such file", 404)
        return web.Response(body=file.data, headers=_file_headers(file))

    async def _callback(self, request: web.Request) -> web.StreamResponse:
        found = self.telegram.world.callbacks.get(request.match_info["id"])
        if found is None:
            raise RefusedError("no such button was pressed", 404)
        return web.json_response(asdict(found))

    async def _inline(self, request: web.Request) -> web.StreamResponse:
        found = self.telegram.world.inline_queries.get(request.match_info["id"])
        if found is None:
            raise RefusedError("there was no such inline query", 404)
        return web.json_response(asdict(found))

    async def _oddities(self, _: web.Request) -> web.StreamResponse:
        return web.json_response({"oddities": [asdict(one) for one in self.telegram.oddities]})

    # The clock and the replay

    def _times(self) -> JsonObject:
        now = self.clock.now().isoformat()
        replay = self.replay.position.as_json() if self.replay else None
        return {
            "clock": {"now": now, "rate": self.clock.rate, "zone": self.zone},
            "replay": replay,
        }

    async def _read_clock(self, _: web.Request) -> web.StreamResponse:
        return web.json_response(self._times())

    def _set_clock(self, wanted: _Clock) -> JsonObject:
        if wanted.now is not None and wanted.jump is not None:
            raise RefusedError("the clock is set or jumps, not both")
        now = self.clock.now()
        try:
            hour = (wanted.now or now) + timedelta(seconds=wanted.jump or 0)
        except OverflowError:
            raise RefusedError("the clock does not go that far") from None
        if not EARLIEST <= hour <= LATEST:
            raise RefusedError(f"the clock goes from {EARLIEST:%Y} to {LATEST:%Y}")
        if hour != now:
            self.clock.set(hour)
        if wanted.rate is not None:
            self.clock.set_rate(wanted.rate)
        self.live.clock_moved()
        return self._times()

    async def _move(self, request: web.Request) -> web.StreamResponse:
        if self.replay is None:
            raise RefusedError("there is no story to replay here", 404)
        if self._moving.locked():
            raise RefusedError("the replay is moving already", 409)
        moves = {
            "restart": self.replay.restart,
            "next-morning": self.replay.next_morning,
            "next-news": self.replay.next_news,
        }
        async with self._moving:
            try:
                await moves[request.match_info["move"]]()
            finally:
                self.live.clock_moved()
        return web.json_response(self._times())

    # Faults and limits

    async def _read_faults(self, _: web.Request) -> web.StreamResponse:
        plan = self.telegram.faults
        rules = [asdict(rule) for rule in plan.rules]
        return web.json_response({"rules": rules, "seed": plan.seed})

    def _set_faults(self, plan: _Faults) -> None:
        self.telegram.faults.set(list(plan.rules), plan.seed)

    async def _read_limits(self, _: web.Request) -> web.StreamResponse:
        return web.json_response(asdict(self.telegram.limits))

    def _set_limits(self, limits: _Limits) -> JsonObject:
        self.telegram.limits = replace(self.telegram.limits, **limits.model_dump(exclude_none=True))
        return asdict(self.telegram.limits)


def _ids(chat: Chat, thread: int | None) -> list[int]:
    """List a chat's messages, or those of one topic; the general topic's bear no id."""
    if thread is None:
        return sorted(chat.messages)
    return sorted(
        message.id
        for message in chat.messages.values()
        if (message.thread or GENERAL_TOPIC) == thread
    )


def _file_headers(file: StoredFile) -> dict[str, str]:
    # Only what is a picture by its first bytes is shown; all else is handed over to be
    # saved: a file that somebody sent must not run as a page of this address.
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=86400",
    }
    for beginning, mime_type in _SHOWN:
        if file.data.startswith(beginning) and image_size(file.data):
            return headers | {"Content-Type": mime_type}
    return headers | {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": "attachment",
    }
