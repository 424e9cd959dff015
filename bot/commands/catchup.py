"""/catchup: what became known since the chat, or its topic, last read; /latest counts as that."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from telegram import Update

from bot.commands.command import Context
from bot.commands.digest import topic_of
from bot.commands.pages import page_within
from bot.commands.reply import answer
from bot.commands.timeline import Timeline
from bot.digest.tick import Tick
from bot.messages import catchup as say
from bot.messages import help as about
from bot.messages.callbacks import CatchUpPage
from bot.messages.message import Links, Message
from store.database import Connection, Database
from store.knowledge import news, sources
from store.ledger import offers, reading, subscriptions
from store.ledger.values import Rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class CatchUp:
    """Answers what is new to a chat. The digest has its own count: it leaves nothing out."""

    knowledge: Database
    ledger: Database
    timeline: Timeline
    tick: Tick
    clock: Callable[[], datetime]
    default: Rhythm

    async def answer(self, update: Update, context: Context) -> None:
        """Answer /catchup, and count all of it as read."""
        message = update.effective_message
        if message is None:
            return
        links, newest, now = Links(context.bot.username), await self.tick.offer(), self.clock()
        if not newest:
            await answer(update, about.nothing_loaded())
            return
        chat, topic = message.chat_id, topic_of(message)
        window = await self.ledger.write(
            reading.catch_up,
            chat=chat,
            topic=topic,
            newest=newest,
            update_id=update.update_id,
            now=now,
        )
        if window.read is None:
            for part in say.begun(await self.timeline.newest(links)):
                await answer(update, part)
            return
        known = await self.ledger.read(subscriptions.subscription, chat, topic)
        zone = ZoneInfo(known.rhythm.zone if known else self.default.zone)
        since = say.Since(
            after=window.read.offer,
            upto=window.upto,
            day=window.read.at.astimezone(zone).date(),
        )
        await answer(update, await self._page(since, 0, links))

    async def latest(self, update: Update, context: Context) -> None:
        """Answer /latest, and count all that is known as read."""
        await self.timeline.latest(update, context)
        message = update.effective_message
        if message is None:
            return
        newest = await self.tick.offer()
        if newest:
            await self.ledger.write(
                reading.mark_read,
                chat=message.chat_id,
                topic=topic_of(message),
                newest=newest,
                update_id=update.update_id,
                now=self.clock(),
            )

    async def page(self, press: CatchUpPage, links: Links) -> Message:
        """Show the page of a catch-up that a button asks for."""
        since = say.Since(after=press.after, upto=press.upto, day=press.since)
        return await self._page(since, press.offset, links)

    async def _page(self, since: say.Since, offset: int, links: Links) -> Message:
        items = await self.ledger.read(offers.offered_after, since.after, since.upto)
        keys = [(item.kind, item.key) for item in items]

        def question(db: Connection) -> Message:
            as_of = sources.as_of(db)
            if as_of is None:
                return about.nothing_loaded()
            page = page_within(
                lambda at: news.news_page(db, keys, limit=say.ITEMS_A_PAGE, offset=at),
                offset,
                limit=say.ITEMS_A_PAGE,
            )
            return say.caught_up(page, since, as_of=as_of, links=links)

        return await self.knowledge.read(question)
