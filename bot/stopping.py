"""Being told to stop: SIGINT and SIGTERM, heeded from the first moment to the last."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any


class Stopping:
    """Whether the process was told to stop; made inside its event loop, once."""

    def __init__(self) -> None:
        self._told = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._told.set)

    async def wait(self) -> None:
        """Wait until the process is told to stop."""
        await self._told.wait()

    async def unless_told(self, work: Coroutine[Any, Any, object]) -> bool:
        """Do `work` until it is done or the process is told to stop; tell whether it was done."""
        doing, waiting = asyncio.ensure_future(work), asyncio.ensure_future(self.wait())
        try:
            await asyncio.wait({doing, waiting}, return_when=asyncio.FIRST_COMPLETED)
            done = doing.done()
            if done:
                doing.result()
            return done
        finally:
            doing.cancel()
            waiting.cancel()
            await asyncio.gather(doing, waiting, return_exceptions=True)
