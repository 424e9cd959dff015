"""From the folder into the knowledge: only what changed, not too much unasked, and back again."""

import asyncio
import shutil
import threading
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from store.database import Connection
from store.errors import (
    BrokenSummariesError,
    LargeLossError,
)
from store.ingest import programs, watching
from store.ingest.loading import Loader
from store.ingest.watching import look_at
from store.knowledge.reload import Changes, Diff
from store.knowledge.schema import open_knowledge
from tests.store.ingest.desk import Desk, much_later, opened
from tests.store.stories import dump, written


async def test_a_reload_reads_only_what_has_changed(desk: Desk) -> None:
    desk.write("b", title="Another")
    desk.write("g")
    desk.remove("c")
    diff = await desk.loader.load()
    assert diff.documents == Changes(new=1, changed=1, gone=1)
    assert sorted(desk.asked) == ["b.md", "g.md"]
    assert set(await desk.known()) == set("abdefg")


async def test_of_a_thousand_files_the_ten_that_changed_are_read(tmp_path: Path) -> None:
    names = [f"{n:03}" for n in range(1000)]
    async with opened(tmp_path, *names) as desk:
        desk.asked.clear()
        desk.write(*names[::100], title="Another")
        assert (await desk.loader.load()).documents == Changes(changed=10)
        assert len(desk.asked) == 10


async def test_what_a_reload_by_parts_leaves_is_what_a_new_one_makes(
    desk: Desk, tmp_path: Path
) -> None:
    desk.write("b", title="Another")
    desk.remove("c")
    await desk.loader.load()
    fresh = open_knowledge(tmp_path / "fresh.db", readers=1)
    try:
        await Loader(knowledge=fresh, configured=desk.folder).load()
        assert await desk.everything() == await fresh.read(dump)
    finally:
        fresh.close()


