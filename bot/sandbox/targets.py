"""Where a request goes: chat, topic, answered message, and whether the bot may.

Shared by the methods; each refusal is Telegram's own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from bot.sandbox import errors
from bot.sandbox.errors import bad_request, forbidden, unsupported
from bot.sandbox.json_values import JsonObject
from bot.sandbox.keyboards import read_markup
from bot.sandbox.params import Params
from bot.sandbox.state import Oddity, State
from bot.sandbox.world import (
    GENERAL_TOPIC,
    IN_CHARGE,
    PRESENT,
    Bot,
    Chat,
    ChatType,
    Member,
    Message,
    Status,
)


@dataclass(slots=True, kw_only=True)
class Call:
    """One request on its way through a method."""

    state: State
    bot: Bot
    method: str
    params: Params
    charge: Callable[[Chat, int], None]

    def odd(self, what: str) -> None:
        """Note what Telegram lets pass in silence."""
        self.state.oddities.append(Oddity(method=self.method, what=what))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where and how a message is to be sent."""

    chat: Chat
    thread: int | None
    reply_to: int | None
    markup: JsonObject | None
    protected: bool
    silent: bool


class Access(IntEnum):
    """What a method needs of a chat, as in Client.cpp's check_chat_access."""

    READ = 1
    MEMBERS = 2
    EDIT = 3
    WRITE = 4


def read_chat(call: Call, access: Access, name: str = "chat_id") -> Chat:
    """Find the chat that a parameter means, as this bot knows it, and may use it."""
    given = call.params.text(name).strip()
    if not given:
        raise bad_request(f"{name} is empty")
    chat_id = call.params.integer(name)
    if given.startswith("@"):
        chat = _public_chat(call, given[1:])
    else:
        chat = call.state.world.chat_for(chat_id, call.bot.user.id) if chat_id else None
    if chat is None:
        raise _unknown_chat(call, chat_id)
    _check_access(call, chat, access)
    return chat


def _public_chat(call: Call, username: str) -> Chat | None:
    for chat in call.state.world.chats.values():
        if chat.username and chat.username.lower() == username.lower():
            return chat
    return None


def _unknown_chat(call: Call, chat_id: int | None) -> errors.TelegramError:
    world = call.state.world
    if chat_id in world.bots:
        return forbidden(errors.NO_BOTS)
    met = any(
        chat_id in chat.members and chat.status(call.bot.user.id) in PRESENT
        for chat in world.chats.values()
    )
    return forbidden(errors.CANT_INITIATE) if met else bad_request(errors.CHAT_NOT_FOUND)


def _check_access(call: Call, chat: Chat, access: Access) -> None:
    if chat.type is ChatType.PRIVATE:
        if access >= Access.EDIT and call.state.world.users[chat.id].deactivated:
            raise forbidden(errors.DEACTIVATED)
        return
    group = chat.type is ChatType.GROUP
    writes = access is Access.WRITE or (group and access is Access.MEMBERS)
    edits = writes or access is Access.EDIT
    if chat.migrated_to is not None:
        if writes:
            raise errors.migrated(chat.migrated_to)
        return
    status = chat.status(call.bot.user.id)
    if status is Status.KICKED and (edits or not group):
        raise forbidden(f"bot was kicked from the {chat.noun}")
    if status is Status.LEFT and (edits or not (group or chat.username)):
        known = call.bot.user.id in chat.members or chat.username
        if not known:
            raise bad_request(errors.CHAT_NOT_FOUND)
        raise forbidden(f"bot is not a member of the {chat.noun}")


def read_writable(call: Call) -> Chat:
    """Find the chat to write to, where the bot may."""
    chat = read_chat(call, Access.WRITE)
    check_may_send(chat, call.bot)
    return chat


def check_may_send(chat: Chat, bot: Bot) -> None:
    """Refuse where Telegram itself would not let the bot write."""
    if chat.type is ChatType.PRIVATE:
        if chat.blocked:
            raise forbidden(errors.BLOCKED)
        return
    member = chat.members.get(bot.user.id, Member(status=Status.LEFT))
    if chat.type is ChatType.CHANNEL:
        if member.status not in IN_CHARGE or "can_post_messages" not in member.rights:
            raise bad_request(errors.NEED_ADMIN_IN_CHANNEL)
    elif not member.can_send and member.status not in IN_CHARGE:
        raise bad_request(errors.NOT_ENOUGH_RIGHTS_TO_SEND)


def may(call: Call, chat: Chat, right: str) -> bool:
    """Tell whether the bot administers a chat with a right."""
    member = chat.members.get(call.bot.user.id)
    if member is None or member.status is not Status.ADMINISTRATOR:
        return False
    return right in member.rights


def read_target(call: Call) -> Target:
    """Read everything about where a message goes, and refuse what is wrong with it."""
    markup = read_markup(call.params)
    chat = read_writable(call)
    reply_to = _read_reply(call, chat)
    return Target(
        chat=chat,
        thread=_read_thread(call, chat),
        reply_to=reply_to,
        markup=markup,
        protected=call.params.flag("protect_content"),
        silent=call.params.flag("disable_notification"),
    )


def _read_thread(call: Call, chat: Chat) -> int | None:
    thread = call.params.integer("message_thread_id")
    if not thread:
        return None
    # The general topic is written to without an id; Telegram refuses its own.
    if thread == GENERAL_TOPIC or thread not in chat.topics:
        raise bad_request(errors.THREAD_NOT_FOUND)
    if chat.topics[thread].closed and not may(call, chat, "can_manage_topics"):
        raise bad_request(errors.TOPIC_CLOSED)
    return thread


def _read_reply(call: Call, chat: Chat) -> int | None:
    params = call.params
    reply = params.json_object("reply_parameters", "reply parameters")
    # Telegram still takes what these two were before reply_parameters.
    older, lenient = (
        params.integer("reply_to_message_id"),
        params.flag("allow_sending_without_reply"),
    )
    if reply is None:
        reply = {"message_id": older, "allow_sending_without_reply": lenient} if older else {}
    # A quote_parse_mode alone says nothing; aiogram sends its default with every reply.
    for name in ("quote", "quote_entities", "quote_position"):
        if reply.get(name):
            raise unsupported(f"reply_parameters with {name}")
    for name in ("checklist_task_id", "poll_option_id"):
        if reply.get(name):
            raise unsupported(f"reply_parameters with {name}")
    if reply.get("chat_id") not in (None, chat.id, str(chat.id)):
        raise unsupported("reply_parameters with another chat_id")
    message_id = reply.get("message_id")
    if message_id is None:
        return None
    if message_id in chat.messages:
        return int(message_id)
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request(errors.REPLY_NOT_FOUND)


def new_message(call: Call, target: Target, content: JsonObject) -> Message:
    """Make a message of the bot's, numbered and dated, without posting it."""
    message = call.state.new_message(target.chat, call.bot.user.id, content)
    message.thread = target.thread
    if target.thread is None and target.reply_to is not None:
        message.thread = target.chat.messages[target.reply_to].thread
    message.reply_to = target.reply_to
    message.reply_markup = target.markup
    message.protected = target.protected
    message.silent = target.silent
    return message
