import asyncio
import gzip
import zlib
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from store.ingest.fetch import Fetched, Fetcher, FetchError, redirect_target, retry_after
from tests.store.ingest.servers import NOW, Handler, Names, serving


def answering(body: str | bytes = "ok", kind: str = "text/plain", **headers: str) -> Handler:
    async def answer(_request: web.Request) -> web.Response:
        raw = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(body=raw, headers={"Content-Type": kind, **named})

    return answer


def status(code: int, **headers: str) -> Handler:
    async def answer(_request: web.Request) -> web.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, headers=named)

    return answer


async def refused(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.get(url)
    return caught.value


async def test_a_page_is_fetched_with_its_type_and_encoding() -> None:
    handler = answering("Grüße".encode("latin-1"), "text/html; charset=latin-1", ETag='"1"')
    async with serving(a=handler) as server:
        answer = await server.fetcher().get(server.url("/a"))
        assert answer == Fetched(
            url=server.url("/a"),
            status=200,
            content_type="text/html",
            charset="latin-1",
            headers={"ETag": '"1"'},
            body="Grüße".encode("latin-1"),
        )
        assert server.asked[0].headers["User-Agent"] == "tests"


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]"),  # noqa: S104 (no bind)
        *("2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "127.1"),
        *("127.0.0.1.", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "169.254.169.254", "10.0.0.1"),
        *("192.168.0.1", "100.64.0.1", "224.0.0.1", "[fe80::1]", "[fd00::1]", "[ff02::1]"),
        *("①②⑦.⓪.⓪.①", "127。0。0。1", "LOCALHOST", "localhost."),
    ],
)
async def test_no_form_of_a_private_address_is_fetched(host: str) -> None:
    async with serving(a=answering()) as server:
        fetcher = Fetcher(agent="tests", limits=server.limits())
        await refused(fetcher, server.url("/a", host))
        assert server.asked == []


@pytest.mark.parametrize(
    "ip", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1"]
)
async def test_no_name_of_a_private_address_is_fetched(ip: str) -> None:
    async with serving(a=answering()) as server:
        limits = server.limits()
        fetcher = Fetcher(agent="tests", limits=limits, resolver=lambda: Names([[ip]]))
        error = await refused(fetcher, server.url("/a", "news.example"))
        assert "a network that is not public" in error.reason
        assert server.asked == []


async def test_a_name_with_public_and_private_addresses_leads_to_the_public_one() -> None:
    async with serving(a=answering()) as server:
        names = Names([["127.0.0.2", "127.0.0.1"]])
        answer = await server.fetcher(lambda: names).get(server.url("/a", "news.example"))
        assert answer.body == b"ok"


async def test_a_name_that_changes_its_answer_is_checked_at_each_connection() -> None:
    async with serving(a=status(302, Location="/b"), b=answering()) as server:
        names = Names([["127.0.0.1"], ["127.0.0.2"]])  # only the first is public here
        error = await refused(server.fetcher(lambda: names), server.url("/a", "news.example"))
        assert "(127.0.0.2 is no public address)" in error.reason
        assert [request.path for request in server.asked] == ["/a"]
        assert names.asked == 2


@pytest.mark.parametrize(
    "target",
    [
        *("http://127.0.0.2/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/"),
        *("http://0x7f.1/", "//127.0.0.2/", "file:///etc/passwd", "ftp://127.0.0.1/"),
        *("http://me:secret@127.0.0.1/", "http://127.0.0.1:22/", "", "http://127.0.0.1:99999/"),
    ],
)
async def test_redirects_lead_to_no_forbidden_place(target: str) -> None:
    async with serving(a=status(302, Location=target)) as server:
        error = await refused(server.fetcher(), server.url("/a"))
        assert "secret" not in str(error)
        assert len(server.asked) == 1


async def test_redirects_are_followed_and_counted() -> None:
    async def down(request: web.Request) -> web.Response:
        left = int(request.query["left"])
        if not left:
            return web.Response(text="there")
        return web.Response(status=302, headers={"Location": f"/down?left={left - 1}"})

    async with serving(down=down) as server:
        answer = await server.fetcher().get(server.url("/down?left=5"))
        assert (answer.url, answer.body) == (server.url("/down?left=0"), b"there")
        error = await refused(server.fetcher(), server.url("/down?left=6"))
        assert error.reason == "redirects more than 5 times"


async def test_a_move_for_good_is_told_and_a_passing_one_is_not() -> None:
    async with serving(
        good=status(301, Location="/new"), passing=status(302, Location="/new"), new=answering()
    ) as server:
        moved = await server.fetcher().get(server.url("/good"))
        lent = await server.fetcher().get(server.url("/passing"))
        assert (moved.moved_to, lent.moved_to) == (server.url("/new"), None)


async def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    async with serving(a=answering()) as server:
        assert (await server.fetcher().get(server.url("/a"))).body == b"ok"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_compressed_answers_are_unpacked(encoding: str) -> None:
    text = b"word " * 5000
    raw = gzip.compress(text) if encoding == "gzip" else zlib.compress(text)
    async with serving(a=answering(raw, Content_Encoding=encoding)) as server:
        assert (await server.fetcher().get(server.url("/a"))).body == text


