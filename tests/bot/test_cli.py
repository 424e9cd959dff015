"""What is typed after `attache`: most in this process, a handful as real programs."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.cli import cli
from config import __version__
from store.errors import BrokenSummariesError
from store.ingest.loading import packaged_summaries
from tests.store.stories import SEEDS

Attache = Callable[..., subprocess.CompletedProcess[str]]

BROKEN = "---\ntitle: A\nsource: B\npublished: tomorrow\n---\nText.\n"


@pytest.fixture
def attache(tmp_path: Path) -> Attache:
    """Run the program itself, from `/`, with a data folder of its own."""

    def run(*words: str, cwd: Path = Path("/"), **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 (our own program)
            [Path(sys.executable).with_name("attache"), *words],
            cwd=cwd,
            env={
                "HOME": str(tmp_path),
                "PATH": os.environ["PATH"],
                "ATTACHE_DATA_DIR": str(tmp_path / "data"),
                **environ,
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


def invoke(*words: str) -> Result:
    return CliRunner().invoke(cli, words, catch_exceptions=False)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    return shutil.copytree(
        packaged_summaries(), tmp_path / "story", ignore=shutil.ignore_patterns("__*")
    )


# As a real program


def test_ask_prints_the_answer_and_nothing_else(attache: Attache) -> None:
    done = attache("ask", "/who Sherman")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Wendy Sherman\nUS Deputy Secretary of State · United States\n")
    assert done.stdout.endswith("\n[Timeline]\n[Quotes]\n[With]\n[Follow]\n[Mute]\n")
    again = attache("ask", "/who Sherman", ATTACHE_LOG_LEVEL="DEBUG")
    assert again.stdout == done.stdout
    assert again.stderr != ""


def test_ask_presses_buttons_in_turn(attache: Attache) -> None:
    done = attache("ask", "/who Sherman", "--press", "Quotes", "--press", "[4]", "--as", "42")
    assert done.returncode == 0
    assert done.stdout.startswith("Wendy Sherman · quotes\n")
    assert "\n\n[4] Allies close ranks" in done.stdout


def test_a_failure_is_said_on_standard_error_alone(attache: Attache) -> None:
    done = attache("ask", "/who Sherman", "--press", "Marry")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Error: There is no button [Marry]. There are [Timeline] [Quotes] [With] [Follow] [Mute].\n"
    )


def test_an_unknown_setting_is_pointed_out_and_a_wrong_one_stops(attache: Attache) -> None:
    done = attache("ask", "/help", ATTACHE_ADMIN="1")
    assert done.returncode == 0
    assert "ATTACHE_ADMIN" in done.stderr
    assert "ATTACHE_ADMINS" in done.stderr
    assert "ATTACHE_ADMIN" not in done.stdout
    done = attache("ask", "/help", ATTACHE_ADMINS="me", ATTACHE_TELEGRAM_TOKEN="1:short-secret")
    assert (done.returncode, done.stdout) == (1, "")
    assert "ATTACHE_ADMINS" in done.stderr
    assert "ATTACHE_TELEGRAM_TOKEN" in done.stderr
    assert "short-secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_two_who_ask_at_once_are_both_answered(attache: Attache) -> None:
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda name: attache("ask", f"/who {name}"), ["Sherman", "Lavrov"]))
    assert [(d.returncode, d.stderr) for d in done] == [(0, ""), (0, "")]
    assert [d.stdout.split("\n")[0] for d in done] == ["Wendy Sherman", "Sergei Lavrov"]


def test_a_data_folder_that_cannot_be_made_is_said_plainly(
    attache: Attache, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    done = attache("ask", "/help", ATTACHE_DATA_DIR=str(tmp_path / "file" / "data"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "ATTACHE_DATA_DIR" in done.stderr
    assert "Traceback" not in done.stderr


def test_words_that_are_no_text_are_refused_without_a_traceback(attache: Attache) -> None:
    done = attache("ask", os.fsdecode(b"/who \xff\xfe"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Error: The words are not UTF-8.\n"


def test_chat_reads_standard_input_where_it_is_no_terminal(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-m", "bot", "chat", "--data-dir", str(tmp_path / "data")],
        input="/who Sherman\n[Quotes]\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Wendy Sherman\n")
    assert "\n\nWendy Sherman · quotes\n" in done.stdout


# In this process


def test_ctrl_c_while_the_program_is_loaded_ends_it_without_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Stopped:
        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            if name == "bot.cli":
                raise KeyboardInterrupt

    monkeypatch.setattr(sys, "meta_path", [Stopped, *sys.meta_path])
    monkeypatch.delitem(sys.modules, "bot.cli")
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, *capsys.readouterr()) == (130, "", "")


def test_the_version_is_said() -> None:
    assert invoke("--version").output == f"attache {__version__}\n"


@pytest.mark.parametrize("command", ["run", "ask", "chat", "check", "ingest", "new", "sandbox"])
def test_every_command_explains_itself(command: str) -> None:
    done = invoke(command, "--help")
    assert done.exit_code == 0
    assert done.output.startswith(f"Usage: cli {command}")


def test_ask_as_an_admin_may_use_admin_commands() -> None:
    answers = [
        invoke("ask", "/reload", "--data-dir", "data", *flags).output
        for flags in (["--admin"], [], ["--as", "7"], ["--as", "7", "--admins", "7"])
    ]
    refused = "That command is for this bot's admins.\n"
    assert answers == ["Nothing has changed.\n", refused, refused, "Nothing has changed.\n"]


def test_check_reads_and_loads_nothing(story: Path) -> None:
    done = invoke("check", str(story), "--data-dir", "data")
    assert (done.exit_code, done.output) == (0, "5 summaries hold.\n")
    assert not Path("data").exists()


def test_check_names_the_file_the_line_and_the_field(story: Path) -> None:
    (story / "broken.md").write_text(BROKEN)
    done = invoke("check", str(story))
    assert done.exit_code == 1
    assert done.stdout.startswith("broken.md:4: published: expected")
    assert done.stderr == "5 summaries hold, 1 problem\n"
    assert invoke("check", str(story / "broken.md")).exit_code == 1
    assert invoke("check", str(story / "missing.md")).exit_code == 1


def test_ingest_of_a_broken_folder_changes_nothing_unless_told_to(story: Path) -> None:
    (story / "broken.md").write_text(BROKEN)
    done = invoke("ingest", str(story), "--data-dir", "data")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "nothing has changed:\nbroken.md:4: published: expected" in done.stderr
    done = invoke("ingest", str(story), "--data-dir", "data", "--skip-broken")
    assert done.exit_code == 0
    assert "documents: 5 new" in done.output.splitlines()


def test_what_was_ingested_by_hand_stays_until_something_else_is(
    story: Path, tmp_path: Path
) -> None:
    for file in sorted(story.glob("*.md"))[1:]:
        file.unlink()
    other = tmp_path / "other"
    assert invoke("new", str(other)).exit_code == 0

    def sources(*options: str) -> int:
        shown = invoke("ask", "/status", "--admin", "--data-dir", "data", *options).output
        return int(re.findall(r"^(\d+) sources?,", shown, re.MULTILINE)[0])

    assert sources() == 5
    assert "documents: 1 new" in invoke("ingest", str(story), "--data-dir", "data").output
    assert sources() == 1
    assert invoke("ask", "/reload", "--admin", "--data-dir", "data").output == (
        "Nothing has changed.\n"
    )
    assert (
        "Bridge"
        in invoke(
            "ask", "/start", "--data-dir", "data", "--summaries", str(other / "summaries")
        ).output.title()
    )
    assert sources() == 1  # what is asked with another setting changes nothing for the bot
    assert invoke("ingest", str(SEEDS), "--data-dir", "data").exit_code == 0
    assert sources() == 5


def test_a_story_about_something_else_is_answered_by_the_same_bot(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done = invoke("new", "bridge")
    assert done.exit_code == 0
    assert done.output.count("wrote ") == 3
    monkeypatch.chdir(tmp_path / "bridge")
    assert invoke("check").output == "1 summary holds.\n"
    assert invoke("ask", "/start").output.startswith("The harbour bridge\n")
    assert Path("data").is_dir()
    profile = invoke("ask", "/who Lindquist").output
    assert profile.startswith("Maria Lindqvist\nMayor · City council\n")
    assert "4 Mar 2024  The council votes 31 to 20 for a new bridge ° [1]" in profile
    assert "Jun 2026  The new bridge is to open" in invoke("ask", "/timeline Harbour").output
    assert "We will not close the harbour" in invoke("ask", "/quotes Berg").output
    assert "I have nothing on “Sherman”" in invoke("ask", "/who Sherman").output
    opened = invoke("ask", "/who Berg", "--press", "[1]").output
    assert "\n[1] Council votes for the new harbour bridge\nHarbour Gazette, 5 Mar 2024" in opened


def test_a_broken_story_keeps_what_was_known_and_stops_where_nothing_was(story: Path) -> None:
    where = ["--data-dir", "data", "--summaries", str(story)]
    (story / "broken.md").write_text(BROKEN)
    with pytest.raises(BrokenSummariesError, match=r"broken\.md:4: published: expected"):
        invoke("ask", "/who Sherman", *where)
    (story / "broken.md").unlink()
    assert invoke("ask", "/who Sherman", *where).exit_code == 0
    (story / "broken.md").write_text(BROKEN)
    done = invoke("ask", "/who Sherman", *where)
    assert done.exit_code == 0
    assert done.stdout.startswith("Wendy Sherman\n")
    assert "broken.md:4: published" in done.stderr


def test_a_story_is_not_started_over_one_that_is_there() -> None:
    assert invoke("new", "mine").exit_code == 0
    Path("mine/attache.toml").write_text("# mine")
    done = invoke("new", "mine")
    assert done.exit_code == 1
    assert "is there already" in done.stderr
    assert Path("mine/attache.toml").read_text() == "# mine"
