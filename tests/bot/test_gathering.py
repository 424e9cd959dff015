"""`attache ingest` with articles, addresses and feeds: what is drafted, skipped and told."""

import re
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from store.ingest.drafted import read_drafts
from store.ingest.feed_book import FEEDS_FILE
from store.ingest.summaries import read_summaries
from tests.bot.test_ingesting import Terminal
from tests.store.ingest.test_gather import HOSTILE

FERRY = """Foreign Minister Anna Berg met Norwegian Prime Minister Karl Lund in Bergen on Tuesday.

\u201cWe will not sell the ferry,\u201d Berg said after the meeting, which went on for four hours.

More than 400 sailors work on the line, which was founded in 1987 and carries mail as well.
"""
_ARTICLE = f"The ferry stays\n\nMarch 9, 2023\n\n{FERRY}"
_OTHER = """The bridge is closed

March 10, 2023

The council of Malmo voted on Monday to close the harbour bridge, Mayor Ida Holm said.

Repairs cost 12 million crowns and are to be finished by the end of 2023, she said.
"""
_BRIDGE = (
    "The council of Malmo voted on Monday to replace the bridge number {n}, Mayor Ida Holm said."
)


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that drafts go to; the current folder is of the test alone."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "raw").mkdir()
    return tmp_path / "desk"


def put(name: str, text: str) -> str:
    file = Path("raw", name)
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return str(file)


def ingest(*words: str) -> Result:
    return CliRunner().invoke(cli, ["ingest", "--data-dir", "data", *words], catch_exceptions=False)


def rss(*numbers: int) -> str:
    items = "".join(
        f"<item><title>Bridge {n}</title><guid>{n}</guid>"
        f"<pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate>"
        f"<description>{_BRIDGE.format(n=n)}</description></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>Gazette</title>{items}</channel></rss>"


def test_articles_become_drafts_that_the_loader_takes(desk: Path) -> None:
    put("ferry.txt", _ARTICLE)
    put("bridge.md", _OTHER)
    done = ingest("raw", "--into", "desk")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "2 drafted into desk.")
    reading = read_summaries((desk,))
    assert reading.problems == ()
    assert {each.title for each in reading.summaries} == {"The ferry stays", "The bridge is closed"}
    assert "documents: 2 new" in ingest("desk").stdout


def test_what_was_drafted_is_not_drafted_again_even_under_another_name(desk: Path) -> None:
    ingest(put("ferry.txt", _ARTICLE), "--into", "desk")
    [drafted] = desk.glob("*.md")
    drafted = drafted.rename(desk / "renamed.md")
    drafted.write_text(drafted.read_text().replace("Anna Berg", "Anne Berg"))
    before = drafted.read_text()
    done = ingest(put("copied.txt", _ARTICLE), put("bridge.txt", _OTHER), "--into", "desk")
    assert done.stdout.splitlines()[0] == "1 drafted into desk, 1 drafted before."
    assert drafted.read_text() == before


def test_copies_are_one_draft_that_names_them_all(desk: Path) -> None:
    longer = "The talks had been planned for months and were put off twice because of the storms."
    put("a.txt", f"{_ARTICLE}\n{longer}\n")
    put("b.txt", _ARTICLE)
    done = ingest("raw", "--into", "desk")
    assert done.stdout.splitlines()[0] == "1 drafted into desk, 1 folded as copies."
    [drafted] = desk.glob("*.md")
    lines = drafted.read_text().splitlines()
    assert lines[1].startswith("# drafted from ")
    assert (lines[1].endswith(": a.txt"), lines[2].endswith(": b.txt")) == (True, True)
    assert ingest("raw/b.txt", "--into", "desk").stdout.splitlines()[0] == "1 drafted before."


_WIRE = f"""Agencies agree on the ferry

March 9, 2023

{FERRY}
The line has carried mail to the islands since the war, and is paid for by both countries.

Captains had warned for years that the two oldest ships would not last another winter at sea.
"""


def test_an_edited_copy_of_a_later_run_is_named_in_the_draft_of_before(desk: Path) -> None:
    ingest(put("wire.txt", _WIRE), "--into", "desk")
    [drafted] = desk.glob("*.md")
    drafted = drafted.rename(desk / "mine.md")
    drafted.write_text(drafted.read_text().replace("title:", "# my note\ntitle:"))
    edited = _WIRE.replace("Tuesday", "yesterday").replace("Agencies", "The Gazette: all")
    done = ingest(put("gazette.txt", edited), "--into", "desk")
    assert done.stdout.splitlines()[0] == "1 folded as copies."
    assert "gazette.txt: a copy of what is drafted as mine.md; named there" in done.stderr
    lines = drafted.read_text().splitlines()
    assert lines[1].endswith(": raw/wire.txt")
    assert lines[2].startswith("# also ")
    assert lines[2].endswith(": raw/gazette.txt")
    assert "# my note" in lines
    assert list(desk.glob("*.md")) == [drafted]
    assert ingest("raw", "--into", "desk").stdout.splitlines()[0] == "2 drafted before."


