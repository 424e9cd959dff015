"""/privacy, /mydata and /forget: what is kept about a chat, shown, handed over, deleted."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import Message, Update

from bot.commands.command import Context
from bot.commands.digest import may_decide
from bot.commands.reply import answer, show, toast
from bot.languages import Languages
from bot.locales import _
from bot.messages import data as say
from bot.messages.callbacks import Forget
from store.database import Database
from store.ledger import personal

log = logging.getLogger("attache.data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """Answers what concerns a chat's own data."""

    ledger: Database
    languages: Languages
    clock: Callable[[], datetime]

    async def privacy(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer /privacy."""
        await answer(update, say.privacy())

    async def hand_over(self, update: Update, context: Context) -> None:
        """Answer /mydata: all that is kept about the chat, as a file."""
        message = update.effective_message
        if message is None:
            return
        if not await may_decide(update, context):
            await answer(update, say.chat_admins_only())
            return
        kept = await self.ledger.read(personal.kept_about, message.chat_id)
        await message.reply_document(
            say.data_file(kept),
            caption=say.data_caption(),
            filename="attache-data.json",
            do_quote=message.chat.type != message.chat.PRIVATE,
        )

    async def ask(self, update: Update, context: Context) -> None:
        """Answer /forget: say what it does, and ask for the word that does it."""
        if await may_decide(update, context):
            await answer(update, say.confirm_forgetting())
        else:
            await answer(update, say.chat_admins_only())

    async def pressed(self, press: Forget, update: Update, context: Context) -> None:
        """Forget the chat, or leave it, as a pressed button says."""
        shown = update.callback_query.message if update.callback_query else None
        if not isinstance(shown, Message):
            await toast(update, _("This is too old to be pressed. Please send /forget again."))
        elif not await may_decide(update, context):
            await toast(update, say.chat_admins_only().text)
        elif press.sure:
            was = await self.ledger.write(personal.forget, shown.chat.id, now=self.clock())
            self.languages.drop(shown.chat.id)
            log.info("a chat was forgotten, as it asked")
            await show(update, say.forgotten(was=was))
        else:
            await show(update, say.left_as_it_is())
