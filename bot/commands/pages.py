"""Pages that a button asks for after the knowledge has shrunk: the last one then."""

from collections.abc import Callable
from typing import Protocol, TypeVar


class Page(Protocol):
    """One page of something, which knows how much there is in all."""

    @property
    def total(self) -> int:
        """How many there are on all pages."""


P = TypeVar("P", bound=Page)
Offset = TypeVar("Offset", int, int | None)


def page_within(read: Callable[[Offset], P], offset: Offset, *, limit: int) -> P:
    """Read the page at `offset`, or the last one where there are not so many any more."""
    page = read(offset)
    if (offset or 0) >= page.total > 0:
        return read(last_offset(page.total, limit))
    return page


def last_offset(total: int, limit: int) -> int:
    """Return where the last page begins."""
    return max(total - 1, 0) // limit * limit
