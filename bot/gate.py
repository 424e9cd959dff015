"""The gate before all handlers: who is let in, and how much one person is answered.

The decisions are in bot.access and bot.flooding; here is what they are made of and what is
said. What a chat's menu offers keeps nobody out: this does.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from telegram import Chat, Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.access import Asked, Door, Facts, Verdict, decide
from bot.callers import (
    asked,
    cost_of,
    is_about_own_data,
    is_command_for,
    is_from_linked_channel,
    secret_of,
    sender_of,
)
from bot.commands.command import Context
from bot.commands.reply import answer, forgiven, notice, toast
from bot.flooding import Flooding, Judgement
from bot.messages import access as say
from config.settings import Access
from store.database import Connection, Database
from store.ledger import access, personal

_REMEMBERED = 10_000  # who was refused today

log = logging.getLogger("attache.access")


@dataclass(slots=True)
class _Refused:
    """Who was refused on which day; bounded, kept nowhere else."""

    days: OrderedDict[int, date] = field(default_factory=OrderedDict)

    def is_first(self, chat: int, today: date) -> bool:
        """Tell whether a chat was not refused today, and count that it is now."""
        before = self.days.pop(chat, None)
        self.days[chat] = today
        if len(self.days) > _REMEMBERED:
            self.days.popitem(last=False)
        return before != today


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Lets updates through to the handlers, or stops them."""

    ledger: Database
    door: Door
    clock: Callable[[], datetime]
    flooding: Flooding | None = None
    _refused: _Refused = field(default_factory=_Refused)

    async def check(self, update: Update, context: Context) -> None:
        """Return for an update that is to be handled; raise `ApplicationHandlerStop` for others."""
        try:
            await self._check(update, context)
        except ApplicationHandlerStop:
            raise
        except Exception as error:
            # What a handler raises keeps no update from the handlers of the next group.
            await context.application.process_error(update, error)
            raise ApplicationHandlerStop from error

    async def _check(self, update: Update, context: Context) -> None:
        if is_from_linked_channel(update.message):
            raise ApplicationHandlerStop
        what = asked(update)
        if what is Asked.OTHER:
            return
        if self.door.access is not Access.OPEN:
            await self._admit(what, update, context)
        await self._slow_down(update, context)

    async def _admit(self, what: Asked, update: Update, context: Context) -> None:
        """Let an update through, or say that it is not and stop it."""
        facts = await self.ledger.read(self._facts, update)
        verdict = decide(what, facts)
        if verdict is Verdict.ANSWER:
            await self._note_bringer(what, facts, update, context)
            return
        if verdict is Verdict.REFUSE and await self._is_invited(update):
            await answer(update, say.welcome())
            return
        await self._turn_away(verdict, update, context)
        raise ApplicationHandlerStop

    def _facts(self, db: Connection, update: Update) -> Facts:
        person, chat = update.effective_user, update.effective_chat

        def lets_in(number: int) -> bool:
            return self.door.lets_in(number, lambda one: access.admission(db, one))

        return Facts(
            person_is_in=person is not None and lets_in(person.id),
            chat_is_in=chat is not None and lets_in(chat.id),
            is_private=chat is None or chat.type == Chat.PRIVATE,
            about_own_data=chat is not None
            and is_about_own_data(update)
            and personal.keeps(db, chat.id),
        )

    async def _note_bringer(
        self, what: Asked, facts: Facts, update: Update, context: Context
    ) -> None:
        """Let in the group or channel that somebody who is in puts the bot into, or calls it in."""
        person, chat = update.effective_user, update.effective_chat
        if person is None or chat is None or facts.is_private or not facts.person_is_in:
            return
        is_admin = person.id in self.door.admins
        calls = is_command_for(context.bot.username, update.message)
        if what is Asked.BROUGHT or (calls and not facts.chat_is_in):
            await self.ledger.write(
                access.bring, chat.id, person.id, pardon=is_admin, now=self.clock()
            )

    async def _is_invited(self, update: Update) -> bool:
        """Tell whether a message is an invitation's, and let its sender in by it."""
        secret = secret_of(update)
        person = update.effective_user
        if secret is None or person is None or self.door.access is not Access.INVITED:
            return False
        is_in = await self.ledger.write(access.redeem, secret, person.id, now=self.clock())
        if is_in:
            log.info("somebody was let in by an invitation")
        return is_in

    async def _turn_away(self, verdict: Verdict, update: Update, context: Context) -> None:
        chat = update.effective_chat
        if verdict is Verdict.TOAST:
            await toast(update, say.refused().text)
        elif verdict is Verdict.NOTHING and update.inline_query is not None:
            with forgiven("query is too old"):
                await update.inline_query.answer([], cache_time=60, is_personal=True)
        elif verdict is Verdict.LEAVE and chat is not None:
            await self._leave(chat, context)
        elif (
            verdict is Verdict.REFUSE
            and chat is not None
            and self._refused.is_first(chat.id, self.clock().date())
        ):
            is_invitation = self.door.access is Access.INVITED and secret_of(update) is not None
            await answer(update, say.invitation_void() if is_invitation else say.refused())

    async def _leave(self, chat: Chat, context: Context) -> None:
        """Leave a group or channel; say why in a group, where everybody reads it as meant."""
        log.info("leaving a %s into which a stranger put the bot", chat.type)
        try:
            if chat.type != Chat.CHANNEL and self._refused.is_first(chat.id, self.clock().date()):
                await context.bot.send_message(chat.id, say.left_group().text)
        except TelegramError as error:
            log.info("it was not told why: %s", error)
        try:
            await context.bot.leave_chat(chat.id)
        except TelegramError as error:
            log.info("it was left already: %s", error)

    async def _slow_down(self, update: Update, context: Context) -> None:
        """Count what somebody asks, and stop what is more than one person is answered."""
        person = sender_of(update)
        cost = cost_of(update, context.bot.username, context.bot.id)
        if self.flooding is None or person is None or not cost or person in self.door.admins:
            return
        can_warn = update.inline_query is None
        judgement = self.flooding.judge(person, cost, can_warn=can_warn)
        if judgement is Judgement.ANSWER:
            return
        if update.callback_query is not None:
            said = say.slow_down().text
            await (toast(update, said) if judgement is Judgement.WARN else notice(update))
        elif judgement is Judgement.WARN and update.message is not None:
            await answer(update, say.slow_down())
        raise ApplicationHandlerStop
