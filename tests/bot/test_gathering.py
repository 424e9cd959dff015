"""`attache ingest` with articles, addresses and feeds: what is drafted, skipped and told."""

import asyncio
import signal
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.gathering import draft_articles
from config.settings import Settings
from store.ingest.feed_book import FEEDS_FILE, read_feeds
from store.ingest.summaries import read_summaries
from tests.bot.test_ingesting import Terminal
from tests.store.ingest.servers import NOW, Server, serving

_TEXT = """Foreign Minister Anna Berg met Norwegian Prime Minister Karl Lund in Bergen on Tuesday.

\u201cWe will not sell the ferry,\u201d Berg said after the meeting, which went on for four hours.

More than 400 sailors work on the line, which was founded in 1987 and carries mail as well.
"""
_ARTICLE = f"The ferry stays\n\nMarch 9, 2023\n\n{_TEXT}"
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


async def visit(server: Server, *addresses: str, now: datetime = NOW) -> bool:
    """Draft what the addresses hold, as the command does, with a fetcher that may go there."""
    return await asyncio.to_thread(
        draft_articles,
        Settings(data_dir=Path("data")),
        [server.url(address) for address in addresses],
        into=Path("desk"),
        fetch=server.fetcher(),
        now=now,
    )


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
    [drafted] = desk.iterdir()
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
    [drafted] = desk.iterdir()
    lines = drafted.read_text().splitlines()
    assert lines[1].startswith("# drafted from ")
    assert (lines[1].endswith(": a.txt"), lines[2].endswith(": b.txt")) == (True, True)
    assert ingest("raw/b.txt", "--into", "desk").stdout.splitlines()[0] == "1 drafted before."


def test_files_of_one_name_are_different_documents(desk: Path) -> None:
    Path("raw/one").mkdir()
    Path("raw/two").mkdir()
    put("one/1.txt", _ARTICLE)
    put("two/1.txt", _OTHER)
    assert ingest("raw", "--into", "desk").exit_code == 0
    assert len(read_summaries((desk,)).summaries) == 2


def test_without_a_day_an_article_waits_and_the_others_do_not(desk: Path) -> None:
    put("ferry.txt", f"The ferry stays\n\n{_TEXT}")
    put("bridge.txt", _OTHER)
    done = ingest("raw", "--into", "desk")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == "1 drafted into desk, 1 waiting for a day."
    assert "attache draft raw/ferry.txt --published YYYY-MM-DD" in done.stderr
    drafting = ["draft", "--data-dir", "data", "raw/ferry.txt", "--published", "2023-03-09"]
    CliRunner().invoke(cli, [*drafting, "-o", "desk/ferry.md"])
    assert ingest("raw", "--into", "desk").stdout.splitlines()[0] == "2 drafted before."
    assert len(list(desk.iterdir())) == 2


def test_at_a_terminal_the_day_is_asked_for(desk: Path) -> None:
    put("bridge.txt", f"The bridge is closed\n\n{_TEXT[:90]}.\n\n{_TEXT}")
    terminal = Terminal("ingest", "--data-dir", "data", "raw", "--into", "desk")
    terminal.until("Published on")
    terminal.type("9 March\n")
    terminal.until("expected a day")
    terminal.type("2023-03-09\n")
    assert terminal.end() == 0
    assert "1 drafted into desk." in terminal.shown
    [drafted] = desk.iterdir()
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
    assert "1 drafted into" in done.stdout
    assert "documents: " in done.stdout


def test_summaries_beside_articles_are_loaded_as_ever(desk: Path) -> None:
    ingest(put("ferry.txt", _ARTICLE), "--into", "desk")
    [summary] = desk.iterdir()
    done = ingest(str(summary), put("bridge.txt", _OTHER), "--into", "more")
    assert "1 drafted into more." in done.stdout
    assert "documents: 1 new" in done.stdout


def test_a_broken_summary_is_still_the_loaders() -> None:
    done = ingest(put("broken.md", "---\ntitle: [\n---\nText.\n"))
    assert done.exit_code == 1
    assert "nothing has changed:\nbroken.md" in done.stderr


def test_front_matter_of_another_program_is_an_articles(desk: Path) -> None:
    put("ferry.md", f"---\ntitle: The ferry stays\ndate: 2023-03-09\ntags: [sea]\n---\n{_TEXT}")
    put("broken.md", f"---\ntitle: [\n---\n{_OTHER}")
    assert ingest("raw", "--into", "desk").stdout.splitlines()[0].startswith("1 drafted into desk")
    assert read_summaries((desk,)).summaries[0].title == "The ferry stays"
    done = ingest(put("unfinished.md", "---\ntitle: A\nsource: B\n---\nText.\n"))
    assert "published: is missing" in done.stderr


