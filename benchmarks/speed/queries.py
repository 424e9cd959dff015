"""The knowledge's own time for each question: against its bare statements, and by size.

Each question is what the store answers for one message of a reader; of each there are
several, about people, places and words from the most to the least frequent. The floor is
what the same statements take, with the same values, on a connection of the standard
library that has prepared them; both have asked each of them before.
"""

import sqlite3
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.speed.asking import Question, questions
from benchmarks.speed.big_knowledge import made
from benchmarks.speed.corpus import Corpus
from benchmarks.speed.measuring import ROUNDS, Timed, interleaved, milliseconds, p99, seconds
from benchmarks.speed.table import Row, at_most
from store.database import Connection, open_connection
from store.knowledge.schema import open_knowledge

SMALL, LARGE, BIG = 10_000, 30_000, 1_000_000
_LEAST = 0.02  # seconds of a round: what is told sooner is asked again and again


def measure(*, big: bool) -> Iterable[Row]:
    """Measure every question on a small story and on a large one."""
    size = BIG if big else LARGE
    yield from rows(made(SMALL), made(size), size)


def rows(
    small: Path, large: Path, size: int, *, least: int = SMALL, rounds: int = ROUNDS
) -> Iterable[Row]:
    """Yield the rows of two files of knowledge, of `least` and of `size` summaries."""
    with closing(_opened(small)) as one, closing(_opened(large)) as other:
        asked = questions(one, Corpus(least)), questions(other, Corpus(size))
        yield _against_statements(other, large, asked[1], size, rounds)
        yield from _by_size((one, other), asked, size, rounds)


def _opened(path: Path) -> Connection:
    open_knowledge(path).close()  # brought to its schema
    return open_connection(path, synchronous="NORMAL", writable=False)


def _against_statements(
    db: Connection, path: Path, asked: dict[str, list[Question]], size: int, rounds: int
) -> Row:
    measured: dict[str, Timed] = {}
    times: dict[str, int] = {}
    with closing(sqlite3.connect(path, isolation_level=None)) as bare:
        for name, several in asked.items():
            asks = [one for question in several for one in statements(db, question)]
            took = seconds(partial(_ask, db, several, 1), time.thread_time)
            times[name] = max(1, round(_LEAST / took))
            measured[name] = interleaved(
                partial(_ask, db, several, times[name]),
                partial(_execute, bare, asks, times[name]),
                rounds=rounds,
                clock=time.thread_time,
            )
    told = sorted(measured.items(), key=lambda pair: median(pair[1].ratios))
    for name, timed in told:
        print(  # noqa: T201 (how it stands)
            f"  {name:28} {median(timed.ratios):5.2f}x  "
            f"ours {median(timed.ours) / times[name] / len(asked[name]) * 1000:.3f} ms",
            file=sys.stderr,
        )
    name, middle = told[len(told) // 2]
    number = times[name] * len(asked[name])
    worst = told[-1]
    return Row(
        what=f"knowledge queries alone at {size:,}",
        ratios=middle.ratios,
        floor=f"the bare statements, prepared; worst: {worst[0]} {median(worst[1].ratios):.2f}x",
        ours=milliseconds([one / number for one in middle.ours]),
        theirs=milliseconds([one / number for one in middle.floor]),
        goal=at_most(1.3),
    )


def _ask(db: Connection, several: Sequence[Question], times: int) -> None:
    for _ in range(times):
        for question in several:
            question(db)


def _execute(bare: sqlite3.Connection, asks: Sequence[tuple[str, Any]], times: int) -> None:
    for _ in range(times):
        for sql, values in asks:
            bare.execute(sql, values).fetchall()


def statements(db: Connection, question: Question) -> list[tuple[str, Any]]:
    """Return what a question asks of SQLite, once it has been asked before."""
    question(db)
    recorder = _Recorder(db.conn)
    plain = db.conn
    db.conn = recorder  # type: ignore[assignment]  # all that the store asks of one
    try:
        question(db)
    finally:
        db.conn = plain
    return recorder.statements


class _Recorder:
    """A connection that notes what is executed."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self.statements: list[tuple[str, Any]] = []

    def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:  # noqa: ANN401 (as sqlite3 has it)
        """Execute and note a statement."""
        self.statements.append((sql, values))
        return self._conn.execute(sql, values)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever the connection has)
        return getattr(self._conn, name)


def _by_size(
    dbs: tuple[Connection, Connection],
    asked: tuple[dict[str, list[Question]], dict[str, list[Question]]],
    size: int,
    rounds: int,
) -> Iterable[Row]:
    """Yield how much longer the large story takes: for the median question, and for the 99th."""
    each: dict[str, list[float]] = {}
    middle: list[float] = []
    tails: list[float] = []
    shown: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        took: tuple[list[float], list[float]] = ([], [])
        for name in asked[0]:
            times = tuple(
                [_took(q, db) for q in qs[name]] for db, qs in zip(dbs, asked, strict=True)
            )
            each.setdefault(name, []).append(median(times[1]) / median(times[0]))
            took[0].extend(times[0])
            took[1].extend(times[1])
        middle.append(median(took[1]) / median(took[0]))
        tails.append(p99(took[1]) / p99(took[0]))
        shown[0].append(p99(took[1]))
        shown[1].append(p99(took[0]))
    for name, ratios in sorted(each.items(), key=lambda pair: median(pair[1])):
        print(f"  {name:28} {median(ratios):5.2f}x", file=sys.stderr)  # noqa: T201
    worst = max(each, key=lambda name: median(each[name]))
    yield Row(
        what=f"knowledge queries alone at {size:,}, median",
        ratios=tuple(middle),
        floor=f"at {SMALL:,}; worst: {worst} {median(each[worst]):.2f}x",
        goal=at_most(1.5),
    )
    yield Row(
        what=f"knowledge queries alone at {size:,}, p99",
        ratios=tuple(tails),
        floor=f"at {SMALL:,}",
        ours=milliseconds(shown[0]),
        theirs=milliseconds(shown[1]),
        goal=at_most(3),
    )


def _took(question: Question, db: Connection) -> float:
    began = time.thread_time()
    question(db)
    return time.thread_time() - began
