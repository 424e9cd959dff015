"""The state machine's heart: the world, its clock, and how what happens reaches the bots.

Methods and people change the world through it. Not here: what they may do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.sandbox.clock import Clock
from bot.sandbox.errors import SandboxError
from bot.sandbox.feed import Event, Feed, Happened
from bot.sandbox.json_values import Json, JsonObject
from bot.sandbox.objects import chat_object, member_object, message_object, user_object
from bot.sandbox.updates import enqueue
from bot.sandbox.world import (
    IN_CHARGE,
    Bot,
    Chat,
    ChatType,
    Member,
    Message,
    Status,
    User,
    World,
)


class Observer(Protocol):
    """Sees each request that was answered and each update that was made."""

    def on_call(self, method: str, params: JsonObject, result: Json) -> None:
        """See a request and its result; an uploaded file stands as attach://<name>."""

    def on_update(self, update: JsonObject) -> None:
        """See an update as it is queued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """Something that Telegram accepts in silence and a test would like to know."""

    method: str
    what: str


@dataclass(slots=True, kw_only=True)
class State:
    """The world with its clock, feed, watchers and observers."""

    clock: Clock
    world: World
    feed: Feed = field(default_factory=Feed)
    oddities: list[Oddity] = field(default_factory=list)
    observers: list[Observer] = field(default_factory=list)
    feed_watchers: list[Callable[[Event], None]] = field(default_factory=list)
    update_watchers: list[Callable[[Bot], None]] = field(default_factory=list)

    @property
    def date(self) -> int:
        """Give the hour as Telegram writes it."""
        return int(self.clock.now().timestamp())

    def happened(
        self, kind: Happened, data: JsonObject, *, chat: Chat | None = None, bot: Bot | None = None
    ) -> None:
        """Write an event down and tell the watchers."""
        bot_id = bot.user.id if bot else (chat.bot_id if chat else None)
        event = self.feed.add(kind, bot_id=bot_id, chat_id=chat.id if chat else None, data=data)
        self.world.feed_sequence = self.feed.sequence
        for watcher in list(self.feed_watchers):
            watcher(event)

    def tell(self, bot: Bot, kind: str, payload: JsonObject) -> None:
        """Queue an update for one bot, if it wants the kind."""
        update = enqueue(bot, kind, payload)
        if update is None:
            return
        for observer in self.observers:
            observer.on_update(update)
        for watcher in list(self.update_watchers):
            watcher(bot)

    def user(self, user_id: int) -> User:
        """Find somebody."""
        if user_id not in self.world.users:
            raise SandboxError(f"nobody here has the id {user_id}")
        return self.world.users[user_id]

    def post(self, chat: Chat, message: Message) -> Message:
        """Put a message into a chat and tell the bots that see it."""
        chat.messages[message.id] = message
        self.happened(Happened.MESSAGE, self.shown(chat, message), chat=chat)
        kind = "channel_post" if chat.type is ChatType.CHANNEL else "message"
        self._tell_readers(chat, message, kind)
        return message

    def edited(self, chat: Chat, message: Message, *, by_bot: Bot | None = None) -> None:
        """Tell that a message changed; a bot is not told of its own."""
        self.happened(Happened.EDITED, self.shown(chat, message), chat=chat)
        if by_bot is None:
            kind = "edited_channel_post" if chat.type is ChatType.CHANNEL else "edited_message"
            self._tell_readers(chat, message, kind)

    def deleted(self, chat: Chat, message_id: int) -> None:
        """Take a message away; bots are not told."""
        del chat.messages[message_id]
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        self.happened(Happened.DELETED, {"message_id": message_id}, chat=chat)

    def shown(self, chat: Chat, message: Message) -> JsonObject:
        """Render a message as people see it: with its markup of any kind, and who wrote it."""
        rendered = message_object(self.world, chat, message)
        if message.reply_markup:
            rendered["reply_markup"] = message.reply_markup
        if message.reactions:
            rendered["reactions"] = {str(who): what for who, what in message.reactions.items()}
        if message.anonymous:
            rendered["written_by"] = message.sender
        return rendered

    def _tell_readers(self, chat: Chat, message: Message, kind: str) -> None:
        for bot in self.world.bots_in(chat):
            own = bot.user.id in (message.sender, message.author)
            if not own and self._reads(bot, chat, message):
                self.tell(bot, kind, message_object(self.world, chat, message))

    def _reads(self, bot: Bot, chat: Chat, message: Message) -> bool:
        # [docs] bots' "privacy mode"; bots do not see each other's messages.
        sender = self.world.users.get(message.sender or 0)
        if sender is not None and sender.is_bot and not message.is_service:
            return False
        if chat.type in {ChatType.PRIVATE, ChatType.CHANNEL} or message.is_service:
            return True
        if bot.reads_all or chat.status(bot.user.id) in IN_CHARGE:
            return True
        if message.via_bot == bot.user.id:
            return True
        answered = chat.messages.get(message.reply_to or 0)
        if answered is not None and answered.sender == bot.user.id:
            return True
        return self._is_meant_for(bot, message)

    def _is_meant_for(self, bot: Bot, message: Message) -> bool:
        text = message.content.get("text") or message.content.get("caption") or ""
        name = f"@{bot.user.username}".lower()
        if text.startswith("/"):
            command = text.split(maxsplit=1)[0]
            return "@" not in command or command.lower().endswith(name)
        return name in text.lower()

    def member_changed(self, chat: Chat, user: User, old: Member, new: Member, *, by: User) -> None:
        """Tell bots how somebody's standing changed: the bot's own, or others' to an admin."""
        data: JsonObject = {
            "chat": chat_object(self.world, chat),
            "from": user_object(by),
            "date": self.date,
            "old_chat_member": member_object(chat, user, old),
            "new_chat_member": member_object(chat, user, new),
        }
        self.happened(Happened.MEMBER, data, chat=chat)
        if user.id in self.world.bots:
            self.tell(self.world.bots[user.id], "my_chat_member", data)
        for bot in self.world.bots_in(chat):
            if bot.user.id != user.id and chat.status(bot.user.id) in IN_CHARGE:
                self.tell(bot, "chat_member", data)

    def set_status(self, chat: Chat, user: User, member: Member, *, by: User) -> None:
        """Change how somebody stands in a chat and tell those whom it concerns."""
        old = chat.members.get(user.id, Member(status=Status.LEFT))
        chat.members[user.id] = member
        self.member_changed(chat, user, old, member, by=by)

    def service(self, chat: Chat, sender: int | None, content: JsonObject) -> Message:
        """Put one of Telegram's own messages into a chat."""
        return self.post(chat, self.new_message(chat, sender, content))

    def new_message(self, chat: Chat, sender: int | None, content: JsonObject) -> Message:
        """Make a message, numbered and dated, without posting it."""
        member = chat.members.get(sender or 0)
        return Message(
            id=self.world.new_message_id(chat),
            date=self.date,
            sender=None if chat.type is ChatType.CHANNEL else sender,
            content=content,
            author=sender,
            anonymous=member is not None and member.anonymous,
        )
