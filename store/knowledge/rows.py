"""What is selected of events, by name: an event, and what each of its sources says of it."""

from typing import NamedTuple


class EventRow(NamedTuple):
    """An event, as it is listed or as one source tells it."""

    key: str
    starts: str
    ends: str
    precision: str
    text: str
    place: str | None
    status: str
    borne_out: int
    correction: str | None
    elsewhere: int  # whether other sources tell it of another day (store.knowledge.disputes)


class TellingRow(NamedTuple):
    """What one source says of an event; None where that is what the event has."""

    event: str
    source: str
    n: int
    outlet: str
    published: str
    basis: str
    because: str | None
    status: str
    starts: str | None
    ends: str | None
    precision: str | None
    text: str | None
