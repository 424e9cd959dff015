"""`attache ingest`: what it asks, shows and counts, in a pipe and at a terminal."""

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from store.ingest import watching
from store.ingest.loading import Loader, packaged_summaries
from tests.bot.test_watching import remove_most
from tests.store.stories import written


def ingest(*words: str) -> Result:
    return CliRunner().invoke(cli, ["ingest", "--data-dir", "data", *words], catch_exceptions=False)


@pytest.fixture(autouse=True)
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(
        packaged_summaries(), tmp_path / "story", ignore=shutil.ignore_patterns("__*")
    )


class Terminal:
    """The program at a terminal of its own."""

    def __init__(self, *words: str) -> None:
        self._master, worker = pty.openpty()
        self.process = subprocess.Popen(  # noqa: S603 (our own program)
            [Path(sys.executable).with_name("attache"), *words],
            stdin=worker,
            stdout=worker,
            stderr=worker,
            start_new_session=True,
            env={"HOME": str(Path.cwd()), "PATH": os.environ["PATH"], "TERM": "xterm"},
        )
        os.close(worker)
        self.shown = ""

    def until(self, words: str) -> str:
        """Return all that is shown until `words` are."""
        while words not in self.shown:
            self.shown += os.read(self._master, 4096).decode()
        return self.shown

    def type(self, words: str) -> None:
        os.write(self._master, words.encode())

    def end(self) -> int:
        """Return the exit status, once all that is shown is read."""
        try:
            while read := os.read(self._master, 4096):
                self.shown += read.decode()
        except OSError:  # the other end is closed
            pass
        os.close(self._master)
        return self.process.wait(60)


@pytest.fixture
def at_terminal() -> Iterator[Callable[..., Terminal]]:
    opened = list[Terminal]()

    def open_(*words: str) -> Terminal:
        opened.append(Terminal("ingest", "--data-dir", "data", *words))
        return opened[-1]

    yield open_
    for terminal in opened:
        if terminal.process.poll() is None:
            terminal.process.kill()
            terminal.process.wait()


def test_it_counts_the_files_and_those_that_were_read(story: Path) -> None:
    assert ingest(str(story)).stderr == "5 files, 5 of them read anew.\n"
    (story / "new.md").write_text(written())
    done = ingest(str(story))
    assert "documents: 1 new" in done.stdout.splitlines()
    assert re.fullmatch(r"6 files, [1-6] of them read anew\.\n", done.stderr)


def test_much_is_removed_in_a_pipe_only_when_that_is_said(story: Path) -> None:
    ingest(str(story))
    remove_most(story)
    done = ingest(str(story))
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "nothing has changed: this would remove 4 of 5 sources" in done.stderr
    again = f"attache ingest --data-dir data {story} --yes"
    assert f"Where that is meant: {again}\n" in done.stderr
    done = ingest(str(story), "--yes")
    assert done.exit_code == 0
    assert "documents: 4 gone" in done.stdout.splitlines()


def test_at_a_terminal_it_asks(story: Path, at_terminal: Callable[..., Terminal]) -> None:
    ingest(str(story))
    remove_most(story)
    for typed, status, said in (("n", 1, "nothing has changed"), ("y", 0, "documents: 4 gone")):
        terminal = at_terminal(str(story))
        shown = terminal.until("Load all the same? [y/N]")
        assert "This would remove 4 of 5 sources" in shown
        terminal.type(f"{typed}\n")
        assert terminal.end() == status
        assert said in terminal.shown


def test_ctrl_c_at_the_question_is_a_no(story: Path, at_terminal: Callable[..., Terminal]) -> None:
    ingest(str(story))
    remove_most(story)
    terminal = at_terminal(str(story))
    terminal.until("Load all the same? [y/N]")
    while terminal.process.poll() is None:  # one that comes before it listens is not heard
        terminal.process.send_signal(signal.SIGINT)
        time.sleep(0.5)
    assert terminal.end() != 0
    assert "4 of 5 sources" in ingest(str(story)).stderr


def test_who_asks_in_the_console_is_answered_from_the_files_as_they_are(story: Path) -> None:
    ask = ["ask", "/status", "--admin", "--data-dir", "data", "--summaries", str(story)]
    assert "\n5 sources," in CliRunner().invoke(cli, ask).output
    remove_most(story)
    assert "\n1 source," in CliRunner().invoke(cli, ask).output


def test_a_question_of_the_folder_by_its_name_forgets_nothing(
    story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*words: str) -> str:
        asked = ["ask", *words, "--admin", "--data-dir", "data"]
        return CliRunner().invoke(cli, asked, catch_exceptions=False).output

    monkeypatch.setattr(watching, "EXACT", 0)  # what looks the same is the same at once
    ingest(str(story))
    remove_most(story)  # of the packaged story, which would be loaded otherwise
    ask("/timeline", "--summaries", str(story))
    assert str(story) in ask("/status")
    assert ask("/reload") == "Nothing has changed.\n"
    assert str(story) in ask("/status")


def test_at_a_terminal_it_shows_how_far_it_is(
    story: Path, at_terminal: Callable[..., Terminal]
) -> None:
    terminal = at_terminal(str(story))
    assert terminal.end() == 0
    assert re.search(r"Reading .* 0/5(.|\n)*Joining .* 5/5", terminal.shown)


def test_ctrl_c_while_it_reads_changes_nothing(
    story: Path, at_terminal: Callable[..., Terminal]
) -> None:
    for n in range(3000):
        (story / f"{n:04}.md").write_text(written(f"Title {n}", f"{n}.txt"))
    terminal = at_terminal(str(story))
    terminal.until("50/")
    terminal.process.send_signal(signal.SIGINT)
    began = time.monotonic()
    assert terminal.end() == 1
    assert time.monotonic() - began < 5
    assert "stopped; what is known is as it was before" in terminal.shown
    shutil.rmtree(story)
    assert "5 new" in ingest("--summaries", str(packaged_summaries())).stdout


@pytest.mark.parametrize(
    ("when", "known"),
    [("before", "is as it was before"), ("after", "is whole, as the files are now")],
)
def test_who_stops_it_while_it_joins_is_told_what_is_known(
    story: Path, when: str, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = Loader.load

    async def stopped(self: Loader, *words: Any, **how: Any) -> None:  # noqa: ANN401 (handed on)
        if when == "after":
            await load(self, *words, **how)
        raise KeyboardInterrupt

    monkeypatch.setattr(Loader, "load", stopped)
    done = ingest(str(story))
    assert (done.exit_code, done.stderr) == (1, f"Error: stopped; what is known {known}\n")


def test_articles_in_a_folder_of_summaries_are_named_not_passed_over_silently(
    story: Path,
) -> None:
    (story / "raw").mkdir()
    (story / "raw" / "talks.txt").write_text("The talks began on Monday, the minister said.\n")
    (story / "page.html").write_text("<p>The talks began on Monday.</p>")
    (story / ".draft.txt").write_text("Not yet.")
    done = ingest("story")
    assert done.exit_code == 0
    told = "Passed over, for 2 are no summaries: page.html, raw/talks.txt; attache ingest FILE"
    assert told in done.stderr
    (story / "page.html").unlink()
    (story / "raw" / "talks.txt").unlink()
    assert "Passed over" not in ingest("story").stderr
