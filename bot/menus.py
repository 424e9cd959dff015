"""What Telegram shows of the bot: command menus by scope, and its descriptions, by language.

Menus hide; they keep nobody out. They are set in the background once somebody was answered,
and only where something has changed since they were set last, which the ledger knows.
"""

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    Update,
)
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import Application, ContextTypes

from bot.locales import Language, _, speaking
from bot.messages.help import Entry
from bot.messages.profile import description, short_description
from store.database import Database
from store.errors import StoreError
from store.knowledge import sources
from store.knowledge.values import Story
from store.ledger import menus as ledger

# What a group has no use for, and what its admins alone decide on.
NOT_IN_GROUPS = frozenset({"start", "channels"})
FOR_GROUP_ADMINS = frozenset({"subscribe", "unsubscribe", "settings", "mydata", "forget"})

_FIRST = timedelta(minutes=1)  # where nobody asks before
_EVERY = timedelta(minutes=1)  # a reload may have changed the story's title
_AGAIN = timedelta(minutes=5)  # after a network that did not take it
# A beat that comes while the last run goes on ends at once; the scheduler need not warn of it.
_JOB = {"misfire_grace_time": None, "coalesce": True, "max_instances": 2}

Known = Mapping[tuple[str, str], str]

log = logging.getLogger("attache.menus")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Something that Telegram shows of the bot in one language, and what sets it."""

    scope: str  # under which the ledger knows it
    language: str  # '': for all who have no other
    content: tuple[tuple[str, str], ...] | str
    set: Callable[[Bot], Awaitable[None]]

    @property
    def name(self) -> tuple[str, str]:
        """What it is remembered by."""
        return self.scope, self.language

    @property
    def hash(self) -> str:
        """What stands for its content."""
        written = json.dumps(self.content, ensure_ascii=False).encode()
        return hashlib.blake2b(written, digest_size=16).hexdigest()


def everything(
    entries: Sequence[Entry], admins: frozenset[int], story: Story | None
) -> Iterator[Shown]:
    """Yield all that is shown, in every language; of a story only where there is one."""
    for language in Language:
        code = "" if language is Language.ENGLISH else str(language)
        with speaking(language):
            shown = [*_menus(entries, admins, code), *(_texts(story, code) if story else ())]
        yield from shown


def _menus(entries: Sequence[Entry], admins: frozenset[int], code: str) -> Iterator[Shown]:
    readers = [entry for entry in entries if not entry.admin]
    group_admins = [entry for entry in readers if entry.name not in NOT_IN_GROUPS]
    group = [entry for entry in group_admins if entry.name not in FOR_GROUP_ADMINS]
    yield _menu("default", BotCommandScopeDefault(), readers, code)
    yield _menu("groups", BotCommandScopeAllGroupChats(), group, code)
    yield _menu("group admins", BotCommandScopeAllChatAdministrators(), group_admins, code)
    if admins:
        yield _of_admins(admins, entries, code)


def _menu(name: str, scope: BotCommandScope, entries: Sequence[Entry], code: str) -> Shown:
    commands = _commands(entries)

    async def set_(bot: Bot) -> None:
        await bot.set_my_commands(commands, scope=scope, language_code=code)

    return Shown(scope=name, language=code, content=commands, set=set_)


def _of_admins(admins: frozenset[int], entries: Sequence[Entry], code: str) -> Shown:
    """Return the menus of all admins as one, so that the ledger keeps no word of any of them."""
    commands = _commands(entries)

    async def set_(bot: Bot) -> None:
        refusal: TelegramError | None = None
        for admin in sorted(admins):
            try:
                scope = BotCommandScopeChat(admin)
                await bot.set_my_commands(commands, scope=scope, language_code=code)
            except (BadRequest, Forbidden) as error:  # one who never wrote to the bot has no chat
                log.info("no menu for admin %d yet: %s", admin, error)
                refusal = error
        if refusal is not None:
            raise refusal

    who = ("", " ".join(map(str, sorted(admins))))
    return Shown(scope="admins", language=code, content=(*commands, who), set=set_)


def _commands(entries: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    return tuple((entry.name, _(entry.description)) for entry in entries)


def _texts(story: Story, code: str) -> Iterator[Shown]:
    full, short = description(story), short_description(story)

    async def set_full(bot: Bot) -> None:
        await bot.set_my_description(full, language_code=code)

    async def set_short(bot: Bot) -> None:
        await bot.set_my_short_description(short, language_code=code)

    yield Shown(scope="description", language=code, content=full, set=set_full)
    yield Shown(scope="short description", language=code, content=short, set=set_short)


@dataclass(slots=True, kw_only=True)
class Menus:
    """Keeps what Telegram shows of the bot equal to what the bot is."""

    entries: Sequence[Entry]
    admins: frozenset[int]
    knowledge: Database
    ledger: Database
    clock: Callable[[], datetime]
    _is_answering: bool = field(default=False, init=False)
    _heard: set[int] = field(default_factory=set, init=False)  # the admins who wrote
    _refused: set[tuple[str, str, str]] = field(default_factory=set, init=False)  # not tried again
    _not_before: datetime | None = field(default=None, init=False)
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def begin(self, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Have `app` set what has changed, from a minute after its start on."""
        if app.job_queue is None:
            raise RuntimeError("the application has no job queue")
        app.job_queue.run_repeating(self.job, _EVERY, first=_FIRST, name="menus", job_kwargs=_JOB)

    async def answered(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Have them set now that somebody was answered for the first time, who did not wait.

        And when an admin writes for the first time, who may have had no chat before.
        """
        user = update.effective_user.id if update.effective_user else None
        if user in self.admins - self._heard:
            self._heard.add(user)
            self._refused.clear()
        elif self._is_answering:
            return
        if context.job_queue is not None:
            self._is_answering = True
            with speaking(Language.ENGLISH):  # the scheduler's timers go on in what is spoken here
                context.job_queue.run_once(self.job, 0, name="menus", job_kwargs=_JOB)

    async def job(self, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Set what has changed since it was set last."""
        if self._busy.locked() or (self._not_before and self.clock() < self._not_before):
            return
        async with self._busy:
            try:
                known = await self.ledger.read(ledger.shown)
                await self.set_changed(context.bot, known)
            except StoreError as broken:
                log.warning("the menus are left as they are: %s", broken)

    async def set_changed(self, bot: Bot, known: Known, *, remember: bool = True) -> None:
        """Set what is not as the hashes in `known` say; what is refused is not tried each time."""
        story = await self.knowledge.read(sources.story)
        for shown in everything(self.entries, self.admins, story):
            wanted = (*shown.name, shown.hash)
            if known.get(shown.name) == shown.hash or wanted in self._refused:
                continue
            try:
                await shown.set(bot)
            except (BadRequest, Forbidden) as error:
                self._refused.add(wanted)
                log.info("not set: %s %s: %s", *shown.name, error)
            except TelegramError as error:
                self._not_before = self.clock() + _wait_after(error)
                log.info("not set: %s %s: %s; again later", *shown.name, error)
                return
            else:
                if remember:
                    await self.ledger.write(ledger.show, *wanted)


def _wait_after(error: TelegramError) -> timedelta:
    if not isinstance(error, RetryAfter):
        return _AGAIN
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
