"""Catalogues to test with: what they say tells which language it is, and what it is of."""

from gettext import NullTranslations

import pytest

from bot import locales
from bot.locales import Language


class _Marking(NullTranslations):
    """Puts its language before the English words; what is to be filled in stays."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._mark = f"<{language}>"

    def gettext(self, message: str) -> str:
        return self._mark + message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._mark + (msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        del context
        return self._mark + message


def _catalogue(language: Language) -> NullTranslations:
    return NullTranslations() if language is Language.ENGLISH else _Marking(language)


@pytest.fixture
def tongues(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every text of the bot say in which language it is, unless in English."""
    monkeypatch.setattr(locales, "_catalogue", _catalogue)


class _Stretching(NullTranslations):
    """Makes each text two fifths longer, in wide letters; what is to be filled in stays."""

    def gettext(self, message: str) -> str:
        return message + "Щ" * (2 * len(message) // 5 + 1)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        del context
        return self.gettext(message)


@pytest.fixture
def stretched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every text of the bot, in any language, be longer than most languages make it."""
    monkeypatch.setattr(locales, "_catalogue", lambda _language: _Stretching())


def language_in(text: str) -> str:
    """Return the one language that a text is in, by its marks."""
    (found,) = {language for language in Language if f"<{language}>" in text} or {Language.ENGLISH}
    return found
