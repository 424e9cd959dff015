"""What the bot says about deliveries: to a reader about their own, to an admin about all."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.messages import dates
from bot.messages.callbacks import Correct, Press, PressedOn
from bot.messages.message import Button, Message
from bot.messages.text import Text, blocks, bold, clip, count, italic, lines
from store.knowledge.corrections import Correction
from store.ledger.control import Halt
from store.ledger.records import EditionRecord, PartRecord, Progress
from store.ledger.values import DeliveryState, EditionKind

LONGEST_ANNOUNCEMENT = 3500
_MOST_CORRECTIONS = 6
_STATES = {
    DeliveryState.PLANNED: "waiting",
    DeliveryState.SENDING: "being sent",
    DeliveryState.SENT: "sent",
    DeliveryState.UNCERTAIN: "uncertain",
    DeliveryState.FAILED: "failed",
    DeliveryState.SKIPPED: "skipped",
}
TOPIC_GONE = Message(
    Text() + "The topic that the digest was sent to is gone; it comes here from now on. "
    "An admin can send /unsubscribe, or /subscribe in another topic."
)


def why(records: Sequence[EditionRecord], *, today: date, zone: str) -> Message:
    """Tell a chat what became of each of its last digests."""
    told = [_told(record, today, ZoneInfo(zone)) for record in records]
    return Message(
        blocks(
            bold("What you were sent"),
            lines(*told) or "Nothing was due here yet. /subscribe begins the digest.",
        )
    )


def _told(record: EditionRecord, today: date, zone: ZoneInfo) -> Text:
    return bold(f"{_name(record, today, zone)}: ") + clip(_became(record, zone), 300)


def _name(record: EditionRecord, today: date, zone: ZoneInfo) -> str:
    day = record.local_date or record.due.astimezone(zone).date()
    names = {today: "Today", today - timedelta(days=1): "Yesterday"}
    name = names.get(day, f"{day:%A}, {dates.day(day)}")
    return name if record.kind is EditionKind.DIGEST else f"{name}, {record.kind}"


def _became(record: EditionRecord, zone: ZoneInfo) -> str:
    states = {part.state for part in record.parts}
    if states == {DeliveryState.SENT}:
        return _sent(record, zone)
    return "; ".join(dict.fromkeys(_part(part, zone) for part in record.parts))


def _sent(record: EditionRecord, zone: ZoneInfo) -> str:
    last = max(record.parts, key=lambda part: part.changed)
    parts = f", {len(record.parts)} parts" if len(record.parts) > 1 else ""
    reasons = dict.fromkeys(part.reason for part in record.parts if part.reason)
    odd = f" ({'; '.join(reasons)})" if reasons else ""
    late = ", late" if last.changed - record.due > timedelta(minutes=15) else ""
    return f"sent {_clock(last.changed, zone)}{late}{parts}{odd}"


def _part(part: PartRecord, zone: ZoneInfo) -> str:
    state = _STATES[part.state]
    if part.state in {DeliveryState.SENT, DeliveryState.UNCERTAIN}:
        state = f"{state} {_clock(part.changed, zone)}"
    return f"{state}: {part.reason}" if part.reason else state


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"


def broadcast(standing: Progress, halt: Halt | None) -> Message:
    """Show an admin how the running or last broadcast stands, with Halt or Resume."""
    if standing.begun is None and halt is None:
        return Message(Text() + "Nothing was broadcast yet.")
    begun = f" · since {standing.begun:%Y-%m-%d %H:%M} UTC" if standing.begun else ""
    counted = [
        f"{_STATES[state]}: {standing.counted[state]:,}"
        for state in DeliveryState
        if standing.counted.get(state)
    ]
    rate = f"{standing.rate:.1f} a second" if standing.rate else ""
    left = f"about {_span(standing.left)} left" if standing.left and standing.waiting else ""
    state = italic(f"halted: {clip(halt.reason, 100)}") if halt else ""
    button = (
        Button("Resume", Press(PressedOn.RESUME)) if halt else Button("Halt", Press(PressedOn.HALT))
    )
    return Message(
        blocks(
            bold("Broadcast") + begun,
            lines(*counted),
            lines(state, ", ".join(part for part in (rate, left) if part)),
        ),
        ((button, Button("Refresh", Press(PressedOn.BROADCAST))),),
    )


def confirm_announcement(words: str, *, audience: int) -> Message:
    """Show an announcement as it will look, and ask for the word that sends it."""
    return Message(
        blocks(
            bold("To be announced") + f" to {count(audience, 'chat')}:",
            words,
        ),
        (
            (
                Button(f"Send to {audience:,}", Press(PressedOn.ANNOUNCE)),
                Button("Leave it", Press(PressedOn.LEAVE)),
            ),
        ),
    )


def announced(chats: int) -> Message:
    """Say to how many chats an announcement is on its way."""
    return Message(Text() + f"On its way to {count(chats, 'chat')}. /broadcast shows how it goes.")


def left_alone() -> Message:
    """Say that nothing was announced."""
    return Message(Text() + "Nothing was announced.")


def words_needed(example: str) -> Message:
    """Say what a command needs."""
    return Message(Text() + example)


def corrections(pending: Sequence[tuple[Correction, int]]) -> Message:
    """List what editors have corrected, with how many messages carried it as it was."""
    shown = pending[:_MOST_CORRECTIONS]
    rest = len(pending) - len(shown)
    if not shown:
        return Message(Text() + "No message carries anything that was corrected since.")
    return Message(
        blocks(
            bold("Corrections"),
            *(
                Text() + f"{clip(found.was, 200)}\n\N{RIGHTWARDS ARROW} {clip(found.now, 200)}\n"
                f"was sent to {count(chats, 'chat')}"
                for found, chats in shown
            ),
            f"and {rest} more" if rest else "",
        ),
        tuple(
            (Button(f"Correct in {chats:,}: {clip(found.now, 30)}", Correct(found.key)),)
            for found, chats in shown
        ),
    )


def correcting(messages: int) -> Message:
    """Say how many messages are being corrected."""
    return Message(
        Text() + f"{count(messages, 'message')} will be corrected, after all else that is owed. "
        "/broadcast shows how it goes."
    )


def uncertain(parts: int, *, resent: bool) -> Message:
    """Tell an admin that parts were being sent when the bot stopped."""
    what = "Each is sent once more." if resent else "They are left so (ATTACHE_UNCERTAIN=resend)."
    return Message(
        Text() + f"{count(parts, 'part was', 'parts were')} being sent when the bot stopped, and "
        f"may or may not have arrived. {what}"
    )


def set_aside(number: int) -> Message:
    """Tell an admin that updates were put aside after they ended the bot three times."""
    return Message(
        Text() + f"{count(number, 'update')} ended the bot three times while being handled, and "
        "were set aside. The log names them."
    )


def _span(value: timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"  # noqa: PLR2004
