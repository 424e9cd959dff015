"""What editors have marked as corrected: what it read, and what it reads now."""

from dataclasses import dataclass

from store.database import Connection, select


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An event's text or a quote's words that correct earlier ones; `key` is the item's."""

    key: str
    was: str
    now: str


def corrections(db: Connection) -> tuple[Correction, ...]:
    """Return every correction of the story."""
    rows = select(
        db,
        "SELECT key, correction AS was, text AS now FROM event WHERE correction IS NOT NULL "
        "UNION ALL SELECT key, correction, text FROM quote WHERE correction IS NOT NULL "
        "ORDER BY key",
    )
    return tuple(Correction(**row) for row in rows)


def correction_of(db: Connection, key: str) -> Correction | None:
    """Return the correction that the item with `key` is, or None."""
    rows = select(
        db,
        "SELECT key, correction AS was, text AS now FROM event "
        "WHERE key = :key AND correction IS NOT NULL "
        "UNION ALL SELECT key, correction, text FROM quote "
        "WHERE key = :key AND correction IS NOT NULL",
        {"key": key},
    )
    return next((Correction(**row) for row in rows), None)
