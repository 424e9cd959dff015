"""Dates in narrative, on WikiWars (Mazur and Dale, EMNLP 2010).

The day of each text is that of its download; what it tells is of another century.

What is counted: all expressions of the TIMEX2 annotation, also those whose value is empty
(written null), which nobody can get right. Spans, values and days as in timex.py.

The peer is HeidelTime 1.8 by its own evaluation (all 22 texts of the corpus, the TERN scorer:
lenient, strict, and lenient with the right value).
"""

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.extract.table import Row
from benchmarks.extract.timex import Document, Timex, floor, measure, ours
from store.ingest.extract.values import Span

_OWN = re.compile(r"<DCT>.*?value=\"(\d{4}-\d\d-\d\d)", re.DOTALL)
_TEXT = re.compile(r"<TEXT>(.*)</TEXT>", re.DOTALL)
_TIMEX = re.compile(r"<TIMEX3\b[^>]*?\bvalue=\"([^\"]*)\"[^>]*>(.*?)</TIMEX3>", re.DOTALL)

_PEER_VALUE, _PEER_RELAXED, _PEER_STRICT = 80.8, 90.3, 83.1


def documents(folder: Path) -> Iterator[Document]:
    """Yield the narratives of WikiWars below `folder`, in the order of their names."""
    for file in sorted(folder.glob("**/*.tml")):
        yield read_document(file)


def read_document(file: Path) -> Document:
    """Read one narrative with its expressions."""
    written = file.read_text(encoding="utf-8")
    own, body = _OWN.search(written), _TEXT.search(written)
    if own is None or body is None:
        raise ValueError(f"{file.name} has no date or no text")
    text, golds, last = "", [], 0
    for match in _TIMEX.finditer(body[1]):
        text += html.unescape(body[1][last : match.start()])
        words = html.unescape(match[2])
        golds.append(Timex.gold(Span(len(text), len(text) + len(words)), match[1]))
        text += words
        last = match.end()
    text += html.unescape(body[1][last:])
    return Document(
        name=file.stem,
        text=text,
        published=date.fromisoformat(own[1]),
        golds=tuple(golds),
        scope=Span(0, len(text)),
    )


def score(folder: Path) -> tuple[Row, ...]:
    """Return the rows of the table for WikiWars in `folder`."""
    texts = tuple(documents(folder))
    base, mine = measure(texts, floor), measure(texts, ours)
    return (
        Row(
            what="WikiWars: days right, %",
            floor=base.days_share,
            peer=None,
            ours=mine.days_share,
            goal=None,
        ),
        Row(
            what="WikiWars: value F1",
            floor=base.f1(base.values),
            peer=_PEER_VALUE,
            ours=mine.f1(mine.values),
            goal=None,
        ),
        Row(
            what="WikiWars: span F1, relaxed",
            floor=base.f1(base.relaxed),
            peer=_PEER_RELAXED,
            ours=mine.f1(mine.relaxed),
            goal=None,
        ),
        Row(
            what="WikiWars: span F1, strict",
            floor=base.f1(base.strict),
            peer=_PEER_STRICT,
            ours=mine.f1(mine.strict),
            goal=None,
        ),
    )
