"""Full-text search: words in, the sources that hold them out, best first, with the sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, groupby, islice

from store.database import Connection
from store.knowledge.remembering import counted, remembered
from store.knowledge.sources import Citation, citation
from store.knowledge.topics import stem
from store.text import fold, in_word, sentences, words

MOST_WORDS = 32
_SHORTEST_PREFIX = 3
_FEW = 4  # words that are looked for together, and by their beginnings; more are a sentence
_STEMMED = ("", "s", "es", "ed", "ing")  # what the index takes off before it compares beginnings
_BEGIN, _END = "\x02", "\x03"  # cleaned out of every summary, so no text can hold them
_UNMARK = re.compile(f"[{_BEGIN}{_END}]")

Sentence = tuple[tuple[str, bool], ...]


class Match(StrEnum):
    """How the words asked for were found; where more than `_FEW` were asked for, the best hit."""

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
    """One page of hits, best first, and how many there are: `total`, or even more."""

    hits: tuple[Hit, ...]
    match: Match
    offset: int
    total: int
    more: bool = False


def search(db: Connection, text: str, *, limit: int, offset: int = 0) -> SearchPage:
    """Find the sources with all words of `text`, else with their beginnings, else with some.

    A sentence finds the sources nearest to it, whether any has all of its words or not. At most
    `MOST_WORDS` words count, each once. No text raises: each word is quoted.
    """
    each = {word.casefold(): word for word in words(text)}
    asked = tuple(each.values())[:MOST_WORDS]
    most = max(_MOST_COUNTED, offset + 2 * limit)
    for match, query in _queries(db, asked):
        if total := _count(db, query.find, most + 1):
            found = _ranked(db, query, limit=limit, offset=offset)
            return SearchPage(
                hits=tuple(_hit(db, query.mark, n, _Asked(asked, match)) for n in found),
                match=match,
                offset=offset,
                total=min(total, most),
                more=total > most,
            )
    return SearchPage(hits=(), match=Match.NONE, offset=offset, total=0)


@dataclass(frozen=True, slots=True)
class _Query:
    """One question to FTS5, in its words: which sources, what ranks them, what is marked.

    `rank` is `find` where every word of it says something, and None where none does.
    """

    find: str
    rank: str | None
    mark: str


def _queries(db: Connection, asked: tuple[str, ...]) -> Iterator[tuple[Match, _Query]]:
    """Yield the FTS5 queries to try in turn; a word is looked for as asked and in ASCII."""
    if not asked:
        return
    exact = [_either(word, "") for word in asked]
    together = " AND ".join(exact)
    if len(asked) > _FEW:
        found = _count(db, together, 1)
        yield Match.ALL if found else Match.SOME, _nearest(db, exact, few=False)
        return
    yield Match.ALL, _all(db, exact)
    # "died" is "di" in the index, and would begin "diplomacy".
    if all(
        len(word.casefold().removesuffix(end)) >= _SHORTEST_PREFIX
        for word in asked
        for end in _STEMMED
    ):
        yield Match.BEGINNINGS, _all(db, [_either(word, "*") for word in asked])
    if len(asked) > 1:
        yield Match.SOME, _nearest(db, exact, few=True)


def _all(db: Connection, words: Sequence[str]) -> _Query:
    """Return the query for what has all of the words, ranked by those that are not frequent."""
    find = " AND ".join(words)
    ranking = [word for word in words if _count_of_word(db, word) <= _FREQUENT]
    return _Query(find, " AND ".join(ranking) or None, find)


def _nearest(db: Connection, exact: Sequence[str], *, few: bool) -> _Query:
    """Return the query for what has some of the words, nearest first.

    The rarest words find, as many as find no more than is ranked: they say what it is about.
    The others help to rank that, but for those that stand everywhere; of a sentence ("of",
    "the") these do not find either, if there are others.
    """
    counts = {word: found for word in exact if (found := _count_of_word(db, word))}
    known = sorted(counts, key=counts.__getitem__)
    most = min(_FREQUENT, _EVERYWHERE * counted(db, "SELECT COUNT(*) FROM source", {}))
    telling = [word for word in known if counts[word] <= most]
    known = known if few else telling or known
    enough = max(1, sum(found <= _RANKED for found in accumulate(counts[w] for w in known)))
    find = " OR ".join(known[:enough] or exact)
    if all(counts.get(word, 0) > _FREQUENT for word in known[:enough]):
        return _Query(find, None if known else find, find)
    ranking = [word for word in known[enough:] if word in telling]
    if not ranking:
        return _Query(find, find, find)
    # FTS5 knows no word that may be missing: each is one of those of which one must be there.
    mark = " OR ".join((find, *ranking))
    return _Query(find, f"({find}) AND ({mark})", mark)


def _count_of_word(db: Connection, word: str) -> int:
    """Return in how many sources a word stands, or that it is frequent."""
    return remembered(db, ("word", word), lambda: _count(db, word, _FREQUENT + 1))


def _count(db: Connection, query: str, most: int) -> int:
    """Return how many sources `query` finds, or `most`."""
    values = {"query": query, "most": most}
    return int(db.conn.execute(_COUNT, values).fetchone()[0])


def _either(word: str, after: str) -> str:
    """Return the query for `word` as asked, and in ASCII (where one may become several)."""
    folded = fold(word)
    if not folded or folded == word.casefold():
        return f'"{word}"{after}'
    return f'("{word}"{after} OR "{folded}"{after})'


# The newest so many are ranked; what is older follows them, newest first. A word that stands
# everywhere says nothing that a rank over all could tell; and to weigh a word is to count all
# that have it, so a frequent one finds without being weighed.
_RANKED = 2000
_FREQUENT = 20_000
_MOST_COUNTED = 2000
_EVERYWHERE = 0.5  # of all sources; bm25 gives a word that more of them have no weight
_BEST_OF_NEWEST = (
    "SELECT n FROM (SELECT rowid AS n, bm25(source_text, 2.0, 1.0, 1.0, 0.5) AS worse "
    "FROM source_text WHERE source_text MATCH :query ORDER BY rowid DESC LIMIT :ranked) "
    "ORDER BY worse, n LIMIT :limit OFFSET :offset"
)
# Of the newest that all words find, by those that are not frequent.
_BEST_BY_RARE = (
    "WITH found AS MATERIALIZED (SELECT rowid AS n FROM source_text "
    "WHERE source_text MATCH :query ORDER BY rowid DESC LIMIT :ranked) "
    "SELECT n FROM (SELECT rowid AS n, bm25(source_text, 2.0, 1.0, 1.0, 0.5) AS worse "
    "FROM source_text WHERE source_text MATCH :rank "
    "AND rowid >= (SELECT MIN(n) FROM found) AND +rowid IN (SELECT n FROM found)) "
    "ORDER BY worse, n LIMIT :limit OFFSET :offset"
)
# By none: those that have a word in the title first.
_BY_TITLE = (
    "WITH found AS MATERIALIZED (SELECT rowid AS n FROM source_text "
    "WHERE source_text MATCH :query ORDER BY rowid DESC LIMIT :ranked) "
    "SELECT n FROM found ORDER BY n IN (SELECT rowid FROM source_text "
    "WHERE source_text MATCH '{title} : (' || :query || ')' "
    "AND rowid >= (SELECT MIN(n) FROM found)) DESC, n DESC LIMIT :limit OFFSET :offset"
)
_OLDER = (
    "SELECT rowid AS n FROM source_text WHERE source_text MATCH :query "
    "ORDER BY rowid DESC LIMIT :limit OFFSET :offset"
)
_COUNT = (
    "SELECT COUNT(*) FROM (SELECT 1 FROM source_text WHERE source_text MATCH :query LIMIT :most)"
)
# One source at a time: to mark the words of a text costs more than to find and rank it.
_MARKED = (
    "SELECT n, source.key, outlet, published, source.title, "
    "highlight(source_text, 1, :begin, :end) AS body, "
    "highlight(source_text, 2, :begin, :end) AS items "
    "FROM source_text JOIN source ON source.n = source_text.rowid "
    "WHERE source_text MATCH :query AND source_text.rowid = :n"
)


def _ranked(db: Connection, query: _Query, *, limit: int, offset: int) -> list[int]:
    """Return the numbers of one page of the sources that `query` finds, best first."""
    if query.rank is None:
        ranking = _BY_TITLE
    elif query.rank == query.find or query.mark != query.find:
        ranking = _BEST_OF_NEWEST
    else:
        ranking = _BEST_BY_RARE
    page = {
        "query": query.find if ranking != _BEST_OF_NEWEST else query.rank,
        "rank": query.rank,
        "ranked": _RANKED,
        "limit": limit,
        "offset": offset,
    }
    found = [row[0] for row in db.conn.execute(ranking, page)]
    if len(found) < limit and offset + limit > _RANKED:
        older = {"limit": limit - len(found), "offset": max(offset, _RANKED)}
        found += [row[0] for row in db.conn.execute(_OLDER, page | older)]
    return found


def _hit(db: Connection, query: str, n: int, asked: "_Asked") -> Hit:
    values = {"query": query, "begin": _BEGIN, "end": _END, "n": n}
    *cited, title, body, items = db.conn.execute(_MARKED, values).fetchone()
    sentence = _best_sentence(body, items, asked)
    return Hit(source=citation(*cited), title=title, sentence=sentence)


class _Asked:
    """The words asked for in ASCII, to find them where the index knows them only so."""

    def __init__(self, asked: tuple[str, ...], match: Match) -> None:
        self.parts = tuple(dict.fromkeys(part for word in asked for part in fold(word).split()))
        self._stems = {stem(part) for part in self.parts}
        self._by_beginning = match is Match.BEGINNINGS

    def is_one(self, word: str) -> bool:
        """Tell whether `word` of a text is one of those asked for, in any of its forms."""
        return any(
            stem(part) in self._stems
            or (self._by_beginning and any(part.startswith(asked) for asked in self.parts))
            for part in fold(word).split()
        )


def _best_sentence(body: str, items: str, asked: _Asked) -> Sentence:
    """Return the sentence with most of the words: of the body, else of the items, marked."""

    def hits(sentence: str) -> int:
        if _BEGIN not in sentence:
            return 0
        return len({piece.split(_END)[0].casefold() for piece in sentence.split(_BEGIN)[1:]})

    def near(sentence: str) -> int:
        plain = f" {fold(_UNMARK.sub('', sentence))}"
        return sum(f" {part}" in plain for part in asked.parts)

    told = [*_marked_sentences(body), *items.splitlines()]
    marked = list(map(hits, told))
    most = max(marked)
    best = [sentence for sentence, count in zip(told, marked, strict=True) if count == most]
    return _pieces(_mark(max(best, key=near) if len(best) > 1 else best[0], asked))


def _marked_sentences(marked: str) -> Iterator[str]:
    """Yield the sentences of a text with its marks, which are not to hide where one ends."""
    chunks = iter(marked.split())
    for sentence in sentences(_UNMARK.sub("", marked)):
        yield " ".join(islice(chunks, len(sentence.split())))


def _mark(sentence: str, asked: _Asked) -> str:
    """Mark also the words of `sentence` that were found in ASCII only."""
    first, *rest = sentence.split(_BEGIN)
    marked = _mark_plain(first, asked)
    for piece in rest:
        hit, _, after = piece.partition(_END)
        marked += f"{_BEGIN}{hit}{_END}{_mark_plain(after, asked)}"
    return marked


def _mark_plain(text: str, asked: _Asked) -> str:
    if text.isascii():  # the index has marked it already, or knows it to be other words
        return text
    marked = []
    for is_word, letters in groupby(text, in_word):
        word = "".join(letters)
        if is_word and not word.isascii() and asked.is_one(word):
            word = f"{_BEGIN}{word}{_END}"
        marked.append(word)
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
