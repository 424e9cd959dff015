import pytest

from bot.locales import Language, speaking
from bot.messages.reasons import reason
from tests.bot.tongues import tongues

__all__ = ["tongues"]

NOTED = [
    "nothing new",
    "too late: due 2022-01-12 06:00 UTC",
    "no longer wanted; Telegram asked us to wait 3 s",
    "sent once more: the bot stopped while it was being sent; possible repeat",
    "possible repeat: Telegram's server failed (Bad Gateway)",
    "message 12 of the group before",
    "Forbidden: bot was blocked by the user",
    "{reason} {0} {",
    "",
    "; ",
]


@pytest.mark.parametrize("noted", NOTED)
def test_in_english_a_reason_is_told_as_it_was_noted(noted: str) -> None:
    assert reason(noted) == noted


@pytest.mark.usefixtures("tongues")
@pytest.mark.parametrize(
    ("noted", "told"),
    [
        ("nothing new", "<de>nothing new"),
        ("too late: due 2022-01-12 06:00 UTC", "<de>too late: due 2022-01-12 06:00 UTC"),
        (
            "sent once more: the bot stopped while it was being sent; possible repeat",
            "<de>sent once more: <de>the bot stopped while it was being sent; <de>possible repeat",
        ),
        ("Forbidden: bot was blocked by the user", "Forbidden: bot was blocked by the user"),
    ],
)
def test_what_the_bot_noted_is_told_in_the_language_and_what_telegram_said_as_it_is(
    noted: str, told: str
) -> None:
    with speaking(Language.GERMAN):
        assert reason(noted) == told
