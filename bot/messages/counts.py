"""How many of something there are, in words: 1 source, 2 sources."""

from bot.locales import ngettext
from bot.messages.dates import number


def sources(n: int) -> str:
    """Return `2 sources`."""
    return ngettext("{n} source", "{n} sources", n).format(n=number(n))


def people(n: int) -> str:
    """Return `2 people`."""
    return ngettext("{n} person", "{n} people", n).format(n=number(n))


def events(n: int) -> str:
    """Return `2 events`."""
    return ngettext("{n} event", "{n} events", n).format(n=number(n))


def quotes(n: int) -> str:
    """Return `2 quotes`."""
    return ngettext("{n} quote", "{n} quotes", n).format(n=number(n))


def figures(n: int) -> str:
    """Return `2 figures`."""
    return ngettext("{n} figure", "{n} figures", n).format(n=number(n))
