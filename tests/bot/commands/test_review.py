import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.locales import Language, speaking
from bot.messages.callbacks import LONGEST, Review, ReviewAct, unpack
from bot.messages.review import changed, entry, how_to_edit, not_by_itself, not_written
from bot.messages.text import units
from store.ingest.fields import Plain
from store.ingest.review import At, Waiting
from store.ingest.review_files import ReviewFile, Shown
from tests.bot.conversation import ADMIN, READER, Conversation, conversation, labels

STORY = "title: Bridge\nintro: A bridge.\n"
FILE = """---
title: Bridge
source: Herald
published: 2022-01-12
people:
- name: Anna Berg
  role: mayor
  from: Mayor Anna Berg said so.
  sure: unsure
  review: true
- name: Olaf Lund
  sure: unsure
  review: true
- name: Ida Holm
figures:
- {what: cost, value: '40', review: true}
---
The bridge opens.
"""


def written(file: Path) -> str:
    return file.read_text()


def edit(file: Path, words: str) -> None:
    file.write_text(words)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "summaries"
    folder.mkdir()
    (folder / "story.yaml").write_text(STORY)
    file = folder / "bridge.md"
    file.write_text(FILE)
    return file


@pytest.fixture
async def desk(tmp_path: Path, file: Path) -> AsyncIterator[Conversation]:
    async with conversation(tmp_path / "data", summaries=file.parent) as opened:
        yield opened


async def test_what_waits_is_shown_with_where_it_came_from(desk: Conversation) -> None:
    shown = await desk.ask("/review", person=ADMIN)
    assert shown["text"] == (
        "Is this person right?\n\nname: Anna Berg\nrole: mayor\n\n"
        "It was read from:\nMayor Anna Berg said so.\n\n"
        "How sure: unsure\nbridge.md, line 6\n3 entries wait in this file"
    )
    assert labels(shown) == ["Keep", "Drop", "Edit", "Next one"]


async def test_keeping_takes_the_mark_off_and_shows_the_next(
    desk: Conversation, file: Path
) -> None:
    shown = await desk.ask("/review", person=ADMIN)
    after = await desk.press(shown, "Keep", person=ADMIN)
    assert after["text"].startswith("Kept.")
    assert "name: Olaf Lund" in after["text"]
    assert written(file) == FILE.replace("  review: true\n", "", 1)
    await desk.ask("/reload", person=ADMIN)
    assert "mayor" in (await desk.ask("/who Anna Berg"))["text"]


async def test_dropping_takes_the_entry_out_and_shows_the_next(
    desk: Conversation, file: Path
) -> None:
    shown = await desk.ask("/review", person=ADMIN)
    shown = await desk.press(shown, "Drop", person=ADMIN)
    assert "name: Olaf Lund" in shown["text"]
    await desk.press(shown, "Drop", person=ADMIN)
    start, end = FILE.index("- name: Anna"), FILE.index("- name: Ida")
    assert written(file) == FILE[:start] + FILE[end:]
    assert [each.name for each in file.parent.iterdir() if each.name[0] == "."] == []


async def test_next_goes_round_and_changes_nothing(desk: Conversation, file: Path) -> None:
    shown = await desk.ask("/review", person=ADMIN)
    told = []
    for _ in range(3):
        shown = await desk.press(shown, "Next one", person=ADMIN)
        told.append(shown["text"].split("\n")[2])
    assert told == ["name: Olaf Lund", "what: cost", "name: Anna Berg"]
    assert written(file) == FILE


async def test_edit_says_the_file_and_the_line(desk: Conversation) -> None:
    shown = await desk.ask("/review", person=ADMIN)
    told = await desk.press(shown, "Edit", person=ADMIN)
    assert told["text"].startswith("Open bridge.md at line 6, change the entry")


@pytest.mark.parametrize("label", ["Keep", "Drop", "Edit"])
async def test_a_file_that_has_changed_is_left_alone(
    desk: Conversation, file: Path, label: str
) -> None:
    shown = await desk.ask("/review", person=ADMIN)
    edit(file, edited := FILE.replace("mayor", "Mayor"))
    said = await desk.toast(shown, label, person=ADMIN)
    assert said is not None
    assert said.startswith("This file has changed")
    assert written(file) == edited


async def test_pressed_twice_it_is_done_once(desk: Conversation, file: Path) -> None:
    shown = await desk.ask("/review", person=ADMIN)
    await desk.toast(shown, "Drop", person=ADMIN, times=2)
    start, end = FILE.index("- name: Anna"), FILE.index("- name: Olaf")
    assert written(file) == FILE[:start] + FILE[end:]


async def test_an_entry_on_one_line_is_kept_as_any_other(desk: Conversation, file: Path) -> None:
    shown = await desk.ask("/review", person=ADMIN)
    for _ in range(2):
        shown = await desk.press(shown, "Next one", person=ADMIN)
    await desk.press(shown, "Keep", person=ADMIN)
    assert written(file) == FILE.replace("'40', review: true", "'40'")


async def test_dropping_out_of_a_list_on_one_line_is_an_editors(
    desk: Conversation, file: Path
) -> None:
    listed = FILE.replace("figures:\n- {", "figures: [{").replace("true}", "true}]")
    await asyncio.to_thread(edit, file, listed)
    shown = await desk.ask("/review", person=ADMIN)
    for _ in range(2):
        shown = await desk.press(shown, "Next one", person=ADMIN)
    said = await desk.toast(shown, "Drop", person=ADMIN)
    assert said is not None
    assert "only an editor" in said
    assert written(file) == listed


async def test_others_neither_see_nor_press(desk: Conversation, file: Path) -> None:
    assert (await desk.ask("/review"))["text"] == "That command is for this bot's admins."
    shown = await desk.ask("/review", person=ADMIN)
    data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    mine = await desk.ask("/help")
    assert await desk.press_data(mine, data, person=READER) == (
        "That command is for this bot's admins."
    )
    assert written(file) == FILE


async def test_of_the_story_that_comes_with_the_program_nothing_waits(talk: Conversation) -> None:
    shown = await talk.ask("/review", person=ADMIN)
    assert shown["text"] == "No entry waits for review."


@pytest.mark.parametrize("name", ["\U0001f642" * 90, "a" * 180])
def test_an_entry_fits_into_a_message_whatever_it_holds(name: str) -> None:
    fields: dict[str, Plain] = {"name": name * 10, "aliases": [name] * 90, "from": name * 10}
    fields |= {"role": name * 10, "side": name * 10}
    shown = Shown(
        file=ReviewFile(path=Path("a"), name=name, key="a" * 12),
        mark="b" * 12,
        entry=Waiting(at=At("people", 0), number=0, line=9, fields=fields),
        in_file=1,
    )
    assert units(entry(shown, how_to_edit(shown)).text) <= 4096


@pytest.mark.parametrize("said", [changed, not_by_itself, not_written])
@pytest.mark.parametrize("language", list(Language))
def test_a_toast_fits(said: Callable[[], str], language: Language) -> None:
    with speaking(language):
        assert units(said()) <= 200


@pytest.mark.parametrize("act", list(ReviewAct))
def test_a_button_fits_and_is_read_as_it_was(act: ReviewAct) -> None:
    press = Review(act, "a" * 12, 999_999_999, "b" * 12)
    assert len(press.pack().encode()) <= LONGEST
    assert unpack(press.pack()) == press
