"""What a reader's interests make of a briefing: what leads, what is left out. Pure.

An item is about persons, places and other things. It is left out where it is about one that
is muted and none that is followed; it leads where it is about one that is followed, unless an
alert has told of it already. A source is left out where all that it gives of the news is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.messages.digest import Briefing
from store.knowledge.about import Concerns, keys_of_items
from store.knowledge.news import Kind, News
from store.knowledge.quotes import Quote
from store.knowledge.sources import Source
from store.knowledge.timeline import Event
from store.ledger.alerts import Told
from store.ledger.values import Interest, Stance

T = TypeVar("T", Event, Quote)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interests:
    """The keys of what a reader follows and mutes."""

    followed: frozenset[str] = frozenset()
    muted: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.followed or self.muted)

    def lead(self, about: frozenset[str]) -> bool:
        """Tell whether what is about these things is followed."""
        return bool(self.followed & about)

    def leave_out(self, about: frozenset[str]) -> bool:
        """Tell whether what is about these things is left out."""
        return bool(self.muted & about) and not self.lead(about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What one chat follows and mutes, and what alerts have told it of since its last digest."""

    interests: tuple[Interest, ...] = ()
    alerted: Told = frozenset()


NO_WISHES = Wishes()


def interests_in(concerns: Concerns, interests: Iterable[Interest]) -> Interests:
    """Return the interests that matter to items, by the keys that their things have now.

    What matters to none is left out, so that chats which differ in nothing that the
    items are about share what they are sent.
    """
    chosen: dict[Stance, set[str]] = {stance: set() for stance in Stance}
    for interest in interests:
        key = concerns.known_as.get(interest.key, interest.key)
        if key in concerns.things:
            chosen[interest.stance].add(key)
    return Interests(
        followed=frozenset(chosen[Stance.FOLLOW]), muted=frozenset(chosen[Stance.MUTE])
    )


def chosen(told: Briefing, interests: Iterable[Interest], alerted: Told = frozenset()) -> Briefing:
    """Return the briefing as a reader with these interests gets it.

    `alerted` are the items that alerts have told this reader of. Every item stands in it
    once, but for what is muted.
    """
    matter = interests_in(told.concerns, interests)
    if not matter:
        return told  # the very same that all others get
    concerns, news = told.concerns, told.news

    def stand(items: Iterable[T]) -> tuple[T, ...]:
        return tuple(i for i in items if not matter.leave_out(concerns.of(i.key)))

    def lead(kind: Kind, items: Iterable[T]) -> tuple[T, ...]:
        return tuple(
            item
            for item in items
            if matter.lead(concerns.of(item.key))
            and (told.first or not item.correction)  # it stands among the corrections
            and (kind, item.key) not in alerted
        )

    events, quotes = stand(news.events), stand(news.quotes)
    leading = News(sources=(), events=lead(Kind.EVENT, events), quotes=lead(Kind.QUOTE, quotes))
    led = frozenset(keys_of_items(leading.events, leading.quotes))
    return replace(
        told,
        followed=leading,
        news=News(
            sources=_standing_sources(news, events, quotes),
            events=tuple(event for event in events if event.key not in led),
            quotes=tuple(quote for quote in quotes if quote.key not in led),
        ),
        planned=stand(told.planned),
        on_this_day=stand(told.on_this_day),
        muted=len(news.events) - len(events) + len(news.quotes) - len(quotes),
    )


def of_followed(news: News, concerns: Concerns, interests: Iterable[Interest]) -> News:
    """Return the events and quotes that are about something followed."""
    matter = interests_in(concerns, interests)
    return News(
        sources=(),
        events=tuple(event for event in news.events if matter.lead(concerns.of(event.key))),
        quotes=tuple(quote for quote in news.quotes if matter.lead(concerns.of(quote.key))),
    )


def _standing_sources(
    news: News, events: Iterable[Event], quotes: Iterable[Quote]
) -> tuple[Source, ...]:
    """Return the sources that give something which stands, or nothing of the news at all."""

    def given(items: Iterable[Event | Quote]) -> set[str]:
        return {source.key for item in items for source in item.sources}

    gone = given((*news.events, *news.quotes)) - given((*events, *quotes))
    return tuple(source for source in news.sources if source.citation.key not in gone)
