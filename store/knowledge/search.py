"""Full-text search: words in, the sources that hold them out, best first, with the sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, islice

from store.database import Connection
from store.knowledge.sources import Citation, citation
from store.text import fold, in_word, sentences, words

MOST_WORDS = 16
_SHORTEST_PREFIX = 3
_BEGIN, _END = "\x02", "\x03"  # cleaned out of every summary, so no text can hold them
_UNMARK = re.compile(f"[{_BEGIN}{_END}]")

Sentence = tuple[tuple[str, bool], ...]


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
    sentence: Sentence


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
    if not asked:
        return []
    exact = [_either(word, "") for word in asked]
    tried = [(Match.ALL, " AND ".join(exact))]
    if all(len(word) >= _SHORTEST_PREFIX for word in asked):
        tried.append((Match.BEGINNINGS, " AND ".join(_either(word, "*") for word in asked)))
    if len(exact) > 1:
        tried.append((Match.SOME, " OR ".join(exact)))
    return tried


def _either(word: str, after: str) -> str:
    """Return the query for `word` as asked, and in ASCII (where one may become several)."""
    folded = fold(word)
    if not folded or folded == word.casefold():
        return f'"{word}"{after}'
    return f'("{word}"{after} OR "{folded}"{after})'


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


def _best_sentence(row: Mapping[str, str], asked: tuple[str, ...]) -> Sentence:
    """Return the sentence with most of the words: of the body, else of the items, marked."""
    folded = [part for word in asked for part in fold(word).split()]

    def fitness(sentence: str) -> tuple[int, int]:
        marked = {piece.split(_END)[0].casefold() for piece in sentence.split(_BEGIN)[1:]}
        plain = fold(sentence).split()
        return len(marked), sum(any(word.startswith(part) for word in plain) for part in folded)

    best = max((*_marked_sentences(row["body"]), *row["items"].splitlines()), key=fitness)
    return _pieces(best if _BEGIN in best else _mark(best, folded))


def _marked_sentences(marked: str) -> Iterator[str]:
    """Yield the sentences of a text with its marks, which are not to hide where one ends."""
    chunks = iter(marked.split())
    for sentence in sentences(_UNMARK.sub("", marked)):
        yield " ".join(islice(chunks, len(sentence.split())))


def _mark(sentence: str, folded: Sequence[str]) -> str:
    """Mark the words of `sentence` that were found in ASCII only."""
    marked = []
    for is_word, letters in groupby(sentence, in_word):
        text = "".join(letters)
        if is_word and any(fold(text).startswith(part) for part in folded):
            text = f"{_BEGIN}{text}{_END}"
        marked.append(text)
    return "".join(marked)


def _pieces(marked: str) -> Sentence:
    first, *rest = marked.split(_BEGIN)
    pieces = [(first, False)] if first else []
    for piece in rest:
        hit, _, after = piece.partition(_END)
        pieces.append((hit, True))
        if after:
            pieces.append((after, False))
    return tuple(pieces)
