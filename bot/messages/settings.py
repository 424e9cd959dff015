"""What the bot says about a subscription and what it keeps about a chat."""

from collections.abc import Sequence
from datetime import date

from bot.messages import dates
from bot.messages.callbacks import Press, PressedOn
from bot.messages.events import LONGEST_NAME
from bot.messages.message import Button, Message
from bot.messages.text import Text, blocks, bold, clip, lines
from store.ledger.values import NothingNew, Rhythm, Subscription, Wanted


def subscribed(rhythm: Rhythm, *, first: date) -> Message:
    """Confirm a subscription: when, and when first."""
    return Message(
        blocks(
            Text() + f"The digest comes each day at {_time(rhythm)}, first on {dates.day(first)}.",
            "/subscribe 07:30 Europe/Kyiv changes that, /unsubscribe ends it. "
            "/digest shows it now.",
        )
    )


def paused(*, until: date) -> Message:
    """Confirm that no digest comes until a day."""
    return Message(
        Text() + f"Paused: the next digest comes on {dates.day(until)}.",
        ((Button("Go on now", Press(PressedOn.GO_ON)),),),
    )


def goes_on(rhythm: Rhythm, *, first: date) -> Message:
    """Confirm that the digest comes again."""
    return Message(Text() + f"The digest goes on, at {_time(rhythm)}, first on {dates.day(first)}.")


def unsubscribed(*, was: bool) -> Message:
    """Confirm that no digest comes any more."""
    said = "No digest comes any more." if was else "No digest was coming here."
    return Message(Text() + f"{said} /subscribe begins one.")


def not_understood(word: str, nearest: Sequence[str]) -> Message:
    """Say that a word is neither a time nor a zone, and which zones are spelled like it."""
    hint = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
    return Message(
        Text() + f"“{clip(word, LONGEST_NAME)}” is neither a time such as 07:30 nor a time zone "
        f"such as Europe/Kyiv.{hint}"
    )


def chat_admins_only() -> Message:
    """Say that in a group its admins decide on the digest."""
    return Message(Text() + "In a group, its admins decide on the digest.")


def settings(subscription: Subscription | None, default: Rhythm) -> Message:
    """Show how the digest of this chat is set."""
    if subscription is None or subscription.state is Wanted.OFF:
        return Message(
            blocks(
                bold("Settings"),
                lines("Digest: off", f"Proposed time: {_time(default)}"),
                "/subscribe begins the digest, /subscribe 07:30 Europe/Kyiv at your own time.",
            )
        )
    nothing = {NothingNew.SAY: "one line says so", NothingNew.SILENCE: "no message"}
    hours = subscription.useful_for.total_seconds() / 3600
    return Message(
        blocks(
            bold("Settings"),
            lines(
                f"Digest: each day at {_time(subscription.rhythm)}",
                f"On a day without news: {nothing[subscription.nothing_new]}",
                f"Late editions are useful for {hours:g} h",
            ),
            "/subscribe 07:30 Europe/Kyiv changes time and zone, /unsubscribe ends the digest.",
        )
    )


PRIVACY = Message(
    blocks(
        bold("Privacy"),
        "Without a subscription nothing about you is kept.",
        "With one, the bot keeps the number of this chat, what kind of chat it is and its "
        "language, the time and zone that were asked for, how far the chat has read, and for "
        "each digest when it was sent and what became of it. No names, no messages.",
        "What you ask is answered and forgotten. The log holds no texts of messages.",
        "/unsubscribe ends the digest.",
    )
)


def _time(rhythm: Rhythm) -> str:
    return f"{rhythm.at:%H:%M} ({rhythm.zone})"
