"""How entities may stand to each other: Telegram's own order, cutting and merging.

The rules are those of tdlib's MessageEntity.cpp: bold, italic and the like are merged with
their own kind and cut where another entity begins or ends; links, mentions, code and the
like never overlap each other; code holds nothing else.
"""

from collections.abc import Iterable
from itertools import pairwise

from bot.sandbox.json_values import JsonObject

_SPLIT = ("bold", "italic", "underline", "strikethrough", "spoiler")
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_CODE = frozenset({"code", "pre"})
_PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
_USUAL_PRIORITY = 50


def start_of(entity: JsonObject) -> int:
    """Give the offset where an entity begins."""
    return int(entity["offset"])


def end_of(entity: JsonObject) -> int:
    """Give the offset behind an entity."""
    return int(entity["offset"] + entity["length"])


def _order(entity: JsonObject) -> tuple[int, int, int]:
    priority = _PRIORITY.get(entity["type"], _USUAL_PRIORITY)
    return start_of(entity), -int(entity["length"]), priority


def settle(entities: Iterable[JsonObject]) -> list[JsonObject]:
    """Bring entities into the form in which Telegram keeps and shows them."""
    ordered = sorted(entities, key=_order)
    quotes = _apart(one for one in ordered if one["type"] in _QUOTES)
    whole = _apart(
        one for one in ordered if one["type"] not in _QUOTES and one["type"] not in _SPLIT
    )
    whole = [one for one in whole if not any(_crosses(one, quote) for quote in quotes)]
    solid = sorted(whole + quotes, key=_order)
    spans = {kind: _merged(one for one in ordered if one["type"] == kind) for kind in _SPLIT}
    cuts = {edge for one in solid for edge in (start_of(one), end_of(one))}
    cuts |= {start for found in spans.values() for start, _ in found}
    code = [one for one in solid if one["type"] in _CODE]
    pieces = [
        {"type": kind, "offset": start, "length": end - start}
        for kind, found in spans.items()
        for start, end in _cut(found, sorted(cuts))
        if not any(start_of(one) <= start and end <= end_of(one) for one in code)
    ]
    return sorted(solid + pieces, key=_order)


def _apart(entities: Iterable[JsonObject]) -> list[JsonObject]:
    kept: list[JsonObject] = []
    for entity in entities:
        if not kept or start_of(entity) >= end_of(kept[-1]):
            kept.append(entity)
    return kept


def _crosses(one: JsonObject, quote: JsonObject) -> bool:
    apart = end_of(one) <= start_of(quote) or start_of(one) >= end_of(quote)
    inside = start_of(quote) <= start_of(one) and end_of(one) <= end_of(quote)
    return not apart and not inside


def _merged(entities: Iterable[JsonObject]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for entity in entities:
        if spans and start_of(entity) <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], end_of(entity))
        else:
            spans.append((start_of(entity), end_of(entity)))
    return spans


def _cut(spans: list[tuple[int, int]], cuts: list[int]) -> list[tuple[int, int]]:
    pieces = []
    for start, end in spans:
        edges = [start, *(cut for cut in cuts if start < cut < end), end]
        pieces += list(pairwise(edges))
    return pieces
