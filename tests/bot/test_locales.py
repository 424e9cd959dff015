from pathlib import Path

import pytest

from bot.locales import Language, language_of, speaking, spoken
from store.database import Connection
from store.ledger.schema import open_ledger


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("de", Language.GERMAN),
        ("de-AT", Language.GERMAN),
        ("DE_ch", Language.GERMAN),
        ("uk", Language.UKRAINIAN),
        ("en-GB", Language.ENGLISH),
        ("fr", Language.ENGLISH),
        ("", Language.ENGLISH),
        (None, Language.ENGLISH),
    ],
)
def test_a_telegram_language_code_gives_the_nearest_language(
    code: str | None, language: Language
) -> None:
    assert language_of(code) is language


def test_a_language_is_spoken_until_its_block_ends() -> None:
    with speaking(Language.GERMAN):
        with speaking(Language.UKRAINIAN):
            assert spoken() is Language.UKRAINIAN
        assert spoken() is Language.GERMAN
    assert spoken() is Language.ENGLISH


async def test_a_question_to_the_store_is_answered_in_the_language_of_who_asks(
    tmp_path: Path,
) -> None:
    def heard(db: Connection) -> Language:
        del db
        return spoken()

    ledger = open_ledger(tmp_path / "ledger.db")
    try:
        with speaking(Language.UKRAINIAN):
            assert await ledger.read(heard) is Language.UKRAINIAN
            assert await ledger.write(heard) is Language.UKRAINIAN
        assert await ledger.read(heard) is Language.ENGLISH
    finally:
        ledger.close()
