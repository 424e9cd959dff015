import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from store.ingest.feeds import (
    LONGEST,
    MOST_SEEN,
    SHORTEST,
    USUAL,
    FeedState,
    conditions,
    failed,
    unseen,
    visited,
)
from store.ingest.fetch import Fetched, FetchError
from store.ingest.gather import Refusal, visit
from store.ingest.raw.feed import Entry, Feed
from store.ingest.raw.values import RawArticle
from tests.store.ingest.servers import NOW, Server, serving

STATE = FeedState(address="https://gazette.example/feed", next_visit=NOW)
EMPTY = Feed(title=None, entries=(), ttl=None)


def chance() -> random.Random:
    return random.Random(1)  # noqa: S311 (spread, not secrecy)


def answered(status: int = 200, /, **headers: str) -> Fetched:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fetched(url=STATE.address, status=status, headers=named)


def entry(number: int, **changed: tuple[str, ...]) -> Entry:
    keys = changed.get("keys", (f"id{number}", f"link{number}", f"words{number}"))
    return Entry(title=f"{number}", link=None, text="", published=None, authors=(), keys=keys)


def titles(entries: Sequence[Entry]) -> list[str | None]:
    return [each.title for each in entries]


def test_what_the_server_gave_is_sent_back_to_it() -> None:
    assert conditions(STATE) == {}
    after = visited(STATE, answered(ETag='"1"', Last_Modified="Tue"), EMPTY, NOW)
    assert conditions(after) == {"If-None-Match": '"1"', "If-Modified-Since": "Tue"}
    kept = visited(after, answered(304), None, NOW)
    assert conditions(kept) == conditions(after)
    assert conditions(visited(after, answered(), EMPTY, NOW)) == {}


@pytest.mark.parametrize(
    ("headers", "ttl", "pause"),
    [
        ({}, None, USUAL),
        ({"Cache_Control": "max-age=60"}, None, SHORTEST),
        ({"Cache_Control": "public, max-age=7200"}, None, timedelta(hours=2)),
        ({"Cache_Control": "no-cache, max-age=7200"}, None, USUAL),
        ({"Cache_Control": "max-age=999999999"}, None, LONGEST),
        ({}, timedelta(minutes=45), timedelta(minutes=45)),
        ({}, timedelta(minutes=1), SHORTEST),
        ({}, timedelta(days=7), LONGEST),
        ({"Cache_Control": "max-age=7200"}, timedelta(minutes=45), timedelta(hours=2)),
        ({"Expires": "Tue, 05 Mar 2024 15:00:00 GMT"}, None, timedelta(hours=3)),
        ({"Expires": "0"}, None, USUAL),
        ({"Expires": "-1"}, None, USUAL),
    ],
)
def test_visits_are_as_far_apart_as_is_asked_for_within_bounds(
    headers: dict[str, str], ttl: timedelta | None, pause: timedelta
) -> None:
    after = visited(STATE, answered(**headers), replace(EMPTY, ttl=ttl), NOW)
    assert after.next_visit == NOW + pause


def test_not_modified_keeps_the_pace() -> None:
    paced = visited(STATE, answered(), replace(EMPTY, ttl=timedelta(hours=5)), NOW)
    assert visited(paced, answered(304), None, NOW).next_visit == NOW + timedelta(hours=5)


def test_a_feed_that_moved_for_good_is_visited_there() -> None:
    moved = replace(answered(), moved_to="https://gazette.example/new")
    assert visited(STATE, moved, EMPTY, NOW).address == "https://gazette.example/new"


def broken(status: int | None = 500, retry_after: timedelta | None = None) -> FetchError:
    return FetchError(
        STATE.address, "answered", "try later", status=status, retry_after=retry_after
    )


def test_failures_lengthen_the_pause_and_a_success_ends_it() -> None:
    state, pauses = STATE, []
    for _ in range(8):
        state = failed(state, broken(), NOW, chance())
        assert state.next_visit is not None
        pauses.append(state.next_visit - NOW)
    assert pauses == sorted(pauses)
    assert pauses[0] >= USUAL
    assert pauses[-1] >= LONGEST
    assert state.problem is not None
    mended = visited(state, answered(), EMPTY, NOW)
    assert (mended.failures, mended.problem, mended.next_visit) == (0, None, NOW + USUAL)


def test_a_server_that_names_a_pause_gets_it() -> None:
    after = failed(STATE, broken(429, timedelta(hours=30)), NOW, chance())
    assert after.next_visit == NOW + timedelta(hours=30)


def test_a_feed_that_is_gone_is_not_visited_again() -> None:
    assert failed(STATE, broken(410), NOW, chance()).next_visit is None


def test_a_feed_that_never_answers_is_given_up() -> None:
    state = STATE
    for _ in range(20):
        state = failed(state, broken(None), NOW, chance())
    assert (state.next_visit, state.failures) == (None, 20)


@given(
    st.integers(0, 18),
    st.none() | st.timedeltas(timedelta(), timedelta(days=400)),
    st.randoms(use_true_random=False),
)
def test_a_pause_is_never_impolite_and_never_endless(
    failures: int, asked: timedelta | None, luck: random.Random
) -> None:
    after = failed(replace(STATE, failures=failures), broken(503, asked), NOW, luck)
    assert after.next_visit is not None
    pause = after.next_visit - NOW
    assert SHORTEST <= pause <= LONGEST * 7
    assert pause >= min(asked or SHORTEST, LONGEST * 7)