def test_a_later_text_that_tells_much_more_is_drafted() -> None:
    ingest(put("wire.txt", _WIRE), "--into", "desk")
    more = "\n\n".join(_OTHER.splitlines()[4::2]) * 2
    done = ingest(put("full.txt", f"{_WIRE}\n{more}\n"), "--into", "desk")
    assert done.stdout.splitlines()[0] == "1 drafted into desk."


def test_a_copy_of_a_draft_that_was_deleted_is_drafted(desk: Path) -> None:
    ingest(put("wire.txt", _WIRE), "--into", "desk")
    [drafted] = desk.glob("*.md")
    drafted.unlink()
    done = ingest(put("gazette.txt", _WIRE.replace("Tuesday", "Monday")), "--into", "desk")
    assert done.stdout.splitlines()[0] == "1 drafted into desk."


def test_a_copy_is_told_of_where_the_draft_has_lost_its_comments(desk: Path) -> None:
    ingest(put("wire.txt", _WIRE), "--into", "desk")
    [drafted] = desk.glob("*.md")
    drafted.write_text("".join(drafted.read_text().splitlines(keepends=True)[2:]))
    before = drafted.read_text()
    done = ingest(put("gazette.txt", _WIRE.replace("Tuesday", "Monday")), "--into", "desk")
    assert "named here only" in done.stderr
    assert drafted.read_text() == before


def test_files_of_one_name_are_different_documents(desk: Path) -> None:
    Path("raw/one").mkdir()
    Path("raw/two").mkdir()
    put("one/1.txt", _ARTICLE)
    put("two/1.txt", _OTHER)
    assert ingest("raw", "--into", "desk").exit_code == 0
    assert len(read_summaries((desk,)).summaries) == 2


def test_without_a_day_an_article_waits_and_the_others_do_not(desk: Path) -> None:
    put("ferry.txt", f"The ferry stays\n\n{FERRY}")
    put("bridge.txt", _OTHER)
    done = ingest("raw", "--into", "desk")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == "1 drafted into desk, 1 waiting for a day."
    assert "attache draft raw/ferry.txt --published YYYY-MM-DD" in done.stderr
    drafting = ["draft", "--data-dir", "data", "raw/ferry.txt", "--published", "2023-03-09"]
    CliRunner().invoke(cli, [*drafting, "-o", "desk/ferry.md"])
    assert ingest("raw", "--into", "desk").stdout.splitlines()[0] == "2 drafted before."
    assert len(list(desk.glob("*.md"))) == 2


def test_at_a_terminal_the_day_is_asked_for(desk: Path) -> None:
    put("bridge.txt", f"The bridge is closed\n\n{FERRY[:90]}.\n\n{FERRY}")
    terminal = Terminal("ingest", "--data-dir", "data", "raw", "--into", "desk")
    terminal.until("Published on")
    terminal.type("9 March\n")
    terminal.until("expected a day")
    terminal.type("2023-03-09\n")
    assert terminal.end() == 0
    assert "1 drafted into desk." in terminal.shown
    [drafted] = desk.glob("*.md")
    assert drafted.name.startswith("2023-03-09-the-bridge-is-closed-")


def test_ctrl_c_keeps_what_is_drafted_and_the_next_run_goes_on(desk: Path) -> None:
    for n in range(150):
        put(f"{n:03}.txt", f"Report {n}\n\nMarch 9, 2023\n\n" + f"Mayor {n} Holm left. " * 3)
    words = ("ingest", "--data-dir", "data", "raw", "--into", "desk")
    terminal = Terminal(*words)
    terminal.until("Drafting")
    while not list(desk.glob("*.md")):
        terminal.until(" ")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.end() == 1
    assert "and kept: the same command goes on from there" in terminal.shown
    kept = {file.name: file.stat().st_mtime_ns for file in desk.glob("*.md")}
    done = ingest(*words[3:])
    assert done.exit_code == 0
    assert f"{150 - len(kept)} drafted into desk, {len(kept)} drafted before." in done.stdout
    assert all((desk / name).stat().st_mtime_ns == at for name, at in kept.items())


