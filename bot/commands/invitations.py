"""/invite, /invites and /expel, for admins: who is let in beside those in the settings."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Chat, Update

from bot.access import Door
from bot.commands.command import Context, asked
from bot.commands.reply import answer, show, toast
from bot.messages import access as say
from bot.messages import help as about
from bot.messages.callbacks import Revoke
from bot.messages.message import Links, Message
from bot.messages.text import clip
from config.settings import Access
from store.database import Connection, Database
from store.ledger import access

_DAYS = 7
_MOST_USES, _MOST_DAYS = 500, 365
_USES = re.compile(r"[0-9]{1,3}")
_LASTS = re.compile(r"([0-9]{1,3})d")
_NUMBER = re.compile(r"-?[0-9]{1,18}")

log = logging.getLogger("attache.access")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an admin asks of an invitation."""

    uses: int = 1
    lasts: timedelta = timedelta(days=_DAYS)
    label: str = ""


def read_wanted(words: str) -> Wanted:
    """Read `5 30d Newsroom`: how many people, for how long, and a label; each may be left out."""
    rest, uses, days = words.split(), 1, _DAYS
    if rest and _USES.fullmatch(rest[0]):
        uses = min(max(int(rest.pop(0)), 1), _MOST_USES)
    if rest and (lasts := _LASTS.fullmatch(rest[0])):
        rest.pop(0)
        days = min(max(int(lasts[1]), 1), _MOST_DAYS)
    label = clip(" ".join(rest), say.LONGEST_LABEL)
    return Wanted(uses=uses, lasts=timedelta(days=days), label=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitations:
    """Lets people in and puts them out."""

    ledger: Database
    door: Door
    clock: Callable[[], datetime]
    secret: Callable[[], str]

    async def invite(self, update: Update, context: Context) -> None:
        """Answer /invite [people] [days] [label]: make a link that lets them in."""
        message = update.effective_message
        if message is None:
            return
        if self.door.access is not Access.INVITED:
            await answer(update, say.not_by_invitation(self.door.access))
            return
        if message.chat.type != Chat.PRIVATE:
            await answer(update, say.in_private_only())
            return
        wanted, secret = read_wanted(asked(context)), self.secret()
        made = await self.ledger.write(
            access.invite,
            secret,
            asked=f"{message.chat_id}/{message.message_id}",
            label=wanted.label,
            uses=wanted.uses,
            lasts=wanted.lasts,
            now=self.clock(),
        )
        log.info("invitation %d was made", made.id)
        await answer(update, say.invited(made, Links(context.bot.username).invitation(secret)))

    async def list(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer /invites: those that are open, each with the button that withdraws it."""
        await answer(update, await self.ledger.read(self._open))

    async def revoke(self, press: Revoke, update: Update) -> None:
        """Withdraw an invitation, as an admin's press says."""
        if update.effective_user is None or update.effective_user.id not in self.door.admins:
            await toast(update, about.admins_only().text)
            return
        if await self.ledger.write(access.revoke, press.invitation):
            log.info("invitation %d was withdrawn", press.invitation)
        await show(update, await self.ledger.read(self._open))

    async def expel(self, update: Update, context: Context) -> None:
        """Answer /expel ID: let a user, group or channel in no more."""
        words = asked(context)
        if self.door.access is Access.OPEN:
            await answer(update, say.not_by_invitation(self.door.access))
        elif not _NUMBER.fullmatch(words):
            await answer(update, say.how_to_expel())
        elif int(words) in self.door.admins | self.door.readers:
            await answer(update, say.let_in_by_settings(int(words)))
        else:
            known = await self.ledger.write(access.expel, int(words), now=self.clock())
            log.info("somebody was put out by an admin")
            await answer(update, say.expelled(int(words), known=known))

    def _open(self, db: Connection) -> Message:
        return say.invitations(access.invitations(db, now=self.clock()))
