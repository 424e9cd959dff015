"""What a button carries: typed values, packed into the 64 bytes that Telegram gives it.

Keys, never names: a button of an earlier knowledge finds its thing or says it is gone.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.messages.scope import Scope
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
    NEXT = "n"
    DISPUTED = "d"
    FIGURES = "g"


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
    """The timeline of a scope, as that is written: of a place, a person, a date, or of all."""

    scope: str = ""
    offset: int | None = None

    def pack(self) -> str:
        """Return the callback data; without an offset the page that holds "as of"."""
        return f"t:{self.scope}:{_written(self.offset)}"


@dataclass(frozen=True, slots=True)
class QuotesPage:
    """Quotes about what the page above the button names: by a person or all, on a date or ever."""

    person: str | None = None
    when: When | None = None
    offset: int = 0

    def pack(self) -> str:
        """Return the callback data; the topic stands in the page itself."""
        return f"q:{self.person or ''}:{self.when or ''}:{self.offset}"


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


class Option(StrEnum):
    """What a button of the settings sets; the value says to what."""

    WANTED = "w"  # 1: the digest comes, 0: it does not
    AT = "a"  # minutes after midnight
    DAY_ON = "y"  # 0 is Monday
    DAY_OFF = "n"
    DAYS = "d"  # bit 0 is Monday
    SILENT = "s"  # 1: no message on a day without news, 0: one line
    USEFUL = "u"  # hours
    ZONE = "z"  # 0: says how, sets nothing


USEFUL_HOURS = (1, 3, 6, 12)  # that an edition may come late, as the settings offer them
_VALUES: dict[Option, Collection[int]] = {
    Option.WANTED: (0, 1),
    Option.AT: range(24 * 60),
    Option.DAY_ON: range(7),
    Option.DAY_OFF: range(7),
    Option.DAYS: range(1, 1 << 7),
    Option.SILENT: (0, 1),
    Option.USEFUL: USEFUL_HOURS,
    Option.ZONE: (0,),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """A button that sets one thing of the digest: to a value, so that a second press changes none.

    Raises ValueError for a value that the option cannot have.
    """

    option: Option
    value: int

    def __post_init__(self) -> None:
        if self.value not in _VALUES[self.option]:
            raise ValueError(f"{self.option.name} cannot be {self.value}")

    def pack(self) -> str:
        """Return the callback data."""
        return f"o:{self.option}:{self.value}"


@dataclass(frozen=True, slots=True)
class Forget:
    """The answer to whether all about a chat is to be forgotten."""

    sure: bool

    def pack(self) -> str:
        """Return the callback data."""
        return f"f:{self.sure:d}"


Page = PersonPage | TimelinePage | QuotesPage | SourcePage | ListPage
Callback = Page | Press | Correct | Setting | Forget


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
            case ["q", person, when, offset]:
                return QuotesPage(
                    _key(person) if person else None, _when(when) if when else None, _number(offset)
                )
            case ["s", key, page]:
                return SourcePage(_key(key), _number(page))
            case ["l", name, offset]:
                return ListPage(List(name), _number(offset))
            case other:
                return _unpack_action(other)
    except ValueError as error:
        raise CallbackError(data) from error


def _unpack_action(fields: list[str]) -> Press | Correct | Setting | Forget:
    match fields:
        case ["d", on]:
            return Press(PressedOn(on))
        case ["c", key]:
            return Correct(_key(key))
        case ["o", option, value]:
            return Setting(Option(option), _number(value))
        case ["f", ("0" | "1") as sure]:
            return Forget(sure == "1")
    raise ValueError(fields)


def _written(offset: int | None) -> str:
    return "" if offset is None else str(offset)


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise ValueError(text)
    return text


def _scope(text: str) -> str:
    return str(Scope.parse(text))


def _when(text: str) -> When:
    when = When.parse(text)
    if str(when) != text:
        raise ValueError(text)
    return when


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 (fits SQLite)
        raise ValueError(text)
    return int(text)
