"""How the values that buttons carry are written: fields between colons, in 64 bytes."""

import re
from datetime import date

from bot.messages.scope import Scope
from store.knowledge.values import When

LONGEST = 64  # bytes that Telegram gives a button

_KEY = re.compile(r"[a-z2-7]{12}")
_LONGEST_NUMBER = 9  # digits, which SQLite takes


class CallbackError(ValueError):
    """A button carries what no button of this version does."""


def written(offset: int | None) -> str:
    """Return an offset that may be missing, as its field."""
    return "" if offset is None else str(offset)


def read_offset(field: str) -> int | None:
    """Return what `written` was given. Raises ValueError for other fields, as all below do."""
    return read_number(field) if field else None


def read_number(field: str) -> int:
    """Return a number of a field."""
    if not (field.isascii() and field.isdigit() and len(field) <= _LONGEST_NUMBER):
        raise ValueError(field)
    return int(field)


def read_key(field: str) -> str:
    """Return the key of a thing of the knowledge."""
    if not _KEY.fullmatch(field):
        raise ValueError(field)
    return field


def read_scope(field: str) -> str:
    """Return a scope as it is written."""
    return str(Scope.parse(field))


def read_when(field: str) -> When:
    """Return a date of any precision."""
    when = When.parse(field)
    if str(when) != field:
        raise ValueError(field)
    return when


def read_day(field: str) -> date:
    """Return a day."""
    day = date.fromisoformat(field)
    if day.isoformat() != field:
        raise ValueError(field)
    return day
