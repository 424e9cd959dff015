"""The live feed: server-sent events that go on where a page left off.

A position is what a page hands back to resume: this run of the sandbox and the last event's
number. The run is part of it because numbers repeat where a snapshot was restored.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from bot.sandbox.json_values import JsonObject
from bot.sandbox.telegram import Telegram

HEARTBEAT = 15.0  # a dead connection is noticed by writing to it


@dataclass(slots=True, kw_only=True)
class Live:
    """Streams what happens, and where the clock stands, to any number of pages."""

    telegram: Telegram
    clock: Callable[[], JsonObject]
    heartbeat: float = HEARTBEAT
    _run: str = field(init=False)
    _closed: bool = False
    _moved: int = 0
    _pages: set[asyncio.Event] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._run = f"{self.telegram.clock.elapsed():.6f}"

    @property
    def position(self) -> str:
        """Give the position of now."""
        return self._position(self.telegram.feed.sequence)

    def _position(self, sequence: int) -> str:
        return f"{self._run}-{sequence}"

    def clock_moved(self) -> None:
        """Tell all pages the clock, and the replay, anew."""
        self._moved += 1
        self._wake()

    def close(self) -> None:
        """End all streams, so that a server that stops need not wait for them."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        for page in self._pages:
            page.set()

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Answer one page until it goes: what it missed, then what happens."""
        given = request.headers.get("Last-Event-ID") or request.query.get("after")
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        wake = asyncio.Event()
        unwatch = self.telegram.watch_feed(lambda _: wake.set())
        self._pages.add(wake)
        try:
            await response.prepare(request)
            await self._feed(response, wake, self._sequence(given or self.position))
        except ConnectionResetError:
            pass  # the page has gone
        finally:
            unwatch()
            self._pages.discard(wake)
        return response

    def _sequence(self, position: str) -> int | None:
        run, _, sequence = position.rpartition("-")
        return int(sequence) if run == self._run and sequence.isdecimal() else None

    async def _feed(
        self, response: web.StreamResponse, wake: asyncio.Event, sequence: int | None
    ) -> None:
        moved = -1
        while not self._closed:
            feed = self.telegram.feed
            if sequence is None or not feed.first <= sequence <= feed.sequence:
                await response.write(_event({}, name="reload", position=self.position))
                return
            wake.clear()
            lines = []
            if moved != self._moved:
                moved = self._moved
                lines.append(_event(self.clock(), name="clock"))
            lines += self._after(sequence)
            sequence = feed.sequence
            if lines:
                await response.write(b"".join(lines))
                continue
            try:
                async with asyncio.timeout(self.heartbeat):
                    await wake.wait()
            except TimeoutError:
                await response.write(b": still here\n\n")

    def _after(self, sequence: int) -> list[bytes]:
        return [
            _event(
                {
                    "kind": event.kind.value,
                    "bot_id": event.bot_id,
                    "chat_id": event.chat_id,
                    "data": event.data,
                    "sequence": event.sequence,
                },
                position=self._position(event.sequence),
            )
            for event in self.telegram.events_after(sequence)
        ]


def _event(data: JsonObject, *, name: str | None = None, position: str | None = None) -> bytes:
    head = (f"event: {name}\n" if name else "") + (f"id: {position}\n" if position else "")
    return f"{head}data: {json.dumps(data)}\n\n".encode()
