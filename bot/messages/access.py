"""What the bot says at the door: refusals, invitations, and to whom it is too much."""

from collections.abc import Sequence

from bot.locales import _, ngettext
from bot.messages import dates
from bot.messages.callbacks import Revoke
from bot.messages.message import Button, Message
from bot.messages.text import Text, blocks, bold, clip, fill, lines, link
from config.settings import Access
from store.ledger.access import Invitation

LONGEST_LABEL = 40


def refused() -> Message:
    """Say that the bot answers invited people only."""
    return Message(
        Text()
        + _("This bot answers only those who were let in. Ask whoever runs it for an invitation.")
    )


def left_group() -> Message:
    """Say why the bot leaves a group at once."""
    return Message(
        Text()
        + _("I answer only where somebody brings me in who was let in, so I leave this group.")
    )


def invitation_void() -> Message:
    """Say that an invitation lets nobody in."""
    return Message(
        Text()
        + _("This invitation is used up, has expired or was withdrawn. Please ask for another.")
    )


def welcome() -> Message:
    """Say that an invitation let somebody in."""
    return Message(Text() + _("Welcome: you are let in."))


def slow_down() -> Message:
    """Say that somebody asks too much at once."""
    return Message(
        Text() + _("That is a lot at once. Please wait a moment; what comes now is not answered.")
    )


def sees_in_group(*, everything: bool) -> str:
    """Return what the bot can see in a group."""
    if everything:
        return _(
            "In this group I can see all messages. I answer commands, replies to me and messages "
            "that name me, and keep none of the others."
        )
    return _(
        "In this group I see only commands, replies to me and messages that name me: Telegram "
        "shows me nothing else, unless you make me an administrator."
    )


def invited(made: Invitation, url: str) -> Message:
    """Show the link of an invitation, which is shown this once."""
    people = ngettext("{n} person", "{n} people", made.uses).format(n=made.uses)
    return Message(
        blocks(
            bold(_("Invitation")) + (f" · {made.label}" if made.label else ""),
            link(url, url),
            _(
                "It lets in {people}, until {day}. The link is shown only here: I keep none of "
                "it that could be used. /invites lists and withdraws invitations."
            ).format(people=people, day=dates.day(made.expires.date())),
        )
    )


def invitations(found: Sequence[Invitation]) -> Message:
    """List the invitations that still let somebody in, each with its withdrawal."""
    if not found:
        return Message(Text() + _("No invitation is open. /invite makes one."))
    shown = [
        f"{one.id} · {clip(one.label, LONGEST_LABEL) or '–'} · "
        + _("{left} left, {used} used, until {day}").format(
            left=one.uses, used=one.admitted, day=dates.day(one.expires.date())
        )
        for one in found
    ]
    rows = tuple(
        (Button(_("Withdraw {number}").format(number=one.id), Revoke(one.id)),) for one in found
    )
    return Message(blocks(bold(_("Invitations")), lines(*shown)), rows)


def in_private_only() -> Message:
    """Say that an invitation is not made before others."""
    return Message(
        Text() + _("Send me /invite in our private chat: here everybody could use the link.")
    )


def not_by_invitation(access: Access) -> Message:
    """Say why an invitation would change nothing."""
    if access is Access.OPEN:
        said = _("Everybody is let in: ATTACHE_ACCESS is “open”.")
    else:
        said = _(
            "Only those in ATTACHE_READERS are let in: ATTACHE_ACCESS is “listed”. With "
            "“invited” invitations would let in others too."
        )
    return Message(Text() + said)


def how_to_expel() -> Message:
    """Say how somebody is put out."""
    return Message(
        Text()
        + _(
            "Send /expel with the number of a user, group or channel. What such a user brought "
            "me into goes too."
        )
    )


def expelled(number: int, *, known: bool) -> Message:
    """Confirm that somebody is let in no more."""
    said = (
        _("{number} is let in no more, and nothing is sent there. A new invitation undoes it.")
        if known
        else _("{number} was never let in.")
    )
    return Message(fill(said, number=str(number)))


def let_in_by_settings(number: int) -> Message:
    """Say that the settings let somebody in."""
    return Message(
        fill(
            _("{number} is let in by ATTACHE_ADMINS or ATTACHE_READERS: take it out there."),
            number=str(number),
        )
    )
