"""A sandbox that is served, with a small bot in it: what the page's tests talk to."""

import asyncio
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from queue import Queue
from typing import Any, TypeVar

from telegram import (
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.sandbox.cast import ADMIN_ID, Cast, made_up_cast
from bot.sandbox.clock import SandboxClock
from bot.sandbox.control import Control
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.limits import Limits
from bot.sandbox.page_routes import page_routes
from bot.sandbox.replay_protocol import ReplayPosition
from bot.sandbox.server import build_server_app, serving
from bot.sandbox.telegram import SANDBOX_TOKEN, SANDBOX_USERNAME, Telegram

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]
T = TypeVar("T")

BEGINNING = datetime(2022, 1, 8, 8, tzinfo=UTC)
_DAYS = 5
_LINK = f"https://t.me/{SANDBOX_USERNAME}?start="


def cite(number: int) -> str:
    return f'<a href="{_LINK}s{number}">[{number}]</a>'


WHO = f"""<b>Wendy Sherman</b>
US Deputy Secretary of State · United States
<i>as of 11 Jan 2022</i> {cite(2)}

Led the US side in the Geneva talks and briefed the allies in Brussels the next day. {cite(2)}\
{cite(4)}

<b>Latest</b>
11 Jan 2022  Briefs Jens Stoltenberg and NATO ambassadors on the Geneva talks {cite(2)}
10 Jan 2022  Talks with Sergei Ryabkov in Geneva, seven hours and more, no breakthrough {cite(2)}
 9 Jan 2022  Working dinner with Ryabkov, planned {cite(4)}

{cite(2)} The Kootneeti, 11 Jan 2022 · {cite(4)} NNN-Agencies, 9 Jan 2022"""

QUOTES = f"""<b>Wendy Sherman</b> · Quotes

“working in lockstep with our allies and partners”  11 Jan 2022 {cite(2)}"""


