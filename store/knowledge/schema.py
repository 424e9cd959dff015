"""The tables of knowledge.db. A migration is one function, never edited once merged."""

from pathlib import Path

from sqlite_utils import Migrations

from store.database import Connection, Database
from store.knowledge import schema_stated
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
    for statement in _M001.split(";;"):
        db.execute(statement)


@migrations()
def m002_subjects(db: Connection) -> None:
    """Make sides, organisations, topics and places, and what names them; and words of roles."""
    for statement in _M002.split(";;"):
        db.execute(statement)


@migrations()
def m003_same_words(db: Connection) -> None:
    """Find events that are told in the same words."""
    db.execute("CREATE INDEX event_by_text ON event (text COLLATE NOCASE)")


@migrations()
def m004_read_files(db: Connection) -> None:
    """Keep what was read of each file: to read only what changed, and to go back."""
    for statement in _M004.split(";;"):
        db.execute(statement)


@migrations()
def m005_tellings(db: Connection) -> None:
    """Keep what each source of an event says; find figures by what they count."""
    for statement in _M005.split(";;"):
        db.execute(statement)
    for row in list(db.query("SELECT key, what FROM figure")):
        values = {"key": row["key"], "folded": fold(row["what"]) or row["what"]}
        db.execute("UPDATE figure SET folded = :folded WHERE key = :key", values)


@migrations()
def m007_queries(db: Connection) -> None:
    """Have what a page is chosen by beside what chooses it, so that one index finds the page."""
    # Folded as the program folds: SQL cannot.
    db.conn.create_function("fold", 1, fold, deterministic=True)
    for statement in _M007.split(";;"):
        db.execute(statement)


@migrations()
def m008_sentences(db: Connection) -> None:
    """Find the newest sentence that names somebody or something, where most sources have none."""
    for table, of in (("mention", "person"), ("source_subject", "subject")):
        db.execute(
            f"CREATE INDEX {table}_in_words ON {table} ({of}, published) WHERE sentence IS NOT NULL"
        )


@migrations()
def m006_incremental(db: Connection) -> None:
    """Keep what each source states apart, and what all of them call persons and places."""
    schema_stated.make(db)


@migrations()
def m009_searched_at_once(db: Connection) -> None:
    """Have new rows found by their words all at once, by who writes them: half the work."""
    for kind in ("source", "quote", "figure"):
        db.execute(f"DROP TRIGGER {kind}_text_new")


