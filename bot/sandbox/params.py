"""The parameters of one request: typed reading of what arrives as form text or as JSON.

Not here: what a value must be for a method (the methods know).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import TelegramError, bad_request, unsupported
from bot.sandbox.json_values import Json, JsonObject

# Known to the Bot API, without meaning in the sandbox: refused by name, never ignored.
UNSUPPORTED = frozenset(
    {
        "allow_paid_broadcast",
        "business_connection_id",
        "direct_messages_topic_id",
        "heading",
        "horizontal_accuracy",
        "icon_custom_emoji_id",
        "live_period",
        "message_effect_id",
        "proximity_alert_radius",
        "rich_message",
        "suggested_post_parameters",
        "video_start_timestamp",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with a request."""

    name: str
    data: bytes
    mime_type: str = "application/octet-stream"


class Params:
    """Typed reading of parameters, remembering which were read."""

    def __init__(self, values: Mapping[str, Json], files: Mapping[str, Upload]) -> None:
        self._values = values
        self._files = files
        self._read: set[str] = set()
        for name in sorted(UNSUPPORTED & values.keys()):
            if self.raw(name) not in (None, "", False, "false"):
                raise unsupported(f"the parameter {name}")

    def unread(self) -> list[str]:
        """List what was given and never read: unknown to the method."""
        return sorted((self._values.keys() | self._files.keys()) - self._read - UNSUPPORTED)

    def raw(self, name: str) -> Json:
        """Give a value as it came."""
        self._read.add(name)
        return self._values.get(name)

    def has(self, name: str) -> bool:
        """Tell whether a value was given at all, an empty text included."""
        return self.raw(name) is not None

    def text(self, name: str) -> str:
        """Give a text; nothing given is the empty text."""
        value = self.raw(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str) -> int | None:
        """Give a whole number, or None where nothing readable was given."""
        value = self.raw(name)
        if isinstance(value, bool) or value is None:
            return None
        try:
            return int(value) if isinstance(value, int | str) else None
        except ValueError:
            return None

    def number(self, name: str) -> float | None:
        """Give a number, or None where nothing readable was given."""
        value = self.raw(name)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return None
        try:
            return float(value)
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        """Give a boolean as Telegram reads it: true, yes and 1 are true. [server]."""
        value = self.raw(name)
        if isinstance(value, str):
            return value.strip().lower() in {"true", "yes", "1"}
        return bool(value)

    def upload(self, name: str) -> Upload | None:
        """Give a file by the name of its form part."""
        self._read.add(name)
        return self._files.get(name)

    def decoded(self, name: str, what: str) -> Json:
        """Give JSON, whether it came as text or as a value; `what` names it in a refusal."""
        value = self.raw(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            parsed: Json = json.loads(value)
        except ValueError:
            raise _cant_parse(what) from None
        return parsed

    def json_object(self, name: str, what: str) -> JsonObject | None:
        """Give a JSON object, or None where nothing was given."""
        value = self.decoded(name, what)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise bad_request("object expected as " + what)
        return value

    def json_array(self, name: str, what: str) -> list[Any] | None:
        """Give a JSON array, or None where nothing was given."""
        value = self.decoded(name, what)
        if value is None:
            return None
        if not isinstance(value, list):
            raise bad_request("expected an Array of " + what)
        return value


def _cant_parse(what: str) -> TelegramError:
    return bad_request(f"can't parse {what} JSON object")
