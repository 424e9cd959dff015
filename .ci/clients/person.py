"""The person's side of a sandbox, over its control API, with the standard library alone.

Not here: what is checked (checks.py).
"""

# ruff: noqa: INP001 - stands beside the script that imports it, in no package

import json
import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener
from uuid import uuid4

T = TypeVar("T")
Json = dict[str, Any]

WAIT = 20.0  # seconds, for anything that a bot is to do
_LOOK_EVERY = 0.05
_open = build_opener(ProxyHandler({})).open  # never by way of a proxy: it is this machine


class MissingError(Exception):
    """Something did not come in time."""


def call(url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> bytes:
    """Get `url`, or post `body` to it; whatever is no success raises HTTPError."""
    request = Request(url, body, headers or {})  # noqa: S310 (the sandbox's own address)
    with _open(request, timeout=WAIT) as response:
        read: bytes = response.read()
    return read


def wait_for(what: str, look: Callable[[], T | None]) -> T:
    """Look until there is something, but not for ever."""
    end = time.monotonic() + WAIT
    while (found := look()) is None:
        if time.monotonic() > end:
            raise MissingError(f"{what} did not come within {WAIT:.0f} s")
        time.sleep(_LOOK_EVERY)
    return found


class Person:
    """One of the sandbox's people, in one chat: the private one unless another is given."""

    def __init__(self, sandbox: str, person_id: int, chat_id: int | None = None) -> None:
        self.control = f"{sandbox}/control"
        self.person_id = person_id
        self.chat_id = chat_id or person_id

    def get(self, path: str) -> Json:
        """Read something back."""
        read: Json = json.loads(call(f"{self.control}/{path}"))
        return read

    def send(self, path: str, method: str = "POST", **body: object) -> Json:
        """Do something, and give what the control API says of it."""
        request = Request(  # noqa: S310 (the sandbox's own address)
            f"{self.control}/{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
            method=method,
        )
        try:
            with _open(request, timeout=WAIT) as response:
                read: Json = json.loads(response.read())
        except HTTPError as error:
            raise AssertionError(f"{path}: {error.read().decode()}") from None
        return read

    def write(self, text: str) -> int:
        """Write a message, and give its number."""
        me, chat = self.person_id, self.chat_id
        message: Json = self.send("send/text", person_id=me, chat_id=chat, text=text)["message"]
        return int(message["message_id"])

    def send_file(self, kind: str, name: str, data: bytes) -> int:
        """Send a photo or a document, and give the message's number."""
        border = uuid4().hex
        fields = {"person_id": self.person_id, "chat_id": self.chat_id}
        parts = [
            f'--{border}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
            for field, value in fields.items()
        ]
        parts.append(
            f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = "".join(parts).encode() + data + f"\r\n--{border}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={border}"}
        read = json.loads(call(f"{self.control}/send/{kind}", body, headers))
        return int(read["message"]["message_id"])

    def press(self, message: Json, label: str) -> str:
        """Press a button, and give the number of the press."""
        pressed = self.send(
            "press",
            person_id=self.person_id,
            chat_id=self.chat_id,
            message_id=message["message_id"],
            label=label,
        )
        return str(pressed["callback_query_id"])

    def messages_after(self, message_id: int) -> list[Json]:
        """Read what stands in the chat after a message."""
        messages = self.get(f"chats/{self.chat_id}/messages?limit=500")["messages"]
        return [one for one in messages if one["message_id"] > message_id]

    def message(self, message_id: int) -> Json:
        """Read one message as it is now."""
        return self.messages_after(message_id - 1)[0]

    def answers(self, message_id: int, count: int = 1) -> list[Json]:
        """Wait for so many messages after a message."""

        def look() -> list[Json] | None:
            found = self.messages_after(message_id)
            return found if len(found) >= count else None

        return wait_for(f"{count} answer(s) to message {message_id}", look)

    def answer(self, message_id: int) -> Json:
        """Wait for the one answer to a message."""
        (found,) = self.answers(message_id)
        return found

    def file(self, file_id: str) -> bytes:
        """Fetch a file as the sandbox keeps it."""
        return call(f"{self.control}/files/{file_id}")