_M001 = """
CREATE TABLE story (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    title TEXT NOT NULL,
    intro TEXT NOT NULL,
    language TEXT NOT NULL
) STRICT
;;
-- Stands for all sources, persons, events, quotes and figures: equal texts, equal knowledge.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    text TEXT NOT NULL
) STRICT
;;
-- Where the summaries were read from, and what was configured then: a folder named on the
-- command line holds until the setting changes.
CREATE TABLE origin (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    configured TEXT NOT NULL,
    paths TEXT NOT NULL  -- one a line
) STRICT
;;
CREATE TABLE side (
    name TEXT PRIMARY KEY,
    short TEXT NOT NULL,
    colour TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT
;;
-- A number once given to a source is never given to another, also when that source is gone.
CREATE TABLE source_number (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE
) STRICT
;;
CREATE TABLE source (
    n INTEGER PRIMARY KEY REFERENCES source_number(n),
    key TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    file TEXT NOT NULL,
    title TEXT NOT NULL,
    outlet TEXT NOT NULL,
    document TEXT,
    published TEXT NOT NULL,
    basis TEXT NOT NULL,
    because TEXT,
    body TEXT NOT NULL,
    items TEXT NOT NULL,  -- names, events, quotes and figures, for the search only
    folded TEXT NOT NULL  -- all of it in ASCII, for words asked in another script
) STRICT
;;
CREATE INDEX source_by_date ON source (published, n)
;;
CREATE TABLE person (
    key TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    name TEXT NOT NULL
) STRICT
;;
CREATE TABLE name (
    person TEXT NOT NULL REFERENCES person(key) ON DELETE CASCADE,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,
    key TEXT NOT NULL,  -- what a button made from this spelling carries
    PRIMARY KEY (person, text)
) STRICT
;;
CREATE INDEX name_by_folded ON name (folded)
;;
CREATE INDEX name_by_key ON name (key)
;;
CREATE TABLE name_word (
    word TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person(key) ON DELETE CASCADE,
    sound TEXT NOT NULL,  -- what its other spellings share with it
    PRIMARY KEY (word, person)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX name_word_by_sound ON name_word (sound)
;;
CREATE INDEX name_word_by_person ON name_word (person)
;;
CREATE TABLE role (
    person TEXT NOT NULL REFERENCES person(key) ON DELETE CASCADE,
    title TEXT,
    side TEXT,
    source TEXT NOT NULL REFERENCES source(key) DEFERRABLE INITIALLY DEFERRED,
    seen TEXT NOT NULL
) STRICT
;;
CREATE INDEX role_by_person ON role (person, seen)
;;
CREATE INDEX role_by_source ON role (source)
;;
CREATE TABLE mention (
    person TEXT NOT NULL REFERENCES person(key) ON DELETE CASCADE,
    source TEXT NOT NULL REFERENCES source(key) DEFERRABLE INITIALLY DEFERRED,
    sentence TEXT,  -- the first sentence of the summary that names the person
    PRIMARY KEY (person, source)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX mention_by_source ON mention (source)
;;
CREATE TABLE event (
    key TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    precision TEXT NOT NULL,
    text TEXT NOT NULL,
    place TEXT,
    place_key TEXT,
    status TEXT NOT NULL,
    borne_out INTEGER NOT NULL,  -- a planned event of which a source tells that it took place
    correction TEXT  -- the text that this one corrects
) STRICT
;;
CREATE INDEX event_by_date ON event (starts, ends, key)
;;
CREATE INDEX event_by_place ON event (place_key, starts)
;;
CREATE TABLE event_source (
    event TEXT NOT NULL REFERENCES event(key) ON DELETE CASCADE,
    source TEXT NOT NULL REFERENCES source(key) DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL,
    basis TEXT NOT NULL,
    because TEXT,
    PRIMARY KEY (event, source)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX event_source_by_source ON event_source (source)
;;
CREATE TABLE event_person (
    event TEXT NOT NULL REFERENCES event(key) ON DELETE CASCADE,
    person TEXT NOT NULL REFERENCES person(key) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (event, person)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX event_person_by_person ON event_person (person)
;;
CREATE TABLE quote (
    key TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person(key) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL,
    said TEXT,  -- a date as a summary writes it, or NULL where no source tells
    sorted TEXT NOT NULL,  -- the first day of `said`, else the day it was published
    grade TEXT NOT NULL,
    about TEXT,
    correction TEXT  -- the words that these correct
) STRICT
;;
CREATE INDEX quote_by_person ON quote (person, sorted)
;;
CREATE INDEX quote_by_date ON quote (sorted)
;;
CREATE TABLE quote_source (
    quote TEXT NOT NULL REFERENCES quote(key) ON DELETE CASCADE,
    source TEXT NOT NULL REFERENCES source(key) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (quote, source)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX quote_source_by_source ON quote_source (source)
;;
CREATE TABLE figure (
    key TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    at TEXT,  -- a date as a summary writes it
    according_to TEXT
) STRICT
;;
CREATE TABLE figure_source (
    figure TEXT NOT NULL REFERENCES figure(key) ON DELETE CASCADE,
    source TEXT NOT NULL REFERENCES source(key) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (figure, source)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX figure_source_by_source ON figure_source (source)
;;
CREATE VIRTUAL TABLE source_text USING fts5 (
    title, body, items, folded,
    content = 'source', content_rowid = 'n',
    tokenize = 'porter unicode61 remove_diacritics 2'
)
;;
CREATE TRIGGER source_text_new AFTER INSERT ON source BEGIN
    INSERT INTO source_text (rowid, title, body, items, folded)
    VALUES (new.n, new.title, new.body, new.items, new.folded);
END
;;
CREATE TRIGGER source_text_gone AFTER DELETE ON source BEGIN
    INSERT INTO source_text (source_text, rowid, title, body, items, folded)
    VALUES ('delete', old.n, old.title, old.body, old.items, old.folded);
END
;;
CREATE TRIGGER source_text_changed AFTER UPDATE ON source BEGIN
    INSERT INTO source_text (source_text, rowid, title, body, items, folded)
    VALUES ('delete', old.n, old.title, old.body, old.items, old.folded);
    INSERT INTO source_text (rowid, title, body, items, folded)
    VALUES (new.n, new.title, new.body, new.items, new.folded);
END
"""

