"""/settings: how the digest is set, the language too, and the buttons and the place that set it.

Each press is one change, to the value that its button names: pressed again, it changes
nothing. What a new rhythm means for the dates is decided here, by the rules of `due`.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from telegram import Chat, KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove, Update
from telegram import Message as TelegramMessage

from bot.commands.command import Context, asked
from bot.commands.digest import may_decide, topic_of
from bot.commands.preferences import (
    PREFERENCES,
    NoQuietHoursError,
    Where,
    read_quiet,
    set_preference,
    settings_of,
)
from bot.commands.reply import answer, notice, show, toast
from bot.digest.due import begin, first_after, local_date
from bot.languages import Languages
from bot.locales import _
from bot.messages import preferences as say_preferences
from bot.messages import settings as say
from bot.messages.callbacks import LANGUAGES, Option, Setting, SettingsPage
from bot.messages.message import Message
from bot.messages.settings_pages import Shown, settings
from store.database import Connection, Database
from store.ledger import preferences, subscriptions
from store.ledger.values import NothingNew, Rhythm, Subscription, Wanted


def _share() -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(
        [[KeyboardButton(say.share_place(), request_location=True)]],
        resize_keyboard=True,
        one_time_keyboard=True,
    )


def altered(
    known: Subscription, last_edition: date | None, press: Setting, now: datetime
) -> Subscription:
    """Return the subscription as it is after a press at `now`; at least one day stays."""
    days, bit = known.rhythm.days, 1 << press.value
    match press.option:
        case Option.AT:
            at = time(*divmod(press.value, 60))
            return rearranged(known, replace(known.rhythm, at=at), last_edition, now)
        case Option.DAY_ON:
            days |= bit
        case Option.DAY_OFF:
            days = days & ~bit or days
        case Option.DAYS:
            days = press.value
        case Option.SILENT:
            wanted = NothingNew.SILENCE if press.value else NothingNew.SAY
            return replace(known, nothing_new=wanted)
        case Option.USEFUL:
            return replace(known, useful_for=timedelta(hours=press.value))
    return rearranged(known, replace(known.rhythm, days=days), last_edition, now)


def rearranged(
    known: Subscription, rhythm: Rhythm, last_edition: date | None, now: datetime
) -> Subscription:
    """Return the subscription with another rhythm from `now` on.

    No date that has an edition comes a second time. One that was only passed over, by an
    earlier press, comes if its new time is still ahead; a pause stays; and what is due
    already, though not planned yet, stays due.
    """
    if rhythm == known.rhythm:
        return known
    if known.next_due <= now:
        _last, next_due = first_after(known.last_date, rhythm)
        return replace(known, rhythm=rhythm, next_due=next_due)
    is_put_off = known.last_date > local_date(known.rhythm, now)
    decided = known.last_date if is_put_off else last_edition
    last_date, next_due = begin(rhythm, now=now, last_date=decided)
    return replace(known, rhythm=rhythm, last_date=last_date, next_due=next_due)


def carry_out(
    db: Connection,
    press: Setting,
    where: Where,
    *,
    language: str | None,
    default: Rhythm,
    now: datetime,
) -> Subscription | None:
    """Set what a press says; return the subscription as it is then."""
    chat, topic = where.chat, where.topic
    if press.option in PREFERENCES:
        return set_preference(db, press, where, language=language, default=default, now=now)
    if press == Setting(Option.WANTED, 0):
        subscriptions.unsubscribe(db, chat, topic, now=now)
    if press != Setting(Option.WANTED, 1):
        return subscriptions.change(
            db, chat, topic, lambda known, last: altered(known, last, press, now)
        )
    known = subscriptions.subscription(db, chat, topic)
    if known is not None and known.state is Wanted.ON:
        return known
    rhythm = known.rhythm if known else default
    last_date, next_due = begin(rhythm, now=now, last_date=known.last_date if known else None)
    return subscriptions.subscribe(
        db,
        chat=chat,
        topic=topic,
        kind=where.kind,
        language=language,
        rhythm=rhythm,
        last_date=last_date,
        next_due=next_due,
        now=now,
    )


def stays(press: Setting, known: Subscription | None) -> bool:
    """Tell whether a press was to take away the only day, which is still there."""
    if press.option is not Option.DAY_OFF or known is None or known.state is Wanted.OFF:
        return False
    return bool(known.rhythm.days >> press.value & 1)


def where_is(message: TelegramMessage) -> Where:
    """Return whose settings a message asks for or shows."""
    chat = message.chat
    return Where(chat=chat.id, topic=topic_of(message), kind=chat.type)


def zone_at(latitude: float, longitude: float) -> str | None:
    """Return the time zone of a place, from a map on this machine; None where none is known."""
    # 35 MB of map, for the few who share a place: not before the first does.
    from tzfpy import get_tz  # noqa: PLC0415 (see above)

    name = get_tz(longitude, latitude)
    try:
        return ZoneInfo(name).key if name else None
    except ZoneInfoNotFoundError:  # the map is newer than this machine's zones
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDigest:
    """Shows how a chat's digest is set, and sets it."""

    ledger: Database
    languages: Languages
    clock: Callable[[], datetime]
    default: Rhythm

    async def show(self, update: Update, context: Context) -> None:
        """Answer /settings, also where quiet hours are typed behind it."""
        message = update.effective_message
        what, _space, words = asked(context).partition(" ")
        if message is not None and what.casefold() == "quiet" and words:
            await self._type_quiet(words, message, update, context)
        elif message is not None:
            place = message.chat_id, topic_of(message)
            known = await self.ledger.read(subscriptions.subscription, *place)
            await answer(update, await self.page(known, message.chat_id, message.chat.type))

    async def _type_quiet(
        self, words: str, message: TelegramMessage, update: Update, context: Context
    ) -> None:
        try:
            quiet = read_quiet(words)
        except NoQuietHoursError:
            await answer(update, say_preferences.no_quiet_hours(words))
            return
        if not await may_decide(update, context):
            await answer(update, say.chat_admins_only())
            return
        user = update.effective_user

        def change(db: Connection) -> Subscription:
            known = settings_of(
                db,
                where_is(message),
                language=user.language_code if user else None,
                default=self.default,
                now=self.clock(),
            )
            preferences.set_quiet(db, known.id, quiet)
            return known

        known = await self.ledger.write(change)
        await answer(update, say_preferences.quiet_set(quiet, known.rhythm.zone))

    async def page(
        self,
        known: Subscription | None,
        chat: int,
        kind: str,
        page: SettingsPage = SettingsPage.ALL,
    ) -> Message:
        """Return a page of how a chat is set, with the buttons that set it."""
        shown = Shown(
            subscription=known,
            default=self.default,
            first=_first(known),
            language=await self.languages.chosen(chat),
            private=kind == Chat.PRIVATE,
        )
        return settings(shown, page)

    async def pressed(self, press: Setting, update: Update, context: Context) -> None:
        """Set what a pressed button says, and show its page as it is then."""
        shown = update.callback_query.message if update.callback_query else None
        if not isinstance(shown, TelegramMessage) or not shown.is_accessible:
            # Nor does it say which topic it stands in.
            await toast(update, _("This is too old to be pressed. Please send /settings again."))
        elif not await may_decide(update, context):
            await toast(update, say.chat_admins_only().text)
        elif press.option is Option.ZONE:
            await self._say_how(shown, update)
        else:
            known = await self._set(press, shown, update)
            if stays(press, known):
                await toast(update, say.one_day_stays())
            else:
                await show(
                    update, await self.page(known, shown.chat.id, shown.chat.type, press.page)
                )

    async def _set(
        self, press: Setting, shown: TelegramMessage, update: Update
    ) -> Subscription | None:
        """Set what a press says, if anything; return the subscription as it is then."""
        place = shown.chat.id, topic_of(shown)
        if press.option is Option.LANGUAGE:
            await self.languages.choose(update, LANGUAGES[press.value])
        if press.option in {Option.LANGUAGE, Option.PAGE}:
            return await self.ledger.read(subscriptions.subscription, *place)
        user = update.effective_user
        return await self.ledger.write(
            carry_out,
            press,
            where_is(shown),
            language=user.language_code if user else None,
            default=self.default,
            now=self.clock(),
        )

    async def _say_how(self, shown: TelegramMessage, update: Update) -> None:
        """Say how the time zone is set; in private with a button that shares the place."""
        known = await self.ledger.read(subscriptions.subscription, shown.chat.id, topic_of(shown))
        rhythm = known.rhythm if known else self.default
        can_share = shown.chat.type == Chat.PRIVATE
        said = say.how_to_set_zone(rhythm, can_share=can_share)
        if can_share:
            await notice(update)
            await shown.reply_text(said.text, reply_markup=_share(), do_quote=False)
        else:
            await toast(update, said.text)

    async def located(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Set the time zone to that of a shared place."""
        message = update.effective_message
        if message is None or message.location is None:
            return
        place = message.location.latitude, message.location.longitude
        zone = await asyncio.to_thread(zone_at, *place)
        said = say.no_zone_there() if zone is None else await self._moved_to(zone, message)
        await message.reply_text(
            said.text, entities=said.entities, reply_markup=ReplyKeyboardRemove()
        )

    async def _moved_to(self, zone: str, message: TelegramMessage) -> Message:
        now = self.clock()

        def move(known: Subscription, last_edition: date | None) -> Subscription:
            return rearranged(known, replace(known.rhythm, zone=zone), last_edition, now)

        known = await self.ledger.write(
            subscriptions.change, message.chat_id, topic_of(message), move
        )
        first = _first(known)
        if known is None or first is None:
            return say.zone_found(zone)
        return say.zone_set(known.rhythm, first=first)


def _first(known: Subscription | None) -> date | None:
    """Return the next date that has an edition; None where none comes."""
    if known is None or known.state is Wanted.OFF:
        return None
    return first_after(known.last_date, known.rhythm)[0]
