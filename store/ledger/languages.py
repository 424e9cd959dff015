"""The languages that chats are spoken to in: what a reader chose, and what Telegram says."""

from datetime import datetime

from store.database import Connection
from store.ledger.subscriptions import seconds
from store.ledger.values import ChatLanguage

_PRIVATE = "private"


def language_of_chat(db: Connection, chat: int) -> ChatLanguage | None:
    """Return what is known of a chat's language; None for a chat of which nothing is kept."""
    rows = db.query("SELECT kind, language, chosen FROM chat WHERE id = :chat", {"chat": chat})
    for row in rows:
        private = row["kind"] == _PRIVATE
        return ChatLanguage(chosen=row["chosen"], private=private, told=row["language"])
    return None


def code_for(db: Connection, chat: int) -> str | None:
    """Return the code of the language to speak to a chat in; None where nothing says which."""
    known = language_of_chat(db, chat)
    return known.code if known else None


def choose(db: Connection, chat: int, *, kind: str, chosen: str | None, now: datetime) -> None:
    """Note what a chat chose; None takes the choice back. Begins no subscription."""
    row = {"chat": chat, "kind": kind, "chosen": chosen, "now": seconds(now)}
    if chosen is None:
        db.execute("UPDATE chat SET chosen = NULL WHERE id = :chat", row)
        return
    db.execute(
        "INSERT INTO chat (id, kind, chosen, since) VALUES (:chat, :kind, :chosen, :now) "
        "ON CONFLICT (id) DO UPDATE SET chosen = :chosen",
        row,
    )


def tell(db: Connection, chat: int, code: str) -> None:
    """Note which language Telegram says that the reader of a known private chat has."""
    db.execute(
        "UPDATE chat SET language = :code WHERE id = :chat AND kind = 'private' "
        "AND language IS NOT :code",
        {"chat": chat, "code": code},
    )
