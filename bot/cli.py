"""The command line: what can be typed after `attache`. Each command is thin."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from bot.garbage import none_while_loading
from bot.sandbox.errors import SandboxError
from config import __version__, logs
from config.settings import Settings, SettingsError, load_settings, unknown_names
from store.database import Database
from store.errors import StoreError
from store.ingest.loading import packaged_summaries
from store.ledger import transfer
from store.ledger.alone import LOCK_NAME, take_over
from store.ledger.schema import open_ledger

if TYPE_CHECKING:
    from bot.console import Visitor

F = TypeVar("F", bound=Callable[..., Any])

_COMMON = ("data_dir", "log_level")


def main() -> None:
    """Run the command line; say plainly what an operator can mend."""
    # Flood waits as timedelta: without it PTB warns at each of them.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    try:
        cli(prog_name="attache")
    except (SettingsError, StoreError, SandboxError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def with_settings(*names: str) -> Callable[[F], F]:
    """Give a command the options that stand for the settings `names`, and the common ones."""

    def give(command: F) -> F:
        for name in reversed((*names, *_COMMON)):
            field = Settings.model_fields[name]
            option = click.option(f"--{name.replace('_', '-')}", help=field.description)
            command = option(command)
        return command

    return give


def as_somebody(command: F) -> F:
    """Give a command the options that say who talks to the bot."""
    for option in (
        click.option("--as", "person", type=click.IntRange(min=1), help="Talk as this user id."),
        click.option("--language", metavar="CODE", help="Talk as somebody of this language: de."),
        click.option("--admin", is_flag=True, help="Talk as an admin."),
    ):
        command = option(command)
    return command


def visitor_of(given: dict[str, Any]) -> "Visitor":
    """Take out of `given` who talks to the bot."""
    from bot.console import Visitor  # noqa: PLC0415 (other commands do not need it)

    person, language, admin = (given.pop(name) for name in ("person", "language", "admin"))
    default = Visitor()
    return Visitor(id=person or default.id, language=language, admin=admin)


def settings_of(given: dict[str, object], *, quiet: bool = False) -> Settings:
    """Load the settings, the command line's first, and set up logging."""
    settings = load_settings(given)
    set_up_logging(settings, quiet=quiet)
    return settings


def set_up_logging(settings: Settings, *, quiet: bool) -> None:
    """Log as the settings say, and warn of their names; `quiet` keeps INFO off the terminal."""
    secrets = [s.get_secret_value() for s in (settings.telegram_token, settings.proxy) if s]
    level = logging.WARNING if quiet and settings.log_level == "INFO" else settings.log_level
    logs.configure(level, secrets)
    for warning in unknown_names():
        logging.getLogger("attache").warning(warning)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="attache", message="%(prog)s %(version)s")
def cli() -> None:
    """Attaché: a briefing officer in a Telegram chat."""


@cli.command()
@click.option("--browser/--no-browser", default=None, help="Open the sandbox's page.")
@with_settings("summaries", "admins", "telegram_api_url", "sandbox_listen")
def run(*, browser: bool | None, **given: object) -> None:
    """Start the bot, on Telegram or in the sandbox.

    On Telegram with ATTACHE_TELEGRAM_TOKEN, else in the sandbox, with its page.
    """
    settings = load_settings(given)
    here = settings.telegram_token is None
    set_up_logging(settings, quiet=here)
    if not here:
        with none_while_loading():
            from bot.running import run_on_telegram  # noqa: PLC0415 (loads what it needs only)
        run_on_telegram(settings)
    else:
        with none_while_loading():
            from bot.local import run_here  # noqa: PLC0415 (the same)
        shown = sys.stdout.isatty() if browser is None else browser
        run_here(settings, browser=shown)


@cli.command()
@with_settings("sandbox_listen")
def sandbox(**given: object) -> None:
    """Serve the sandbox alone, for a bot of any kind."""
    from bot.local import run_alone  # noqa: PLC0415 (loads what it needs only)

    run_alone(settings_of(given, quiet=True))


@cli.command()
@click.argument("text")
@click.option("--press", multiple=True, metavar="LABEL", help="Then press this; repeatable.")
@as_somebody
@with_settings("summaries", "admins")
def ask(text: str, press: tuple[str, ...], **given: Any) -> None:  # noqa: ANN401 (click's options)
    """Send TEXT to the bot and print what the chat would show. Needs no network."""
    from bot import console  # noqa: PLC0415 (other commands do not need Telegram's library)

    visitor, settings = visitor_of(given), settings_of(given, quiet=True)
    try:
        shown = asyncio.run(console.ask(settings, text, presses=press, visitor=visitor))
    except console.ConsoleError as error:
        raise click.ClickException(str(error)) from error
    click.echo(shown)


