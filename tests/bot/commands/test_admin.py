"""/reload and /status, and who may use them."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.ingest.loading import packaged_summaries
from tests.bot.conversation import ADMIN, READER, conversation

NEW_SUMMARY = """\
---
title: A tunnel under the harbour
source: Harbour Gazette
published: 2022-01-18
people:
  - {name: Astrid Holm, role: Tunnel builder}
events:
  - {date: 2022-01-18, text: Astrid Holm opens the tunnel, people: [Astrid Holm], place: Harbour}
---
Astrid Holm has opened the tunnel.
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    return shutil.copytree(
        packaged_summaries(), tmp_path / "story", ignore=shutil.ignore_patterns("__*")
    )


async def test_a_reload_tells_what_changed_and_old_buttons_still_open(
    tmp_path: Path, story: Path
) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        old = await talk.ask("/who Sherman")
        assert (await talk.ask("/reload", person=ADMIN))["text"] == "Nothing has changed."
        (story / "new.md").write_text(NEW_SUMMARY)
        shown = await talk.ask("/reload", person=ADMIN)
        assert shown["text"].startswith("Reloaded\n\n")
        assert {"documents: 1 new", "people: 1 new", "events: 1 new"} <= set(
            shown["text"].splitlines()
        )
        assert (await talk.ask("/who Holm"))["text"].startswith("Astrid Holm\nTunnel builder")
        assert (await talk.press(old, "Quotes"))["text"].startswith("Wendy Sherman · quotes")


async def test_a_changed_file_is_known_after_a_reload(tmp_path: Path, story: Path) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        (story / "new.md").write_text(NEW_SUMMARY)
        await talk.ask("/reload", person=ADMIN)
        (story / "new.md").write_text(NEW_SUMMARY.replace("Tunnel builder", "Tunnel owner"))
        shown = await talk.ask("/reload", person=ADMIN)
        assert "people: 1 changed" in shown["text"].splitlines()
        assert (await talk.ask("/who Holm"))["text"].startswith("Astrid Holm\nTunnel owner")


async def test_a_broken_file_is_named_and_nothing_changes(tmp_path: Path, story: Path) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        before = await talk.ask("/sources")
        (story / "broken.md").write_text(NEW_SUMMARY.replace("2022-01-18", "18 January", 1))
        (story / "good.md").write_text(NEW_SUMMARY)
        shown = await talk.ask("/reload", person=ADMIN)
        title, problem = shown["text"].split("\n\n")
        assert title == "Not reloaded: nothing has changed"
        assert problem.startswith("broken.md:4: published: expected")
        assert (await talk.ask("/sources"))["text"] == before["text"]
        assert (await talk.ask("/who Holm"))["text"].startswith("I have nothing on")


async def test_a_reload_names_files_that_are_no_summaries(tmp_path: Path, story: Path) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        for number in range(7):
            (story / f"{number}.txt").write_text("The talks began on Monday, she said.\n")
        shown = await talk.ask("/reload", person=ADMIN)
        assert shown["text"] == (
            "Nothing has changed.\n\n7 files there are no summaries, and were passed over: "
            "0.txt, 1.txt, 2.txt, 3.txt, 4.txt \u2026"
        )


async def test_what_a_removed_file_told_is_gone_and_its_buttons_say_so(
    tmp_path: Path, story: Path
) -> None:
    (story / "new.md").write_text(NEW_SUMMARY)
    async with conversation(tmp_path / "data", summaries=story) as talk:
        person = await talk.ask("/who Holm")
        place = await talk.ask("/timeline Harbour")
        (story / "new.md").unlink()
        shown = await talk.ask("/reload", person=ADMIN)
        assert {"documents: 1 gone", "people: 1 gone", "events: 1 gone"} <= set(
            shown["text"].splitlines()
        )
        source = await talk.open_link(
            person, next(w for w in ("[4]", "[5]", "[6]") if w in str(person))
        )
        assert source.startswith(("That source is no longer", "["))
        gone = await talk.press(person, "Timeline")
        assert gone["text"].startswith("This page has changed since then.")
        assert place["text"].startswith("Timeline · Harbour")


async def test_a_button_still_opens_a_person_whose_name_is_written_otherwise_now(
    tmp_path: Path, story: Path
) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        old = await talk.ask("/who Sherman")
        rename_sherman(story)
        shown = await talk.ask("/reload", person=ADMIN)
        assert shown["text"].startswith("Reloaded")
        assert (await talk.ask("/who Sherman"))["text"].startswith("Wendy Ruth Sherman\n")
        turned = await talk.press(old, "Quotes")
        assert turned["text"].startswith("Wendy Ruth Sherman · quotes")


async def test_a_store_that_cannot_be_written_is_told_to_the_admin(
    tmp_path: Path, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.database.LONGEST_WAIT", 0.05)
    async with conversation(tmp_path / "data", summaries=story) as talk:
        (story / "new.md").write_text(NEW_SUMMARY)
        with locked(tmp_path / "data" / "knowledge.db"):
            shown = await talk.ask("/reload", person=ADMIN)
        assert "database is locked: another program is writing to it" in shown["text"]
        assert (await talk.ask("/reload", person=ADMIN))["text"].startswith("Reloaded")


@pytest.mark.parametrize("command", ["/reload", "/status", "/reload now"])
async def test_a_reader_who_types_an_admin_command_is_refused(
    tmp_path: Path, story: Path, command: str
) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        (story / "new.md").write_text(NEW_SUMMARY)
        shown = await talk.ask(command)
        assert shown["text"] == "That command is for this bot's admins."
        assert (await talk.ask("/who Holm"))["text"].startswith("I have nothing on")


async def test_status_tells_an_admin_how_the_bot_is(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        lines = (await talk.ask("/status", person=ADMIN))["text"].splitlines()
        assert lines[0] == "Status"
        assert "Story: Talks on Ukraine, winter 2021–22" in lines
        assert any(line.startswith("5 sources, 19 people, ") for line in lines)
        assert f"Summaries: {packaged_summaries()}" in lines


async def test_help_and_menus_show_admin_commands_to_admins_only(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        await talk.ask("/start", person=ADMIN)
        await talk.run_jobs("menus")
        for person, sees in ((READER, False), (ADMIN, True)):
            text = (await talk.ask("/help", person=person))["text"]
            assert ("/reload" in text) is sees
            menu = {c["command"] for c in talk.telegram.commands(person, person)}
            assert ("reload" in menu) is sees
            assert {"start", "help", "who", "timeline", "quotes", "search"} <= menu


def rename_sherman(story: Path) -> None:
    """Have every summary call her by a longer name, and the old one an alias."""
    for file in story.glob("*.md"):
        told = file.read_text("utf-8").replace(
            "  - name: Wendy Sherman\n", "  - name: Wendy Ruth Sherman\n"
        )
        file.write_text(re.sub(r"(Ruth (?:.*\n){3}.*aliases: )\[\]", r"\1[Wendy Sherman]", told))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the write lock of a database, as another program would."""

    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()
