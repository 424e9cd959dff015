"""An article that an admin sends, as a file or a link: who may, and what is handed over.

Writes nothing down, so that a message handled again is only answered again. How the draft of
its summary is made is in bot.commands.articles.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from telegram import Update

from bot.commands.command import Context, Handler
from bot.commands.reply import answer
from bot.messages import drafts as say
from bot.messages.message import Message
from store.database import Database
from store.ingest.fetch import Fetch

if TYPE_CHECKING:
    from bot.commands.articles import Articles

# A message that is only an address, and the day of the article where its sender gives it.
LINK = re.compile(r"\s*(https?://\S+)(?:\s+(\d{4}-\d\d-\d\d))?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """Drafts what admins send; others get the usual answer."""

    knowledge: Database
    admins: frozenset[int]
    fetch: Fetch
    clock: Callable[[], datetime]
    otherwise_file: Handler
    otherwise_words: Handler
    # One at a time: a long text takes seconds of a core that readers need too.
    _alone: asyncio.Lock = field(default_factory=asyncio.Lock, init=False, compare=False)

    @property
    def articles(self) -> "Articles":
        """What reads articles; loaded with the first of them, for it takes a third of a second."""
        from bot.commands.articles import Articles  # noqa: PLC0415 (as said)

        return Articles(
            knowledge=self.knowledge, fetch=self.fetch, clock=self.clock, alone=self._alone
        )

    async def document(self, update: Update, context: Context) -> None:
        """Answer a file."""
        message = update.effective_message
        if message is None or message.document is None or not self._is_for(update):
            await self.otherwise_file(update, context)
            return
        words = (message.caption or "").strip()
        day = _day(words)
        if words and day is None:
            await answer(update, say.no_day(words))
            return
        await _hand_over(update, await self.articles.of_document(message.document, context, day))

    async def link(self, update: Update, context: Context) -> None:
        """Answer a message that may be a link and nothing else."""
        message = update.effective_message
        found = LINK.fullmatch((message.text if message else None) or "")
        day = _day(found[2]) if found and found[2] else None
        if found is None or not self._is_for(update) or (found[2] and day is None):
            await self.otherwise_words(update, context)
            return
        await _hand_over(update, await self.articles.of_address(found[1], day))

    def _is_for(self, update: Update) -> bool:
        """Tell whether an admin asks, in private: a handler's filter keeps nobody out."""
        user, chat = update.effective_user, update.effective_chat
        is_private = chat is not None and chat.type == chat.PRIVATE
        return user is not None and user.id in self.admins and is_private


async def _hand_over(update: Update, found: say.Drafted | Message) -> None:
    message = update.effective_message
    if isinstance(found, Message):
        await answer(update, found)
    elif message is not None:
        await message.reply_document(
            found.content,
            filename=found.file_name,
            caption=found.message.text,
            caption_entities=found.message.entities,
            do_quote=False,
        )


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
