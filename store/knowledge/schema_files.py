"""The tables of the files that were read, as m004 makes them."""

READ = """
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
