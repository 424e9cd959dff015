"""Work in a process of its own: what comes of it, whatever becomes of either process."""

import asyncio
import os
import pickle
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from store.errors import (
    BrokenSummariesError,
    Kind,
    LargeLossError,
    Loss,
    NothingToUndoError,
    Problem,
    SchemaTooNewError,
    StoreError,
)
from store.ingest.apart import apart
from store.ingest.watching import look_at
from store.knowledge.changes import Changes
from tests.store.ingest.desk import Desk, much_later, opened

T = TypeVar("T")


async def test_what_another_process_works_out_comes_back() -> None:
    assert await apart(divmod, 7, 2) == (3, 1)
    assert await apart(os.getpid) != os.getpid()


async def test_what_it_raises_is_raised_with_where_that_was() -> None:
    with pytest.raises(ValueError, match="invalid literal") as raised:
        await apart(int, "x")
    assert "Traceback" in raised.value.__notes__[0]


async def test_one_that_ends_without_an_answer_is_told_of() -> None:
    with pytest.raises(StoreError, match=r"it ended \(3\)"):
        await apart(os._exit, 3)


async def test_who_wants_it_no_more_ends_it() -> None:
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1):
            await apart(time.sleep, 60)
    assert time.monotonic() - begun < 30


def test_it_ends_with_who_asked(tmp_path: Path) -> None:
    # It writes its number and sleeps; who asked is killed, and has no chance to end it.
    note = tmp_path / "number"
    asks = (
        "import asyncio, sys; sys.path[:] = sys.argv[2:]\n"
        "from store.ingest.apart import apart\n"
        "doing = f'import os, time; open({sys.argv[1]!r}, \"w\").write(str(os.getpid())); '\n"
        "asyncio.run(apart(exec, doing + 'time.sleep(60)'))\n"
    )
    asking = subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-c", asks, str(note), *sys.path]
    )
    try:
        number = int(_within_30_seconds(lambda: note.exists() and note.read_text()))
    finally:
        asking.kill()
        asking.wait()
    assert _within_30_seconds(lambda: not _is_there(number))


def _is_there(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _within_30_seconds(look: Callable[[], T]) -> T:
    end = time.monotonic() + 30
    while not (found := look()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


@pytest.mark.parametrize(
    "error",
    [
        BrokenSummariesError([Problem(file="a.md", line=3, message="is missing")]),
        LargeLossError([Loss(kind=Kind.QUOTES, gone=3, known=4)], "reading"),
        NothingToUndoError(),
        SchemaTooNewError(Path("knowledge.db"), ["m999"]),
    ],
)
def test_what_went_wrong_is_told_alike_on_both_ends(error: StoreError) -> None:
    sent = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own)
    assert (type(sent), str(sent), vars(sent)) == (type(error), str(error), vars(error))


@pytest.fixture
async def apart_desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with opened(tmp_path, *"abcdef") as desk:
        desk.asked.clear()
        desk.loader = desk.as_started_again(apart_from=6)
        yield desk


async def test_a_story_of_many_files_is_reloaded_apart_from_who_asks(apart_desk: Desk) -> None:
    apart_desk.write("b", title="Another")
    apart_desk.write("g")
    diff = await apart_desk.loader.load()
    assert diff.documents == Changes(new=1, changed=1)
    assert apart_desk.asked == []
    assert set(await apart_desk.known()) == set("abcdefg")
    assert not await apart_desk.loader.follow()


async def test_one_of_few_files_is_reloaded_here(apart_desk: Desk) -> None:
    loader = apart_desk.as_started_again(apart_from=8)
    apart_desk.write("g")
    assert (await loader.load()).documents == Changes(new=1)
    assert apart_desk.asked == ["g.md"]


async def test_where_many_files_are_new_they_are_read_apart(apart_desk: Desk) -> None:
    loader = apart_desk.as_started_again(apart_from=8)
    apart_desk.write("g", "h")
    assert (await loader.load()).documents == Changes(new=2)
    assert apart_desk.asked == []


async def test_trouble_that_was_found_apart_is_told_and_nothing_is_changed(
    apart_desk: Desk,
) -> None:
    before = await apart_desk.everything()
    (apart_desk.folder / "bad.md").write_text("---\ntitle: A\n---\nText.\n")
    with pytest.raises(BrokenSummariesError) as broken:
        await apart_desk.loader.load()
    assert {problem.file for problem in broken.value.problems} == {"bad.md"}
    apart_desk.remove("a", "b", "c", "bad")
    with pytest.raises(LargeLossError, match="3 of 6 sources") as lost:
        await apart_desk.loader.load()
    assert await apart_desk.everything() == before
    diff = await apart_desk.loader.load(agreed=lost.value.reading)
    assert diff.documents == Changes(gone=3)


async def test_what_was_reloaded_apart_is_undone_apart(apart_desk: Desk) -> None:
    before = await apart_desk.known()
    apart_desk.write("b", title="Another")
    await apart_desk.loader.load()
    diff = await apart_desk.loader.undo(by="1")
    assert diff is not None
    assert diff.documents == Changes(changed=1)
    assert await apart_desk.known() == before
    assert await apart_desk.loader.undo(by="1") is None


async def test_of_a_story_that_replays_the_day_is_told_there(apart_desk: Desk) -> None:
    days = [date(2000, 1, 1)]
    loader = apart_desk.as_started_again(apart_from=6, published_by=lambda: days[0])
    assert (await loader.show()).documents == Changes(gone=6)
    days[0] = date(2100, 1, 1)
    assert (await loader.show()).documents == Changes(new=6)


async def test_at_a_start_nothing_is_begun_where_nothing_has_changed(
    apart_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.ingest.loading.look_at", partial(look_at, now=much_later))
    await apart_desk.as_started_again().load()
    monkeypatch.setattr("store.ingest.loading.apart", None)
    assert await apart_desk.loader.load_at_start() is None
