"""/settings: how the digest is set, and the buttons and the shared place that set it.

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

from bot.commands.command import Context
from bot.commands.digest import may_decide, topic_of
from bot.commands.reply import answer, notice, show, toast
from bot.digest.due import begin, first_after, local_date
from bot.messages import settings as say
from bot.messages.callbacks import Option, Setting
from bot.messages.message import Message
from store.database import Connection, Database
from store.ledger import subscriptions
from store.ledger.values import NothingNew, Rhythm, Subscription, Wanted

_SHARE = ReplyKeyboardMarkup(
    [[KeyboardButton(say.SHARE_PLACE, request_location=True)]],
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
        _, next_due = first_after(known.last_date, rhythm)
        return replace(known, rhythm=rhythm, next_due=next_due)
    is_put_off = known.last_date > local_date(known.rhythm, now)
    decided = known.last_date if is_put_off else last_edition
    last_date, next_due = begin(rhythm, now=now, last_date=decided)
    return replace(known, rhythm=rhythm, last_date=last_date, next_due=next_due)


def carry_out(
    db: Connection,
    press: Setting,
    shown: TelegramMessage,
    *,
    language: str | None,
    default: Rhythm,
    now: datetime,
) -> Subscription | None:
    """Set what a press on the settings `shown` says; return the subscription as it is then."""
    chat, topic = shown.chat, topic_of(shown)
    if press == Setting(Option.WANTED, 0):
        subscriptions.unsubscribe(db, chat.id, topic, now=now)
    if press != Setting(Option.WANTED, 1):
        return subscriptions.change(
            db, chat.id, topic, lambda known, last: altered(known, last, press, now)
        )
    known = subscriptions.subscription(db, chat.id, topic)
    if known is not None and known.state is Wanted.ON:
        return known
    rhythm = known.rhythm if known else default
    last_date, next_due = begin(rhythm, now=now, last_date=known.last_date if known else None)
    return subscriptions.subscribe(
        db,
        chat=chat.id,
        topic=topic,
        kind=chat.type,
        language=language,
        rhythm=rhythm,
        last_date=last_date,
        next_due=next_due,
        now=now,
    )


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
    clock: Callable[[], datetime]
    default: Rhythm

    async def show(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer /settings."""
        message = update.effective_message
        if message is not None:
            place = message.chat_id, topic_of(message)
            known = await self.ledger.read(subscriptions.subscription, *place)
            await answer(update, say.settings(known, self.default, first=_first(known)))

    async def pressed(self, press: Setting, update: Update, context: Context) -> None:
        """Set what a pressed button says, and show how the digest is set then."""
        shown = update.callback_query.message if update.callback_query else None
        if not isinstance(shown, TelegramMessage) or not shown.is_accessible:
            # Nor does it say which topic it stands in.
            await toast(update, "This is too old to be pressed. Please send /settings again.")
        elif not await may_decide(update, context):
            await toast(update, say.chat_admins_only().text)
        elif press.option is Option.ZONE:
            await self._say_how(shown, update)
        else:
            user = update.effective_user
            known = await self.ledger.write(
                carry_out,
                press,
                shown,
                language=user.language_code if user else None,
                default=self.default,
                now=self.clock(),
            )
            if press.option is Option.DAY_OFF and known and known.rhythm.days >> press.value & 1:
                await toast(update, "One day has to stay. “Turn the digest off” ends it.")
            else:
                await show(update, say.settings(known, self.default, first=_first(known)))

    async def _say_how(self, shown: TelegramMessage, update: Update) -> None:
        """Say how the time zone is set; in private with a button that shares the place."""
        known = await self.ledger.read(subscriptions.subscription, shown.chat.id, topic_of(shown))
        rhythm = known.rhythm if known else self.default
        can_share = shown.chat.type == Chat.PRIVATE
        said = say.how_to_set_zone(rhythm, can_share=can_share)
        if can_share:
            await notice(update)
            await shown.reply_text(said.text, reply_markup=_SHARE, do_quote=False)
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
