"""The tick: asks the ledger who is due, and writes down what each is owed. Sends nothing."""

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

from bot.access import Door
from bot.digest.alerts import Alerts
from bot.digest.choice import NO_WISHES, Wishes
from bot.digest.due import due, first_after, local_date
from bot.digest.edition import decide, story_today
from bot.digest.places import placed, places_of
from bot.messages.digest import MOST_EVENTS, MOST_QUOTES, MOST_SOURCES, Briefing
from bot.messages.message import Links
from store.database import Connection, Database
from store.knowledge import about, news, quotes, sources, timeline
from store.knowledge.news import News
from store.ledger import alerts, editions, interests, offers, subscriptions
from store.ledger.values import Item, PlannedEdition, Subscription

_AT_ONCE = 200  # subscriptions that are looked up together
_LOOKED_AT = 1000  # items that are compared with those offered before: readers wait for it
_OFFERED = 20_000  # new items that are written down together, with one number
_STEP = 40  # of them decided on, and written down by one transaction: readers wait for either

log = logging.getLogger("attache.digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Plans the editions that are due."""

    knowledge: Database
    ledger: Database
    clock: Callable[[], datetime]
    door: Door = field(default_factory=Door)

    async def __call__(self, links: Links) -> int:
        """Plan every edition that is due now, and owe alerts; return how many editions.

        The editions come first: what they tell, no alert need tell beside them.
        """
        planned = await self._editions(links)
        alerts_owed = Alerts(
            knowledge=self.knowledge, ledger=self.ledger, clock=self.clock, door=self.door
        )
        await alerts_owed(await self.offer(), links)
        return planned

    async def _editions(self, links: Links) -> int:
        planned = 0
        while found := await self._due():
            now, offer = self.clock(), await self.offer()
            wanted = [(s.seen, _day(s, now)) for s in found]
            briefings = {known: await self.briefing(*known, upto=offer) for known in set(wanted)}
            wishes = await self.wishes(found)
            places = await self.ledger.read(places_of, [s.chat for s in found], self.door)
            each = zip(found, wanted, strict=True)
            while some := tuple(islice(each, _STEP)):
                decided = []
                for subscription, known in some:
                    edition = decide(
                        subscription,
                        briefings[known],
                        offer=offer,
                        now=now,
                        links=links,
                        wishes=wishes.get((subscription.chat, subscription.topic), NO_WISHES),
                    )
                    if edition is not None:
                        edition = placed(edition, places, bot_name=links.bot_name)
                    decided.append((subscription, edition))
                planned += await self.ledger.write(_write_down, decided, now)
        if planned:
            log.info("planned %d editions", planned)
        return planned

    async def _due(self) -> tuple[Subscription, ...]:
        return await self.ledger.read(subscriptions.due_by, self.clock(), limit=_AT_ONCE)

    async def wishes(self, found: Sequence[Subscription]) -> dict[tuple[int, int], Wishes]:
        """Return what the chats of subscriptions follow and mute, by chat and topic, if any."""
        return await self.ledger.read(_wishes, found)

    async def wishes_of(self, chat: int, topic: int, seen: int) -> Wishes:
        """Return what one chat follows and mutes, which has read up to the offer `seen`."""
        return await self.ledger.read(_wishes_of, chat, topic, seen)

    async def briefing(
        self, seen: int, calendar: date, *, upto: int | None = None
    ) -> Briefing | None:
        """Return what a chat that has read up to the offer `seen` is told on the day `calendar`.

        What is offered after `upto` the next one tells. None without a story.
        """
        items = await self.ledger.read(offers.offered_after, seen, upto) if seen else ()
        return await self.knowledge.read(_briefing, items, calendar, first=not seen)

    async def offer(self) -> int:
        """Give a number to what became known since the last tick; return the newest number."""
        revision = await self.knowledge.read(news.revision)
        if revision is None or revision == await self.ledger.read(offers.offered_revision):
            return await self.ledger.read(offers.newest_offer)
        new: list[Item] = []
        async for items in self._known():
            new += await self.ledger.read(offers.news_among, items)
            if len(new) >= _OFFERED:
                await self.ledger.write(offers.offer, new, None)
                new.clear()
        # What became known while this looked is looked for by the next tick.
        is_all = revision == await self.knowledge.read(news.revision)
        return await self.ledger.write(offers.offer, new, revision if is_all else None)

    async def _known(self) -> AsyncIterator[list[Item]]:
        """Yield all that can be news, some at a time: there may be millions."""
        for kind in news.Kind:
            after: str | int | None = None
            while True:
                found, after = await self.knowledge.read(
                    news.newsworthy, kind, after, limit=_LOOKED_AT
                )
                yield [Item(kind=one.kind, key=one.key, mark=one.mark) for one in found]
                if after is None:
                    break


def _wishes(db: Connection, found: Sequence[Subscription]) -> dict[tuple[int, int], Wishes]:
    wanted = interests.interests_of_all(db, found)
    places = [(known.chat, known.topic, known.seen) for known in found]
    told = alerts.told_of(db, [place for place in places if place[:2] in wanted])
    return {
        place: Wishes(interests=mine, alerted=told.get(place, frozenset()))
        for place, mine in wanted.items()
    }


def _wishes_of(db: Connection, chat: int, topic: int, seen: int) -> Wishes:
    told = alerts.told_of(db, [(chat, topic, seen)])
    return Wishes(
        interests=interests.interests_of(db, chat, topic),
        alerted=told.get((chat, topic), frozenset()),
    )


def _day(subscription: Subscription, now: datetime) -> date:
    owed = due(subscription.rhythm, last_date=subscription.last_date, now=now)
    return owed.local_date if owed else local_date(subscription.rhythm, now)


def _write_down(
    db: Connection,
    decided: Sequence[tuple[Subscription, PlannedEdition | None]],
    now: datetime,
) -> int:
    for subscription, edition in decided:
        if edition is None:
            # Its moment has moved since it was written down: the rules of a zone changed.
            _, moment = first_after(subscription.last_date, subscription.rhythm)
            subscriptions.reschedule(db, subscription.id, moment)
    return editions.plan(db, (edition for _, edition in decided if edition), now=now)


_MOST_BESIDE = 4 * MOST_EVENTS  # plans, and events of earlier years: a full digest shows most


def _briefing(
    db: Connection, items: tuple[Item, ...], calendar: date, *, first: bool
) -> Briefing | None:
    story, as_of = sources.story(db), sources.as_of(db)
    if story is None or as_of is None:
        return None
    today = story_today(as_of, calendar)
    new = _so_far(db) if first else news.told(db, ((item.kind, item.key) for item in items))
    planned = news.planned_between(db, today, today + timedelta(days=1), limit=_MOST_BESIDE)
    on_this_day = news.on_this_day(db, today, limit=_MOST_BESIDE)
    told = about.keys_of_items(new.events, new.quotes, planned.events, on_this_day.events)
    return Briefing(
        story=story,
        counted=sources.counts(db),
        local_date=calendar,
        as_of=as_of,
        today=today,
        first=first,
        news=new,
        planned=planned.events,
        planned_before=planned.before,
        on_this_day=on_this_day.events,
        on_this_day_before=on_this_day.before,
        concerns=about.concerns(db, told),
    )


def _so_far(db: Connection) -> News:
    return News(
        sources=tuple(reversed(sources.sources(db, limit=MOST_SOURCES).sources)),
        events=tuple(reversed(timeline.newest_events(db, limit=MOST_EVENTS // 2))),
        quotes=tuple(reversed(quotes.quotes(db, limit=MOST_QUOTES // 2).quotes)),
    )
