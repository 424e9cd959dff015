"""Names in Wikipedia, on wikigold (Balasuriya et al., 2009).

What is counted: PER, ORG and LOC, by the whole span and the kind, as in CoNLL 2003. The names
of persons stand there without titles. Its 145 articles are read one by one. Tags are I- only,
so two names without a word between them are one.
"""

from pathlib import Path

from benchmarks.extract.name_scores import Document, count, documents_of, floor, ours, read_conll
from benchmarks.extract.table import Row
from store.ingest.extract.names_values import Kind


def documents(folder: Path) -> tuple[Document, ...]:
    """Return the articles of wikigold below `folder`."""
    file = folder / "wikigold" / "CONLL-format" / "data" / "wikigold.conll.txt"
    blocks = ((f"wikigold {at}", each) for at, each in enumerate(read_conll(file, " ")))
    return tuple(documents_of(blocks))


def score(folder: Path) -> tuple[Row, ...]:
    """Return the rows of the table for wikigold in `folder`."""
    articles = documents(folder)
    base = count(articles, "PER", Kind.PERSON, floor)
    mine = count(articles, "PER", Kind.PERSON, ours)
    return (
        Row(what="wikigold: persons F1", floor=base.f1, ours=mine.f1, goal=75),
        Row(what="wikigold: persons precision", floor=base.precision, ours=mine.precision),
        Row(what="wikigold: persons recall", floor=base.recall, ours=mine.recall),
        *(
            Row(what=f"wikigold: {kind.value}s F1", ours=count(articles, tag, kind, ours).f1)
            for tag, kind in (("ORG", Kind.ORGANISATION), ("LOC", Kind.PLACE))
        ),
    )
