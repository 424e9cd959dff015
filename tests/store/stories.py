"""Small stories to test with: values without files, and the files themselves."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import seeds
from store.database import Connection, migrate, open_connection, transaction
from store.knowledge import news
from store.knowledge.news import Kind, Newsworthy
from store.knowledge.reload import Diff, reload
from store.knowledge.schema import migrations
from store.knowledge.values import (
    Grade,
    StatedEvent,
    StatedFigure,
    StatedPerson,
    StatedQuote,
    Status,
    Story,
    Summary,
    When,
)

SEEDS = Path(seeds.__file__).parent
STORY = Story(title="The harbour", intro="Who builds the new harbour, and who does not.")
TABLES = (
    *("story", "side", "source", "person", "name", "name_word", "role", "mention", "event"),
    *("event_source", "event_person", "quote", "quote_source", "figure", "figure_source"),
    *("subject", "subject_name", "subject_word", "person_subject", "role_word"),
    *("event_subject", "quote_subject", "figure_subject", "source_subject"),
)


def person(
    name: str, *aliases: str, role: str | None = None, side: str | None = None
) -> StatedPerson:
    return StatedPerson(name=name, aliases=aliases, role=role, side=side)


def event(
    when: str,
    text: str,
    people: tuple[str, ...] | None = (),
    place: str | None = None,
    status: Status = Status.HAPPENED,
) -> StatedEvent:
    return StatedEvent(when=When.parse(when), text=text, people=people, place=place, status=status)


def quote(
    speaker: str, text: str, when: str | None = None, grade: Grade = Grade.VERBATIM
) -> StatedQuote:
    said = When.parse(when) if when else None
    return StatedQuote(speaker=speaker, text=text, when=said, grade=grade)


def figure(what: str, value: str, according_to: str | None = None) -> StatedFigure:
    return StatedFigure(what=what, value=value, according_to=according_to)


def summary(
    name: str,
    published: str = "2022-01-10",
    *,
    people: Sequence[StatedPerson | str] = (),
    events: Sequence[StatedEvent] = (),
    quotes: Sequence[StatedQuote] = (),
    figures: Sequence[StatedFigure] = (),
    body: str = "The harbour grows.",
) -> Summary:
    return Summary(
        file=f"{name}.md",
        title=f"About {name}",
        outlet="The Gazette",
        document=f"{name}.txt",
        published=date.fromisoformat(published),
        people=tuple(person(p) if isinstance(p, str) else p for p in people),
        events=tuple(events),
        quotes=tuple(quotes),
        figures=tuple(figures),
        body=body,
    )


def written(
    title: str = "The harbour opens", document: str | None = "a.txt", more: str = ""
) -> str:
    """Return a summary file that holds; `more` is front matter put in at line 6."""
    of = f"document: {document}\n" if document else "basis_unused: null\n"
    return (
        f"---\ntitle: {title}\nsource: The Gazette\n{of}published: 2022-01-10\n{more}---\n"
        "The harbour opened.\n"
    )


def fresh(path: Path = Path(":memory:")) -> Connection:
    """Return a connection to a knowledge that holds nothing; the caller closes it."""
    db = open_connection(path, synchronous="NORMAL")
    migrate(db, migrations, path)
    return db


def load(db: Connection, summaries: Iterable[Summary], story: Story = STORY) -> Diff:
    with transaction(db, immediate=True):
        return reload(db, story, summaries)


def assembled(
    summaries: Iterable[Summary], story: Story = STORY
) -> dict[str, list[dict[str, object]]]:
    """Return the rows that are made of summaries where nothing was known before."""
    db = fresh()
    try:
        load(db, summaries, story)
        return dump(db)
    finally:
        db.close()


def dump(db: Connection) -> dict[str, list[dict[str, object]]]:
    """Return all that is known, but for the numbers of sources."""
    return {
        table: sorted(
            (
                {name: value for name, value in row.items() if name != "n"}
                for row in db.query(f"SELECT * FROM {table}")  # noqa: S608 (the names above)
            ),
            key=repr,
        )
        for table in TABLES
    }


def is_sound(db: Connection) -> bool:
    """Tell whether SQLite, its foreign keys and the full-text index find nothing wrong."""
    db.execute("INSERT INTO source_text (source_text, rank) VALUES ('integrity-check', 1)")
    checks = list(db.query("PRAGMA integrity_check"))
    return checks == [{"integrity_check": "ok"}] and not list(db.query("PRAGMA foreign_key_check"))


def newsworthy(db: Connection) -> list[Newsworthy]:
    """Return all that can be news, found a few at a time."""
    found: list[Newsworthy] = []
    for kind in Kind:
        after: str | int | None = None
        while True:
            some, after = news.newsworthy(db, kind, after, limit=3)
            found += some
            if after is None:
                break
    return found
