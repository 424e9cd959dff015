"""Following: the buttons on pages, the menu below a digest, and /following."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram import Message as TelegramMessage

from bot.commands.command import Context
from bot.commands.digest import may_decide, topic_of
from bot.commands.reply import answer, forgiven, notice, show, toast
from bot.locales import _
from bot.messages import following as say
from bot.messages.callbacks import CallbackError, Choose, Follow, Following, LetGo, unpack
from bot.messages.message import Links, Message
from store.database import Connection, Database
from store.knowledge import about
from store.knowledge.about import Thing
from store.ledger import interests, subscriptions
from store.ledger.values import Interest, Stance

_MOST_KNOWN = 10_000  # chats

Mark = Callable[[Update, Awaitable[Message]], Awaitable[Message]]


async def as_it_is(update: Update, making: Awaitable[Message]) -> Message:
    """Return the message as it is made: for where nobody follows anything."""
    del update
    return await making


@dataclass(slots=True)
class _Known:
    """What chats follow and mute, by chat and topic, until anything in the ledger changes."""

    _stances: dict[tuple[int, int], dict[str, Stance]] = field(default_factory=dict)
    _state: object = None

    def now(self, ledger: Database) -> dict[tuple[int, int], dict[str, Stance]]:
        """Return what is known; what is read after this call belongs into it."""
        if ledger.state is not self._state or len(self._stances) >= _MOST_KNOWN:
            self._state, self._stances = ledger.state, {}
        return self._stances


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """Shows and sets what a chat follows and mutes."""

    knowledge: Database
    ledger: Database
    clock: Callable[[], datetime]
    _known: _Known = field(default_factory=_Known, init=False, repr=False)

    async def marked(self, update: Update, making: Awaitable[Message]) -> Message:
        """Return a page with the buttons that say whether what it is about is followed.

        What the chat follows is looked up while the page is being made.
        """
        place = update.effective_message
        if place is None:
            return await making
        known = self._known.now(self.ledger).get((place.chat_id, topic_of(place)))
        if known is None:
            message, stances = await asyncio.gather(making, self._stances(place))
        else:
            message, stances = await making, known
        if message.about is None:
            return message
        keys = await self.knowledge.read(about.keys_of, message.about) if stances else frozenset()
        stance = next((stances[key] for key in sorted(keys) if key in stances), None)
        return message.variant(stance, lambda page: _with_buttons(page, stance))

    async def list(self, update: Update, context: Context) -> None:
        """Answer /following."""
        message = update.effective_message
        if message is not None:
            await answer(update, await self._page(message, 0, Links(context.bot.username)))

    async def pressed(
        self, press: Follow | LetGo | Following | Choose, update: Update, context: Context
    ) -> None:
        """Set what a pressed button says, or show what it asks for."""
        shown = update.callback_query.message if update.callback_query else None
        if not isinstance(shown, TelegramMessage) or not shown.is_accessible:
            # Nor does it say which topic it stands in.
            await toast(update, _("This is too old to be pressed. Please ask again."))
        elif isinstance(press, Following):
            await show(update, await self._page(shown, press.offset, Links(context.bot.username)))
        elif not await may_decide(update, context):
            await toast(update, say.chat_admins_only().text)
        elif isinstance(press, Choose):
            # The digest above stays as it was sent.
            await notice(update)
            await answer(update, await self._menu(press, shown))
        elif isinstance(press, LetGo):
            await self._set(press.key, None, shown)
            await show(update, await self._page(shown, press.offset, Links(context.bot.username)))
        else:
            await self._follow(press, shown, update)

    async def _follow(self, press: Follow, shown: TelegramMessage, update: Update) -> None:
        thing = await self.knowledge.read(about.thing_of_key, press.key)
        if thing is None and press.stance is not None:
            await toast(update, say.gone().text)
        elif not await self._set(press.key, press.stance, shown, thing):
            await toast(update, say.too_many(interests.MOST).text)
        else:
            name = thing.name if thing and press.named else None
            await _rearrange(update, shown, press, name)

    async def _set(
        self, key: str, stance: Stance | None, place: TelegramMessage, thing: Thing | None = None
    ) -> bool:
        """Note a stance, or its end; False where there is no room for more."""
        also = await self.knowledge.read(about.keys_of, key)
        chat, topic = place.chat, topic_of(place)
        if stance is None or thing is None:
            await self.ledger.write(interests.let_go, chat.id, topic, also)
            return True
        return await self.ledger.write(
            interests.follow_or_mute,
            chat.id,
            topic,
            Interest(kind=thing.kind, key=thing.key, stance=stance, name=thing.name),
            chat_kind=chat.type,
            also=also,
            now=self.clock(),
        )

    async def _menu(self, press: Choose, place: TelegramMessage) -> Message:
        def question(db: Connection) -> list[tuple[Thing, frozenset[str]]]:
            things = (about.thing_of_key(db, key) for key in press.keys)
            return [(thing, about.keys_of(db, thing.key)) for thing in things if thing]

        known = await self.knowledge.read(question)
        stances = await self._stances(place)
        return say.choices(
            [thing for thing, _keys in known],
            {thing.key: stances[key] for thing, keys in known for key in keys if key in stances},
        )

    async def _stances(self, place: TelegramMessage) -> dict[str, Stance]:
        where = place.chat_id, topic_of(place)
        known = self._known.now(self.ledger)
        found = await self.ledger.read(interests.interests_of, *where)
        stances = known[where] = {interest.key: interest.stance for interest in found}
        return stances

    async def _page(self, place: TelegramMessage, offset: int, links: Links) -> Message:
        where = place.chat_id, topic_of(place)
        found = await self.ledger.read(interests.interests_of, *where)
        settings = await self.ledger.read(subscriptions.subscription, *where)

        def question(db: Connection) -> dict[str, Thing]:
            things = ((i.key, about.thing_of_key(db, i.key)) for i in found)
            return {key: thing for key, thing in things if thing is not None}

        return say.following(
            found,
            await self.knowledge.read(question),
            offset=offset,
            alerts=settings is not None and settings.alerts,
            links=links,
        )


def _with_buttons(page: Message, stance: Stance | None) -> Message:
    row = say.follow_buttons(page.about, stance) if page.about else ()
    return replace(page, keyboard=(*page.keyboard, *row))


async def _rearrange(
    update: Update, shown: TelegramMessage, press: Follow, name: str | None
) -> None:
    """Let the buttons of one thing say its new stance; all else of the message stays."""
    (row,) = say.follow_buttons(press.key, press.stance, name)
    anew = [InlineKeyboardButton(one.label, callback_data=one.press.pack()) for one in row]
    rows = shown.reply_markup.inline_keyboard if shown.reply_markup else ()
    marked = [anew if any(_sets(one, press.key) for one in row) else row for row in rows]
    await notice(update)
    query = update.callback_query
    if query is not None:
        with forgiven("not modified"):  # pressed twice; it stands so already
            await query.edit_message_reply_markup(InlineKeyboardMarkup(marked))


def _sets(button: InlineKeyboardButton, key: str) -> bool:
    """Tell whether a button sets what the chat thinks of the thing with `key`."""
    try:
        press = unpack(str(button.callback_data))
    except CallbackError:
        return False
    return isinstance(press, Follow) and press.key == key
