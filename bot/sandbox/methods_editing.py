"""Methods that change messages which are there: edit, delete, pin, react."""

from dataclasses import dataclass

from bot.sandbox import errors
from bot.sandbox.errors import bad_request, unsupported
from bot.sandbox.feed import Happened
from bot.sandbox.files import keep_files
from bot.sandbox.json_values import Json, JsonObject
from bot.sandbox.keyboards import read_markup
from bot.sandbox.methods_sending import read_media
from bot.sandbox.objects import message_object
from bot.sandbox.targets import Access, Call, check_may_send, may, read_chat
from bot.sandbox.texts import read_caption, read_message_text
from bot.sandbox.world import Chat, ChatType, Message

TWO_DAYS = 48 * 3600
MAX_DELETED = 100
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edited:
    chat: Chat
    message: Message
    inline: bool


def _read_message(call: Call, access: Access, refusal: str) -> tuple[Chat, Message]:
    chat = read_chat(call, access)
    message = chat.messages.get(call.params.integer("message_id") or 0)
    if message is None:
        raise bad_request(refusal)
    return chat, message


def _read_edited(call: Call) -> _Edited:
    inline_id = call.params.text("inline_message_id")
    if not call.params.text("chat_id") and not call.params.integer("message_id"):
        return _read_inline(call, inline_id)
    chat, message = _read_message(call, Access.EDIT, errors.EDIT_NOT_FOUND)
    check_may_send(chat, call.bot)
    own = message.sender == call.bot.user.id
    if chat.type is ChatType.CHANNEL:
        own = message.sender is None
    other_markup = message.reply_markup and "inline_keyboard" not in message.reply_markup
    if not own or message.is_service or message.forward_origin or other_markup:
        raise bad_request(errors.CANT_EDIT)
    return _Edited(chat=chat, message=message, inline=False)


def _read_inline(call: Call, inline_id: str) -> _Edited:
    if not inline_id:
        raise bad_request(errors.MESSAGE_ID_MISSING)
    world = call.state.world
    place = world.inline_messages.get(inline_id)
    chat = world.chat_for(place.chat_id, place.bot_id) if place else None
    if place is None or chat is None or place.message_id not in chat.messages:
        raise bad_request("MESSAGE_ID_INVALID")
    return _Edited(chat=chat, message=chat.messages[place.message_id], inline=True)


def _apply(call: Call, edited: _Edited, content: JsonObject, markup: JsonObject | None) -> Json:
    message = edited.message
    if message.content == content and message.reply_markup == markup:
        raise bad_request(errors.NOT_MODIFIED)
    call.charge(edited.chat, 1)
    changed = message.content != content
    message.content = content
    message.reply_markup = markup
    if changed:
        message.edit_date = call.state.date
    call.state.edited(edited.chat, message, by_bot=call.bot)
    return True if edited.inline else message_object(call.state.world, edited.chat, message)


def edit_message_text(call: Call) -> Json:
    """Put another text in place of the one a message has."""
    content = read_message_text(call, call.params)
    markup = read_markup(call.params, inline_only=True)
    edited = _read_edited(call)
    if "text" not in edited.message.content:
        raise bad_request(errors.NO_TEXT_TO_EDIT)
    return _apply(call, edited, content, markup)


def edit_message_caption(call: Call) -> Json:
    """Put another caption under a picture or file."""
    caption = read_caption(call, call.params)
    markup = read_markup(call.params, inline_only=True)
    edited = _read_edited(call)
    if not {"photo", "document"} & edited.message.content.keys():
        raise bad_request(errors.NO_CAPTION_TO_EDIT)
    kept = {name: value for name, value in edited.message.content.items() if name not in _CAPTION}
    return _apply(call, edited, kept | caption, markup)


def edit_message_media(call: Call) -> Json:
    """Put another picture or file in place of the one a message has."""
    media = call.params.json_object("media", "input media")
    if media is None:
        raise bad_request('parameter "media" is required')
    markup = read_markup(call.params, inline_only=True)
    edited = _read_edited(call)
    content, file = read_media(call, media)
    album = edited.message.media_group
    if album and not {"photo", "document"} & content.keys() & edited.message.content.keys():
        raise unsupported("another kind of media in an album")
    result = _apply(call, edited, content, markup)
    keep_files(call.state.world, file)
    return result


