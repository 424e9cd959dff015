"""An article that an admin sends, as a file or a link: the draft of its summary, as a file.

Writes nothing down, so that a message handled again is only answered again.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from telegram import Document, Update
from telegram.error import TelegramError

from bot.commands.command import Context, Handler
from bot.commands.reply import answer
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

# A message that is only an address, and the day of the article where its sender gives it.
LINK = re.compile(r"\s*(https?://\S+)(?:\s+(\d{4}-\d\d-\d\d))?\s*", re.IGNORECASE)
# Drafting takes a few seconds up to here, and longer by the square of the length.
LONGEST_ARTICLE = 150_000  # characters; a long read has 60,000

log = logging.getLogger("attache.drafts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """Drafts what admins send; others get the usual answer."""

    knowledge: Database
    admins: frozenset[int]
    fetch: Fetch
    clock: Callable[[], datetime]
    otherwise_file: Handler
    otherwise_words: Handler
    # One at a time: a long text takes seconds of a core that readers need too.
    _alone: asyncio.Lock = field(default_factory=asyncio.Lock, init=False, compare=False)

    async def document(self, update: Update, context: Context) -> None:
        """Answer a file."""
        message = update.effective_message
        if message is None or message.document is None or not self._is_for(update):
            await self.otherwise_file(update, context)
            return
        words = (message.caption or "").strip()
        day = _day(words)
        if words and day is None:
            await answer(update, say.no_day(words))
            return
        await _hand_over(update, await self._of_document(message.document, context, day))

    async def link(self, update: Update, context: Context) -> None:
        """Answer a message that may be a link and nothing else."""
        message = update.effective_message
        found = LINK.fullmatch((message.text if message else None) or "")
        day = _day(found[2]) if found and found[2] else None
        if found is None or not self._is_for(update) or (found[2] and day is None):
            await self.otherwise_words(update, context)
            return
        await _hand_over(update, await self.of_address(found[1], day))

    async def of_address(self, address: str, day: date | None = None) -> say.Drafted | Message:
        """Return the draft of the article at `address`, or what to say where there is none."""
        found: list[Gathered] = []
        async for item in gather([address], fetch=self.fetch):
            found.append(item)
            if len(found) > 1:  # a feed: its other entries need not be fetched
                break
        return await self._of(clean_line(shown_url(address)), found, day)

    async def _of_document(
        self, document: Document, context: Context, day: date | None
    ) -> say.Drafted | Message:
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
                async with self._alone:
                    return await asyncio.to_thread(_drafted, article, known, today, day)

    def _is_for(self, update: Update) -> bool:
        """Tell whether an admin asks, in private: a handler's filter keeps nobody out."""
        user, chat = update.effective_user, update.effective_chat
        is_private = chat is not None and chat.type == chat.PRIVATE
        return user is not None and user.id in self.admins and is_private


async def _hand_over(update: Update, found: say.Drafted | Message) -> None:
    message = update.effective_message
    if isinstance(found, Message):
        await answer(update, found)
    elif message is not None:
        await message.reply_document(
            found.content,
            filename=found.file_name,
            caption=found.message.text,
            caption_entities=found.message.entities,
            do_quote=False,
        )


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


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
