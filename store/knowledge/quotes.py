"""What is known of quotes: whose, about what, from which sources."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from store.database import Connection
from store.knowledge.forms import in_any_form
from store.knowledge.remembering import counted
from store.knowledge.sources import Citations, Row, citations_of
from store.knowledge.topics import Topic, month_mark
from store.knowledge.values import Grade, When
from store.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words given to a speaker, with the sources that give them."""

    key: str
    person: str
    speaker: str
    text: str
    said: When | None
    published: date
    grade: Grade
    about: str | None
    sources: Citations
    correction: str | None = None  # the words that these correct


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePage:
    """One page of quotes, newest first, and how many there are."""

    quotes: tuple[Quote, ...]
    offset: int
    total: int


_QUOTE = """
    SELECT quote.key, quote.person, person.name, quote.text, said, quote.sorted, grade, about,
    correction
    FROM quote JOIN person ON person.key = quote.person
"""
_OF_KEYS = """
    WHERE quote.key IN (SELECT value FROM json_each(:keys)) ORDER BY quote.sorted, quote.key
"""
_GRADES: Mapping[str, Grade] = {grade.value: grade for grade in Grade}
_MATCHING = "rowid IN (SELECT rowid FROM quote_text WHERE quote_text MATCH :match)"
_MOST_ORDERED = 200  # of many quotes; those loaded last, what is older follows as it was loaded
_OFTEN = 0.001  # of all quotes: who said more of them is soon met among the newest of all
_MOST_MONTHS = 36  # looked for by month


def quotes(db: Connection, *, person: str | None = None, limit: int, offset: int = 0) -> QuotePage:
    """Return the quotes of a person, or of all, newest first."""
    where = "WHERE quote.person = :person " if person else ""
    total = counted(db, f"SELECT COUNT(*) FROM quote {where}", {"person": person})  # noqa: S608 (our own text)
    rows = db.conn.execute(
        f"{_QUOTE} {where} ORDER BY quote.sorted DESC, quote.key LIMIT :limit OFFSET :offset",
        {"person": person, "limit": limit, "offset": offset},
    )
    return QuotePage(quotes=_quotes(db, rows), offset=offset, total=total)


def telling_quote(
    db: Connection, *, person: str | None = None, subject: str | None = None
) -> Quote | None:
    """Return what a person said last in their own words, or last at all; or what names a subject.

    Words of their own are looked for among the newest quotes.
    """
    newest = _NEWEST_OF_PERSON if subject is None else _NEWEST_NAMING
    keys = _keys(
        db,
        f"SELECT key FROM ({newest} LIMIT :newest) "  # noqa: S608 (our own text)
        "ORDER BY grade != :verbatim, sorted DESC, key LIMIT 1",
        {"person": person, "subject": subject, "newest": _NEWEST, "verbatim": Grade.VERBATIM},
    )
    return next(iter(quotes_of_keys(db, keys)), None)


_NEWEST = 20
_NEWEST_OF_PERSON = (
    "SELECT key, grade, sorted FROM quote WHERE person = :person ORDER BY sorted DESC, key"
)
_NEWEST_NAMING = (
    "SELECT key, grade, quote.sorted FROM quote_subject AS named JOIN quote ON key = named.quote "
    "WHERE subject = :subject ORDER BY named.sorted DESC, named.quote"
)


def number_naming(db: Connection, subject: str) -> int:
    """Return how many quotes name a subject."""
    return counted(
        db,
        "SELECT COUNT(*) FROM quote_subject WHERE subject = :subject",
        {"subject": subject},
    )


def quotes_naming(db: Connection, subject: str, *, limit: int, offset: int = 0) -> QuotePage:
    """Return the quotes that name a subject, in their words or in what they are about."""
    keys = _keys(
        db,
        "SELECT quote FROM quote_subject WHERE subject = :subject "
        "ORDER BY sorted DESC, quote LIMIT :limit OFFSET :offset",
        {"subject": subject, "limit": limit, "offset": offset},
    )
    return QuotePage(
        quotes=_newest_first(db, keys), offset=offset, total=number_naming(db, subject)
    )


def quotes_about(
    db: Connection,
    topic: str,
    *,
    person: str | None = None,
    subject: str | None = None,
    when: When | None = None,
    limit: int,
    offset: int = 0,
) -> QuotePage:
    """Return the quotes whose words or subject have all words of `topic`, newest first.

    And those that name what is called so under another of its names.

    Of a person, of all who speak for a subject, and of a date where given; of a quote
    without a date nobody knows whether it was said then.
    """
    only: dict[str, str | None] = {
        "person": person,
        "subject": subject,
        "first": when.start.isoformat() if when else None,
        "last": when.end.isoformat() if when else None,
    }
    where = " AND ".join(_ONLY[name] for name in ("person", "subject", "first") if only[name])
    words = Topic(topic).words
    if not words:
        total = counted(db, f"SELECT COUNT(*) FROM quote WHERE {where or 'TRUE'}", only)  # noqa: S608 (our own text)
        keys = _of_time(db, where, only, total, limit=limit, offset=offset)
    else:
        forms = [in_any_form(db, "quote", word) for word in words]
        match = _match(forms, _called(db, topic), person=person, when=when)
        total, keys = _with_words(db, match, where, only, limit=limit, offset=offset)
    return QuotePage(quotes=_newest_first(db, keys), offset=offset, total=total)


