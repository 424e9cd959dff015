"""What is known of quotes: whose, about what, from which sources."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from store.database import Connection
from store.knowledge.sources import Citations, citations_of
from store.knowledge.topics import Topic
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
    SELECT quote.key, quote.person, person.name AS speaker, quote.text, said, sorted, grade, about,
    correction
    FROM quote JOIN person ON person.key = quote.person
"""


def quotes(db: Connection, *, person: str | None = None, limit: int, offset: int = 0) -> QuotePage:
    """Return the quotes of a person, or of all, newest first."""
    values = {"person": person, "limit": limit, "offset": offset}
    total = db.execute(
        "SELECT COUNT(*) FROM quote WHERE :person IS NULL OR person = :person", values
    ).fetchone()[0]
    rows = db.query(
        _QUOTE + "WHERE :person IS NULL OR quote.person = :person "
        "ORDER BY sorted DESC, quote.key LIMIT :limit OFFSET :offset",
        values,
    )
    return QuotePage(quotes=_quotes(db, rows), offset=offset, total=total)


def quotes_naming(db: Connection, subject: str, *, limit: int, offset: int = 0) -> QuotePage:
    """Return the quotes that name a subject, in their words or in what they are about."""
    values = {"subject": subject, "limit": limit, "offset": offset}
    total = db.execute(
        "SELECT COUNT(*) FROM quote_subject WHERE subject = :subject", values
    ).fetchone()[0]
    rows = db.query(
        _QUOTE + "JOIN quote_subject ON quote_subject.quote = quote.key WHERE subject = :subject "
        "ORDER BY sorted DESC, quote.key LIMIT :limit OFFSET :offset",
        values,
    )
    return QuotePage(quotes=_quotes(db, rows), offset=offset, total=total)


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
    rows = db.query(
        "SELECT key, text, about FROM quote WHERE (:person IS NULL OR person = :person) "
        "AND (:subject IS NULL OR person IN "
        "(SELECT person FROM person_subject WHERE subject = :subject AND speaks)) "
        "AND (:first IS NULL OR said IS NOT NULL AND sorted BETWEEN :first AND :last) "
        "ORDER BY sorted DESC, key",
        {
            "person": person,
            "subject": subject,
            "first": when.start.isoformat() if when else None,
            "last": when.end.isoformat() if when else None,
        },
    )
    asked = Topic(topic)
    named = {
        row["quote"]
        for row in db.query(
            "SELECT quote FROM quote_subject WHERE subject IN "
            "(SELECT subject FROM subject_name WHERE folded = :folded)",
            {"folded": fold(topic)},
        )
    }
    keys = [
        row["key"]
        for row in rows
        if row["key"] in named or asked.all_in(f"{row['text']} {row['about'] or ''}")
    ]
    shown = [
        row
        for key in keys[offset : offset + limit]
        for row in db.query(_QUOTE + "WHERE quote.key = :key", {"key": key})
    ]
    return QuotePage(quotes=_quotes(db, shown), offset=offset, total=len(keys))


def quotes_of_source(db: Connection, source: str) -> tuple[Quote, ...]:
    """Return the quotes that a source gives."""
    rows = db.query(
        _QUOTE + "JOIN quote_source ON quote_source.quote = quote.key "
        "WHERE quote_source.source = :source ORDER BY sorted, quote.key",
        {"source": source},
    )
    return _quotes(db, rows)


def quotes_of_keys(db: Connection, keys: Sequence[str]) -> tuple[Quote, ...]:
    """Return the quotes of `keys` that are known, oldest first."""
    found = [
        row for key in keys for row in db.query(_QUOTE + "WHERE quote.key = :key", {"key": key})
    ]
    return _quotes(db, sorted(found, key=lambda row: (row["sorted"], row["key"])))


def _quotes(db: Connection, rows: Iterable[Mapping[str, str]]) -> tuple[Quote, ...]:
    return tuple(
        Quote(
            key=row["key"],
            person=row["person"],
            speaker=row["speaker"],
            text=row["text"],
            said=When.parse(row["said"]) if row["said"] else None,
            published=date.fromisoformat(row["sorted"]),
            grade=Grade(row["grade"]),
            about=row["about"],
            correction=row["correction"],
            sources=citations_of(db, "quote", row["key"]),
        )
        for row in list(rows)
    )
