"""The person's side: writing, pressing, asking inline, blocking.

What a messenger would not offer raises SandboxError. Making and changing groups stands in
groups.py.
"""

from dataclasses import dataclass

from bot.sandbox.entities import tidy, utf16_length
from bot.sandbox.errors import SandboxError
from bot.sandbox.files import new_file
from bot.sandbox.json_values import JsonObject
from bot.sandbox.objects import (
    chat_object,
    document_object,
    message_object,
    photo_sizes,
    user_object,
)
from bot.sandbox.params import Upload
from bot.sandbox.state import State
from bot.sandbox.texts import MAX_CAPTION, MAX_TEXT
from bot.sandbox.world import (
    IN_CHARGE,
    PRESENT,
    Bot,
    Callback,
    Chat,
    ChatType,
    InlineMessage,
    InlineQuery,
    Member,
    Message,
    Status,
    User,
)

FIRST_PERSON_ID = 1001


@dataclass(slots=True, kw_only=True)
class People:
    """What people do; `chat_id` of a private chat is the person's own id.

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

    def start(self, person_id: int, payload: str = "", bot_id: int | None = None) -> Message:
        """Press Start, after a deep link with its payload; it unblocks a blocked bot."""
        self.unblock(person_id, bot_id)
        return self.send_text(person_id, person_id, f"/start {payload}".strip(), bot_id=bot_id)

    def send_text(
        self,
        person_id: int,
        chat_id: int,
        text: str,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
        bot_id: int | None = None,
    ) -> Message:
        """Write a message."""
        if utf16_length(text) > MAX_TEXT:
            raise SandboxError(f"the text is longer than {MAX_TEXT} characters")
        shown, entities = tidy(text, [])
        if not shown:
            raise SandboxError("an empty text cannot be sent")
        content: JsonObject = {"text": shown}
        if entities:
            content["entities"] = entities
        return self._say(person_id, chat_id, content, reply_to, thread, bot_id)

    def send_photo(
        self,
        person_id: int,
        chat_id: int,
        upload: Upload,
        *,
        caption: str = "",
        reply_to: int | None = None,
        thread: int | None = None,
        bot_id: int | None = None,
    ) -> Message:
        """Send a picture."""
        content = {"photo": photo_sizes(new_file(self.state.world, "photo", upload))}
        return self._say(
            person_id, chat_id, content | self._caption(caption), reply_to, thread, bot_id
        )

    def send_document(
        self,
        person_id: int,
        chat_id: int,
        upload: Upload,
        *,
        caption: str = "",
        reply_to: int | None = None,
        thread: int | None = None,
        bot_id: int | None = None,
    ) -> Message:
        """Send a file."""
        content = {"document": document_object(new_file(self.state.world, "document", upload))}
        return self._say(
            person_id, chat_id, content | self._caption(caption), reply_to, thread, bot_id
        )

    def send_location(
        self,
        person_id: int,
        chat_id: int,
        latitude: float,
        longitude: float,
        *,
        reply_to: int | None = None,
        bot_id: int | None = None,
    ) -> Message:
        """Send a place on the map."""
        content = {"location": {"latitude": latitude, "longitude": longitude}}
        return self._say(person_id, chat_id, content, reply_to, None, bot_id)

    def send_contact(
        self,
        person_id: int,
        chat_id: int,
        phone_number: str,
        *,
        reply_to: int | None = None,
        bot_id: int | None = None,
    ) -> Message:
        """Send one's own contact."""
        person = self.state.user(person_id)
        contact = {
            "phone_number": phone_number,
            "first_name": person.first_name,
            "user_id": person.id,
        }
        return self._say(person_id, chat_id, {"contact": contact}, reply_to, None, bot_id)

    def _caption(self, caption: str) -> JsonObject:
        shown, entities = tidy(caption, [])
        if utf16_length(shown) > MAX_CAPTION:
            raise SandboxError(f"the caption is longer than {MAX_CAPTION} characters")
        content: JsonObject = {"caption": shown} if shown else {}
        return content | ({"caption_entities": entities} if entities else {})

    def _say(
        self,
        person_id: int,
        chat_id: int,
        content: JsonObject,
        reply_to: int | None,
        thread: int | None,
        bot_id: int | None,
    ) -> Message:
        chat = self._writable(person_id, chat_id, bot_id)
        if reply_to is not None and reply_to not in chat.messages:
            raise SandboxError(f"there is no message {reply_to} to answer")
        if thread is not None and (thread not in chat.topics or chat.topics[thread].closed):
            raise SandboxError(f"there is no open topic {thread}")
        message = self.state.new_message(chat, person_id, content)
        message.reply_to = reply_to
        if thread is None and reply_to is not None:
            thread = chat.messages[reply_to].thread
        message.thread = thread
        return self.state.post(chat, message)

    def _writable(self, person_id: int, chat_id: int, bot_id: int | None) -> Chat:
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

    def edit_text(
        self, person_id: int, chat_id: int, message_id: int, text: str, bot_id: int | None = None
    ) -> Message:
        """Change a message of one's own."""
        chat, message = self._message(person_id, chat_id, message_id, bot_id)
        if message.sender != person_id or "text" not in message.content:
            raise SandboxError("only a text of one's own can be edited")
        shown, entities = tidy(text, [])
        if not shown or utf16_length(shown) > MAX_TEXT:
            raise SandboxError(f"a text has 1 to {MAX_TEXT} characters")
        message.content = {"text": shown} | ({"entities": entities} if entities else {})
        message.edit_date = self.state.date
        self.state.edited(chat, message)
        return message

    def _message(
        self, person_id: int, chat_id: int, message_id: int, bot_id: int | None
    ) -> tuple[Chat, Message]:
        chat = self.chat(person_id, chat_id, bot_id)
        if message_id not in chat.messages:
            raise SandboxError(f"there is no message {message_id}")
        return chat, chat.messages[message_id]

    def press(
        self,
        person_id: int,
        chat_id: int,
        message_id: int,
        *,
        data: str | None = None,
        label: str | None = None,
        bot_id: int | None = None,
    ) -> Callback:
        """Press an inline button, by its data or its label; only buttons with data answer."""
        chat, message = self._message(person_id, chat_id, message_id, bot_id)
        button = _find_button(message, data, label)
        if "callback_data" not in button:
            action = next((name for name in button if name not in {"text", "style"}), "nothing")
            raise SandboxError(f"the button {button['text']!r} is no callback but a {action}")
        place = self.state.world.inline_messages.get(message.inline_id or "")
        owner = place.bot_id if place else message.sender or message.via_bot
        bot = self.state.world.bots.get(owner or 0) or self.bot(chat.bot_id or bot_id)
        return self._callback(person_id, chat, message, bot, button["callback_data"])

    def _callback(
        self, person_id: int, chat: Chat, message: Message, bot: Bot, data: str
    ) -> Callback:
        callback = Callback(
            id=f"{self.state.world.next_serial():019d}",
            bot_id=bot.user.id,
            person_id=person_id,
            chat_id=chat.id,
            message_id=message.id,
            pressed=self.state.clock.elapsed(),
        )
        self.state.world.callbacks[callback.id] = callback
        query: JsonObject = {
            "id": callback.id,
            "from": user_object(self.state.user(person_id)),
            "chat_instance": f"{chat.id}{bot.user.id:05d}",
            "data": data,
        }
        if message.inline_id is not None:
            query["inline_message_id"] = message.inline_id
        else:
            query["message"] = message_object(self.state.world, chat, message)
        self.state.tell(bot, "callback_query", query)
        return callback

    def ask_inline(
        self,
        person_id: int,
        query: str,
        *,
        offset: str = "",
        chat_type: str = "sender",
        bot_id: int | None = None,
    ) -> InlineQuery:
        """Type something behind the bot's name."""
        bot = self.bot(bot_id)
        if not bot.inline:
            raise SandboxError("the bot answers no inline queries")
        asked = InlineQuery(
            id=f"{self.state.world.next_serial():019d}",
            bot_id=bot.user.id,
            person_id=person_id,
            query=query,
            asked=self.state.clock.elapsed(),
        )
        self.state.world.inline_queries[asked.id] = asked
        person = user_object(self.state.user(person_id))
        payload: JsonObject = {"id": asked.id, "from": person, "query": query, "offset": offset}
        self.state.tell(bot, "inline_query", payload | {"chat_type": chat_type})
        return asked

    def choose_inline(self, person_id: int, query_id: str, result_id: str, chat_id: int) -> Message:
        """Send one of the results that an inline query brought."""
        asked = self.state.world.inline_queries.get(query_id)
        results = {result["id"]: result for result in asked.results} if asked else {}
        if asked is None or result_id not in results:
            raise SandboxError(f"the inline query brought no result {result_id!r}")
        chat = self._writable(person_id, chat_id, asked.bot_id)
        bot = self.state.world.bots[asked.bot_id]
        sent = results[result_id]["sandbox_message"]
        message = self.state.new_message(chat, person_id, dict(sent["content"]))
        message.via_bot = bot.user.id
        message.reply_markup = sent["reply_markup"]
        message.inline_id = f"inline-{self.state.world.next_serial()}"
        self.state.world.inline_messages[message.inline_id] = InlineMessage(
            bot_id=bot.user.id, chat_id=chat.id, message_id=message.id
        )
        self.state.post(chat, message)
        if bot.inline_feedback:
            chosen: JsonObject = {
                "result_id": result_id,
                "from": user_object(self.state.user(person_id)),
                "query": asked.query,
            }
            if message.reply_markup:  # [docs] the id comes only with an inline keyboard
                chosen["inline_message_id"] = message.inline_id
            self.state.tell(bot, "chosen_inline_result", chosen)
        return message

    def react(
        self, person_id: int, chat_id: int, message_id: int, emoji: str, bot_id: int | None = None
    ) -> None:
        """React to a message with one emoji, or with none."""
        chat, message = self._message(person_id, chat_id, message_id, bot_id)
        old = message.reactions.get(person_id, [])
        new: list[JsonObject] = [{"type": "emoji", "emoji": emoji}] if emoji else []
        message.reactions[person_id] = new
        data: JsonObject = {
            "chat": chat_object(self.state.world, chat),
            "message_id": message_id,
            "user": user_object(self.state.user(person_id)),
            "date": self.state.date,
            "old_reaction": old,
            "new_reaction": new,
        }
        for bot in self.state.world.bots_in(chat):
            if chat.type is ChatType.PRIVATE or chat.status(bot.user.id) in IN_CHARGE:
                self.state.tell(bot, "message_reaction", data)

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


def _find_button(message: Message, data: str | None, label: str | None) -> JsonObject:
    rows = (message.reply_markup or {}).get("inline_keyboard", [])
    for row in rows:
        for button in row:
            if data is not None and button.get("callback_data") != data:
                continue
            if label is not None and button["text"] != label:
                continue
            found: JsonObject = button
            return found
    labels = ", ".join(button["text"] for row in rows for button in row) or "none"
    raise SandboxError(f"there is no button {label or data!r} here; there are: {labels}")
