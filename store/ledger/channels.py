"""Channels that the bot posts to, and the people who steer them from their private chats.

A channel has a small number here, because a button has no room for more. Whether somebody
still may steer it is Telegram's to say, at each press.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.database import Connection
from store.ledger.subscriptions import seconds

MOST_LISTED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel that somebody has connected."""

    id: int  # ours
    chat: int  # Telegram's
    title: str


def connect(db: Connection, chat: int, *, title: str, person: int, now: datetime) -> Channel:
    """Note a channel, and that a person steers it; return it with its number."""
    row = db.execute(
        "INSERT INTO channel (chat, title) VALUES (:chat, :title) "
        "ON CONFLICT (chat) DO UPDATE SET title = :title RETURNING id",
        {"chat": chat, "title": title},
    ).fetchone()
    db.execute(
        "INSERT INTO channel_steerer (channel, person, since) VALUES (:channel, :person, :now) "
        "ON CONFLICT DO NOTHING",
        {"channel": row[0], "person": person, "now": seconds(now)},
    )
    return Channel(id=row[0], chat=chat, title=title)


def channel(db: Connection, number: int) -> Channel | None:
    """Return the channel of a number of ours."""
    return next(map(_channel, db.query("SELECT * FROM channel WHERE id = ?", [number])), None)


def steered_by(db: Connection, person: int) -> tuple[Channel, ...]:
    """Return the channels that a person has connected or steered, the newest first."""
    rows = db.query(
        "SELECT channel.* FROM channel JOIN channel_steerer ON channel = channel.id "
        "WHERE person = :person ORDER BY channel.id DESC LIMIT :limit",
        {"person": person, "limit": MOST_LISTED},
    )
    return tuple(map(_channel, rows))


def steerers(db: Connection, chat: int) -> tuple[int, ...]:
    """Return the people who have connected or steered a channel, the first one first."""
    rows = db.query(
        "SELECT person FROM channel_steerer JOIN channel ON channel.id = channel "
        "WHERE chat = :chat ORDER BY since, person LIMIT :limit",
        {"chat": chat, "limit": MOST_LISTED},
    )
    return tuple(row["person"] for row in rows)


def channels_among(db: Connection, chats: Iterable[int]) -> frozenset[int]:
    """Return those of `chats` that are channels."""
    rows = db.query(
        "SELECT id FROM chat WHERE id IN (SELECT value FROM json_each(:chats)) "
        "AND kind = 'channel'",
        {"chats": json.dumps(list(chats))},
    )
    return frozenset(row["id"] for row in rows)


def _channel(row: Mapping[str, Any]) -> Channel:
    return Channel(id=row["id"], chat=row["chat"], title=row["title"])
