"""`attache draft`: an article in, a summary file out that `attache check` accepts."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli

_ARTICLE = """The ferry stays

March 9, 2023

Foreign Minister Anna Berg met Norwegian Prime Minister Karl Lund in Bergen on Tuesday.

\u201cWe will not sell the ferry,\u201d Berg said after the meeting.

More than 400 sailors work on it.

\u201cThe ferry is gone for good, I fear.\u201d
"""
_UNDATED = _ARTICLE.replace("March 9, 2023\n\n", "")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """Return a file with an article."""
    file = tmp_path / "ferry.txt"
    file.write_text(_ARTICLE, encoding="utf-8")
    return file


def _invoke(tmp_path: Path, *words: str) -> Result:
    environ = {"ATTACHE_DATA_DIR": str(tmp_path / "data")}
    return CliRunner().invoke(cli, words, env=environ)


def test_a_draft_goes_to_standard_output(article: Path, tmp_path: Path) -> None:
    result = _invoke(tmp_path, "draft", str(article))
    assert result.exit_code == 0
    assert result.stdout.startswith("---\ntitle: The ferry stays\n")
    assert "name: Karl Lund" in result.stdout
    assert "marked for review" in result.stderr


def test_what_is_drafted_is_accepted_and_counted(article: Path, tmp_path: Path) -> None:
    written = tmp_path / "stories" / "ferry.md"
    written.parent.mkdir()
    drafted = _invoke(tmp_path, "draft", str(article), "-o", str(written), "--outlet", "The Bell")
    checked = _invoke(tmp_path, "check", str(written))
    assert (drafted.exit_code, checked.exit_code) == (0, 0)
    assert "source: The Bell" in written.read_text(encoding="utf-8")
    assert checked.stdout == "1 summary holds; 1 entry waits for review.\n"


def test_a_draft_overwrites_nothing(article: Path, tmp_path: Path) -> None:
    result = _invoke(tmp_path, "draft", str(article), "-o", str(article))
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert article.read_text(encoding="utf-8") == _ARTICLE


def test_what_is_cut_is_said(article: Path, tmp_path: Path) -> None:
    figures = "".join(f"\nMore than {n} ships wait.\n" for n in range(400, 600))
    article.write_text(_ARTICLE + figures, encoding="utf-8")
    drafted = _invoke(tmp_path, "draft", str(article))
    assert re.search(
        r" 120 figures; \d+ marked for review\. Cut: .*120 of 2\d\d figures", drafted.stderr
    )
    article.write_text(_ARTICLE, encoding="utf-8")
    assert "Cut" not in _invoke(tmp_path, "draft", str(article)).stderr


def test_a_page_is_drafted_too(tmp_path: Path) -> None:
    page = tmp_path / "ferry.html"
    paragraphs = "".join(f"<p>{line}</p>" for line in _ARTICLE.split("\n\n")[2:])
    page.write_text(
        "<html><head><title>The ferry stays</title>"
        '<meta property="article:published_time" content="2023-03-09T08:00:00Z"></head>'
        f"<body><article><h1>The ferry stays</h1>{paragraphs}</article></body></html>",
        encoding="utf-8",
    )
    result = _invoke(tmp_path, "draft", str(page))
    assert result.exit_code == 0
    assert "published: '2023-03-09'" in result.stdout


def test_without_a_day_nobody_guesses(article: Path, tmp_path: Path) -> None:
    article.write_text(_UNDATED, encoding="utf-8")
    asked = _invoke(tmp_path, "draft", str(article))
    told = _invoke(tmp_path, "draft", str(article), "--published", "2023-03-09")
    assert asked.exit_code == 1
    assert "--published YYYY-MM-DD" in asked.stderr
    assert told.exit_code == 0
    assert "date: '2023-03-07'" in told.stdout


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    result = _invoke(tmp_path, "draft", str(tmp_path / "none.txt"))
    assert result.exit_code == 1
    assert "does not exist" in result.stderr


def test_an_address_within_is_not_fetched(tmp_path: Path) -> None:
    result = _invoke(tmp_path, "draft", "http://127.0.0.1:9/ferry")
    assert result.exit_code == 1
    assert "127.0.0.1" in result.stderr
