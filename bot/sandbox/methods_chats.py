"""Methods about chats: what they are, who is in them, their topics, leaving them."""

from bot.sandbox import errors
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.feed import Happened
from bot.sandbox.json_values import Json, JsonObject
from bot.sandbox.objects import full_chat_object, member_object, topic_object, user_object
from bot.sandbox.targets import Access, Call, may, read_chat
from bot.sandbox.world import (
    IN_CHARGE,
    PRESENT,
    Chat,
    ChatType,
    Member,
    Status,
    Topic,
)

# [docs] createForumTopic
ICON_COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
MAX_TOPIC_NAME = 128


def get_chat(call: Call) -> Json:
    """Tell all about a chat."""
    return full_chat_object(call.state.world, read_chat(call, Access.READ))


def _read_user_id(call: Call) -> int:
    user_id = call.params.integer("user_id")
    if not user_id:
        raise bad_request(errors.WRONG_USER_ID)
    return user_id


def get_chat_member(call: Call) -> Json:
    """Tell how somebody stands in a chat."""
    user_id = _read_user_id(call)
    chat = read_chat(call, Access.MEMBERS)
    user = call.state.world.users.get(user_id)
    if user is None:
        raise bad_request(errors.USER_NOT_FOUND)
    if chat.type is ChatType.PRIVATE:
        if user_id not in {chat.id, call.bot.user.id}:
            raise bad_request(errors.USER_NOT_FOUND)
        return member_object(chat, user, Member(status=Status.MEMBER))
    if chat.type is ChatType.CHANNEL and chat.status(call.bot.user.id) not in IN_CHARGE:
        raise bad_request("member list is inaccessible")
    return member_object(chat, user, chat.members.get(user_id, Member(status=Status.LEFT)))


def get_chat_administrators(call: Call) -> Json:
    """List who administers a chat; other bots only when asked for."""
    chat = read_chat(call, Access.MEMBERS)
    if chat.type is ChatType.PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    bots_too = call.params.flag("return_bots")
    return [
        member_object(chat, call.state.world.users[user_id], member)
        for user_id, member in chat.members.items()
        if member.status in IN_CHARGE
        and (bots_too or user_id == call.bot.user.id or not call.state.world.users[user_id].is_bot)
    ]


def get_chat_member_count(call: Call) -> Json:
    """Count who is in a chat."""
    chat = read_chat(call, Access.MEMBERS)
    if chat.type is ChatType.PRIVATE:
        return 2
    return sum(member.status in PRESENT for member in chat.members.values())


def leave_chat(call: Call) -> Json:
    """Leave a group or channel."""
    chat = read_chat(call, Access.READ)
    if chat.type is ChatType.PRIVATE:
        raise bad_request("chat member status can't be changed in private chats")
    user = call.bot.user
    if chat.status(user.id) not in PRESENT:
        raise forbidden(f"bot is not a member of the {chat.noun}")
    if chat.type is not ChatType.CHANNEL:
        call.state.service(chat, user.id, {"left_chat_member": user_object(user)})
    call.state.set_status(chat, user, Member(status=Status.LEFT), by=user)
    return True


def _read_forum(call: Call) -> Chat:
    chat = read_chat(call, Access.WRITE)
    if not chat.is_forum:
        raise bad_request(errors.NOT_A_FORUM)
    return chat


def _read_topic(call: Call, right: str, refusal: str) -> tuple[Chat, Topic]:
    chat = _read_forum(call)
    topic = chat.topics.get(call.params.integer("message_thread_id") or 0)
    if topic is None:
        raise bad_request(errors.THREAD_NOT_FOUND)
    opened = chat.messages.get(topic.id)
    own = opened is not None and opened.sender == call.bot.user.id
    if not may(call, chat, right) and not own:
        raise bad_request(f"not enough rights to {refusal} the topic")
    return chat, topic


def _read_name(call: Call) -> str:
    name = call.params.text("name").strip()
    if len(name) > MAX_TOPIC_NAME:
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    return name


def create_forum_topic(call: Call) -> Json:
    """Open a topic."""
    chat = _read_forum(call)
    if not may(call, chat, "can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    name = _read_name(call)
    if not name:
        raise bad_request("title must be non-empty")
    given = call.params.integer("icon_color")
    if given is not None and given not in ICON_COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    call.charge(chat, 1)
    return topic_object(open_topic(call, chat, name, given or ICON_COLORS[0]))


def open_topic(call: Call, chat: Chat, name: str, icon_color: int) -> Topic:
    """Open a topic in the bot's name."""
    content: JsonObject = {"forum_topic_created": {"name": name, "icon_color": icon_color}}
    notice = call.state.new_message(chat, call.bot.user.id, content)
    notice.thread = notice.id
    topic = Topic(id=notice.id, name=name, icon_color=icon_color)
    chat.topics[topic.id] = topic
    call.state.post(chat, notice)
    call.state.happened(Happened.TOPIC, topic_object(topic), chat=chat)
    return topic


def _notice(call: Call, chat: Chat, topic: Topic, content: JsonObject) -> None:
    notice = call.state.new_message(chat, call.bot.user.id, content)
    notice.thread = topic.id
    call.state.post(chat, notice)
    call.state.happened(Happened.TOPIC, topic_object(topic), chat=chat)


def edit_forum_topic(call: Call) -> Json:
    """Give a topic another name."""
    chat, topic = _read_topic(call, "can_manage_topics", "edit")
    name = _read_name(call)
    if not name or name == topic.name:
        raise bad_request(errors.TOPIC_NOT_MODIFIED)
    topic.name = name
    _notice(call, chat, topic, {"forum_topic_edited": {"name": name}})
    return True


def _set_closed(call: Call, *, closed: bool) -> Json:
    chat, topic = _read_topic(call, "can_manage_topics", "close or open")
    if topic.closed == closed:
        raise bad_request(errors.TOPIC_NOT_MODIFIED)
    topic.closed = closed
    _notice(call, chat, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})
    return True


def close_forum_topic(call: Call) -> Json:
    """Close a topic to those who do not manage topics."""
    return _set_closed(call, closed=True)


def reopen_forum_topic(call: Call) -> Json:
    """Open a closed topic again."""
    return _set_closed(call, closed=False)


def delete_forum_topic(call: Call) -> Json:
    """Take a topic away with all that is in it."""
    chat, topic = _read_topic(call, "can_delete_messages", "delete")
    del chat.topics[topic.id]
    for message in [one for one in chat.messages.values() if one.thread == topic.id]:
        call.state.deleted(chat, message.id)
    call.state.happened(Happened.TOPIC, {"deleted": topic.id}, chat=chat)
    return True


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
}
