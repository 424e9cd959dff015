"""What a client must be able to do against the sandbox, each as one check.

Not here: the bots (aiogram_bot.py, grammy/bot.js) and running them (drive.py).
"""

# ruff: noqa: INP001 - stands beside the script that imports it, in no package

import hashlib
import json
import random
import struct
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.error import HTTPError

from person import Json, Person, call, wait_for

PAUSE = 2.0  # seconds that the flood wait of the fault plan asks for
MOMENT = 0.5  # seconds in which something that must not happen would
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the header's name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a check takes place."""

    ada: Person  # in her chat with the bot
    jonas: Person  # in the group
    api: str  # the bot's methods, token included
    username: str


def expect(actual: object, expected: object) -> None:
    """Say what is there and what should be, where they differ."""
    if actual != expected:
        raise AssertionError(f"{actual!r}, expected {expected!r}")


def command(stage: Stage) -> None:
    """Answer a command, with bold text read out of HTML."""
    answer = stage.ada.answer(stage.ada.write("/hello Žofie <b> & 😀"))
    expect(answer["text"], "Hello, Žofie <b> & 😀!")
    expect(answer["entities"], [{"type": "bold", "offset": 7, "length": 14}])


def deep_link(stage: Stage) -> None:
    """Take a deep link's payload."""
    started = stage.ada.send("start", person_id=stage.ada.person_id, payload="s-42")
    answer = stage.ada.answer(started["message"]["message_id"])
    expect(answer["text"], "Started with s-42")


def menu(stage: Stage) -> None:
    """Set the menu that people are shown."""
    where = f"person_id={stage.ada.person_id}&chat_id={stage.ada.chat_id}"
    shown = stage.ada.get(f"commands?{where}")["commands"]
    expect(shown, [{"command": "hello", "description": "greets"}])


def group(stage: Stage) -> None:
    """Answer a command in a group, and none that is meant for another bot."""
    stage.jonas.write("/hello@some_other_bot nobody")
    answer = stage.jonas.answer(stage.jonas.write(f"/hello@{stage.username} all"))
    expect(answer["text"], "Hello, all!")


def buttons(stage: Stage) -> None:
    """Answer the press of a button, and edit its message in place, twice."""
    ada = stage.ada
    message = ada.answer(asked := ada.write("/count"))
    expect(labels(message), [["One more"], ["Finish"]])
    for count in (1, 2):
        pressed = ada.press(message, "One more")
        shown = callback(ada, pressed)
        expect((shown["text"], shown["show_alert"]), (f"{count} now", False))
        wait_for("the edited message", partial(is_now, ada, message, f"Counted: {count}"))
    expect(labels(ada.message(message["message_id"])), [["One more"], ["Finish"]])
    expect(len(ada.messages_after(asked)), 1)


def alert(stage: Stage) -> None:
    """Answer a press with an alert, and take the buttons away."""
    ada = stage.ada
    message = ada.answer(ada.write("/count"))
    shown = callback(ada, ada.press(message, "Finish"))
    expect((shown["text"], shown["show_alert"]), ("That was it", True))

    def look() -> bool | None:
        return None if labels(ada.message(message["message_id"])) else True

    wait_for("the message without buttons", look)


def photo(stage: Stage) -> None:
    """Take a photo down and up again, byte for byte."""
    data = picture(320, 240)
    answer = stage.ada.answer(stage.ada.send_file("photo", "photo.png", data))
    expect(answer["caption"], hashlib.sha256(data).hexdigest())
    largest = answer["photo"][-1]
    expect((largest["width"], largest["height"]), (320, 240))
    expect(stage.ada.file(largest["file_id"]) == data, True)


def document(stage: Stage) -> None:
    """Take a document down and up again, byte for byte, with its name."""
    name = "Übersicht 9 Jan.bin"
    data = bytes(range(256)) + random.Random(9).randbytes(1_000_000)  # noqa: S311 (any will do)
    sent = stage.ada.send_file("document", name, data)
    answer = stage.ada.answer(sent)
    expect(answer["caption"], hashlib.sha256(data).hexdigest())
    expect(answer["document"]["file_name"], name)
    expect(answer["document"]["file_size"], len(data))
    expect(answer["reply_to_message"]["message_id"], sent)
    expect(stage.ada.file(answer["document"]["file_id"]) == data, True)


