"""The tables of chats, subscriptions, offers, editions and deliveries, as m001 makes them."""

TABLES = """
CREATE TABLE chat (
    id INTEGER PRIMARY KEY,  -- Telegram's
    kind TEXT NOT NULL,
    language TEXT,
    state TEXT NOT NULL DEFAULT 'open',  -- or why nothing can be sent to it
    since INTEGER NOT NULL
) STRICT
;;
CREATE TABLE subscription (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat INTEGER NOT NULL REFERENCES chat(id) ON UPDATE CASCADE,
    topic INTEGER NOT NULL DEFAULT 0,  -- 0: the chat itself
    at TEXT NOT NULL,  -- local time, HH:MM
    zone TEXT NOT NULL,  -- IANA
    days INTEGER NOT NULL DEFAULT 127,  -- bit 0 is Monday
    useful_for INTEGER NOT NULL DEFAULT 21600,  -- seconds that an edition may come late
    nothing_new TEXT NOT NULL DEFAULT 'say',  -- or 'silence'
    state TEXT NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'off', 'paused')),
    last_date TEXT NOT NULL,  -- the newest local date decided on; never goes back
    next_due INTEGER NOT NULL,  -- when the next one is; derived, so that "who is due" is one range
    seen INTEGER NOT NULL DEFAULT 0,  -- the newest offer in an edition that was sent
    UNIQUE (chat, topic)
) STRICT
;;
CREATE INDEX subscription_by_due ON subscription (next_due) WHERE state = 'on'
;;
-- When an item of the knowledge was first offered to readers, by its key: a rebuilt
-- knowledge.db finds its items here and offers none of them twice.
CREATE TABLE offer (
    n INTEGER NOT NULL,  -- one number for all that became known at one time
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    mark TEXT NOT NULL,  -- what makes the item news again when it changes
    PRIMARY KEY (kind, item)
) STRICT, WITHOUT ROWID
;;
CREATE INDEX offer_by_number ON offer (n)
;;
CREATE TABLE offered_revision (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision TEXT NOT NULL
) STRICT
;;
CREATE TABLE content (
    hash TEXT PRIMARY KEY,
    parts TEXT NOT NULL  -- JSON, one object for each part
) STRICT
;;
CREATE TABLE edition (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('digest', 'announcement', 'correction')),
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
CREATE INDEX edition_by_subscription ON edition (subscription, local_date)
;;
CREATE INDEX edition_by_planned ON edition (planned)
;;
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    edition INTEGER NOT NULL REFERENCES edition(id),
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
CREATE INDEX delivery_owed ON delivery (rank, not_before, id) WHERE state = 'planned'
;;
CREATE INDEX delivery_by_sent ON delivery (changed) WHERE state = 'sent'
;;
CREATE INDEX delivery_under_way ON delivery (state) WHERE state = 'sending'
;;
CREATE TABLE halt (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    since INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT
"""
