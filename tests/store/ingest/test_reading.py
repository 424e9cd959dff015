"""Only what has changed is read, and what was kept is what was read."""

import os
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import Problem
from store.ingest import programs
from store.ingest.folders import EXACT, listed_at
from store.ingest.reading import FileReader, Found, StoppedError
from store.ingest.summaries import read_summaries, read_summary
from store.knowledge.files import Files
from store.knowledge.values import (
    Basis,
    Grade,
    Side,
    StatedEvent,
    StatedFigure,
    StatedPerson,
    StatedQuote,
    Status,
    Summary,
    When,
)
from store.knowledge.written import as_written, source_key, summary_of
from tests.store.stories import SEEDS, written

DAY = date(2022, 1, 10)
LATER = 3600 * 10**9  # nanoseconds


class Counted:
    """Reads as ever, and keeps which files it was asked to read."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(
        self, file: Path, name: str, sides: Sequence[Side], problems: list[Problem], /
    ) -> Summary | None:
        self.asked.append(name)
        return read_summary(file, name, sides, problems)


def read(folder: Path, known: Files, *, after: int = LATER) -> tuple[Found, list[str]]:
    """Read `folder` so long after its newest change; return what was found and what was read."""
    newest = max(file.stat().st_ctime_ns for file in folder.rglob("*"))
    counted = Counted()
    reader = FileReader(known=known, now=lambda: newest + after, read_one=counted)
    return reader.read(listed_at([folder])), counted.asked


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "story"
    folder.mkdir()
    (folder / "story.yaml").write_text("title: The harbour\nintro: Who builds it.\n")
    for n in range(12):
        (folder / f"{n:02}.md").write_text(written(f"Title {n}", f"{n}.txt"))
    return folder


def test_what_has_not_changed_is_not_read_again(folder: Path) -> None:
    first, asked = read(folder, {})
    assert len(asked) == 12
    again, asked = read(folder, first.files)
    assert asked == []
    assert (again.files, again.story, again.mark) == (first.files, first.story, first.mark)
    assert (again.reading.summaries, again.reading.same) == ((), 12)


def test_of_ten_thousand_files_the_ten_that_changed_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "story"
    folder.mkdir()
    files = [folder / f"{n:05}.md" for n in range(10_000)]
    for file in files:
        file.write_text("made up")
    counted = list[str]()

    def made_up(file: Path, name: str, *_: object) -> Summary:
        counted.append(name)
        told = file.read_text()
        return Summary(
            file=name, title=told, outlet="Gazette", document=name, published=DAY, body=told
        )

    def found(known: Files) -> Found:
        reader = FileReader(known=known, read_one=made_up, now=lambda: 2**62)
        return reader.read(listed_at([folder]))

    first = found({})
    assert len(counted) == 10_000
    counted.clear()
    for file in files[::1000]:
        file.write_text("made anew")
    again = found(first.files)
    assert counted == [file.name for file in files[::1000]]
    assert [summary.title for summary in again.reading.summaries] == ["made anew"] * 10
    assert again.reading.same == 9990


def test_only_changed_and_new_files_are_read(folder: Path) -> None:
    first, _ = read(folder, {})
    (folder / "03.md").write_text(written("Another title", "3.txt"))
    (folder / "new.md").write_text(written("New", "new.txt"))
    (folder / "05.md").unlink()
    again, asked = read(folder, first.files)
    assert asked == ["03.md", "new.md"]
    assert {summary.title for summary in again.reading.summaries} == {"Another title", "New"}
    assert again.files.keys() == read(folder, {})[0].files.keys()
    assert again.mark == read(folder, {})[0].mark != first.mark


def test_a_change_within_the_tick_of_the_stamp_is_not_missed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.ingest.folders.stamp_of", lambda status: str(status.st_size))
    first, _ = read(folder, {}, after=EXACT - 1)
    file = folder / "11.md"
    file.write_text(file.read_text().replace("Title 11", "Title XI"))
    again, asked = read(folder, first.files)
    assert "11.md" in asked
    assert "Title XI" in {summary.title for summary in again.reading.summaries}


def test_a_stamp_that_is_old_enough_is_relied_upon(folder: Path) -> None:
    first, _ = read(folder, {}, after=EXACT)
    assert read(folder, first.files)[1] == []


def test_a_file_that_a_copy_put_there_with_its_old_time_and_size_is_read(folder: Path) -> None:
    first, _ = read(folder, {})
    file = folder / "03.md"
    was = file.stat()
    file.write_text(file.read_text().replace("Title 3", "Title X"))
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert file.stat().st_size == was.st_size
    again, asked = read(folder, first.files)
    assert asked == ["03.md"]
    assert "Title X" in {summary.title for summary in again.reading.summaries}


def test_a_touched_file_is_read_and_says_the_same(folder: Path) -> None:
    first, _ = read(folder, {})
    (folder / "03.md").touch()
    again, asked = read(folder, first.files)
    assert asked == ["03.md"]
    assert again.mark == first.mark


def test_another_version_of_the_reader_reads_all_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = read(folder, {})
    monkeypatch.setattr(programs, "reader", lambda: "another")
    _, asked = read(folder, first.files)
    assert len(asked) == 12


def test_other_sides_of_the_story_read_all_again_for_files_name_them(folder: Path) -> None:
    (folder / "00.md").write_text(
        written(more="people:\n  - {name: Ada Quay, side: Port}\n", document="0.txt")
    )
    sides = "sides:\n  - {name: Port, short: P, colour: '#112233'}\n"
    story = (folder / "story.yaml").read_text()
    (folder / "story.yaml").write_text(story + sides)
    first, _ = read(folder, {})
    assert first.reading.problems == ()
    (folder / "story.yaml").write_text(story + sides.replace("Port", "Town"))
    again, asked = read(folder, first.files)
    assert len(asked) == 12
    assert [problem.file for problem in again.reading.problems] == ["00.md"]


def test_a_broken_file_is_read_each_time_and_its_problem_told(folder: Path) -> None:
    (folder / "bad.md").write_text("---\ntitle: A\n---\nText.\n")
    first, _ = read(folder, {})
    again, asked = read(folder, first.files)
    assert asked == ["bad.md"]
    assert again.reading.problems == first.reading.problems
    assert again.reading.problems != ()


def test_a_file_has_the_name_by_which_it_is_read_now(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "a.md").write_text(written("Below", "below.txt"))
    first, _ = read(folder, {})
    counted = Counted()
    reader = FileReader(known=first.files, read_one=counted)
    below = reader.read(listed_at([folder / "sub"]))
    assert [summary.file for summary in below.reading.summaries] == ["a.md"]


def test_a_file_whose_name_is_no_text_is_kept_too(folder: Path) -> None:
    name = os.fsencode(folder) + b"/caf\xe9.md"
    with open(name, "w") as file:  # noqa: PTH123 (bytes)
        file.write(written("Café", "cafe.txt"))
    first, _ = read(folder, {})
    assert name in first.files
    assert read(folder, first.files)[1] == []
    assert first.mark


def test_one_file_of_two_about_the_same_document_is_kept(folder: Path) -> None:
    (folder / "twin.md").write_text(written("Twin", "3.txt"))
    found, _ = read(folder, {})
    assert len(found.files) == 12
    assert [problem.file for problem in found.reading.problems] == ["twin.md"]


def test_reading_ends_once_it_is_stopped(folder: Path) -> None:
    stopped, read_so_far = threading.Event(), list[bool]()

    def tick(read: bool) -> None:  # noqa: FBT001 (told of each file)
        read_so_far.append(read)
        if len(read_so_far) == 3:
            stopped.set()

    with pytest.raises(StoppedError):
        FileReader(known={}, tick=tick, stopped=stopped).read(listed_at([folder]))
    assert len(read_so_far) == 3


def test_what_is_kept_of_the_packaged_story_is_what_was_read() -> None:
    found = FileReader(known={}).read(listed_at([SEEDS]))
    assert found.reading == read_summaries([SEEDS])
    assert [file.source for file in found.files.values()] == [
        source_key(summary) for summary in found.reading.summaries
    ]


TEXTS = st.text(st.characters(codec="utf-8"))
WHENS = st.sampled_from(
    [When.parse(w) for w in ("2014", "2021-06", "mid 2022-01", "2022-01-10", "2022-01-10/2022-02")]
)
SUMMARIES = st.builds(
    Summary,
    file=TEXTS,
    title=TEXTS,
    outlet=TEXTS,
    document=st.none() | TEXTS,
    published=st.dates(date(1, 1, 1)),
    published_basis=st.sampled_from(Basis),
    published_because=st.none() | TEXTS,
    people=st.tuples(
        st.builds(
            StatedPerson,
            name=TEXTS,
            role=st.none() | TEXTS,
            side=st.none() | TEXTS,
            aliases=st.lists(TEXTS, max_size=2).map(tuple),
        )
    ),
    events=st.tuples(
        st.builds(
            StatedEvent,
            when=WHENS,
            text=TEXTS,
            people=st.none() | st.lists(TEXTS, max_size=2).map(tuple),
            place=st.none() | TEXTS,
            status=st.sampled_from(Status),
            basis=st.sampled_from(Basis),
        )
    ),
    quotes=st.tuples(
        st.builds(
            StatedQuote,
            speaker=TEXTS,
            text=TEXTS,
            when=st.none() | WHENS,
            grade=st.sampled_from(Grade),
        )
    ),
    figures=st.tuples(st.builds(StatedFigure, what=TEXTS, value=TEXTS, when=st.none() | WHENS)),
    body=TEXTS,
)


@given(SUMMARIES)
def test_any_summary_comes_back_as_it_was_kept(summary: Summary) -> None:
    assert summary_of(as_written(summary)) == summary
