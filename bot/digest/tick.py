"""The tick: asks the ledger who is due, and writes down what each is owed. Sends nothing."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.digest.due import due, first_after, local_date
from bot.digest.edition import decide, story_today
from bot.messages.digest import MOST_EVENTS, MOST_QUOTES, MOST_SOURCES, Briefing
from bot.messages.message import Links
from store.database import Connection, Database
from store.knowledge import news, quotes, sources, timeline
from store.knowledge.news import News
from store.ledger import editions, offers, subscriptions
from store.ledger.values import Item, PlannedEdition, Subscription

_AT_ONCE = 500  # subscriptions decided on in one transaction

log = logging.getLogger("attache.digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Plans the editions that are due."""

    knowledge: Database
    ledger: Database
    clock: Callable[[], datetime]

    async def __call__(self, links: Links) -> int:
        """Plan every edition that is due now; return how many were written."""
        planned = 0
        while found := await self._due():
            now, offer = self.clock(), await self.offer()
            wanted = [(s.seen, _day(s, now)) for s in found]
            briefings = {known: await self.briefing(*known) for known in set(wanted)}
            decided = [
                decide(subscription, briefings[known], offer=offer, now=now, links=links)
                for subscription, known in zip(found, wanted, strict=True)
            ]
            planned += await self.ledger.write(_write_down, found, decided, now)
        if planned:
            log.info("planned %d editions", planned)
        return planned

    async def _due(self) -> tuple[Subscription, ...]:
        return await self.ledger.read(subscriptions.due_by, self.clock(), limit=_AT_ONCE)

    async def briefing(self, seen: int, calendar: date) -> Briefing | None:
        """Return what a chat that has read up to the offer `seen` is told on the day `calendar`.

        None without a story.
        """
        items = await self.ledger.read(offers.offered_after, seen) if seen else ()
        return await self.knowledge.read(_briefing, items, calendar, first=not seen)

    async def offer(self) -> int:
        """Give a number to what became known since the last tick; return the newest number."""
        revision = await self.knowledge.read(news.revision)
        if revision is None or revision == await self.ledger.read(offers.offered_revision):
            return await self.ledger.read(offers.newest_offer)
        items = [
            Item(kind=known.kind, key=known.key, mark=known.mark)
            for known in await self.knowledge.read(news.newsworthy)
        ]
        return await self.ledger.write(offers.offer, items, revision)


def _day(subscription: Subscription, now: datetime) -> date:
    owed = due(subscription.rhythm, last_date=subscription.last_date, now=now)
    return owed.local_date if owed else local_date(subscription.rhythm, now)


def _write_down(
    db: Connection,
    found: Sequence[Subscription],
    decided: Sequence[PlannedEdition | None],
    now: datetime,
) -> int:
    for subscription, edition in zip(found, decided, strict=True):
        if edition is None:
            # Its moment has moved since it was written down: the rules of a zone changed.
            _, moment = first_after(subscription.last_date, subscription.rhythm)
            subscriptions.reschedule(db, subscription.id, moment)
    return editions.plan(db, filter(None, decided), now=now)


def _briefing(
    db: Connection, items: tuple[Item, ...], calendar: date, *, first: bool
) -> Briefing | None:
    story, as_of = sources.story(db), sources.as_of(db)
    if story is None or as_of is None:
        return None
    today = story_today(as_of, calendar)
    return Briefing(
        story=story,
        counted=sources.counts(db),
        local_date=calendar,
        as_of=as_of,
        today=today,
        first=first,
        news=_so_far(db) if first else news.told(db, ((item.kind, item.key) for item in items)),
        planned=news.planned_between(db, today, today + timedelta(days=1)),
        on_this_day=news.on_this_day(db, today),
    )


def _so_far(db: Connection) -> News:
    return News(
        sources=tuple(reversed(sources.sources(db, limit=MOST_SOURCES).sources)),
        events=tuple(reversed(timeline.newest_events(db, limit=MOST_EVENTS // 2))),
        quotes=tuple(reversed(quotes.quotes(db, limit=MOST_QUOTES // 2).quotes)),
    )
