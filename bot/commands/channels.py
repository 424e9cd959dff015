"""Channels, steered from the private chats of their administrators: /channels and its buttons.

A channel answers nobody, so all that concerns it is said where its administrator is. Who may
steer it is asked of Telegram at every press. What a press sets is `settings`' to say.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import (
    Chat,
    ChatFullInfo,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberUpdated,
    Update,
)
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.commands.command import Context, asked
from bot.commands.digest import Digest, NotUnderstoodError, read_rhythm
from bot.commands.preferences import Where
from bot.commands.reply import answer, show, toast
from bot.commands.settings import SetDigest, carry_out, stays
from bot.digest.due import begin
from bot.languages import Languages
from bot.locales import Language, language_of, speaking
from bot.messages import channels as say
from bot.messages import settings as say_settings
from bot.messages.callbacks import (
    LANGUAGES,
    ChannelPage,
    ChannelSetting,
    Option,
    Setting,
    SettingsPage,
)
from bot.messages.message import Message
from store.database import Connection, Database
from store.ledger import channels, languages, subscriptions
from store.ledger.channels import Channel
from store.ledger.values import Rhythm, Subscription, Wanted

_IN_CHARGE = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})
_CHANNEL = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}|-100[0-9]{1,13}")

log = logging.getLogger("attache.channels")


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """Connects channels, and lets their administrators steer them."""

    ledger: Database
    digest: Digest
    settings: SetDigest
    languages: Languages
    clock: Callable[[], datetime]
    default: Rhythm

    async def list(self, update: Update, context: Context) -> None:
        """Answer /channels: those that the asker may steer now."""
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None:
            return
        if chat.type != Chat.PRIVATE:  # which channels somebody steers is nobody else's business
            await answer(update, say.in_private())
            return
        known = await self.ledger.read(channels.steered_by, user.id)
        may = [one for one in known if await _may_steer(one.chat, user.id, context)]
        await answer(update, say.channels(may))

    async def subscribe(self, update: Update, context: Context) -> None:
        """Answer /subscribe: in private also for a channel that is named first."""
        chat, user = update.effective_chat, update.effective_user
        name, _, words = asked(context).partition(" ")
        is_private = chat is not None and chat.type == Chat.PRIVATE
        if user is None or not is_private or not _CHANNEL.fullmatch(name):
            await self.digest.subscribe(update, context)
        elif (found := await _found(name, context)) is None:
            await answer(update, say.no_channel(name))
        elif not await _may_steer(found.id, user.id, context):
            await answer(update, say.not_yours())
        else:
            await self._begin(found, words, user.id, update)

    async def _begin(self, chat: ChatFullInfo, words: str, person: int, update: Update) -> None:
        """Begin the digest of a channel, or change its rhythm."""
        known = await self.ledger.read(subscriptions.subscription, chat.id, 0)
        try:
            rhythm = read_rhythm(words, known.rhythm if known else self.default)
        except NotUnderstoodError as error:
            await answer(update, say_settings.not_understood(error.word, error.nearest))
            return
        now = self.clock()
        last_date, next_due = begin(rhythm, now=now, last_date=known.last_date if known else None)
        user = update.effective_user

        def write(db: Connection) -> tuple[Channel, Subscription]:
            connected = channels.connect(
                db, chat.id, title=chat.title or "", person=person, now=now
            )
            return connected, subscriptions.subscribe(
                db,
                chat=chat.id,
                topic=0,
                kind=Chat.CHANNEL,
                language=user.language_code if user else None,
                rhythm=rhythm,
                last_date=last_date,
                next_due=next_due,
                now=now,
            )

        channel, made = await self.ledger.write(write)
        await answer(update, await self._page(channel, made))

    async def membership(self, update: Update, context: Context) -> None:
        """Note that a chat was closed or opened; of a channel tell those who steer it."""
        await self.digest.membership(update, context)
        change = update.my_chat_member
        if change is None or change.chat.type != Chat.CHANNEL:
            return
        if change.new_chat_member.status in _IN_CHARGE:
            await self._connected(change, context)
        elif change.old_chat_member.status in _IN_CHARGE:
            for person in await self.ledger.read(channels.steerers, change.chat.id):
                with speaking(await self.languages.chosen(person) or Language.ENGLISH):
                    said = say.disconnected(change.chat.title or "")
                await _tell(person, said, context)

    async def _connected(self, change: ChatMemberUpdated, context: Context) -> None:
        chat, person = change.chat, change.from_user
        channel = await self.ledger.write(
            channels.connect, chat.id, title=chat.title or "", person=person.id, now=self.clock()
        )
        can_post = _can_post(change.new_chat_member)
        was = change.old_chat_member
        if was.status in _IN_CHARGE and _can_post(was) == can_post:
            return  # some other right has changed
        known = await self.ledger.read(subscriptions.subscription, chat.id, 0)
        is_on = known is not None and known.state is not Wanted.OFF
        # The update is the channel's; what is said here is for the person.
        language = await self.languages.chosen(person.id) or language_of(person.language_code)
        with speaking(language):
            said = say.connected(channel, can_post=can_post, subscribed=is_on)
        await _tell(person.id, said, context)

    async def pressed(
        self, press: ChannelPage | ChannelSetting, update: Update, context: Context
    ) -> None:
        """Show how a channel is set, having set what a press says."""
        user = update.effective_user
        channel = await self.ledger.read(channels.channel, press.channel)
        if channel is None or user is None or not await _may_steer(channel.chat, user.id, context):
            await toast(update, say.not_yours().text)
            return
        setting = press.setting if isinstance(press, ChannelSetting) else Setting(Option.PAGE, 0)
        known = await self._set(channel, setting, update)
        if stays(setting, known):
            await toast(update, say_settings.one_day_stays())
        else:
            await show(update, await self._page(channel, known, setting.page))

    async def _set(self, channel: Channel, setting: Setting, update: Update) -> Subscription | None:
        """Set one thing of a channel, if any; return its subscription as it is then."""
        now, user = self.clock(), update.effective_user
        if setting.option is Option.LANGUAGE:
            await self.ledger.write(
                languages.choose,
                channel.chat,
                kind=Chat.CHANNEL,
                chosen=LANGUAGES[setting.value],
                now=now,
            )
            self.languages.drop(channel.chat)
        if setting.option in {Option.LANGUAGE, Option.PAGE}:
            return await self.ledger.read(subscriptions.subscription, channel.chat, 0)
        return await self.ledger.write(
            carry_out,
            setting,
            Where(chat=channel.chat, topic=0, kind=Chat.CHANNEL),
            language=user.language_code if user else None,
            default=self.default,
            now=now,
        )

    async def _page(
        self,
        channel: Channel,
        known: Subscription | None,
        page: SettingsPage = SettingsPage.ALL,
    ) -> Message:
        shown = await self.settings.page(known, channel.chat, Chat.CHANNEL, page)
        return say.settings(channel, shown)


def _can_post(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberAdministrator):
        return bool(member.can_post_messages)
    return member.status == ChatMember.OWNER


async def _may_steer(chat: int, person: int, context: Context) -> bool:
    """Ask Telegram whether a person is an administrator of a channel that the bot is one of."""
    try:
        member = await context.bot.get_chat_member(chat, person)
    except (BadRequest, Forbidden):
        return False
    return member.status in _IN_CHARGE


async def _found(name: str, context: Context) -> ChatFullInfo | None:
    """Return the channel of a name or number, if the bot knows it."""
    try:
        found = await context.bot.get_chat(int(name) if name.startswith("-") else name)
    except (BadRequest, Forbidden):
        return None
    return found if found.type == Chat.CHANNEL else None


async def _tell(person: int, message: Message, context: Context) -> None:
    """Write to somebody in private, who may never have written to the bot."""
    try:
        await context.bot.send_message(
            person, message.text, entities=message.entities, reply_markup=message.markup
        )
    except TelegramError as error:
        log.info("an administrator of a channel was not told: %s", error)
