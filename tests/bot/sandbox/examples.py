"""One good call of every method that the sandbox has."""

from bot.sandbox.json_values import Json
from bot.sandbox.limits import Limits
from bot.sandbox.params import Upload
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import ChatType
from tests.bot.sandbox.calling import DOCUMENT, PHOTO, Calling

Params = dict[str, Json]


class Examples:
    """A sandbox with a person and a forum, and parameters that fit what is in it."""

    def __init__(self) -> None:
        self.telegram = Telegram(limits=Limits(enabled=False))
        self.call = Calling(self.telegram)
        self.ann = self.telegram.people.add("Ann").id
        self.telegram.people.start(self.ann)
        self.forum = self.telegram.groups.create(
            self.ann, "Desk", type=ChatType.SUPERGROUP, members=(1,), is_forum=True
        ).id
        self.telegram.groups.make_admin(self.ann, self.forum, 1)

    def of(self, method: str) -> tuple[Params, dict[str, Upload]]:
        """Give parameters and files with which a method succeeds."""
        files: dict[str, Upload] = {}
        if method in {"sendPhoto", "sendDocument"}:
            files = {"photo": PHOTO} if method == "sendPhoto" else {"document": DOCUMENT}
        if method in {"sendMediaGroup", "editMessageMedia"}:
            files = {"one": PHOTO}
        if "ForumTopic" in method:
            return self._topic(method), files
        if method.startswith(("edit", "delete", "pin", "unpin", "setMessage")):
            return self._message(method), files
        return self._other(method), files

    def _sent(self) -> int:
        return int(self.call("sendMessage", chat_id=self.ann, text="x")["message_id"])

    def _photo(self) -> int:
        return int(self.call("sendPhoto", {"photo": PHOTO}, chat_id=self.ann)["message_id"])

    def _topic(self, method: str) -> Params:
        if method == "createForumTopic":
            return {"chat_id": self.forum, "name": "Geneva"}
        topic = self.telegram.groups.open_topic(self.ann, self.forum, "Geneva").id
        self.telegram.groups.set_topic_closed(
            self.ann, self.forum, topic, closed=method == "reopenForumTopic"
        )
        where: Params = {"chat_id": self.forum, "message_thread_id": topic}
        return where | ({"name": "Vienna"} if method == "editForumTopic" else {})

    def _message(self, method: str) -> Params:
        if method in {"deleteMyCommands", "deleteWebhook"}:
            return {}
        media: Params = {"type": "photo", "media": "attach://one"}
        button: Json = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
        changes: dict[str, Params] = {
            "editMessageText": {"text": "y"},
            "editMessageCaption": {"caption": "y"},
            "editMessageMedia": {"media": media},
            "editMessageReplyMarkup": {"reply_markup": button},
        }
        about_photo = method in {"editMessageCaption", "editMessageMedia"}
        message = self._photo() if about_photo else self._sent()
        where: Params = {"chat_id": self.ann}
        if method == "deleteMessages":
            return where | {"message_ids": [message]}
        if method.startswith("unpin"):
            self.call("pinChatMessage", **where, message_id=message)
            return where
        return where | {"message_id": message} | changes.get(method, {})

    def _other(self, method: str) -> Params:
        here: Params = {"chat_id": self.ann}
        passed_on: Params = here | {"from_chat_id": self.ann, "message_id": 1}
        group: Params = {"chat_id": self.forum}
        media: Json = [{"type": "photo", "media": "attach://one"}] * 2
        examples: dict[str, Params] = {
            "sendMessage": here | {"text": "x"},
            "sendPhoto": here,
            "sendDocument": here,
            "sendLocation": here | {"latitude": 46.2, "longitude": 6.1},
            "sendMediaGroup": here | {"media": media},
            "sendChatAction": here | {"action": "typing"},
            "forwardMessage": passed_on,
            "copyMessage": passed_on,
            "getChat": here,
            "getChatMember": group | {"user_id": self.ann},
            "getChatAdministrators": group,
            "getChatMemberCount": group,
            "setMyCommands": {"commands": [{"command": "who", "description": "Who"}]},
            "setWebhook": {"url": "https://example.org/hook"},
        }
        if method == "leaveChat":
            return {"chat_id": self.telegram.groups.create(self.ann, "x", members=(1,)).id}
        if method == "getFile":
            photo = self.call("sendPhoto", {"photo": PHOTO}, chat_id=self.ann)["photo"][0]
            return {"file_id": photo["file_id"]}
        if method == "getUpdates":
            self.call("deleteWebhook")
        if method == "logOut":  # the token is taken again once this call is over
            self.telegram.observe(_LogIn(self.telegram))
        if method == "answerCallbackQuery":
            button: Json = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
            sent = self.call("sendMessage", **here, text="x", reply_markup=button)
            pressed = self.telegram.people.press(self.ann, self.ann, sent["message_id"], data="a")
            return {"callback_query_id": pressed.id}
        if method == "answerInlineQuery":
            asked = self.telegram.people.ask_inline(self.ann, "x")
            return {"inline_query_id": asked.id, "results": []}
        return examples.get(method, {})


class _LogIn:
    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    def on_call(self, method: str, params: Params, result: Json) -> None:
        del method, params, result
        self._telegram.world.bots[1].logged_out_at = None

    def on_update(self, update: Params) -> None:
        del update
