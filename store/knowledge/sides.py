"""What is known of the sides of events: those of the persons in them, at that time."""

from collections.abc import Iterable

from store.database import Connection

# The newest role up to the event's last day, or else the first one after it: SQLite gives
# the other columns of the row that has the minimum.
_SIDES = """
    SELECT side AS name, MIN(
        (seen > ends) * 10000000 + ABS(julianday(seen) - julianday(ends))
    )
    FROM event
    JOIN event_person ON event_person.event = event.key
    JOIN role ON role.person = event_person.person
    WHERE event.key = :key AND side IS NOT NULL
    GROUP BY event_person.person
"""


def sides_of_events(db: Connection, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the names of the sides of each event, in the story's order; none for some."""
    place = {row["name"]: row["position"] for row in db.query("SELECT name, position FROM side")}
    found = {key: {row["name"] for row in db.query(_SIDES, {"key": key})} for key in keys}
    return {
        key: tuple(sorted(names, key=lambda name: (place.get(name, len(place)), name)))
        for key, names in found.items()
    }
