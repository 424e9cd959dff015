"""Whether a planned event took place: what it is held against. Pure; holds no SQL."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from store.knowledge.keys import place_key
from store.knowledge.values import StatedEvent, Status, When

_LONGEST_OUTCOME = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event as all its sources tell it: the first's words, the strongest status."""

    key: str
    when: When
    text: str
    place: str | None
    status: Status
    people: Sequence[str]
    tellings: Sequence[tuple[str, StatedEvent]]


class Outcomes:
    """The events that took place: what a planned event is held against.

    A planned event is borne out when a source tells of one that took place on
    one of its days in the same place, with one of its persons where both name
    any; or, where a place is missing, with two of its persons. Events known to
    a year only bear nothing out.
    """

    def __init__(self, happened: Iterable[Told]) -> None:
        self._marked: dict[tuple[str, str], list[Told]] = defaultdict(list)
        for event in happened:
            if event.when.end - event.when.start <= _LONGEST_OUTCOME:
                for mark in _marks(event):
                    self._marked[mark].append(event)

    def bear_out(self, planned: Told) -> bool:
        """Tell whether a source says that `planned` took place."""
        return any(
            event.when.overlaps(planned.when) and _alike(planned, event)
            for mark in _marks(planned)
            for event in self._marked.get(mark, ())
        )


def _marks(event: Told) -> Iterator[tuple[str, str]]:
    """Yield each month with the place and each person: like events share one of them."""
    known = [*event.people, *([place_key(event.place)] if event.place else [])]
    return ((month, one) for month in _months(event.when) for one in known)


def _months(when: When) -> Iterator[str]:
    """Yield every month of which some day belongs to `when`."""
    first = when.start.year * 12 + when.start.month - 1
    last = when.end.year * 12 + when.end.month - 1
    for month in range(first, last + 1):
        yield f"{month // 12:04}-{month % 12 + 1:02}"


def _alike(planned: Told, event: Told) -> bool:
    shared = len(set(planned.people) & set(event.people))
    if planned.place and event.place:
        same_place = place_key(planned.place) == place_key(event.place)
        return same_place and (shared > 0 or not planned.people or not event.people)
    return shared > 1
