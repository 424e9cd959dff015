"""Where editions go: channels get posts without buttons, and who is let in no more gets none."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.access import Door
from bot.locales import language_of, speaking
from bot.messages.channels import as_posts
from config.settings import Access
from store.database import Connection
from store.ledger import access, channels
from store.ledger.values import PlannedAlert, PlannedEdition

NOT_LET_IN = "let in no more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What is known of the chats that editions are for."""

    channels: frozenset[int]
    barred: frozenset[int]


def places_of(db: Connection, chats: Iterable[int], door: Door) -> Places:
    """Return which of `chats` are channels, and which are not let in."""
    asked = frozenset(chats)
    found = channels.channels_among(db, asked)
    if door.access is Access.OPEN:
        return Places(channels=found, barred=frozenset())

    def is_in(number: int) -> bool:
        return door.lets_in(number, lambda one: access.admission(db, one))

    barred = {
        chat
        for chat in asked
        if not is_in(chat)
        # A channel is in by whoever steers it, too; unless it was put out itself.
        and (
            _is_expelled(db, chat)
            or not (chat in found and any(map(is_in, channels.steerers(db, chat))))
        )
    }
    return Places(channels=found, barred=frozenset(barred))


def placed(edition: PlannedEdition, places: Places, *, bot_name: str) -> PlannedEdition:
    """Return an edition as its chat is to get it."""
    chat = edition.subscription.chat
    if chat in places.barred:
        return replace(edition, parts=(), reason=NOT_LET_IN)
    if chat in places.channels:
        with speaking(language_of(edition.subscription.language)):
            return replace(edition, parts=as_posts(edition.parts, bot_name=bot_name))
    return edition


def placed_alert(alert: PlannedAlert, places: Places, *, bot_name: str) -> PlannedAlert:
    """Return an alert as its chat is to get it; nothing where that is let in no more."""
    chat = alert.subscription.chat
    if chat in places.barred:
        return replace(alert, parts=(), items=())
    if chat in places.channels and alert.parts:
        with speaking(language_of(alert.subscription.language)):
            return replace(alert, parts=as_posts(alert.parts, bot_name=bot_name))
    return alert


def _is_expelled(db: Connection, chat: int) -> bool:
    found = access.admission(db, chat)
    return found is not None and found.expelled
