"""Methods that put messages into chats."""

from bot.sandbox import errors
from bot.sandbox.errors import bad_request, unsupported
from bot.sandbox.feed import Happened
from bot.sandbox.files import keep_files, read_file
from bot.sandbox.json_values import Json, JsonObject
from bot.sandbox.objects import (
    chat_object,
    document_object,
    message_object,
    photo_sizes,
    user_object,
)
from bot.sandbox.params import Params
from bot.sandbox.targets import (
    Access,
    Call,
    Target,
    new_message,
    read_chat,
    read_target,
    read_writable,
)
from bot.sandbox.texts import read_caption, read_message_text
from bot.sandbox.world import Chat, ChatType, Message, StoredFile

MAX_LATITUDE, MAX_LONGITUDE = 90, 180
MAX_ALBUM = 10

# [docs] sendChatAction
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def _send(call: Call, target: Target, content: JsonObject, *files: StoredFile) -> Json:
    call.charge(target.chat, 1)
    keep_files(call.state.world, *files)
    message = call.state.post(target.chat, new_message(call, target, content))
    return message_object(call.state.world, target.chat, message)


def send_message(call: Call) -> Json:
    """Send a text."""
    content = read_message_text(call, call.params)
    return _send(call, read_target(call), content)


def send_photo(call: Call) -> Json:
    """Send a picture with an optional caption."""
    caption = read_caption(call, call.params)
    target = read_target(call)
    file = read_file(call.state.world, call.params, "photo", "photo")
    content: JsonObject = {"photo": photo_sizes(file)} | caption
    if call.params.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return _send(call, target, content, file)


def send_document(call: Call) -> Json:
    """Send a file with an optional caption."""
    caption = read_caption(call, call.params)
    call.params.flag("disable_content_type_detection")
    if call.params.has("thumbnail") or call.params.upload("thumbnail"):
        raise unsupported("the parameter thumbnail")
    target = read_target(call)
    file = read_file(call.state.world, call.params, "document", "document")
    return _send(call, target, {"document": document_object(file)} | caption, file)


def send_location(call: Call) -> Json:
    """Send a place on the map."""
    latitude, longitude = call.params.number("latitude"), call.params.number("longitude")
    if latitude is None:
        raise bad_request("latitude is empty")
    if longitude is None:
        raise bad_request("longitude is empty")
    if abs(latitude) > MAX_LATITUDE or abs(longitude) > MAX_LONGITUDE:
        raise bad_request("wrong location specified")
    location = {"latitude": latitude, "longitude": longitude}
    return _send(call, read_target(call), {"location": location})


def read_media(call: Call, media: object) -> tuple[JsonObject, StoredFile]:
    """Read one InputMedia as content and file; only photos and documents are known here."""
    if not isinstance(media, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = media.get("type")
    if kind not in {"photo", "document"}:
        if kind in {"audio", "video", "animation", "live_photo"}:
            raise unsupported(f"media of type {kind}")
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    for name in ("thumbnail", "cover"):
        if media.get(name):
            raise unsupported(f"InputMedia with {name}")
    caption = read_caption(call, Params(media, {}))
    file = read_file(call.state.world, call.params, kind, "media", str(media.get("media", "")))
    if kind == "document":
        return {"document": document_object(file)} | caption, file
    content: JsonObject = {"photo": photo_sizes(file)} | caption
    if media.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return content, file


def send_media_group(call: Call) -> Json:
    """Send pictures or files as an album of at most ten."""
    media = call.params.json_array("media", "InputMedia")
    if media is None:
        raise bad_request('parameter "media" is required')
    if not media:
        raise bad_request("there are no messages to send")
    if len(media) > MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    read = [read_media(call, one) for one in media]
    if len({one["type"] for one in media}) > 1:
        raise bad_request("document can't be mixed with other media types")
    if len(media) == 1:
        call.odd("an album of one; the Bot API's pages ask for two to ten")
    target = read_target(call)
    call.charge(target.chat, len(read))
    album = f"{call.state.world.next_serial():017d}"
    messages = []
    for content, file in read:
        keep_files(call.state.world, file)
        message = new_message(call, target, content)
        message.media_group = album if len(read) > 1 else None
        messages.append(call.state.post(target.chat, message))
    return [message_object(call.state.world, target.chat, message) for message in messages]


def send_chat_action(call: Call) -> Json:
    """Show what the bot is about to do."""
    action = call.params.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = read_writable(call)
    thread = call.params.integer("message_thread_id")
    data: JsonObject = {"action": action, "message_thread_id": thread}
    call.state.happened(Happened.CHAT_ACTION, data, chat=chat, bot=call.bot)
    return True


def _original(call: Call, refusal: str) -> tuple[Chat, Message]:
    if not call.params.text("from_chat_id"):
        raise bad_request('parameter "from_chat_id" is required')
    source = read_chat(call, Access.READ, "from_chat_id")
    original = source.messages.get(call.params.integer("message_id") or 0)
    if original is None:
        raise bad_request(refusal)
    return source, original


def forward_message(call: Call) -> Json:
    """Pass a message on, with where it came from."""
    source, original = _original(call, errors.FORWARD_NOT_FOUND)
    target = read_target(call)
    if original.protected or original.is_service:
        raise bad_request("the message can't be forwarded")
    call.charge(target.chat, 1)
    message = new_message(call, target, dict(original.content))
    message.forward_origin = original.forward_origin or _origin(call, source, original)
    call.state.post(target.chat, message)
    return message_object(call.state.world, target.chat, message)


def _origin(call: Call, source: Chat, original: Message) -> JsonObject:
    world = call.state.world
    if source.type is ChatType.CHANNEL or original.sender is None:
        return {
            "type": "channel",
            "date": original.date,
            "chat": chat_object(world, source),
            "message_id": original.id,
        }
    if original.anonymous:
        chat = chat_object(world, source)
        return {"type": "chat", "date": original.date, "sender_chat": chat}
    sender = user_object(world.users[original.sender])
    return {"type": "user", "date": original.date, "sender_user": sender}


def copy_message(call: Call) -> Json:
    """Send the same again, without where it came from."""
    _, original = _original(call, errors.COPY_NOT_FOUND)
    target = read_target(call)
    if original.protected or original.is_service:
        raise bad_request("the message can't be copied")
    content = dict(original.content)
    caption = read_caption(call, call.params)
    if call.params.has("caption") and "text" not in content:
        for name in ("caption", "caption_entities", "show_caption_above_media"):
            content.pop(name, None)
        content |= caption
    call.charge(target.chat, 1)
    message = call.state.post(target.chat, new_message(call, target, content))
    return {"message_id": message.id}


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendLocation": send_location,
    "sendMediaGroup": send_media_group,
    "sendChatAction": send_chat_action,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
}
