"""The two shapes of JSON that the Bot API speaks; nothing that knows Telegram."""

from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
Json: TypeAlias = JsonObject | list[Any] | str | int | float | bool | None