def test_what_cannot_be_read_is_named_and_stops_nothing() -> None:
    put("ferry.txt", _ARTICLE)
    Path("raw/picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    done = ingest("raw", "http://127.0.0.1:9/x", "--into", "desk")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == "1 drafted into desk, 2 refused."
    assert "picture.txt: " in done.stderr
    assert "127.0.0.1" in done.stderr


def test_the_packaged_story_takes_no_drafts() -> None:
    done = ingest(put("ferry.txt", _ARTICLE))
    assert done.exit_code == 1
    assert "--into FOLDER" in done.stderr


def test_drafts_go_to_the_configured_summaries_and_are_loaded() -> None:
    story = Path("story")
    CliRunner().invoke(cli, ["new", str(story)])
    done = ingest(put("ferry.txt", _ARTICLE), "--summaries", str(story))
    assert done.exit_code == 0
    assert "1 drafted into story." in done.stdout
    assert "documents: " in done.stdout
    shown = "What is drafted into story is shown to readers now, "
    assert re.fullmatch(
        rf"{shown}\d+ (entry waits|entries wait) for review \(/review\)\.",
        done.stdout.splitlines()[-1],
    )


def test_drafts_that_are_not_read_are_not_said_to_be_shown() -> None:
    for name in ("story", "other"):
        CliRunner().invoke(cli, ["new", name])
    ingest("other", "--summaries", "story")
    done = ingest(put("ferry.txt", _ARTICLE), "--summaries", "story")
    assert "1 drafted into story." in done.stdout
    assert "shown to readers" not in done.stdout


def test_summaries_beside_articles_are_loaded_as_ever(desk: Path) -> None:
    ingest(put("ferry.txt", _ARTICLE), "--into", "desk")
    [summary] = desk.glob("*.md")
    done = ingest(str(summary), put("bridge.txt", _OTHER), "--into", "more")
    assert "1 drafted into more." in done.stdout
    assert "documents: 1 new" in done.stdout


def test_a_broken_summary_is_still_the_loaders() -> None:
    done = ingest(put("broken.md", "---\ntitle: [\n---\nText.\n"))
    assert done.exit_code == 1
    assert "nothing has changed:\nbroken.md" in done.stderr


def test_front_matter_of_another_program_is_an_articles(desk: Path) -> None:
    put("ferry.md", f"---\ntitle: The ferry stays\ndate: 2023-03-09\ntags: [sea]\n---\n{FERRY}")
    put("broken.md", f"---\ntitle: [\n---\n{_OTHER}")
    assert ingest("raw", "--into", "desk").stdout.splitlines()[0].startswith("1 drafted into desk")
    assert read_summaries((desk,)).summaries[0].title == "The ferry stays"
    done = ingest(put("unfinished.md", "---\ntitle: A\nsource: B\n---\nText.\n"))
    assert "published: is missing" in done.stderr


def test_hostile_files_are_named_and_the_good_one_among_them_is_drafted(desk: Path) -> None:
    for name, raw in HOSTILE.items():
        Path("raw", name).write_bytes(raw)
    Path("raw/out.txt").symlink_to("/etc/passwd")
    put("good.txt", _ARTICLE)
    done = ingest("raw", "--into", "desk")
    refused = len(HOSTILE) + 1
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == f"1 drafted into desk, {refused} refused."
    told = {line.partition(":")[0] for line in done.stderr.splitlines()}
    assert {*HOSTILE, "out.txt"} <= told
    assert [each.title for each in read_summaries((desk,)).summaries] == ["The ferry stays"]


def test_of_a_thousand_entries_none_is_lost(desk: Path) -> None:
    done = ingest(put("feed.xml", rss(*range(1000))), "--into", "desk")
    assert done.stdout.splitlines()[0] == "1,000 drafted into desk."
    reading = read_summaries((desk,))
    assert reading.problems == ()
    assert {each.title for each in reading.summaries} == {f"Bridge {n}" for n in range(1000)}


def test_a_name_breaks_out_of_no_comment(desk: Path) -> None:
    name = "a\n---\ntitle: taken over\n# also aaaaaaaaaaaa: .txt"
    put(name, _ARTICLE)
    assert ingest("raw", "--into", "desk").exit_code == 0
    (summary,) = read_summaries((desk,)).summaries
    assert summary.title == "The ferry stays"
    assert set(read_drafts(desk).files) == {next(desk.glob("*.md")).stem[-12:]}


def test_a_book_of_feeds_that_is_broken_is_named() -> None:
    Path("data/sandbox").mkdir(parents=True)
    Path("data/sandbox", FEEDS_FILE).write_text("{")
    done = CliRunner().invoke(
        cli, ["ingest", "--data-dir", "data", put("ferry.txt", _ARTICLE), "--into", "desk"]
    )
    assert done.exit_code == 1
    assert "is not what this program wrote; delete it" in str(done.exception)
