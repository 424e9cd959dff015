"""What fills and empties the inbox: a bot that writes its updates down, and who has them handled.

The queue between the two is in bot.inbox.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor, ExtBot

from bot.inbox import Inbox


class KeepingBot(ExtBot[Any]):
    """A bot whose updates are in the inbox, all by one commit, before anybody has them.

    PTB puts those of one poll into its queue one after another, which would be a commit each.
    """

    __slots__ = ("_inbox",)

    def __init__(self, token: str, *, inbox: Inbox, **given: Any) -> None:  # noqa: ANN401 (ExtBot's)
        super().__init__(token, **given)
        with self._unfrozen():
            self._inbox = inbox

    async def get_updates(self, *args: Any, **given: Any) -> tuple[Update, ...]:  # noqa: ANN401 (the same)
        """Ask for updates; write them down before they are asked for again."""
        updates = await super().get_updates(*args, **given)
        if updates:
            await self._inbox.keep(updates, ahead=True)
        return updates


class InboxProcessor(BaseUpdateProcessor):
    """Has updates handled, as many at once as the inbox hands out, and takes them out of it."""

    __slots__ = ("_inbox",)

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(inbox.at_once)
        self._inbox = inbox

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Count the attempt, handle, take out: what raised was dealt with by the error handler."""
        await self._inbox.began(update)
        try:
            await coroutine
        except (Exception, asyncio.CancelledError):
            task = asyncio.current_task()
            if task is None or not task.cancelling():
                await self._inbox.ended(update)
            # Else the bot is being stopped the hard way: the next start handles it again.
            raise
        await self._inbox.ended(update)

    async def initialize(self) -> None:
        """Do nothing: the inbox is put back once Telegram can be told, by `Inbox.replay`."""

    async def shutdown(self) -> None:
        """Let the ledger be closed."""
        await self._inbox.close()
