"""What the bot says about deliveries: to a reader about their own, to an admin about all."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.locales import _, ngettext
from bot.messages import dates
from bot.messages.callbacks import Correct, Press, PressedOn
from bot.messages.message import Button, Message
from bot.messages.reasons import reason
from bot.messages.text import Text, blocks, bold, clip, fill, italic, lines
from store.knowledge.corrections import Correction
from store.ledger.control import Halt
from store.ledger.records import EditionRecord, PartRecord, Progress
from store.ledger.values import DeliveryState, EditionKind

LONGEST_ANNOUNCEMENT = 3500
_MOST_CORRECTIONS = 6


def topic_gone() -> Message:
    """Say in a group that a topic's digest comes to the group itself."""
    return Message(
        Text()
        + _(
            "The topic that the digest was sent to is gone; it comes here from now on. "
            "An admin can send /unsubscribe, or /subscribe in another topic."
        )
    )


def why(records: Sequence[EditionRecord], *, today: date, zone: str) -> Message:
    """Tell a chat what became of each of its last digests."""
    told = [_told(record, today, ZoneInfo(zone)) for record in records]
    return Message(
        blocks(
            bold(_("What you were sent")),
            lines(*told) or _("Nothing was due here yet. /subscribe begins the digest."),
        )
    )


def _told(record: EditionRecord, today: date, zone: ZoneInfo) -> Text:
    return bold(f"{_name(record, today, zone)}: ") + clip(_became(record, zone), 300)


def _name(record: EditionRecord, today: date, zone: ZoneInfo) -> str:
    day = record.local_date or record.due.astimezone(zone).date()
    if day == today:
        name = _("Today")
    elif day == today - timedelta(days=1):
        name = _("Yesterday")
    else:
        name = f"{dates.weekday(day)}, {dates.day(day)}"
    kinds = {
        EditionKind.ANNOUNCEMENT: _("announcement"),
        EditionKind.CORRECTION: _("correction"),
        EditionKind.ALERT: _("alert"),
    }
    return f"{name}, {kinds[record.kind]}" if record.kind in kinds else name


def _became(record: EditionRecord, zone: ZoneInfo) -> str:
    states = {part.state for part in record.parts}
    if states == {DeliveryState.SENT}:
        return _sent(record, zone)
    return "; ".join(dict.fromkeys(_part(part, zone) for part in record.parts))


def _sent(record: EditionRecord, zone: ZoneInfo) -> str:
    last = max(record.parts, key=lambda part: part.changed)
    number = len(record.parts)
    reasons = dict.fromkeys(reason(part.reason) for part in record.parts if part.reason)
    told = (
        _("sent {time}").format(time=_clock(last.changed, zone)),
        _("late") if last.changed - record.due > timedelta(minutes=15) else "",
        ngettext("{n} part", "{n} parts", number).format(n=number) if number > 1 else "",
    )
    return ", ".join(filter(None, told)) + (f" ({'; '.join(reasons)})" if reasons else "")


def _part(part: PartRecord, zone: ZoneInfo) -> str:
    match part.state:
        case DeliveryState.SENT:
            state = _("sent {time}").format(time=_clock(part.changed, zone))
        case DeliveryState.UNCERTAIN:
            state = _("uncertain {time}").format(time=_clock(part.changed, zone))
        case _:
            state = _state(part.state)
    return f"{state}: {reason(part.reason)}" if part.reason else state


def _state(state: DeliveryState) -> str:
    return {
        DeliveryState.PLANNED: _("waiting"),
        DeliveryState.SENDING: _("being sent"),
        DeliveryState.SENT: _("sent"),
        DeliveryState.UNCERTAIN: _("uncertain"),
        DeliveryState.FAILED: _("failed"),
        DeliveryState.SKIPPED: _("skipped"),
    }[state]


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"