async def test_deflate_without_a_head_is_unpacked() -> None:
    stream = zlib.compressobj(wbits=-15)
    raw = stream.compress(b"word " * 50) + stream.flush()
    async with serving(a=answering(raw, Content_Encoding="deflate")) as server:
        assert (await server.fetcher().get(server.url("/a"))).body == b"word " * 50


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_compressed_bomb_ends_at_the_limit(encoding: str) -> None:
    stream = zlib.compressobj(9, wbits=31 if encoding == "gzip" else 15)
    raw = b"".join(stream.compress(b"\0" * 1_000_000) for _ in range(50)) + stream.flush()
    assert len(raw) < 100_000
    async with serving(bomb=answering(raw, Content_Encoding=encoding)) as server:
        error = await refused(server.fetcher(), server.url("/bomb"))
        assert error.reason == "is larger than 100,000 bytes"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
async def test_encodings_that_were_not_asked_for_are_refused(encoding: str) -> None:
    async with serving(a=answering(b"x", Content_Encoding=encoding)) as server:
        error = await refused(server.fetcher(), server.url("/a"))
        assert "which was not asked for" in error.reason


async def test_broken_compression_is_told() -> None:
    async with serving(a=answering(b"no gzip at all", Content_Encoding="gzip")) as server:
        error = await refused(server.fetcher(), server.url("/a"))
        assert (error.reason, error.permanent) == ("is compressed wrongly", False)


async def test_a_compressed_answer_that_is_cut_short_is_no_answer() -> None:
    raw = gzip.compress(b"word " * 5000)[:-20]
    async with serving(a=answering(raw, Content_Encoding="gzip")) as server:
        assert (await refused(server.fetcher(), server.url("/a"))).reason == "is cut short"


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await response.prepare(request)
    with suppress(ConnectionError):
        while True:
            await response.write(b"more and more " * 500)
    return response


async def slow(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await response.prepare(request)
    with suppress(ConnectionError):
        for _ in range(200):
            await response.write(b".")
            await asyncio.sleep(0.02)
    return response


async def test_an_endless_answer_ends_at_the_limit() -> None:
    async with serving(a=endless) as server:
        error = await refused(server.fetcher(), server.url("/a"))
        assert error.reason == "is larger than 100,000 bytes"


async def test_a_slow_answer_ends_in_time() -> None:
    async with serving(a=slow) as server:
        fetcher = replace(server.fetcher(), limits=server.limits(seconds=0.3))
        error = await refused(fetcher, server.url("/a"))
        assert (error.reason, error.permanent) == ("no whole answer in 0.3 s", False)


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "video/mp4", "application/zip"])
async def test_other_types_are_refused_before_they_are_read(kind: str) -> None:
    async with serving(a=answering(b"x" * 1000, kind)) as server:
        error = await refused(server.fetcher(), server.url("/a"))
        assert error.reason == f"is {kind}, not a page, feed or text"


@pytest.mark.parametrize(
    ("code", "permanent"), [(404, True), (410, True), (403, True), (429, False), (503, False)]
)
async def test_an_answer_tells_whether_to_come_again(code: int, permanent: bool) -> None:  # noqa: FBT001 (a case)
    async with serving(a=status(code, Retry_After="120")) as server:
        error = await refused(server.fetcher(), server.url("/a?key=secret"))
        assert (error.status, error.permanent) == (code, permanent)
        assert error.retry_after == timedelta(seconds=120)
        assert "secret" not in str(error)


async def test_conditions_are_sent_and_not_modified_is_an_answer() -> None:
    async def feed(request: web.Request) -> web.Response:
        fresh = request.headers.get("If-None-Match") != '"1"'
        return web.Response(text="new") if fresh else web.Response(status=304)

    async with serving(feed=feed) as server:
        url = server.url("/feed")
        assert not (await server.fetcher().get(url)).unchanged
        assert (await server.fetcher().get(url, conditions={"If-None-Match": '"1"'})).unchanged


async def _speaking(raw: bytes) -> tuple[asyncio.Server, int]:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(raw)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1")
    return server, server.sockets[0].getsockname()[1]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"what is this\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\r\n\r\n",
    ],
)
async def test_broken_answers_become_errors_with_a_reason(raw: bytes) -> None:
    server, port = await _speaking(raw)
    async with server, serving() as ours:
        fetcher = replace(ours.fetcher(), limits=replace(ours.limits(), ports=frozenset({port})))
        error = await refused(fetcher, f"http://127.0.0.1:{port}/?key=secret")
        assert "secret" not in str(error)


async def test_nobody_there_is_told() -> None:
    async with serving() as server:
        port, fetcher = server.port, server.fetcher()
    error = await refused(fetcher, f"http://127.0.0.1:{port}/")
    assert not error.permanent


def test_https_is_not_left_for_http() -> None:
    with pytest.raises(FetchError) as caught:
        redirect_target("https://example.org/a", "http://example.org/a?key=secret")
    assert "redirects from https to plain http" in caught.value.reason
    assert "secret" not in str(caught.value)
    assert redirect_target("http://example.org/a", "https://example.org/b").startswith("https:")


@pytest.mark.parametrize(
    ("value", "pause"),
    [
        ("120", timedelta(seconds=120)),
        ("9" * 400, timedelta(days=365)),
        ("Tue, 05 Mar 2024 13:00:00 GMT", timedelta(hours=1)),
        ("Tue, 05 Mar 2020 13:00:00 GMT", timedelta()),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_a_server_is_left_alone_as_long_as_it_asks(
    value: str | None, pause: timedelta | None
) -> None:
    assert retry_after(value, NOW) == pause
