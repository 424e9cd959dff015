"""Full-text search: words in, the sources that hold them out, best first, with the sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from store.database import Connection
from store.knowledge.sources import Citation, citation
from store.text import fold, sentences, words

MOST_WORDS = 16
_SHORTEST_PREFIX = 3
_BEGIN, _END = "\x02", "\x03"  # cleaned out of every summary, so no text can hold them


class Match(StrEnum):
    """How the words asked for were found."""

    ALL = "all"
    BEGINNINGS = "beginnings"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One source, and its sentence that fits best, as (text, is a hit) pieces."""

    source: Citation
    title: str
    sentence: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """One page of hits, best first, and how many there are."""

    hits: tuple[Hit, ...]
    match: Match
    offset: int
    total: int


def search(db: Connection, text: str, *, limit: int, offset: int = 0) -> SearchPage:
    """Find the sources with all words of `text`, else with their beginnings, else with some.

    At most `MOST_WORDS` words count. No text raises: each word is quoted.
    """
    asked = words(text)[:MOST_WORDS]
    for match, query in _queries(asked):
        total = db.execute(
            "SELECT COUNT(*) FROM source_text WHERE source_text MATCH :query", {"query": query}
        ).fetchone()[0]
        if total:
            return SearchPage(
                hits=_hits(db, query, asked, limit=limit, offset=offset),
                match=match,
                offset=offset,
                total=total,
            )
    return SearchPage(hits=(), match=Match.NONE, offset=offset, total=0)


def _queries(asked: tuple[str, ...]) -> list[tuple[Match, str]]:
    """Return the FTS5 queries to try in turn; a word is looked for as asked and in ASCII."""
    exact = [f'("{word}" OR {_ascii(word)})' if _ascii(word) else f'"{word}"' for word in asked]
    if not exact:
        return []
    tried = [(Match.ALL, " AND ".join(exact))]
    if all(len(word) >= _SHORTEST_PREFIX for word in asked):
        tried.append((Match.BEGINNINGS, " AND ".join(f'"{word}"*' for word in asked)))
    if len(exact) > 1:
        tried.append((Match.SOME, " OR ".join(exact)))
    return tried


def _ascii(word: str) -> str:
    """Return the query for `word` in ASCII (one word may become several), or nothing."""
    folded = fold(word)
    return f'"{folded}"' if folded and folded != word.casefold() else ""


def _hits(
    db: Connection, query: str, asked: tuple[str, ...], *, limit: int, offset: int
) -> tuple[Hit, ...]:
    rows = db.query(
        "SELECT n, source.key, outlet, published, source.title, "
        "highlight(source_text, 1, :begin, :end) AS body, "
        "highlight(source_text, 2, :begin, :end) AS items "
        "FROM source_text JOIN source ON source.n = source_text.rowid "
        "WHERE source_text MATCH :query ORDER BY bm25(source_text, 2.0, 1.0, 1.0, 0.5), n "
        "LIMIT :limit OFFSET :offset",
        {"query": query, "begin": _BEGIN, "end": _END, "limit": limit, "offset": offset},
    )
    return tuple(
        Hit(source=citation(row), title=row["title"], sentence=_best_sentence(row, asked))
        for row in rows
    )


def _best_sentence(row: Mapping[str, str], asked: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Return the sentence with most of the words: of the body, else of the items, marked."""
    folded = [fold(word) for word in asked]

    def fitness(sentence: str) -> tuple[int, int]:
        marked = {piece.split(_END)[0].casefold() for piece in sentence.split(_BEGIN)[1:]}
        plain = fold(sentence)
        return len(marked), sum(word in plain for word in folded)

    body, items = sentences(row["body"]), row["items"].splitlines()
    best = max((*body, *items), key=fitness, default="")
    return _pieces(best)


def _pieces(marked: str) -> tuple[tuple[str, bool], ...]:
    first, *rest = marked.split(_BEGIN)
    pieces = [(first, False)] if first else []
    for piece in rest:
        hit, _, after = piece.partition(_END)
        pieces.append((hit, True))
        if after:
            pieces.append((after, False))
    return tuple(pieces)
