"""Which language each chat is spoken to in: found for each update before it is answered.

What decides is `store.ledger.values.ChatLanguage`: what a chat chose, else in a private chat
what Telegram says of its reader, else English. What was read from the ledger is remembered,
so that an update costs no look into it.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from telegram import Chat, Update

from bot.commands.command import Context
from bot.locales import Language, language_of, speak
from store.database import Database
from store.errors import StoreError
from store.ledger import languages
from store.ledger.values import ChatLanguage

MOST_REMEMBERED = 10_000  # chats

log = logging.getLogger("attache.languages")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an update comes from; `told` is Telegram's code of whoever sent it."""

    chat: int
    private: bool
    told: str | None


def place_of(update: Update) -> Place | None:
    """Return where an update is answered; None for one that nobody sent.

    An inline query names no chat: it is answered like the private chat of whoever asks.
    """
    chat, user = update.effective_chat, update.effective_user
    told = user.language_code if user else None
    if chat is not None:
        return Place(chat=chat.id, private=chat.type == Chat.PRIVATE, told=told)
    return Place(chat=user.id, private=True, told=told) if user else None


@dataclass(slots=True, kw_only=True)
class Languages:
    """Knows the languages of the chats that wrote lately, and sets what they choose."""

    ledger: Database
    clock: Callable[[], datetime]
    most: int = MOST_REMEMBERED
    _known: OrderedDict[int, ChatLanguage] = field(default_factory=OrderedDict, init=False)

    async def hear(self, update: Update, context: Context) -> None:  # noqa: ARG002 (a handler)
        """Speak the language of the update's chat to the handlers that come after this one."""
        place = place_of(update)
        if place is None:
            speak(Language.ENGLISH)
            return
        try:
            known = await self._at(place)
        except StoreError as broken:  # who asks is answered all the same
            log.warning("the language of a chat was not read: %s", broken)
            known = ChatLanguage(chosen=None, private=place.private, told=place.told)
        speak(language_of(known.code))

    async def chosen(self, chat: int) -> Language | None:
        """Return what a chat chose, if it did."""
        known = self._known.get(chat) or await self.ledger.read(languages.language_of_chat, chat)
        return language_of(known.chosen) if known and known.chosen else None

    async def of(self, chat: int) -> Language:
        """Return the language for what a chat is told unasked."""
        known = self._known.get(chat) or await self.ledger.read(languages.language_of_chat, chat)
        return language_of(known.code if known else None)

    async def choose(self, update: Update, language: Language | None) -> None:
        """Set the language of the update's chat, and speak it; None: as Telegram says."""
        chat, place = update.effective_chat, place_of(update)
        if chat is None or place is None:
            return
        await self.ledger.write(
            languages.choose, chat.id, kind=chat.type, chosen=language, now=self.clock()
        )
        self.drop(chat.id)
        speak(language_of((await self._at(place)).code))

    def drop(self, chat: int) -> None:
        """Remember nothing of a chat, which has changed in the ledger."""
        self._known.pop(chat, None)

    async def _at(self, place: Place) -> ChatLanguage:
        known = self._known.pop(place.chat, None) or await self._read(place)
        if place.private and place.told and place.told != known.told:
            known = replace(known, told=place.told)
            await self.ledger.write(languages.tell, place.chat, place.told)
        self._known[place.chat] = known  # as the newest
        while len(self._known) > self.most:
            self._known.popitem(last=False)
        return known

    async def _read(self, place: Place) -> ChatLanguage:
        known = await self.ledger.read(languages.language_of_chat, place.chat)
        # Of a chat that is not kept there is nothing to bring up to date.
        return known or ChatLanguage(chosen=None, private=place.private, told=place.told)
