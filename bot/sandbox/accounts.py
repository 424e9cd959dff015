"""The person's side, first part: accounts, which chats somebody sees, blocking a bot.

What a messenger would not offer raises SandboxError.
"""

import re
from dataclasses import dataclass

from bot.sandbox.errors import SandboxError
from bot.sandbox.feed import Happened
from bot.sandbox.json_values import JsonObject
from bot.sandbox.state import State
from bot.sandbox.world import (
    IN_CHARGE,
    PRESENT,
    Bot,
    Chat,
    ChatType,
    Member,
    Message,
    Status,
    User,
)

FIRST_PERSON_ID = 1001
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(slots=True, kw_only=True)
class Accounts:
    """Who there is; `chat_id` of a private chat is the person's own id.

    Where `bot_id` is left out, the first bot is meant; groups and channels ignore it.
    """

    state: State

    def add(
        self,
        first_name: str,
        *,
        person_id: int | None = None,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
    ) -> User:
        """Let somebody have an account."""
        users = self.state.world.users
        if person_id is None:
            person_id = max([FIRST_PERSON_ID - 1, *users]) + 1
        if person_id in users or person_id <= 0:
            raise SandboxError(f"the id {person_id} is taken or not a person's")
        user = User(
            id=person_id,
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
        )
        users[user.id] = user
        return user

    def set_language(self, person_id: int, language_code: str | None) -> User:
        """Set the language of somebody's messenger; bots are told with what comes next."""
        if language_code is not None and not _LANGUAGE.fullmatch(language_code):
            raise SandboxError(f"{language_code[:40]!r} is no language code such as de or pt-br")
        person = self.state.user(person_id)
        person.language_code = language_code
        data: JsonObject = {"person_id": person_id, "language_code": language_code}
        self.state.happened(Happened.PROFILE, data)
        return person

    def deactivate(self, person_id: int) -> None:
        """Delete somebody's account."""
        self.state.user(person_id).deactivated = True

    def private_chat(self, person_id: int, bot_id: int | None = None) -> Chat:
        """Give the chat of a person with a bot; it begins to be when it is first needed."""
        person, bot = self.state.user(person_id), self.bot(bot_id)
        chat = bot.chats.get(person.id)
        if chat is None:
            chat = Chat(id=person.id, type=ChatType.PRIVATE, bot_id=bot.user.id)
            bot.chats[person.id] = chat
        return chat

    def bot(self, bot_id: int | None) -> Bot:
        """Find a bot; the first where none is named."""
        bots = self.state.world.bots
        if bot_id is None:
            return next(iter(bots.values()))
        if bot_id not in bots:
            raise SandboxError(f"no bot here has the id {bot_id}")
        return bots[bot_id]

    def chat(self, person_id: int, chat_id: int, bot_id: int | None = None) -> Chat:
        """Find a chat that somebody can see."""
        if chat_id == person_id:
            return self.private_chat(person_id, bot_id)
        chat = self.state.world.chats.get(chat_id)
        if chat is None:
            raise SandboxError(f"there is no chat {chat_id}")
        if chat.status(person_id) not in PRESENT:
            raise SandboxError(f"{person_id} is not a member of the chat {chat_id}")
        return chat

    def block(self, person_id: int, bot_id: int | None = None) -> None:
        """Block a bot."""
        self._set_blocked(person_id, bot_id, blocked=True)

    def unblock(self, person_id: int, bot_id: int | None = None) -> None:
        """Unblock a bot."""
        self._set_blocked(person_id, bot_id, blocked=False)

    def _set_blocked(self, person_id: int, bot_id: int | None, *, blocked: bool) -> None:
        chat = self.private_chat(person_id, bot_id)
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        standings = (Member(status=Status.MEMBER), Member(status=Status.KICKED))
        old, new = standings if blocked else standings[::-1]
        bot = self.bot(bot_id)
        self.state.member_changed(chat, bot.user, old, new, by=self.state.user(person_id))

    def writable(self, person_id: int, chat_id: int, bot_id: int | None = None) -> Chat:
        """Find a chat that somebody can write in."""
        if self.state.user(person_id).deactivated:
            raise SandboxError(f"the account {person_id} is deleted")
        chat = self.chat(person_id, chat_id, bot_id)
        if chat.blocked:
            raise SandboxError("the bot is blocked: unblock it first")
        if chat.migrated_to is not None:
            raise SandboxError(f"the group has become the supergroup {chat.migrated_to}")
        if chat.type is ChatType.CHANNEL and chat.status(person_id) not in IN_CHARGE:
            raise SandboxError("only administrators write in a channel")
        return chat

    def message(
        self, person_id: int, chat_id: int, message_id: int, bot_id: int | None
    ) -> tuple[Chat, Message]:
        """Find a message in a chat that somebody can see."""
        chat = self.chat(person_id, chat_id, bot_id)
        if message_id not in chat.messages:
            raise SandboxError(f"there is no message {message_id}")
        return chat, chat.messages[message_id]
