"""From what the summaries tell of events to the events, each with its tellings. Holds no SQL."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from store.knowledge.gazetteer import Gazetteer
from store.knowledge.happenings import Telling, join_happenings
from store.knowledge.joining import Cast
from store.knowledge.keys import content_key, place_key
from store.knowledge.outcomes import Told
from store.knowledge.values import StatedEvent, Status, Summary
from store.text import fold

_STRENGTH = (Status.HAPPENED, Status.ONGOING, Status.PLANNED)


def event_key(event: StatedEvent) -> str:
    """Return the key of what is told in these words of this date."""
    return content_key("event", str(event.when), fold(event.text) or event.text)


def told_events(
    keyed: Iterable[tuple[str, Summary]], cast: Cast, gazetteer: Gazetteer
) -> list[Told]:
    """Return the events of summaries with the keys of their sources, told by one or by several.

    What is told in the same words of the same date is one telling, whoever tells it.
    """
    tellings: dict[str, list[tuple[str, StatedEvent]]] = defaultdict(list)
    orders: dict[str, tuple[str, ...]] = {}
    for source, summary in keyed:
        for at, event in enumerate(summary.events):
            key = event_key(event)
            tellings[key].append((source, event))
            order = (summary.published.isoformat(), summary.file, summary.title, f"{at:06}")
            orders[key] = min(order, orders.get(key, order))
    told = {key: _told(key, each, cast, gazetteer) for key, each in tellings.items()}
    happenings = join_happenings(_telling(each, orders[key]) for key, each in told.items())
    return [_joined([told[telling.key] for telling in each]) for each in happenings]


def days_told(event: Told) -> Iterator[Told]:
    """Yield an event with each of the dates that its sources give it."""
    for when in dict.fromkeys((event.when, *(told.when for _, told in event.tellings))):
        yield replace(event, when=when)


def _told(
    key: str, tellings: Sequence[tuple[str, StatedEvent]], cast: Cast, gazetteer: Gazetteer
) -> Told:
    events = [event for _, event in tellings]
    place = next((event.place for event in events if event.place), None)
    return Told(
        key=key,
        when=events[0].when,
        text=events[0].text,
        place=gazetteer.place(place) if place else None,
        status=min((event.status for event in events), key=_STRENGTH.index),
        people=sorted({p for source, event in tellings for p in _present(source, event, cast)}),
        tellings=tellings,
    )


def _present(source: str, event: StatedEvent, cast: Cast) -> Iterable[str]:
    if event.people is None:
        return cast.recognise(event.text, source)
    return (cast.key_of(name, source) for name in event.people)


def _telling(told: Told, order: tuple[str, ...]) -> Telling:
    return Telling(
        key=told.key,
        order=order,
        sources=frozenset(source for source, _ in told.tellings),
        when=told.when,
        text=told.text,
        status=told.status,
        people=frozenset(told.people),
        place=place_key(told.place) if told.place else None,
        first_only=any(event.correction for _, event in told.tellings),
    )


def _joined(happening: Sequence[Told]) -> Told:
    """Return the event that all of `happening` are: in the words and with the key of the first."""
    if len(happening) == 1:
        return happening[0]
    return replace(
        happening[0],
        place=next((told.place for told in happening if told.place), None),
        people=sorted({person for told in happening for person in told.people}),
        tellings=[telling for told in happening for telling in told.tellings],
    )
