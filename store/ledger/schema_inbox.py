"""The tables of the inbox, what it remembers, and the owner, as m002 makes them."""

TABLES = """
-- Updates that Telegram may count as taken and that are not handled yet. What names one is
-- its number and its content: another Telegram (a sandbox begun anew) counts from 1 again.
CREATE TABLE inbox (
    n INTEGER PRIMARY KEY AUTOINCREMENT,  -- in the order in which they came
    update_id INTEGER NOT NULL,
    digest BLOB NOT NULL,
    lane INTEGER NOT NULL,  -- the chat, else the user, else 0: handled one after another
    body TEXT NOT NULL,  -- JSON, as Telegram sent it
    attempts INTEGER NOT NULL DEFAULT 0,  -- times that its handling began
    aside TEXT CHECK (aside IN ('new', 'reported')),  -- NULL: to be handled
    UNIQUE (update_id, digest)
) STRICT
;;
CREATE INDEX inbox_by_lane ON inbox (lane, n) WHERE aside IS NULL
;;
CREATE INDEX inbox_aside ON inbox (n) WHERE aside IS NOT NULL
;;
-- The newest handled ones: Telegram sends again what it does not know to be taken.
CREATE TABLE inbox_handled (
    n INTEGER PRIMARY KEY,
    update_id INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT
;;
CREATE INDEX inbox_handled_by_update ON inbox_handled (update_id)
;;
-- The changes that an update's handling has made: not made again when it is handled again.
CREATE TABLE inbox_change (
    n INTEGER NOT NULL REFERENCES inbox(n) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (n, name)
) STRICT, WITHOUT ROWID
;;
CREATE TABLE owner (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    epoch INTEGER NOT NULL,  -- grows with each taking
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT
"""
