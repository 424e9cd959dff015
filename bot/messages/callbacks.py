"""What a button carries: typed values, packed into the 64 bytes that Telegram gives it.

Keys, never names: a button of an earlier knowledge finds its thing or says it is gone.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from store.knowledge.values import When

LONGEST = 64  # bytes

_KEY = re.compile(r"[a-z2-7]{12}")


class CallbackError(ValueError):
    """A button carries what no button of this version does."""


class View(StrEnum):
    """The pages of a person."""

    PROFILE = "p"
    TIMELINE = "t"
    QUOTES = "q"
    WITH = "w"


class List(StrEnum):
    """The pages that belong to no single person or source."""

    LATEST = "l"
    QUOTES = "q"
    SOURCES = "s"
    SEARCH = "f"
    HELP = "h"


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One view of a person."""

    key: str
    view: View = View.PROFILE
    offset: int | None = None

    def pack(self) -> str:
        """Return the callback data; without an offset the page where the view begins."""
        return f"p:{self.view}:{self.key}:{_written(self.offset)}"


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """The timeline of a place (`@` and its key), of a date, or of all (nothing)."""

    scope: str = ""
    offset: int | None = None

    def pack(self) -> str:
        """Return the callback data; without an offset the page that holds "as of"."""
        return f"t:{self.scope}:{_written(self.offset)}"


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page of a source."""

    key: str
    page: int = 0

    def pack(self) -> str:
        """Return the callback data."""
        return f"s:{self.key}:{self.page}"


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list."""

    list: List
    offset: int = 0

    def pack(self) -> str:
        """Return the callback data."""
        return f"l:{self.list}:{self.offset}"


class PressedOn(StrEnum):
    """The buttons that do something rather than show a page."""

    PAUSE = "p"
    GO_ON = "g"
    STOP = "s"
    BROADCAST = "b"
    HALT = "h"
    RESUME = "r"
    ANNOUNCE = "a"
    LEAVE = "l"


@dataclass(frozen=True, slots=True)
class Press:
    """A button that does something."""

    on: PressedOn

    def pack(self) -> str:
        """Return the callback data."""
        return f"d:{self.on}"


@dataclass(frozen=True, slots=True)
class Correct:
    """A button that corrects the messages which carried what an item corrects."""

    key: str

    def pack(self) -> str:
        """Return the callback data."""
        return f"c:{self.key}"


Page = PersonPage | TimelinePage | SourcePage | ListPage
Callback = Page | Press | Correct


def unpack(data: str) -> Callback:
    """Return the value that `data` was packed from.

    Raises `CallbackError` for anything that no `pack` gives.
    """
    try:
        match data.split(":"):
            case ["p", view, key, offset]:
                return PersonPage(_key(key), View(view), _number(offset) if offset else None)
            case ["t", scope, offset]:
                return TimelinePage(_scope(scope), _number(offset) if offset else None)
            case ["s", key, page]:
                return SourcePage(_key(key), _number(page))
            case ["c", key]:
                return Correct(_key(key))
            case ["d", on]:
                return Press(PressedOn(on))
            case ["l", name, offset]:
                return ListPage(List(name), _number(offset))
    except ValueError as error:
        raise CallbackError(data) from error
    raise CallbackError(data)


def _written(offset: int | None) -> str:
    return "" if offset is None else str(offset)


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise ValueError(text)
    return text


def _scope(text: str) -> str:
    if text.startswith("@"):
        return f"@{_key(text[1:])}"
    if text and str(When.parse(text)) != text:
        raise ValueError(text)
    return text


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 (fits SQLite)
        raise ValueError(text)
    return int(text)
