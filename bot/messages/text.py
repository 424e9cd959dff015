"""Text with entities: built from pieces, never from markup, and cut only between blocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from telegram import MessageEntity
from telegram.constants import MessageEntityType, MessageLimit

LONGEST_MESSAGE = int(MessageLimit.MAX_TEXT_LENGTH)
MOST_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
ELLIPSIS = "…"


class Style(StrEnum):
    """How a piece of text looks."""

    PLAIN = "plain"
    BOLD = MessageEntityType.BOLD
    ITALIC = MessageEntityType.ITALIC
    LINK = MessageEntityType.TEXT_LINK


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style."""

    text: str
    style: Style = Style.PLAIN
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Spans in a row; `+` puts texts and plain strings together."""

    spans: tuple[Span, ...] = ()

    def __add__(self, other: "Text | str") -> "Text":
        return Text(self.spans + text(other).spans)

    def __radd__(self, other: str) -> "Text":
        return text(other) + self

    def __bool__(self) -> bool:
        for span in self.spans:  # noqa: SIM110 (any() costs three times as much)
            if span.text:
                return True
        return False

    @property
    def plain(self) -> str:
        """The text without its styles."""
        return "".join(span.text for span in self.spans)

    @property
    def units(self) -> int:
        """The length as Telegram counts it, in UTF-16 code units."""
        return units(self.plain)

    @property
    def styled(self) -> int:
        """The number of entities that the text becomes."""
        return sum(span.style is not Style.PLAIN and bool(span.text) for span in self.spans)

    def entities(self) -> tuple[MessageEntity, ...]:
        """Return the styles as Telegram wants them: offsets and lengths in UTF-16 code units."""
        return tuple(
            MessageEntity(span.style, offset, length, url=span.url)
            for span, offset, length in self.places()
        )

    def places(self) -> Iterator[tuple[Span, int, int]]:
        """Yield each span that has a style, its offset and its length."""
        offset = 0
        for span in self.spans:
            length = units(span.text)
            if span.style is not Style.PLAIN and length:
                yield span, offset, length
            offset += length


def units(plain: str) -> int:
    """Return the length of `plain` in UTF-16 code units."""
    return len(plain) if plain.isascii() else len(plain.encode("utf-16-le")) // 2


def text(value: Text | str) -> Text:
    """Return `value` as a text."""
    return value if isinstance(value, Text) else Text((Span(value),) if value else ())


def bold(plain: str) -> Text:
    """Return `plain` in bold."""
    return Text((Span(plain, Style.BOLD),))


def italic(plain: str) -> Text:
    """Return `plain` in italics."""
    return Text((Span(plain, Style.ITALIC),))


def link(plain: str, url: str) -> Text:
    """Return `plain` as a link to `url`."""
    return Text((Span(plain, Style.LINK, url),))


def join(separator: str, texts: Iterable[Text | str]) -> Text:
    """Return the texts that hold anything, with `separator` between them."""
    return _stacked((separator, piece) for piece in map(text, texts))


def _stacked(pieces: Iterable[tuple[str, Text]]) -> Text:
    """Return the texts that hold anything, each but the first after what stands before it."""
    spans: list[Span] = []
    for before, piece in pieces:
        if piece:
            if spans and before:
                spans.append(Span(before))
            spans += piece.spans
    return Text(tuple(spans))


def lines(*texts: Text | str) -> Text:
    """Return the texts that hold anything, one a line."""
    return join("\n", texts)


@dataclass(frozen=True, slots=True)
class Row(Text):
    """A text that stands right below the one before it, also where others keep a distance."""


def row(value: Text) -> Row:
    """Return `value` as a row."""
    return Row(value.spans)


def blocks(*texts: Text | str) -> Text:
    """Return the texts that hold anything, with an empty line between them; rows without."""
    return _stacked(
        ("\n" if isinstance(piece, Row) else "\n\n", piece) for piece in map(text, texts)
    )


def fill(words: str, **values: Text | str) -> Text:
    """Return `words` with the text of that name in place of each {name}: styles inside a sentence.

    What is filled in is a value, never read for names itself.
    """
    filled = Text()
    for before, name, *_unused in Formatter().parse(words):
        filled = filled + before + (values[name] if name else "")
    return filled


def clip(plain: str, most: int) -> str:
    """Return `plain`, or what fits of it in `most` UTF-16 code units, cut between words.

    `most` is at least 1, which leaves room for the mark of the cut.
    """
    return plain if units(plain) <= most else _head(plain, most - 1).rstrip() + ELLIPSIS


def split(plain: str, most: int) -> Iterator[str]:
    """Yield `plain` in pieces of at most `most` UTF-16 code units, cut between words."""
    while units(plain) > most:
        piece = _head(plain, most)
        yield piece.rstrip()
        plain = plain[len(piece) :].lstrip()
    yield plain


def _head(plain: str, most: int) -> str:
    kept = plain.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
    if plain[len(kept) : len(kept) + 1].isspace():
        return kept
    head, _, tail = kept.rpartition(" ")
    # A cut between words is kinder, but not where it would lose a third of the text.
    return head if head.strip() and len(tail) < len(kept) // 3 else kept


def paginate(
    items: Sequence[Text], *, most: int = LONGEST_MESSAGE, entities: int = MOST_ENTITIES
) -> tuple[tuple[Text, ...], ...]:
    """Put `items`, each shorter than `most`, on as few pages as keep their order and the limits."""
    pages: list[list[Text]] = [[]]
    length = styled = 0
    for item in items:
        size = item.units + 2  # the empty line before it
        if pages[-1] and (length + size > most or styled + item.styled > entities):
            pages.append([])
            length = styled = 0
        pages[-1].append(item)
        length += size
        styled += item.styled
    return tuple(tuple(page) for page in pages)
