"""Names in defence and diplomacy, on re3d (Dstl) in its CoNLL form, document by document.

What is counted. re3d marks as Person all that refers to one, pronouns and descriptions too
("he", "my wife", "a spokesman"), and of nested marks the longest, with its titles ("Foreign
Secretary Boris Johnson", "Tobias Ellwood, Foreign Office Minister for the Middle East").

- Persons by name: the marks that hold a name: a capitalised word that is no word of a title, no
  nation and none of a body, by the lists of the rules themselves, so that these marks change a
  little with the lists. Right is a name of ours inside a mark that leaves out no word of its
  name; each mark counts once. Wrong is one of ours that leaves some out, or lies in no mark for
  a person; one in a mark without a name counts for nothing.
- Whole span: the same marks, right only when our name with the title before it is all of it.
- All marks, strict: every mark, pronouns as well; we give no pronouns.
- Organisations and places: whole span, by their marks; descriptions are among them too.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.extract.name_scores import (
    Counts,
    Document,
    count,
    documents_of,
    named,
    ours,
    read_conll,
)
from benchmarks.extract.name_scores import floor as bare_floor
from benchmarks.extract.table import Row
from store.ingest.extract.names_countries import demonyms, sides
from store.ingest.extract.names_gazetteer import bodies
from store.ingest.extract.names_titles import is_title_part
from store.ingest.extract.names_values import Kind
from store.ingest.extract.names_words import NO_PERSON, ORG_NOUNS, STARTERS
from store.ingest.extract.values import Span

_WORD = re.compile(r"[^\W\d_][\w.'-]*")
_PARTS = re.compile(r"[,(]")
_NO_NAMES = frozenset({"I", "Head", "State", "East", "Middle", "Office", "Foreign", "U.S"})


def documents(folder: Path) -> tuple[Document, ...]:
    """Return the documents of re3d below `folder`."""
    files = sorted(
        (folder / "re3d" / "CONLL-format" / "data-by-source" / "conll").glob("*/*.conll")
    )
    return tuple(
        documents_of(
            (file.stem, [s for part in read_conll(file, "\t") for s in part]) for file in files
        )
    )


def name_words(words: str) -> list[str]:
    """Return the words of a mark that are of a name; none in a pronoun or description."""
    return [
        word
        for word in _WORD.findall(words)
        if word[0].isupper()
        and not is_title_part(word)
        and word not in STARTERS | NO_PERSON | ORG_NOUNS | demonyms() | bodies() | _NO_NAMES
        and word not in sides()
        and not (word.isupper() and len(word) > 2)  # noqa: PLR2004 -- an acronym
    ]


def _covers(mark: str, own: str) -> bool:
    """Tell whether `own` holds all of one name in the mark: none of its words is left out."""
    wanted = set(name_words(_PARTS.split(mark)[0])) or set(name_words(mark))
    return wanted <= set(_WORD.findall(own))


def _wholes(text: str, kind: Kind) -> Iterator[Span]:
    for mention in named(text, kind):
        yield mention.whole


def count_names(documents: tuple[Document, ...], *, with_floor: bool = False) -> Counts:
    """Return the counts of persons by name."""
    counts = Counts()
    for document in documents:
        marks = sorted(document.golds.get("Person", ()))
        wanted = {mark for mark in marks if name_words(mark.of(document.text))}
        counts.gold += len(wanted)
        method = bare_floor if with_floor else ours
        found: set[Span] = set()
        for span in method(document.text, Kind.PERSON):
            mark = next((mark for mark in marks if mark.holds(span)), None)
            around = document.text[max(0, span.start - 40) : span.end + 40].replace("\n", " ")
            if mark is None:
                counts.given += 1
                counts.wrong.append(("+", span.of(document.text), around))
            elif mark in wanted and mark not in found:
                counts.given += 1
                if _covers(mark.of(document.text), span.of(document.text)):
                    counts.right += 1
                    found.add(mark)
                else:
                    counts.wrong.append(("+", span.of(document.text), around))
        for mark in sorted(wanted - found):
            around = document.text[max(0, mark.start - 40) : mark.end + 40].replace("\n", " ")
            counts.wrong.append(("-", mark.of(document.text), around))
    return counts


def _count_wholes(documents: tuple[Document, ...]) -> Counts:
    named_only = tuple(
        Document(
            name=document.name,
            text=document.text,
            golds={
                "Person": frozenset(
                    mark
                    for mark in document.golds.get("Person", frozenset())
                    if name_words(mark.of(document.text))
                )
            },
        )
        for document in documents
    )
    return count(named_only, "Person", Kind.PERSON, _wholes)


def score(folder: Path) -> tuple[Row, ...]:
    """Return the rows of the table for re3d in `folder`."""
    texts = documents(folder)
    base, mine = count_names(texts, with_floor=True), count_names(texts)
    return (
        Row(what="re3d: persons by name F1", floor=base.f1, ours=mine.f1, goal=75),
        Row(what="re3d: persons by name precision", floor=base.precision, ours=mine.precision),
        Row(what="re3d: persons by name recall", floor=base.recall, ours=mine.recall),
        Row(what="re3d: persons by name, whole span F1", ours=_count_wholes(texts).f1),
        Row(
            what="re3d: all Person marks, strict F1",
            ours=count(texts, "Person", Kind.PERSON, _wholes).f1,
        ),
        *(
            Row(what=f"re3d: {kind.value}s F1", ours=count(texts, tag, kind, ours).f1)
            for tag, kind in (("Organisation", Kind.ORGANISATION), ("Location", Kind.PLACE))
        ),
    )
