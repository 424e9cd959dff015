"""From what the summaries tell of events to the events, each with its tellings. Holds no SQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from store.knowledge.keys import place_key
from store.knowledge.making.happenings import Telling, join_happenings
from store.knowledge.making.outcomes import Told
from store.knowledge.making.said import Context, Said
from store.knowledge.values import StatedEvent, Status

_STRENGTH = (Status.HAPPENED, Status.ONGOING, Status.PLANNED)

Giving = tuple[Said, StatedEvent]


@dataclass(frozen=True, slots=True)
class Worded:
    """What is told in the same words of the same date: one telling, whoever tells it."""

    told: Told
    telling: Telling


def worded(key: str, givings: Iterable[Giving], context: Context) -> Worded:
    """Return the telling of those who tell it so."""
    # What one source tells twice stays in the order in which it does.
    ordered = sorted(givings, key=lambda giving: giving[0].order)
    told = _told(key, ordered, context)
    said, event = ordered[0]
    at = next(n for n, each in enumerate(said.summary.events) if each is event)
    return Worded(told, _telling(told, (*said.order, f"{at:06}")))


def events_of(tellings: Iterable[Worded]) -> list[Told]:
    """Return the events that are told, by one or by several."""
    by_key = {each.telling.key: each for each in tellings}
    happenings = join_happenings(each.telling for each in by_key.values())
    return [_joined([by_key[telling.key].told for telling in each]) for each in happenings]


def _told(key: str, givings: Sequence[Giving], context: Context) -> Told:
    events = [event for _, event in givings]
    place = next((event.place for event in events if event.place), None)
    return Told(
        key=key,
        when=events[0].when,
        text=events[0].text,
        place=context.gazetteer.place(place) if place else None,
        status=min((event.status for event in events), key=_STRENGTH.index),
        people=sorted({p for said, event in givings for p in context.present(said, event)}),
        tellings=[(said.key, event) for said, event in givings],
    )


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
