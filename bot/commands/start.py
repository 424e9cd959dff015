"""/start, also with what a link opens; /help; and what is no command at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Update

from bot.commands.command import Context, asked
from bot.commands.reply import answer
from bot.commands.sources import Sources
from bot.commands.who import Who
from bot.messages import help as say
from bot.messages.callbacks import CallbackError, PersonPage, SourcePage, unpack
from bot.messages.help import Entry
from bot.messages.message import Links, Message
from store.database import Connection, Database
from store.knowledge import sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Greets, and opens what links point at."""

    knowledge: Database
    who: Who
    sources: Sources

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /start, alone or with the payload of a link."""
        await answer(update, await self.opened(asked(context), Links(context.bot.username)))

    async def opened(self, payload: str, links: Links) -> Message:
        """Show what the link with `payload` opens: a source, a person, else the greeting."""
        try:
            match payload[:1]:
                case "s":
                    pressed = unpack(SourcePage(payload[1:]).pack())
                case "p":
                    pressed = unpack(PersonPage(payload[1:]).pack())
                case _:
                    return await self.greeting()
        except CallbackError:
            return await self.greeting()
        if isinstance(pressed, SourcePage):
            return await self.sources.page(pressed, links)
        if isinstance(pressed, PersonPage):
            return await self.who.page(pressed, links)
        return await self.greeting()

    async def greeting(self) -> Message:
        """Say which story this is and how to begin."""

        def question(db: Connection) -> Message:
            story, as_of = sources.story(db), sources.as_of(db)
            if story is None or as_of is None:
                return say.NOTHING_LOADED
            return say.start(story, sources.counts(db), as_of=as_of)

        return await self.knowledge.read(question)


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
