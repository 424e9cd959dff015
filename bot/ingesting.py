"""`attache ingest`: loading summaries in the terminal, with how far it is.

Articles among what is given are drafted first, by gathering.py.
"""

import asyncio
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from bot.gathering import draft_articles
from bot.messages.admin import diff_lines
from bot.running import loader_of
from config.settings import Settings
from store.database import Connection
from store.errors import BrokenSummariesError, LargeLossError
from store.ingest.intake import is_raw
from store.ingest.loading import Loader, packaged_summaries
from store.ingest.origin import loaded_from
from store.ingest.others import passed_over
from store.ingest.watching import look_at
from store.knowledge import files as known_files
from store.knowledge.schema import open_knowledge

_MOST_NAMES = 5  # of files that are passed over
_STEP = 50  # files between two looks of the bar


@dataclass(slots=True)
class _Count:
    """How many files there were, and how many of them had to be read."""

    files: int = 0
    read: int = 0
    shown: int = 0
    bar: "click._termui_impl.ProgressBar[int] | None" = field(default=None)

    def tick(self, read: bool) -> None:  # noqa: FBT001 (told of each file)
        """Count a file; called in the thread that reads."""
        self.files += 1
        self.read += read
        if self.bar is not None and self.files == self.bar.length:
            self.bar.label = "Joining"
            self.show()
        elif self.files % _STEP == 0:
            self.show()

    def made(self, done: int, of: int) -> None:
        """Tell how many sources are joined; called in the thread that writes."""
        if self.bar is not None:
            self.bar.label = f"Joined {done:,} of {of:,}"
            self.bar.render_progress()

    def show(self) -> None:
        """Bring the bar up to date."""
        if self.bar is not None:
            self.bar.update(self.files - self.shown)
            self.shown = self.files

    def __str__(self) -> str:
        """Return the count as the last line of what is shown."""
        files = "1 file" if self.files == 1 else f"{self.files:,} files"
        return f"{files}, {self.read:,} of them read anew"


def take_in(
    settings: Settings, inputs: Sequence[str], *, into: Path | None, skip_broken: bool, sure: bool
) -> None:
    """Draft the articles among `inputs`, and load the summaries; those configured without any.

    Drafts are loaded at once where they are written among the configured summaries. Ends
    with status 1 where an article was refused or waits for its day.
    """
    raw = tuple(given for given in inputs if is_raw(given))
    paths = tuple(Path(given) for given in inputs if given not in raw)
    whole = draft_articles(settings, raw, into=into) if raw else True
    elsewhere = into is not None and into.resolve() != (settings.summaries or into / "-").resolve()
    if raw and not paths and into is not None and elsewhere:
        if any(into.glob("*.md")):
            click.echo(f"Next: check the drafts, then attache ingest {into}")
    else:
        load_summaries(settings, paths, skip_broken=skip_broken, sure=sure)
        if raw and (folder := into or settings.summaries):
            _tell_shown(settings, folder)
    if paths:
        configured = settings.summaries or packaged_summaries()
        click.echo(
            f"The story is read from there from now on; attache ingest {configured} goes back."
        )
    if not whole:
        sys.exit(1)


def _tell_shown(settings: Settings, folder: Path) -> None:
    """Say that readers see what was drafted into `folder`, where the story is read from there."""
    knowledge = open_knowledge(settings.bot_dir / "knowledge.db", readers=1)
    try:
        read = asyncio.run(loader_of(settings, knowledge).paths())
        waiting = asyncio.run(knowledge.read(known_files.waiting))
    finally:
        knowledge.close()
    if any(folder.resolve().is_relative_to(path.resolve()) for path in read):
        entries = "1 entry waits" if waiting == 1 else f"{waiting:,} entries wait"
        click.echo(
            f"What is drafted into {folder} is shown to readers now, "
            f"{entries} for review (/review)."
        )


def load_summaries(
    settings: Settings, paths: Sequence[Path], *, skip_broken: bool, sure: bool
) -> None:
    """Load the summaries at `paths`, and show what that changed.

    Where much would go, a person at a terminal is asked, and others need to be `sure`.
    """
    knowledge = open_knowledge(settings.bot_dir / "knowledge.db", readers=1)
    loader = loader_of(settings, knowledge)
    before = None
    try:
        before = asyncio.run(knowledge.read(_made_of))
        try:
            asyncio.run(_load(loader, paths, skip_broken=skip_broken, sure=sure))
        except LargeLossError as error:
            if not _agrees(error):
                raise
            agreed = error.reading
            asyncio.run(_load(loader, paths, skip_broken=skip_broken, agreed=agreed))
    except BrokenSummariesError as error:
        raise click.ClickException(f"nothing has changed:\n{error}") from error
    except LargeLossError as error:
        raise click.ClickException(
            f"nothing has changed: {error}. Where that is meant: {_surely(paths)}"
        ) from error
    except KeyboardInterrupt:
        # A write, so that it comes after one that is under way, which is carried out whole.
        is_same = before in {None, asyncio.run(knowledge.write(_made_of))}
        known = "is as it was before" if is_same else "is whole, as the files are now"
        raise click.ClickException(f"stopped; what is known {known}") from None
    finally:
        knowledge.close()


def _made_of(db: Connection) -> tuple[str, ...]:
    """Return what stands for the files that the knowledge is made of."""
    state = known_files.state(db)
    return state.story, state.loaded, state.maker, *map(str, loaded_from(db))


def _surely(paths: Sequence[Path]) -> str:
    """Return the command that loads `paths` also where much goes."""
    words = ["attache", "ingest"]
    context = click.get_current_context(silent=True)
    for option in ("data_dir", "summaries"):
        if value := context and context.params.get(option):
            words += [f"--{option.replace('_', '-')}", value]
    return shlex.join([*words, *map(str, paths), "--yes"])


def _agrees(error: LargeLossError) -> bool:
    """Ask a person at a terminal. Not inside an event loop, which would take the first Ctrl-C."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    click.echo(f"{str(error)[0].upper()}{str(error)[1:]}.", err=True)
    return click.confirm("Load all the same?", err=True)


async def _load(
    loader: Loader,
    paths: Sequence[Path],
    *,
    skip_broken: bool,
    sure: bool = False,
    agreed: str = "",
) -> None:
    count = _Count()
    read = paths or await loader.paths()
    with _bar(count, read):
        diff = await loader.load(
            paths,
            skip_broken=skip_broken,
            sure=sure,
            agreed=agreed,
            tick=count.tick,
            made=count.made,
        )
    click.echo("\n".join(diff_lines(diff)) or "Nothing has changed.")
    if count.files:
        click.echo(f"{count}.", err=True)
    if others := passed_over(read):
        shown = ", ".join(others[:_MOST_NAMES]) + (" \u2026" if len(others) > _MOST_NAMES else "")
        files = "1 file is no summary" if len(others) == 1 else f"{len(others):,} are no summaries"
        click.echo(
            f"Passed over, for {files}: {shown}; attache ingest FILE drafts an article", err=True
        )


@contextmanager
def _bar(count: _Count, paths: Sequence[Path]) -> Iterator[None]:
    """Show how many of the files are read, where somebody looks."""
    if not sys.stderr.isatty():
        yield
        return
    length = look_at(paths).files
    with click.progressbar(
        length=length, label="Reading", file=sys.stderr, show_pos=True, show_eta=False
    ) as bar:
        count.bar = bar
        yield
        count.show()
