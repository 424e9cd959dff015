"""/why for readers; /broadcast, /preview, /announce for admins; the buttons that do something."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from telegram import Message as TelegramMessage
from telegram import Update

from bot.commands.command import Context, asked
from bot.commands.digest import Digest
from bot.commands.reply import answer, notice, pass_on, show, toast
from bot.digest.correction import corrected
from bot.digest.due import local_date
from bot.digest.edition import preview
from bot.digest.places import NOT_LET_IN, places_of
from bot.locales import _, language_of, speaking
from bot.messages import admin as about_admin
from bot.messages import delivery as say
from bot.messages import help as about
from bot.messages.callbacks import Correct, PressedOn
from bot.messages.events import LONGEST_LINE
from bot.messages.message import Links, Message
from bot.messages.parts import freeze, thaw
from bot.messages.reasons import reason as in_words
from bot.messages.text import Text, clip, units
from config.settings import Access
from store.database import Connection, Database
from store.knowledge import corrections
from store.knowledge.corrections import Correction
from store.ledger import announcements, control, records, subscriptions
from store.ledger import corrections as ledger_corrections
from store.ledger.values import Rhythm

_RECORDS = 7
_CHAT = re.compile(r"-?[0-9]{1,18}")

log = logging.getLogger("attache.admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Steering:
    """Shows what became of deliveries, and steers them."""

    ledger: Database
    digest: Digest
    admins: frozenset[int]
    clock: Callable[[], datetime]
    default: Rhythm

    async def why(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer /why: what became of this chat's digests."""
        message = update.effective_message
        if message is None:
            return
        topic = (message.message_thread_id or 0) if message.is_topic_message else 0

        def question(db: Connection) -> Message:
            known = subscriptions.subscription(db, message.chat_id, topic)
            rhythm = known.rhythm if known else self.default
            found = records.record_of(db, message.chat_id, topic, limit=_RECORDS)
            return say.why(found, today=local_date(rhythm, self.clock()), zone=rhythm.zone)

        await answer(update, await self.ledger.read(question))

    async def broadcast(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer /broadcast: how the running or last one stands."""
        await answer(update, await self.ledger.read(_standing, self.clock()))

    async def preview(self, update: Update, context: Context) -> None:
        """Answer /preview CHAT: exactly what that chat would get now."""
        words = asked(context)
        if not _CHAT.fullmatch(words):
            await answer(update, say.words_needed(_("/preview CHAT, the number of a chat")))
            return
        now, links = self.clock(), Links(context.bot.username)
        known = await self.ledger.read(subscriptions.of_chat, int(words))
        places = await self.ledger.read(places_of, [int(words)], self.digest.tick.door)
        if not known:
            said = _("Chat {chat} has no subscription.").format(chat=words)
            await answer(update, about_admin.failed(said))
        for subscription in known:
            await self.digest.tick.offer()
            day = local_date(subscription.rhythm, now)
            briefing = await self.digest.tick.briefing(subscription.seen, day)
            wishes = await self.digest.tick.wishes_of(
                subscription.chat, subscription.topic, subscription.seen
            )
            parts, reason = preview(subscription, briefing, now=now, links=links, wishes=wishes)
            if places.barred:
                parts, reason = (), NOT_LET_IN
            if reason is not None:
                skipped = _("It would be skipped: {reason}.").format(reason=in_words(reason))
                await answer(update, about_admin.failed(skipped))
            for part in map(thaw, parts):
                # Without its buttons: they would act on the admin's own chat.
                await pass_on(update, replace(part, markup=None))

    async def announce(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer /announce TEXT: show it, and ask for the word that sends it."""
        message = update.effective_message
        # Line breaks and all that the admin wrote; the command ends at the first white space.
        _command, *rest = ((message.text if message else None) or "/announce").split(maxsplit=1)
        words = "".join(rest).strip()
        if not words:
            needed = _("/announce TEXT, the words to be sent to all")
            await answer(update, say.words_needed(needed))
        elif units(words) > say.LONGEST_ANNOUNCEMENT:
            await answer(update, about_admin.failed(_("That is too long for one message.")))
        else:
            audience = await self.ledger.read(
                lambda db: announcements.audience(db, without=self._barred(db))
            )
            await answer(update, say.confirm_announcement(words, audience=audience))

    async def corrections(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer /corrections: what was corrected since it was sent, and to how many."""
        found = [
            _as_told(one) for one in await self.digest.tick.knowledge.read(corrections.corrections)
        ]

        def question(db: Connection) -> Message:
            counted = [(one, ledger_corrections.carried(db, one.was)) for one in found]
            chats = [(one, len({m.chat for m in carried})) for one, carried in counted if carried]
            return say.corrections(chats)

        await answer(update, await self.ledger.read(question))

    async def correct(self, press: Correct, update: Update) -> None:
        """Correct the messages that carried what an item corrects, as an admin has confirmed."""
        if update.effective_user is None or update.effective_user.id not in self.admins:
            await toast(update, about.admins_only().text)
            return
        found = await self.digest.tick.knowledge.read(corrections.correction_of, press.key)
        if found is None:
            await toast(update, _("That correction is no longer part of the story."))
            return
        found, now = _as_told(found), self.clock()

        def plan(db: Connection) -> int:
            edits = []
            for message in ledger_corrections.carried(db, found.was):
                with speaking(language_of(message.language)):
                    content = corrected(
                        message.content, was=found.was, now=found.now, on=now.date()
                    )
                if content:
                    edits.append((message, content))
            return ledger_corrections.correct(db, found.key, edits, now=now)

        messages = await self.ledger.write(plan)
        log.info("%d messages are to be corrected", messages)
        await show(update, say.correcting(messages))

    async def pressed(self, on: PressedOn, update: Update, context: Context) -> None:
        """Do what a pressed button asks for."""
        message = update.effective_message
        if message is None or not message.is_accessible:
            # Telegram does not say which topic it stands in.
            await toast(update, _("This is too old to be pressed. Please ask again."))
            return
        readers = {
            PressedOn.PAUSE: self.digest.pause,
            PressedOn.GO_ON: self.digest.go_on,
            PressedOn.STOP: self.digest.unsubscribe,
        }
        if on in readers:
            await notice(update)
            await readers[on](update, context)
        elif update.effective_user is None or update.effective_user.id not in self.admins:
            await toast(update, about.admins_only().text)
        elif on is PressedOn.ANNOUNCE:
            await self._announce(update)
        elif on is PressedOn.LEAVE:
            await show(update, say.left_alone())
        else:
            await show(update, await self._steered(on))

    async def _steered(self, on: PressedOn) -> Message:
        now = self.clock()
        if on is PressedOn.HALT:
            await self.ledger.write(control.halt, reason="an admin pressed Halt", now=now)
            log.warning("sending is halted by an admin")
        elif on is PressedOn.RESUME:
            await self.ledger.write(control.resume)
            log.warning("sending goes on")
        return await self.ledger.read(_standing, now)

    def _barred(self, db: Connection) -> frozenset[int]:
        """Return the chats with a digest that are let in no more."""
        if self.digest.tick.door.access is Access.OPEN:
            return frozenset()  # without a look at every subscription
        chats = (known.chat for known in subscriptions.all_subscriptions(db))
        return places_of(db, chats, self.digest.tick.door).barred

    async def _announce(self, update: Update) -> None:
        query = update.callback_query
        shown = query.message if query else None
        if not isinstance(shown, TelegramMessage) or shown.text is None:
            await toast(update, _("This is too old to be sent. Please ask again."))
            return
        # The words stand in the confirmation itself, below its head.
        words = shown.text.partition("\n\n")[2]
        if not words:
            await toast(update, _("This was decided on already."))
            return
        part = freeze(Message(Text() + words))
        # One confirmation is one announcement, however often it is pressed.
        key = f"announcement {shown.chat_id}/{shown.message_id}"
        chats = await self.ledger.write(
            lambda db: announcements.announce(
                db, key=key, part=part, now=self.clock(), without=self._barred(db)
            )
        )
        log.info("announced to %d chats", chats)
        await show(update, say.announced(chats))


def _standing(db: Connection, now: datetime) -> Message:
    return say.broadcast(records.progress(db, now=now), control.halted(db))


def _as_told(correction: Correction) -> Correction:
    """Return a correction in the words that a digest has room for."""
    was, now = (clip(words, LONGEST_LINE) for words in (correction.was, correction.now))
    return replace(correction, was=was, now=now)
