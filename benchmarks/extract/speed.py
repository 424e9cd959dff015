"""How fast texts are read: sentences a second on one core.

What is counted: the sentences that `find_sentences` gives, in the time that the whole reading of
the texts takes: sentences, times, quotes with their speakers, names, and events and figures on
top in a row of its own. Texts are the briefings of `wh_briefings` below the folder given (front
matter left out, each with its date) and, beside it, the articles of `polnear_dev`. The time is
the processor's, so that what else the machine does counts little; the best of three passes.
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks.extract.table import Row
from store.ingest.extract.events import find_events
from store.ingest.extract.figures import find_figures
from store.ingest.extract.names import find_names
from store.ingest.extract.quotes import find_quotes
from store.ingest.extract.sentences import find_sentences
from store.ingest.extract.times import find_times

_GOAL = 2000.0
_PASSES = 3
_DATED = re.compile(r"(\d{4}-\d\d-\d\d)")
_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)

Text = tuple[str, date | None]


def score(folder: Path) -> tuple[Row, ...]:
    """Return the rows of the table for the texts in `folder` and in `polnear_dev` beside it."""
    briefings = tuple(_texts(folder.rglob("20*.md")))
    articles = tuple(_texts((folder.parent / "polnear_dev").glob("text/*.txt")))
    sets = {"briefings": briefings, "articles": articles, "both": briefings + articles}
    rows = [_row(name, texts, _read) for name, texts in sets.items() if texts]
    parts: dict[str, Callable[[Text], object]] = {
        "sentences": lambda text: find_sentences(text[0]),
        "times": lambda text: find_times(*text),
        "quotes": lambda text: find_quotes(text[0]),
        "names": lambda text: find_names(text[0]),
    }
    rows += [_row(f"both, {name} alone", sets["both"], part) for name, part in parts.items()]
    rows.append(_row("both, with events and figures", sets["both"], _read_all))
    return tuple(rows)


def _texts(files: Iterator[Path]) -> Iterator[Text]:
    for file in sorted(files):
        dated = _DATED.search(file.name)
        day = date.fromisoformat(dated[1]) if dated else None
        yield _HEAD.sub("", file.read_text(encoding="utf-8")), day


def _row(name: str, texts: Sequence[Text], reading: Callable[[Text], object]) -> Row:
    count = sum(len(find_sentences(text)) for text, _ in texts)
    fastest = min(_seconds(texts, reading) for _ in range(_PASSES))
    goal = _GOAL if reading is _read else None
    return Row(what=f"Speed: sentences a second, {name}", ours=count / fastest, goal=goal)


def _seconds(texts: Sequence[Text], reading: Callable[[Text], object]) -> float:
    began = time.process_time()
    for text in texts:
        reading(text)
    return time.process_time() - began


def _read(text: Text) -> None:
    """Read what a draft needs, each part by itself, as their interfaces are."""
    words, published = text
    find_sentences(words)
    find_times(words, published)
    find_quotes(words)
    find_names(words)


def _read_all(text: Text) -> None:
    """Read all, what one part has found given to the next."""
    words, published = text
    find_sentences(words)
    times = find_times(words, published)
    quotes = find_quotes(words)
    names = find_names(words)
    find_events(words, published, times=times, names=names)
    find_figures(words, quotes=quotes, times=times)