_M002 = """
CREATE TABLE subject (
    key TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    side TEXT
) STRICT
;;
CREATE TABLE subject_name (
    subject TEXT NOT NULL REFERENCES subject(key) ON DELETE CASCADE,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,
    key TEXT NOT NULL,  -- what a button made from this name carries
    PRIMARY KEY (subject, folded)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX subject_name_by_folded ON subject_name (folded)
;;
CREATE INDEX subject_name_by_key ON subject_name (key)
;;
CREATE TABLE subject_word (
    word TEXT NOT NULL,
    subject TEXT NOT NULL REFERENCES subject(key) ON DELETE CASCADE,
    sound TEXT NOT NULL,
    PRIMARY KEY (word, subject)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX subject_word_by_sound ON subject_word (sound)
;;
CREATE INDEX subject_word_by_subject ON subject_word (subject)
;;
-- Whom a person belongs to, by side or by title; who speaks for it is quoted for it.
CREATE TABLE person_subject (
    subject TEXT NOT NULL REFERENCES subject(key) DEFERRABLE INITIALLY DEFERRED,
    person TEXT NOT NULL REFERENCES person(key) ON DELETE CASCADE,
    speaks INTEGER NOT NULL,
    PRIMARY KEY (subject, person)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX person_subject_by_person ON person_subject (person)
;;
CREATE TABLE role_word (
    word TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person(key) ON DELETE CASCADE,
    title TEXT NOT NULL,
    PRIMARY KEY (word, person, title)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX role_word_by_person ON role_word (person)
;;
CREATE TABLE event_subject (
    subject TEXT NOT NULL REFERENCES subject(key) DEFERRABLE INITIALLY DEFERRED,
    event TEXT NOT NULL REFERENCES event(key) ON DELETE CASCADE,
    PRIMARY KEY (subject, event)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX event_subject_by_event ON event_subject (event)
;;
CREATE TABLE quote_subject (
    subject TEXT NOT NULL REFERENCES subject(key) DEFERRABLE INITIALLY DEFERRED,
    quote TEXT NOT NULL REFERENCES quote(key) ON DELETE CASCADE,
    PRIMARY KEY (subject, quote)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX quote_subject_by_quote ON quote_subject (quote)
;;
CREATE TABLE figure_subject (
    subject TEXT NOT NULL REFERENCES subject(key) DEFERRABLE INITIALLY DEFERRED,
    figure TEXT NOT NULL REFERENCES figure(key) ON DELETE CASCADE,
    PRIMARY KEY (subject, figure)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX figure_subject_by_figure ON figure_subject (figure)
;;
CREATE TABLE source_subject (
    subject TEXT NOT NULL REFERENCES subject(key) DEFERRABLE INITIALLY DEFERRED,
    source TEXT NOT NULL REFERENCES source(key) ON DELETE CASCADE,
    sentence TEXT,  -- the first sentence of the summary that names it
    PRIMARY KEY (subject, source)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX source_subject_by_source ON source_subject (source)
"""

