"""What goes in comes out: briefings, a feed of a thousand entries, and hostile files.

Not a scorer of the table: python -m benchmarks.extract.intake --data PATH, where PATH holds
`wh_briefings`. All goes through `store.ingest.gather`: the briefings as files, the feed from a
server on this machine, the hostile files as a folder, and hostile answers from that server.
The entries are made on the fly with a fixed seed; every fourth is a near-copy of one before.

It fails, with a word on what, where an input raises, where one ends neither as an article, a
summary nor a refusal, where a refusal has no name or reason, or where a hostile input is taken
for an article. How many near-copies are folded is printed, and none of their sources lost.
"""

import argparse
import asyncio
import gzip
import os
import random
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from xml.sax.saxutils import escape

from aiohttp import web
from aiohttp.test_utils import TestServer

from store.ingest.addresses import Ip
from store.ingest.duplicates import fold_copies
from store.ingest.fetch import Fetcher, Limits
from store.ingest.gather import Gathered, Refusal, SummaryFile, gather
from store.ingest.raw.values import RawArticle

ENTRIES = 1000
_COPY_EVERY = 4
_SEED = 6
_LARGE = 200_000_000  # bytes of one line
_SENTENCE = b"The council voted on Monday to replace the harbour bridge, the mayor said.\n"
_BOMB = b"---\na: &a [x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + i, 98 + i, b", ".join([b"*%c" % (97 + i)] * 9)) for i in range(9)
)
_FILES: dict[str, bytes] = {
    "01-binary.txt": bytes(range(256)) * 40,
    "02-zeros.txt": b"\0" * 10_000,
    "04-many-lines.txt": _SENTENCE * 100_000,
    "05-yaml-bomb.md": _BOMB + b"---\n" + _SENTENCE,
    "06-yaml-deep.md": b"---\ntitle: " + b"[" * 100_000 + b"\n---\nText.\n",
    "07-yaml-list.md": b"---\n- !!python/object/apply:os.getcwd []\n---\n" + _SENTENCE,
    "08-injection.md": b"---\ntitle: A\ntitle: B\n---\n" + _SENTENCE,
    "09-open-front.md": b"---\ntitle: A\n" + _SENTENCE,
    "10-utf16-cut.txt": _SENTENCE.decode().encode("utf-16")[:-1],
    "11-wrong-mark.txt": b"\xef\xbb\xbf\xff\xfe\xfd",
    "12-gzip.txt": gzip.compress(b"\0" * 10_000_000),
    "13-archive.txt": b"PK\x03\x04" + b"\0" * 100,
    "14-empty.txt": b"",
    "15-entities.xml": b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>',
    "16-deep.html": b"<html>" + b"<div>" * 90_000,
    "17-controls.txt": b"\x1b[2J\x1b[31m" * 500 + b"\x07" * 500,
}
_LINKS = {"18-out.txt": "../outside.txt", "19-circle.txt": "19-circle.txt"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Count:
    """What one kind of input came to."""

    name: str
    wanted: int
    items: list[Gathered] = field(default_factory=list)
    seconds: float = 0.0
    hostile: bool = False

    @property
    def refusals(self) -> list[Refusal]:
        """What was refused."""
        return [item for item in self.items if isinstance(item, Refusal)]

    @property
    def articles(self) -> list[RawArticle]:
        """What was read as an article."""
        return [item for item in self.items if isinstance(item, RawArticle)]

    def failures(self) -> Iterator[str]:
        """Yield what is wrong, in words."""
        if len(self.items) != self.wanted:
            yield f"{self.name}: {self.wanted} went in, {len(self.items)} came out"
        if len(set(map(_name, self.items))) != len(self.items):
            yield f"{self.name}: some came out more than once"
        for refusal in self.refusals:
            if not (refusal.name.strip() and refusal.reason.strip() and str(refusal).isprintable()):
                yield f"{self.name}: a refusal without name and reason: {refusal!r}"
        if self.hostile:
            for item in self.items:
                if not isinstance(item, Refusal):
                    yield f"{self.name}: taken in: {_name(item)}"
        else:
            yield from (f"{self.name}: refused: {refusal}" for refusal in self.refusals)

    def line(self) -> str:
        """Return the counts as one line."""
        kinds = Counter(type(item).__name__ for item in self.items)
        return (
            f"{self.name:<22}{self.wanted:>6} in {kinds['RawArticle']:>6} articles"
            f"{kinds['SummaryFile']:>4} summaries {kinds['Refusal']:>4} refusals"
            f"{self.seconds:>8.1f} s"
        )


def _name(item: Gathered) -> str:
    return str(item.path) if isinstance(item, SummaryFile) else item.name


async def measure(files: Sequence[str], place: Path) -> tuple[Count, ...]:
    """Take the briefings `files` and all else in; return what each kind came to."""
    folder = place / "hostile"
    named = _write_hostile(folder)
    async with AsyncExitStack() as stack:
        server = TestServer(_application(), host="127.0.0.1")
        await stack.enter_async_context(server)
        fetch = Fetcher(
            agent="attache-benchmark",
            limits=Limits(total=timedelta(seconds=5), ports=frozenset({80, server.port or 80})),
            allow=_is_here,
            clock=lambda: datetime.now(UTC),
        )
        bad = [str(server.make_url(f"/{name}")) for name in _ANSWERS]
        return (
            await _taken("briefings", files, len(files), fetch),
            await _taken("entries of a feed", [str(server.make_url("/feed"))], ENTRIES, fetch),
            await _taken("hostile files", [str(folder)], len(named), fetch, hostile=True),
            await _taken("hostile answers", bad, len(bad), fetch, hostile=True),
        )


async def _taken(
    name: str, inputs: Sequence[str], wanted: int, fetch: Fetcher, *, hostile: bool = False
) -> Count:
    count = Count(name, wanted, hostile=hostile)
    began = perf_counter()
    async for item in gather(inputs, fetch=fetch):
        count.items.append(item)
    count.seconds = perf_counter() - began
    return count


def _write_hostile(folder: Path) -> list[str]:
    """Write the hostile files; return their names."""
    folder.mkdir()
    for name, raw in _FILES.items():
        (folder / name).write_bytes(raw)
    with (folder / "03-long-line.txt").open("wb") as stream:
        for _ in range(_LARGE // 1_000_000):
            stream.write(b"word " * 200_000)
    (folder.parent / "outside.txt").write_bytes(_SENTENCE)
    for name, target in _LINKS.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "20-pipe.txt")
    return sorted(file.name for file in folder.iterdir())


def _is_here(ip: Ip) -> bool:
    return ip == ip_address("127.0.0.1")


def _application() -> web.Application:
    app = web.Application()
    app.router.add_get("/feed", _feed)
    for name, handler in _ANSWERS.items():
        app.router.add_get(f"/{name}", handler)
    return app


async def _feed(_request: web.Request) -> web.StreamResponse:
    return web.Response(text=feed(random.Random(_SEED)), content_type="application/rss+xml")  # noqa: S311 (the same each time)


async def _bomb(_request: web.Request) -> web.StreamResponse:
    raw = await asyncio.to_thread(gzip.compress, b"\0" * 100_000_000)
    return web.Response(body=raw, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})


