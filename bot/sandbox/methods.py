"""All methods by name: those that are here, and those refused by name."""

from collections.abc import Callable, Mapping

from bot.sandbox import (
    methods_chats,
    methods_editing,
    methods_profile,
    methods_queries,
    methods_sending,
    methods_updates,
)
from bot.sandbox.errors import unknown_method, unsupported
from bot.sandbox.json_values import Json
from bot.sandbox.targets import Call
from bot.sandbox.unsupported import UNSUPPORTED

Method = Callable[[Call], Json]

_ALL: Mapping[str, Method] = (
    methods_updates.METHODS
    | methods_profile.METHODS
    | methods_sending.METHODS
    | methods_editing.METHODS
    | methods_queries.METHODS
    | methods_chats.METHODS
)
SUPPORTED = tuple(sorted(_ALL))

# The Bot API takes method names in any case.
_BY_NAME: Mapping[str, tuple[str, Method]] = {
    name.lower(): (name, method) for name, method in _ALL.items()
}

_UNSUPPORTED_BY_NAME = {name.lower(): name for name in UNSUPPORTED}


def find_method(name: str) -> tuple[str, Method]:
    """Find a method by its name in any case, with its name as the docs write it."""
    lowered = name.lower()
    if lowered in _UNSUPPORTED_BY_NAME:
        raise unsupported(f"the method {_UNSUPPORTED_BY_NAME[lowered]}")
    if lowered not in _BY_NAME:
        raise unknown_method()
    return _BY_NAME[lowered]
