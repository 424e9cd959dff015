"""What the bot says about a subscription. The pages that show and set it: settings_pages."""

from collections.abc import Sequence
from datetime import date
from functools import reduce

from bot.locales import _
from bot.messages import dates
from bot.messages.callbacks import Press, PressedOn
from bot.messages.events import LONGEST_NAME
from bot.messages.message import Button, Message
from bot.messages.text import Text, blocks, clip
from store.ledger.values import EVERY_DAY, Rhythm

WORKDAYS = 0b0011111


def share_place() -> str:
    """Return what the button says that shares a place."""
    return _("Share where I am")


def subscribed(rhythm: Rhythm, *, first: date) -> Message:
    """Confirm a subscription: when, and when first."""
    return Message(
        blocks(
            _("The digest comes {when}, first on {day}.").format(
                when=when_it_comes(rhythm), day=dates.day(first)
            ),
            _(
                "/subscribe 07:30 Europe/Kyiv changes that, /unsubscribe ends it. "
                "/digest shows it now."
            ),
        )
    )


def paused(*, until: date) -> Message:
    """Confirm that no digest comes until a day."""
    return Message(
        Text() + _("Paused: the next digest comes on {day}.").format(day=dates.day(until)),
        ((Button(_("Go on now"), Press(PressedOn.GO_ON)),),),
    )


def goes_on(rhythm: Rhythm, *, first: date) -> Message:
    """Confirm that the digest comes again."""
    return Message(
        Text()
        + _("The digest goes on, at {time}, first on {day}.").format(
            time=time_in_zone(rhythm), day=dates.day(first)
        )
    )


def unsubscribed(*, was: bool, alerts: bool = False) -> Message:
    """Confirm that no digest comes any more; `alerts`: they still do."""
    said = (
        _("No digest comes any more. /subscribe begins one.")
        if was
        else _("No digest was coming here. /subscribe begins one.")
    )
    still = _("Alerts about what you follow still come: /settings.") if alerts else ""
    return Message(Text() + " ".join(filter(None, (said, still))))


def not_understood(word: str, nearest: Sequence[str]) -> Message:
    """Say that a word is neither a time nor a zone, and which zones are spelled like it."""
    said = _(
        "“{word}” is neither a time such as 07:30 nor a time zone such as Europe/Kyiv."
    ).format(word=clip(word, LONGEST_NAME))
    hint = " " + _("Did you mean {zones}?").format(zones=_either(nearest)) if nearest else ""
    return Message(Text() + said + hint)


def _either(names: Sequence[str]) -> str:
    return reduce(lambda one, other: _("{one} or {other}").format(one=one, other=other), names)


def chat_admins_only() -> Message:
    """Say that in a group its admins decide on the digest."""
    return Message(Text() + _("In a group, its admins decide on the digest."))


def one_day_stays() -> str:
    """Say that the last day cannot be taken away."""
    return _("One day has to stay. “{button}” ends it.").format(button=_("Turn the digest off"))


def how_to_set_zone(rhythm: Rhythm, *, can_share: bool) -> Message:
    """Say how the time zone is set; `can_share`: also by the place that is shared below."""
    said = _("The time zone is {zone}. Send a city to change it: /subscribe Kyiv.").format(
        zone=rhythm.zone
    )
    share = _(
        "Or share where you are with the button “{button}” below: I look the zone up "
        "myself, tell nobody, and keep the zone only."
    ).format(button=share_place())
    return Message(Text() + said + (f" {share}" if can_share else ""))


def zone_set(rhythm: Rhythm, *, first: date) -> Message:
    """Confirm the zone of a place that was shared."""
    return Message(
        Text()
        + _(
            "The time zone is {zone} now. The digest comes {when}, next on {day}. "
            "/settings shows and changes that."
        ).format(zone=rhythm.zone, when=when_it_comes(rhythm), day=dates.day(first))
    )


def zone_found(zone: str) -> Message:
    """Say in which zone a shared place is, to a chat that gets no digest."""
    return Message(
        Text()
        + _(
            "That is in the time zone {zone}. /subscribe 08:00 {zone} begins the digest there."
        ).format(zone=zone)
    )


def no_zone_there() -> Message:
    """Say that a shared place has no time zone that is known."""
    return Message(Text() + _("I know no time zone there. Send a city: /subscribe Kyiv."))


def when_it_comes(rhythm: Rhythm) -> str:
    """Return `on workdays at 07:30 (Europe/Kyiv)`."""
    time = time_in_zone(rhythm)
    if rhythm.days == EVERY_DAY:
        return _("each day at {time}").format(time=time)
    if rhythm.days == WORKDAYS:
        return _("on workdays at {time}").format(time=time)
    names = enumerate(dates.short_weekdays())
    chosen = ", ".join(name for day, name in names if rhythm.days >> day & 1)
    return _("on {days} at {time}").format(days=chosen, time=time)


def time_in_zone(rhythm: Rhythm) -> str:
    """Return `07:30 (Europe/Kyiv)`."""
    return f"{rhythm.at:%H:%M} ({rhythm.zone})"
