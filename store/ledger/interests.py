"""Interests: what a chat follows and what it mutes, each thing once, by its key.

What the things are is the knowledge's: here they are words and keys, and the last name known,
so that a thing that is gone from the story can still be named and let go.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from store.database import Connection
from store.ledger.subscriptions import seconds
from store.ledger.values import Interest, Stance, Subscription

MOST = 200  # that one chat can have; more is nobody's list


def follow_or_mute(
    db: Connection,
    chat: int,
    topic: int,
    interest: Interest,
    *,
    chat_kind: str,
    also: Iterable[str] = (),
    now: datetime,
) -> bool:
    """Note what a chat thinks of a thing, in place of what it thought before.

    `also` are other keys of the same thing, of which nothing stays. False where the
    chat has as many as it can have.
    """
    let_go(db, chat, topic, set(also) - {interest.key})
    row = {
        "chat": chat,
        "topic": topic,
        "key": interest.key,
        "kind": interest.kind,
        "stance": interest.stance,
        "name": interest.name,
        "chat_kind": chat_kind,
        "now": seconds(now),
    }
    others = db.execute(
        "SELECT COUNT(*) FROM interest WHERE chat = :chat AND topic = :topic AND key != :key", row
    ).fetchone()[0]
    if others >= MOST:
        return False
    db.execute(
        "INSERT INTO chat (id, kind, since) VALUES (:chat, :chat_kind, :now) "
        "ON CONFLICT (id) DO NOTHING",
        row,
    )
    db.execute(
        "INSERT INTO interest (chat, topic, key, kind, stance, name, since) "
        "VALUES (:chat, :topic, :key, :kind, :stance, :name, :now) "
        "ON CONFLICT (chat, topic, key) DO UPDATE SET kind = :kind, name = :name, "
        "since = CASE WHEN stance = :stance THEN since ELSE :now END, stance = :stance",
        row,
    )
    return True


def let_go(db: Connection, chat: int, topic: int, keys: Iterable[str]) -> None:
    """Neither follow nor mute a thing any more, under any of its keys."""
    db.conn.executemany(
        "DELETE FROM interest WHERE chat = :chat AND topic = :topic AND key = :key",
        [{"chat": chat, "topic": topic, "key": key} for key in sorted(keys)],
    )


def interests_of(db: Connection, chat: int, topic: int) -> tuple[Interest, ...]:
    """Return what a chat's topic follows and mutes: the followed first, by name."""
    rows = db.query(
        "SELECT kind, key, stance, name FROM interest WHERE chat = :chat AND topic = :topic "
        "ORDER BY stance, name COLLATE NOCASE, key",
        {"chat": chat, "topic": topic},
    )
    return tuple(Interest(**{**row, "stance": Stance(row["stance"])}) for row in rows)


def interests_of_all(
    db: Connection, subscriptions: Iterable[Subscription]
) -> dict[tuple[int, int], tuple[Interest, ...]]:
    """Return the interests of each (chat, topic) that has any, in one question."""
    places = [(known.chat, known.topic) for known in subscriptions]
    found: dict[tuple[int, int], list[Interest]] = {}
    for row in db.query(
        "SELECT interest.* FROM json_each(:places) AS place JOIN interest "
        "ON interest.chat = json_extract(place.value, '$[0]') "
        "AND interest.topic = json_extract(place.value, '$[1]') "
        "ORDER BY interest.key",
        {"places": json.dumps(places)},
    ):
        interest = Interest(
            kind=row["kind"], key=row["key"], stance=Stance(row["stance"]), name=row["name"]
        )
        found.setdefault((row["chat"], row["topic"]), []).append(interest)
    return {place: tuple(interests) for place, interests in found.items()}


def move(db: Connection, *, chat: int, topic: int, to_topic: int) -> None:
    """Give the interests of one topic to another; what that one thinks already, it goes on to."""
    place = {"chat": chat, "topic": topic, "to_topic": to_topic}
    db.execute(
        "UPDATE OR IGNORE interest SET topic = :to_topic WHERE chat = :chat AND topic = :topic",
        place,
    )
    drop(db, chat=chat, topic=topic)


def move_all(db: Connection, *, chat: int, to_chat: int) -> None:
    """Give the interests of a chat and its topics to another; what that one thinks stays."""
    places = {"chat": chat, "to_chat": to_chat}
    db.execute("UPDATE OR IGNORE interest SET chat = :to_chat WHERE chat = :chat", places)
    db.execute("DELETE FROM interest WHERE chat = :chat", places)


def drop(db: Connection, *, chat: int, topic: int) -> None:
    """Let go of all that a topic follows and mutes."""
    db.execute(
        "DELETE FROM interest WHERE chat = :chat AND topic = :topic",
        {"chat": chat, "topic": topic},
    )