def broadcast(standing: Progress, halt: Halt | None) -> Message:
    """Show an admin how the running or last broadcast stands, with Halt or Resume."""
    if standing.begun is None and halt is None:
        return Message(Text() + _("Nothing was broadcast yet."))
    begun = f"{standing.begun:%Y-%m-%d %H:%M}" if standing.begun else ""
    since = " · " + _("since {moment} UTC").format(moment=begun) if begun else ""
    counted = [
        f"{_state(state)}: {dates.number(standing.counted[state])}"
        for state in DeliveryState
        if standing.counted.get(state)
    ]
    rate = _("{n} a second").format(n=f"{standing.rate:.1f}") if standing.rate else ""
    left = (
        _("about {time} left").format(time=_span(standing.left))
        if standing.left and standing.waiting
        else ""
    )
    state = (
        italic(_("halted: {reason}").format(reason=clip(reason(halt.reason), 100))) if halt else ""
    )
    button = (
        Button(_("Resume"), Press(PressedOn.RESUME))
        if halt
        else Button(_("Halt"), Press(PressedOn.HALT))
    )
    return Message(
        blocks(
            bold(_("Broadcast")) + since,
            lines(*counted),
            lines(state, ", ".join(part for part in (rate, left) if part)),
        ),
        ((button, Button(_("Refresh"), Press(PressedOn.BROADCAST))),),
    )


def confirm_announcement(words: str, *, audience: int) -> Message:
    """Show an announcement as it will look, and ask for the word that sends it."""
    return Message(
        blocks(
            fill(
                ngettext(
                    "{to_be_announced} to {n} chat:", "{to_be_announced} to {n} chats:", audience
                ),
                to_be_announced=bold(_("To be announced")),
                n=dates.number(audience),
            ),
            words,
        ),
        (
            (
                Button(
                    _("Send to {n}").format(n=dates.number(audience)), Press(PressedOn.ANNOUNCE)
                ),
                Button(_("Leave it"), Press(PressedOn.LEAVE)),
            ),
        ),
    )


def announced(chats: int) -> Message:
    """Say to how many chats an announcement is on its way."""
    return Message(
        Text()
        + ngettext(
            "On its way to {n} chat. /broadcast shows how it goes.",
            "On its way to {n} chats. /broadcast shows how it goes.",
            chats,
        ).format(n=dates.number(chats))
    )


def left_alone() -> Message:
    """Say that nothing was announced."""
    return Message(Text() + _("Nothing was announced."))


def words_needed(example: str) -> Message:
    """Say what a command needs."""
    return Message(Text() + example)


def corrections(pending: Sequence[tuple[Correction, int]]) -> Message:
    """List what editors have corrected, with how many messages carried it as it was."""
    shown = pending[:_MOST_CORRECTIONS]
    rest = len(pending) - len(shown)
    if not shown:
        return Message(Text() + _("No message carries anything that was corrected since."))
    return Message(
        blocks(
            bold(_("Corrections")),
            *(
                Text()
                + f"{clip(found.was, 200)}\n\N{RIGHTWARDS ARROW} {clip(found.now, 200)}\n"
                + ngettext("was sent to {n} chat", "was sent to {n} chats", chats).format(
                    n=dates.number(chats)
                )
                for found, chats in shown
            ),
            _("and {n} more").format(n=rest) if rest else "",
        ),
        tuple(
            (
                Button(
                    _("Correct in {n}: {words}").format(
                        n=dates.number(chats), words=clip(found.now, 30)
                    ),
                    Correct(found.key),
                ),
            )
            for found, chats in shown
        ),
    )


def correcting(messages: int) -> Message:
    """Say how many messages are being corrected."""
    return Message(
        Text()
        + ngettext(
            "{n} message will be corrected, after all else that is owed. "
            "/broadcast shows how it goes.",
            "{n} messages will be corrected, after all else that is owed. "
            "/broadcast shows how it goes.",
            messages,
        ).format(n=dates.number(messages))
    )


def uncertain(parts: int, *, resent: bool) -> Message:
    """Tell an admin that parts were being sent when the bot stopped."""
    stopped = ngettext(
        "{n} part was being sent when the bot stopped, and may or may not have arrived.",
        "{n} parts were being sent when the bot stopped, and may or may not have arrived.",
        parts,
    ).format(n=dates.number(parts))
    what = (
        _("Each is sent once more.")
        if resent
        else _("They are left so (ATTACHE_UNCERTAIN=resend).")
    )
    return Message(Text() + f"{stopped} {what}")


def set_aside(number: int) -> Message:
    """Tell an admin that updates were put aside after they ended the bot three times."""
    return Message(
        Text()
        + ngettext(
            "{n} update ended the bot three times while being handled, and "
            "was set aside. The log names them.",
            "{n} updates ended the bot three times while being handled, and "
            "were set aside. The log names them.",
            number,
        ).format(n=dates.number(number))
    )


def _span(value: timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    if minutes < 60:  # noqa: PLR2004 (an hour)
        return _("{min} min").format(min=minutes)
    return _("{h} h {min} min").format(h=minutes // 60, min=minutes % 60)
