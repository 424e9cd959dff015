"""The folder is watched: what changes in it is loaded by itself, and the admins are told."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox.json_values import JsonObject
from bot.watching import Watch
from store.ingest.loading import Loader, packaged_summaries
from store.ingest.watching import QUIET, Look
from tests.bot.commands.test_admin import NEW_SUMMARY, locked
from tests.bot.conversation import ADMIN, Conversation, conversation, labels


@dataclass(slots=True, kw_only=True)
class Watching:
    """A bot that watches `story`, by a clock of the test's."""

    talk: Conversation
    story: Path
    now: float = 1000.0
    follows: int = 0

    async def quiet(self) -> list[str]:
        """Let the folder be quiet for long enough; return what the admin was told meanwhile."""
        told = [message["text"] for message in await self.messages_when_quiet()]
        return [str(text) for text in told]

    async def messages_when_quiet(self) -> list[JsonObject]:
        before = len(self.talk.messages(ADMIN))
        for _ in range(3):
            await self.beat()
            self.now += QUIET
        return self.talk.messages(ADMIN)[before:]

    async def beat(self) -> None:
        await self.talk.run_jobs("watch")


@pytest.fixture
def story(tmp_path: Path) -> Path:
    return shutil.copytree(
        packaged_summaries(), tmp_path / "story", ignore=shutil.ignore_patterns("__*")
    )


@asynccontextmanager
async def watching(folder: Path, story: Path, *, goes_on: bool = True) -> AsyncIterator[Watching]:
    async with conversation(folder, summaries=story) as talk:
        await talk.ask("/start", person=ADMIN)  # else there is no chat to be told in
        watched = Watching(talk=talk, story=story)

        async def reloaded() -> None:
            watched.follows += 1

        watch = Watch(
            loader=Loader(knowledge=talk.knowledge, configured=story),
            goes_on=goes_on,
            reloaded=reloaded,
            seconds=lambda: watched.now,
        )
        watch.begin(talk.app, talk.ledger, frozenset({ADMIN}))
        yield watched


@pytest.fixture
async def watched(tmp_path: Path, story: Path) -> AsyncIterator[Watching]:
    async with watching(tmp_path / "data", story) as watched:
        assert await watched.quiet() == []
        yield watched


async def test_a_changed_folder_is_loaded_once_it_is_quiet_and_admins_are_told(
    watched: Watching,
) -> None:
    (watched.story / "new.md").write_text(NEW_SUMMARY)
    await watched.beat()
    watched.now += QUIET / 2
    await watched.beat()
    assert len(watched.talk.messages(ADMIN)) == 1  # the start's
    (text,) = await watched.quiet()
    assert text.startswith("Reloaded, for the files have changed\n\n")
    assert "documents: 1 new" in text.splitlines()
    assert (await watched.talk.ask("/who Holm"))["text"].startswith("Astrid Holm\n")
    assert watched.follows == 1
    assert await watched.quiet() == []


async def test_a_folder_that_goes_on_changing_is_not_read(watched: Watching) -> None:
    for n in range(5):
        (watched.story / "new.md").write_text(NEW_SUMMARY + "More. " * n)
        await watched.beat()
        watched.now += QUIET - 0.1
    assert len(watched.talk.messages(ADMIN)) == 1  # the start's
    assert len(await watched.quiet()) == 1


async def test_a_broken_file_is_told_of_with_line_and_field_once_and_changes_nothing(
    watched: Watching,
) -> None:
    (watched.story / "good.md").write_text(NEW_SUMMARY)
    (watched.story / "broken.md").write_text(NEW_SUMMARY.replace("2022-01-18", "18 January", 1))
    (text,) = await watched.quiet()
    assert text.startswith("Not reloaded: nothing has changed\n\nbroken.md:4: published: expected")
    assert await watched.quiet() == []
    assert (await watched.talk.ask("/who Holm"))["text"].startswith("I have nothing on")
    (watched.story / "broken.md").unlink()
    (text,) = await watched.quiet()
    assert "documents: 1 new" in text


async def test_trouble_of_before_a_restart_is_not_told_again(tmp_path: Path, story: Path) -> None:
    async with watching(tmp_path / "data", story) as watched:
        (story / "broken.md").write_text("---\ntitle: A\n---\n")
        await watched.quiet()
    async with watching(tmp_path / "data", story) as watched:
        assert await watched.quiet() == []


async def test_what_broke_while_the_bot_was_away_is_told_at_the_start(
    tmp_path: Path, story: Path
) -> None:
    async with conversation(tmp_path / "data", summaries=story):
        pass
    (story / "broken.md").write_text("---\ntitle: A\n---\n")
    async with watching(tmp_path / "data", story, goes_on=False) as watched:
        (text,) = await watched.quiet()
        assert text.startswith("Not reloaded: nothing has changed")
        (story / "broken.md").unlink()
        (story / "new.md").write_text(NEW_SUMMARY)
        assert await watched.quiet() == []  # it does not go on


async def test_a_folder_that_vanishes_is_told_of_once_and_empties_nothing(
    watched: Watching,
) -> None:
    shutil.move(watched.story, watched.story.with_name("elsewhere"))
    (text,) = await watched.quiet()
    assert "does not exist" in text
    assert await watched.quiet() == []
    assert (await watched.talk.ask("/who Sherman"))["text"].startswith("Wendy Sherman\n")
    shutil.move(watched.story.with_name("elsewhere"), watched.story)
    assert await watched.quiet() == []


async def test_much_that_goes_is_asked_about_with_buttons_that_do_it(watched: Watching) -> None:
    remove_most(watched.story)
    (asked,) = await watched.messages_when_quiet()
    assert asked["text"].startswith("Not reloaded yet: nothing has changed\n\nIt would remove:\n")
    assert "4 of 5 sources" in asked["text"].splitlines()
    assert labels(asked) == ["Reload all the same", "Leave it"]
    assert await watched.quiet() == []
    done = await watched.talk.press(asked, "Reload all the same", person=ADMIN)
    assert "documents: 4 gone" in done["text"].splitlines()
    assert await watched.quiet() == []


async def test_what_is_undone_stays_so_while_the_folder_is_watched(watched: Watching) -> None:
    (watched.story / "new.md").write_text(NEW_SUMMARY)
    await watched.quiet()
    await watched.talk.ask("/reload undo", person=ADMIN)
    (watched.story / "new.md").touch()
    assert await watched.quiet() == []
    assert (await watched.talk.ask("/who Holm"))["text"].startswith("I have nothing on")


async def test_a_store_that_cannot_be_written_is_tried_again_later(watched: Watching) -> None:
    await watched.talk.knowledge.write(lambda db: db.execute("PRAGMA busy_timeout = 50"))
    (watched.story / "new.md").write_text(NEW_SUMMARY)
    with locked(watched.talk.knowledge.path):
        assert await watched.quiet() == []
    assert await watched.quiet() == []
    watched.now += 60
    assert len(await watched.quiet()) == 1


async def test_the_longer_a_look_takes_the_more_seldom_it_is_taken(
    watched: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = list[float]()
    look = Loader.look

    async def slow(loader: Loader) -> Look:
        looks.append(watched.now)
        watched.now += 0.5
        return await look(loader)

    monkeypatch.setattr(Loader, "look", slow)
    began = watched.now
    while watched.now < began + 60:
        await watched.beat()
        watched.now += 1
    assert 0.5 * len(looks) <= 60 / 20 + 0.5


def remove_most(story: Path) -> None:
    for file in sorted(file for file in story.glob("*.md") if file.name != "README.md")[1:]:
        file.unlink()
