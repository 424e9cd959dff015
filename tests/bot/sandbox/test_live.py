import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.cast import ADA_ID
from bot.sandbox.feed import Feed
from bot.sandbox.page_routes import page_routes
from tests.bot.sandbox.control_caller import Caller, SlowReplay, calling_control


@pytest.fixture
async def replay() -> SlowReplay:
    return SlowReplay()


@pytest.fixture
async def caller(replay: SlowReplay) -> AsyncIterator[Caller]:
    async with calling_control(replay) as caller:
        yield caller


# The live feed


async def lines(response: aiohttp.ClientResponse, count: int) -> list[dict[str, str]]:
    """Read so many server-sent events, each as its fields."""
    events: list[dict[str, str]] = []
    async with asyncio.timeout(5):
        while len(events) < count:
            event: dict[str, str] = {}
            while line := (await response.content.readline()).decode().rstrip("\n"):
                name, _, value = line.partition(": ")
                event[name] = value
            events.append(event)
    return events


def told(event: dict[str, str]) -> tuple[str, str]:
    data = json.loads(event["data"])
    return data["kind"], data["data"].get("text", "")


async def test_the_feed_tells_what_happens_and_goes_on_where_it_was_left(caller: Caller) -> None:
    hello = {"person_id": ADA_ID, "chat_id": ADA_ID}
    address = f"{caller.url}/control/feed"
    position = (await caller.get("state"))["position"]
    await caller.post("send/text", **hello, text="one")
    async with caller.session.get(address, params={"after": position}) as response:
        clock, one = await lines(response, 2)
        await caller.post("send/text", **hello, text="two")
        (two,) = await lines(response, 1)
    await caller.post("send/text", **hello, text="three")
    async with caller.session.get(address, headers={"Last-Event-ID": two["id"]}) as response:
        _, three = await lines(response, 2)
    assert clock["event"] == "clock"
    assert list(map(told, (one, two, three))) == [
        ("message", "one"),
        ("message", "two"),
        ("message", "three"),
    ]


@pytest.mark.parametrize("position", ["another-run-3", "100.000000-999999", "x"])
async def test_a_page_with_a_position_of_another_time_is_told_to_reload(
    caller: Caller, position: str
) -> None:
    async with caller.session.get(
        f"{caller.url}/control/feed", headers={"Last-Event-ID": position}
    ) as response:
        (event,) = await lines(response, 1)
    assert event["event"] == "reload"


async def test_a_page_that_missed_forgotten_events_is_told_to_reload(caller: Caller) -> None:
    position = (await caller.get("state"))["position"]
    feed = caller.telegram.feed
    caller.telegram.state.feed = Feed(feed.sequence + 1)
    async with caller.session.get(
        f"{caller.url}/control/feed", params={"after": position}
    ) as response:
        (event,) = await lines(response, 1)
    assert event["event"] == "reload"


async def test_all_pages_are_told_when_the_clock_moves(caller: Caller) -> None:
    async with caller.session.get(f"{caller.url}/control/feed") as response:
        await lines(response, 1)
        await caller.post("clock", jump=86400)
        (event,) = await lines(response, 1)
    assert json.loads(event["data"])["clock"]["now"] == "2022-01-09T08:00:00+00:00"


async def test_a_page_that_has_gone_is_forgotten(caller: Caller) -> None:
    async with caller.session.get(f"{caller.url}/control/feed") as response:
        await lines(response, 1)
        assert len(caller.telegram.state.feed_watchers) == 1
    for _ in range(500):
        if not caller.telegram.state.feed_watchers:
            break
        await asyncio.sleep(0.01)
    assert caller.telegram.state.feed_watchers == []


async def test_the_feed_ends_when_the_server_stops(caller: Caller) -> None:
    async with caller.session.get(f"{caller.url}/control/feed") as response:
        await lines(response, 1)
        await caller.control.close(web.Application())
        async with asyncio.timeout(5):
            assert await response.content.read() == b""


# The page's files


async def test_the_page_is_served_with_a_strict_policy(caller: Caller) -> None:
    for path, kind in (("/", "text/html"), ("/page/main.js", "text/javascript")):
        async with caller.session.get(f"{caller.url}{path}") as response:
            assert (response.status, response.content_type) == (200, kind)
            policy = response.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'self'; ")


@pytest.mark.parametrize("name", ["..%2Fcontrol.py", "none.js", ".", "%2e%2e%2fcast.py"])
async def test_nothing_but_the_page_is_served(caller: Caller, name: str) -> None:
    async with caller.session.get(f"{caller.url}/page/{name}") as response:
        assert response.status == 404


def test_the_page_fetches_nothing_from_outside_and_parses_no_markup() -> None:
    folder = Path(page_routes.__code__.co_filename).parent / "page"
    source = "\n".join(path.read_text() for path in sorted(folder.iterdir()))
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert forbidden not in source
    for address in ('src="http', 'href="http', "url(", "@import", "//cdn"):
        assert address not in source
