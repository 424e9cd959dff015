"""What Telegram answers when it refuses, text for text.

Not here: when each is raised (the methods know), nor the errors of reading HTML and
entities, which carry offsets and stand beside their parsers.

Where the texts are known from: [docs] the Bot API's pages; [server] telegram-bot-api's and
tdlib's sources; [ptb], [aiogram], [telebot] lists and tests in those client libraries;
[reports] the trackers of client libraries, where users quote answers. docs/sandbox.md has
the table.
"""

from bot.sandbox.json_values import JsonObject


class TelegramError(Exception):
    """Telegram refused: the HTTP code, the description and the response parameters."""

    def __init__(self, code: int, description: str, parameters: JsonObject | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters: JsonObject = parameters or {}

    def body(self) -> JsonObject:
        """Give the answer as it goes over the wire."""
        body: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class SandboxError(Exception):
    """A person in the sandbox tried what the messenger would not offer; says what."""


def bad_request(text: str) -> TelegramError:
    """Refuse with 400; `text` follows the prefix."""
    return TelegramError(400, f"Bad Request: {text}")


def forbidden(text: str) -> TelegramError:
    """Refuse with 403; `text` follows the prefix."""
    return TelegramError(403, f"Forbidden: {text}")


def conflict(text: str) -> TelegramError:
    """Refuse with 409; `text` follows the prefix."""
    return TelegramError(409, f"Conflict: {text}")


def unsupported(what: str) -> TelegramError:
    """Refuse by name what Telegram has and the sandbox has not; ours, not Telegram's."""
    return bad_request(f"the sandbox does not support {what}")


def too_many_requests(seconds: int) -> TelegramError:
    """Ask for a pause of so many seconds. [server] Client.cpp, [docs] ResponseParameters."""
    return TelegramError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def migrated(to_chat_id: int) -> TelegramError:
    """Name the supergroup that a group became. [server] Client.cpp, [docs]."""
    return TelegramError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": to_chat_id},
    )


def unauthorized() -> TelegramError:
    """Refuse a wrong token. [server], [ptb] InvalidToken."""
    return TelegramError(401, "Unauthorized")


def unknown_method() -> TelegramError:
    """Refuse a method that the Bot API has not. [server] "Not Found: method not found"."""
    return TelegramError(404, "Not Found: method not found")


def not_found() -> TelegramError:
    """Refuse a path that holds nothing."""
    return TelegramError(404, "Not Found")


def webhook_active() -> TelegramError:
    """Refuse polling while a webhook is set. [server] Client.cpp."""
    return conflict(
        "can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )


def other_poller() -> TelegramError:
    """Tell a poller that another took its place. [server] Client.cpp, [ptb] Conflict."""
    return conflict(
        "terminated by other getUpdates request; make sure that only one bot instance is running"
    )


def server_error(code: int) -> TelegramError:
    """Fail as the machines before the Bot API do. [reports]."""
    names = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}
    return TelegramError(code, names.get(code, "Gateway Timeout"))


# docs/sandbox.md says of each where it is known from.
CHAT_NOT_FOUND = "chat not found"
USER_NOT_FOUND = "user not found"
MESSAGE_TEXT_EMPTY = "message text is empty"
MESSAGE_TOO_LONG = "message is too long"
CAPTION_TOO_LONG = "message caption is too long"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
EDIT_NOT_FOUND = "message to edit not found"
DELETE_NOT_FOUND = "message to delete not found"
REPLY_NOT_FOUND = "message to be replied not found"
FORWARD_NOT_FOUND = "message to forward not found"
COPY_NOT_FOUND = "message to copy not found"
REACT_NOT_FOUND = "message to react not found"
PIN_NOT_FOUND = "message to pin not found"
UNPIN_NOT_FOUND = "message to unpin not found"
MESSAGE_ID_MISSING = "message identifier is not specified"
MESSAGE_IDS_MISSING = "message identifiers are not specified"
TOO_MANY_MESSAGE_IDS = "too many message identifiers specified"
CANT_EDIT = "message can't be edited"
CANT_DELETE = "message can't be deleted"
CANT_DELETE_FOR_EVERYONE = "message can't be deleted for everyone"
NO_TEXT_TO_EDIT = "there is no text in the message to edit"
NO_CAPTION_TO_EDIT = "there is no caption in the message to edit"
THREAD_NOT_FOUND = "message thread not found"
TOPIC_CLOSED = "TOPIC_CLOSED"
TOPIC_NOT_MODIFIED = "TOPIC_NOT_MODIFIED"
NOT_A_FORUM = "the chat is not a forum"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
BUTTON_DATA_INVALID = "BUTTON_DATA_INVALID"
NEED_ADMIN_IN_CHANNEL = "need administrator rights in the channel chat"
WRONG_FILE_ID = "wrong remote file identifier specified: can't unserialize it"
FAILED_URL = "failed to get HTTP URL content"
EMPTY_FILE = "file must be non-empty"
FILE_TOO_BIG = "file is too big"
IMAGE_PROCESS_FAILED = "IMAGE_PROCESS_FAILED"
PHOTO_DIMENSIONS = "PHOTO_INVALID_DIMENSIONS"
NOT_ENOUGH_RIGHTS_TO_SEND = "not enough rights to send text messages to the chat"
WRONG_USER_ID = "invalid user_id specified"

BLOCKED = "bot was blocked by the user"
DEACTIVATED = "user is deactivated"
CANT_INITIATE = "bot can't initiate conversation with a user"
NO_BOTS = "bot can't send messages to bots"