async def test_a_new_program_makes_the_knowledge_anew_without_reading(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(db: Connection) -> None:
        db.execute("DELETE FROM source")

    await desk.knowledge.write(spoil)
    assert not await desk.loader.load()
    monkeypatch.setattr(programs, "assembler", lambda: "another")
    assert (await desk.loader.load()).documents == Changes(new=6)
    assert desk.asked == []


async def test_what_was_read_beside_a_broken_file_is_not_read_again(desk: Desk) -> None:
    desk.write("g", "h")
    (desk.folder / "bad.md").write_text("---\ntitle: A\n---\nText.\n")
    with pytest.raises(BrokenSummariesError):
        await desk.loader.load()
    assert set(await desk.known()) == set("abcdef")
    desk.asked.clear()
    (desk.folder / "bad.md").unlink()
    assert (await desk.loader.load()).documents == Changes(new=2)
    assert desk.asked == []


async def test_a_broken_file_that_was_skipped_is_told_of_again(desk: Desk) -> None:
    (desk.folder / "bad.md").write_text("---\ntitle: A\n---\nText.\n")
    assert not await desk.loader.load(skip_broken=True)
    with pytest.raises(BrokenSummariesError):
        await desk.loader.load()


async def test_much_is_removed_only_where_somebody_agrees_to_just_that(desk: Desk) -> None:
    desk.remove(*"abc")
    before = await desk.everything()
    with pytest.raises(LargeLossError, match="this would remove 3 of 6 sources") as asked:
        await desk.loader.load()
    assert await desk.everything() == before
    desk.remove("d")
    with pytest.raises(LargeLossError, match="4 of 6 sources") as again:
        await desk.loader.load(agreed=asked.value.reading)
    assert await desk.everything() == before
    diff = await desk.loader.load(agreed=again.value.reading)
    assert diff.documents == Changes(gone=4)
    assert not await desk.loader.load(agreed=again.value.reading)


async def test_who_is_sure_is_not_asked(desk: Desk) -> None:
    desk.remove(*"abcde")
    assert (await desk.loader.load(sure=True)).documents == Changes(gone=5)


async def test_another_folder_is_another_story_but_a_single_file_may_be_a_mistake(
    desk: Desk, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.md").write_text(written("The tunnel x", "x.txt"))
    with pytest.raises(LargeLossError, match="6 of 6 sources"):
        await desk.loader.load([other / "x.md"])
    assert await desk.loader.paths() == (desk.folder,)
    assert (await desk.loader.load([other])).documents == Changes(new=1, gone=6)
    assert await desk.loader.paths() == (other,)


async def test_a_folder_that_vanished_empties_nothing(desk: Desk) -> None:
    shutil.rmtree(desk.folder)
    trouble = await desk.as_started_again().load_at_start()
    assert isinstance(trouble, BrokenSummariesError)
    assert set(await desk.known()) == set("abcdef")


async def test_a_start_that_would_remove_much_keeps_what_is_known(desk: Desk) -> None:
    desk.remove(*"abcde")
    trouble = await desk.as_started_again().load_at_start()
    assert isinstance(trouble, LargeLossError)
    assert set(await desk.known()) == set("abcdef")


async def test_what_an_admin_left_is_not_asked_again_until_the_files_change(desk: Desk) -> None:
    desk.remove(*"abcd")
    with pytest.raises(LargeLossError) as asked:
        await desk.loader.follow()
    await desk.loader.leave(asked.value.reading)
    assert await desk.as_started_again().load_at_start() is None
    (desk.folder / "e.md").touch()
    assert not await desk.loader.follow()
    assert set(await desk.known()) == set("abcdef")
    with pytest.raises(LargeLossError):
        await desk.loader.load()
    desk.remove("e")
    with pytest.raises(LargeLossError):
        await desk.loader.follow()


async def test_a_story_replays_without_reading_and_without_being_asked_about(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, *"abcdef") as desk:
        desk.asked.clear()
        today = [date(2022, 1, 9)]
        loader = desk.as_started_again(published_by=lambda: today[0])
        assert (await loader.show()).documents == Changes(gone=6)
        assert not await loader.follow()
        today[0] = date(2022, 1, 10)
        assert (await loader.show()).documents == Changes(new=6)
        assert await loader.published() == (date(2022, 1, 10),) * 6
        assert desk.asked == []


async def test_files_that_go_while_a_story_replays_are_asked_about(desk: Desk) -> None:
    loader = desk.as_started_again(published_by=lambda: date(2022, 1, 9))
    await loader.show()
    desk.remove(*"abcd")
    with pytest.raises(LargeLossError, match="4 of 6 sources"):
        await loader.follow()


async def test_two_reloads_at_once_are_made_one_after_the_other(desk: Desk) -> None:
    desk.write("g")
    diffs = await asyncio.gather(*(desk.loader.load() for _ in range(3)))
    assert sorted(diff.documents.new for diff in diffs) == [0, 0, 1]
    assert len(desk.asked) == 1


async def test_a_load_that_is_cancelled_reads_no_further(desk: Desk) -> None:
    begun, go_on = threading.Event(), threading.Event()
    ticks = list[bool]()

    def tick(read: bool) -> None:  # noqa: FBT001 (told of each file)
        ticks.append(read)
        begun.set()
        go_on.wait(30)

    desk.write("a", title="Another")
    before = await desk.everything()
    loading = asyncio.ensure_future(desk.loader.load(tick=tick))
    await asyncio.to_thread(begun.wait, 30)
    loading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loading
    go_on.set()
    assert await desk.everything() == before
    assert (await desk.loader.load()).documents == Changes(changed=1)
    assert len(ticks) == 1


async def test_trouble_is_told_once_for_each_state_of_the_folder(desk: Desk) -> None:
    assert await desk.loader.tell_once("a")
    assert not await desk.as_started_again().tell_once("a")
    assert await desk.loader.tell_once("b")


async def test_an_unchanged_folder_is_only_looked_at(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.ingest.loading.look_at", partial(look_at, now=much_later))
    desk.write("g")
    await desk.loader.load()
    counted = list[bool]()
    assert await desk.loader.load(tick=counted.append) == Diff()
    assert counted == []


async def test_where_the_story_is_read_from_holds_though_nothing_has_changed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same folder, by name now: what was configured meanwhile is another."""
    monkeypatch.setattr(watching, "EXACT", 0)  # what looks the same is the same at once
    await desk.loader.load()
    other = Loader(knowledge=desk.knowledge, configured=tmp_path / "other")
    assert await other.paths() == (tmp_path / "other",)
    await other.follow([desk.folder])
    assert await other.paths() == (desk.folder,)


async def test_a_named_folder_in_trouble_is_still_where_the_story_is_read_from(
    desk: Desk, tmp_path: Path
) -> None:
    (desk.folder / "bad.md").write_text("---\ntitle: A\n---\nText.\n")
    other = Loader(knowledge=desk.knowledge, configured=tmp_path / "other")
    assert isinstance(await other.load_at_start([desk.folder]), BrokenSummariesError)
    assert await other.paths() == (desk.folder,)
