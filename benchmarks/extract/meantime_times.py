"""Dates in news, on the English part of MEANTIME (Minard et al., LREC 2016).

What is counted: the time expressions that stand in the text (those without words are left out),
in the title and the first four sentences of each article, which alone are annotated. The
article's own date is given to us, so its line does not count. Spans, values, days: timex.py.

The peer on days is HeidelTime on TimeBank (86.7 %), on values and spans HeidelTime 1.8 on the
English test of TempEval-3: other news, the same task.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, parse

from benchmarks.extract.table import Row
from benchmarks.extract.timex import Document, Timex, floor, measure, ours
from store.ingest.extract.values import Span

_FULL = re.compile(r"\d{4}-\d\d-\d\d")
_ANNOTATED = 5  # the last sentence with times; 0 is the title, 1 the date
_LEFT = frozenset(".,;:?!)]%'\u2019\u201d") | {"'s", "\u2019s", "n't", "..."}
_RIGHT = frozenset("([$\u201c")


def documents(folder: Path) -> Iterator[Document]:
    """Yield the articles of MEANTIME below `folder`, in the order of their names."""
    for file in sorted(folder.glob("intra_cross-doc_annotation/*/*.xml")):
        yield read_document(file)


def read_document(file: Path) -> Document:
    """Read one article; its tokens are set as text again."""
    root = parse(file).getroot()  # noqa: S314 (a data set that one downloaded)
    tokens = root.findall("token")
    text, places = _set_tokens(tokens)
    anchors = {mention: _anchors(mention) for mention in root.findall("Markables/*")}
    sentence = {token.get("t_id", ""): int(token.get("sentence", 0)) for token in tokens}
    end = max(places[each].end for each, number in sentence.items() if number <= _ANNOTATED)
    golds, own = [], None
    for mention, anchor in anchors.items():
        if mention.tag != "TIMEX3" or not anchor:
            continue
        span = Span(
            min(places[each].start for each in anchor), max(places[each].end for each in anchor)
        )
        golds.append(Timex.gold(span, mention.get("value", "")))
        heads = min(sentence[each] for each in anchor) <= 1
        created = mention.get("functionInDocument") == "CREATION_TIME"
        if _FULL.fullmatch(golds[-1].value) and (created or (heads and own is None)):
            own = golds[-1]
    if own is None:
        raise ValueError(f"{file.name} has no date of its own")
    return Document(
        name=file.stem[:20],
        text=text,
        published=date.fromisoformat(own.value),
        golds=tuple(golds),
        scope=Span(0, end),
        ignored=(own.span,),
    )


def _anchors(mention: Element) -> list[str]:
    return [anchor.get("t_id", "") for anchor in mention.findall("token_anchor")]


def _set_tokens(tokens: Sequence[Element]) -> tuple[str, dict[str, Span]]:
    text, places = "", {}
    sentence: str | None = None
    glued = True
    for token in tokens:
        word = token.text or ""
        if token.get("sentence") != sentence:
            text += "\n\n" if text else ""
            sentence = token.get("sentence")
        elif not glued and word not in _LEFT:
            text += " "
        places[token.get("t_id", "")] = Span(len(text), len(text) + len(word))
        text += word
        glued = word in _RIGHT
    return text, places


def score(folder: Path) -> tuple[Row, ...]:
    """Return the rows of the table for MEANTIME in `folder`."""
    articles = tuple(documents(folder))
    base, mine = measure(articles, floor), measure(articles, ours)
    return (
        Row(
            what="MEANTIME: days right, %",
            floor=base.days_share,
            peer=86.7,
            ours=mine.days_share,
            goal=90,
        ),
        Row(
            what="MEANTIME: value F1",
            floor=base.f1(base.values),
            peer=77.6,
            ours=mine.f1(mine.values),
            goal=None,
        ),
        Row(
            what="MEANTIME: span F1, relaxed",
            floor=base.f1(base.relaxed),
            peer=90.3,
            ours=mine.f1(mine.relaxed),
            goal=None,
        ),
        Row(
            what="MEANTIME: span F1, strict",
            floor=base.f1(base.strict),
            peer=81.3,
            ours=mine.f1(mine.strict),
            goal=None,
        ),
    )
