import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import BrokenSummariesError
from store.ingest.summaries import Reading, read_summaries
from tests.store.stories import SEEDS, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "harbour"
    made.mkdir()
    (made / "story.yaml").write_text("title: The harbour\nintro: Who builds it.\n")
    return made


def put(folder: Path, name: str = "a.md", text: str | None = None) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written() if text is None else text)
    return file


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in read_summaries([folder]).problems]


def files(reading: Reading) -> list[str]:
    return [summary.file for summary in reading.summaries]


def test_two_summaries_of_one_document_are_named(folder: Path) -> None:
    put(folder, "a.md")
    put(folder, "b/c.md")
    reading = read_summaries([folder])
    assert [str(p) for p in reading.problems] == [
        "b/c.md: document: is of the same document as a.md; keep one of them"
    ]
    assert files(reading) == ["a.md"]


def test_summaries_without_a_document_are_told_apart_by_their_imprint(folder: Path) -> None:
    plain = written(document=None).replace("basis_unused: null\n", "")
    put(folder, "a.md", plain)
    put(folder, "b.md", plain.replace("opens", "closes"))
    assert problems(folder) == []


def test_it_is_all_or_nothing_unless_the_operator_says_otherwise(folder: Path) -> None:
    put(folder, "good.md")
    put(folder, "bad.md", "nothing")
    reading = read_summaries([folder])
    with pytest.raises(BrokenSummariesError, match=r"bad\.md:1") as raised:
        reading.whole()
    assert len(raised.value.problems) == 1
    assert files(reading.whole(skip_broken=True)) == ["good.md"]


@pytest.mark.parametrize("skip_broken", [True, False])
def test_a_folder_that_is_not_there_never_reads_as_an_empty_one(
    tmp_path: Path, *, skip_broken: bool
) -> None:
    reading = read_summaries([tmp_path / "gone"])
    with pytest.raises(BrokenSummariesError, match="gone: does not exist"):
        reading.whole(skip_broken=skip_broken)


def test_a_folder_without_summaries_is_a_problem(folder: Path) -> None:
    put(folder, "README.md")
    put(folder, "notes.txt")
    assert problems(folder) == [f"{folder}: holds no summaries; their names end in .md"]


def test_read_me_and_hidden_files_are_no_summaries(folder: Path) -> None:
    put(folder, "a.md")
    for name in ("README.md", "sub/readme.md", ".hidden.md", "_draft.md", ".git/x.md", "_x/y.md"):
        put(folder, name, "nothing")
    assert files(read_summaries([folder]).whole()) == ["a.md"]


def test_files_below_a_folder_are_read_in_a_fixed_order(folder: Path) -> None:
    for name in ("b.md", "a/z.md", "a/b/c.MD", "c.md"):
        put(folder, name, written(document=name))
    assert files(read_summaries([folder]).whole()) == ["a/b/c.MD", "a/z.md", "b.md", "c.md"]


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    put(folder, "sub/a.md")
    reading = read_summaries([folder, folder / "sub" / "a.md", folder])
    assert (files(reading), reading.problems) == (["sub/a.md"], ())


def test_a_broken_story_is_named_once_for_all_its_files(folder: Path) -> None:
    (folder / "story.yaml").write_text("title: x\n")
    paths = [put(folder, name, written(document=name)) for name in ("a.md", "b.md")]
    assert [str(p) for p in read_summaries(paths).problems] == ["story.yaml:1: intro: is missing"]


def test_a_single_file_is_read_with_the_story_beside_it(folder: Path) -> None:
    reading = read_summaries([put(folder)]).whole()
    assert (files(reading), reading.story.title) == (["a.md"], "The harbour")


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        (
            lambda f: (f / "a.md").symlink_to(SEEDS / "README.md"),
            "a.md: is a link out of the folder; not read",
        ),
        (
            lambda f: (f / "a.md").symlink_to("/etc/passwd"),
            "a.md: is a link out of the folder; not read",
        ),
        (lambda f: (f / "a.md").symlink_to("gone.md"), "a.md: is a link to nothing"),
        (lambda f: (f / "a.md").symlink_to("a.md"), "a.md: is a link to nothing"),
    ],
)
def test_links_that_lead_nowhere_good_are_named(
    folder: Path, link: Callable[[Path], None], problem: str
) -> None:
    link(folder)
    assert problems(folder) == [problem]


def test_links_within_the_folder_are_followed(folder: Path) -> None:
    put(folder, "..data/a.md")
    (folder / "a.md").symlink_to("..data/a.md")
    assert files(read_summaries([folder]).whole()) == ["a.md"]


def test_what_is_neither_file_nor_folder_is_named(tmp_path: Path) -> None:
    put(tmp_path, "innocent.md")
    os.mkfifo(tmp_path / "pipe")
    reading = read_summaries([tmp_path / "pipe"])
    assert [p.message for p in reading.problems] == ["is neither file nor folder"]
    assert reading.summaries == ()


def test_a_file_that_cannot_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:  # the tests may run as root, whom no mode bits stop
        raise PermissionError(13, "Permission denied")

    put(folder)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "a.md: cannot be read: Permission denied" in problems(folder)


def test_a_name_that_no_text_can_hold_is_shown_as_well_as_it_can_be(folder: Path) -> None:
    strange = os.fsdecode(b"caf\xe9\n\xe2\x80\xae.md")
    put(folder, strange)
    assert files(read_summaries([folder]).whole()) == ["caf\ufffd .md"]
