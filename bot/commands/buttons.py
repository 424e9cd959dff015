"""Pressed buttons: what each carries, and who answers it, in place of the page above it."""

from dataclasses import dataclass

from telegram import Update

from bot.commands.command import Context
from bot.commands.data import Data
from bot.commands.disputed import Disputed
from bot.commands.next import Next
from bot.commands.quotes import Quotes
from bot.commands.reply import show, toast
from bot.commands.search import Search
from bot.commands.settings import SetDigest
from bot.commands.sources import Sources
from bot.commands.start import Help
from bot.commands.steering import Steering
from bot.commands.timeline import Timeline
from bot.commands.who import Who
from bot.messages.callbacks import (
    CallbackError,
    Correct,
    Forget,
    List,
    ListPage,
    Page,
    PersonPage,
    Press,
    QuotesPage,
    Setting,
    SourcePage,
    TimelinePage,
    unpack,
)
from bot.messages.message import Links, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttons:
    """Answers pressed buttons."""

    who: Who
    timeline: Timeline
    quotes: Quotes
    search: Search
    next: Next
    disputed: Disputed
    sources: Sources
    help: Help
    steering: Steering
    settings: SetDigest
    data: Data

    async def answer(self, update: Update, context: Context) -> None:
        """Show the page that the pressed button asks for."""
        query = update.callback_query
        try:
            press = unpack((query.data if query else None) or "")
        except CallbackError:
            await toast(update, "This page has changed since then. Please ask again.")
            return
        if isinstance(press, Press):
            await self.steering.pressed(press.on, update, context)
        elif isinstance(press, Correct):
            await self.steering.correct(press, update)
        elif isinstance(press, Setting):
            await self.settings.pressed(press, update, context)
        elif isinstance(press, Forget):
            await self.data.pressed(press, update, context)
        else:
            await show(update, await self._page(press, update, Links(context.bot.username)))

    async def _page(self, press: Page, update: Update, links: Links) -> Message:
        match press:
            case PersonPage():
                return await self.who.page(press, links)
            case TimelinePage():
                return await self.timeline.page(press, links)
            case QuotesPage():
                return await self.quotes.turned(press, _above(update), links)
            case SourcePage():
                return await self.sources.page(press, links)
            case ListPage():
                return await self._list(press, update, links)

    async def _list(  # noqa: PLR0911 (one for each list)
        self, press: ListPage, update: Update, links: Links
    ) -> Message:
        match press.list:
            case List.LATEST:
                return await self.timeline.newest(links)
            case List.QUOTES:
                return await self.quotes.page(press, links)
            case List.SOURCES:
                return await self.sources.list_page(press, links)
            case List.SEARCH:
                return await self.search.page(press, _above(update), links)
            case List.NEXT:
                return await self.next.page(press, links)
            case List.DISPUTED | List.FIGURES:
                return await self.disputed.page(press, _above(update), links)
            case List.HELP:
                return self.help.page(update)


def _above(update: Update) -> object:
    """Return the page above the pressed button, which may be too old to be read."""
    return update.callback_query.message if update.callback_query else None
