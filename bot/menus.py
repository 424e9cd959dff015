"""The command menus that Telegram shows, by scope. They hide; they keep nobody out."""

import logging
from collections.abc import Sequence

from telegram import Bot, BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.messages.help import Entry

log = logging.getLogger("attache.menus")


async def set_menus(bot: Bot, entries: Sequence[Entry], admins: frozenset[int]) -> None:
    """Show everybody the readers' commands, and each admin all of them.

    A menu that cannot be set is logged: an admin who never wrote to the bot has
    no chat with it, and a bot without menus still answers.
    """
    readers = [BotCommand(entry.name, entry.description) for entry in entries if not entry.admin]
    everything = [BotCommand(entry.name, entry.description) for entry in entries]
    try:
        await bot.set_my_commands(readers, scope=BotCommandScopeDefault())
    except TelegramError as error:
        log.warning("the command menu could not be set: %s", error)
    for admin in sorted(admins):
        try:
            await bot.set_my_commands(everything, scope=BotCommandScopeChat(admin))
        except TelegramError as error:
            log.info("no menu for admin %d yet: %s", admin, error)
