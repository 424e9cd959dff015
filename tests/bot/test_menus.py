"""Menus and descriptions: who is offered what, in which language, and how often it is set."""

import logging
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import menus
from bot.locales import Language, speaking
from bot.messages.profile import (
    LONGEST_DESCRIPTION,
    LONGEST_SHORT_DESCRIPTION,
    description,
    short_description,
)
from bot.messages.text import units
from bot.sandbox.clock import ManualClock
from bot.sandbox.faults import Fault, Rule
from bot.sandbox.world import ChatType
from store.knowledge.values import Story
from tests.bot.conversation import ADMIN, NOW, READER, Conversation, conversation, polling
from tests.bot.tongues import tongues

__all__ = ["tongues"]  # the fixture

HANS = 49
DECIDED_BY_ADMINS = {"subscribe", "unsubscribe", "settings", "mydata", "forget"}


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with conversation(tmp_path / "data") as opened:
        opened.telegram.people.add("Hans", person_id=HANS, language_code="de")
        yield opened


def offered(talk: Conversation, person: int, chat: int | None = None) -> dict[str, str]:
    found = talk.telegram.commands(person, chat or person)
    return {str(one["command"]): str(one["description"]) for one in found}


def set_(talk: Conversation) -> dict[str, Any]:
    """Return all that the bot has set."""
    bot = talk.telegram.people.bot(None)
    return {**bot.commands, "long": bot.descriptions, "short": bot.short_descriptions}


def nothing_set(talk: Conversation) -> bool:
    return set_(talk) == {"long": {}, "short": {}}


async def sees(talk: Conversation) -> None:
    """Let the admin write, and the menus be set."""
    await talk.ask("/start", person=ADMIN)
    await talk.run_jobs("menus")


# Who is offered what


async def test_readers_see_no_admin_commands_and_admins_see_all(talk: Conversation) -> None:
    await sees(talk)
    readers, admins = offered(talk, READER), offered(talk, ADMIN)
    assert {"start", "who", "subscribe"} <= readers.keys()
    assert "reload" not in readers
    assert "reload" in admins
    assert readers.items() < admins.items()


async def test_a_groups_members_are_offered_what_its_admins_do_not_decide_on(
    talk: Conversation,
) -> None:
    bot = talk.telegram.people.bot(None).user
    group = talk.telegram.groups.create(
        HANS, "Desk", type=ChatType.SUPERGROUP, members=(READER, bot.id)
    ).id
    await talk.answered()
    await sees(talk)
    members, in_charge = offered(talk, READER, group), offered(talk, HANS, group)
    assert {"who", "timeline", "help"} <= members.keys()
    assert members.keys() & (DECIDED_BY_ADMINS | {"start", "reload"}) == set()
    assert in_charge.keys() - members.keys() >= DECIDED_BY_ADMINS
    assert in_charge.keys() & {"start", "reload"} == set()


def test_what_a_group_is_not_offered_are_commands_that_there_are(talk: Conversation) -> None:
    names = {
        name
        for handlers in talk.app.handlers.values()
        for handler in handlers
        for name in getattr(handler, "commands", ())
    }
    assert names >= menus.NOT_IN_GROUPS | menus.FOR_GROUP_ADMINS


@pytest.mark.usefixtures("tongues")
async def test_menus_and_descriptions_are_in_the_readers_language(talk: Conversation) -> None:
    await sees(talk)
    assert offered(talk, HANS)["who"] == "<de>who somebody is, or what something is"
    assert offered(talk, READER)["who"] == "who somebody is, or what something is"
    bot = talk.telegram.people.bot(None)
    for kept in (bot.descriptions, bot.short_descriptions):
        assert sorted(kept) == ["", "de", "uk"]
        assert kept["de"] == "<de>" + kept[""]
        assert kept[""].startswith("Talks on Ukraine, winter 2021–22")


async def test_an_admin_who_never_wrote_keeps_nobody_from_a_menu(
    talk: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "attache.menus"):
        await talk.run_jobs("menus")
    assert f"no menu for admin {ADMIN} yet" in caplog.text
    assert "who" in offered(talk, READER)
    assert "reload" not in offered(talk, ADMIN)
    await sees(talk)
    assert "reload" in offered(talk, ADMIN)


# When they are set


