"""/reload that asks first, and /reload undo."""

import shutil
from pathlib import Path

import pytest

from bot.messages.callbacks import Reload
from bot.messages.help import admins_only
from store.ingest.loading import packaged_summaries
from tests.bot.commands.test_admin import NEW_SUMMARY
from tests.bot.conversation import ADMIN, READER, conversation, labels
from tests.bot.test_watching import remove_most


@pytest.fixture
def story(tmp_path: Path) -> Path:
    return shutil.copytree(
        packaged_summaries(), tmp_path / "story", ignore=shutil.ignore_patterns("__*")
    )


async def test_a_reload_that_would_remove_much_asks_first(tmp_path: Path, story: Path) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        remove_most(story)
        asked = await talk.ask("/reload", person=ADMIN)
        assert asked["text"].startswith("Not reloaded yet: nothing has changed\n")
        assert "4 of 5 sources" in asked["text"].splitlines()
        assert labels(asked) == ["Reload all the same", "Leave it"]
        assert (await talk.ask("/status", person=ADMIN))["text"].count("5 sources") == 1
        done = await talk.press(asked, "Reload all the same", person=ADMIN)
        assert done["text"].startswith("Reloaded\n")
        assert "documents: 4 gone" in done["text"].splitlines()
        assert labels(done) == []


async def test_what_is_left_is_not_loaded_and_asked_again_when_somebody_reloads(
    tmp_path: Path, story: Path
) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        remove_most(story)
        asked = await talk.ask("/reload", person=ADMIN)
        left = await talk.press(asked, "Leave it", person=ADMIN)
        assert left["text"].startswith("Nothing has changed.")
        again = await talk.ask("/reload", person=ADMIN)
        assert again["text"] == asked["text"]


async def test_an_old_yes_to_files_that_changed_since_asks_anew(
    tmp_path: Path, story: Path
) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        remove_most(story)
        asked = await talk.ask("/reload", person=ADMIN)
        (story / "new.md").write_text(NEW_SUMMARY)
        again = await talk.press(asked, "Reload all the same", person=ADMIN)
        assert again["text"].startswith("Not reloaded yet: nothing has changed\n")
        assert labels(again) == ["Reload all the same", "Leave it"]
        done = await talk.press(again, "Reload all the same", person=ADMIN)
        assert {"documents: 1 new, 4 gone"} <= set(done["text"].splitlines())


async def test_a_yes_that_is_pressed_twice_is_one(tmp_path: Path, story: Path) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        remove_most(story)
        asked = await talk.ask("/reload", person=ADMIN)
        await talk.toast(asked, "Reload all the same", person=ADMIN, times=3)
        assert (await talk.ask("/status", person=ADMIN))["text"].count("1 source,") == 1


async def test_only_admins_may_press(tmp_path: Path, story: Path) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        mine = await talk.ask("/who Sherman", person=READER)
        remove_most(story)
        for sure in (True, False):
            data = Reload("abcdefghijkl", sure=sure).pack()
            assert await talk.press_data(mine, data) == admins_only().text
        assert (await talk.ask("/status", person=ADMIN))["text"].count("5 sources") == 1


async def test_undo_brings_the_last_state_back_and_forward_again(
    tmp_path: Path, story: Path
) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        before = (await talk.ask("/sources"))["text"]
        (story / "new.md").write_text(NEW_SUMMARY)
        await talk.ask("/reload", person=ADMIN)
        after = (await talk.ask("/sources"))["text"]
        undone = await talk.ask("/reload undo", person=ADMIN)
        assert undone["text"].startswith("The last reload is undone\n")
        assert "documents: 1 gone" in undone["text"].splitlines()
        assert (await talk.ask("/sources"))["text"] == before
        again = await talk.ask("/reload undo", person=ADMIN)
        assert "documents: 1 new" in again["text"].splitlines()
        assert (await talk.ask("/sources"))["text"] == after


async def test_a_reload_after_an_undo_reads_the_files_again(tmp_path: Path, story: Path) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        (story / "new.md").write_text(NEW_SUMMARY)
        await talk.ask("/reload", person=ADMIN)
        await talk.ask("/reload undo", person=ADMIN)
        shown = await talk.ask("/reload", person=ADMIN)
        assert "documents: 1 new" in shown["text"].splitlines()


async def test_an_undo_outlives_a_restart(tmp_path: Path, story: Path) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        (story / "new.md").write_text(NEW_SUMMARY)
        await talk.ask("/reload", person=ADMIN)
        await talk.ask("/reload undo", person=ADMIN)
    async with conversation(tmp_path / "data", summaries=story) as talk:
        assert (await talk.ask("/who Holm"))["text"].startswith("I have nothing on")


async def test_there_is_nothing_to_undo_at_first(tmp_path: Path, story: Path) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        shown = await talk.ask("/reload undo", person=ADMIN)
        assert shown["text"] == "There is no reload to undo."


async def test_a_reader_may_not_undo(tmp_path: Path, story: Path) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        assert (await talk.ask("/reload undo"))["text"] == admins_only().text


async def test_an_undo_that_is_handled_again_after_a_kill_is_made_once(
    tmp_path: Path, story: Path
) -> None:
    async with conversation(tmp_path / "data", summaries=story) as talk:
        (story / "new.md").write_text(NEW_SUMMARY)
        await talk.ask("/reload", person=ADMIN)
        talk.telegram.people.send_text(ADMIN, ADMIN, "/reload undo")
        (update,) = await talk.app.bot.get_updates(timeout=0)
        await talk.app.process_update(update)
        await talk.answered()  # it was not confirmed: it comes again
        said = talk.messages(ADMIN)[-2:]
        assert said[0]["text"].startswith("The last reload is undone\n")
        assert said[1]["text"].startswith("That is done already")
        assert (await talk.ask("/who Holm"))["text"].startswith("I have nothing on")
