"""The words of quotes and figures that a stem stands for, as the full-text index is asked for them.

FTS5 merges the rows of all words that begin alike before it gives the first of them. Of words
that are asked for one by one it reads as far as a page needs.
"""

from collections.abc import Iterable
from typing import Literal

from store.database import Connection
from store.knowledge.remembering import remembered
from store.knowledge.topics import SHORTEST_STEM

_MOST = 64  # forms; what more words begin with is left to FTS5
_BEGIN_WITH = {
    index: f"SELECT term FROM {index}_word WHERE term >= :begin AND term < :begin || '~' "  # noqa: S608 (two names)
    "LIMIT :most"
    for index in ("quote", "figure")
}


def in_any_form(db: Connection, index: Literal["quote", "figure"], stem: str) -> str:
    """Return the question to FTS5 for a stem, over folded words: what a `Topic` finds."""
    begins = [stem, *([f"{stem[:-1]}ies"] if stem.endswith("y") else [])]  # ally, allies
    if len(stem) < SHORTEST_STEM:
        return _any_of(begins)

    def answer() -> tuple[str, ...]:
        return tuple(
            term
            for begin in begins
            for (term,) in db.conn.execute(_BEGIN_WITH[index], {"begin": begin, "most": _MOST + 1})
        )

    forms = remembered(db, ("words", index, stem), answer)
    if len(forms) > _MOST:
        return _any_of(begins, "*")
    return _any_of(forms or begins)


def _any_of(words: Iterable[str], after: str = "") -> str:
    return "(" + " OR ".join(f'"{word}"{after}' for word in words) + ")"
