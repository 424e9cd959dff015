"""The lines and buttons of the settings for how much is told, at once or not, and quiet hours."""

from bot.locales import _
from bot.messages.callbacks import LENGTHS, QUIET_HOURS, Option, Setting
from bot.messages.events import LONGEST_NAME
from bot.messages.message import Button, Keyboard, Message
from bot.messages.text import Text, clip
from store.ledger.values import Length, Quiet, Subscription


def length_line(known: Subscription | None) -> str:
    """Say how much is told; of a chat with no settings yet, as they begin."""
    return _("Length: {length}").format(length=_length(known.length if known else Length.NORMAL))


def alert_line(known: Subscription | None) -> str:
    """Say whether what is followed is told at once."""
    if known and known.alerts:
        return _("Alerts: at once, about what you follow (/following)")
    return _("Alerts: off")


def quiet_line(known: Subscription | None) -> str:
    """Say when no alerts come."""
    if known and known.quiet:
        return _("Quiet hours: {hours}, no alerts then").format(hours=hours(known.quiet))
    return _("Quiet hours: none. /settings quiet 22:00-07:00 sets any")


def length_buttons(known: Subscription | None) -> Keyboard:
    """Return the row that sets how much is told."""
    length = known.length if known else Length.NORMAL
    return (
        tuple(
            choice(_button(one), Setting(Option.LENGTH, number), chosen=one is length)
            for number, one in enumerate(LENGTHS)
        ),
    )


def alert_buttons(known: Subscription | None) -> Keyboard:
    """Return the row that sets whether what is followed is told at once."""
    alerts = known is not None and known.alerts
    return (
        (
            choice(_("No alerts"), Setting(Option.ALERTS, 0), chosen=not alerts),
            choice(_("Alerts at once"), Setting(Option.ALERTS, 1), chosen=alerts),
        ),
    )


def quiet_buttons(known: Subscription | None) -> Keyboard:
    """Return the rows that set quiet hours."""
    quiet = known.quiet if known else None
    return (
        tuple(
            choice(_short(one), Setting(Option.QUIET, number), chosen=one == quiet)
            for number, one in enumerate(QUIET_HOURS, start=1)
        ),
        (choice(_("Never quiet"), Setting(Option.QUIET, 0), chosen=quiet is None),),
    )


def choice(label: str, press: Setting, *, chosen: bool) -> Button:
    """Return a button, ticked where its choice is the one that holds."""
    return Button(f"✓ {label}" if chosen else label, press)


def quiet_set(quiet: Quiet | None, zone: str) -> Message:
    """Confirm quiet hours, or that there are none."""
    if quiet is None:
        return Message(Text() + _("There are no quiet hours now: alerts come at any time."))
    said = _("From {hours} ({zone}) no alerts are sent: they come after that.")
    return Message(Text() + said.format(hours=hours(quiet), zone=zone))


def no_quiet_hours(words: str) -> Message:
    """Say that words are no quiet hours, and what would be some."""
    said = _("“{words}” are no quiet hours such as 22:00-07:00. /settings quiet off ends them.")
    return Message(Text() + said.format(words=clip(words, LONGEST_NAME)))


def hours(quiet: Quiet) -> str:
    """Return `22:00 to 07:00`."""
    return _("{begin} to {end}").format(begin=f"{quiet.begins:%H:%M}", end=f"{quiet.ends:%H:%M}")


def _short(quiet: Quiet) -> str:
    return f"{quiet.begins:%H}–{quiet.ends:%H}"


def _length(length: Length) -> str:
    return {
        Length.SHORT: _("short, a few lines"),
        Length.NORMAL: _("normal"),
        Length.FULL: _("full"),
    }[length]


def _button(length: Length) -> str:
    return {Length.SHORT: _("Short"), Length.NORMAL: _("Normal"), Length.FULL: _("Full")}[length]
