"""Running on Telegram: the application with a real connection, until it is told to stop."""

import asyncio
import logging
from datetime import UTC, datetime

import click
from telegram.error import InvalidToken

from bot.application import ALLOWED_UPDATES, build_application
from bot.transport import AiohttpRequest
from config.settings import Settings
from store.ingest.loading import Loader, packaged_summaries
from store.knowledge.schema import open_knowledge

log = logging.getLogger("attache")


def run_on_telegram(settings: Settings) -> None:
    """Load the summaries, connect, and answer until SIGINT or SIGTERM."""
    token = settings.telegram_token
    if token is None:
        raise ValueError("no token")
    proxy = settings.proxy.get_secret_value() if settings.proxy else None
    knowledge = open_knowledge(settings.bot_dir / "knowledge.db")
    try:
        loader = Loader(knowledge=knowledge, configured=settings.summaries or packaged_summaries())
        if broken := asyncio.run(loader.load_at_start()):
            log.warning("broken summaries; what was known before is kept:\n%s", broken)
        app = build_application(
            token=token.get_secret_value(),
            api_url=settings.telegram_api_url,
            transport=lambda: AiohttpRequest(proxy=proxy),
            knowledge=knowledge,
            loader=loader,
            admins=settings.admins,
            clock=lambda: datetime.now(UTC),
        )
        log.info(
            "connecting to %s; message the bot, or stop with Ctrl-C", settings.telegram_api_url
        )
        # A network that is down at the start is waited for, like one that goes down later.
        app.run_polling(allowed_updates=list(ALLOWED_UPDATES), bootstrap_retries=-1)
    except InvalidToken:
        raise click.ClickException(
            "ATTACHE_TELEGRAM_TOKEN: Telegram refuses this token. Get the right one from "
            "@BotFather (/mybots, API Token)."
        ) from None
    finally:
        knowledge.close()
