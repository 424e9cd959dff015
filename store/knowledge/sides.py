"""What is known of the sides of events: those of the persons in them, at that time."""

import json
from collections.abc import Iterable

from store.database import Connection

# The newest role up to the event's last day, or else the first one after it.
_SIDES = """
    SELECT event, IFNULL(
        (SELECT side FROM role WHERE role.person = event_person.person AND side IS NOT NULL
        AND seen <= ends ORDER BY seen DESC LIMIT 1),
        (SELECT side FROM role WHERE role.person = event_person.person AND side IS NOT NULL
        AND seen > ends ORDER BY seen LIMIT 1)
    ) AS name
    FROM event_person WHERE event IN (SELECT value FROM json_each(:keys))
"""


def sides_of_events(db: Connection, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the names of the sides of each event, in the story's order; none for some."""
    place = dict(db.conn.execute("SELECT name, position FROM side"))
    found: dict[str, set[str]] = {key: set() for key in keys}
    for event, name in db.conn.execute(_SIDES, {"keys": json.dumps(list(found))}):
        if name is not None:
            found[event].add(name)
    return {
        key: tuple(sorted(names, key=lambda name: (place.get(name, len(place)), name)))
        for key, names in found.items()
    }
