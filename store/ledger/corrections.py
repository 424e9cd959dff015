"""Corrections: messages of digests that carried what an editor has corrected since."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.database import Connection
from store.ledger.editions import keep_content
from store.ledger.subscriptions import seconds
from store.ledger.values import ChatLanguage, Rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A message that a chat has, as it stands there after earlier corrections."""

    delivery: int
    chat: int
    topic: int
    message: int
    content: str
    language: str | None = None  # the code of its chat's


def carried(db: Connection, words: str) -> tuple[Carried, ...]:
    """Return the messages of digests in which `words` stand now."""
    needle = json.dumps(json.dumps(words, ensure_ascii=False)[1:-1], ensure_ascii=False)[1:-1]
    rows = db.query(
        "SELECT delivery.id AS delivery, edition.chat, edition.topic, delivery.message, "
        "json_extract(content.parts, '$[' || delivery.part || ']') AS content, "
        "chat.kind, chat.language AS told, chat.chosen "
        "FROM content JOIN edition ON edition.content = content.hash "
        "JOIN delivery ON delivery.edition = edition.id JOIN chat ON chat.id = edition.chat "
        "WHERE instr(content.parts, :needle) AND edition.kind IN ('digest', 'alert', 'correction') "
        "AND delivery.state IN ('sent', 'planned', 'sending') AND delivery.message IS NOT NULL "
        # A later correction of the same message is what stands there now.
        "AND NOT EXISTS (SELECT 1 FROM edition AS later JOIN delivery AS edit "
        "ON edit.edition = later.id WHERE later.kind = 'correction' AND later.chat = edition.chat "
        "AND edit.message = delivery.message AND edit.id > delivery.id) "
        "ORDER BY delivery.id",
        {"needle": needle},
    )
    found = map(_carried, list(rows))
    return tuple(one for one in found if words in json.loads(one.content)["text"])


def _carried(row: dict[str, Any]) -> Carried:
    private = row.pop("kind") == "private"
    language = ChatLanguage(chosen=row.pop("chosen"), private=private, told=row.pop("told"))
    return Carried(**row, language=language.code)


def correct(
    db: Connection, key: str, edits: Iterable[tuple[Carried, str]], *, now: datetime
) -> int:
    """Owe each message its new content, once for each correction; return how many."""
    planned = 0
    for message, content in edits:
        row = db.execute(
            "INSERT INTO edition (kind, key, chat, topic, due, planned, content) "
            "VALUES ('correction', :key, :chat, :topic, :now, :now, :content) "
            "ON CONFLICT DO NOTHING RETURNING id",
            {
                "key": f"{key} in {message.message}",
                "chat": message.chat,
                "topic": message.topic,
                "now": seconds(now),
                "content": keep_content(db, (content,)),
            },
        ).fetchone()
        if row is None:
            continue
        planned += 1
        db.execute(
            "INSERT INTO delivery (edition, part, state, changed, not_before, rank, message) "
            "VALUES (:edition, 0, 'planned', :now, :now, :rank, :message)",
            {
                "edition": row[0],
                "now": seconds(now),
                "rank": Rank.CORRECTION,
                "message": message.message,
            },
        )
    return planned
