"""What the scorers of names share: tokens set as text again, spans counted, the floor.

A span counts as right when it begins and ends with the same tokens as one of the gold standard.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from store.ingest.extract.names import find_names
from store.ingest.extract.names_values import Form, Kind, Mention
from store.ingest.extract.values import Span

_LEFT = frozenset(".,;:?!)]%'\u2019\u201d") | {"'s", "\u2019s", "n't", "...", "'re", "'ve", "'ll"}
_RIGHT = frozenset("([$\u201c")
_GLUED_BEFORE = frozenset({"al", "Al", "el", "El", "as", "ash", "an"})
_FLOOR = re.compile(
    r"(?<![.!?\u201d\"] )(?<!^)\b[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+\b", re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text, and where the gold standard has names of each kind."""

    name: str
    text: str
    golds: dict[str, frozenset[Span]]


@dataclass(slots=True)
class Counts:
    """Names given, given rightly, and in the gold standard."""

    given: int = 0
    right: int = 0
    gold: int = 0
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Return the share of what is given that is right, in hundredths."""
        return 100 * self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the gold standard that is given, in hundredths."""
        return 100 * self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        total = self.given + self.gold
        return 200 * self.right / total if total else 0.0


def set_sentence(words: Sequence[str]) -> tuple[str, list[Span]]:
    """Return tokens as a sentence set for reading, and where each stands in it."""
    text, places = "", []
    open_quote = False
    glued = True
    for at, word in enumerate(words):
        closing = word == '"' and open_quote
        before = words[at - 1] if at else ""
        owner = word == "s" and before in {"'", "\u2019"}
        hyphen = word == "-" and _is_hyphen(before, "".join(words[at + 1 : at + 2]))
        if not (glued or word in _LEFT or closing or owner or hyphen):
            text += " "
        places.append(Span(len(text), len(text) + len(word)))
        text += word
        glued = word in _RIGHT or (word == '"' and not open_quote) or hyphen
        if word == '"':
            open_quote = not open_quote
    return text, places


def _is_hyphen(before: str, after: str) -> bool:
    """Tell whether a hyphen by itself stood between two parts of one word."""
    return before in _GLUED_BEFORE or (
        len(before) > 1 and before[-1].islower() and after[:1].islower()
    )


def documents_of(
    blocks: Iterable[tuple[str, Sequence[Sequence[tuple[str, str]]]]],
) -> Iterator[Document]:
    """Yield documents made of sentences of (word, tag): I-PER, B-PER, O."""
    for name, sentences in blocks:
        text = ""
        golds: dict[str, set[Span]] = {}
        for sentence in sentences:
            line, places = set_sentence([word for word, _ in sentence])
            offset = len(text) + 2 if text else 0
            text += ("\n\n" if text else "") + line
            for kind, first, last in _entities([tag for _, tag in sentence]):
                span = Span(offset + places[first].start, offset + places[last].end)
                golds.setdefault(kind, set()).add(span)
        yield Document(name=name, text=text, golds={k: frozenset(v) for k, v in golds.items()})


def _entities(tags: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    start, kind = 0, ""
    for at, tag in enumerate((*tags, "O")):
        begins = tag.startswith("B-") or tag[2:] != kind
        if kind and begins:
            yield kind, start, at - 1
            kind = ""
        if tag != "O" and begins:
            start, kind = at, tag[2:]


def read_conll(file: Path, separator: str) -> Iterator[list[list[tuple[str, str]]]]:
    """Yield the documents of a file, as sentences of (word, tag)."""
    sentences: list[list[tuple[str, str]]] = []
    sentence: list[tuple[str, str]] = []
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("-DOCSTART-"):
            if sentences:
                yield sentences
            sentences = []
        elif line.strip():
            word, tag = line.rstrip().rsplit(separator, 1)
            sentence.append((word, tag))
        elif sentence:
            sentences.append(sentence)
            sentence = []
    if sentence:
        sentences.append(sentence)
    if sentences:
        yield sentences


def ours(text: str, kind: Kind) -> Iterator[Span]:
    """Yield where our own extraction finds names of `kind`; titles alone are no names."""
    for mention in named(text, kind):
        yield mention.span


def named(text: str, kind: Kind) -> Iterator[Mention]:
    """Yield our mentions of `kind` by name."""
    for mention in find_names(text):
        if mention.kind is kind and mention.form is not Form.TITLE:
            yield mention


def floor(text: str, kind: Kind) -> Iterator[Span]:
    """Yield two capitalised words that begin no sentence, for persons; nothing for others."""
    if kind is Kind.PERSON:
        for found in _FLOOR.finditer(text):
            yield Span(*found.span())


def count(
    documents: Iterable[Document],
    tag: str,
    kind: Kind,
    method: Callable[[str, Kind], Iterable[Span]],
) -> Counts:
    """Return the counts of `method` for the names with `tag`."""
    counts = Counts()
    for document in documents:
        given = frozenset(method(document.text, kind))
        gold = document.golds.get(tag, frozenset())
        counts.given += len(given)
        counts.gold += len(gold)
        counts.right += len(given & gold)
        for word, spans in (("+", given - gold), ("-", gold - given)):
            for span in sorted(spans):
                around = document.text[max(0, span.start - 40) : span.end + 40].replace("\n", " ")
                counts.wrong.append((word, span.of(document.text), around))
    return counts
