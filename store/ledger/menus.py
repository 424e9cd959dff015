"""What Telegram shows of the bot: a hash for each menu or text, by language. Names no chat."""

from store.database import Connection


def shown(db: Connection) -> dict[tuple[str, str], str]:
    """Return the hash of what was set last, by scope and language."""
    return {
        (row["scope"], row["language"]): row["hash"]
        for row in db.query("SELECT scope, language, hash FROM menu")
    }


def show(db: Connection, scope: str, language: str, content: str) -> None:
    """Note the hash `content` of what was set for a scope and language."""
    db.execute(
        "INSERT INTO menu (scope, language, hash) VALUES (:scope, :language, :hash) "
        "ON CONFLICT (scope, language) DO UPDATE SET hash = :hash",
        {"scope": scope, "language": language, "hash": content},
    )
