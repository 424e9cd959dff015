"""The application: all that the bot answers to, on one screen."""

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
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.commands.admin import Admin, Clock, for_admins
from bot.commands.buttons import Buttons
from bot.commands.command import Command, Context
from bot.commands.data import Data
from bot.commands.digest import Digest
from bot.commands.disputed import Disputed
from bot.commands.next import Next
from bot.commands.questions import Questions
from bot.commands.quotes import Quotes
from bot.commands.reply import answer
from bot.commands.search import Search
from bot.commands.settings import SetDigest
from bot.commands.sources import Sources
from bot.commands.start import Help, Start
from bot.commands.steering import Steering
from bot.commands.timeline import Timeline
from bot.commands.who import Who
from bot.digest.jobs import Deliverer, tell_admins
from bot.digest.tick import Tick
from bot.inbox import Inbox, InboxProcessor
from bot.menus import set_menus
from bot.messages import delivery
from bot.messages import help as about
from bot.pacing import Pacing
from store.database import Database
from store.ingest.loading import Loader
from store.ledger.values import Rhythm

# Always sent: leaving it out would keep whatever list was set before.
ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)

_AT_ONCE = 64  # updates handled at the same time

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
    deliverer: Deliverer | None = None,
) -> App:
    """Build the bot that every way of running it drives. Makes no connection yet.

    `rhythm` is a chat's until it chooses its own. Without a deliverer it sends no
    digests and keeps no updates: to be asked, not to be run.
    """
    who = Who(knowledge=knowledge)
    timeline = Timeline(knowledge=knowledge, who=who)
    quotes = Quotes(knowledge=knowledge, who=who)
    sources = Sources(knowledge=knowledge)
    search = Search(knowledge=knowledge)
    next_ = Next(knowledge=knowledge)
    disputed = Disputed(knowledge=knowledge)
    questions = Questions(
        knowledge=knowledge,
        who=who,
        timeline=timeline,
        quotes=quotes,
        search=search,
        sources=sources,
        next=next_,
        disputed=disputed,
    )
    start = Start(knowledge=knowledge, who=who, sources=sources)
    admin = Admin(knowledge=knowledge, loader=loader, clock=clock, started=clock())
    tick = Tick(knowledge=knowledge, ledger=ledger, clock=clock)
    digest = Digest(ledger=ledger, tick=tick, clock=clock, default=rhythm)
    settings = SetDigest(ledger=ledger, clock=clock, default=rhythm)
    data = Data(ledger=ledger, clock=clock)
    steering = Steering(ledger=ledger, digest=digest, admins=admins, clock=clock, default=rhythm)

    async def give_help(update: Update, context: Context) -> None:
        await help_.answer(update, context)

    commands = (
        Command(name="start", description="what this story is", answer=start.answer),
        Command(name="help", description="what I answer to", answer=give_help),
        Command(name="who", arguments="NAME", description="who somebody is", answer=who.answer),
        Command(
            name="timeline",
            arguments="[person] [place] [2014 | 2021-06 | 2022-01-09..2022-01-12 | since …]",
            description="what happened, and what is planned",
            answer=timeline.answer,
        ),
        Command(name="next", description="what is planned", answer=next_.answer),
        Command(
            name="quotes",
            arguments="[NAME] [about TOPIC]",
            description="who said what",
            answer=quotes.answer,
        ),
        Command(name="disputed", description="where the sources differ", answer=disputed.answer),
        Command(
            name="search", arguments="WORDS", description="where words stand", answer=search.answer
        ),
        Command(name="latest", description="where the story stands", answer=timeline.latest),
        Command(name="sources", description="where it all comes from", answer=sources.answer),
        Command(name="digest", description="what is new for this chat", answer=digest.show),
        Command(
            name="subscribe",
            arguments="[HH:MM] [ZONE]",
            description="get the digest each day",
            answer=digest.subscribe,
        ),
        Command(
            name="unsubscribe", description="get no digest any more", answer=digest.unsubscribe
        ),
        Command(name="settings", description="how the digest is set", answer=settings.show),
        Command(name="why", description="what became of this chat's digests", answer=steering.why),
        Command(name="privacy", description="what is kept about a chat", answer=data.privacy),
        Command(
            name="mydata", description="all that is kept about this chat", answer=data.hand_over
        ),
        Command(name="forget", description="delete what is kept about this chat", answer=data.ask),
        Command(
            name="reload",
            description="make the knowledge equal to the files",
            answer=for_admins(admin.reload, admins),
            admin=True,
        ),
        Command(
            name="status",
            description="how the bot is",
            answer=for_admins(admin.status, admins),
            admin=True,
        ),
        Command(
            name="broadcast",
            description="how the running or last broadcast stands",
            answer=for_admins(steering.broadcast, admins),
            admin=True,
        ),
        Command(
            name="preview",
            arguments="CHAT",
            description="what a chat would get now",
            answer=for_admins(steering.preview, admins),
            admin=True,
        ),
        Command(
            name="corrections",
            description="what was corrected since it was sent",
            answer=for_admins(steering.corrections, admins),
            admin=True,
        ),
        Command(
            name="announce",
            arguments="TEXT",
            description="send words to everybody who gets the digest",
            answer=for_admins(steering.announce, admins),
            admin=True,
        ),
    )
    help_ = Help(entries=[command.entry for command in commands], admins=admins)
    buttons = Buttons(
        who=who,
        timeline=timeline,
        quotes=quotes,
        search=search,
        next=next_,
        disputed=disputed,
        sources=sources,
        help=help_,
        steering=steering,
        settings=settings,
        data=data,
    )

    async def set_up(app: App) -> None:
        await set_menus(app.bot, [command.entry for command in commands], admins)
        if deliverer is not None:
            await deliverer.begin(app, tick, admins)
        if inbox is not None:
            await inbox.replay(app.bot)

    async def tell_of_updates(updates: Sequence[Update]) -> None:
        log.critical("set aside, three deaths each: %s", [u.update_id for u in updates])
        await tell_admins(app, admins, delivery.set_aside(len(updates)))

    inbox = None
    builder = ApplicationBuilder().concurrent_updates(_AT_ONCE)
    if deliverer is not None:
        inbox = Inbox(ledger=ledger, at_once=_AT_ONCE, on_set_aside=tell_of_updates)
        builder = builder.update_queue(inbox).concurrent_updates(InboxProcessor(inbox))
    app: App = (
        builder.token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .request(transport())
        .get_updates_request(transport())
        .rate_limiter(pacing)
        .post_init(set_up)
        .build()
    )
    new, private = filters.UpdateType.MESSAGE, filters.ChatType.PRIVATE
    for command in commands:
        app.add_handler(CommandHandler(command.name, command.answer, filters=new))
    app.add_handler(CallbackQueryHandler(buttons.answer))
    app.add_handler(ChatMemberHandler(digest.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, digest.migrated))
    app.add_handler(MessageHandler(new & private & filters.COMMAND, help_.unknown))
    app.add_handler(MessageHandler(new & private & filters.TEXT, questions.answer))
    groups = filters.ChatType.GROUPS & filters.TEXT & ~filters.COMMAND
    app.add_handler(MessageHandler(new & groups, questions.answer))
    app.add_handler(MessageHandler(new & private & filters.LOCATION, settings.located))
    app.add_handler(MessageHandler(new & private & ~filters.StatusUpdate.ALL, help_.no_text))
    app.add_error_handler(_report)
    return app


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
