"""`attache ingest` with articles: gathering them, and writing a draft of each into a folder.

What is raw and what a summary is in store/ingest/intake.py; loading is in ingesting.py.
"""

import asyncio
import os
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import click

from config import __version__
from config.settings import Settings
from store.ingest.draft import draft
from store.ingest.draft_values import DraftSummary, Known
from store.ingest.draft_writing import write_draft
from store.ingest.drafted import Drafts, add_copies, mark_of, read_drafts, write_into
from store.ingest.duplicates import Folded, fold_copies
from store.ingest.feed_book import FEEDS_FILE, keep_feeds, read_feeds
from store.ingest.feeds import LONGEST_WAIT, await_days
from store.ingest.fetch import Fetch, Fetcher
from store.ingest.gather import Progress, Refusal, unseen_progress
from store.ingest.intake import Intake, Taker
from store.ingest.loading import packaged_summaries
from store.ingest.raw.values import RawArticle
from store.ingest.summaries import Reading, read_summaries


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A text that cannot be drafted before somebody says its day, and why."""

    folded: Folded
    why: str


@dataclass(slots=True)
class _Desk:
    """Drafts one text after the other into a folder, and counts what came of it."""

    folder: Path
    drafts: Drafts
    known: Known
    documents: dict[str, tuple[str, str]]  # what has a summary: its title, and in which file
    today: date
    drafted: int = 0
    skipped: int = 0
    folded: int = 0
    waiting: list[Waiting] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reminders: dict[str, date] = field(default_factory=dict)  # told before, still without a day

    def take(self, folded: Folded) -> None:
        """Draft a text, unless it was drafted before or its day is not known."""
        fresh = [each for each in folded.sources if not self.drafts.hold(each)]
        self.skipped += len(folded.sources) - len(fresh)
        if not fresh:
            return
        # A page whose words have changed is no copy of itself: it has a summary already.
        changed = folded.article.address in self.documents
        if not changed and (home := self.drafts.home(folded)):
            self._fold_into(home, fresh)
            return
        folded = Folded(article=fresh[0], copies=tuple(fresh[1:]))
        self.folded += len(folded.copies)
        article = folded.article
        if article.published is None:
            # A copy of the same text may say the day that the fullest does not.
            said = next((each.published for each in folded.copies if each.published), None)
            folded = replace(folded, article=replace(article, published=said))
        found = draft(folded.article, self.known, today=self.today)
        if self._is_summarised(folded, found):
            self.skipped += 1
        elif found.published is None:
            self.waiting.append(Waiting(folded=folded, why=found.undated))
        else:
            self.write(folded, found, found.published.when.start)

    def _fold_into(self, file: Path, copies: Sequence[RawArticle]) -> None:
        """Name copies of a text that was drafted before as further sources of its draft."""
        self.folded += len(copies)
        named = add_copies(file, copies)
        for each in copies:
            where = "named there" if named else "named here only"
            self.notes.append(f"{each.name}: a copy of what is drafted as {file.name}; {where}")

    def take_dated(self, folded: Folded, published: date) -> None:
        """Draft a text whose day somebody has said."""
        found = draft(folded.article, self.known, today=self.today, published=published)
        self.write(folded, found, published, published)

    def write(
        self, folded: Folded, found: DraftSummary, day: date, by_hand: date | None = None
    ) -> None:
        """Write a draft into the folder; the loader takes one summary of a document only."""
        if found.document in self.documents:
            # Files of one name, out of different folders, are different documents.
            found = replace(found, document=f"{found.document} ({mark_of(folded.article)})")
        text = write_draft(found, by_hand)
        file = write_into(self.folder, folded, text, f"{day} {found.title}")
        self.documents[found.document] = (found.title, file.name)
        self.drafted += 1

    def _is_summarised(self, folded: Folded, found: DraftSummary) -> bool:
        """Tell whether the document has a summary, by hand or of other words; note that it has."""
        title, file = self.documents.get(found.document, ("", ""))
        article = folded.article
        if not file or (article.address is None and title != found.title):
            return False
        self.notes.append(
            f"{article.name}: has a summary already, {file}; to have it drafted anew, delete that"
        )
        return True


def draft_articles(
    settings: Settings,
    inputs: Sequence[str],
    *,
    into: Path | None,
    fetch: Fetch | None = None,
    now: datetime | None = None,
) -> bool:
    """Gather `inputs` and write a draft of each article; say what came of it.

    Return whether all of them are in: none was refused, and none waits for its day.
    """
    folder = _folder(settings, into)
    moment = now or datetime.now(UTC)
    book = settings.bot_dir / FEEDS_FILE
    feeds = read_feeds(book)
    desk: _Desk | None = None
    try:
        with _progress("Gathering") as progress:
            taker = Taker(
                fetch=fetch or Fetcher(agent=f"attache/{__version__}"),
                feeds=feeds,
                now=moment,
                chance=random.Random(),  # noqa: S311 (spreads visits; nothing is secret by it)
                progress=progress,
            )
            intake = asyncio.run(taker.take(inputs))
        desk = _desk(settings, folder, moment.date())
        texts = fold_copies(intake.articles)
        with _progress("Drafting") as progress:
            progress.more(len(texts))
            for folded in texts:
                desk.take(folded)
                progress.tick()
        # Only now: what a feed told of counts as seen, and is not told again.
        _keep(book, desk, intake)
        _ask_days(desk)
        given_up = _keep(book, desk, intake)
    except (KeyboardInterrupt, click.Abort):
        count = desk.drafted if desk else 0
        raise click.ClickException(
            f"stopped; {count:,} drafted, and kept: the same command goes on from there"
        ) from None
    except OSError as error:
        raise click.ClickException(f"{folder}: cannot be written: {error.strerror}") from error
    intake.refusals += given_up
    _tell(desk, intake, inputs)
    return not (desk.waiting or intake.refusals)


def _folder(settings: Settings, into: Path | None) -> Path:
    """Return the folder for drafts, made where it was named. Refuses one that cannot be used."""
    remedy = "name a folder for the drafts with --into FOLDER"
    folder = into or settings.summaries
    if folder is None or folder.resolve() == packaged_summaries().resolve():
        raise click.ClickException(
            f"the story that comes with the program takes no drafts; {remedy}"
        )
    try:
        if into is not None:
            into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"{folder}: cannot be made: {error.strerror}") from error
    if not folder.is_dir():
        raise click.ClickException(f"{folder} is no folder; {remedy}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise click.ClickException(f"{folder} may not be written to; {remedy}")
    return folder


def _desk(settings: Settings, folder: Path, today: date) -> _Desk:
    """Return a desk that knows the story of `folder`, or the configured one of an empty folder."""
    reading: Reading = read_summaries((folder,))
    documents = {
        each.document: (each.title, each.file) for each in reading.summaries if each.document
    }
    if not reading.summaries:
        reading = read_summaries((settings.summaries or packaged_summaries(),))
    return _Desk(
        folder=folder,
        drafts=read_drafts(folder),
        known=Known(story=reading.story, summaries=reading.summaries),
        documents=documents,
        today=today,
    )


def _keep(book: Path, desk: _Desk, intake: Intake) -> list[Refusal]:
    """Remember the feeds, with their articles that wait for a day; return those given up."""
    waiting = [each.folded.article.address for each in desk.waiting]
    given_up: list[Refusal] = []
    states = dict(intake.feeds)
    for feed, state in states.items():
        undated = [each for each in waiting if each and intake.told_by.get(each) == feed]
        states[feed], over = await_days(state, undated, desk.documents, desk.today)
        given_up += [
            Refusal(
                name=address,
                reason=f"nobody has said its day for {LONGEST_WAIT.days} days",
                remedy="it is listed no more; attache draft still takes it with --published",
            )
            for address in over
        ]
    keep_feeds(book, states)
    known = {each.folded.article.address for each in desk.waiting}
    desk.reminders = {
        address: day
        for state in states.values()
        for address, day in state.undated.items()
        if address not in known
    }
    return given_up


def _ask_days(desk: _Desk) -> None:
    """Ask a person at a terminal for the days that no article says; an empty answer leaves it."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    left = list[Waiting]()
    while desk.waiting:
        each = desk.waiting.pop(0)
        click.echo(f"{each.folded.article.name}: {each.why}.", err=True)
        day = click.prompt(
            "Published on",
            default="",
            show_default=False,
            value_proc=_day,
            prompt_suffix=" (YYYY-MM-DD, nothing to leave it): ",
            err=True,
        )
        if day is None:
            left.append(each)
        else:
            desk.take_dated(each.folded, day)
    desk.waiting = left


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise click.BadParameter("expected a day such as 2022-01-10") from error


