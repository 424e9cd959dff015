"""Pressed buttons: what each carries, and who answers it, in place of the page above it."""

from dataclasses import dataclass

from telegram import Chat, Update

from bot.commands.admin import Admin
from bot.commands.catchup import CatchUp
from bot.commands.channels import Channels
from bot.commands.command import Context
from bot.commands.data import Data
from bot.commands.disputed import Disputed
from bot.commands.export import Export
from bot.commands.following import Follows
from bot.commands.invitations import Invitations
from bot.commands.next import Next
from bot.commands.picture import Pictures
from bot.commands.quotes import Quotes
from bot.commands.reply import notice, show, toast
from bot.commands.review import Review
from bot.commands.search import Search
from bot.commands.settings import SetDigest
from bot.commands.sources import Sources
from bot.commands.start import Help
from bot.commands.steering import Steering
from bot.commands.timeline import Timeline
from bot.commands.who import Who
from bot.locales import _
from bot.messages.callbacks import (
    Callback,
    CallbackError,
    CatchUpPage,
    ChannelPage,
    ChannelSetting,
    Correct,
    Forget,
    Interest,
    List,
    ListPage,
    Page,
    PersonPage,
    PicturePage,
    Press,
    QuotesPage,
    Reload,
    Revoke,
    Setting,
    SourcePage,
    SubjectPage,
    TimelinePage,
    unpack,
)
from bot.messages.callbacks import Export as ExportPress
from bot.messages.callbacks import Review as ReviewPress
from bot.messages.message import Links, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttons:
    """Answers pressed buttons."""

    who: Who
    follows: Follows
    timeline: Timeline
    pictures: Pictures
    quotes: Quotes
    search: Search
    next: Next
    disputed: Disputed
    catch_up: CatchUp
    export: Export
    sources: Sources
    help: Help
    steering: Steering
    settings: SetDigest
    data: Data
    invitations: Invitations
    channels: Channels
    admin: Admin
    review: Review

    async def answer(self, update: Update, context: Context) -> None:
        """Show the page that the pressed button asks for."""
        query = update.callback_query
        if _has_no_buttons(update):
            await notice(update)
            return
        try:
            press = unpack((query.data if query else None) or "")
        except CallbackError:
            await toast(update, _("This page has changed since then. Please ask again."))
            return
        await self._act(press, update, context)

    async def _act(self, press: Callback, update: Update, context: Context) -> None:
        if isinstance(press, PicturePage):
            await self.pictures.pressed(press, update, context)
        elif isinstance(press, Press):
            await self.steering.pressed(press.on, update, context)
        elif isinstance(press, Correct):
            await self.steering.correct(press, update)
        elif isinstance(press, Setting):
            await self.settings.pressed(press, update, context)
        elif isinstance(press, Revoke | ChannelPage | ChannelSetting | Reload | ReviewPress):
            await self._act_elsewhere(press, update, context)
        elif isinstance(press, ExportPress):
            await self.export.pressed(press, update, context)
        elif isinstance(press, Forget):
            await self.data.pressed(press, update, context)
        elif isinstance(press, Interest):
            await self.follows.pressed(press, update, context)
        else:
            page = self._page(press, update, Links(context.bot.username))
            await show(update, await self.who.marked(update, page))

    async def _act_elsewhere(
        self,
        press: Revoke | ChannelPage | ChannelSetting | Reload | ReviewPress,
        update: Update,
        context: Context,
    ) -> None:
        """Do what is about another chat than the one that the button stands in, or about all."""
        if isinstance(press, Revoke):
            await self.invitations.revoke(press, update)
        elif isinstance(press, Reload):
            await self.admin.pressed(press, update)
        elif isinstance(press, ReviewPress):
            await self.review.pressed(press, update)
        else:
            await self.channels.pressed(press, update, context)

    async def _page(  # noqa: PLR0911 (one for each kind)
        self, press: Page, update: Update, links: Links
    ) -> Message:
        match press:
            case PersonPage():
                return await self.who.page(press, links)
            case SubjectPage():
                return await self.who.subject(press, links)
            case TimelinePage():
                return await self.timeline.page(press, links)
            case QuotesPage():
                return await self.quotes.turned(press, _above(update), links)
            case SourcePage():
                return await self.sources.page(press, links)
            case CatchUpPage():
                return await self.catch_up.page(press, links)
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


def _has_no_buttons(update: Update) -> bool:
    """Tell whether a press is made up: in channels and inline messages no button has data.

    Telegram passes on any data that a client says was pressed, below any message of the bot's:
    whoever reads a channel could put another page in place of a post.
    """
    query = update.callback_query
    message = query.message if query else None
    return message is None or message.chat.type == Chat.CHANNEL


def _above(update: Update) -> object:
    """Return the page above the pressed button, which may be too old to be read."""
    return update.callback_query.message if update.callback_query else None
