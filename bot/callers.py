"""What an update asks, of whom, and who asks: read from it, before anything is decided."""

import re

from telegram import Chat, ChatMember, Message, Update

from bot.access import TELEGRAM, Asked
from bot.messages.callbacks import CallbackError, Forget, unpack

_OWN_DATA = frozenset({"privacy", "mydata", "forget"})
_INVITATION = re.compile(r"/start(?:@\w+)? i([A-Za-z0-9_-]{20,60})")
_GONE = frozenset({ChatMember.LEFT, ChatMember.BANNED})

# What an update takes from a person's bucket. In a group an answer takes the others' room
# too; an inline query comes with nearly every letter.
_MESSAGE, _IN_A_GROUP, _PRESS, _INLINE = 1.0, 2.0, 0.5, 0.25


def asked(update: Update) -> Asked:
    """Return what an update is, as far as letting in is concerned."""
    if update.callback_query is not None:
        return Asked.PRESS
    if update.inline_query is not None:
        return Asked.INLINE
    change = update.my_chat_member
    if change is not None:
        is_private = change.chat.type == Chat.PRIVATE
        was_in = change.old_chat_member.status not in _GONE
        is_in = change.new_chat_member.status not in _GONE
        return Asked.BROUGHT if is_in and not was_in and not is_private else Asked.OTHER
    message = update.message
    if message is None or message.migrate_to_chat_id or message.migrate_from_chat_id:
        return Asked.OTHER
    return Asked.MESSAGE


def is_from_linked_channel(message: Message | None) -> bool:
    """Tell whether a message is a channel's post, put into its group by Telegram."""
    if message is None:
        return False
    sender = message.from_user
    return bool(message.is_automatic_forward) or (sender is not None and sender.id == TELEGRAM)


def is_command_for(bot_name: str, message: Message | None) -> bool:
    """Tell whether a message is a command, and not another bot's."""
    words = (message.text if message else None) or ""
    if not words.startswith("/"):
        return False
    _, at, name = words.split(maxsplit=1)[0].partition("@")
    return not at or name.casefold() == bot_name.casefold()


def is_to(bot_name: str, bot_id: int, message: Message) -> bool:
    """Tell whether a message in a group is to the bot: a command, its name, a reply to it."""
    words = message.text or message.caption or ""
    replied = message.reply_to_message
    return (
        is_command_for(bot_name, message)
        or f"@{bot_name}".casefold() in words.casefold()
        or (
            (replied is not None and replied.from_user is not None)
            and replied.from_user.id == bot_id
        )
    )


def is_about_own_data(update: Update) -> bool:
    """Tell whether an update asks what is kept about its chat, or has it forgotten."""
    if update.callback_query is not None:
        try:
            return isinstance(unpack(update.callback_query.data or ""), Forget)
        except CallbackError:
            return False
    words = (update.message.text if update.message else None) or ""
    name = words.partition(" ")[0].partition("@")[0]
    return name.startswith("/") and name[1:].casefold() in _OWN_DATA


def secret_of(update: Update) -> str | None:
    """Return the secret of the invitation by whose link somebody comes."""
    message = update.message
    if message is None or message.text is None or message.chat.type != Chat.PRIVATE:
        return None
    found = _INVITATION.fullmatch(message.text.strip())
    return found[1] if found else None


def sender_of(update: Update) -> int | None:
    """Return who asks: those who write as a group or channel are told apart by it."""
    message = update.message
    if message is not None and message.sender_chat is not None:
        return message.sender_chat.id
    return update.effective_user.id if update.effective_user else None


def cost_of(update: Update, bot_name: str, bot_id: int) -> float:
    """Return what an update takes from its sender's bucket; talk among others takes nothing."""
    if update.callback_query is not None:
        return _PRESS
    if update.inline_query is not None:
        return _INLINE
    message = update.message
    if message is None:
        return 0
    if message.chat.type == Chat.PRIVATE:
        return _MESSAGE
    return _IN_A_GROUP if is_to(bot_name, bot_id, message) else 0