_M004 = """
CREATE TABLE read_file (
    path BLOB PRIMARY KEY,  -- as the system names it, whatever bytes those are
    stamp TEXT NOT NULL,  -- what tells a changed file; '': to be read again
    reader TEXT NOT NULL,  -- stands for the program that read it
    summary TEXT NOT NULL  -- JSON
) STRICT
;;
-- What changed files said before the last reload that changed any.
CREATE TABLE read_file_before (
    path BLOB PRIMARY KEY,
    summary TEXT  -- JSON; NULL: there was no such file
) STRICT
;;
CREATE TABLE read_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    story TEXT NOT NULL DEFAULT '',  -- JSON; '': nothing was read yet
    maker TEXT NOT NULL DEFAULT '',  -- the program that made the knowledge of it, and the day
    loaded TEXT NOT NULL DEFAULT '',  -- what the files said when they were loaded
    seen TEXT NOT NULL DEFAULT '',  -- how the folder looked; '': not to be relied upon
    told TEXT NOT NULL DEFAULT '',  -- how it looked when admins were last told of trouble
    held TEXT NOT NULL DEFAULT '',  -- what the files say that is loaded only when asked for
    undone_by TEXT NOT NULL DEFAULT '',  -- the last request to undo: it is carried out once
    story_before TEXT,  -- JSON; NULL: there is nothing to go back to
    paths_before TEXT  -- one a line
) STRICT
;;
INSERT INTO read_state (id) VALUES (1)
"""

_M005 = """
-- NULL: as the event itself has it; `telling` is the key that it has by itself.
ALTER TABLE event_source ADD COLUMN telling TEXT
;;
ALTER TABLE event_source ADD COLUMN text TEXT
;;
ALTER TABLE event_source ADD COLUMN starts TEXT
;;
ALTER TABLE event_source ADD COLUMN ends TEXT
;;
ALTER TABLE event_source ADD COLUMN precision TEXT
;;
CREATE INDEX event_source_by_telling ON event_source (telling) WHERE telling IS NOT NULL
;;
CREATE INDEX event_source_by_date ON event_source (starts, ends) WHERE starts IS NOT NULL
;;
DROP INDEX event_by_text
;;
CREATE INDEX event_by_text ON event (text COLLATE NOCASE, starts, ends)
;;
-- What it counts, as compared.
ALTER TABLE figure ADD COLUMN folded TEXT NOT NULL DEFAULT ''
;;
CREATE INDEX figure_by_folded ON figure (folded, value)
"""

