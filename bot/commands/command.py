"""A command: its name, what the help says of it, and who answers it."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import ContextTypes

from bot.messages.help import Entry
from store.ingest.clean import clean_line

Context = ContextTypes.DEFAULT_TYPE
Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something the bot answers to with a slash."""

    name: str
    arguments: str = ""
    description: str
    answer: Handler
    admin: bool = False

    @property
    def entry(self) -> Entry:
        """The line that the help has for it."""
        return Entry(
            name=self.name,
            arguments=self.arguments,
            description=self.description,
            admin=self.admin,
        )


def asked(context: Context) -> str:
    """Return what stands behind the command, without what no reader can see."""
    return clean_line(" ".join(context.args or ()))
