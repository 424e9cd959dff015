"""/digest, /subscribe, /unsubscribe and the pause; who may decide; chats that close and open."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import available_timezones

from telegram import Chat, ChatMember, Message, Update

from bot.commands.command import Context, asked
from bot.commands.reply import answer
from bot.digest.due import begin, first_after, local_date
from bot.digest.edition import suited
from bot.digest.tick import Tick
from bot.languages import Languages
from bot.messages import digest as say_digest
from bot.messages import help as about
from bot.messages import settings as say
from bot.messages.message import Links
from store.database import Connection, Database
from store.ledger import chats, inbox, subscriptions
from store.ledger.values import Rhythm, Subscription, Wanted

_WEEK = timedelta(days=7)
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_HALF_DAY = re.compile(r"(0?[1-9]|1[0-2])(?:[:.]([0-5]\d))?([ap])m")
_LANGUAGES = ("de", "uk")  # whose names of cities are known beside those of the zones
_RENAMED = {"Europe/Kiev": "Europe/Kyiv"}
# What stands behind these is a region ("East", "Central") or an offset.
_NO_CITIES = ("Brazil/", "Canada/", "Chile/", "Etc/", "Mexico/", "US/", "posix/", "right/")
_IN_CHARGE = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})
_HERE = _IN_CHARGE | {ChatMember.MEMBER}


class NotUnderstoodError(ValueError):
    """A word is neither a time nor a zone."""

    def __init__(self, word: str, nearest: tuple[str, ...]) -> None:
        self.word = word
        self.nearest = nearest
        super().__init__(word)


def read_rhythm(words: str, default: Rhythm) -> Rhythm:
    """Read `07:30 Europe/Kyiv`, in any order, each of the two or none; a city will do.

    Raises `NotUnderstoodError` for any other word.
    """
    at, place = default.at, []
    for word in words.split():
        if match := _TIME.fullmatch(word):
            at = time(int(match[1]), int(match[2]))
        elif match := _HALF_DAY.fullmatch(word.casefold()):
            at = time(int(match[1]) % 12 + 12 * (match[3] == "p"), int(match[2] or 0))
        else:
            place.append(word)
    zone = _zone(" ".join(place)) if place else default.zone
    return Rhythm(at=at, zone=zone, days=default.days)


def _zone(words: str) -> str:
    asked = words.casefold().replace(" ", "_")
    if found := _zones().get(asked) or _cities_elsewhere().get(asked):
        return found
    from rapidfuzz import process  # noqa: PLC0415 (five megabytes, for a slip)

    near = process.extract(asked, _zones().keys(), limit=3, score_cutoff=70)
    raise NotUnderstoodError(words, tuple(dict.fromkeys(_zones()[name] for name, _, _ in near)))


@cache
def _zones() -> dict[str, str]:
    """Return each time zone by its name in lower case, and by its city where that is clear."""
    # "localtime" is whatever this machine is set to, "Factory" nothing at all.
    names = sorted(available_timezones() - {"localtime", "Factory"})
    cities: dict[str, str] = {}
    for name in names:
        if "/" in name and not name.startswith(_NO_CITIES):
            cities.setdefault(name.rpartition("/")[2].casefold(), name)
    return cities | {name.casefold(): name for name in names}


@cache
def _cities_elsewhere() -> dict[str, str]:
    """Return each time zone by the name of its city in the bot's other languages."""
    from babel import Locale  # noqa: PLC0415 (slow to import; English needs none)

    known = available_timezones()
    return {
        named["city"].casefold().replace(" ", "_"): _RENAMED.get(zone, zone)
        for language in _LANGUAGES
        for zone, named in Locale(language).time_zones.items()
        if "city" in named and zone in known
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Answers what concerns a chat's digest."""

    ledger: Database
    languages: Languages
    tick: Tick
    clock: Callable[[], datetime]
    default: Rhythm

    async def show(self, update: Update, context: Context) -> None:
        """Answer /digest: what this chat would be told now. Changes nothing."""
        message = update.effective_message
        if message is None:
            return
        links = Links(context.bot.username)
        await self.tick.offer()
        known = await self.ledger.read(
            subscriptions.subscription, message.chat_id, topic_of(message)
        )
        seen, rhythm = (known.seen, known.rhythm) if known else (0, self.default)
        briefing = await self.tick.briefing(seen, local_date(rhythm, self.clock()))
        if briefing is None:
            await answer(update, about.nothing_loaded())
            return
        wishes = await self.tick.wishes_of(message.chat_id, topic_of(message), seen)
        told = suited(briefing, known, wishes)
        if told.anything or told.first:
            for part in say_digest.digest(told, links=links):
                await answer(update, part)
        else:
            await answer(update, say_digest.nothing_new(told))

    async def subscribe(self, update: Update, context: Context) -> None:
        """Answer /subscribe [HH:MM] [zone]."""
        message = update.effective_message
        if message is None or not await self._may_decide(update, context):
            return
        now, chat, topic = self.clock(), message.chat, topic_of(message)
        known = await self.ledger.read(subscriptions.subscription, chat.id, topic)
        try:
            rhythm = read_rhythm(asked(context), known.rhythm if known else self.default)
        except NotUnderstoodError as error:
            await answer(update, say.not_understood(error.word, error.nearest))
            return
        last_date, next_due = begin(rhythm, now=now, last_date=known.last_date if known else None)
        made = await self.ledger.write(
            subscriptions.subscribe,
            chat=chat.id,
            topic=topic,
            kind=chat.type,
            language=update.effective_user.language_code if update.effective_user else None,
            rhythm=rhythm,
            last_date=last_date,
            next_due=next_due,
            now=now,
        )
        first, _ = first_after(made.last_date, made.rhythm)
        await answer(update, say.subscribed(made.rhythm, first=first))

    async def unsubscribe(self, update: Update, context: Context) -> None:
        """Answer /unsubscribe."""
        message = update.effective_message
        if message is not None and await self._may_decide(update, context):
            was = await self.ledger.write(
                subscriptions.unsubscribe, message.chat_id, topic_of(message), now=self.clock()
            )
            known = await self.ledger.read(
                subscriptions.subscription, message.chat_id, topic_of(message)
            )
            alerts = known is not None and known.alerts
            await answer(update, say.unsubscribed(was=was, alerts=alerts))

    async def pause(self, update: Update, context: Context) -> None:
        """Let no digest come for a week."""
        known = await self._decided_on(update, context)
        if known is not None:
            # What was decided on stays as it is, so that going on repeats nothing.
            rest = max(known.last_date, local_date(known.rhythm, self.clock()) + _WEEK)
            _, next_due = first_after(rest, known.rhythm)
            first = await self._put_off(update, known, known.last_date, next_due)
            await answer(update, say.paused(until=first))

    async def go_on(self, update: Update, context: Context) -> None:
        """Let the digest come again after a pause; no local date comes a second time."""
        known = await self._decided_on(update, context)
        if known is not None:
            last_date, next_due = begin(known.rhythm, now=self.clock(), last_date=known.last_date)
            first = await self._put_off(update, known, last_date, next_due)
            await answer(update, say.goes_on(known.rhythm, first=first))

    async def _put_off(
        self, update: Update, known: Subscription, last_date: date, next_due: datetime
    ) -> date:
        """Put the next digest off, once for each press; return the day on which it comes.

        A press that is handled again after a kill would mean other days: it changes
        nothing, and its answer is the same.
        """

        def change(db: Connection) -> None:
            subscriptions.put_off(db, known.id, last_date=last_date, next_due=next_due)

        def put_off(db: Connection) -> Subscription | None:
            inbox.change_once(db, change, update_id=update.update_id, name="put off")
            return subscriptions.subscription(db, known.chat, known.topic)

        now = await self.ledger.write(put_off) or known
        return local_date(now.rhythm, now.next_due)

    async def _decided_on(self, update: Update, context: Context) -> Subscription | None:
        """Return the subscription that a pressed button is about, if its presser may decide."""
        message = update.effective_message
        if message is None or not await self._may_decide(update, context):
            return None
        known = await self.ledger.read(
            subscriptions.subscription, message.chat.id, topic_of(message)
        )
        if known is None or known.state is not Wanted.ON:
            await answer(update, say.unsubscribed(was=False))
            return None
        return known

    async def membership(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Note that a chat was closed to the bot (blocked, removed) or opened again."""
        change = update.my_chat_member
        if change is None:
            return
        if change.new_chat_member.status in _HERE:
            await self.ledger.write(chats.reopen, change.chat.id, now=self.clock())
        else:
            reason = f"the bot's place in the chat is now: {change.new_chat_member.status}"
            await self.ledger.write(chats.close, change.chat.id, reason=reason, now=self.clock())

    async def migrated(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Note that a group became a supergroup, told by either of the two."""
        message = update.effective_message
        if message is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        await self.ledger.write(chats.migrate, old, new, now=self.clock())
        for chat in (old, new):
            self.languages.drop(chat)

    async def _may_decide(self, update: Update, context: Context) -> bool:
        """Tell whether the asker may decide on the digest here; where not, say so."""
        decides = await may_decide(update, context)
        if not decides:
            await answer(update, say.chat_admins_only())
        return decides


async def may_decide(update: Update, context: Context) -> bool:
    """Tell whether whoever asks may decide for the chat: anybody in private, else its admins."""
    chat, user, message = update.effective_chat, update.effective_user, update.effective_message
    if chat is None or message is None:
        return False
    if chat.type == Chat.PRIVATE:
        return True
    if message.sender_chat is not None and update.callback_query is None:
        # Who writes as the group itself is an admin; any other is a channel. (Below a
        # pressed button it is the bot's own message, whoever pressed.)
        return message.sender_chat.id == chat.id
    member = await context.bot.get_chat_member(chat.id, user.id) if user else None
    return member is not None and member.status in _IN_CHARGE


def topic_of(message: Message) -> int:
    """Return the forum topic that a message stands in; 0 for the chat itself."""
    return (message.message_thread_id or 0) if message.is_topic_message else 0
