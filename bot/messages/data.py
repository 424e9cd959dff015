"""What the bot says about a chat's own data, and the file that holds it."""

import json
from collections.abc import Mapping
from typing import Any

from bot.messages.callbacks import Forget
from bot.messages.message import Button, Message
from bot.messages.text import Text, blocks, bold

DATA_CAPTION = "All that is kept about this chat. /forget deletes it, /privacy explains it."

PRIVACY = Message(
    blocks(
        bold("Privacy"),
        "Without a subscription nothing about you is kept. What you send is written down until "
        "it is answered, so that a restart loses none of it, and then deleted; only what ended "
        "the bot three times stays, for its operator to look into.",
        "With a subscription, the bot keeps the number of this chat, what kind of chat it is and "
        "its language, how the digest is set, how far the chat has read, and each digest with "
        "when it was sent and what became of it. No names, no messages. A place that you share "
        "becomes a time zone on this machine; the place is not kept. The log holds no texts of "
        "messages.",
        "/mydata sends you all of it as a file. /forget deletes it: what remains are counts, how "
        "many messages of which day were sent or not, with nothing that says to whom. Backups "
        "that the operator has made keep it until they are thrown away.",
        "/unsubscribe ends the digest and keeps the rest.",
    )
)


def data_file(kept: Mapping[str, Any]) -> bytes:
    """Return all that is kept about a chat as a JSON file, texts and updates readable in it."""
    readable = {
        **kept,
        "editions": [
            {**edition, "deliveries": [_read(one, "content") for one in edition["deliveries"]]}
            for edition in kept["editions"]
        ],
        "inbox": [_read(one, "body") for one in kept["inbox"]],
    }
    return json.dumps(readable, ensure_ascii=False, indent=2).encode()


def _read(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return `row` with the JSON under `name` as what it says."""
    return {**row, name: None if row[name] is None else json.loads(row[name])}


def confirm_forgetting() -> Message:
    """Say what forgetting does, and ask for the word that does it."""
    return Message(
        blocks(
            bold("Forget this chat?"),
            "The digest ends, also in all topics of this chat. Its settings, how far it has read "
            "and what it was sent are deleted; the messages stay here until you delete them. It "
            "cannot be undone: a later /subscribe begins with the story so far.",
            "/mydata sends what is kept as a file, before it is gone.",
        ),
        (
            (
                Button("Forget everything", Forget(sure=True)),
                Button("Leave it", Forget(sure=False)),
            ),
        ),
    )


def forgotten(*, was: bool) -> Message:
    """Confirm that nothing is kept any more."""
    said = "Everything about this chat is deleted." if was else "Nothing was kept about this chat."
    return Message(Text() + f"{said} /subscribe begins anew.")


def left_as_it_is() -> Message:
    """Say that nothing was forgotten."""
    return Message(Text() + "Nothing was deleted.")


def chat_admins_only() -> Message:
    """Say that in a group its admins decide on what is kept."""
    return Message(Text() + "In a group, its admins decide on what is kept.")
