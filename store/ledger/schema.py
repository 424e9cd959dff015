"""The tables of ledger.db. A migration is one function, never edited once merged.

Times are whole seconds since 1970 in UTC, local dates and local times ISO text.
"""

import contextlib
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Migrations

from store.database import Connection, Database
from store.errors import StoreError
from store.ledger import schema_debts, schema_inbox

migrations = Migrations("ledger")


def open_ledger(path: Path, *, readers: int = 2, patience: float | None = None) -> Database:
    """Open the ledger at `path`, making it where it is missing.

    `synchronous=FULL`: a commit is on the disk before it counts, so that a loss of
    power cannot bring a part back that was sent. Raises `StoreError` for an empty file,
    which SQLite would take for a new ledger, without its readers.
    """
    if not path.exists():
        _make(path)
    if path.is_file() and not path.stat().st_size:
        raise StoreError(
            f"{path}: the file is empty: restore a backup; or delete it, if this is a new bot."
        )
    return _open(path, readers=readers, patience=patience)


def _make(path: Path) -> None:
    """Make the file beside its place and put it there whole, unless another program did.

    An empty ledger is then one that lost its readers: never one that another program
    is making at this moment, or that a kill left at its beginning. Where the folder
    cannot be written to, or its disk knows no links, the file is made in place.
    """
    with contextlib.suppress(OSError, StoreError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent, prefix=f"{path.stem}-draft-") as own:
            draft = Path(own) / path.name
            _open(draft).close()
            path.hardlink_to(draft)  # which fails where there is a file already


def _open(path: Path, *, readers: int = 2, patience: float | None = None) -> Database:
    return Database(
        path,
        migrations=migrations,
        synchronous="FULL",
        readers=readers,
        backup_first=True,
        patience=patience,
    )


@migrations()
def m001_ledger(db: Connection) -> None:
    """Make chats, subscriptions, offers, editions and deliveries."""
    for statement in schema_debts.TABLES.split(";;"):
        db.execute(statement)


@migrations()
def m002_inbox_and_owner(db: Connection) -> None:
    """Make the inbox, what it remembers, and the ledger's owner."""
    for statement in schema_inbox.TABLES.split(";;"):
        db.execute(statement)


@migrations()
def m003_language(db: Connection) -> None:
    """Let a chat choose its language; remember which menus Telegram has."""
    for statement in _M003.split(";;"):
        db.execute(statement)


@migrations()
def m004_following(db: Connection) -> None:
    """Let a chat follow and mute, be told at once, and be left alone at night."""
    for statement in _M004.split(";;"):
        db.execute(statement)


@migrations()
def m005_access(db: Connection) -> None:
    """Make invitations, who was let in, and the channels that are steered from elsewhere."""
    for statement in _M005.split(";;"):
        db.execute(statement)


@migrations()
def m006_reading(db: Connection) -> None:
    """Remember how far each chat has read, outside of its digest too."""
    db.execute(_M006)


_M003 = """
-- The language that the reader chose, if any.
ALTER TABLE chat ADD COLUMN chosen TEXT
;;
-- The command menus and descriptions that Telegram has: not set again where nothing changed.
CREATE TABLE menu (
    scope TEXT NOT NULL,  -- who is offered the commands, or the name of a text
    language TEXT NOT NULL,  -- '': for all who have no other
    hash TEXT NOT NULL,
    PRIMARY KEY (scope, language)
) STRICT, WITHOUT ROWID
"""

_M005 = """
CREATE TABLE invitation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    asked TEXT NOT NULL UNIQUE,  -- the message that asked for it: chat/message
    hash BLOB NOT NULL UNIQUE,  -- of the secret, which is not kept
    label TEXT NOT NULL,
    uses INTEGER NOT NULL,  -- that are left
    made INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT
;;
CREATE TABLE admission (
    id INTEGER PRIMARY KEY,  -- Telegram's, of a user, a group or a channel
    since INTEGER NOT NULL,
    invitation INTEGER REFERENCES invitation(id),  -- that let a user in
    brought_by INTEGER,  -- the user who put the bot into a group or channel
    expelled INTEGER  -- when; NULL: is in
) STRICT
;;
CREATE INDEX admission_by_bringer ON admission (brought_by) WHERE brought_by IS NOT NULL
;;
CREATE INDEX admission_by_invitation ON admission (invitation) WHERE invitation IS NOT NULL
;;
CREATE TABLE channel (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- short enough for a button
    chat INTEGER NOT NULL UNIQUE,  -- Telegram's
    title TEXT NOT NULL
) STRICT
;;
CREATE TABLE channel_steerer (
    channel INTEGER NOT NULL REFERENCES channel(id) ON DELETE CASCADE,
    person INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (channel, person)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX channel_by_steerer ON channel_steerer (person)
"""

