"""What the bot says about a chat's own data, and the file that holds it."""

import json
from collections.abc import Mapping
from typing import Any

from bot.locales import _
from bot.messages.callbacks import Forget
from bot.messages.message import Button, Message
from bot.messages.text import Text, blocks, bold


def data_caption() -> str:
    """Return what the file says of itself."""
    return _("All that is kept about this chat. /forget deletes it, /privacy explains it.")


def privacy() -> Message:
    """Say what is kept about a chat."""
    return Message(
        blocks(
            bold(_("Privacy")),
            _(
                "Without a subscription nothing about you is kept, unless you choose a language, "
                "follow or mute something, or set how alerts come: then that, with the number and "
                "kind of this chat. What you send is written down until it is answered, so that a "
                "restart loses none of it, and then deleted; only what ended the bot three times "
                "stays, for its operator to look into."
            ),
            _(
                "With a subscription, the bot keeps the number of this chat, what kind of chat it "
                "is and its language, how the digest is set, how far the chat has read, and each "
                "digest with when it was sent and what became of it. No names, no messages. A "
                "place that you share becomes a time zone on this machine; the place is not kept. "
                "The log holds no texts of messages."
            ),
            _(
                "/mydata sends you all of it as a file. /forget deletes it: what remains are "
                "counts, how many messages of which day were sent or not, with nothing that says "
                "to whom. Backups that the operator has made keep it until they are thrown away."
            ),
            _(
                "Where only invited readers are answered, the bot also keeps the numbers of those "
                "who were let in, and of who brought it into a group. Of a channel it keeps the "
                "title, and who steers it."
            ),
            _("/unsubscribe ends the digest and keeps the rest."),
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
            bold(_("Forget this chat?")),
            _(
                "The digest ends, also in all topics of this chat. Its settings, how far it has "
                "read and what it was sent are deleted; the messages stay here until you delete "
                "them. It cannot be undone: a later /subscribe begins with the story so far."
            ),
            _("Whoever was let in by an invitation needs a new one afterwards."),
            _("/mydata sends what is kept as a file, before it is gone."),
        ),
        (
            (
                Button(_("Forget everything"), Forget(sure=True)),
                Button(_("Leave it"), Forget(sure=False)),
            ),
        ),
    )


def forgotten(*, was: bool) -> Message:
    """Confirm that nothing is kept any more."""
    if was:
        return Message(Text() + _("Everything about this chat is deleted. /subscribe begins anew."))
    return Message(Text() + _("Nothing was kept about this chat. /subscribe begins anew."))


def left_as_it_is() -> Message:
    """Say that nothing was forgotten."""
    return Message(Text() + _("Nothing was deleted."))


def chat_admins_only() -> Message:
    """Say that in a group its admins decide on what is kept."""
    return Message(Text() + _("In a group, its admins decide on what is kept."))
