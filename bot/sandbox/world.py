"""Who and what is in the sandbox: people, bots, chats, members, topics, messages, files.

All that is kept stands here as plain dataclasses, so that a snapshot is the world written
down. What may be done with it stands elsewhere.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.sandbox.json_values import JsonObject

FIRST_UPDATE_ID = 100_000_001
GENERAL_TOPIC = 1


class ChatType(StrEnum):
    """The four kinds of chat."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Status(StrEnum):
    """How somebody stands in a chat."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = frozenset({Status.CREATOR, Status.ADMINISTRATOR, Status.MEMBER, Status.RESTRICTED})
IN_CHARGE = frozenset({Status.CREATOR, Status.ADMINISTRATOR})


@dataclass(slots=True, kw_only=True)
class User:
    """A person, or the account of a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    deactivated: bool = False


@dataclass(slots=True, kw_only=True)
class Member:
    """How somebody stands in a chat, and what an administrator may do."""

    status: Status
    rights: list[str] = field(default_factory=list)
    can_send: bool = True
    title: str | None = None
    anonymous: bool = False


@dataclass(slots=True, kw_only=True)
class Topic:
    """A topic of a forum; its id is the id of the message that opened it."""

    id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None = None
    closed: bool = False


@dataclass(slots=True, kw_only=True)
class Message:
    """A message as it now stands; `content` has the Bot API's own field names.

    A channel's posts have no sender that anybody sees; `author` is who wrote it in any case.
    """

    id: int
    date: int
    sender: int | None
    content: JsonObject
    author: int | None = None
    thread: int | None = None
    reply_to: int | None = None
    reply_markup: JsonObject | None = None
    via_bot: int | None = None
    inline_id: str | None = None
    edit_date: int | None = None
    forward_origin: JsonObject | None = None
    media_group: str | None = None
    protected: bool = False
    silent: bool = False
    anonymous: bool = False
    pins: int | None = None
    reactions: dict[int, list[JsonObject]] = field(default_factory=dict)

    @property
    def is_service(self) -> bool:
        """Tell whether Telegram itself wrote it (somebody joined, something was pinned)."""
        kinds = {"text", "photo", "document", "location", "contact"}
        return not kinds & self.content.keys()


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat with its messages; a private one belongs to one bot and has its person's id."""

    id: int
    type: ChatType
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    bot_id: int | None = None
    blocked: bool = False
    migrated_to: int | None = None
    migrated_from: int | None = None
    next_message_id: int = 1
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)

    def status(self, user_id: int) -> Status:
        """Tell how somebody stands here."""
        member = self.members.get(user_id)
        return member.status if member else Status.LEFT

    @property
    def noun(self) -> str:
        """Name the kind of chat as Telegram's refusals do."""
        return f"{self.type.value} chat"


@dataclass(slots=True, kw_only=True)
class StoredFile:
    """A file that was sent by somebody, byte for byte."""

    file_id: str
    unique_id: str
    kind: str
    name: str | None
    mime_type: str | None
    data: bytes
    width: int = 0
    height: int = 0

    @property
    def path(self) -> str:
        """Give the path under which a bot downloads it."""
        folder = {"photo": "photos"}.get(self.kind, "documents")
        suffix = "." + self.name.rsplit(".", 1)[1] if self.name and "." in self.name else ""
        if self.kind == "photo" and not suffix:
            suffix = ".jpg"
        return f"{folder}/file_{self.unique_id}{suffix}"


@dataclass(slots=True, kw_only=True)
class Webhook:
    """Where a bot wants its updates posted, and how that went."""

    url: str = ""
    secret_token: str | None = None
    max_connections: int = 40
    ip_address: str | None = None
    has_certificate: bool = False
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass(slots=True, kw_only=True)
class Bot:
    """A bot: its account, its token, its updates and what it says of itself."""

    user: User
    token: str
    reads_all: bool = False
    inline: bool = True
    inline_feedback: bool = False  # as BotFather leaves it
    logged_out_at: float | None = None
    next_update_id: int = FIRST_UPDATE_ID
    next_message_id: int = 1
    allowed_updates: list[str] = field(default_factory=list)
    updates: list[JsonObject] = field(default_factory=list)
    webhook: Webhook = field(default_factory=Webhook)
    chats: dict[int, Chat] = field(default_factory=dict)
    commands: dict[str, list[JsonObject]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[str, JsonObject] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Callback:
    """A button that was pressed, and what the bot answered."""

    id: str
    bot_id: int
    person_id: int
    chat_id: int
    message_id: int
    pressed: float
    answered: bool = False
    text: str | None = None
    show_alert: bool = False
    url: str | None = None


@dataclass(slots=True, kw_only=True)
class InlineQuery:
    """What somebody typed behind a bot's name, and the results it offered."""

    id: str
    bot_id: int
    person_id: int
    query: str
    asked: float
    answered: bool = False
    results: list[JsonObject] = field(default_factory=list)
    next_offset: str = ""
    button: JsonObject | None = None
    cache_time: int = 300
    is_personal: bool = False


@dataclass(slots=True, kw_only=True)
class InlineMessage:
    """Where a message stands that was sent through a bot."""

    bot_id: int
    chat_id: int
    message_id: int


@dataclass(slots=True, kw_only=True)
class World:
    """Everything that is kept; groups and channels are shared, private chats are a bot's."""

    users: dict[int, User] = field(default_factory=dict)
    bots: dict[int, Bot] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    callbacks: dict[str, Callback] = field(default_factory=dict)
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)
    inline_messages: dict[str, InlineMessage] = field(default_factory=dict)
    serial: int = 0
    feed_sequence: int = 0

    def next_serial(self) -> int:
        """Count up, for ids of queries, files and the like."""
        self.serial += 1
        return self.serial

    def bot_by_token(self, token: str) -> Bot | None:
        """Find the bot that a token belongs to."""
        return next((bot for bot in self.bots.values() if bot.token == token), None)

    def chat_for(self, chat_id: int, bot_id: int) -> Chat | None:
        """Find a chat as one bot knows it."""
        return self.bots[bot_id].chats.get(chat_id) if chat_id > 0 else self.chats.get(chat_id)

    def new_message_id(self, chat: Chat) -> int:
        """Give the next message its id: by bot in private chats, by chat in all others."""
        if chat.bot_id is not None:
            bot = self.bots[chat.bot_id]
            bot.next_message_id += 1
            return bot.next_message_id - 1
        chat.next_message_id += 1
        return chat.next_message_id - 1

    def bots_in(self, chat: Chat) -> list[Bot]:
        """List the bots that see what happens in a chat."""
        if chat.bot_id is not None:
            return [self.bots[chat.bot_id]]
        return [bot for bot in self.bots.values() if chat.status(bot.user.id) in PRESENT]
