"""The person's side: writing, pressing buttons, asking inline, reacting.

Accounts stand in accounts.py, making and changing groups in groups.py.
"""

from dataclasses import dataclass

from bot.sandbox.accounts import Accounts
from bot.sandbox.entities import tidy, utf16_length
from bot.sandbox.errors import SandboxError
from bot.sandbox.feed import Happened
from bot.sandbox.files import keep_files, new_file
from bot.sandbox.json_values import JsonObject
from bot.sandbox.objects import (
    chat_object,
    document_object,
    message_object,
    photo_sizes,
    user_object,
)
from bot.sandbox.params import Upload
from bot.sandbox.texts import MAX_CAPTION, MAX_TEXT
from bot.sandbox.world import (
    GENERAL_TOPIC,
    IN_CHARGE,
    Bot,
    Callback,
    Chat,
    ChatType,
    InlineMessage,
    InlineQuery,
    Message,
)

MAX_QUERY = 256  # [docs] InlineQuery.query


@dataclass(slots=True, kw_only=True)
class People(Accounts):
    """What people do."""

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
        file = new_file(self.state.world, "photo", upload)
        keep_files(self.state.world, file)
        content = {"photo": photo_sizes(file)} | self._caption(caption)
        return self._say(person_id, chat_id, content, reply_to, thread, bot_id)

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
        file = new_file(self.state.world, "document", upload)
        keep_files(self.state.world, file)
        content = {"document": document_object(file)} | self._caption(caption)
        return self._say(person_id, chat_id, content, reply_to, thread, bot_id)

    def send_location(
        self,
        person_id: int,
        chat_id: int,
        latitude: float,
        longitude: float,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
        bot_id: int | None = None,
    ) -> Message:
        """Send a place on the map."""
        content = {"location": {"latitude": latitude, "longitude": longitude}}
        return self._say(person_id, chat_id, content, reply_to, thread, bot_id)

    def send_contact(
        self,
        person_id: int,
        chat_id: int,
        phone_number: str,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
        bot_id: int | None = None,
    ) -> Message:
        """Send one's own contact."""
        person = self.state.user(person_id)
        contact = {
            "phone_number": phone_number,
            "first_name": person.first_name,
            "user_id": person.id,
        }
        return self._say(person_id, chat_id, {"contact": contact}, reply_to, thread, bot_id)

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
        chat = self.writable(person_id, chat_id, bot_id)
        if reply_to is not None and reply_to not in chat.messages:
            raise SandboxError(f"there is no message {reply_to} to answer")
        if thread is None and reply_to is not None:
            thread = chat.messages[reply_to].thread
        thread = _open_thread(chat, thread)
        message = self.state.new_message(chat, person_id, content)
        message.reply_to, message.thread = reply_to, thread
        return self.state.post(chat, message)

    def edit_text(
        self, person_id: int, chat_id: int, message_id: int, text: str, bot_id: int | None = None
    ) -> Message:
        """Change a message of one's own."""
        chat, message = self.message(person_id, chat_id, message_id, bot_id)
        own = message.sender == person_id
        if chat.type is ChatType.CHANNEL:
            own = chat.status(person_id) in IN_CHARGE
        if not own or "text" not in message.content:
            raise SandboxError("only a text of one's own can be edited")
        shown, entities = tidy(text, [])
        if not shown or utf16_length(shown) > MAX_TEXT:
            raise SandboxError(f"a text has 1 to {MAX_TEXT} characters")
        message.content = {"text": shown} | ({"entities": entities} if entities else {})
        message.edit_date = self.state.date
        self.state.edited(chat, message)
        return message

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
        chat, message = self.message(person_id, chat_id, message_id, bot_id)
        button = _find_button(message, data, label)
        if "callback_data" not in button:
            action = next((name for name in button if name not in {"text", "style"}), "nothing")
            raise SandboxError(f"the button {button['text']!r} is no callback but a {action}")
        place = self.state.world.inline_messages.get(message.inline_id or "")
        owner = place.bot_id if place else message.author or message.sender or message.via_bot
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
        if utf16_length(query) > MAX_QUERY:
            raise SandboxError(f"an inline query has at most {MAX_QUERY} characters")
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

    def choose_inline(
        self,
        person_id: int,
        query_id: str,
        result_id: str,
        chat_id: int,
        *,
        thread: int | None = None,
    ) -> Message:
        """Send one of the results that an inline query brought."""
        asked = self.state.world.inline_queries.get(query_id)
        results = {result["id"]: result for result in asked.results} if asked else {}
        if asked is None or result_id not in results:
            raise SandboxError(f"the inline query brought no result {result_id!r}")
        chat = self.writable(person_id, chat_id, asked.bot_id)
        thread = _open_thread(chat, thread)
        bot = self.state.world.bots[asked.bot_id]
        sent = results[result_id]["sandbox_message"]
        message = self.state.new_message(chat, person_id, dict(sent["content"]))
        message.thread = thread
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
        chat, message = self.message(person_id, chat_id, message_id, bot_id)
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
        told: JsonObject = {"message_id": message_id, "person_id": person_id, "reaction": new}
        self.state.happened(Happened.REACTION, told, chat=chat)
        for bot in self.state.world.bots_in(chat):
            if chat.type is ChatType.PRIVATE or chat.status(bot.user.id) in IN_CHARGE:
                self.state.tell(bot, "message_reaction", data)


def _open_thread(chat: Chat, thread: int | None) -> int | None:
    # What stands in the general topic bears no id, as with Telegram.
    if thread is None:
        return None
    if thread not in chat.topics or chat.topics[thread].closed:
        raise SandboxError(f"there is no open topic {thread}")
    return None if thread == GENERAL_TOPIC else thread


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
