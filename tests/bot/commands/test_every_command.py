"""The help, the menus, docs/commands.md and the handlers name the same commands."""

import re
from pathlib import Path

import pytest
from telegram.ext import CommandHandler

from bot.locales import Language, speaking
from bot.menus import FOR_GROUP_ADMINS, NOT_IN_GROUPS
from tests.bot.conversation import ADMIN, READER, Conversation

PAGE = Path(__file__).parents[3] / "docs/commands.md"


def on_the_page(text: str) -> dict[str, str]:
    """Return the commands that stand as headings, with what may stand behind them."""
    return dict(re.findall(r"^### `/(\w+) ?(.*)`$", text, re.MULTILINE))


def in_the_help(text: str) -> dict[str, str]:
    return dict(re.findall(r"^/(\w+) ?(.*) – .+$", text, re.MULTILINE))


def handled(talk: Conversation) -> set[str]:
    return {
        name
        for handlers in talk.app.handlers.values()
        for handler in handlers
        if isinstance(handler, CommandHandler)
        for name in handler.commands
    }


async def test_the_page_the_help_and_the_handlers_name_the_same(talk: Conversation) -> None:
    page = on_the_page(PAGE.read_text())
    assert in_the_help((await talk.ask("/help", person=ADMIN))["text"]) == page
    assert handled(talk) == set(page)


async def test_readers_are_told_of_all_that_is_not_for_admins(talk: Conversation) -> None:
    before, _, after = PAGE.read_text().partition("## For admins")
    assert after
    assert in_the_help((await talk.ask("/help"))["text"]) == on_the_page(before)


@pytest.mark.parametrize("language", list(Language))
async def test_the_menus_offer_what_the_help_lists(talk: Conversation, language: Language) -> None:
    talk.telegram.people.set_language(READER, language)
    listed = in_the_help((await talk.ask("/help"))["text"])
    await talk.run_jobs("menus")
    offered = talk.telegram.commands(READER, READER)
    assert [command["command"] for command in offered] == list(listed)
    with speaking(language):
        assert all(command["description"] for command in offered)


def test_what_the_menus_of_groups_leave_out_are_commands() -> None:
    assert set(on_the_page(PAGE.read_text())) >= NOT_IN_GROUPS | FOR_GROUP_ADMINS