async def test_a_feed_is_asked_politely_and_told_once(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = [1]

    async def feed(request: web.Request) -> web.Response:
        tag = f'"{len(numbers)}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304)
        body = rss(*reversed(numbers))
        return web.Response(text=body, content_type="application/rss+xml", headers={"ETag": tag})

    async with serving(feed=feed) as server:
        assert await visit(server, "/feed")
        assert capsys.readouterr().out == "1 drafted into desk.\n"
        assert await visit(server, "/feed", now=NOW + timedelta(minutes=1))
        assert capsys.readouterr().out == "1 not due yet.\n"
        assert len(server.asked) == 1
        assert await visit(server, "/feed", now=NOW + timedelta(hours=2))
        assert capsys.readouterr().out == "Nothing new.\n"
        assert server.asked[-1].headers["If-None-Match"] == '"1"'
        numbers.append(2)
        assert await visit(server, "/feed", now=NOW + timedelta(hours=4))
        assert capsys.readouterr().out == "1 drafted into desk.\n"
    assert {each.title for each in read_summaries((desk,)).summaries} == {"Bridge 1", "Bridge 2"}


async def test_a_bad_feed_stops_no_other_and_is_left_alone_for_longer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    well = True

    async def bad(_: web.Request) -> web.Response:
        if not well:
            return web.Response(status=500)
        return web.Response(text=rss(1), content_type="application/rss+xml")

    async def good(_: web.Request) -> web.Response:
        return web.Response(text=rss(2, 3), content_type="application/rss+xml")

    later = NOW + timedelta(hours=2)
    async with serving(bad=bad, good=good) as server:
        assert await visit(server, "/bad")
        well = False
        assert not await visit(server, "/bad", "/good", now=later)
        told = capsys.readouterr()
        book = read_feeds(Path("data/sandbox", FEEDS_FILE))
        state = book[server.url("/bad")]
    assert told.out.endswith("2 drafted into desk, 1 refused.\n")
    assert "answered 500" in told.err
    assert state.failures == 1
    assert state.next_visit is not None
    assert state.next_visit - later >= timedelta(hours=1)


async def test_a_feed_that_is_gone_is_asked_once_a_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    gone = False

    async def feed(_: web.Request) -> web.Response:
        if gone:
            return web.Response(status=410)
        return web.Response(text=rss(1), content_type="application/rss+xml")

    async with serving(feed=feed) as server:
        assert await visit(server, "/feed")
        gone = True
        for hours in (2, 3, 25, 27):
            await visit(server, "/feed", now=NOW + timedelta(hours=hours))
        assert len(server.asked) == 3
    told = capsys.readouterr().out.splitlines()
    assert told[1:] == ["1 refused.", "1 not due yet.", "1 not due yet.", "1 refused."]


async def test_a_page_is_drafted_and_changed_words_do_not_double_it(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = list(_TEXT.split("\n\n"))

    async def page(_: web.Request) -> web.Response:
        paragraphs = "".join(f"<p>{line}</p>" for line in body)
        return web.Response(
            text="<html><head><title>The ferry stays</title>"
            '<meta property="article:published_time" content="2023-03-09T08:00:00Z"></head>'
            f"<body><article><h1>The ferry stays</h1>{paragraphs}</article></body></html>",
            content_type="text/html",
        )

    async with serving(page=page) as server:
        assert await visit(server, "/page")
        assert len(server.asked) == 1
        body.append("The ministers will meet again in Oslo in the summer, both of them said.")
        assert await visit(server, "/page")
    told = capsys.readouterr()
    assert told.out == "1 drafted into desk.\n1 drafted before.\n"
    assert "has a summary already" in told.err
    assert len(read_summaries((desk,)).summaries) == 1


def test_a_book_of_feeds_that_is_broken_is_named() -> None:
    Path("data/sandbox").mkdir(parents=True)
    Path("data/sandbox", FEEDS_FILE).write_text("{")
    done = CliRunner().invoke(
        cli, ["ingest", "--data-dir", "data", put("ferry.txt", _ARTICLE), "--into", "desk"]
    )
    assert done.exit_code == 1
    assert "is not what this program wrote; delete it" in str(done.exception)