# Each table of links is made anew, with the time of what it links in its key. `open`: a plan
# of which no outcome is known.
_M007 = """
CREATE TABLE event_person_new (
    person TEXT NOT NULL REFERENCES person(key) DEFERRABLE INITIALLY DEFERRED,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    event TEXT NOT NULL REFERENCES event(key) ON DELETE CASCADE,
    open INTEGER NOT NULL,
    PRIMARY KEY (person, starts, ends, event)
) STRICT, WITHOUT ROWID
;;
INSERT INTO event_person_new SELECT person, starts, ends, event, status = 'planned'
AND NOT borne_out FROM event_person JOIN event ON event.key = event_person.event ORDER BY 1, 2, 3, 4
;;
DROP TABLE event_person
;;
ALTER TABLE event_person_new RENAME TO event_person
;;
CREATE INDEX event_person_by_event ON event_person (event, person)
;;
CREATE INDEX event_person_open ON event_person (person, ends, starts) WHERE open
;;
CREATE TABLE event_subject_new (
    subject TEXT NOT NULL REFERENCES subject(key) DEFERRABLE INITIALLY DEFERRED,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    event TEXT NOT NULL REFERENCES event(key) ON DELETE CASCADE,
    open INTEGER NOT NULL,
    PRIMARY KEY (subject, starts, ends, event)
) STRICT, WITHOUT ROWID
;;
INSERT INTO event_subject_new SELECT subject, starts, ends, event, status = 'planned'
AND NOT borne_out FROM event_subject JOIN event ON event.key = event_subject.event
ORDER BY 1, 2, 3, 4
;;
DROP TABLE event_subject
;;
ALTER TABLE event_subject_new RENAME TO event_subject
;;
CREATE INDEX event_subject_by_event ON event_subject (event, subject)
;;
CREATE INDEX event_subject_open ON event_subject (subject, ends, starts) WHERE open
;;
CREATE INDEX event_planned ON event (ends, starts, borne_out, precision, key)
WHERE status = 'planned'
;;
DROP INDEX event_by_place
;;
CREATE INDEX event_by_place ON event (place_key, starts, ends, key)
;;
-- What lasts longer than a day can share one with a date before which it began.
CREATE INDEX event_long ON event (starts, ends, key) WHERE ends > starts
;;
CREATE INDEX event_by_length ON event (julianday(ends) - julianday(starts)) WHERE ends > starts
;;
CREATE TABLE mention_new (
    person TEXT NOT NULL REFERENCES person(key) ON DELETE CASCADE,
    published TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES source(key) DEFERRABLE INITIALLY DEFERRED,
    sentence TEXT,  -- the first sentence of the summary that names the person
    PRIMARY KEY (person, published, source)
) STRICT, WITHOUT ROWID
;;
INSERT INTO mention_new SELECT person, published, source, sentence FROM mention
JOIN source ON source.key = mention.source ORDER BY 1, 2, 3
;;
DROP TABLE mention
;;
ALTER TABLE mention_new RENAME TO mention
;;
CREATE INDEX mention_by_source ON mention (source)
;;
CREATE TABLE source_subject_new (
    subject TEXT NOT NULL REFERENCES subject(key) DEFERRABLE INITIALLY DEFERRED,
    published TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES source(key) ON DELETE CASCADE,
    sentence TEXT,  -- the first sentence of the summary that names it
    PRIMARY KEY (subject, published, source)
) STRICT, WITHOUT ROWID
;;
INSERT INTO source_subject_new SELECT subject, published, source, sentence FROM source_subject
JOIN source ON source.key = source_subject.source ORDER BY 1, 2, 3
;;
DROP TABLE source_subject
;;
ALTER TABLE source_subject_new RENAME TO source_subject
;;
CREATE INDEX source_subject_by_source ON source_subject (source)
;;
CREATE TABLE quote_subject_new (
    subject TEXT NOT NULL REFERENCES subject(key) DEFERRABLE INITIALLY DEFERRED,
    sorted TEXT NOT NULL,
    quote TEXT NOT NULL REFERENCES quote(key) ON DELETE CASCADE,
    PRIMARY KEY (subject, sorted DESC, quote)
) STRICT, WITHOUT ROWID
;;
INSERT INTO quote_subject_new SELECT subject, sorted, quote FROM quote_subject
JOIN quote ON quote.key = quote_subject.quote ORDER BY 1, 2 DESC, 3
;;
DROP TABLE quote_subject
;;
ALTER TABLE quote_subject_new RENAME TO quote_subject
;;
CREATE INDEX quote_subject_by_quote ON quote_subject (quote)
;;
DROP INDEX quote_by_person
;;
CREATE INDEX quote_by_person ON quote (person, sorted DESC, key)
;;
DROP INDEX quote_by_date
;;
CREATE INDEX quote_by_date ON quote (sorted DESC, key)
;;
-- The words of a quote and what it is about, as they are compared; and the keys of the
-- subjects that it names, with a mark of the month in which it was said.
ALTER TABLE quote ADD COLUMN folded TEXT NOT NULL DEFAULT ''
;;
ALTER TABLE quote ADD COLUMN marks TEXT NOT NULL DEFAULT ''
;;
UPDATE quote SET folded = fold(text || ' ' || IFNULL(about, '')), marks = TRIM(
    IFNULL((SELECT GROUP_CONCAT(subject, ' ') FROM quote_subject AS named
    WHERE named.quote = quote.key), '')
    || IIF(said IS NULL, '', ' m' || substr(sorted, 1, 4) || substr(sorted, 6, 2))
)
;;
CREATE INDEX event_corrected ON event (key) WHERE correction IS NOT NULL
;;
CREATE INDEX quote_corrected ON quote (key) WHERE correction IS NOT NULL
;;
CREATE VIRTUAL TABLE quote_text USING fts5 (
    folded, person, marks,
    content = 'quote', tokenize = 'ascii', detail = column, columnsize = 0
)
;;
INSERT INTO quote_text (quote_text) VALUES ('rebuild')
;;
CREATE TRIGGER quote_text_new AFTER INSERT ON quote BEGIN
    INSERT INTO quote_text (rowid, folded, person, marks)
    VALUES (new.rowid, new.folded, new.person, new.marks);
END
;;
CREATE TRIGGER quote_text_gone AFTER DELETE ON quote BEGIN
    INSERT INTO quote_text (quote_text, rowid, folded, person, marks)
    VALUES ('delete', old.rowid, old.folded, old.person, old.marks);
END
;;
CREATE TRIGGER quote_text_changed AFTER UPDATE ON quote BEGIN
    INSERT INTO quote_text (quote_text, rowid, folded, person, marks)
    VALUES ('delete', old.rowid, old.folded, old.person, old.marks);
    INSERT INTO quote_text (rowid, folded, person, marks)
    VALUES (new.rowid, new.folded, new.person, new.marks);
END
;;
DROP INDEX figure_by_folded
;;
CREATE INDEX figure_by_folded ON figure (folded, IFNULL(at, ''), key, value)
;;
-- What a figure is for and who gives it, as they are compared.
ALTER TABLE figure ADD COLUMN words TEXT NOT NULL DEFAULT ''
;;
UPDATE figure SET words = fold(what || ' ' || IFNULL(according_to, ''))
;;
CREATE VIRTUAL TABLE figure_text USING fts5 (
    words, content = 'figure', tokenize = 'ascii', detail = column, columnsize = 0
)
;;
INSERT INTO figure_text (figure_text) VALUES ('rebuild')
;;
CREATE TRIGGER figure_text_new AFTER INSERT ON figure BEGIN
    INSERT INTO figure_text (rowid, words) VALUES (new.rowid, new.words);
END
;;
CREATE TRIGGER figure_text_gone AFTER DELETE ON figure BEGIN
    INSERT INTO figure_text (figure_text, rowid, words) VALUES ('delete', old.rowid, old.words);
END
;;
CREATE TRIGGER figure_text_changed AFTER UPDATE ON figure BEGIN
    INSERT INTO figure_text (figure_text, rowid, words) VALUES ('delete', old.rowid, old.words);
    INSERT INTO figure_text (rowid, words) VALUES (new.rowid, new.words);
END
;;
CREATE TABLE figure_subject_new (
    subject TEXT NOT NULL REFERENCES subject(key) DEFERRABLE INITIALLY DEFERRED,
    folded TEXT NOT NULL,
    at TEXT NOT NULL,
    figure TEXT NOT NULL REFERENCES figure(key) ON DELETE CASCADE,
    PRIMARY KEY (subject, folded, at, figure)
) STRICT, WITHOUT ROWID
;;
INSERT INTO figure_subject_new SELECT subject, folded, IFNULL(at, ''), figure FROM figure_subject
JOIN figure ON figure.key = figure_subject.figure ORDER BY 1, 2, 3, 4
;;
DROP TABLE figure_subject
;;
ALTER TABLE figure_subject_new RENAME TO figure_subject
;;
CREATE INDEX figure_subject_by_figure ON figure_subject (figure)
;;
-- When somebody was last seen with the title.
ALTER TABLE role_word ADD COLUMN seen TEXT NOT NULL DEFAULT ''
;;
UPDATE role_word SET seen = (SELECT MAX(seen) FROM role
WHERE role.person = role_word.person AND role.title = role_word.title)
;;
-- By groups of three letters, for names that are nearly what is asked for.
CREATE VIRTUAL TABLE name_letters USING fts5 (folded, content = 'name', tokenize = 'trigram')
;;
INSERT INTO name_letters (name_letters) VALUES ('rebuild')
;;
CREATE TRIGGER name_letters_new AFTER INSERT ON name BEGIN
    INSERT INTO name_letters (rowid, folded) VALUES (new.rowid, new.folded);
END
;;
CREATE TRIGGER name_letters_gone AFTER DELETE ON name BEGIN
    INSERT INTO name_letters (name_letters, rowid, folded)
    VALUES ('delete', old.rowid, old.folded);
END
;;
-- By how many sources.
ALTER TABLE person ADD COLUMN named INTEGER NOT NULL DEFAULT 0
;;
UPDATE person SET named = (SELECT COUNT(*) FROM mention WHERE mention.person = person.key)
;;
CREATE INDEX person_by_named ON person (named DESC, name)
;;
ALTER TABLE role ADD COLUMN held TEXT
AS (IFNULL(title, '') || char(10) || IFNULL(side, '')) VIRTUAL
;;
CREATE INDEX role_held ON role (person, held, seen)
"""
