"""The values of raw material: an article as it was found, and what was left out of it."""

from dataclasses import dataclass
from enum import StrEnum

from store.errors import StoreError
from store.knowledge.keys import digest
from store.knowledge.values import Basis, When
from store.text import fold


class Dirt(StrEnum):
    """Why a line of a copy is no part of the article's text."""

    ADVERT = "advert"
    AUTHOR = "about the author"
    BYLINE = "byline"
    CAPTION = "caption"
    CONTACT = "contact"
    COOKIES = "cookies"
    CREDIT = "credit"
    HEADING = "heading"
    LEGAL = "legal"
    MENU = "menu"
    NEWSLETTER = "newsletter"
    RELATED = "related"
    REPEATED = "repeated"
    SHARE = "share"
    TAG = "tag"
    TIME = "time"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A line that was left out, and why."""

    text: str
    dirt: Dirt


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When an article says that it was published, and where it says so."""

    when: When
    basis: Basis
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The head of a dispatch, as `GENEVA, Jan 9 (AGENCY) —`; often without a year."""

    text: str
    place: str | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """One article: its paragraphs in their order, and what it says about itself.

    `name` is the file or address that it was read from. Where `published` is None the
    article does not say; `dateline` may still tell the day of some year.
    """

    name: str
    paragraphs: tuple[str, ...]
    title: str | None = None
    outlet: str | None = None
    published: Published | None = None
    dateline: Dateline | None = None
    address: str | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()  # whose copy it says it is
    dropped: tuple[Dropped, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs as one text, a blank line between them."""
        return "\n\n".join(self.paragraphs)

    @property
    def content_hash(self) -> str:
        """A digest that two articles share only where they say the same, word for word."""
        return digest(fold(self.title or ""), *map(fold, self.paragraphs))


class RawError(StoreError):
    """Raw material cannot be read; says which file or address, why, and what would help."""

    def __init__(self, name: str, reason: str, remedy: str) -> None:
        self.name = name
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{name}: {reason}; {remedy}")
