"""A message as the ledger keeps it: frozen when planned, sent as it was, whatever happens since."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from telegram import InlineKeyboardMarkup, MessageEntity

from bot.messages.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message of an edition, ready to be sent."""

    text: str
    entities: tuple[MessageEntity, ...]
    markup: InlineKeyboardMarkup | None


def freeze(message: Message) -> str:
    """Return `message` as the ledger keeps it."""
    markup = message.markup
    return json.dumps(
        {
            "text": message.text,
            "entities": [entity.to_dict() for entity in message.entities],
            "markup": markup.to_dict() if markup else None,
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def thaw(content: str) -> Part:
    """Return the part that `freeze` gave."""
    kept = json.loads(content)
    return Part(
        text=kept["text"],
        entities=tuple(MessageEntity.de_list(kept["entities"], None)),
        markup=InlineKeyboardMarkup.de_json(kept["markup"], None) if kept["markup"] else None,
    )


@lru_cache(maxsize=64)
def parameters(content: str, *, plain: bool = False) -> Mapping[str, str]:
    """Return what Telegram is asked for a part that `freeze` gave, but for where it is to go.

    Encoded once for all the chats that it goes to. `plain` leaves the styles and links out.
    """
    kept = json.loads(content)
    asked = {"text": kept["text"], "link_preview_options": json.dumps({"is_disabled": True})}
    if kept["entities"] and not plain:
        asked["entities"] = json.dumps(kept["entities"])
    if kept["markup"]:
        asked["reply_markup"] = json.dumps(kept["markup"])
    return MappingProxyType(asked)
