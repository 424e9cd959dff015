"""The tables of the story: sources, persons, events, quotes, figures; and of its subjects."""

TABLES = """
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

SUBJECTS = """
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
