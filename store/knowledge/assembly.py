"""From summaries to the records of knowledge.db: joined, merged, keyed. Pure; holds no SQL.

A record is one row with the rows that belong to it (an event with its sources and
persons). Its digest changes when any of them does, and so tells a reload what to write.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from store.knowledge.joining import Cast, JoinedPerson, person_key
from store.knowledge.keys import content_key, digest, place_key
from store.knowledge.values import (
    Grade,
    StatedEvent,
    StatedFigure,
    StatedQuote,
    Status,
    Summary,
    When,
)
from store.names import sound
from store.text import fold, sentences

Value = str | int | None
Row = Mapping[str, Value]

_LONGEST_OUTCOME = timedelta(days=31)
_STRENGTH = (Status.HAPPENED, Status.ONGOING, Status.PLANNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of a table, and the rows of other tables that it owns."""

    key: str
    digest: str
    row: Row
    owned: Mapping[str, Sequence[Row]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """All that knowledge.db is to hold, by table and key."""

    source: Mapping[str, Record]
    person: Mapping[str, Record]
    event: Mapping[str, Record]
    quote: Mapping[str, Record]
    figure: Mapping[str, Record]


def source_key(summary: Summary) -> str:
    """Return the key of the source that `summary` is of: its address, else its imprint."""
    if summary.document:
        return content_key("source", summary.document)
    return content_key("source", summary.outlet, summary.title, summary.published.isoformat())


def assemble(summaries: Iterable[Summary]) -> Records:
    """Make the records of `summaries`, whose sources are all different."""
    keyed = [
        (source_key(summary), summary)
        for summary in sorted(summaries, key=lambda s: (s.published, s.file, s.title))
    ]
    cast = Cast(keyed)
    return Records(
        source={key: _source(key, summary) for key, summary in keyed},
        person=_people(keyed, cast),
        event=_events(keyed, cast),
        quote=_quotes(keyed, cast),
        figure=_figures(keyed),
    )


def _record(key: str, row: Row, **owned: Sequence[Row]) -> Record:
    shown = json.dumps([row, owned], sort_keys=True, ensure_ascii=False, default=list)
    return Record(key=key, digest=digest(shown), row=row, owned=owned)


def _source(key: str, summary: Summary) -> Record:
    items = "\n".join(
        [
            *(f"{p.name} {p.role or ''}".strip() for p in summary.people),
            *(f"{e.text} ({e.place})" if e.place else e.text for e in summary.events),
            *(f"{q.speaker}: {q.text}" for q in summary.quotes),
            *(f"{f.what}: {f.value}" for f in summary.figures),
        ]
    )
    row = {
        "file": summary.file,
        "title": summary.title,
        "outlet": summary.outlet,
        "document": summary.document,
        "published": summary.published.isoformat(),
        "basis": summary.published_basis,
        "because": summary.published_because,
        "body": summary.body,
        "items": items,
        "folded": fold(f"{summary.title}\n{summary.body}\n{items}"),
    }
    return _record(key, row)


def _people(keyed: Sequence[tuple[str, Summary]], cast: Cast) -> dict[str, Record]:
    mentions = _mentions(keyed, cast)
    return {
        person.key: _record(
            person.key,
            {"name": person.name},
            name=_name_rows(person),
            name_word=[
                {"word": word, "sound": sound(word)}
                for word in sorted({w for name in person.names for w in fold(name).split()})
            ],
            role=[
                {
                    "title": role.title,
                    "side": role.side,
                    "source": role.source,
                    "seen": role.seen.isoformat(),
                }
                for role in person.roles
            ],
            mention=[
                {"source": source, "sentence": sentence}
                for source, sentence in mentions[person.key].items()
            ],
        )
        for person in cast.people()
    }


def _name_rows(person: JoinedPerson) -> list[Row]:
    return [{"text": name, "folded": fold(name), "key": person_key(name)} for name in person.names]


def _mentions(
    keyed: Sequence[tuple[str, Summary]], cast: Cast
) -> Mapping[str, dict[str, str | None]]:
    """Return, for each person, the sources that name them and the first sentence that does."""
    mentions: dict[str, dict[str, str | None]] = defaultdict(dict)
    for source, summary in keyed:
        for sentence in sentences(summary.body):
            for person in cast.recognise(sentence, source):
                mentions[person].setdefault(source, sentence)
        stated = [
            *(person.name for person in summary.people),
            *(quote.speaker for quote in summary.quotes),
            *(name for event in summary.events for name in event.people or ()),
        ]
        for name in stated:
            mentions[cast.key_of(name, source)].setdefault(source, None)
    return mentions


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One event as all its sources tell it: the first's words, the strongest status."""

    key: str
    when: When
    text: str
    place: str | None
    status: Status
    people: Sequence[str]
    tellings: Sequence[tuple[str, StatedEvent]]


def _events(keyed: Sequence[tuple[str, Summary]], cast: Cast) -> dict[str, Record]:
    tellings: dict[str, list[tuple[str, StatedEvent]]] = defaultdict(list)
    for source, summary in keyed:
        for event in summary.events:
            key = content_key("event", str(event.when), fold(event.text) or event.text)
            tellings[key].append((source, event))
    events = [_told(key, told, cast) for key, told in tellings.items()]
    outcomes = _Outcomes(event for event in events if event.status is not Status.PLANNED)
    return {event.key: _event(event, outcomes) for event in events}


def _told(key: str, tellings: Sequence[tuple[str, StatedEvent]], cast: Cast) -> _Told:
    events = [event for _, event in tellings]
    return _Told(
        key=key,
        when=events[0].when,
        text=events[0].text,
        place=next((event.place for event in events if event.place), None),
        status=min((event.status for event in events), key=_STRENGTH.index),
        people=sorted({p for source, event in tellings for p in _present(source, event, cast)}),
        tellings=tellings,
    )


def _present(source: str, event: StatedEvent, cast: Cast) -> Iterable[str]:
    if event.people is None:
        return cast.recognise(event.text, source)
    return (cast.key_of(name, source) for name in event.people)


def _event(event: _Told, outcomes: "_Outcomes") -> Record:
    sources: dict[str, Row] = {}
    for source, told in event.tellings:
        row = {
            "source": source,
            "status": told.status,
            "basis": told.basis,
            "because": told.because,
        }
        sources.setdefault(source, row)
    return _record(
        event.key,
        {
            "starts": event.when.start.isoformat(),
            "ends": event.when.end.isoformat(),
            "precision": event.when.precision,
            "text": event.text,
            "place": event.place,
            "place_key": place_key(event.place) if event.place else None,
            "status": event.status,
            "borne_out": int(event.status is Status.PLANNED and outcomes.bear_out(event)),
            "correction": next((t.correction for _, t in event.tellings if t.correction), None),
        },
        event_source=list(sources.values()),
        event_person=[{"person": person} for person in event.people],
    )


class _Outcomes:
    """The events that took place: what a planned event is held against.

    A planned event is borne out when a source tells of one that took place on
    one of its days in the same place, with one of its persons where both name
    any; or, where a place is missing, with two of its persons. Events known to
    a year only bear nothing out.
    """

    def __init__(self, happened: Iterable[_Told]) -> None:
        self._marked: dict[tuple[str, str], list[_Told]] = defaultdict(list)
        for event in happened:
            if event.when.end - event.when.start <= _LONGEST_OUTCOME:
                for mark in _marks(event):
                    self._marked[mark].append(event)

    def bear_out(self, planned: _Told) -> bool:
        """Tell whether a source says that `planned` took place."""
        return any(
            event.when.overlaps(planned.when) and _alike(planned, event)
            for mark in _marks(planned)
            for event in self._marked.get(mark, ())
        )


def _marks(event: _Told) -> Iterator[tuple[str, str]]:
    """Yield each month with the place and each person: like events share one of them."""
    known = [*event.people, *([place_key(event.place)] if event.place else [])]
    return ((month, one) for month in _months(event.when) for one in known)


def _months(when: When) -> Iterator[str]:
    """Yield every month of which some day belongs to `when`."""
    first = when.start.year * 12 + when.start.month - 1
    last = when.end.year * 12 + when.end.month - 1
    for month in range(first, last + 1):
        yield f"{month // 12:04}-{month % 12 + 1:02}"


def _alike(planned: _Told, event: _Told) -> bool:
    shared = len(set(planned.people) & set(event.people))
    if planned.place and event.place:
        same_place = place_key(planned.place) == place_key(event.place)
        return same_place and (shared > 0 or not planned.people or not event.people)
    return shared > 1


def _quotes(keyed: Sequence[tuple[str, Summary]], cast: Cast) -> dict[str, Record]:
    given: dict[tuple[str, str], list[tuple[str, Summary, StatedQuote]]] = defaultdict(list)
    for source, summary in keyed:
        for quote in summary.quotes:
            person = cast.key_of(quote.speaker, source)
            given[person, fold(quote.text) or quote.text].append((source, summary, quote))
    records = (_quote(person, words, givings) for (person, words), givings in given.items())
    return {record.key: record for record in records}


def _quote(person: str, words: str, givings: Sequence[tuple[str, Summary, StatedQuote]]) -> Record:
    quotes = [quote for _, _, quote in givings]
    said = next((quote.when for quote in quotes if quote.when), None)
    verbatim = any(quote.grade is Grade.VERBATIM for quote in quotes)
    return _record(
        # Not the person's key: that may become another's when persons are joined.
        content_key("quote", fold(quotes[0].speaker), words),
        {
            "person": person,
            "text": quotes[0].text,
            "said": str(said) if said else None,
            "sorted": (said.start if said else givings[0][1].published).isoformat(),
            "grade": Grade.VERBATIM if verbatim else Grade.REPORTED,
            "about": next((quote.about for quote in quotes if quote.about), None),
            "correction": next((quote.correction for quote in quotes if quote.correction), None),
        },
        quote_source=[{"source": s} for s in dict.fromkeys(s for s, _, _ in givings)],
    )


def _figures(keyed: Sequence[tuple[str, Summary]]) -> dict[str, Record]:
    given: dict[tuple[str, str, str], list[tuple[str, StatedFigure]]] = defaultdict(list)
    for source, summary in keyed:
        for figure in summary.figures:
            when = str(figure.when or "")
            what = fold(figure.what) or figure.what
            given[what, figure.value.casefold(), when].append((source, figure))
    records = (_figure(content_key("figure", *what), givings) for what, givings in given.items())
    return {record.key: record for record in records}


def _figure(key: str, givings: Sequence[tuple[str, StatedFigure]]) -> Record:
    figures = [figure for _, figure in givings]
    return _record(
        key,
        {
            "what": figures[0].what,
            "value": figures[0].value,
            "at": str(figures[0].when) if figures[0].when else None,
            "according_to": next((f.according_to for f in figures if f.according_to), None),
        },
        figure_source=[{"source": s} for s in dict.fromkeys(s for s, _ in givings)],
    )
