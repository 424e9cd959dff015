"""The whole of the sandbox at a glance, as JSON: people, bots and chats, without transcripts."""

from bot.sandbox.cast import Cast
from bot.sandbox.json_values import JsonObject
from bot.sandbox.objects import chat_object, compact, topic_object, user_object
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import Bot, Chat, User


def describe(telegram: Telegram, cast: Cast) -> JsonObject:
    """Describe who and what there is."""
    world = telegram.world
    people = [user for user in world.users.values() if not user.is_bot]
    private = [chat for bot in world.bots.values() for chat in bot.chats.values()]
    return {
        "people": [_person(user, cast) for user in people],
        "bots": [_bot(bot) for bot in world.bots.values()],
        "chats": [_chat(telegram, chat) for chat in (*private, *world.chats.values())],
    }


def _person(user: User, cast: Cast) -> JsonObject:
    return user_object(user) | {
        "admin": user.id == cast.admin_id,
        "deactivated": user.deactivated,
    }


def _bot(bot: Bot) -> JsonObject:
    name = bot.names.get("") or bot.user.first_name
    return user_object(bot.user) | compact(
        first_name=name,
        description=bot.descriptions.get(""),
        short_description=bot.short_descriptions.get(""),
        inline=bot.inline,
    )


def _chat(telegram: Telegram, chat: Chat) -> JsonObject:
    last = chat.messages[max(chat.messages)] if chat.messages else None
    return chat_object(telegram.world, chat) | {
        "bot_id": chat.bot_id,
        "blocked": chat.blocked,
        "migrated_to": chat.migrated_to,
        "members": [
            {"id": user_id, "status": member.status.value, "anonymous": member.anonymous}
            for user_id, member in chat.members.items()
        ],
        "topics": [
            topic_object(topic) | {"closed": topic.closed} for topic in chat.topics.values()
        ],
        "count": len(chat.messages),
        "last": telegram.state.shown(chat, last) if last else None,
    }
