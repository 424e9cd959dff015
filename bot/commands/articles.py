"""What becomes of an article: the draft of its summary, or what to say where there is none."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from telegram import Document
from telegram.error import TelegramError

from bot.commands.command import Context
from bot.messages import drafts as say
from bot.messages.message import Message
from store.database import Connection, Database
from store.ingest.addresses import shown_url
from store.ingest.clean import clean_line
from store.ingest.draft import draft
from store.ingest.draft_values import Known
from store.ingest.draft_writing import write_draft
from store.ingest.fetch import Fetch
from store.ingest.gather import Gathered, Refusal, SummaryFile, gather, gather_bytes
from store.ingest.raw.encoding import LARGEST
from store.ingest.raw.values import RawArticle
from store.ingest.reading import story_of, summaries_of
from store.knowledge import files as known_files

# Drafting takes a few seconds up to here, and longer by the square of the length.
LONGEST_ARTICLE = 150_000  # characters; a long read has 60,000

log = logging.getLogger("attache.drafts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Articles:
    """Drafts articles, one at a time."""

    knowledge: Database
    fetch: Fetch
    clock: Callable[[], datetime]
    alone: asyncio.Lock

    async def of_address(self, address: str, day: date | None = None) -> say.Drafted | Message:
        """Return the draft of the article at `address`, or what to say where there is none."""
        found: list[Gathered] = []
        async for item in gather([address], fetch=self.fetch):
            found.append(item)
            if len(found) > 1:  # a feed: its other entries need not be fetched
                break
        return await self._of(clean_line(shown_url(address)), found, day)

    async def of_document(
        self, document: Document, context: Context, day: date | None
    ) -> say.Drafted | Message:
        """Return the draft of the article that a file holds, or what to say."""
        name = clean_line((document.file_name or "").replace("/", " ")) or "document"
        if (document.file_size or 0) > LARGEST:
            return say.too_large(name, LARGEST)
        try:
            file = await context.bot.get_file(document)
            raw = bytes(await file.download_as_bytearray())
        except TelegramError as error:
            log.warning("a file was not handed over: %s", error)
            return say.not_handed_over(name)
        if len(raw) > LARGEST:
            return say.too_large(name, LARGEST)
        return await self._of(name, await asyncio.to_thread(gather_bytes, raw, name), day)

    async def _of(
        self, name: str, found: Sequence[Gathered], day: date | None
    ) -> say.Drafted | Message:
        if len(found) > 1:
            return say.several(name)
        match found[0] if found else None:
            case None:
                return say.no_articles(name)
            case Refusal() as refusal:
                return say.refused(refusal.name, refusal.reason, refusal.remedy)
            case SummaryFile():
                return say.is_summary(name)
            case RawArticle() as article if len(article.text) > LONGEST_ARTICLE:
                return say.too_long(article.name, LONGEST_ARTICLE)
            case RawArticle() as article:
                known = await self.knowledge.read(_written)
                today = self.clock().date()
                async with self.alone:
                    return await asyncio.to_thread(_drafted, article, known, today, day)


def _written(db: Connection) -> tuple[str, tuple[str, ...]]:
    """Return the story and the summaries as they were kept."""
    return known_files.state(db).story, tuple(known_files.summaries(db))


def _drafted(
    article: RawArticle, written: tuple[str, Sequence[str]], today: date, day: date | None
) -> say.Drafted | Message:
    story, summaries = written
    # Without the article's own summary, which would tell it its day.
    own = {article.name, article.address}
    others = [each for each in summaries_of(summaries) if each.document not in own]
    known = Known(story=story_of(story) if story else None, summaries=tuple(others))
    found = draft(article, known, today=today, published=day)
    published = day or (found.published.when.start if found.published else None)
    if published is None:
        return say.undated(article.name, found.undated)
    return say.Drafted(
        file_name=say.file_name(found.title, published),
        content=write_draft(found, day).encode(),
        message=say.drafted(found),
    )