def test_entries_are_new_once_and_come_oldest_first() -> None:
    new, state = unseen(STATE, [entry(2), entry(1)])
    assert titles(new) == ["1", "2"]
    newer, state = unseen(state, [entry(3), entry(2), entry(1)])
    assert titles(newer) == ["3"]
    assert unseen(state, [entry(3), entry(2)])[0] == ()


def test_more_than_a_visit_takes_waits_for_the_next_and_is_not_lost() -> None:
    entries = [entry(number) for number in range(5, 0, -1)]
    first, state = unseen(replace(STATE, etag='"1"'), entries, most=3)
    assert (titles(first), state.etag) == (["1", "2", "3"], None)
    rest, state = unseen(replace(state, etag='"1"'), entries, most=3)
    assert (titles(rest), state.etag) == (["4", "5"], '"1"')


@pytest.mark.parametrize("kept", ["id1", "link1", "words1"])
def test_an_entry_that_keeps_one_of_its_marks_is_not_new(kept: str) -> None:
    _, state = unseen(STATE, [entry(1)])
    assert unseen(state, [entry(1, keys=(kept, "other", "another"))])[0] == ()


def test_what_a_feed_still_lists_is_not_forgotten() -> None:
    _, state = unseen(STATE, [entry(0)])
    for number in range(1, MOST_SEEN):
        new, state = unseen(state, [entry(number), entry(0)])
        assert titles(new) == [f"{number}"]
        if number > MOST_SEEN // 3 + 10:
            break
    assert len(state.seen) == MOST_SEEN


SENTENCE = "The council voted on Monday to replace the harbour bridge, the mayor said."
RSS = (
    "<rss version='2.0'><channel><title>Gazette</title>"
    f"<item><title>Vote</title><guid>1</guid><description>{SENTENCE}</description></item>"
    "</channel></rss>"
)


async def on_visit(server: Server, path: str, state: FeedState = STATE) -> FeedState:
    return (await visiting(server, path, state))[0]


async def visiting(
    server: Server, path: str, state: FeedState = STATE
) -> tuple[FeedState, tuple[object, ...]]:
    fetcher = replace(server.fetcher(), limits=server.limits(seconds=0.4))
    here = replace(state, address=server.url(path))
    return await visit(here, fetch=fetcher, now=NOW, chance=chance())


async def whole(request: web.Request) -> web.Response:
    if request.headers.get("If-None-Match") == '"1"':
        return web.Response(status=304)
    headers = {"ETag": '"1"', "Content-Type": "application/rss+xml"}
    return web.Response(body=RSS.encode(), headers=headers)


async def test_a_feed_is_read_once_and_then_only_asked() -> None:
    async with serving(feed=whole) as server:
        state, items = await visiting(server, "/feed")
        (article,) = items
        assert isinstance(article, RawArticle)
        assert (article.title, article.outlet) == ("Vote", "Gazette")
        again, none = await visiting(server, "/feed", state)
        assert (none, again.failures) == ((), 0)
        assert server.asked[1].headers["If-None-Match"] == '"1"'


async def limited(_request: web.Request) -> web.Response:
    return web.Response(status=429, headers={"Retry-After": "86400"})


async def failing(_request: web.Request) -> web.Response:
    return web.Response(status=500)


async def slow(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/xml"})
    await response.prepare(request)
    with suppress(ConnectionError):
        for _ in range(100):
            await response.write(b" ")
            await asyncio.sleep(0.02)
    return response


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/xml"})
    await response.prepare(request)
    with suppress(ConnectionError):
        await response.write(b"<rss version='2.0'><channel>")
        while True:
            await response.write(b"<item><title>More</title></item>" * 100)
    return response


def giving(body: str) -> object:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=body, content_type="application/rss+xml")

    return answer


async def test_bad_feeds_stop_no_other_and_each_says_why() -> None:
    async def cut(_request: web.Request) -> web.Response:
        return web.Response(text=RSS[:-30], content_type="application/rss+xml")

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="<html>No feed</html>", content_type="text/html")

    async def bomb(_request: web.Request) -> web.Response:
        text = '<!DOCTYPE x [<!ENTITY a "b">]><rss/>'
        return web.Response(text=text, content_type="text/xml")

    said = {
        "limited": "answered 429 Too Many Requests",
        "failing": "answered 500 Internal Server Error",
        "slow": "no whole answer in 0.4 s",
        "endless": "is larger than 100,000 bytes",
        "page": "is no RSS or Atom feed",
        "bomb": "declares entities of its own, which no feed needs",
        "nowhere": "answered 404 Not Found",
    }
    async with serving(
        limited=limited,
        failing=failing,
        slow=slow,
        endless=endless,
        page=page,
        bomb=bomb,
        cut=cut,
        whole=whole,
    ) as server:
        for path, reason in said.items():
            state, (refusal,) = await visiting(server, f"/{path}")
            assert isinstance(refusal, Refusal)
            assert refusal.reason == reason
            assert state.failures == 1
            assert state.next_visit is not None
            assert state.next_visit > NOW + SHORTEST
        assert (await on_visit(server, "/limited")).next_visit == NOW + timedelta(days=1)
        cut_state, items = await visiting(server, "/cut")
        assert (len(items), cut_state.failures) == (1, 0)
        assert cut_state.problem is not None
        assert len((await visiting(server, "/whole"))[1]) == 1


def test_no_decision_needs_the_clock_of_the_machine() -> None:
    far = datetime(2099, 1, 1, tzinfo=UTC)
    assert visited(STATE, answered(), EMPTY, far).next_visit == far + USUAL