def inline(stage: Stage) -> None:
    """Answer an inline query, one result of which goes into the chat."""
    ada = stage.ada
    asked = ada.send("inline", person_id=ada.person_id, query="Geneva")["inline_query_id"]
    found = wait_for("an answer to the inline query", lambda: answered(ada, f"inline/{asked}"))
    expect([one["title"] for one in found["results"]], ["Geneva 1", "Geneva 2"])
    chosen = ada.send(
        "inline/choose", person_id=ada.person_id, query_id=asked, result_id="2", chat_id=ada.chat_id
    )["message"]
    expect((chosen["text"], chosen["via_bot"]["username"]), ("Found Geneva 2", stage.username))


def flood_wait(stage: Stage) -> None:
    """Obey a 429: make the pause, and send the message once."""
    ada = stage.ada
    rule = {"fault": "flood", "method": "sendMessage", "chat_id": ada.chat_id}
    ada.send("faults", "PUT", rules=[rule | {"times": 1, "seconds": PAUSE}])
    begun = time.monotonic()
    asked = ada.write("/again")
    expect(ada.answer(asked)["text"], "Sent after all")
    passed = time.monotonic() - begun
    time.sleep(MOMENT)
    expect(len(ada.messages_after(asked)), 1)
    ada.send("faults", "DELETE")
    if passed < PAUSE:
        raise AssertionError(f"sent after {passed:.2f} s, where a pause of {PAUSE} s was asked for")


def server_limits(stage: Stage) -> None:
    """Meet a chat's limits with eight messages, and send each once, in order."""
    ada = stage.ada
    ada.send("limits", "PATCH", enabled=True)
    try:
        asked, begun = ada.write("/many"), time.monotonic()
        texts = [one["text"] for one in ada.answers(asked, 8)]
        passed = time.monotonic() - begun
        time.sleep(MOMENT)
    finally:
        ada.send("limits", "PATCH", enabled=False)
    expect(texts, [f"No. {number}" for number in range(8)])
    expect(len(ada.messages_after(asked)), 8)
    if passed < PAUSE:
        raise AssertionError(f"eight messages in {passed:.2f} s: the limits were never met")


def webhook_is_set(stage: Stage) -> None:
    """Take all updates by webhook, without an error."""

    def look() -> Json | None:
        info = webhook_info(stage)
        return info if info["pending_update_count"] == 0 else None

    info = wait_for("an empty queue", look)
    expect(info["url"].startswith("http://127.0.0.1:"), True)
    expect(info.get("last_error_message"), None)


def webhook_secret(stage: Stage) -> None:
    """Refuse updates without the webhook's secret: so the sandbox sends it."""
    url = webhook_info(stage)["url"]
    before = stage.ada.messages_after(0)
    body = b'{"update_id": 1}'
    for given in ({}, {SECRET_HEADER: "wrong"}):
        try:
            call(url, body, {"Content-Type": "application/json"} | given)
        except HTTPError as error:
            expect(error.code, 401)
        else:
            raise AssertionError("an update without the secret was taken")
    expect(stage.ada.messages_after(0), before)


def webhook_info(stage: Stage) -> Json:
    """Ask the sandbox, as the bot, how its webhook does."""
    info: Json = json.loads(call(f"{stage.api}/getWebhookInfo"))["result"]
    return info


def oddities(stage: Stage) -> None:
    """Send nothing that the sandbox does not understand."""
    expect(stage.ada.get("oddities")["oddities"], [])


def labels(message: Json) -> list[list[str]]:
    """List the labels of a message's buttons, by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[button["text"] for button in row] for row in rows]


def is_now(person: Person, message: Json, text: str) -> bool | None:
    """Tell whether a message has been edited to `text`."""
    now = person.message(message["message_id"])
    return True if now["text"] == text and "edit_date" in now else None


def answered(person: Person, path: str) -> Json | None:
    """Read a press or an inline query, if the bot has answered it."""
    found = person.get(path)
    return found if found["answered"] else None


def callback(person: Person, pressed: str) -> Json:
    """Wait for the answer to a press."""
    return wait_for("an answer to the press", lambda: answered(person, f"callbacks/{pressed}"))


def picture(width: int, height: int) -> bytes:
    """Make a PNG of noise, so that it is not small."""
    noise = random.Random(width)  # noqa: S311 (any will do)
    rows = b"".join(b"\0" + noise.randbytes(3 * width) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


Check = Callable[[Stage], None]
POLLING: tuple[Check, ...] = (
    command,
    deep_link,
    menu,
    group,
    buttons,
    alert,
    photo,
    document,
    inline,
    flood_wait,
    server_limits,
    oddities,
)
WEBHOOK: tuple[Check, ...] = (
    command,
    group,
    buttons,
    photo,
    inline,
    webhook_is_set,
    webhook_secret,
    oddities,
)
