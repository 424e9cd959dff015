"""The application: the answers, registered with python-telegram-bot and ready to run."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from telegram import Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.access import Door
from bot.answers import Answers, build_answers
from bot.commands.admin import Clock
from bot.commands.command import Context
from bot.commands.drafts import LINK
from bot.commands.reply import answer
from bot.digest.jobs import Deliverer, tell_admins
from bot.flooding import Flooding
from bot.gate import Gate
from bot.inbox import Inbox
from bot.keeping import InboxProcessor, KeepingBot
from bot.menus import Menus
from bot.messages import delivery
from bot.messages import help as about
from bot.pacing import Pacing
from bot.watching import Watch
from store.database import Database
from store.ingest.loading import Loader
from store.ledger.values import Rhythm

# Always sent: leaving it out would keep whatever list was set before.
ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)

_AT_ONCE = 64  # updates handled at the same time
_FIRST, _GATE, _LAST = -2, -1, 1  # groups of handlers, before and after those that answer

App = Application[Any, Any, Any, Any, Any, Any]

log = logging.getLogger("attache")


def build_application(  # noqa: PLR0913 (each is one thing that it is built of)
    *,
    token: str,
    api_url: str,
    transport: Callable[[], BaseRequest],
    knowledge: Database,
    ledger: Database,
    loader: Loader,
    admins: frozenset[int],
    rhythm: Rhythm,
    pacing: Pacing,
    clock: Clock,
    door: Door | None = None,
    flooding: Flooding | None = None,
    deliverer: Deliverer | None = None,
    watch: Watch | None = None,
) -> App:
    """Build the bot that every way of running it drives. Makes no connection yet.

    `rhythm` is a chat's until it chooses its own. Without a door everybody is let in, without
    `flooding` everything is answered. Without a deliverer it sends no
    digests and keeps no updates: to be asked, not to be run. Without a watch it reads the
    files only when told to.
    """
    door = door or Door(admins=admins)
    answers = build_answers(
        knowledge=knowledge,
        ledger=ledger,
        loader=loader,
        admins=admins,
        rhythm=rhythm,
        clock=clock,
        door=door,
    )
    gate = Gate(ledger=ledger, door=door, clock=clock, flooding=flooding)
    menus = Menus(
        entries=[command.entry for command in answers.commands],
        admins=admins,
        knowledge=knowledge,
        ledger=ledger,
        clock=clock,
    )

    async def set_up(app: App) -> None:
        if deliverer is None:  # a Telegram that begins anew each time
            await menus.set_changed(app.bot, {}, remember=False)
        else:
            await deliverer.begin(app, answers.tick, admins)
            menus.begin(app)
        if watch is not None:
            watch.begin(app, ledger, admins)
        if inbox is not None:
            await inbox.replay(app.bot)

    async def tell_of_updates(updates: Sequence[Update]) -> None:
        log.critical("set aside, three deaths each: %s", [u.update_id for u in updates])
        await tell_admins(app, ledger, admins, lambda: delivery.set_aside(len(updates)))

    inbox = None
    builder = ApplicationBuilder().concurrent_updates(_AT_ONCE)
    if deliverer is not None:
        inbox = Inbox(ledger=ledger, at_once=_AT_ONCE, on_set_aside=tell_of_updates)
        builder = builder.update_queue(inbox).concurrent_updates(InboxProcessor(inbox))
    builder = builder.bot(_bot(token, api_url, transport, pacing, inbox))
    app: App = builder.post_init(set_up).build()
    app.add_handler(TypeHandler(Update, gate.check), group=_GATE)
    _register(app, answers)
    if deliverer is not None:
        app.add_handler(TypeHandler(Update, menus.answered), group=_LAST)
    return app


def _bot(
    token: str,
    api_url: str,
    transport: Callable[[], BaseRequest],
    pacing: Pacing,
    inbox: Inbox | None,
) -> ExtBot[Any]:
    given: dict[str, Any] = {
        "base_url": f"{api_url}/bot",
        "base_file_url": f"{api_url}/file/bot",
        "request": transport(),
        "get_updates_request": transport(),
        "rate_limiter": pacing,
    }
    return ExtBot(token, **given) if inbox is None else KeepingBot(token, inbox=inbox, **given)


def _register(app: App, answers: Answers) -> None:
    """Have `app` hand each update to who answers it; the first that fits is the one.

    Before any of them its language is found: it is spoken until the update is handled. Then
    the gate lets it through or not.
    """
    app.add_handler(TypeHandler(Update, answers.languages.hear), group=_FIRST)
    private = filters.ChatType.PRIVATE
    # Not what somebody sent from the bot's own inline results.
    new = filters.UpdateType.MESSAGE & ~filters.VIA_BOT
    words = filters.TEXT & ~filters.COMMAND
    for command in answers.commands:
        app.add_handler(CommandHandler(command.name, command.answer, filters=new))
    app.add_handlers(
        [
            CallbackQueryHandler(answers.buttons.answer),
            InlineQueryHandler(answers.inline.answer),
            ChatMemberHandler(answers.channels.membership, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.StatusUpdate.MIGRATE, answers.digest.migrated),
            MessageHandler(new & private & filters.COMMAND, answers.help.unknown),
            MessageHandler(new & private & words & filters.Regex(LINK), answers.drafts.link),
            MessageHandler(new & private & words, answers.questions.answer),
            MessageHandler(new & filters.ChatType.GROUPS & words, answers.questions.answer),
            MessageHandler(new & private & filters.LOCATION, answers.settings.located),
            MessageHandler(new & private & filters.Document.ALL, answers.drafts.document),
            MessageHandler(new & private & ~filters.StatusUpdate.ALL, answers.help.no_text),
        ]
    )
    app.add_error_handler(_report)


async def _report(update: object, context: Context) -> None:
    """Log what went wrong, then tell whoever asked."""
    number = update.update_id if isinstance(update, Update) else None
    if isinstance(context.error, Forbidden):
        log.info("update %s was not answered: %s", number, context.error)
        return
    log.error("update %s was not answered", number, exc_info=context.error)
    if isinstance(update, Update):
        try:
            await answer(update, about.trouble())
        except TelegramError as error:
            log.warning("update %s: nor could that be told: %s", number, error)
