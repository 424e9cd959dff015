"""The person's side of groups: making them, coming and going, governing, topics, migration."""

from dataclasses import dataclass, replace

from bot.sandbox.errors import SandboxError
from bot.sandbox.feed import Happened
from bot.sandbox.json_values import JsonObject
from bot.sandbox.objects import (
    CHANNEL_RIGHTS,
    GROUP_RIGHTS,
    RIGHTS,
    chat_object,
    topic_object,
    user_object,
)
from bot.sandbox.state import State
from bot.sandbox.world import (
    GENERAL_TOPIC,
    IN_CHARGE,
    PRESENT,
    Chat,
    ChatType,
    Member,
    Message,
    Status,
    Topic,
)

_SUPERGROUPS_BELOW = -1_000_000_000_000
_ALL_RIGHTS = (*RIGHTS, *GROUP_RIGHTS, *CHANNEL_RIGHTS)
_ICON_COLOR = 0x6FB9F0


@dataclass(slots=True, kw_only=True)
class Groups:
    """What people do with groups, supergroups and channels."""

    state: State

    def create(
        self,
        person_id: int,
        title: str,
        *,
        type: ChatType = ChatType.GROUP,  # noqa: A002 - Telegram's own name for it
        members: tuple[int, ...] = (),
        username: str | None = None,
        is_forum: bool = False,
        chat_id: int | None = None,
    ) -> Chat:
        """Make a group, supergroup or channel and add members, bots among them, to it."""
        if type is ChatType.PRIVATE or (is_forum and type is not ChatType.SUPERGROUP):
            raise SandboxError("a forum is a supergroup, and a private chat is not made")
        owner = self.state.user(person_id)
        chat = self._new(title, type, username, chat_id)
        chat.is_forum = is_forum
        chat.members[owner.id] = Member(status=Status.CREATOR)
        if is_forum:
            chat.topics[GENERAL_TOPIC] = Topic(
                id=GENERAL_TOPIC, name="General", icon_color=_ICON_COLOR
            )
            chat.next_message_id = GENERAL_TOPIC + 1
        self.state.happened(Happened.CHAT, chat_object(self.state.world, chat), chat=chat)
        self.state.service(chat, owner.id, {f"{type.value}_chat_created": True})
        for user_id in members:
            self.add_member(person_id, chat.id, user_id)
        return chat

    def _new(
        self, title: str, kind: ChatType, username: str | None, chat_id: int | None = None
    ) -> Chat:
        if chat_id is None:
            number = self.state.world.next_serial()
            chat_id = -number if kind is ChatType.GROUP else _SUPERGROUPS_BELOW - number
        if chat_id >= 0 or chat_id in self.state.world.chats:
            raise SandboxError(f"the id {chat_id} is taken or not a group's")
        chat = Chat(id=chat_id, type=kind, title=title, username=username)
        self.state.world.chats[chat.id] = chat
        return chat

    def chat(self, chat_id: int) -> Chat:
        """Find a group or channel."""
        chat = self.state.world.chats.get(chat_id)
        if chat is None:
            raise SandboxError(f"there is no group or channel {chat_id}")
        if chat.migrated_to is not None:
            raise SandboxError(f"the group has become the supergroup {chat.migrated_to}")
        return chat

    def _check_in(self, chat: Chat, person_id: int, allowed: frozenset[Status]) -> None:
        if chat.status(person_id) not in allowed:
            raise SandboxError(f"{person_id} may not do that in the chat {chat.id}")

    def add_member(self, by: int, chat_id: int, user_id: int) -> None:
        """Add somebody, or a bot; in a channel a bot becomes an administrator."""
        chat, user = self.chat(chat_id), self.state.user(user_id)
        self._check_in(chat, by, PRESENT)
        if chat.status(user_id) in PRESENT:
            raise SandboxError(f"{user_id} is in the chat already")
        member = Member(status=Status.MEMBER)
        if chat.type is ChatType.CHANNEL and user.is_bot:
            member = Member(status=Status.ADMINISTRATOR, rights=list(_ALL_RIGHTS))
        self.state.set_status(chat, user, member, by=self.state.user(by))
        if chat.type is not ChatType.CHANNEL:
            self.state.service(chat, by, {"new_chat_members": [user_object(user)]})

    def join(self, person_id: int, chat_id: int) -> None:
        """Join of one's own accord."""
        chat, user = self.chat(chat_id), self.state.user(person_id)
        if chat.status(person_id) is Status.KICKED:
            raise SandboxError(f"{person_id} was removed from the chat and cannot join again")
        if chat.status(person_id) in PRESENT:
            raise SandboxError(f"{person_id} is in the chat already")
        self.state.set_status(chat, user, Member(status=Status.MEMBER), by=user)
        if chat.type is not ChatType.CHANNEL:
            self.state.service(chat, person_id, {"new_chat_members": [user_object(user)]})

    def leave(self, person_id: int, chat_id: int) -> None:
        """Leave of one's own accord."""
        chat = self.chat(chat_id)
        self._check_in(chat, person_id, PRESENT)
        self._go(chat, person_id, person_id, Status.LEFT)

    def remove_member(self, by: int, chat_id: int, user_id: int) -> None:
        """Remove somebody, or a bot."""
        chat = self.chat(chat_id)
        self._check_in(chat, by, IN_CHARGE)
        self._check_in(chat, user_id, PRESENT)
        self._go(chat, by, user_id, Status.KICKED)

    def _go(self, chat: Chat, by: int, user_id: int, status: Status) -> None:
        # The notice comes first: whoever goes still sees it, as with Telegram.
        user = self.state.user(user_id)
        if chat.type is not ChatType.CHANNEL:
            self.state.service(chat, by, {"left_chat_member": user_object(user)})
        self.state.set_status(chat, user, Member(status=status), by=self.state.user(by))

    def make_admin(
        self,
        by: int,
        chat_id: int,
        user_id: int,
        rights: tuple[str, ...] = _ALL_RIGHTS,
        title: str | None = None,
    ) -> None:
        """Make somebody, or a bot, an administrator with some rights or all."""
        chat = self.chat(chat_id)
        self._check_in(chat, by, IN_CHARGE)
        member = Member(status=Status.ADMINISTRATOR, rights=list(rights), title=title)
        self.state.set_status(chat, self.state.user(user_id), member, by=self.state.user(by))

    def set_anonymous(self, person_id: int, chat_id: int, *, anonymous: bool = True) -> None:
        """Let an administrator write in the group's name, or in their own again."""
        chat = self.chat(chat_id)
        self._check_in(chat, person_id, IN_CHARGE)
        if chat.type is not ChatType.SUPERGROUP:
            raise SandboxError("only administrators of a supergroup are anonymous")
        person = self.state.user(person_id)
        member = replace(chat.members[person_id], anonymous=anonymous)
        self.state.set_status(chat, person, member, by=person)

    def unmake_admin(self, by: int, chat_id: int, user_id: int) -> None:
        """Make an administrator a plain member again."""
        chat = self.chat(chat_id)
        self._check_in(chat, by, IN_CHARGE)
        member = Member(status=Status.MEMBER)
        self.state.set_status(chat, self.state.user(user_id), member, by=self.state.user(by))

    def restrict(self, by: int, chat_id: int, user_id: int) -> None:
        """Take from somebody, or a bot, the right to write."""
        chat = self.chat(chat_id)
        self._check_in(chat, by, IN_CHARGE)
        member = Member(status=Status.RESTRICTED, can_send=False)
        self.state.set_status(chat, self.state.user(user_id), member, by=self.state.user(by))

    def open_topic(self, person_id: int, chat_id: int, name: str) -> Topic:
        """Open a topic in a forum."""
        chat = self.chat(chat_id)
        self._check_in(chat, person_id, PRESENT)
        if not chat.is_forum:
            raise SandboxError("only a forum has topics")
        content: JsonObject = {"forum_topic_created": {"name": name, "icon_color": _ICON_COLOR}}
        notice = self.state.new_message(chat, person_id, content)
        notice.thread = notice.id
        topic = Topic(id=notice.id, name=name, icon_color=_ICON_COLOR)
        chat.topics[topic.id] = topic
        self.state.post(chat, notice)
        self.state.happened(Happened.TOPIC, topic_object(topic), chat=chat)
        return topic

    def set_topic_closed(
        self, person_id: int, chat_id: int, topic_id: int, *, closed: bool = True
    ) -> None:
        """Close or reopen a topic."""
        chat = self.chat(chat_id)
        self._check_in(chat, person_id, IN_CHARGE)
        if topic_id not in chat.topics:
            raise SandboxError(f"there is no topic {topic_id}")
        chat.topics[topic_id].closed = closed
        kind = "forum_topic_closed" if closed else "forum_topic_reopened"
        notice = self.state.new_message(chat, person_id, {kind: {}})
        notice.thread = topic_id
        self.state.post(chat, notice)
        self.state.happened(Happened.TOPIC, topic_object(chat.topics[topic_id]), chat=chat)

    def set_title(self, person_id: int, chat_id: int, title: str) -> Message:
        """Give a group or channel another title."""
        chat = self.chat(chat_id)
        self._check_in(chat, person_id, IN_CHARGE)
        chat.title = title
        self.state.happened(Happened.CHAT, chat_object(self.state.world, chat), chat=chat)
        return self.state.service(chat, person_id, {"new_chat_title": title})

    def migrate(self, person_id: int, chat_id: int) -> Chat:
        """Turn a group into a supergroup; both say so, and the old one is of no more use."""
        old = self.chat(chat_id)
        self._check_in(old, person_id, IN_CHARGE)
        if old.type is not ChatType.GROUP:
            raise SandboxError("only a group becomes a supergroup")
        new = self._new(old.title or "", ChatType.SUPERGROUP, None)
        new.members = {user_id: replace(member) for user_id, member in old.members.items()}
        new.migrated_from = old.id
        self.state.service(old, person_id, {"migrate_to_chat_id": new.id})
        self.state.service(new, person_id, {"migrate_from_chat_id": old.id})
        old.migrated_to = new.id
        data = chat_object(self.state.world, new) | {"migrated_from": old.id}
        self.state.happened(Happened.CHAT, data, chat=new)
        return new
