"""The pages that buttons ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from bot.messages.callbacks.packing import (
    read_day,
    read_key,
    read_number,
    read_offset,
    read_scope,
    read_when,
    written,
)
from bot.pictures.chart import Theme
from store.knowledge.values import When


class View(StrEnum):
    """The pages of a person."""

    PROFILE = "p"
    TIMELINE = "t"
    QUOTES = "q"
    WITH = "w"


class Facet(StrEnum):
    """The pages of a subject that is no person."""

    PAGE = "p"
    TIMELINE = "t"
    QUOTES = "q"
    PEOPLE = "w"
    FIGURES = "g"
    SOURCES = "s"


class List(StrEnum):
    """The pages that belong to no single person or source."""

    LATEST = "l"
    QUOTES = "q"
    SOURCES = "s"
    SEARCH = "f"
    HELP = "h"
    NEXT = "n"
    DISPUTED = "d"
    FIGURES = "g"


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One view of a person."""

    key: str
    view: View = View.PROFILE
    offset: int | None = None

    def pack(self) -> str:
        """Return the callback data; without an offset the page where the view begins."""
        return f"p:{self.view}:{self.key}:{written(self.offset)}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        view, key, offset = fields
        return cls(read_key(key), View(view), read_offset(offset))


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """One view of a side, an organisation, a topic or a place."""

    key: str
    facet: Facet = Facet.PAGE
    offset: int | None = None

    def pack(self) -> str:
        """Return the callback data; without an offset the page where the view begins."""
        return f"u:{self.facet}:{self.key}:{written(self.offset)}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        facet, key, offset = fields
        return cls(read_key(key), Facet(facet), read_offset(offset))


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """The timeline of a scope, as that is written: of a place, a person, a date, or of all."""

    scope: str = ""
    offset: int | None = None

    def pack(self) -> str:
        """Return the callback data; without an offset the page that holds "as of"."""
        return f"t:{self.scope}:{written(self.offset)}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        scope, offset = fields
        return cls(read_scope(scope), read_offset(offset))


@dataclass(frozen=True, slots=True)
class PicturePage:
    """The picture of a scope's timeline; without an offset of the events around "as of"."""

    scope: str = ""
    theme: Theme = Theme.LIGHT
    offset: int | None = None

    def pack(self) -> str:
        """Return the callback data; the theme is in its first letter, for want of room."""
        return f"{'x' if self.theme is Theme.LIGHT else 'y'}:{self.scope}:{written(self.offset)}"

    @classmethod
    def light(cls, fields: Sequence[str]) -> Self:
        """Return the picture whose packed fields these are. Raises ValueError for others."""
        scope, offset = fields
        return cls(read_scope(scope), Theme.LIGHT, read_offset(offset))

    @classmethod
    def dark(cls, fields: Sequence[str]) -> Self:
        """Return the dark picture whose packed fields these are. Raises ValueError for others."""
        scope, offset = fields
        return cls(read_scope(scope), Theme.DARK, read_offset(offset))


@dataclass(frozen=True, slots=True)
class QuotesPage:
    """Quotes about what the page above the button names: by a person or all, on a date or ever.

    The key may also be that of a subject: of all who speak for it.
    """

    person: str | None = None
    when: When | None = None
    offset: int = 0

    def pack(self) -> str:
        """Return the callback data; the topic stands in the page itself."""
        return f"q:{self.person or ''}:{self.when or ''}:{self.offset}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        person, when, offset = fields
        return cls(
            read_key(person) if person else None,
            read_when(when) if when else None,
            read_number(offset),
        )


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page of a source."""

    key: str
    page: int = 0

    def pack(self) -> str:
        """Return the callback data."""
        return f"s:{self.key}:{self.page}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        key, page = fields
        return cls(read_key(key), read_number(page))


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list."""

    list: List
    offset: int = 0

    def pack(self) -> str:
        """Return the callback data."""
        return f"l:{self.list}:{self.offset}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        name, offset = fields
        return cls(List(name), read_number(offset))


@dataclass(frozen=True, slots=True)
class CatchUpPage:
    """A page of what became known after one offer, up to another; and since which day that is."""

    after: int
    upto: int
    since: date
    offset: int = 0

    def pack(self) -> str:
        """Return the callback data."""
        return f"n:{self.after}:{self.upto}:{self.since.isoformat()}:{self.offset}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        after, upto, since, offset = fields
        return cls(read_number(after), read_number(upto), read_day(since), read_number(offset))
