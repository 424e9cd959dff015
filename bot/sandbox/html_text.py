"""Reading `parse_mode=HTML` as Telegram does: a text and its entities, or its refusal.

The rules and refusals are those of `parse_html` in tdlib's MessageEntity.cpp, with offsets
in bytes of UTF-8. Other parse modes are not read here or anywhere in the sandbox.
"""

import re
from dataclasses import dataclass

from bot.sandbox.entities import utf16_length, utf16_slice
from bot.sandbox.errors import TelegramError, bad_request, unsupported
from bot.sandbox.finding import link_address
from bot.sandbox.json_values import JsonObject

_FORMATS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
}
_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_LONGEST_REFERENCE = 9
_LAST_CODE = 0x10FFFF
_TOKEN = re.compile(r"[a-zA-Z0-9.-]*")
_SPACE = " \t\r\n\v"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    tag: str
    argument: str
    offset: int


def parse_html(source: str) -> tuple[str, list[JsonObject]]:
    """Read HTML; refuse what Telegram refuses."""
    return _Reader(source).read()


def _refuse(text: str) -> TelegramError:
    return bad_request(f"can't parse entities: {text}")


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[JsonObject] = []

    def read(self) -> tuple[str, list[JsonObject]]:
        while self._at < len(self._source):
            if self._next != "<":
                piece = self._character()
                self._text.append(piece)
                self._units += utf16_length(piece)
            elif self._source.startswith("</", self._at):
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            tag = self._open[-1].tag
            raise _refuse(f'Can\'t find end tag corresponding to start tag "{tag}"')
        text = "".join(self._text)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise _refuse(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, [_without_empty_language(entity) for entity in self._entities]

    @property
    def _next(self) -> str:
        return self._source[self._at : self._at + 1]

    def _octet(self, at: int) -> int:
        return len(self._source[:at].encode("utf-8", "surrogatepass"))

    def _character(self) -> str:
        # One character, or what a reference such as &lt; stands for.
        match = _REFERENCE.match(self._source, self._at)
        if match:
            hexadecimal, decimal, name = match.groups()
            code = int(hexadecimal, 16) if hexadecimal else int(decimal) if decimal else 0
            short = len(match.group().rstrip(";")) <= _LONGEST_REFERENCE
            piece = _CHARACTERS.get(name or "", "")
            if short and 0 < code < _LAST_CODE:
                piece = chr(code)
            if piece:
                self._at = match.end()
                return piece
        self._at += 1
        return self._source[self._at - 1]

    def _until(self, stops: str) -> str:
        start = self._at
        while self._next and self._next not in stops:
            self._at += 1
        return self._source[start : self._at]

    def _skip_space(self) -> None:
        while self._next and self._next in _SPACE:
            self._at += 1

    def _start_tag(self) -> None:
        begin = self._octet(self._at)
        self._at += 1
        tag = self._until(_SPACE + ">").lower()
        if not self._next:
            raise _refuse(f"Unclosed start tag at byte offset {begin}")
        if tag not in _FORMATS:
            raise _refuse(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = self._argument(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise _refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self._open.append(_Open(tag=tag, argument=argument, offset=self._units))

    def _argument(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._skip_space()
            if self._next == ">":
                self._at += 1
                return argument
            name = self._until(_SPACE + "=>/\"'")
            if not name:
                raise _refuse(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            self._skip_space()
            value = ""
            if self._next == "=":
                self._at += 1
                value = self._value(tag, begin)
            elif not self._next:
                raise _refuse(f'Unclosed start tag "{tag}" at byte offset {begin}')
            argument = _meant(tag, name, value) or argument

    def _value(self, tag: str, begin: int) -> str:
        self._skip_space()
        quote = self._next
        if not quote:
            raise _refuse(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if quote not in "\"'":
            start = self._at
            match = _TOKEN.match(self._source, start)
            self._at = match.end() if match else start
            if not self._next or self._next not in _SPACE + ">":
                raise _refuse(f"Unexpected end of name token at byte offset {self._octet(start)}")
            return self._source[start : self._at].lower()
        self._at += 1
        pieces: list[str] = []
        while self._next and self._next != quote:
            pieces.append(self._character())
        self._at += 1
        if not self._next:
            raise _refuse(f"Unclosed start tag at byte offset {begin}")
        return "".join(pieces)

    def _end_tag(self) -> None:
        begin = self._octet(self._at)
        if not self._open:
            raise _refuse(f"Unexpected end tag at byte offset {begin}")
        self._at += 2
        name = self._until(_SPACE + ">").lower()
        self._skip_space()
        if self._next != ">":
            raise _refuse(f"Unclosed end tag at byte offset {begin}")
        self._at += 1
        opened = self._open.pop()
        if name and name != opened.tag:
            raise _refuse(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", '
                f'found "</{name}>"'
            )
        if self._units > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: JsonObject = {
            "type": _FORMATS[opened.tag],
            "offset": opened.offset,
            "length": self._units - opened.offset,
        }
        match opened.tag:
            case "a":
                shown = utf16_slice("".join(self._text), opened.offset, entity["length"])
                address = opened.argument or shown
                if address.startswith("tg://user?id="):
                    raise unsupported("links to users")
                entity["url"] = link_address(address)
                if entity["url"] is None:
                    return
            case "tg-emoji":
                if not opened.argument.isdecimal():
                    raise _refuse("Invalid custom emoji identifier specified")
                entity["custom_emoji_id"] = opened.argument
            case "blockquote" if opened.argument:
                entity["type"] = "expandable_blockquote"
            case "code" | "pre":
                entity["language"] = opened.argument
                if self._joined(entity):
                    return
            case _:
                pass
        self._entities.append(entity)

    def _joined(self, outer: JsonObject) -> bool:
        # <pre><code class="language-x">…</code></pre>, either way round, is one entity.
        if not self._entities:
            return False
        inner = self._entities[-1]
        language = inner.get("language") or outer["language"]
        kinds = {inner["type"], outer["type"]}
        same = (inner["offset"], inner["length"]) == (outer["offset"], outer["length"])
        if not same or kinds != {"code", "pre"} or not language:
            return False
        inner |= {"type": "pre", "language": language}
        return True


def _meant(tag: str, name: str, value: str) -> str:
    # The one attribute of each tag that counts.
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "1"
        case _:
            return ""


def _without_empty_language(entity: JsonObject) -> JsonObject:
    if entity["type"] == "pre" and entity.get("language"):
        return entity
    return {name: value for name, value in entity.items() if name != "language"}
