"""What Telegram finds in a text by itself: commands, addresses, mentions, tags, and links.

Telegram's own rules fill thousands of lines; these cover what people write, and stay silent
where in doubt. Phone and card numbers are not found.
"""

import re

from bot.sandbox.json_values import JsonObject
from bot.sandbox.nesting import end_of, start_of

_DOMAINS = "com|org|net|info|biz|io|me|dev|app|eu|uk|de|fr|nl|ru|ua|us|gov|edu|int|news|example"
_PATTERNS = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b", re.IGNORECASE)),
    (
        "url",
        re.compile(
            r"(?<![\w@.-])(?:(?:https?|ftp|tg)://[^\s<>\"]+"
            rf"|(?:[a-z0-9-]+\.)+(?:{_DOMAINS})(?![\w.-]*\w)(?::\d+)?(?:[/?#][^\s<>\"]*)?"
            r"|(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>\"]*)",
            re.IGNORECASE,
        ),
    ),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?:@[A-Za-z0-9_]{3,32})?")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")),
)
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_TAIL = ".,:;!?'\"»”’…)]}"
# Found entities keep out of these, and never cross the edge of a quotation.
_CLOSED = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"})
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_SCHEMES = frozenset({"http", "https", "ftp", "tonsite"})
_HOST = re.compile(
    r"(?:[^@\s]+@)?(?:\[[0-9a-f:]+\]|[^\s.:]+(?:\.[^\s.:]+)+)\.?(?::\d+)?", re.IGNORECASE
)


def find_entities(text: str, given: list[JsonObject], offsets: list[int]) -> list[JsonObject]:
    """Find entities; `offsets` has the UTF-16 offset of each character."""
    taken = [(start_of(one), end_of(one)) for one in given if one["type"] in _CLOSED]
    edges = [
        edge for one in given if one["type"] in _QUOTES for edge in (start_of(one), end_of(one))
    ]
    found: list[JsonObject] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, stop = match.span()
            if kind == "url":
                stop = start + len(_without_tail(match.group()))
            begin, end = offsets[start], offsets[stop]
            if any(begin < edge < end for edge in edges):
                continue
            if any(begin < other_end and other_begin < end for other_begin, other_end in taken):
                continue
            taken.append((begin, end))
            found.append({"type": kind, "offset": begin, "length": end - begin})
    return found


def _without_tail(url: str) -> str:
    while url and url[-1] in _TAIL:
        opener = _BRACKETS.get(url[-1])
        if opener and url.count(opener) >= url.count(url[-1]):
            break
        url = url[:-1]
    return url


def link_address(url: str) -> str | None:
    """Give an address as Telegram keeps it: with a scheme, and a path where it has none."""
    if url.startswith(("tg://", "tg:", "ton://")):
        return url
    if not re.match(r"[a-z]+://", url, re.IGNORECASE):
        url = f"http://{url}"
    scheme, _, rest = url.partition("://")
    host = re.split(r"[/?#\s]", rest, maxsplit=1)[0]
    if scheme.lower() not in _SCHEMES or re.search(r"\s", rest) or not _HOST.fullmatch(host):
        return None
    path = rest[len(host) :]
    return f"{scheme.lower()}://{host.lower()}{path if path.startswith('/') else '/' + path}"
