"""What the bot says of channels to those who steer them, and how a digest is posted there."""

import json
from collections.abc import Sequence

from bot.locales import _
from bot.messages.callbacks import ChannelPage, ChannelSetting, Option, Setting, SettingsPage
from bot.messages.message import Button, Keyboard, Message
from bot.messages.text import Text, blocks, bold, clip, fill
from store.ledger.channels import Channel

LONGEST_TITLE = 64
# What makes no sense for a chat in which nobody can answer.
_NOT_FOR_CHANNELS = frozenset({SettingsPage.ZONE, SettingsPage.ALERTS, SettingsPage.QUIET})


def connected(channel: Channel, *, can_post: bool, subscribed: bool) -> Message:
    """Tell whoever made the bot an administrator of a channel what it can do there."""
    said = _("I am an administrator of the channel {title} now.")
    if not can_post:
        refused = _("I may not post messages there: give me that right first.")
        return Message(blocks(_of(said, channel), refused), (_settings_row(channel),))
    if subscribed:
        return Message(
            blocks(_of(said, channel), _("Its digest goes on.")), (_settings_row(channel),)
        )
    begin = Button(_("Post the digest each day"), on(channel, Setting(Option.WANTED, 1)))
    return Message(
        blocks(
            _of(said, channel),
            _("I can post the digest there. You steer it from here: /channels shows it again."),
        ),
        ((begin,), _settings_row(channel)),
    )


def disconnected(title: str) -> Message:
    """Tell those who steer a channel that the bot can post there no more."""
    said = _(
        "I am no administrator of the channel {title} any more: its digest is held back. "
        "It goes on when I am one again."
    )
    return Message(fill(said, title=bold(clip(title, LONGEST_TITLE))))


def channels(found: Sequence[Channel]) -> Message:
    """List the channels that somebody may steer."""
    how = _(
        "Make me an administrator of a channel, with the right to post messages; then I show it "
        "here. /subscribe @channel 08:00 Europe/Kyiv begins its digest."
    )
    if not found:
        return Message(blocks(_("I know no channel that you may steer."), how))
    rows = tuple(
        (
            Button(
                _("Settings of {title}").format(title=clip(one.title, LONGEST_TITLE)),
                ChannelPage(one.id),
            ),
        )
        for one in found
    )
    return Message(blocks(bold(_("Channels")), how), rows)


def in_private() -> Message:
    """Say where to ask for one's channels, to who asks in a group."""
    return Message(
        Text() + _("Send me /channels in our private chat: your channels are shown only there.")
    )


def not_yours() -> Message:
    """Say that only a channel's administrators steer it."""
    return Message(Text() + _("Only the administrators of a channel in which I am one steer it."))


def no_channel(words: str) -> Message:
    """Say that there is no such channel, or none that the bot is in."""
    said = _("I know no channel {name}. Make me an administrator of it first.")
    return Message(fill(said, name=clip(words, LONGEST_TITLE)))


def settings(channel: Channel, shown: Message) -> Message:
    """Return the settings page `shown` as that of a channel, its buttons addressed to it."""
    return Message(
        blocks(
            fill(_("Channel {title}"), title=bold(clip(channel.title, LONGEST_TITLE))),
            shown.body,
            _(
                "Commands are for the chat in which you send them; for this channel it is "
                "/subscribe {chat} 07:45 Europe/Kyiv."
            ).format(chat=channel.chat),
        ),
        _addressed(channel, shown.keyboard),
    )


def on(channel: Channel, setting: Setting) -> ChannelSetting:
    """Return what sets one thing of a channel."""
    return ChannelSetting(channel.id, setting)


def as_posts(parts: Sequence[str], *, bot_name: str) -> tuple[str, ...]:
    """Return a digest's parts as a channel gets them: nothing steers, the last links to the bot.

    Whoever reads a channel could press what steers it.
    """
    posts = [{**json.loads(part), "markup": None} for part in parts]
    link = {"text": _("Ask the bot"), "url": f"https://t.me/{bot_name}"}
    if posts:
        posts[-1]["markup"] = {"inline_keyboard": [[link]]}
    return tuple(json.dumps(post, ensure_ascii=False, sort_keys=True) for post in posts)


def _addressed(channel: Channel, keyboard: Keyboard) -> Keyboard:
    rows = (
        tuple(
            Button(button.label, on(channel, button.press))
            for button in row
            if isinstance(button.press, Setting) and button.press.page not in _NOT_FOR_CHANNELS
        )
        for row in keyboard
    )
    return tuple(row for row in rows if row)


def _settings_row(channel: Channel) -> tuple[Button, ...]:
    return (Button(_("Settings"), ChannelPage(channel.id)),)


def _of(words: str, channel: Channel) -> Text:
    return fill(words, title=bold(clip(channel.title, LONGEST_TITLE)))
