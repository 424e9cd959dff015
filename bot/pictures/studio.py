"""Where pictures are drawn: off the event loop, one at a time, each only once.

The drawing, and Pillow with it, is imported when the first picture is asked for.
"""

import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from bot.pictures.chart import Chart, Theme

_MOST_WAITING = 16
_KEPT = 32  # pictures, of some 100 kB each

V = TypeVar("V")


class StudioBusyError(Exception):
    """So many pictures wait to be drawn that one more would come too late."""


class Recent(Generic[V]):
    """Keeps the values that were used last, at most so many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[str, V] = OrderedDict()

    def get(self, key: str) -> V | None:
        """Return the value of `key`, or None where it is not kept (any more)."""
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def keep(self, key: str, value: V) -> None:
        """Keep a value, and let go of the one that was used longest ago."""
        self._values[key] = value
        self._values.move_to_end(key)
        while len(self._values) > self._most:
            self._values.popitem(last=False)

    def drop(self, key: str) -> None:
        """Let go of the value of `key`."""
        self._values.pop(key, None)


class Studio:
    """Draws charts in a thread of its own, which ends with it."""

    def __init__(self, *, most_waiting: int = _MOST_WAITING, kept: int = _KEPT) -> None:
        self._most_waiting = most_waiting
        self._drawn: Recent[bytes] = Recent(kept)
        self._waiting: dict[str, asyncio.Future[bytes]] = {}
        self._thread: ThreadPoolExecutor | None = None

    async def picture(self, chart: Chart, theme: Theme) -> bytes:
        """Return the chart as a PNG. Raises `StudioBusyError` where too many wait."""
        key = chart.key(theme)
        if drawn := self._drawn.get(key):
            return drawn
        begun = self._waiting.get(key) or self._begin(key, chart, theme)
        # Several may wait for one picture; who gives up does not take it from the others.
        return await asyncio.shield(begun)

    def _begin(self, key: str, chart: Chart, theme: Theme) -> asyncio.Future[bytes]:
        if len(self._waiting) >= self._most_waiting:
            raise StudioBusyError
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="pictures")
        begun = asyncio.get_running_loop().run_in_executor(self._thread, _draw, chart, theme)
        self._waiting[key] = begun

        def done(ended: asyncio.Future[bytes]) -> None:
            del self._waiting[key]
            if not ended.cancelled() and ended.exception() is None:
                self._drawn.keep(key, ended.result())

        begun.add_done_callback(done)
        return begun


def _draw(chart: Chart, theme: Theme) -> bytes:
    from bot.pictures.drawing import draw  # noqa: PLC0415 (Pillow is for those who ask for it)

    return draw(chart, theme)
