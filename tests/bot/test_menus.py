import logging

import pytest
from telegram import Bot

from bot.menus import set_menus
from bot.messages.help import Entry
from bot.sandbox.faults import Fault, Rule
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram

ENTRIES = (
    Entry(name="who", arguments="NAME", description="who somebody is", admin=False),
    Entry(name="reload", arguments="", description="load the files again", admin=True),
)


async def menus(telegram: Telegram, admins: set[int]) -> None:
    request = InProcessRequest(telegram)
    bot = Bot(SANDBOX_TOKEN, base_url="http://sandbox/bot", request=request)
    async with bot:
        await set_menus(bot, ENTRIES, frozenset(admins))


def offered(telegram: Telegram, person: int) -> list[str]:
    return [str(command["command"]) for command in telegram.commands(person, person)]


@pytest.fixture
def telegram() -> Telegram:
    made = Telegram()
    for person in (1001, 7):
        made.people.add("Somebody", person_id=person)
        made.people.start(person)
    return made


async def test_readers_see_no_admin_commands_and_admins_see_all(telegram: Telegram) -> None:
    await menus(telegram, {7})
    assert offered(telegram, 1001) == ["who"]
    assert offered(telegram, 7) == ["who", "reload"]


async def test_an_admin_who_never_wrote_keeps_nobody_from_a_menu(telegram: Telegram) -> None:
    await menus(telegram, {5, 7, 999_999})
    assert offered(telegram, 7) == ["who", "reload"]


@pytest.mark.parametrize("fault", [Fault.BAD_REQUEST, Fault.SERVER_ERROR])
async def test_a_refused_default_menu_is_logged_and_survived(
    telegram: Telegram, caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    rule = Rule(fault=fault, method="setMyCommands", nth=1, times=1)
    telegram.faults.set([rule], seed=0)
    with caplog.at_level(logging.WARNING):
        await menus(telegram, {7})
    assert "the command menu could not be set" in caplog.text
    assert offered(telegram, 7) == ["who", "reload"]
