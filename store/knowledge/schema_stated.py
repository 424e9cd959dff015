"""The tables of what sources state, as m008 makes them of the files that were kept whole."""

import json
from collections.abc import Iterator, Mapping

from store.database import Connection
from store.knowledge.keys import content_key

_TABLES = """
-- What each source states, whether it is known by now or published later.
CREATE TABLE stated (
    source TEXT PRIMARY KEY,
    published TEXT NOT NULL,
    summary TEXT NOT NULL  -- JSON
) STRICT
;;
-- How summaries call persons, of which there are far fewer than of summaries; as JSON.
CREATE TABLE called (
    call TEXT PRIMARY KEY,
    count INTEGER NOT NULL,  -- how often
    first TEXT NOT NULL  -- where; sorts as sources do
) STRICT, WITHOUT ROWID
;;
-- The places of events, and what else names subjects in no text that is searched.
CREATE TABLE phrase (
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    count INTEGER NOT NULL,
    first TEXT NOT NULL,
    PRIMARY KEY (kind, text)
) STRICT, WITHOUT ROWID
;;
-- Of what story all that is: its subjects, as JSON.
CREATE TABLE made_of (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    subjects TEXT NOT NULL
) STRICT
;;
-- Stands for whom the source names, and what roles it gives.
ALTER TABLE source ADD COLUMN naming TEXT NOT NULL DEFAULT ''
;;
DROP TRIGGER source_text_changed
;;
CREATE TRIGGER source_text_changed AFTER UPDATE OF title, body, items, folded ON source BEGIN
    INSERT INTO source_text (source_text, rowid, title, body, items, folded)
    VALUES ('delete', old.n, old.title, old.body, old.items, old.folded);
    INSERT INTO source_text (rowid, title, body, items, folded)
    VALUES (new.n, new.title, new.body, new.items, new.folded);
END
;;
-- The words, whoever said them.
ALTER TABLE quote ADD COLUMN words TEXT NOT NULL DEFAULT ''
;;
CREATE INDEX quote_by_words ON quote (words)
;;
CREATE TABLE read_file_new (
    path BLOB PRIMARY KEY,  -- as the system names it, whatever bytes those are
    stamp TEXT NOT NULL,  -- what tells a changed file; '': to be read again
    reader TEXT NOT NULL,  -- stands for the program that read it
    name TEXT NOT NULL,  -- by which it was read
    source TEXT NOT NULL UNIQUE,
    said TEXT NOT NULL,  -- stands for what it says
    unconfirmed INTEGER NOT NULL  -- how much of it waits for an editor
) STRICT
"""
_RENAMED = """
DROP TABLE read_file
;;
ALTER TABLE read_file_new RENAME TO read_file
"""


def make(db: Connection) -> None:
    """Make the tables, and fill those that hold what the files say."""
    for statement in _TABLES.split(";;"):
        db.execute(statement)
    for path, stamp, reader, written in list(
        db.execute("SELECT path, stamp, reader, summary FROM read_file ORDER BY path")
    ):
        for source, name, published, unconfirmed in _of(json.loads(written)):
            db.execute(
                "INSERT OR IGNORE INTO stated (source, published, summary) VALUES (?, ?, ?)",
                [source, published, written],
            )
            db.execute(
                "INSERT OR IGNORE INTO read_file_new "
                "(path, stamp, reader, name, source, said, unconfirmed) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                [path, stamp, reader, name, source, content_key(path.hex(), written), unconfirmed],
            )
    for statement in _RENAMED.split(";;"):
        db.execute(statement)


def _of(kept: Mapping[str, object]) -> Iterator[tuple[str, str, str, int]]:
    """Yield the source, the file's name, the day and what is unconfirmed, if they can be read."""
    try:
        published = str(kept["published"])
        imprint = (str(kept["outlet"]), str(kept["title"]), published)
        of = (str(kept["document"]),) if kept.get("document") else imprint
        yield (
            content_key("source", *of),
            str(kept["file"]),
            published,
            int(bool(kept["unconfirmed"])),
        )
    except KeyError:  # of a version that kept something else
        return