_M004 = """
-- What a chat follows or mutes, by the key that the knowledge has for it.
CREATE TABLE interest (
    chat INTEGER NOT NULL REFERENCES chat(id) ON UPDATE CASCADE,
    topic INTEGER NOT NULL DEFAULT 0,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,  -- person, place, …
    stance TEXT NOT NULL CHECK (stance IN ('follow', 'mute')),
    name TEXT NOT NULL,  -- the last one known, for when it is gone from the story
    since INTEGER NOT NULL,
    PRIMARY KEY (chat, topic, key)
) STRICT, WITHOUT ROWID
;;
ALTER TABLE subscription ADD COLUMN length TEXT NOT NULL DEFAULT 'normal'
    CHECK (length IN ('short', 'normal', 'full'))
;;
-- Local times between which no alert is sent; NULL: none.
ALTER TABLE subscription ADD COLUMN quiet_from TEXT
;;
ALTER TABLE subscription ADD COLUMN quiet_to TEXT
;;
ALTER TABLE subscription ADD COLUMN alerts INTEGER NOT NULL DEFAULT 0
;;
-- The newest offer that was looked at for alerts: what came after it is still to be told of.
ALTER TABLE subscription ADD COLUMN alerted INTEGER NOT NULL DEFAULT 0
;;
CREATE INDEX subscription_by_alerted ON subscription (alerted) WHERE alerts
;;
-- The items that an alert tells of, once for all chats that got the same.
CREATE TABLE alert_item (
    content TEXT NOT NULL REFERENCES content(hash) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY (content, kind, item)
) STRICT, WITHOUT ROWID
;;
-- SQLite changes no CHECK in place. Both tables are made anew and filled, the one that refers
-- to the other first out, so that no foreign key is ever broken.
CREATE TABLE edition_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('digest', 'announcement', 'correction', 'alert')),
    key TEXT NOT NULL,  -- what makes it one of its kind for a chat: a digest's date, say
    chat INTEGER NOT NULL REFERENCES chat(id) ON UPDATE CASCADE,
    topic INTEGER NOT NULL,
    subscription INTEGER REFERENCES subscription(id),  -- a digest's
    local_date TEXT,  -- a digest's
    due INTEGER NOT NULL,
    planned INTEGER NOT NULL,
    offer INTEGER NOT NULL DEFAULT 0,  -- the newest offer in it: what `seen` becomes once sent
    content TEXT REFERENCES content(hash),  -- NULL: skipped
    reason TEXT,
    UNIQUE (chat, topic, subscription, local_date),
    UNIQUE (kind, key, chat, topic)
) STRICT
;;
INSERT INTO edition_anew (id, kind, key, chat, topic, subscription, local_date, due, planned,
    offer, content, reason)
SELECT id, kind, key, chat, topic, subscription, local_date, due, planned, offer, content, reason
FROM edition ORDER BY id
;;
CREATE TABLE delivery_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    edition INTEGER NOT NULL REFERENCES edition_anew(id),
    part INTEGER NOT NULL,  -- from 0
    state TEXT NOT NULL
        CHECK (state IN ('planned', 'sending', 'sent', 'uncertain', 'failed', 'skipped')),
    reason TEXT,
    changed INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    resent INTEGER NOT NULL DEFAULT 0,  -- sent again after it was uncertain; at most once
    rank INTEGER NOT NULL DEFAULT 0,  -- what is lower goes first
    message INTEGER,  -- Telegram's message id, once sent; the one to edit, for a correction
    UNIQUE (edition, part)
) STRICT
;;
INSERT INTO delivery_anew (id, edition, part, state, reason, changed, not_before, attempts,
    resent, rank, message)
SELECT id, edition, part, state, reason, changed, not_before, attempts, resent, rank, message
FROM delivery ORDER BY id
;;
-- A number once given is not given again, also when its row is gone.
INSERT INTO sqlite_sequence (name, seq)
SELECT name || '_anew', seq FROM sqlite_sequence WHERE name IN ('edition', 'delivery')
AND name || '_anew' NOT IN (SELECT name FROM sqlite_sequence)
;;
UPDATE sqlite_sequence SET seq = (
    SELECT old.seq FROM sqlite_sequence AS old WHERE old.name || '_anew' = sqlite_sequence.name
) WHERE name IN ('edition_anew', 'delivery_anew')
;;
DROP TABLE delivery
;;
DROP TABLE edition
;;
ALTER TABLE edition_anew RENAME TO edition
;;
ALTER TABLE delivery_anew RENAME TO delivery
;;
CREATE INDEX edition_by_subscription ON edition (subscription, local_date)
;;
CREATE INDEX edition_by_planned ON edition (planned)
;;
CREATE INDEX edition_by_alert ON edition (chat, topic, offer) WHERE kind = 'alert'
;;
CREATE INDEX delivery_owed ON delivery (rank, not_before, id) WHERE state = 'planned'
;;
CREATE INDEX delivery_by_sent ON delivery (changed) WHERE state = 'sent'
;;
CREATE INDEX delivery_under_way ON delivery (state) WHERE state = 'sending'
"""

_M006 = """
CREATE TABLE reading (
    chat INTEGER NOT NULL,  -- Telegram's; also of one that has no digest
    topic INTEGER NOT NULL,  -- 0: the chat itself
    offer INTEGER NOT NULL,  -- the newest that was read
    read_at INTEGER NOT NULL,
    before INTEGER,  -- what was read before the last catch-up, to tell it again; NULL: nothing
    before_at INTEGER,
    PRIMARY KEY (chat, topic)
) STRICT, WITHOUT ROWID
"""