@cli.command()
@as_somebody
@with_settings("summaries", "admins")
def chat(**given: Any) -> None:  # noqa: ANN401 (click's options)
    """Talk with the bot in this terminal. Needs no network."""
    from bot.console import ConsoleError  # noqa: PLC0415 (loads what it needs only)
    from bot.talk import talk  # noqa: PLC0415 (the same)

    visitor, settings = visitor_of(given), settings_of(given, quiet=True)
    try:
        asyncio.run(talk(settings, visitor))
    except ConsoleError as error:
        raise click.ClickException(str(error)) from error


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@with_settings("summaries")
def check(paths: tuple[Path, ...], **given: object) -> None:
    """Check summary files: those at PATHS, else the configured ones."""
    from store.ingest.summaries import read_summaries  # noqa: PLC0415 (the same)

    settings = settings_of(given, quiet=True)
    reading = read_summaries(paths or (settings.summaries or packaged_summaries(),))
    for problem in reading.problems:
        click.echo(str(problem))
    held = len(reading.summaries)
    counted = f"{held} summary holds" if held == 1 else f"{held} summaries hold"
    if waiting := sum(summary.unconfirmed for summary in reading.summaries):
        counted += f"; {waiting} {'entry waits' if waiting == 1 else 'entries wait'} for review"
    if reading.problems:
        wrong = len(reading.problems)
        click.echo(f"{counted}, {wrong} problem{'s' if wrong > 1 else ''}", err=True)
        sys.exit(1)
    click.echo(f"{counted}.")


@cli.command()
@click.argument("inputs", nargs=-1, metavar="[PATH|URL|FEED]...")
@click.option("--into", type=click.Path(path_type=Path), help="The folder for drafts of articles.")
@click.option("--skip-broken", is_flag=True, help="Load the others where a summary is broken.")
@click.option("--yes", "sure", is_flag=True, help="Load also where much of what is known goes.")
@with_settings("summaries")
def ingest(
    inputs: tuple[str, ...], *, into: Path | None, skip_broken: bool, sure: bool, **given: object
) -> None:
    """Load summaries, and draft summaries of articles.

    Summary files and folders of them are loaded; without any, the configured ones. Of texts,
    web pages, addresses and feeds drafts are written, for an editor to check. Those written
    among the configured summaries are loaded at once: readers see them, but for the entries
    that wait for review.
    """
    from bot.ingesting import take_in  # noqa: PLC0415 (the same)

    settings = settings_of(given, quiet=True)
    take_in(settings, inputs, into=into, skip_broken=skip_broken, sure=sure)


@cli.command()
@click.argument("article")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The day of the article.")
@click.option("--outlet", default="", help="Who published the article.")
@with_settings("summaries")
def draft(
    article: str,
    *,
    output: Path | None,
    published: datetime | None,
    outlet: str,
    **given: object,
) -> None:
    """Draft a summary of ARTICLE: a text or HTML file, or an address.

    What is unsure is marked `review: true` and is not shown to readers until confirmed.
    """
    from bot.drafting import draft_summary  # noqa: PLC0415 (the same)

    settings = settings_of(given, quiet=True)
    day = published.date() if published else None
    draft_summary(settings, article, output=output, published=day, outlet=outlet)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Start a story of your own in FOLDER, with an example."""
    from store.ingest.example import ExampleError, write_example  # noqa: PLC0415 (the same)

    try:
        written = write_example(folder)
    except ExampleError as error:
        raise click.ClickException(str(error)) from error
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(f"Next: cd {folder}, edit the files, then attache check && attache run")


@cli.command()
def health() -> None:
    """Tell if the running bot is well, by the exit status."""
    from bot import health as asking  # noqa: PLC0415 (the same)

    sys.exit(asking.main())


@cli.command("export")
@click.option("-o", "--output", type=click.File("w", encoding="utf-8"), default="-")
@with_settings()
def export_readers(output: IO[str], **given: object) -> None:
    """Write all readers as JSON, to move them."""
    taken = asyncio.run(_take_out(settings_of(given, quiet=True)))
    json.dump(taken, output, ensure_ascii=False, indent=1)
    output.write("\n")


@cli.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@with_settings()
def import_readers(file: IO[str], **given: object) -> None:
    """Take in readers that export wrote."""
    try:
        readers = json.load(file)
    except ValueError as error:
        raise click.ClickException(f"{file.name} is not JSON: {error}") from error
    chats = asyncio.run(_take_in(settings_of(given, quiet=True), readers))
    click.echo(f"{chats} chats taken in.")


async def _take_out(settings: Settings) -> dict[str, Any]:
    with _ledger_of(settings) as ledger:
        return await ledger.read(transfer.take_out, now=datetime.now(UTC))


async def _take_in(settings: Settings, readers: dict[str, Any]) -> int:
    """Take readers in while no bot sends from the ledger."""
    lock = settings.bot_dir / LOCK_NAME
    with _ledger_of(settings) as ledger:
        async with take_over(lock, ledger, now=datetime.now(UTC)):
            return await ledger.write(transfer.take_in, readers)


@contextmanager
def _ledger_of(settings: Settings) -> Iterator[Database]:
    ledger = open_ledger(settings.bot_dir / "ledger.db")
    try:
        yield ledger
    finally:
        ledger.close()
