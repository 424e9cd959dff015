"""Gathering raw material: files, folders, addresses and feeds into articles, one by one.

Carries out what the parsers and the feeds' rules decide. Whatever an input holds, it ends
as an article, as a summary file for the loader, or as a refusal that says why.
"""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from store.ingest.addresses import shown_url
from store.ingest.clean import clean_line
from store.ingest.feeds import FeedState, conditions, failed, unseen, visited
from store.ingest.fetch import Fetch, Fetched, FetchError
from store.ingest.raw.encoding import LARGEST, decode
from store.ingest.raw.feed import Entry, Feed, article_of, looks_like_feed, read_feed
from store.ingest.raw.html import looks_like_html, read_html
from store.ingest.raw.lines import Stated
from store.ingest.raw.plain import is_summary, read_markdown, read_plain
from store.ingest.raw.values import RawArticle, RawError

_TEASER = 120  # words; an entry with less is a teaser for its link
_PAGES = (".html", ".htm", ".xhtml")
_FEEDS = (".xml", ".rss", ".atom", ".rdf")
_TEXTS = (".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_READ = (*_PAGES, *_FEEDS, *_TEXTS, *_MARKDOWN)
_OURS = frozenset({"story.yaml", "readme.md"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An input that was not taken in: which, why, and what would help."""

    name: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        """Return it as one line for the operator."""
        return f"{self.name}: {self.reason}; {self.remedy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryFile:
    """A file that is a summary already: the loader's, not ours."""

    path: Path


Gathered = RawArticle | SummaryFile | Refusal


@dataclass(slots=True, kw_only=True)
class Progress:
    """How many files, pages and entries there are, as far as is known, and how many are done."""

    show: Callable[["Progress"], object]
    expected: int = 0
    done: int = 0

    def expect(self, inputs: Sequence[str]) -> None:
        """Count what is known of `inputs` before they are read: the files in folders."""
        for given in inputs:
            path = Path(given)
            folder = "://" not in given and _is_folder(path)
            self.more(sum(1 for _ in _files(path)) if folder else 1)

    def more(self, count: int) -> None:
        """Expect more: a feed has told of entries."""
        self.expected += count
        self.show(self)

    def tick(self) -> None:
        """Count one as done."""
        self.done += 1
        self.show(self)


def unseen_progress() -> Progress:
    """Return a progress that nobody looks at."""
    return Progress(show=lambda _: None)


async def gather(
    inputs: Sequence[str], *, fetch: Fetch, progress: Progress | None = None
) -> AsyncIterator[Gathered]:
    """Yield what each of `inputs` holds: a file, a folder, an address of a page or feed.

    Raises nothing for what an input holds; one bad input stops no other.
    """
    told = progress or unseen_progress()
    for given in inputs:
        if "://" in given:
            async for item in _from_address(given, fetch, told):
                yield item
            told.tick()
            continue
        path = Path(given)
        folder = await asyncio.to_thread(_is_folder, path)
        async for item in _from_folder(path, told) if folder else _from_one(path, told):
            yield item


def gather_bytes(raw: bytes, name: str) -> tuple[Gathered, ...]:
    """Return what a file that was sent under `name` holds; for a summary its name as the path."""
    try:
        return tuple(_from_bytes(raw, Path(name), name))
    except RawError as error:
        return (_refusal(error),)


async def visit(
    state: FeedState,
    *,
    fetch: Fetch,
    now: datetime,
    chance: random.Random,
    progress: Progress | None = None,
) -> tuple[FeedState, tuple[Gathered, ...]]:
    """Visit a feed that is due; return its new state and what was new in it.

    Entries count as seen once they are returned: keep the state only after the items.
    """
    try:
        answer = await fetch.get(state.address, conditions=conditions(state))
        if answer.unchanged:
            return visited(state, answer, None, now), ()
        feed = await asyncio.to_thread(_feed, answer)
    except (FetchError, RawError) as error:
        return failed(state, error, now, chance), (_refusal(error),)
    entries, after = unseen(visited(state, answer, feed, now), feed.entries)
    told = progress or unseen_progress()
    return after, tuple([item async for item in _from_entries(entries, feed, fetch, told)])


async def _from_entries(
    entries: Sequence[Entry], feed: Feed, fetch: Fetch, told: Progress
) -> AsyncIterator[Gathered]:
    told.more(len(entries))
    for entry in entries:
        yield await _from_entry(entry, feed, fetch)
        told.tick()


async def _from_address(address: str, fetch: Fetch, told: Progress) -> AsyncIterator[Gathered]:
    try:
        answer = await fetch.get(address)
        feed = await asyncio.to_thread(_feed_or_none, answer)
        if feed is None:
            yield await asyncio.to_thread(_page, answer)
            return
    except (FetchError, RawError) as error:
        yield _refusal(error)
        return
    if not feed.entries:
        yield _no_entries(shown_url(answer.url))
    async for item in _from_entries(feed.entries, feed, fetch, told):
        yield item


async def _from_entry(entry: Entry, feed: Feed, fetch: Fetch) -> Gathered:
    """Return the entry's article: as the feed carries it whole, else from its link, else so far."""
    name = shown_url(entry.link) if entry.link else entry.title or "an entry without a link"
    try:
        if entry.link is None or len(entry.text.split()) >= _TEASER:
            return await asyncio.to_thread(article_of, entry, feed, name)
    except RawError as error:
        if entry.link is None:
            return _refusal(error)
    try:
        answer = await fetch.get(entry.link)
        return await asyncio.to_thread(_page, answer)
    except (FetchError, RawError) as error:
        try:
            return await asyncio.to_thread(article_of, entry, feed, name)
        except RawError:
            return _refusal(error)


def _feed(answer: Fetched) -> Feed:
    # Its name has no query: that may hold a key, and names stand in logs and messages.
    name = shown_url(answer.url)
    return read_feed(answer.body, name, content_type=answer.content_type or "text/xml")


def is_feed(answer: Fetched) -> bool:
    """Tell whether an address answered with a feed. Raises `RawError`."""
    declared = answer.content_type.endswith(("rss+xml", "atom+xml", "rdf+xml"))
    name = shown_url(answer.url)
    return declared or looks_like_feed(decode(answer.body, name, declared=answer.charset))


def _feed_or_none(answer: Fetched) -> Feed | None:
    return _feed(answer) if is_feed(answer) else None


def _page(answer: Fetched) -> RawArticle:
    name = shown_url(answer.url)
    text = decode(answer.body, name, declared=answer.charset)
    if "html" in answer.content_type or looks_like_html(text):
        return read_html(text, name, answer.url)
    if answer.content_type == "text/markdown":
        return read_markdown(text, name)
    return read_plain(text, name, Stated(address=answer.url))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # reading it as a file tells what is wrong


async def _from_folder(folder: Path, told: Progress) -> AsyncIterator[Gathered]:
    unread: list[OSError] = []
    files = await asyncio.to_thread(lambda: list(_files(folder, unread)))
    for error in unread:
        name = _shown(Path(error.filename or folder))
        yield Refusal(name=name, reason=_said(error), remedy="check the folder")
    for file, name in files:
        for item in await asyncio.to_thread(_from_file, file, name, folder):
            yield item
        told.tick()


async def _from_one(file: Path, told: Progress) -> AsyncIterator[Gathered]:
    for item in await asyncio.to_thread(_from_file, file, _shown(file), None):
        yield item
    told.tick()


def _files(folder: Path, unread: list[OSError] | None = None) -> Iterator[tuple[Path, str]]:
    """Yield the files below `folder`, hidden ones and our own left out, in order of name.

    Folders that cannot be read are added to `unread`.
    """
    for place, folders, files in os.walk(folder, onerror=None if unread is None else unread.append):
        folders[:] = sorted(name for name in folders if name[0] not in "._")
        for name in sorted(files):
            if name[0] not in "._" and name.casefold() not in _OURS:
                file = Path(place, name)
                yield file, _shown(file.relative_to(folder))


def _from_file(file: Path, name: str, inside: Path | None) -> list[Gathered]:
    try:
        raw = _bytes(file, name, inside)
        return list(_from_bytes(raw, file, name))
    except RawError as error:
        return [_refusal(error)]
    except OSError as error:
        return [Refusal(name=name, reason=_said(error), remedy="check that it may be read")]


def _bytes(file: Path, name: str, inside: Path | None) -> bytes:
    try:
        target = file.resolve(strict=True)
    except RuntimeError as error:
        raise RawError(name, "is a link in a circle", "put the file itself there") from error
    except FileNotFoundError as error:
        reason = "is a link to nothing" if file.is_symlink() else "does not exist"
        raise RawError(name, reason, "check the name") from error
    if inside is not None and not target.is_relative_to(inside.resolve()):
        raise RawError(name, "is a link out of the folder", "put the file itself there")
    if not target.is_file():
        raise RawError(name, "is neither file nor folder", "give a text file")
    if file.suffix.casefold() not in _READ and inside is not None:
        reason = f"is no text, page or feed by its name ({file.suffix or 'without an ending'})"
        raise RawError(name, reason, f"only {', '.join(_READ)} are read")
    with target.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _from_bytes(raw: bytes, file: Path, name: str) -> Iterator[Gathered]:
    kind = file.suffix.casefold()
    text = decode(raw, name)
    if kind in _MARKDOWN:
        yield SummaryFile(path=file) if is_summary(text) else read_markdown(text, name)
    elif kind in _FEEDS or looks_like_feed(text):
        feed = read_feed(raw, name)
        if not feed.entries:
            yield _no_entries(name)
        for number, entry in enumerate(feed.entries, 1):
            try:
                yield article_of(entry, feed, f"{name} (entry {number})")
            except RawError as error:
                yield _refusal(error)
    elif kind in _PAGES or looks_like_html(text):
        yield read_html(text, name)
    else:
        yield read_plain(text, name)


def _no_entries(name: str) -> Refusal:
    return Refusal(name=name, reason="is a feed without entries", remedy="try later")


def _refusal(error: FetchError | RawError) -> Refusal:
    name = error.url if isinstance(error, FetchError) else error.name
    return Refusal(name=name, reason=error.reason, remedy=error.remedy)


def _shown(path: Path) -> str:
    """Return `path` as it may stand in a line of text, whatever bytes it is made of."""
    return clean_line(os.fsencode(path).decode("utf-8", "replace"))


def _said(error: OSError) -> str:
    return f"cannot be read ({error.strerror or type(error).__name__})"
