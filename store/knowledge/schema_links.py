"""What m005, m006 and m011 add: words of tellings, links with their dates, what stands beside."""

TELLINGS = """
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
QUERIES = """
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

# One row is asked for where many were, each on a page of the file that is seldom at hand.
BESIDE = """
-- The others of the event, by their keys.
ALTER TABLE event_person ADD COLUMN beside TEXT NOT NULL DEFAULT ''
;;
UPDATE event_person SET beside = IFNULL((SELECT GROUP_CONCAT(other.person, ' ')
FROM event_person AS other
WHERE other.event = event_person.event AND other.person != event_person.person), '')
;;
-- All that a citation shows, without the text of the source.
CREATE INDEX source_cited ON source (key, n, outlet, published)
"""
