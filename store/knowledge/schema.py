"""The tables of knowledge.db. A migration is one function, never edited once merged."""

from pathlib import Path

from sqlite_utils import Migrations

from store.database import Connection, Database
from store.knowledge import schema_files, schema_links, schema_stated, schema_story
from store.text import fold

migrations = Migrations("knowledge")


def open_knowledge(path: Path, *, readers: int = 4) -> Database:
    """Open the knowledge at `path`, making it where it is missing.

    `synchronous=NORMAL`: all of it can be read again from the files.
    """
    return Database(path, migrations=migrations, synchronous="NORMAL", readers=readers)


@migrations()
def m001_knowledge(db: Connection) -> None:
    """Make sources, persons, events, quotes and figures, each with a key made from content."""
    for statement in schema_story.TABLES.split(";;"):
        db.execute(statement)


@migrations()
def m002_subjects(db: Connection) -> None:
    """Make sides, organisations, topics and places, and what names them; and words of roles."""
    for statement in schema_story.SUBJECTS.split(";;"):
        db.execute(statement)


@migrations()
def m003_same_words(db: Connection) -> None:
    """Find events that are told in the same words."""
    db.execute("CREATE INDEX event_by_text ON event (text COLLATE NOCASE)")


@migrations()
def m004_read_files(db: Connection) -> None:
    """Keep what was read of each file: to read only what changed, and to go back."""
    for statement in schema_files.READ.split(";;"):
        db.execute(statement)


@migrations()
def m005_tellings(db: Connection) -> None:
    """Keep what each source of an event says; find figures by what they count."""
    for statement in schema_links.TELLINGS.split(";;"):
        db.execute(statement)
    for row in list(db.query("SELECT key, what FROM figure")):
        values = {"key": row["key"], "folded": fold(row["what"]) or row["what"]}
        db.execute("UPDATE figure SET folded = :folded WHERE key = :key", values)


@migrations()
def m006_queries(db: Connection) -> None:
    """Have what a page is chosen by beside what chooses it, so that one index finds the page."""
    # Folded as the program folds: SQL cannot.
    db.conn.create_function("fold", 1, fold, deterministic=True)
    for statement in schema_links.QUERIES.split(";;"):
        db.execute(statement)


@migrations()
def m007_sentences(db: Connection) -> None:
    """Find the newest sentence that names somebody or something, where most sources have none."""
    for table, of in (("mention", "person"), ("source_subject", "subject")):
        db.execute(
            f"CREATE INDEX {table}_in_words ON {table} ({of}, published) WHERE sentence IS NOT NULL"
        )


@migrations()
def m008_incremental(db: Connection) -> None:
    """Keep what each source states apart, and what all of them call persons and places."""
    schema_stated.make(db)


@migrations()
def m009_searched_at_once(db: Connection) -> None:
    """Have new rows found by their words all at once, by who writes them: half the work."""
    for kind in ("source", "quote", "figure"):
        db.execute(f"DROP TRIGGER {kind}_text_new")


@migrations()
def m010_words(db: Connection) -> None:
    """List the words of quotes and figures, to ask for each form of a word by itself."""
    for kind in ("quote", "figure"):
        db.execute(f"CREATE VIRTUAL TABLE {kind}_word USING fts5vocab({kind}_text, row)")


@migrations()
def m011_beside(db: Connection) -> None:
    """Have who else is in an event stand with each of its persons, and a citation in one index."""
    for statement in schema_links.BESIDE.split(";;"):
        db.execute(statement)
