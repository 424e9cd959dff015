"""The languages that the bot speaks: which one a reader has, and its words.

Code speaks English. `_` and `ngettext` find the same words in the language that is spoken
where they are called, which `speaking` sets for all that runs inside it, also in the
threads that read for it. The catalogues are the .po files beside this one, read when
somebody first needs one; `make catalogues` brings them up to what the code says. Not here:
dates and numbers (bot.messages.dates).
"""

import gettext as catalogues
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Language(StrEnum):
    """What the bot speaks, by IETF language code."""

    ENGLISH = "en"
    GERMAN = "de"
    UKRAINIAN = "uk"


_spoken: ContextVar[Language] = ContextVar("spoken", default=Language.ENGLISH)


def spoken() -> Language:
    """Return the language that is spoken here."""
    return _spoken.get()


def speak(language: Language) -> None:
    """Speak `language` until the task ends."""
    _spoken.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak `language` inside."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def language_of(code: str | None) -> Language:
    """Return the language that fits Telegram's language code best, English where none does."""
    primary = re.split("[-_]", code or "", maxsplit=1)[0].casefold()
    return Language(primary) if primary in set(Language) else Language.ENGLISH


def _(words: str) -> str:
    """Return `words` in the language that is spoken."""
    return _catalogue(spoken()).gettext(words)


def N_(words: str) -> str:  # noqa: N802 (its name wherever gettext is)
    """Return `words` as they are: marked for the catalogues, put into a language where shown."""
    return words


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form that `number` needs in the language that is spoken."""
    return _catalogue(spoken()).ngettext(one, many, number)


def pgettext(context: str, words: str) -> str:
    """Return `words` as they are meant in `context`, for short ones that mean several things."""
    return _catalogue(spoken()).pgettext(context, words)


@cache
def _catalogue(language: Language) -> catalogues.NullTranslations:
    """Read a catalogue; English is what the code says."""
    if language is Language.ENGLISH:
        return catalogues.NullTranslations()
    # Babel is slow to import, and most bots speak English first.
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (see above)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    written = (files(__name__) / f"{language}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(written), locale=language))
    compiled.seek(0)
    return catalogues.GNUTranslations(compiled)
