"""How a folder looks, and when it has been quiet long enough."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.ingest.folders import EXACT
from store.ingest.watching import QUIET, Watched, look_at
from tests.store.stories import written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "story"
    (folder / "sub").mkdir(parents=True)
    (folder / "story.yaml").write_text("title: A\nintro: B\n")
    for name in ("a.md", "b.md", "sub/c.md"):
        (folder / name).write_text(written(name, name))
    return folder


def rewrite(folder: Path) -> None:
    (folder / "a.md").write_text(written("other", "other"))


def add(folder: Path) -> None:
    (folder / "sub" / "d.md").write_text(written("d", "d"))


def remove(folder: Path) -> None:
    (folder / "sub" / "c.md").unlink()


def rename(folder: Path) -> None:
    (folder / "a.md").rename(folder / "z.md")


def edit_the_story(folder: Path) -> None:
    (folder / "story.yaml").write_text("title: C\nintro: D\n")


def vanish(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize("change", [rewrite, add, remove, rename, edit_the_story, vanish])
def test_a_folder_looks_otherwise_after_any_change(
    folder: Path, change: Callable[[Path], None]
) -> None:
    before = look_at([folder])
    assert look_at([folder]).mark == before.mark
    change(folder)
    assert look_at([folder]).mark != before.mark


def test_files_that_are_not_read_change_nothing(folder: Path) -> None:
    before = look_at([folder])
    (folder / "readme.md").write_text("About")
    (folder / ".a.md.swp").write_text("x")
    (folder / "notes.txt").write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.md").write_text("x")
    assert look_at([folder]).mark == before.mark
    assert before.files == 3


def test_a_single_file_is_looked_at_with_the_story_beside_it(folder: Path) -> None:
    before = look_at([folder / "a.md"])
    (folder / "b.md").unlink()
    assert look_at([folder / "a.md"]).mark == before.mark
    edit_the_story(folder)
    assert look_at([folder / "a.md"]).mark != before.mark


def test_a_folder_is_settled_once_no_stamp_is_young(folder: Path) -> None:
    newest = max(file.stat().st_ctime_ns for file in folder.rglob("*"))
    assert not look_at([folder], now=lambda: newest + EXACT - 1).settled
    assert look_at([folder], now=lambda: newest + 2 * EXACT).settled


def test_links_to_nothing_and_in_a_circle_are_looked_at(folder: Path) -> None:
    (folder / "gone.md").symlink_to(folder / "nowhere")
    (folder / "round.md").symlink_to(folder / "round.md")
    (folder / "again").symlink_to(folder)
    assert look_at([folder]).mark == look_at([folder]).mark


def test_a_file_whose_name_is_no_text_is_looked_at(folder: Path) -> None:
    os.close(os.open(os.fsencode(folder) + b"/caf\xe9.md", os.O_CREAT | os.O_WRONLY))
    assert look_at([folder]).files == 4


def test_a_change_is_due_once_it_has_been_quiet_for_long_enough() -> None:
    seen = Watched(handled="a", last="a").looks("b", 10)
    assert not seen.is_due(10 + QUIET - 0.1)
    assert seen.looks("b", 11).is_due(10 + QUIET)
    busy = seen.looks("c", 11.5)
    assert not busy.is_due(10 + QUIET)
    assert busy.is_due(11.5 + QUIET)
    assert not busy.done().is_due(100)


def test_what_is_as_it_was_handled_is_not_due() -> None:
    seen = Watched(handled="a", last="a").looks("b", 10).looks("a", 11)
    assert not seen.is_due(100)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 5))))
def test_whatever_happens_only_a_quiet_state_is_due_and_each_once(
    looks: list[tuple[str, float]],
) -> None:
    now, watched = 0.0, Watched()
    history: list[tuple[float, str]] = []
    for mark, passed in looks:
        now += passed
        watched = watched.looks(mark, now)
        history.append((now, mark))
        if watched.is_due(now):
            assert {m for at, m in history if at > now - QUIET} == {mark}
            assert mark != watched.handled
            watched = watched.done()
        assert not watched.done().is_due(now + 100)
