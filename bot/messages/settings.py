"""What the bot says about a subscription, and the buttons that set it."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.messages import dates
from bot.messages.callbacks import USEFUL_HOURS, Option, Press, PressedOn, Setting
from bot.messages.events import LONGEST_NAME
from bot.messages.message import Button, Keyboard, Message
from bot.messages.text import Text, blocks, bold, clip, lines
from store.ledger.values import EVERY_DAY, NothingNew, Rhythm, Subscription, Wanted

SHARE_PLACE = "Share where I am"
WORKDAYS = 0b0011111

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MINUTES_A_DAY = 24 * 60
_STEPS = (
    ("\N{MINUS SIGN}1 h", -60),
    ("\N{MINUS SIGN}15 min", -15),
    ("+15 min", 15),
    ("+1 h", 60),
)


def subscribed(rhythm: Rhythm, *, first: date) -> Message:
    """Confirm a subscription: when, and when first."""
    return Message(
        blocks(
            Text() + f"The digest comes {_when(rhythm)}, first on {dates.day(first)}.",
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


def settings(
    subscription: Subscription | None, default: Rhythm, *, first: date | None = None
) -> Message:
    """Show how the digest of this chat is set, with a button for each thing that can be."""
    if subscription is None or subscription.state is Wanted.OFF:
        proposed = subscription.rhythm if subscription else default
        return Message(
            blocks(
                bold("Settings"),
                lines("Digest: off", f"Proposed time: {_time(proposed)}"),
                "/subscribe begins the digest, /subscribe 07:30 Europe/Kyiv at your own time.",
            ),
            ((Button("Turn the digest on", Setting(Option.WANTED, 1)),),),
        )
    nothing = {NothingNew.SAY: "one line says so", NothingNew.SILENCE: "no message"}
    hours = subscription.useful_for.total_seconds() / 3600
    return Message(
        blocks(
            bold("Settings"),
            lines(
                f"Digest: {_when(subscription.rhythm)}",
                f"Next: {dates.day(first)}" if first else "",
                "Held back: nothing could be sent here. Turn it on again below."
                if subscription.state is Wanted.PAUSED
                else "",
                f"On a day without news: {nothing[subscription.nothing_new]}",
                f"Late editions are useful for {hours:g} h",
            ),
            "/subscribe 07:45 sets any time, /subscribe Kyiv another time zone.",
        ),
        _keyboard(subscription),
    )


def _keyboard(known: Subscription) -> Keyboard:
    days = [_day(known.rhythm.days, day) for day in range(7)]
    silent = known.nothing_new is NothingNew.SILENCE
    return (
        _wanted(known.state),
        tuple(_moved(known.rhythm, label, minutes) for label, minutes in _STEPS),
        tuple(days[:4]),
        tuple(days[4:]),
        (
            Button("Workdays", Setting(Option.DAYS, WORKDAYS)),
            Button("Every day", Setting(Option.DAYS, EVERY_DAY)),
        ),
        (
            _choice("Nothing new: say so", Setting(Option.SILENT, 0), chosen=not silent),
            _choice("No message", Setting(Option.SILENT, 1), chosen=silent),
        ),
        tuple(
            _choice(
                f"{hours} h late",
                Setting(Option.USEFUL, hours),
                chosen=known.useful_for == timedelta(hours=hours),
            )
            for hours in USEFUL_HOURS
        ),
        (Button(f"Time zone: {known.rhythm.zone}", Setting(Option.ZONE, 0)),),
    )


def _wanted(state: Wanted) -> tuple[Button, ...]:
    off = Button("Turn the digest off", Setting(Option.WANTED, 0))
    on = Button("Turn it on again", Setting(Option.WANTED, 1))
    return (on, off) if state is Wanted.PAUSED else (off,)


def _moved(rhythm: Rhythm, label: str, minutes: int) -> Button:
    at = rhythm.at.hour * 60 + rhythm.at.minute + minutes
    return Button(label, Setting(Option.AT, at % _MINUTES_A_DAY))


def _day(days: int, day: int) -> Button:
    on = bool(days >> day & 1)
    return _choice(_DAYS[day], Setting(Option.DAY_OFF if on else Option.DAY_ON, day), chosen=on)


def _choice(label: str, press: Setting, *, chosen: bool) -> Button:
    return Button(f"✓ {label}" if chosen else label, press)


def how_to_set_zone(rhythm: Rhythm, *, can_share: bool) -> Message:
    """Say how the time zone is set; `can_share`: also by the place that is shared below."""
    share = (
        f" Or share where you are with the button “{SHARE_PLACE}” below: I look the zone up "
        "myself, tell nobody, and keep the zone only."
    )
    return Message(
        Text() + f"The time zone is {rhythm.zone}. Send a city to change it: /subscribe Kyiv."
        f"{share if can_share else ''}"
    )


def zone_set(rhythm: Rhythm, *, first: date) -> Message:
    """Confirm the zone of a place that was shared."""
    return Message(
        Text() + f"The time zone is {rhythm.zone} now. The digest comes {_when(rhythm)}, next on "
        f"{dates.day(first)}. /settings shows and changes that."
    )


def zone_found(zone: str) -> Message:
    """Say in which zone a shared place is, to a chat that gets no digest."""
    return Message(
        Text()
        + f"That is in the time zone {zone}. /subscribe 08:00 {zone} begins the digest there."
    )


def no_zone_there() -> Message:
    """Say that a shared place has no time zone that is known."""
    return Message(Text() + "I know no time zone there. Send a city: /subscribe Kyiv.")


def _when(rhythm: Rhythm) -> str:
    return f"{_on_days(rhythm.days)} at {_time(rhythm)}"


def _on_days(days: int) -> str:
    named = {EVERY_DAY: "each day", WORKDAYS: "on workdays"}
    chosen = [name for day, name in enumerate(_DAYS) if days >> day & 1]
    return named.get(days) or f"on {', '.join(chosen)}"


def _time(rhythm: Rhythm) -> str:
    return f"{rhythm.at:%H:%M} ({rhythm.zone})"
