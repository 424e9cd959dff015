"""Alerts: what became known of the things that chats follow, owed to them at once.

Pure decisions, and the pipeline that carries them out. Sends nothing: that is the
broadcast's, which has quiet hours to wait for in `not_before`.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from bot.access import Door
from bot.digest.choice import of_followed
from bot.digest.places import placed_alert, places_of
from bot.digest.quiet import wakes
from bot.locales import Language, language_of, speaking, spoken
from bot.messages.following import alert, alerted, often_in
from bot.messages.message import Links
from bot.messages.parts import freeze
from store.database import Connection, Database
from store.knowledge import about, news, sources
from store.knowledge.about import Concerns
from store.knowledge.news import Kind, News
from store.ledger import alerts, interests, offers, subscriptions
from store.ledger.values import Interest, Item, PlannedAlert, Subscription, Wanted

_AT_ONCE = 40  # chats decided on in one piece, and written down: readers wait for either
_AFTER_DIGEST = timedelta(minutes=1)  # in which a digest that is due is planned

log = logging.getLogger("attache.digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """What became known since some offer, and what it is about."""

    news: News
    concerns: Concerns
    as_of: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """Owes alerts for what became known."""

    knowledge: Database
    ledger: Database
    clock: Callable[[], datetime]
    door: Door = field(default_factory=Door)

    async def __call__(self, offer: int, links: Links) -> int:
        """Owe each chat with alerts what is new up to the offer `offer`; return how many."""
        owed = 0
        fresh: dict[int, Fresh] = {}
        while found := await self.ledger.read(subscriptions.to_alert, offer, limit=_AT_ONCE):
            now = self.clock()
            for since in {s.alerted for s in found} - fresh.keys():
                fresh[since] = await self._fresh(since, offer)
            wanted = await self.ledger.read(interests.interests_of_all, found)
            decided = [
                decide(
                    known,
                    fresh[known.alerted],
                    wanted.get((known.chat, known.topic), ()),
                    offer=offer,
                    now=now,
                    links=links,
                )
                for known in found
            ]
            places = await self.ledger.read(places_of, [s.chat for s in found], self.door)
            sent = [placed_alert(one, places, bot_name=links.bot_name) for one in decided]
            owed += await self.ledger.write(alerts.owe, sent, now=now)
        if owed:
            log.info("owed %d alerts", owed)
        return owed

    async def _fresh(self, since: int, upto: int) -> Fresh:
        # Who turned alerts on before anything was offered is not told of the whole story.
        items = await self.ledger.read(offers.offered_after, since, upto) if since else ()
        return await self.knowledge.read(_fresh, items)


def decide(
    known: Subscription,
    fresh: Fresh,
    wanted: Iterable[Interest],
    *,
    offer: int,
    now: datetime,
    links: Links,
) -> PlannedAlert:
    """Return what a chat that wants `wanted` is owed of `fresh` at `now`, be it nothing."""
    new = of_followed(fresh.news, fresh.concerns, wanted)
    shown = alerted(new)
    parts: tuple[str, ...] = ()
    if shown:
        keys = about.keys_of_items(shown.events, shown.quotes)
        rest = len(new.events) + len(new.quotes) - len(keys)
        with speaking(language_of(known.language)):
            about_them = often_in(fresh.concerns, keys)
            parts = _composed(shown, rest, about_them, fresh.as_of, links, spoken())
    return PlannedAlert(
        subscription=known,
        offer=offer,
        parts=parts,
        items=(
            *((Kind.EVENT, event.key) for event in shown.events),
            *((Kind.QUOTE, quote.key) for quote in shown.quotes),
        ),
        not_before=_not_before(known, now),
    )


def _not_before(known: Subscription, now: datetime) -> datetime:
    """Return when an alert may come: after the quiet hours, and after a digest until then.

    That tells what the alert would have, and takes its place where it comes.
    """
    awake = wakes(known.quiet, known.rhythm.zone, now)
    digest_is_first = known.state is Wanted.ON and now < known.next_due <= awake
    return max(awake, known.next_due + _AFTER_DIGEST) if digest_is_first else awake


@lru_cache(maxsize=32)
def _composed(
    shown: News,
    rest: int,
    about_them: tuple[str, ...],
    as_of: date | None,
    links: Links,
    language: Language,
) -> tuple[str, ...]:
    """Compose an alert once for all who are owed the same, in the language that is spoken."""
    del language
    return (freeze(alert(shown, rest=rest, about=about_them, as_of=as_of, links=links)),)


def _fresh(db: Connection, items: tuple[Item, ...]) -> Fresh:
    new = news.told(db, ((item.kind, item.key) for item in items if item.kind != Kind.SOURCE))
    keys = about.keys_of_items(new.events, new.quotes)
    return Fresh(news=new, concerns=about.concerns(db, keys), as_of=sources.as_of(db))