_ONLY = {
    "person": "person = :person",
    "subject": "person IN (SELECT person FROM person_subject WHERE subject = :subject AND speaks)",
    "first": "said IS NOT NULL AND sorted BETWEEN :first AND :last",
}


def _of_time(
    db: Connection,
    where: str,
    only: Mapping[str, str | None],
    total: int,
    *,
    limit: int,
    offset: int,
) -> list[str]:
    """Return the keys of one page of the quotes that `where` lets through, newest first."""
    often = total > _OFTEN * counted(db, "SELECT COUNT(*) FROM quote", {})
    # With the plus the index of dates is read until the page is full.
    where = where.replace("person IN", "+person IN") if often else where
    return _keys(
        db,
        f"SELECT key FROM quote WHERE {where or 'TRUE'} "  # noqa: S608 (our own text)
        "ORDER BY sorted DESC, key LIMIT :limit OFFSET :offset",
        {**only, "limit": limit, "offset": offset},
    )


def _with_words(
    db: Connection,
    match: str,
    where: str,
    only: Mapping[str, str | None],
    *,
    limit: int,
    offset: int,
) -> tuple[int, list[str]]:
    """Return how many quotes `match` finds of those that `where` lets through, and a page."""
    asked = {**only, "match": match}
    page = {"limit": limit, "offset": offset}
    if only["subject"] is None and only["first"] is None:  # of a person is in `match`
        total = counted(db, "SELECT COUNT(*) FROM quote_text WHERE quote_text MATCH :match", asked)
        newest = "SELECT rowid FROM quote_text WHERE quote_text MATCH :match ORDER BY rowid DESC"
        if offset >= _MOST_ORDERED:
            found = f"SELECT key FROM quote WHERE rowid IN ({newest} LIMIT :limit OFFSET :offset)"  # noqa: S608 (our own text)
            return total, _keys(db, found, {**asked, **page})
        among = f"rowid IN ({newest} LIMIT :ordered)"
        page["limit"] = min(limit, _MOST_ORDERED - offset)
    else:
        among = f"{_MATCHING} AND {where}"
        total = counted(db, f"SELECT COUNT(*) FROM quote WHERE {among}", asked)  # noqa: S608 (our own text)
    return total, _keys(
        db,
        f"SELECT key FROM quote WHERE {among} "  # noqa: S608 (our own text)
        "ORDER BY +sorted DESC, key LIMIT :limit OFFSET :offset",
        {**asked, **page, "ordered": _MOST_ORDERED},
    )


def _match(
    forms: Iterable[str], called: Iterable[str], *, person: str | None, when: When | None
) -> str:
    """Return the question to FTS5: all words, in any form, or a name of what is `called` so."""
    found = f"folded : ({' AND '.join(forms)})"
    if marks := [f'marks : "{key}"' for key in called]:
        found = " OR ".join([f"({found})", *marks])
    match = f"({found})"
    if person is not None:
        match += f' AND person : "{person}"'
    if when is not None and (months := _months(when)):
        match += f" AND marks : ({' OR '.join(months)})"
    return match


def _months(when: When) -> list[str]:
    """Return the marks of the months of a date, of few."""
    first = when.start.year * 12 + when.start.month - 1
    last = when.end.year * 12 + when.end.month - 1
    if last - first >= _MOST_MONTHS:
        return []
    return [month_mark(month // 12, month % 12 + 1) for month in range(first, last + 1)]


def _called(db: Connection, topic: str) -> list[str]:
    """Return the keys of what is called `topic`."""
    return _keys(
        db, "SELECT subject FROM subject_name WHERE folded = :folded", {"folded": fold(topic)}
    )


def _keys(db: Connection, question: str, values: Mapping[str, str | int | None]) -> list[str]:
    return [row[0] for row in db.conn.execute(question, values)]


def _newest_first(db: Connection, keys: Sequence[str]) -> tuple[Quote, ...]:
    """Return the quotes of `keys` in their order."""
    found = {quote.key: quote for quote in quotes_of_keys(db, keys)}
    return tuple(found[key] for key in keys)


def quotes_of_source(db: Connection, source: str) -> tuple[Quote, ...]:
    """Return the quotes that a source gives."""
    rows = db.conn.execute(
        _QUOTE + "JOIN quote_source ON quote_source.quote = quote.key "
        "WHERE quote_source.source = :source ORDER BY sorted, quote.key",
        {"source": source},
    )
    return _quotes(db, rows)


def quotes_of_keys(db: Connection, keys: Sequence[str]) -> tuple[Quote, ...]:
    """Return the quotes of `keys` that are known, oldest first."""
    rows = db.conn.execute(
        _QUOTE + _OF_KEYS,
        {"keys": json.dumps(list(keys))},
    )
    return _quotes(db, rows)


def _quotes(db: Connection, rows: Iterable[Row]) -> tuple[Quote, ...]:
    told = list(rows)
    cited = citations_of(db, "quote", [row[0] for row in told])
    return tuple(
        Quote(
            key=key,
            person=person,
            speaker=speaker,
            text=text,
            said=When.known(said) if said else None,
            published=date.fromisoformat(published),
            grade=_GRADES[grade],
            about=about,
            correction=correction,
            sources=cited[key],
        )
        for key, person, speaker, text, said, published, grade, about, correction in told
    )