def _tell(desk: _Desk, intake: Intake, inputs: Sequence[str]) -> None:
    """Show what was not drafted and why, and the count as the last line."""
    for line in (*intake.resting, *desk.notes, *map(str, intake.refusals)):
        click.echo(line, err=True)
    left = {_place(each.folded.article, inputs): each.why for each in desk.waiting}
    left |= {where: f"waits for its day since {day}" for where, day in desk.reminders.items()}
    for where, why in left.items():
        click.echo(
            f"{where}: {why}; give the day: attache draft {where} --published YYYY-MM-DD -o FILE",
            err=True,
        )
    parts = [
        f"{count:,} {what}"
        for count, what in (
            (desk.drafted, f"drafted into {desk.folder}"),
            (desk.skipped, "drafted before"),
            (desk.folded, "folded as copies"),
            (len(intake.refusals), "refused"),
            (len(left), "waiting for a day"),
            (len(intake.resting), "not due yet"),
        )
        if count
    ]
    click.echo(f"{', '.join(parts) or 'Nothing new'}.")


def _place(article: RawArticle, inputs: Sequence[str]) -> str:
    """Return where an article is, as another command takes it."""
    below = (str(Path(given, article.name)) for given in inputs if Path(given).is_dir())
    return article.address or next(filter(os.path.isfile, below), article.name)


@contextmanager
def _progress(label: str) -> Iterator[Progress]:
    """Show how far it is, where somebody looks."""
    if not sys.stderr.isatty():
        yield unseen_progress()
        return
    with click.progressbar(
        length=0, label=label, file=sys.stderr, show_pos=True, show_eta=False
    ) as bar:

        def show(progress: Progress) -> None:
            bar.length = progress.expected
            bar.update(progress.done - bar.pos)

        yield Progress(show=show)
