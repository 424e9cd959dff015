"""Answers that are the same for all who ask, as long as the knowledge is: counts above all.

To show a page of a million entries takes a look at that page, to count them a scan. The
revision stands for all that is known, so what was counted for one holds for all who ask,
until a reload changes it.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from store.database import Connection

T = TypeVar("T")
_MOST = 20_000  # answers; beyond, all are asked for again
_known: dict[tuple[object, ...], Any] = {}


def version(db: Connection) -> str:
    """Return what stands for all that is known, the story's own words and sides included."""
    (row,) = db.conn.execute(
        "SELECT json_array((SELECT text FROM revision), title, intro, language, "
        "(SELECT json_group_array(json_array(name, short, colour, position)) FROM side)) "
        "FROM story UNION ALL SELECT '' LIMIT 1"
    )
    return str(row[0])


def counted(db: Connection, question: str, values: Mapping[str, object]) -> int:
    """Return the one number that `question` asks for."""
    about = (question, *values.values())
    return remembered(db, about, lambda: int(db.conn.execute(question, values).fetchone()[0]))


def remembered(db: Connection, about: tuple[object, ...], answer: Callable[[], T]) -> T:
    """Return what `answer` returns, which is asked once for each revision of the knowledge.

    `about` tells its questions apart. What it returns is small, and never changed by anybody.
    """
    row = db.conn.execute("SELECT text FROM revision").fetchone()
    if row is None:
        return answer()
    key = (row[0], *about)
    try:
        known: T = _known[key]  # other threads may empty it at any moment
    except KeyError:
        known = answer()
        if len(_known) >= _MOST:
            _known.clear()
        _known[key] = known
    return known