def png(width: int, height: int) -> bytes:
    """Draw a small picture: a slope of one colour into another."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            rows += bytes((24 + 40 * y // height, 90 + 110 * x // width, 110 + 60 * y // height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def views(shown: str) -> InlineKeyboardMarkup:
    labels = [label for label in ("Overview", "Timeline", "Quotes", "With") if label != shown]
    row = [InlineKeyboardButton(label, callback_data=label) for label in labels]
    more = [
        InlineKeyboardButton("Follow", callback_data="Follow"),
        InlineKeyboardButton("About", callback_data="About"),
    ]
    return InlineKeyboardMarkup([row, more])


async def start(update: Update, context: Context) -> None:
    assert update.message is not None
    payload = context.args[0] if context.args else ""
    if payload:
        await update.message.reply_html(f"<b>Source {payload}</b>\nThe Kootneeti, 11 Jan 2022")
        return
    await update.message.reply_html(
        "<b>Attaché</b>\nI brief on one story: the talks of January 2022. "
        "Ask /who, /timeline or simply write a name."
    )


async def who(update: Update, _: Context) -> None:
    assert update.message is not None
    await update.message.reply_html(WHO, reply_markup=views("Overview"))


async def pressed(update: Update, _: Context) -> None:
    query = update.callback_query
    assert query is not None
    match query.data:
        case "Follow":
            await query.answer("You follow Wendy Sherman now.")
        case "About":
            await query.answer("All that the sources say of her.", show_alert=True)
        case "Quotes":
            await query.answer()
            await query.edit_message_text(QUOTES, "HTML", reply_markup=views("Quotes"))
        case _:
            await query.answer()
            await query.edit_message_text(WHO, "HTML", reply_markup=views("Overview"))


async def picture(update: Update, _: Context) -> None:
    assert update.message is not None
    await update.message.reply_photo(png(640, 360), caption="Who met whom, January 2022")


async def document(update: Update, _: Context) -> None:
    assert update.message is not None
    await update.message.reply_document(b"<script>alert(1)</script>", filename="briefing.html")


async def keys(update: Update, _: Context) -> None:
    assert update.message is not None
    markup = ReplyKeyboardMarkup([["Morning", "Evening"]], one_time_keyboard=True)
    await update.message.reply_text("When?", reply_markup=markup)


async def think(update: Update, _: Context) -> None:
    assert update.message is not None
    await update.message.chat.send_action("typing")


async def echo(update: Update, _: Context) -> None:
    assert update.message is not None
    await update.message.reply_text(f"You wrote: {update.message.text}")


async def offer(update: Update, _: Context) -> None:
    query = update.inline_query
    assert query is not None
    content = InputTextMessageContent(f"<b>{query.query}</b>, as asked", parse_mode="HTML")
    article = InlineQueryResultArticle("1", f"About {query.query}", content)
    await query.answer([article])


async def set_menus(app: App) -> None:
    commands = [
        BotCommand("start", "what this story is"),
        BotCommand("who", "who somebody is"),
        BotCommand("timeline", "what happened, and what is planned"),
        BotCommand("quotes", "who said what"),
    ]
    await app.bot.set_my_commands(commands)
    reload = BotCommand("reload", "make the knowledge equal to the files")
    await app.bot.set_my_commands([*commands, reload], scope=BotCommandScopeChat(ADMIN_ID))


def build_bot(telegram: Telegram) -> App:
    builder = Application.builder().token(SANDBOX_TOKEN).job_queue(None)
    builder = builder.request(InProcessRequest(telegram))
    app: App = builder.get_updates_request(InProcessRequest(telegram)).build()
    for name, answer in (
        ("start", start),
        ("who", who),
        ("picture", picture),
        ("document", document),
        ("keys", keys),
        ("think", think),
    ):
        app.add_handler(CommandHandler(name, answer))
    app.add_handler(CallbackQueryHandler(pressed))
    app.add_handler(InlineQueryHandler(offer))
    app.add_handler(MessageHandler(filters.TEXT & filters.UpdateType.MESSAGE, echo))
    return app


@dataclass(slots=True, kw_only=True)
class MadeUpReplay:
    """Five days; each morning brings one document, and a digest to the first person."""

    telegram: Telegram
    clock: SandboxClock
    reader: int
    released: int = 0

    @property
    def position(self) -> ReplayPosition:
        today = BEGINNING.date() + timedelta(days=self.released)
        following = today + timedelta(days=1) if self.released < _DAYS else None
        return ReplayPosition(today=today, next=following, released=self.released, total=_DAYS)

    async def restart(self) -> None:
        self.released = 0
        self.clock.set(BEGINNING)

    async def next_morning(self) -> None:
        self.released = min(self.released + 1, _DAYS)
        self.clock.set(BEGINNING + timedelta(days=self.released))
        text = f"<b>Your briefing</b> for {self.position.today:%d %B}\nOne new document. {cite(2)}"
        self.telegram.call(
            SANDBOX_TOKEN,
            "sendMessage",
            {"chat_id": self.reader, "text": text, "parse_mode": "HTML"},
        )

    async def next_news(self) -> None:
        await self.next_morning()


@dataclass(slots=True, kw_only=True)
class Playground:
    """A running sandbox; its state machine is touched in its own thread only."""

    url: str
    telegram: Telegram
    control: Control
    cast: Cast
    replay: MadeUpReplay
    loop: asyncio.AbstractEventLoop
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def do(self, act: Callable[[Telegram], T]) -> T:
        """Carry out something in the sandbox's thread."""

        async def carry_out() -> T:
            return act(self.telegram)

        return asyncio.run_coroutine_threadsafe(carry_out(), self.loop).result(10)

    def bot_says(self, chat_id: int, text: str, **more: object) -> int:
        """Let the bot send a message; gives its id."""
        params: dict[str, Any] = {"chat_id": chat_id, "text": text, **more}
        sent = self.do(lambda telegram: telegram.call(SANDBOX_TOKEN, "sendMessage", params))
        assert isinstance(sent, dict)
        return int(sent["message_id"])

    @property
    def today(self) -> date:
        return self.replay.position.today


async def _run(ready: Queue[Playground]) -> None:
    clock = SandboxClock(seconds=time.monotonic, started=BEGINNING)
    telegram = Telegram(clock=clock, limits=Limits(enabled=False))
    cast = made_up_cast(telegram)
    replay = MadeUpReplay(telegram=telegram, clock=clock, reader=cast.people[0])
    control = Control(telegram=telegram, clock=clock, cast=cast, replay=replay)
    app = build_server_app(telegram, control.routes(), page_routes())
    app.on_shutdown.append(control.close)
    bot = build_bot(telegram)
    async with serving(app, port=0) as url, bot:
        await set_menus(bot)
        assert bot.updater is not None
        await bot.updater.start_polling(allowed_updates=Update.ALL_TYPES, timeout=5)
        await bot.start()
        loop = asyncio.get_running_loop()
        playground = Playground(
            url=url, telegram=telegram, control=control, cast=cast, replay=replay, loop=loop
        )
        ready.put(playground)
        await playground.ended.wait()
        await bot.updater.stop()
        await bot.stop()


@contextmanager
def playground() -> Iterator[Playground]:
    """Serve a new sandbox from a thread of its own."""
    ready: Queue[Playground] = Queue()
    thread = threading.Thread(target=lambda: asyncio.run(_run(ready)), daemon=True)
    thread.start()
    running = ready.get(timeout=20)
    try:
        yield running
    finally:
        running.loop.call_soon_threadsafe(running.ended.set)
        thread.join(timeout=20)
