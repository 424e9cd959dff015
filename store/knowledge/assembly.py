"""From summaries to the records of knowledge.db: joined, merged, keyed. Pure; holds no SQL.

A record is one row with the rows that belong to it (an event with its sources and
persons). Its digest changes when any of them does, and so tells a reload what to write.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from store.knowledge.gazetteer import Gazetteer, subject_key
from store.knowledge.joining import Cast, JoinedPerson, person_key
from store.knowledge.keys import content_key, digest, place_key
from store.knowledge.outcomes import Outcomes, Told
from store.knowledge.tellings import days_told, event_key, told_events
from store.knowledge.topics import month_mark
from store.knowledge.values import (
    Grade,
    StatedEvent,
    StatedFigure,
    StatedQuote,
    StatedSubject,
    Status,
    Summary,
)
from store.names import sound
from store.text import fold, sentences

Value = str | int | None
Row = Mapping[str, Value]


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
    subject: Mapping[str, Record]


def source_key(summary: Summary) -> str:
    """Return the key of the source that `summary` is of: its address, else its imprint."""
    if summary.document:
        return content_key("source", summary.document)
    return content_key("source", summary.outlet, summary.title, summary.published.isoformat())


def assemble(summaries: Iterable[Summary], subjects: Iterable[StatedSubject] = ()) -> Records:
    """Make the records of `summaries`, whose sources are all different, and of `subjects`.

    A subject that nothing names is none: each line of its page has a source.
    """
    keyed = [
        (source_key(summary), summary)
        for summary in sorted(summaries, key=lambda s: (s.published, s.file, s.title))
    ]
    cast = Cast(keyed)
    events = (event for _, summary in keyed for event in summary.events)
    gazetteer = Gazetteer(subjects, (event.place for event in events if event.place))
    people = list(cast.people())
    speakers = {person.key: _belongs(person, gazetteer) for person in people}
    published = {key: summary.published.isoformat() for key, summary in keyed}
    linked = {
        "source": {key: _source(key, summary, gazetteer) for key, summary in keyed},
        "person": _people(people, speakers, _mentions(keyed, cast), published),
        "event": _events(keyed, cast, gazetteer, speakers),
        "quote": _quotes(keyed, cast, gazetteer),
        "figure": _figures(keyed, gazetteer),
    }
    return Records(**linked, subject=_subjects(gazetteer, linked))


def _subjects(
    gazetteer: Gazetteer, linked: Mapping[str, Mapping[str, Record]]
) -> dict[str, Record]:
    named = {
        row["subject"]
        for kind, records in linked.items()
        for record in records.values()
        for row in record.owned[f"{kind}_subject"]
    }
    return {
        key: _record(
            key,
            {"name": subject.name, "kind": subject.kind, "side": subject.side},
            subject_name=[
                {"text": text, "folded": folded, "key": subject_key(text)}
                for folded, text in {
                    fold(name): name for name in (*subject.aliases, subject.name)
                }.items()
            ],
            subject_word=[
                {"word": word, "sound": sound(word)}
                for word in sorted(
                    {w for name in (subject.name, *subject.aliases) for w in fold(name).split()}
                )
            ],
        )
        for key, subject in gazetteer.subjects.items()
        if key in named
    }


def _belongs(person: JoinedPerson, gazetteer: Gazetteer) -> Mapping[str, bool]:
    return gazetteer.of_roles((role.title, role.side) for role in person.roles)


def _subject_rows(keys: Iterable[str], **beside: Value) -> list[Row]:
    return [{"subject": key, **beside} for key in sorted(keys)]


def _record(key: str, row: Row, **owned: Sequence[Row]) -> Record:
    shown = json.dumps([row, owned], sort_keys=True, ensure_ascii=False, default=list)
    return Record(key=key, digest=digest(shown), row=row, owned=owned)


def _source(key: str, summary: Summary, gazetteer: Gazetteer) -> Record:
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
    first: dict[str, str | None] = {}
    for sentence in sentences(summary.body):
        for subject in gazetteer.in_text(sentence):
            first.setdefault(subject, sentence)
    for subject in gazetteer.in_text(summary.title, *items.splitlines()):
        first.setdefault(subject, None)
    named: list[Row] = [
        {"subject": key, "published": row["published"], "sentence": first[key]}
        for key in sorted(first)
    ]
    return _record(key, row, source_subject=named)


def _people(
    people: Iterable[JoinedPerson],
    speakers: Mapping[str, Mapping[str, bool]],
    mentions: Mapping[str, Mapping[str, str | None]],
    published: Mapping[str, str],
) -> dict[str, Record]:
    return {
        person.key: _record(
            person.key,
            {"name": person.name, "named": len(mentions[person.key])},
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
                {"source": source, "published": published[source], "sentence": sentence}
                for source, sentence in mentions[person.key].items()
            ],
            role_word=[
                {"title": title, "word": word, "seen": seen}
                for title, seen in sorted(_titles(person).items())
                for word in sorted(set(fold(title).split()))
            ],
            person_subject=[
                {"subject": key, "speaks": int(speaks)}
                for key, speaks in sorted(speakers[person.key].items())
            ],
        )
        for person in people
    }


def _titles(person: JoinedPerson) -> dict[str, str]:
    """Return the titles of a person, each with the day on which it was seen last."""
    seen: dict[str, str] = {}
    for role in person.roles:
        if role.title:
            seen[role.title] = max(role.seen.isoformat(), seen.get(role.title, ""))
    return seen


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


def _events(
    keyed: Sequence[tuple[str, Summary]],
    cast: Cast,
    gazetteer: Gazetteer,
    speakers: Mapping[str, Mapping[str, bool]],
) -> dict[str, Record]:
    events = told_events(keyed, cast, gazetteer)
    outcomes = Outcomes(
        day for event in events if event.status is not Status.PLANNED for day in days_told(event)
    )
    return {
        event.key: _event(event, outcomes, _concerned(event, gazetteer, speakers))
        for event in events
    }


def _concerned(
    event: Told, gazetteer: Gazetteer, speakers: Mapping[str, Mapping[str, bool]]
) -> set[str]:
    """Return the subjects of an event: where it is, whom it names, for whom its people speak."""
    spoken = {key for person in event.people for key, speaks in speakers[person].items() if speaks}
    words = dict.fromkeys((event.text, *(told.text for _, told in event.tellings)))
    return gazetteer.at(event.place) | gazetteer.in_text(*words) | spoken


def _event(event: Told, outcomes: Outcomes, subjects: Iterable[str]) -> Record:
    is_planned = event.status is Status.PLANNED
    sources: dict[str, Row] = {}
    for source, told in event.tellings:
        sources.setdefault(source, _source_of(event, source, told))
    borne_out = is_planned and any(map(outcomes.bear_out, days_told(event)))
    # What a page of events is chosen by.
    chosen: dict[str, str | int] = {
        "starts": event.when.start.isoformat(),
        "ends": event.when.end.isoformat(),
        "open": int(is_planned and not borne_out),
    }
    return _record(
        event.key,
        {
            "starts": chosen["starts"],
            "ends": chosen["ends"],
            "precision": event.when.precision,
            "text": event.text,
            "place": event.place,
            "place_key": place_key(event.place) if event.place else None,
            "status": event.status,
            "borne_out": int(borne_out),
            "correction": next((t.correction for _, t in event.tellings if t.correction), None),
        },
        event_source=list(sources.values()),
        event_person=[{"person": person, **chosen} for person in event.people],
        event_subject=_subject_rows(subjects, **chosen),
    )


def _source_of(event: Told, source: str, told: StatedEvent) -> Row:
    """Return what a source says of an event; None is what it says as the event is told."""
    other, key = told.when != event.when, event_key(told)
    return {
        "source": source,
        "status": told.status,
        "basis": told.basis,
        "because": told.because,
        "telling": key if key != event.key else None,
        "text": told.text if told.text != event.text else None,
        "starts": told.when.start.isoformat() if other else None,
        "ends": told.when.end.isoformat() if other else None,
        "precision": told.when.precision if other else None,
    }


def _quotes(
    keyed: Sequence[tuple[str, Summary]], cast: Cast, gazetteer: Gazetteer
) -> dict[str, Record]:
    given: dict[tuple[str, str], list[tuple[str, Summary, StatedQuote]]] = defaultdict(list)
    for source, summary in keyed:
        for quote in summary.quotes:
            person = cast.key_of(quote.speaker, source)
            given[person, fold(quote.text) or quote.text].append((source, summary, quote))
    records = (
        _quote(person, words, givings, gazetteer) for (person, words), givings in given.items()
    )
    return {record.key: record for record in records}


def _quote(
    person: str,
    words: str,
    givings: Sequence[tuple[str, Summary, StatedQuote]],
    gazetteer: Gazetteer,
) -> Record:
    quotes = [quote for _, _, quote in givings]
    said = next((quote.when for quote in quotes if quote.when), None)
    verbatim = any(quote.grade is Grade.VERBATIM for quote in quotes)
    about = next((quote.about for quote in quotes if quote.about), None)
    first = said.start if said else givings[0][1].published
    subjects = gazetteer.in_text(*(words for q in quotes for words in (q.text, q.about)))
    months = [month_mark(first.year, first.month)] if said else []
    return _record(
        # Not the person's key: that may become another's when persons are joined.
        content_key("quote", fold(quotes[0].speaker), words),
        {
            "person": person,
            "text": quotes[0].text,
            "said": str(said) if said else None,
            "sorted": first.isoformat(),
            "grade": Grade.VERBATIM if verbatim else Grade.REPORTED,
            "about": about,
            "folded": fold(f"{quotes[0].text} {about or ''}"),
            "marks": " ".join([*sorted(subjects), *months]),
            "correction": next((quote.correction for quote in quotes if quote.correction), None),
        },
        quote_source=[{"source": s} for s in dict.fromkeys(s for s, _, _ in givings)],
        quote_subject=_subject_rows(subjects, sorted=first.isoformat()),
    )


def _figures(keyed: Sequence[tuple[str, Summary]], gazetteer: Gazetteer) -> dict[str, Record]:
    given: dict[tuple[str, str, str], list[tuple[str, StatedFigure]]] = defaultdict(list)
    for source, summary in keyed:
        for figure in summary.figures:
            when = str(figure.when or "")
            what = fold(figure.what) or figure.what
            given[what, figure.value.casefold(), when].append((source, figure))
    records = (
        _figure(content_key("figure", *what), givings, gazetteer) for what, givings in given.items()
    )
    return {record.key: record for record in records}


def _figure(key: str, givings: Sequence[tuple[str, StatedFigure]], gazetteer: Gazetteer) -> Record:
    figures = [figure for _, figure in givings]
    what, at = figures[0].what, str(figures[0].when) if figures[0].when else None
    according_to = next((f.according_to for f in figures if f.according_to), None)
    folded = fold(what) or what
    return _record(
        key,
        {
            "what": what,
            "folded": folded,
            "words": fold(f"{what} {according_to or ''}"),
            "value": figures[0].value,
            "at": at,
            "according_to": according_to,
        },
        figure_source=[{"source": s} for s in dict.fromkeys(s for s, _ in givings)],
        figure_subject=_subject_rows(
            gazetteer.in_text(*(words for f in figures for words in (f.what, f.according_to))),
            folded=folded,
            at=at or "",
        ),
    )