async def _endless(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Type": "text/html"})
    await answer.prepare(request)
    try:
        while True:
            await answer.write(_SENTENCE * 1000)
    except ConnectionError:
        return answer


async def _slow(_request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(8)
    return web.Response(text="late")


async def _inward(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("http://169.254.169.254/latest/meta-data")


_ANSWERS: dict[str, Handler] = {
    "bomb": _bomb,
    "endless": _endless,
    "slow": _slow,
    "inward": _inward,
}

_WHO = ("The council", "The harbour board", "A committee", "The mayor", "The union", "The court")
_DID = ("approved", "delayed", "questioned", "published", "rejected", "welcomed", "reviewed")
_WHAT = ("the plan", "a budget", "the contract", "the inquiry", "a timetable", "the survey")
_OF = ("bridge", "tunnel", "market", "ferry", "library", "reservoir", "tram line", "school")
_WHERE = ("Northport", "Eastholm", "Westerby", "Southcliff", "Middlewick", "Upper Haven")


def feed(chance: random.Random) -> str:
    """Return a feed of a thousand entries; every fourth is a near-copy of one before."""
    texts: list[list[str]] = []
    items = []
    for number in range(1, ENTRIES + 1):
        if number % _COPY_EVERY == 0:
            text = list(chance.choice(texts))
            text[chance.randrange(len(text))] = _sentence(chance)
        else:
            text = [_sentence(chance) for _ in range(14)]
            texts.append(text)
        items.append(
            f"<item><title>News {number} from {chance.choice(_WHERE)}</title>"
            f"<link>http://news.example/{number}</link><guid>{number}</guid>"
            f"<pubDate>Wed, 0{chance.randint(1, 8)} Dec 2021 10:00:00 GMT</pubDate>"
            f"<description>{escape(' '.join(text))}</description></item>"
        )
    return f"<rss version='2.0'><channel><title>Wire</title>{''.join(items)}</channel></rss>"


def _sentence(chance: random.Random) -> str:
    pick = chance.choice
    return (
        f"{pick(_WHO)} of {pick(_WHERE)} {pick(_DID)} {pick(_WHAT)} for the {pick(_OF)} "
        f"after {chance.randint(2, 990)} residents wrote about the {pick(_OF)} in {pick(_WHERE)}."
    )


def main() -> int:
    """Take all in, print the counts and each refusal; return 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extract.intake")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    data = parser.parse_args().data
    with TemporaryDirectory() as place:
        files = sorted(map(str, (data / "wh_briefings").rglob("20*.md")))
        counts = asyncio.run(measure(files, Path(place)))
    lines = [count.line() for count in counts]
    articles = [article for count in counts for article in count.articles]
    folded = fold_copies(articles)
    sources = sum(len(each.sources) for each in folded)
    made = ENTRIES // _COPY_EVERY
    lines.append(
        f"{len(articles)} articles are {len(folded)} texts with {sources} sources "
        f"({made} near-copies were made, {len(articles) - len(folded)} folded)"
    )
    lines += [f"  {refusal}" for count in counts for refusal in count.refusals]
    failures = [failure for count in counts for failure in count.failures()]
    if sources != len(articles):
        failures.append(f"{len(articles) - sources} articles were lost in folding")
    lines += [f"FAILED {failure}" for failure in failures] or ["all came through"]
    print("\n".join(lines))  # noqa: T201 (a table for whoever runs it)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