def edit_message_reply_markup(call: Call) -> Json:
    """Put other buttons under a message, or none."""
    markup = read_markup(call.params, inline_only=True)
    edited = _read_edited(call)
    return _apply(call, edited, edited.message.content, markup)


def _check_deletable(call: Call, chat: Chat, message: Message) -> None:
    own = message.sender == call.bot.user.id
    if may(call, chat, "can_delete_messages"):
        return
    if call.state.date - message.date > TWO_DAYS:
        raise bad_request(errors.CANT_DELETE_FOR_EVERYONE)
    if not own and chat.type is not ChatType.PRIVATE:
        raise bad_request(errors.CANT_DELETE)


def delete_message(call: Call) -> Json:
    """Take a message away."""
    chat, message = _read_message(call, Access.WRITE, errors.DELETE_NOT_FOUND)
    _check_deletable(call, chat, message)
    call.state.deleted(chat, message.id)
    return True


def delete_messages(call: Call) -> Json:
    """Take several messages away; those not found are passed over."""
    given = call.params.json_array("message_ids", "message identifiers")
    if not given:
        raise bad_request(errors.MESSAGE_IDS_MISSING)
    if len(given) > MAX_DELETED:
        raise bad_request(errors.TOO_MANY_MESSAGE_IDS)
    chat = read_chat(call, Access.WRITE)
    found = [chat.messages[one] for one in given if one in chat.messages]
    for message in found:
        _check_deletable(call, chat, message)
    for message in found:
        call.state.deleted(chat, message.id)
    return True


def _check_may_pin(call: Call, chat: Chat) -> None:
    right = "can_edit_messages" if chat.type is ChatType.CHANNEL else "can_pin_messages"
    if chat.type is not ChatType.PRIVATE and not may(call, chat, right):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def pin_chat_message(call: Call) -> Json:
    """Pin a message to the top of a chat."""
    chat, message = _read_message(call, Access.WRITE, errors.PIN_NOT_FOUND)
    _check_may_pin(call, chat)
    call.params.flag("disable_notification")
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    call.state.happened(Happened.PINNED, {"pinned": list(chat.pinned)}, chat=chat)
    notice = call.state.new_message(chat, call.bot.user.id, {})
    notice.pins = message.id
    notice.thread = message.thread
    call.state.post(chat, notice)
    return True


def unpin_chat_message(call: Call) -> Json:
    """Unpin one message, by default the last that was pinned."""
    chat = read_chat(call, Access.WRITE)
    _check_may_pin(call, chat)
    message_id = call.params.integer("message_id") or (chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad_request(errors.UNPIN_NOT_FOUND)
    chat.pinned.remove(message_id)
    call.state.happened(Happened.PINNED, {"pinned": list(chat.pinned)}, chat=chat)
    return True


def unpin_all_chat_messages(call: Call) -> Json:
    """Unpin whatever is pinned."""
    chat = read_chat(call, Access.WRITE)
    _check_may_pin(call, chat)
    chat.pinned.clear()
    call.state.happened(Happened.PINNED, {"pinned": []}, chat=chat)
    return True


def set_message_reaction(call: Call) -> Json:
    """Set the bot's reaction to a message: one emoji, or none."""
    reactions = call.params.json_array("reaction", "ReactionType") or []
    call.params.flag("is_big")
    for reaction in reactions:
        if not isinstance(reaction, dict) or reaction.get("type") != "emoji":
            raise unsupported("reactions of other types than emoji")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    chat, message = _read_message(call, Access.READ, errors.REACT_NOT_FOUND)
    if reactions:
        message.reactions[call.bot.user.id] = reactions
    else:
        message.reactions.pop(call.bot.user.id, None)
    data: JsonObject = {
        "message_id": message.id,
        "person_id": call.bot.user.id,
        "reaction": reactions,
    }
    call.state.happened(Happened.REACTION, data, chat=chat, bot=call.bot)
    return True


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
}
