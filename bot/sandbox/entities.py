"""A text with its entities: checking those that a bot gave, cleaning and trimming.

Offsets and lengths are in UTF-16 code units throughout. The rules are those of tdlib's
MessageEntity.cpp. Not here: how entities nest (nesting.py), which ones Telegram finds by
itself (finding.py), HTML (html_text.py).
"""

from typing import Any

from bot.sandbox.errors import bad_request, unsupported
from bot.sandbox.finding import find_entities, link_address
from bot.sandbox.json_values import JsonObject
from bot.sandbox.nesting import settle

MAX_ENTITIES = 100
MAX_OFFSET = 1_000_000

# What Telegram finds itself; such entities are taken from a bot and passed over.
FOUND = frozenset({"bot_command", "cashtag", "email", "hashtag", "mention", "phone_number", "url"})
# [docs] MessageEntity
FORMATS = FOUND | {
    "blockquote",
    "bold",
    "code",
    "custom_emoji",
    "date_time",
    "expandable_blockquote",
    "italic",
    "pre",
    "spoiler",
    "strikethrough",
    "text_link",
    "text_mention",
    "underline",
}
_FIELDS = (
    "type",
    "offset",
    "length",
    "url",
    "language",
    "user",
    "custom_emoji_id",
    "unix_time",
    "date_time_format",
)
_LAST_OF_ONE_UNIT = "\uffff"
# Dropped: carriage returns, line and direction marks, combining lines that overlap others.
_DROPPED = frozenset("\r\u0333\u033f\u030a") | {chr(code) for code in range(0x2028, 0x202F)}
_BLANK = " \n"


def utf16_length(text: str) -> int:
    """Count UTF-16 code units, as Telegram measures texts."""
    return len(text) + sum(1 for character in text if character > _LAST_OF_ONE_UNIT)


def utf16_offsets(text: str) -> list[int]:
    """List the UTF-16 offset of each character, and of the end."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (2 if character > _LAST_OF_ONE_UNIT else 1))
    return offsets


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Cut a piece out of a text by UTF-16 offset and length."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "surrogatepass")


def check_entities(text: str, given: list[Any]) -> list[JsonObject]:
    """Check entities that a bot gave, and give those that are of use."""
    entities = [entity for entity in map(_check_shape, given) if entity["length"] > 0]
    byte_at = _byte_offsets(text)
    end = utf16_length(text)
    for entity in sorted(entities, key=lambda one: (one["offset"], -one["length"])):
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        if start > end:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
        if start not in byte_at:
            raise bad_request(
                f"entity begins in a middle of a UTF-16 symbol at byte offset {byte_at[start + 1]}"
            )
        if stop > end:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text "
                f"at UTF-16 offset {stop}"
            )
        if stop not in byte_at:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol "
                f"at byte offset {byte_at[stop + 1]}"
            )
    return [entity for entity in entities if _is_usable(entity)]


def _check_shape(entity: object) -> JsonObject:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    kind = entity.get("type")
    if not isinstance(kind, str):
        raise bad_request("can't parse MessageEntity: Can't find field \"type\"")
    for name in ("offset", "length"):
        value = entity.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise bad_request(f'can\'t parse MessageEntity: Field "{name}" must be of type Number')
        if not 0 <= value <= MAX_OFFSET:
            raise bad_request(f"receive an entity with incorrect {name} {value}")
    if kind not in FORMATS:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    if kind == "text_mention":
        raise unsupported("entities of type text_mention")
    return {name: entity[name] for name in _FIELDS if entity.get(name) is not None}


def _is_usable(entity: JsonObject) -> bool:
    if entity["type"] == "text_link":  # a link that leads nowhere is dropped without a word
        entity["url"] = link_address(str(entity.get("url", "")))
        return entity["url"] is not None
    return entity["type"] not in FOUND


def _byte_offsets(text: str) -> dict[int, int]:
    # UTF-16 offset of each character's beginning, and of the end → its offset in UTF-8.
    byte_at = {}
    octets = 0
    for character, units in zip(text, utf16_offsets(text), strict=False):
        byte_at[units] = octets
        octets += len(character.encode("utf-8", "surrogatepass"))
    byte_at[utf16_length(text)] = octets
    return byte_at


def tidy(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    """Clean and trim a text as Telegram does, and add the entities that it finds itself."""
    text, entities = _clean(text, entities)
    text, entities = _trim(text, settle(entities))
    return text, settle(entities + find_entities(text, entities, utf16_offsets(text)))


def _clean(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    kept: list[str] = []
    moved = {}  # UTF-16 offset before → after
    before = after = 0
    for character in text:
        moved[before] = after
        width = 2 if character > _LAST_OF_ONE_UNIT else 1
        before += width
        if character in _DROPPED:
            continue
        after += width
        kept.append(" " if character < " " and character != "\n" else character)
    moved[before] = after
    shifted = []
    for entity in entities:
        start = moved[entity["offset"]]
        length = moved[entity["offset"] + entity["length"]] - start
        if length > 0:
            shifted.append({**entity, "offset": start, "length": length})
    return "".join(kept), shifted


def _trim(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    # At the end whatever stands there goes; at the beginning, only what no entity covers.
    text = text.rstrip(_BLANK)
    end = utf16_length(text)
    kept = [one for one in entities if one["offset"] < end]
    first = min((one["offset"] for one in kept), default=end)
    skipped = 0
    while skipped < first and text[skipped] in _BLANK:
        skipped += 1
    trimmed = [
        {
            **one,
            "offset": one["offset"] - skipped,
            "length": min(one["length"], end - one["offset"]),
        }
        for one in kept
    ]
    return text[skipped:], trimmed
