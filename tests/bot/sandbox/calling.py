"""Short ways to call the sandbox's methods and to see how it refuses."""

import struct
import zlib
from typing import Any

from bot.sandbox.errors import TelegramError
from bot.sandbox.json_values import Json, JsonObject
from bot.sandbox.params import Upload
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram

Files = dict[str, Upload] | None


class Calling:
    """The default bot of a sandbox."""

    id = 1

    def __init__(self, telegram: Telegram, token: str = SANDBOX_TOKEN) -> None:
        self.telegram = telegram
        self.token = token

    def __call__(self, method: str, files: Files = None, /, **params: Json) -> Any:  # noqa: ANN401
        # A result is whatever the method gives; tests look into it.
        return self.telegram.call(self.token, method, params, files or {})

    def refusal(self, method: str, files: Files = None, /, **params: Json) -> tuple[int, str]:
        """Give code and text of the refusal of a call that must not succeed."""
        error = self.error(method, files, **params)
        return error.code, error.description

    def error(self, method: str, files: Files = None, /, **params: Json) -> TelegramError:
        """Give the refusal of a call that must not succeed."""
        try:
            result = self(method, files, **params)
        except TelegramError as error:
            return error
        raise AssertionError(f"{method} was not refused: {result}")

    def updates(self, **params: Json) -> list[JsonObject]:
        """Fetch and confirm all that waits."""
        found: list[JsonObject] = self("getUpdates", **params)
        if found:
            self("getUpdates", offset=found[-1]["update_id"] + 1)
        return found


def bad(text: str) -> tuple[int, str]:
    """Give the refusal 400 with a text."""
    return 400, f"Bad Request: {text}"


def forbidden(text: str) -> tuple[int, str]:
    """Give the refusal 403 with a text."""
    return 403, f"Forbidden: {text}"


def png(width: int = 4, height: int = 3) -> bytes:
    """Make a small picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(min(height, 50)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


PHOTO = Upload(name="map.png", data=png(), mime_type="image/png")
DOCUMENT = Upload(name="sources.txt", data=b"one\ntwo\n", mime_type="text/plain")
