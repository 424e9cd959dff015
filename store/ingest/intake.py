"""Taking raw material in: which inputs are raw, and what files, addresses and feeds give.

Feeds are told by their content and visited only when they are due. What becomes of the
articles is not decided here.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from store.ingest.addresses import shown_url
from store.ingest.feeds import LONGEST, FeedState
from store.ingest.fetch import Fetch, Fetched, FetchError
from store.ingest.fields import FrontMatterError
from store.ingest.folders import STORY_FILE, is_of_summary
from store.ingest.forms import SummaryForm
from store.ingest.front_matter import split_front_matter
from store.ingest.gather import (
    Gathered,
    Progress,
    Refusal,
    gather,
    is_feed,
    unseen_progress,
    visit,
)
from store.ingest.others import RAW, files_below
from store.ingest.raw.encoding import LARGEST
from store.ingest.raw.plain import is_summary
from store.ingest.raw.values import RawArticle, RawError

_OURS = frozenset({"people", "events", "quotes", "figures", "published_basis"})


@dataclass(slots=True, kw_only=True)
class Intake:
    """What was taken in so far. `feeds` is to be kept once the articles are safe."""

    articles: list[RawArticle] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    feeds: dict[str, FeedState] = field(default_factory=dict)
    resting: list[str] = field(default_factory=list)  # feeds that are not due, and until when
    told_by: dict[str, str] = field(default_factory=dict)  # addresses of articles: by which feed

    def add(self, item: Gathered) -> None:
        """Add an article or a refusal; a summary among raw material is refused."""
        if isinstance(item, RawArticle):
            self.articles.append(item)
        elif isinstance(item, Refusal):
            self.refusals.append(item)
        else:
            reason = "is a summary among articles"
            remedy = "give its folder alone to attache ingest"
            self.refusals.append(Refusal(name=str(item.path), reason=reason, remedy=remedy))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """Takes inputs in, one after the other; one bad input stops no other."""

    fetch: Fetch
    feeds: Mapping[str, FeedState]
    now: datetime
    chance: random.Random

    progress: Progress = field(default_factory=unseen_progress)

    async def take(self, inputs: Sequence[str]) -> Intake:
        """Return what `inputs` hold. Raises nothing for what they hold."""
        intake = Intake()
        each_once = tuple(dict.fromkeys(inputs))
        self.progress.expect(each_once)
        for given in each_once:
            if "://" in given:
                await self._take_address(given, intake)
            else:
                await self._gather(given, self.fetch, intake)
        return intake

    async def _take_address(self, given: str, intake: Intake) -> None:
        if (state := self.feeds.get(given)) is not None:
            self.progress.tick()
            due = state.next_visit
            if due is None and state.last_visit is not None:
                # It was given up; who names it anew may be a timer.
                due = state.last_visit + LONGEST
            if due is not None and due > self.now:
                until = due.strftime("%Y-%m-%d %H:%M UTC")
                intake.resting.append(f"{shown_url(given)}: not asked again before {until}")
                return
            await self._visit(given, state, self.fetch, intake)
            return
        try:
            answer = await self.fetch.get(given)
            feed = is_feed(answer)
        except (FetchError, RawError) as error:
            name = error.url if isinstance(error, FetchError) else error.name
            intake.add(Refusal(name=name, reason=error.reason, remedy=error.remedy))
            self.progress.tick()
            return
        once = _Once(given, answer, self.fetch)
        if feed:
            self.progress.tick()
            await self._visit(given, FeedState(address=given, next_visit=self.now), once, intake)
        else:
            await self._gather(given, once, intake)

    async def _visit(self, given: str, state: FeedState, fetch: Fetch, intake: Intake) -> None:
        after, items = await visit(
            state, fetch=fetch, now=self.now, chance=self.chance, progress=self.progress
        )
        intake.feeds[given] = after
        for item in items:
            intake.add(item)
            if isinstance(item, RawArticle) and item.address:
                intake.told_by[item.address] = given

    async def _gather(self, given: str, fetch: Fetch, intake: Intake) -> None:
        async for item in gather([given], fetch=fetch, progress=self.progress):
            intake.add(item)


class _Once:
    """A fetcher that need not ask again for the one address whose answer is known."""

    def __init__(self, address: str, answer: Fetched, fetch: Fetch) -> None:
        self._address = address
        self._answer = answer
        self._fetch = fetch

    async def get(self, url: str, *, conditions: Mapping[str, str] | None = None) -> Fetched:
        """Return the known answer, or ask for another address."""
        if url == self._address:
            return self._answer
        return await self._fetch.get(url, conditions=conditions)


class _Kind(Enum):
    """What a file is to us, as far as its head tells."""

    ARTICLE = auto()
    SUMMARY = auto()
    BROKEN = auto()  # means to be a summary: the loader names the line


def is_raw(given: str) -> bool:
    """Tell whether an input is raw material: no summary file, and no folder of summaries."""
    if "://" in given:
        return True
    path = Path(given)
    try:
        if path.is_dir():
            return _is_raw_folder(path)
        return path.is_file() and _kind(path) is _Kind.ARTICLE
    except OSError:
        return False  # the loader says what is wrong


def _is_raw_folder(folder: Path) -> bool:
    """Tell whether a folder holds articles, and neither story nor summary."""
    if (folder / STORY_FILE).is_file():
        return False
    articles = False
    for file in files_below(folder):
        if is_of_summary(file.name):
            kind = _kind(file)
            if kind is _Kind.SUMMARY:
                return False
            articles = articles or kind is _Kind.ARTICLE
        articles = articles or file.suffix.casefold() in RAW
    return articles


def _kind(file: Path) -> _Kind:
    markdown = is_of_summary(file.name)
    with file.open("rb") as stream:
        head = stream.read(4)
        if not head.removeprefix(b"\xef\xbb\xbf").startswith(b"-"):
            return _Kind.ARTICLE if head or not markdown else _Kind.BROKEN
        text = (head + stream.read(LARGEST)).decode("utf-8-sig", "replace")
    if is_summary(text):
        return _Kind.SUMMARY
    if not markdown:
        return _Kind.ARTICLE
    try:
        fields = set(split_front_matter(text).fields)
    except FrontMatterError:
        return _Kind.BROKEN
    # Other programs write front matter too; a field of ours alone, or all of them, is a summary's.
    ours = fields & _OURS or fields <= set(SummaryForm.model_fields)
    return _Kind.BROKEN if ours else _Kind.ARTICLE
