"""/start, also with what a link opens; /help; and what is no command at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from telegram import Chat, ChatMember, Update

from bot.commands.command import Context, asked
from bot.commands.reply import answer
from bot.commands.sources import Sources
from bot.commands.timeline import Timeline
from bot.commands.who import Who
from bot.messages import help as say
from bot.messages.access import sees_in_group
from bot.messages.callbacks import (
    CallbackError,
    PersonPage,
    SourcePage,
    SubjectPage,
    View,
    unpack,
)
from bot.messages.help import Entry
from bot.messages.message import Links, Message
from bot.messages.text import blocks
from store.database import Connection, Database
from store.knowledge import sources

P = TypeVar("P", SourcePage, PersonPage, SubjectPage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Greets, and opens what links point at."""

    knowledge: Database
    who: Who
    sources: Sources
    timeline: Timeline

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /start, alone or with the payload of a link."""
        await answer(update, await self.who.marked(update, self._shown(update, context)))

    async def _shown(self, update: Update, context: Context) -> Message:
        shown = await self.opened(asked(context), Links(context.bot.username))
        chat = update.effective_chat
        if chat is None or chat.type == Chat.PRIVATE or context.args:
            return shown
        sees = sees_in_group(everything=await _sees_everything(chat, context))
        return replace(shown, body=blocks(shown.body, sees))

    async def opened(self, payload: str, links: Links) -> Message:
        """Show what the link with `payload` opens; a payload of no link greets."""
        kind, key = payload[:1], payload[1:]
        try:
            match kind:
                case "s":
                    return await self.sources.page(_checked(SourcePage(key)), links)
                case "p":
                    return await self.who.page(_checked(PersonPage(key)), links)
                case "q":
                    return await self.who.page(_checked(PersonPage(key, View.QUOTES)), links)
                case "u":
                    return await self.who.subject(_checked(SubjectPage(key)), links)
                case "e":
                    return await self.timeline.around(key, links)
        except CallbackError:
            pass
        return await self.greeting()

    async def greeting(self) -> Message:
        """Say which story this is and how to begin."""

        def question(db: Connection) -> Message:
            story, as_of = sources.story(db), sources.as_of(db)
            if story is None or as_of is None:
                return say.nothing_loaded()
            return say.start(story, sources.counts(db), as_of=as_of)

        return await self.knowledge.read(question)


def _checked(page: P) -> P:
    """Return `page`, or raise `CallbackError` where its key, typed by anybody, is none."""
    unpack(page.pack())
    return page


async def _sees_everything(chat: Chat, context: Context) -> bool:
    """Tell whether Telegram shows the bot all that is written in a group."""
    if context.bot.can_read_all_group_messages:
        return True
    own = await context.bot.get_chat_member(chat.id, context.bot.id)
    return own.status == ChatMember.ADMINISTRATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Lists what the bot answers to."""

    entries: Sequence[Entry]
    admins: frozenset[int]

    async def answer(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer /help."""
        await answer(update, self.page(update))

    def page(self, update: Update) -> Message:
        """Return the help for whoever asks."""
        user = update.effective_user
        return say.commands(self.entries, admin=user is not None and user.id in self.admins)

    async def unknown(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer a command that does not exist."""
        words = (update.effective_message.text if update.effective_message else None) or "/"
        name = words.split(maxsplit=1)[0].removeprefix("/").partition("@")[0]
        await answer(update, say.unknown_command(name[:32]))

    async def no_text(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Answer a message without words."""
        await answer(update, say.words_only())
