"""The ranking of `/search`, on SciFact (Wadden et al., EMNLP 2020) in the form of BEIR.

What is counted: nDCG@10 as trec_eval has it, the mean over the 300 queries of the test part.
Each abstract is loaded as a summary into a knowledge.db in a temporary folder; each claim is
asked whole, as a reader would type it. Its words beyond what a search takes are lost.

Every second query (by number) was used for development, the others only to check: both halves
are given. As readers of news ask few words, there are rows for four and two words of each
claim too, drawn with a fixed seed from those with more than three letters; no goal is set for
them, as a whole claim was judged and not these words.

The floor is SQLite's FTS5 as it is, title and text in two columns with equal weights, stemmed,
any of the words, ranked by bm25. The peer is the best published figure of FTS5 on this set.
"""

import json
import math
import random
import re
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.extract.table import Row
from store.database import Connection, migrate, open_connection, transaction
from store.knowledge.reload import reload
from store.knowledge.schema import migrations
from store.knowledge.search import search
from store.knowledge.values import Story, Summary

_SHOWN = 10
_GOAL = 69.0
_PEER = 68.9
_DAY = date(2020, 1, 1)  # the set gives none
_STORY = Story(title="SciFact", intro="Abstracts.")
_WORD = re.compile(r"\w+")
_LONG_WORD = re.compile(r"\w{4,}")

Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A claim, and the abstracts that people found relevant for it."""

    text: str
    relevant: frozenset[str]

    def ndcg(self, found: Sequence[str]) -> float:
        """Return the discounted gain of the first ten found, of the best that could be."""
        gain = sum(_discount(at) for at, key in enumerate(found[:_SHOWN]) if key in self.relevant)
        return gain / sum(_discount(at) for at in range(min(_SHOWN, len(self.relevant))))


def _discount(at: int) -> float:
    return 1 / math.log2(at + 2)


def score(folder: Path) -> tuple[Row, ...]:
    """Return the rows of the table for the queries of SciFact in `folder`."""
    queries, summaries = tuple(_queries(folder)), tuple(_summaries(folder))
    with TemporaryDirectory() as place:
        path = Path(place) / "knowledge.db"
        with (
            closing(open_connection(path, synchronous="NORMAL")) as db,
            closing(sqlite3.connect(":memory:")) as plain,
        ):
            migrate(db, migrations, path)
            with transaction(db, immediate=True):
                reload(db, _STORY, summaries)
            return tuple(_rows(queries, _ours(db), _floor(plain, summaries)))


def _rows(queries: Sequence[Query], ours: Search, floor: Search) -> Iterator[Row]:
    began = time.perf_counter()
    for query in queries:
        ours(query.text)
    each = (time.perf_counter() - began) * 1000 / len(queries)
    for what, some, peer, goal in (
        ("whole claims", queries, _PEER, _GOAL),
        ("whole claims, development half", queries[::2], None, None),
        ("whole claims, check half", queries[1::2], None, None),
        ("four words of each", _cut(queries, 4), None, None),
        ("two words of each", _cut(queries, 2), None, None),
    ):
        yield Row(
            what=f"SciFact: nDCG@10, {what}",
            floor=_mean(some, floor),
            peer=peer,
            ours=_mean(some, ours),
            goal=goal,
        )
    yield Row(what="SciFact: ms a whole claim", ours=each)


def _mean(queries: Sequence[Query], asked: Search) -> float:
    return 100 * sum(query.ndcg(asked(query.text)) for query in queries) / len(queries)


def _cut(queries: Sequence[Query], most: int) -> list[Query]:
    chance = random.Random(most)  # noqa: S311 (the same words each time)
    return [
        Query(text=_some_words(query.text, most, chance), relevant=query.relevant)
        for query in queries
    ]


def _some_words(text: str, most: int, chance: random.Random) -> str:
    found = _LONG_WORD.findall(text)
    kept = sorted(chance.sample(range(len(found)), min(most, len(found))))
    return " ".join(found[at] for at in kept)


def _ours(db: Connection) -> Search:
    documents = {row["n"]: row["document"] for row in db.query("SELECT n, document FROM source")}
    return lambda text: [documents[hit.source.n] for hit in search(db, text, limit=_SHOWN).hits]


def _floor(db: sqlite3.Connection, summaries: Sequence[Summary]) -> Search:
    db.execute(
        "CREATE VIRTUAL TABLE plain USING fts5 (key UNINDEXED, title, body, tokenize=porter)"
    )
    db.executemany(
        "INSERT INTO plain VALUES (?, ?, ?)", [(s.document, s.title, s.body) for s in summaries]
    )

    def asked(text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(text))
        found = "SELECT key FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT ?"
        return [key for (key,) in db.execute(found, (words, _SHOWN))]

    return asked


def _queries(folder: Path) -> Iterator[Query]:
    """Yield the queries with their judgements, in the order of their numbers."""
    texts = {row["_id"]: row["text"] for row in _lines(folder / "queries.jsonl")}
    relevant: defaultdict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels" / "test.tsv").read_text().splitlines()[1:]:
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            relevant[query].add(document)
    for query in sorted(relevant, key=int):
        yield Query(text=texts[query], relevant=frozenset(relevant[query]))


def _summaries(folder: Path) -> Iterator[Summary]:
    for row in _lines(folder / "corpus.jsonl"):
        yield Summary(
            file=f"{row['_id']}.md",
            title=row["title"],
            outlet="SciFact",
            document=row["_id"],
            published=_DAY,
            body=row["text"],
        )


def _lines(file: Path) -> Iterator[Mapping[str, str]]:
    with file.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)
