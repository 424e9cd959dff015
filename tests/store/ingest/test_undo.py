"""The last state brought back: by the files as they were, until they change again."""

import shutil
from pathlib import Path

import pytest

from store.database import Connection
from store.errors import (
    NothingToUndoError,
    StoreError,
)
from store.ingest import programs
from store.knowledge.reload import Changes
from tests.store.ingest.desk import Desk
from tests.store.stories import written


async def test_undo_brings_back_what_was_known_with_its_numbers(desk: Desk) -> None:
    before, numbers = await desk.everything(), await desk.known()
    desk.write("b", title="Another")
    desk.write("g")
    desk.remove("c")
    done = await desk.loader.load()
    undone = await desk.loader.undo(by="1")
    assert undone is not None
    assert undone.documents == Changes(new=1, changed=1, gone=1)
    assert undone.documents.new == done.documents.gone
    assert await desk.everything() == before
    assert await desk.known() == numbers


async def test_an_undo_that_is_undone_goes_forward_again(desk: Desk) -> None:
    desk.write("b", title="Another")
    await desk.loader.load()
    after, numbers = await desk.everything(), await desk.known()
    for request in "12":
        await desk.loader.undo(by=request)
    assert await desk.everything() == after
    assert await desk.known() == numbers


async def test_a_request_to_undo_is_carried_out_once(desk: Desk) -> None:
    before = await desk.everything()
    desk.remove("b")
    await desk.loader.load()
    assert await desk.loader.undo(by="1")
    assert await desk.as_started_again().undo(by="1") is None
    assert await desk.everything() == before


async def test_an_undo_is_not_undone_until_the_files_change_or_somebody_asks(desk: Desk) -> None:
    before = await desk.everything()
    desk.remove("b")
    await desk.loader.load()
    await desk.loader.undo(by="1")
    assert not await desk.loader.follow()
    assert await desk.as_started_again().load_at_start() is None
    (desk.folder / "a.md").touch()
    assert not await desk.loader.follow()
    assert await desk.everything() == before
    assert (await desk.loader.load()).documents == Changes(gone=1)


async def test_files_that_change_after_an_undo_are_followed(desk: Desk) -> None:
    desk.remove("b")
    await desk.loader.load()
    await desk.loader.undo(by="1")
    desk.write("g")
    assert (await desk.loader.follow()).documents == Changes(new=1, gone=1)


async def test_an_undo_holds_through_another_version_of_the_program(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await desk.everything()
    desk.remove("b")
    await desk.loader.load()
    await desk.loader.undo(by="1")
    monkeypatch.setattr(programs, "assembler", lambda: "another")
    monkeypatch.setattr(programs, "reader", lambda: "another")
    assert await desk.as_started_again().load_at_start() is None
    assert await desk.everything() == before


async def test_what_another_version_kept_otherwise_is_not_brought_back_by_halves(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.remove("b")
    await desk.loader.load()

    def age(db: Connection) -> None:
        db.execute("UPDATE read_file_before SET summary = '{}'")
        db.execute("UPDATE stated SET summary = '{}'")
        db.execute("UPDATE read_file SET reader = 'older'")

    await desk.knowledge.write(age)
    after = await desk.everything()
    with pytest.raises(StoreError, match="another version of the program"):
        await desk.loader.undo(by="1")
    monkeypatch.setattr(programs, "assembler", lambda: "newer")
    assert not await desk.loader.show()
    assert await desk.everything() == after
    assert not await desk.loader.load()


async def test_reloads_that_change_nothing_leave_what_can_be_undone(desk: Desk) -> None:
    desk.remove("b")
    await desk.loader.load()
    (desk.folder / "a.md").touch()
    await desk.loader.load()
    undone = await desk.loader.undo(by="1")
    assert undone is not None
    assert undone.documents == Changes(new=1)


async def test_the_folder_of_before_comes_back_too(desk: Desk, tmp_path: Path) -> None:
    before = await desk.everything()
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.md").write_text(written("The tunnel x", "x.txt"))
    await desk.loader.load([other])
    await desk.loader.undo(by="1")
    assert await desk.everything() == before
    assert await desk.loader.paths() == (desk.folder,)
    await desk.loader.undo(by="2")
    assert await desk.loader.paths() == (other,)


async def test_an_undo_goes_back_also_while_the_files_are_broken_or_gone(desk: Desk) -> None:
    before = await desk.everything()
    desk.remove("b")
    await desk.loader.load()
    shutil.rmtree(desk.folder)
    await desk.loader.undo(by="1")
    assert await desk.everything() == before
    assert await desk.as_started_again().load_at_start() is None


async def test_there_is_nothing_to_undo_before_anything_changed(desk: Desk) -> None:
    assert not await desk.loader.load()
    with pytest.raises(NothingToUndoError):
        await desk.loader.undo(by="1")
