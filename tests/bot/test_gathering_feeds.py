"""`attache ingest` with addresses and feeds: what is drafted once, listed again, left alone."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.gathering import draft_articles
from config.settings import Settings
from store.ingest.feed_book import FEEDS_FILE, read_feeds
from store.ingest.summaries import read_summaries
from tests.bot.test_gathering import FERRY, desk, rss
from tests.store.ingest.servers import NOW, Server, serving

__all__ = ["desk"]  # the fixture


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


async def test_an_entry_without_a_day_is_listed_at_each_visit_until_it_has_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def feed(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match"):
            return web.Response(status=304)
        item = "<item><title>Bridge</title><guid>1</guid><link>{}</link></item>"
        link = str(request.url.with_path("/page"))
        body = f"<rss version='2.0'><channel><title>G</title>{item.format(link)}</channel></rss>"
        return web.Response(text=body, content_type="application/rss+xml", headers={"ETag": '"1"'})

    async def page(_: web.Request) -> web.Response:
        return web.Response(text=f"The ferry stays\n\n{FERRY}", content_type="text/plain")

    async with serving(feed=feed, page=page) as server:
        where = server.url("/page")
        assert not await visit(server, "/feed")
        assert f"attache draft {where} --published" in capsys.readouterr().err
        assert await visit(server, "/feed", now=NOW + timedelta(hours=2))
        told = capsys.readouterr()
        assert told.out == "1 waiting for a day.\n"
        assert f"{where}: waits for its day since {NOW.date()}; give the day" in told.err
        assert [each.path for each in server.asked].count("/page") == 1
        assert not await visit(server, "/feed", now=NOW + timedelta(days=40))
        told = capsys.readouterr()
        assert (told.out, "nobody has said its day" in told.err) == ("1 refused.\n", True)
        assert await visit(server, "/feed", now=NOW + timedelta(days=50))
        assert capsys.readouterr().out == "Nothing new.\n"


async def test_an_entry_that_was_given_its_day_is_listed_no_more(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def feed(request: web.Request) -> web.Response:
        link = str(request.url.with_path("/page"))
        item = f"<item><title>Bridge</title><guid>1</guid><link>{link}</link></item>"
        body = f"<rss version='2.0'><channel><title>G</title>{item}</channel></rss>"
        return web.Response(text=body, content_type="application/rss+xml")

    async def page(_: web.Request) -> web.Response:
        return web.Response(text=f"The ferry stays\n\n{FERRY}", content_type="text/plain")

    async with serving(feed=feed, page=page) as server:
        assert not await visit(server, "/feed")
        (desk / "ferry.md").write_text(
            f"---\ntitle: The ferry stays\nsource: B\ndocument: {server.url('/page')}\n"
            "published: 2023-03-09\n---\nIt stays.\n"
        )
        capsys.readouterr()
        assert await visit(server, "/feed", now=NOW + timedelta(hours=2))
        assert capsys.readouterr().out == "Nothing new.\n"


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
    body = list(FERRY.split("\n\n"))

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
