"""From what the summaries say to the records of knowledge.db: joined, merged, keyed.

Pure; holds no SQL. What stands in one summary alone is made in `deriving`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from store.knowledge.gazetteer import Gazetteer, subject_key
from store.knowledge.keys import content_key, place_key
from store.knowledge.making.calling import person_key
from store.knowledge.making.equalising import Record, Row, Value, record
from store.knowledge.making.joining import JoinedPerson
from store.knowledge.making.outcomes import Told
from store.knowledge.making.said import Context, Said, event_key, words_key
from store.knowledge.topics import month_mark
from store.knowledge.values import (
    Grade,
    StatedEvent,
    StatedFigure,
    StatedQuote,
    StatedSubject,
    Status,
)
from store.names import sound
from store.text import fold


def person_record(person: JoinedPerson, gazetteer: Gazetteer) -> Record:
    """Return a person with what they are called, and what they belong to."""
    titles = sorted({title for title, _ in person.roles if title})
    return record(
        person.key,
        {"name": person.name},
        name=[
            {"text": name, "folded": fold(name), "key": person_key(name)} for name in person.names
        ],
        name_word=_word_rows(person.names),
        role_word=[
            {"title": title, "word": word}
            for title in titles
            for word in sorted(set(fold(title).split()))
        ],
        person_subject=[
            {"subject": key, "speaks": int(speaks)}
            for key, speaks in sorted(gazetteer.of_roles(person.roles).items())
        ],
    )


def subject_record(key: str, subject: StatedSubject) -> Record:
    """Return a subject with what it is called."""
    named = {fold(name): name for name in (*subject.aliases, subject.name)}
    return record(
        key,
        {"name": subject.name, "kind": str(subject.kind), "side": subject.side},
        subject_name=[
            {"text": text, "folded": folded, "key": subject_key(text)}
            for folded, text in named.items()
        ],
        subject_word=_word_rows((subject.name, *subject.aliases)),
    )


def _word_rows(names: Iterable[str]) -> list[Row]:
    return [
        {"word": word, "sound": sound(word)}
        for word in sorted({word for name in names for word in fold(name).split()})
    ]


def _subject_rows(keys: Iterable[str], **beside: Value) -> list[Row]:
    return [{"subject": key, **beside} for key in sorted(keys)]


def event_record(event: Told, context: Context) -> Record:
    """Return an event with who tells it and whom it concerns; its outcome is not known yet."""
    sources: dict[str, Row] = {}
    for source, told in event.tellings:
        sources.setdefault(source, _source_of(event, source, told))
    # What a page of events is chosen by.
    chosen: Row = {
        "starts": event.when.start.isoformat(),
        "ends": event.when.end.isoformat(),
        "open": int(event.status is Status.PLANNED),
    }
    return record(
        event.key,
        {
            "starts": chosen["starts"],
            "ends": chosen["ends"],
            "precision": str(event.when.precision),
            "text": event.text,
            "place": event.place,
            "place_key": place_key(event.place) if event.place else None,
            "status": str(event.status),
            "borne_out": 0,
            "correction": next((t.correction for _, t in event.tellings if t.correction), None),
        },
        event_source=list(sources.values()),
        event_person=[
            {"person": person, **chosen, "beside": " ".join(p for p in event.people if p != person)}
            for person in event.people
        ],
        event_subject=_subject_rows(_concerned(event, context), **chosen),
    )


def _concerned(event: Told, context: Context) -> set[str]:
    """Return the subjects of an event: where it is, whom it names, for whom its people speak."""
    spoken = {key for person in event.people for key in context.speaks(person)}
    words = dict.fromkeys((event.text, *(told.text for _, told in event.tellings)))
    return context.gazetteer.at(event.place) | _named(context, words) | spoken


def _named(context: Context, texts: Iterable[str | None]) -> set[str]:
    return {key for text in texts if text for key in context.subjects_in(text)}


def _source_of(event: Told, source: str, told: StatedEvent) -> Row:
    """Return what a source says of an event; None is what it says as the event is told."""
    other = told.when != event.when
    key = event.key if not other and told.text == event.text else event_key(told)
    return {
        "source": source,
        "status": str(told.status),
        "basis": str(told.basis),
        "because": told.because,
        "telling": key if key != event.key else None,
        "text": told.text if told.text != event.text else None,
        "starts": told.when.start.isoformat() if other else None,
        "ends": told.when.end.isoformat() if other else None,
        "precision": str(told.when.precision) if other else None,
    }


def quote_records(
    words: str, givings: Iterable[tuple[Said, StatedQuote]], context: Context
) -> list[Record]:
    """Return the quotes of the same words, one for each person who is given them.

    The key of each is of the name that is given first, not of the person: that may become
    another's when persons are joined. Only of two who are called alike the second's is.
    """
    of: dict[str, list[tuple[Said, StatedQuote]]] = defaultdict(list)
    for said, quote in sorted(givings, key=lambda giving: giving[0].order):
        of[context.whom(said, quote.speaker)].append((said, quote))
    records: dict[str, Record] = {}
    for person, given in of.items():
        speaker = fold(given[0][1].speaker)
        key = content_key("quote", speaker, words)
        if key in records:
            key = content_key("quote", speaker, words, person)
        records[key] = _quote(key, person, words, given, context)
    return list(records.values())


def _quote(
    key: str,
    person: str,
    words: str,
    givings: Sequence[tuple[Said, StatedQuote]],
    context: Context,
) -> Record:
    quotes = [quote for _, quote in givings]
    said = next((quote.when for quote in quotes if quote.when), None)
    verbatim = any(quote.grade is Grade.VERBATIM for quote in quotes)
    about = next((quote.about for quote in quotes if quote.about), None)
    first = said.start if said else givings[0][0].summary.published
    subjects = _named(context, (words for q in quotes for words in (q.text, q.about)))
    months = [month_mark(first.year, first.month)] if said else []
    return record(
        key,
        {
            "person": person,
            "words": words_key(words),
            "text": quotes[0].text,
            "said": str(said) if said else None,
            "sorted": first.isoformat(),
            "grade": str(Grade.VERBATIM if verbatim else Grade.REPORTED),
            "about": about,
            "folded": fold(f"{quotes[0].text} {about or ''}"),
            "marks": " ".join([*sorted(subjects), *months]),
            "correction": next((quote.correction for quote in quotes if quote.correction), None),
        },
        quote_source=[{"source": s} for s in dict.fromkeys(said.key for said, _ in givings)],
        quote_subject=_subject_rows(subjects, sorted=first.isoformat()),
    )


def figure_record(
    key: str, givings: Iterable[tuple[Said, StatedFigure]], context: Context
) -> Record:
    """Return the figure that several sources give."""
    ordered = sorted(givings, key=lambda giving: giving[0].order)
    figures = [figure for _, figure in ordered]
    what, at = figures[0].what, str(figures[0].when) if figures[0].when else None
    according_to = next((f.according_to for f in figures if f.according_to), None)
    folded = fold(what) or what
    return record(
        key,
        {
            "what": what,
            "folded": folded,
            "words": fold(f"{what} {according_to or ''}"),
            "value": figures[0].value,
            "at": at,
            "according_to": according_to,
        },
        figure_source=[{"source": s} for s in dict.fromkeys(said.key for said, _ in ordered)],
        figure_subject=_subject_rows(
            _named(context, (words for f in figures for words in (f.what, f.according_to))),
            folded=folded,
            at=at or "",
        ),
    )