async def test_nothing_is_set_before_somebody_was_answered(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk, polling(talk):
        assert nothing_set(talk)
        talk.telegram.people.send_text(READER, READER, "/help")
        await talk.until(lambda: "short" in set_(talk) and "uk" in set_(talk)["short"])
        assert len(talk.messages()) == 1


async def test_a_second_start_sets_nothing_again(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        await sees(talk)
        assert not nothing_set(talk)
    async with conversation(tmp_path / "data") as talk:  # a Telegram that heard of nothing yet
        await sees(talk)
        assert nothing_set(talk)


async def test_what_was_refused_is_set_at_the_next_start(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        rule = Rule(fault=Fault.BAD_REQUEST, method="setMyCommands", nth=1, times=1)
        talk.telegram.faults.set([rule], seed=0)
        for _ in range(3):
            await sees(talk)
            assert "default|" not in set_(talk)
    async with conversation(tmp_path / "data") as talk:
        await sees(talk)
        assert sorted(set_(talk)) == ["default|", "long", "short"]


async def test_a_changed_story_changes_the_descriptions_and_nothing_else(
    tmp_path: Path,
) -> None:
    story = tmp_path / "story"
    story.mkdir()
    (story / "story.yaml").write_text("title: The harbour\nintro: How it was built.\n")
    (story / "one.md").write_text(
        "---\ntitle: One\nsource: The Gazette\npublished: 2022-01-09\n---\nIt was measured.\n"
    )
    async with conversation(tmp_path / "data", summaries=story) as talk:
        await sees(talk)
        before = set_(talk)
        bot = talk.telegram.people.bot(None)
        assert bot.short_descriptions[""].startswith("The harbour: ")
        bot.commands.clear()
        (story / "story.yaml").write_text("title: The quay\nintro: How it was built.\n")
        await talk.ask("/reload", person=ADMIN)
        await talk.run_jobs("menus")
        assert bot.commands == {}
        assert {text.partition("\n")[0] for text in bot.descriptions.values()} == {"The quay"}
        assert before.keys() > {"long", "short"}


async def test_a_flood_wait_is_kept_to_and_holds_nobody_up(tmp_path: Path) -> None:
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now) as talk:
        rule = Rule(fault=Fault.FLOOD, method="setMyCommands", nth=2, times=1, seconds=600)
        talk.telegram.faults.set([rule], seed=0)
        await talk.ask("/start", person=ADMIN)
        began = time.monotonic()
        for minutes in (0, 1, 9):
            clock.hour = NOW + timedelta(minutes=minutes)
            await talk.run_jobs("menus")
            assert list(talk.telegram.people.bot(None).commands) == ["default|"]
            assert await talk.ask("/help")
        clock.hour = NOW + timedelta(minutes=11)
        await talk.run_jobs("menus")
        assert "reload" in offered(talk, ADMIN)
        assert time.monotonic() - began < 20


@pytest.mark.parametrize("fault", [Fault.BAD_REQUEST, Fault.SERVER_ERROR])
async def test_a_refused_menu_is_logged_and_survived(
    talk: Conversation, caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    rule = Rule(fault=fault, method="setMyCommands", nth=1, times=1)
    talk.telegram.faults.set([rule], seed=0)
    with caplog.at_level(logging.INFO, "attache.menus"):
        await sees(talk)
    assert "not set: default" in caplog.text
    assert await talk.ask("/help")


# Descriptions


@given(st.text(min_size=1, max_size=300), st.text(min_size=1, max_size=700))
@pytest.mark.parametrize("language", list(Language))
def test_descriptions_fit_whatever_the_story_is_called(
    language: Language, title: str, intro: str
) -> None:
    with speaking(language):
        story = Story(title=title, intro=intro)
        assert 0 < units(description(story)) <= LONGEST_DESCRIPTION
        assert 0 < units(short_description(story)) <= LONGEST_SHORT_DESCRIPTION


def test_a_long_description_is_cut_between_words() -> None:
    story = Story(title="The harbour " * 20, intro="It was built of stone. " * 50)
    title, intro, how = description(story).split("\n\n")
    assert title.endswith(("The…", "harbour…"))
    assert intro.endswith(("It…", "was…", "built…", "of…", "stone.…"))
    assert how == "Write a name, a place, a date, or a question in plain words."
