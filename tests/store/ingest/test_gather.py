import gzip
import os
import tracemalloc
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web

from store.ingest.fetch import Fetched, FetchError
from store.ingest.gather import Gathered, Progress, Refusal, SummaryFile, gather
from store.ingest.raw.values import RawArticle
from store.ingest.summaries import read_summaries
from tests.store.ingest.servers import serving
from tests.store.stories import written

SENTENCE = "The council voted on Monday to replace the harbour bridge, the mayor said."
LONG = " ".join([SENTENCE] * 12)
PAGE = f"<html><head><title>Vote</title></head><body><article><p>{LONG}</p></article></body></html>"


def rss(*items: tuple[str, str]) -> str:
    return (
        "<rss version='2.0'><channel><title>Gazette</title>"
        + "".join(
            f"<item><title>T</title><link>{link}</link><description>{text}</description></item>"
            for link, text in items
        )
        + "</channel></rss>"
    )


@dataclass
class FakeFetch:
    """Answers from a table, and remembers what was asked."""

    answers: dict[str, tuple[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def get(self, url: str, *, conditions: object = None) -> Fetched:
        del conditions
        self.asked.append(url)
        if url not in self.answers:
            raise FetchError(url, "answered 404 Not Found", "check the address", permanent=True)
        kind, body = self.answers[url]
        return Fetched(url=url, status=200, content_type=kind, body=body.encode())


async def gathered(*inputs: str | Path, fetch: FakeFetch | None = None) -> list[Gathered]:
    names = [str(each) for each in inputs]
    return [item async for item in gather(names, fetch=fetch or FakeFetch())]


def refusals(items: Sequence[Gathered]) -> dict[str, str]:
    return {item.name: item.reason for item in items if isinstance(item, Refusal)}


async def test_a_folder_gives_articles_summaries_and_refusals(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text("title: A\nintro: B\n")
    (tmp_path / "README.md").write_text("Read me.")
    (tmp_path / ".hidden.txt").write_text(SENTENCE)
    (tmp_path / "a.md").write_text(written())
    (tmp_path / "b.txt").write_text(SENTENCE)
    (tmp_path / "c.html").write_text(PAGE)
    (tmp_path / "d.xml").write_text(rss(("https://x.example/1", SENTENCE), ("", "Teaser")))
    (tmp_path / "e.pdf").write_bytes(b"%PDF")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "f.md").write_text(f"---\ntitle: F\n---\n{SENTENCE}\n")
    items = await gathered(tmp_path)
    assert [item.name for item in items if isinstance(item, RawArticle)] == [
        *("b.txt", "c.html", "d.xml (entry 1)", "sub/f.md"),
    ]
    assert [item for item in items if isinstance(item, SummaryFile)] == [
        SummaryFile(path=tmp_path / "a.md")
    ]
    assert set(refusals(items)) == {"d.xml (entry 2)", "e.pdf"}


async def test_an_address_gives_a_page_text_or_every_entry_of_a_feed() -> None:
    fetch = FakeFetch(
        {
            "https://x.example/page": ("text/html", PAGE),
            "https://x.example/text": ("text/plain", SENTENCE),
            "https://x.example/feed": (
                "text/xml",
                rss(
                    ("https://x.example/whole", LONG),
                    ("https://x.example/page", "Teaser."),
                    ("https://x.example/gone", SENTENCE),
                    ("https://x.example/gone", "Teaser."),
                ),
            ),
        }
    )
    items = await gathered(
        *("https://x.example/page", "https://x.example/text", "https://x.example/nowhere"),
        "https://x.example/feed",
        fetch=fetch,
    )
    names = [item.name for item in items if not isinstance(item, SummaryFile)]
    assert names == [
        *("https://x.example/page", "https://x.example/text", "https://x.example/nowhere"),
        *("https://x.example/whole", "https://x.example/page"),
        *("https://x.example/gone", "https://x.example/gone"),
    ]
    assert [type(item).__name__ for item in items] == [
        *("RawArticle", "RawArticle", "Refusal", "RawArticle", "RawArticle", "RawArticle"),
        "Refusal",
    ]
    assert "https://x.example/whole" not in fetch.asked


async def test_no_name_holds_the_key_in_an_address() -> None:
    page, empty = "https://x.example/a?key=secret", "https://x.example/b?key=secret"
    fetch = FakeFetch({page: ("text/html", PAGE), empty: ("text/html", "<html></html>")})
    article, refused = await gathered(page, empty, fetch=fetch)
    assert isinstance(article, RawArticle)
    assert (article.name, article.address) == ("https://x.example/a?…", page)
    assert "secret" not in str(refused)


async def test_one_bad_input_stops_no_other(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(SENTENCE)
    items = await gathered(tmp_path / "none", "ftp://x.example/", good)
    assert [type(item).__name__ for item in items] == ["Refusal", "Refusal", "RawArticle"]


YAML_BOMB = "---\na: &a [x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
)
HOSTILE: dict[str, bytes] = {
    "01-binary.txt": bytes(range(256)) * 40,
    "02-zeros.txt": b"\0" * 10_000,
    "03-long-line.txt": b"word " * 900_000,
    "04-huge.txt": b"A line of words.\n" * 400_000,
    "05-yaml-bomb.md": f"{YAML_BOMB}---\n{SENTENCE}\n".encode(),
    "06-yaml-deep.md": b"---\ntitle: " + b"[" * 100_000 + b"\n---\nText.\n",
    "07-yaml-list.md": f"---\n- a\n- b\n---\n{SENTENCE}".encode(),
    "08-open-front.md": f"---\ntitle: A\n{SENTENCE}\n".encode(),
    "09-twice.md": f"---\ntitle: A\ntitle: B\n---\n{SENTENCE}\n".encode(),
    "10-utf16-cut.txt": SENTENCE.encode("utf-16")[:-1],
    "11-bad-mark.txt": b"\xef\xbb\xbf\xff\xfe\xfd",
    "12-gzip.txt": gzip.compress(b"\0" * 1_000_000),
    "13-zip.txt": b"PK\x03\x04" + b"\0" * 100,
    "14-empty.txt": b"",
    "15-spaces.md": b" \n\t\n",
    "16-entities.xml": b'<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0">&a;</rss>',
    "17-outside.xml": b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>',
    "18-cut.xml": b"<rss version='2.0'><chan",
    "19-deep.html": b"<html>" + b"<div>" * 90_000,
    "20-no-text.html": b"<html><script>alert(1)</script></html>",
    "21-tags.html": b"<html>" + b"<p>" * 200_000,
    "22-controls.txt": b"\x1b[2J\x1b[31m" * 500 + b"\x07" * 500,
    "23-json.xml": b'{"rss": true}',
    "24-picture.html": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "25-marks.txt": "\u202e\u2066\u200b\ufeff".encode() * 100,
}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder = tmp_path / "hostile"
    folder.mkdir()
    for name, raw in HOSTILE.items():
        (folder / name).write_bytes(raw)
    outside = tmp_path / "secret.txt"
    outside.write_text(SENTENCE)
    (folder / "30-out.txt").symlink_to(outside)
    (folder / "31-circle.txt").symlink_to(folder / "31-circle.txt")
    (folder / "32-nothing.txt").symlink_to(folder / "gone")
    (folder / "33-passwd.txt").symlink_to("/etc/passwd")
    (folder / "34-device.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "35-pipe.txt")
    return folder


async def test_each_hostile_file_is_refused_by_name_and_reason(hostile: Path) -> None:
    refused = refusals(await gathered(hostile))
    assert set(refused) == set(os.listdir(hostile))  # noqa: PTH208 (asyncio's rules like no Path)
    assert refused["03-long-line.txt"] == "has a line of more than 200,000 characters"
    assert refused["04-huge.txt"] == "is larger than 5,000,000 bytes"
    assert refused["05-yaml-bomb.md"].startswith("line 2: anchors and aliases")
    assert refused["30-out.txt"] == "is a link out of the folder"
    assert refused["31-circle.txt"] == "is a link in a circle"
    assert refused["34-device.txt"] == "is a link out of the folder"
    assert refused["35-pipe.txt"] == "is neither file nor folder"
    assert all(reason.isprintable() for reason in refused.values())


async def test_a_good_file_among_hostile_ones_is_read(hostile: Path) -> None:
    (hostile / "good.txt").write_text(SENTENCE)
    (article,) = [i for i in await gathered(hostile) if isinstance(i, RawArticle)]
    assert article.paragraphs == (SENTENCE,)


def test_the_reader_of_summaries_survives_them_too(hostile: Path) -> None:
    for file in list(hostile.iterdir()):
        if file.suffix == ".txt" and not file.is_fifo():
            file.rename(file.with_suffix(".md"))
    reading = read_summaries([hostile])
    assert reading.summaries == ()
    broken = {problem.file for problem in reading.problems}
    assert {file.name for file in hostile.glob("*.md")} <= broken


async def test_front_matter_makes_no_objects(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    made = tmp_path / "made"
    call = f"!!python/object/apply:os.mkdir ['{made}']"
    file.write_text(f"---\ntitle: {call}\nauthor: {call}\n---\n{SENTENCE}\n")
    (article,) = await gathered(file)
    assert isinstance(article, RawArticle)
    assert article.title is None
    assert os.listdir(tmp_path) == ["a.md"]  # noqa: PTH208 (as above)


async def test_a_feed_without_entries_is_told(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(rss())
    assert refusals(await gathered(file)) == {str(file): "is a feed without entries"}


async def test_a_file_named_by_hand_is_read_whatever_its_ending(tmp_path: Path) -> None:
    file = tmp_path / "article.copy"
    file.write_text(SENTENCE)
    (article,) = await gathered(file)
    assert isinstance(article, RawArticle)


async def test_the_bomb_behind_an_address_is_refused() -> None:
    async def bomb(_request: web.Request) -> web.Response:
        raw = gzip.compress(b"\0" * 20_000_000)
        return web.Response(
            body=raw, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"}
        )

    async with serving(bomb=bomb) as server:
        items = [item async for item in gather([server.url("/bomb")], fetch=server.fetcher())]
        assert list(refusals(items).values()) == ["is larger than 100,000 bytes"]


async def test_a_thousand_entries_come_through(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    items = [(f"https://x.example/{i}", f"On day {i} {SENTENCE}") for i in range(1000)]
    file.write_text(rss(*items))
    found = await gathered(file)
    assert len(found) == 1000
    assert all(isinstance(item, RawArticle) for item in found)


async def test_progress_is_counted_in_files_and_entries_not_in_inputs(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "sub/b.txt", "sub/c.pdf"):
        (tmp_path / name).write_text(SENTENCE)
    link = "https://x.example/1"
    fetch = FakeFetch({"https://x.example/feed": ("text/xml", rss((link, LONG), ("", LONG)))})
    shown: list[tuple[int, int]] = []
    progress = Progress(show=lambda now: shown.append((now.done, now.expected)))
    inputs = [str(tmp_path), "https://x.example/feed"]
    progress.expect(inputs)
    assert shown == [(0, 3), (0, 4)]
    _ = [item async for item in gather(inputs, fetch=fetch, progress=progress)]
    assert shown[2:5] == [(1, 4), (2, 4), (3, 4)]
    assert shown[5:] == [(3, 6), (4, 6), (5, 6), (6, 6)]


async def test_of_a_line_of_200_megabytes_no_more_is_read_than_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "line.txt"
    with file.open("wb") as stream:
        stream.write(b"word " * 1_200_000)
        stream.truncate(200_000_000)  # the rest takes no room on the disk
    tracemalloc.start()
    try:
        assert refusals(await gathered(tmp_path)) == {"line.txt": "is larger than 5,000,000 bytes"}
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


async def test_an_entry_of_a_feed_leads_to_no_place_of_this_network() -> None:
    links = (
        *("http://169.254.169.254/latest", "http://[::ffff:10.0.0.1]/", "http://10.0.0.1/"),
        *("file:///etc/passwd", "http://2130706433/"),
    )

    async def feed(_: web.Request) -> web.Response:
        body = rss(*((link, "Teaser.") for link in links))
        return web.Response(text=body, content_type="application/rss+xml")

    async with serving(feed=feed) as server:
        items = [item async for item in gather([server.url("/feed")], fetch=server.fetcher())]
        assert len(server.asked) == 1
    assert [type(item) for item in items] == [Refusal] * len(links)
