"""The world as Bot API objects: User, Chat, Message, ChatMember, File and their parts.

Only rendering: nothing here changes the world.
"""

from typing import Any

from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import (
    GENERAL_TOPIC,
    Bot,
    Chat,
    ChatType,
    Member,
    Message,
    Status,
    StoredFile,
    Topic,
    User,
    World,
)

# [docs] ChatAdministratorRights, by kind of chat
RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
# [docs] Message.from: "a fake sender user in non-channel chats" of anonymous administrators
ANONYMOUS: JsonObject = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def compact(**fields: Any) -> JsonObject:  # noqa: ANN401 - any JSON value
    """Make an object of those fields that hold something."""
    return {
        name: value for name, value in fields.items() if value is not None and value is not False
    }


def user_object(user: User) -> JsonObject:
    """Render a User."""
    return {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name} | compact(
        last_name=user.last_name, username=user.username, language_code=user.language_code
    )


def me_object(bot: Bot) -> JsonObject:
    """Render the User that getMe gives, with what only getMe tells."""
    return user_object(bot.user) | {
        "can_join_groups": True,
        "can_read_all_group_messages": bot.reads_all,
        "supports_inline_queries": bot.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_guest_queries": False,
        "supports_join_request_queries": False,
    }


def chat_object(world: World, chat: Chat) -> JsonObject:
    """Render a Chat."""
    if chat.type is ChatType.PRIVATE:
        person = world.users[chat.id]
        return {"id": chat.id, "type": "private", "first_name": person.first_name} | compact(
            last_name=person.last_name, username=person.username
        )
    return {"id": chat.id, "type": chat.type.value, "title": chat.title or ""} | compact(
        username=chat.username, is_forum=chat.is_forum
    )


def full_chat_object(world: World, chat: Chat) -> JsonObject:
    """Render a ChatFullInfo."""
    full = chat_object(world, chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if "username" in full:
        full["active_usernames"] = [full["username"]]
    if chat.pinned:
        full["pinned_message"] = message_object(world, chat, chat.messages[chat.pinned[-1]])
    if chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        full["permissions"] = dict.fromkeys(_PERMISSIONS, True)
    return full


def message_object(world: World, chat: Chat, message: Message, *, reply: bool = True) -> JsonObject:
    """Render a Message as a bot sees it; with `reply`, also the one that it answers."""
    rendered: JsonObject = {"message_id": message.id}
    if message.anonymous:
        rendered["from"] = ANONYMOUS
    elif message.sender is not None:
        rendered["from"] = user_object(world.users[message.sender])
    if message.anonymous or chat.type is ChatType.CHANNEL:
        rendered["sender_chat"] = chat_object(world, chat)
    rendered |= {"date": message.date, "chat": chat_object(world, chat)}
    if message.thread is not None:
        rendered |= {"message_thread_id": message.thread, "is_topic_message": True}
    answered = message.reply_to
    if answered is None and message.thread not in (None, GENERAL_TOPIC, message.id):
        answered = message.thread  # Telegram shows what opened the topic as answered
    if reply and answered is not None and answered in chat.messages:
        rendered["reply_to_message"] = message_object(
            world, chat, chat.messages[answered], reply=False
        )
    rendered |= compact(
        author_signature=_signature(chat, message),
        forward_origin=message.forward_origin,
        via_bot=user_object(world.users[message.via_bot]) if message.via_bot else None,
        edit_date=message.edit_date,
        media_group_id=message.media_group,
        has_protected_content=message.protected,
    )
    rendered |= message.content
    if message.pins is not None:
        rendered["pinned_message"] = _pinned_object(world, chat, message.pins)
    if message.reply_markup and "inline_keyboard" in message.reply_markup:
        rendered["reply_markup"] = message.reply_markup
    return rendered


def _signature(chat: Chat, message: Message) -> str | None:
    member = chat.members.get(message.sender or 0)
    return member.title if message.anonymous and member else None


def _pinned_object(world: World, chat: Chat, message_id: int) -> JsonObject:
    pinned = chat.messages.get(message_id)
    if pinned is not None:
        return message_object(world, chat, pinned, reply=False)
    return {"chat": chat_object(world, chat), "message_id": message_id, "date": 0}


def member_object(chat: Chat, user: User, member: Member) -> JsonObject:
    """Render a ChatMember of the right kind."""
    shown: JsonObject = {"user": user_object(user), "status": member.status.value}
    match member.status:
        case Status.CREATOR:
            return shown | {"is_anonymous": member.anonymous} | compact(custom_title=member.title)
        case Status.ADMINISTRATOR:
            extra = CHANNEL_RIGHTS if chat.type is ChatType.CHANNEL else GROUP_RIGHTS
            rights = {name: name in member.rights for name in (*RIGHTS, *extra)}
            rights["can_manage_chat"] = True
            return (
                shown
                | {"can_be_edited": False, "is_anonymous": member.anonymous}
                | rights
                | compact(custom_title=member.title)
            )
        case Status.KICKED:
            return shown | {"until_date": 0}
        case Status.RESTRICTED:
            allowed = dict.fromkeys(_PERMISSIONS, member.can_send)
            return shown | {"is_member": True, "until_date": 0} | allowed
        case _:
            return shown


def topic_object(topic: Topic) -> JsonObject:
    """Render a ForumTopic."""
    return {
        "message_thread_id": topic.id,
        "name": topic.name,
        "icon_color": topic.icon_color,
    } | compact(icon_custom_emoji_id=topic.icon_custom_emoji_id)


def photo_sizes(file: StoredFile) -> list[JsonObject]:
    """Render a photo's sizes; the sandbox makes no smaller ones."""
    return [
        {
            "file_id": file.file_id,
            "file_unique_id": file.unique_id,
            "width": file.width,
            "height": file.height,
            "file_size": len(file.data),
        }
    ]


def document_object(file: StoredFile) -> JsonObject:
    """Render a Document."""
    return {"file_id": file.file_id, "file_unique_id": file.unique_id} | compact(
        file_name=file.name, mime_type=file.mime_type, file_size=len(file.data)
    )


def file_object(file: StoredFile) -> JsonObject:
    """Render a File, ready for download."""
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file.path,
    }
