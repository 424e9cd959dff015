"""`attache draft`: one article in, the draft of its summary out, in the terminal."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import click

from config import __version__
from config.settings import Settings
from store.ingest.draft import draft
from store.ingest.draft_values import DraftSummary, Known
from store.ingest.draft_writing import write_draft
from store.ingest.fetch import Fetcher
from store.ingest.front_matter import split_front_matter
from store.ingest.gather import Gathered, Refusal, SummaryFile, gather
from store.ingest.loading import packaged_summaries
from store.ingest.raw.values import RawArticle
from store.ingest.summaries import read_summaries
from store.knowledge.values import Summary


def draft_summary(
    settings: Settings, given: str, *, output: Path | None, published: date | None, outlet: str
) -> None:
    """Write the draft of a summary of the article at `given`; say what is left to do."""
    if output is not None and output.exists():
        raise click.ClickException(f"{output} exists already; name another file")
    article = asyncio.run(_article(given))
    if outlet:
        article = replace(article, outlet=outlet)
    reading = read_summaries((settings.summaries or packaged_summaries(),))
    known = Known(story=reading.story, summaries=_others(reading.summaries, article))
    today = datetime.now(UTC).date()
    found = draft(article, known, today=today, published=published)
    if found.published is None and published is None:
        published = _asked(article, found)
        found = draft(article, known, today=today, published=published)
    text = write_draft(found, published)
    if output is None:
        click.echo(text, nl=False)
    else:
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise click.ClickException(f"{output}: cannot be written: {error.strerror}") from error
        click.echo(f"wrote {output}", err=True)
    click.echo(_counted(found, text), err=True)


def _others(summaries: Sequence[Summary], article: RawArticle) -> tuple[Summary, ...]:
    """Return the summaries but for one of the article itself, which would tell it its day."""
    own = {article.name, article.address, Path(article.name).name}
    return tuple(summary for summary in summaries if summary.document not in own)


async def _article(given: str) -> RawArticle:
    fetch = Fetcher(agent=f"attache/{__version__}")
    found: list[Gathered] = [item async for item in gather([given], fetch=fetch)]
    articles = [item for item in found if isinstance(item, RawArticle)]
    for item in found:
        if isinstance(item, Refusal):
            raise click.ClickException(str(item))
        if isinstance(item, SummaryFile):
            raise click.ClickException(f"{item.path} is a summary already; attache check reads it")
    if len(articles) != 1:
        raise click.ClickException(f"{given}: holds {len(articles)} articles; give one")
    return articles[0]


def _asked(article: RawArticle, found: DraftSummary) -> date:
    """Return the day that whoever sits at the terminal gives."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.ClickException(
            f"{article.name}: {found.undated}; give the day with --published YYYY-MM-DD"
        )
    click.echo(f"{article.name}: {found.undated}.", err=True)
    return click.prompt("Published on", value_proc=_day, prompt_suffix=" (YYYY-MM-DD): ", err=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise click.BadParameter("expected a day such as 2022-01-10") from error


_KINDS = (
    ("person", "people"),
    ("event", "events"),
    ("quote", "quotes"),
    ("figure", "figures"),
)


def _counted(found: DraftSummary, text: str) -> str:
    """Return how much of what was found is in the `text` that was written."""
    written = split_front_matter(text).fields
    parts, cut, to_review = list[str](), list[str](), 0
    for items, (one, many) in zip(
        (found.people, found.events, found.quotes, found.figures), _KINDS, strict=True
    ):
        entries = written.get(many) or ()
        count = len(entries)
        to_review += sum("review" in entry for entry in entries if isinstance(entry, dict))
        parts.append(f"{count} {one if count == 1 else many}")
        if count < len(items):
            cut.append(f"{count} of {len(items)} {many}")
    left = f" Cut: written are {', '.join(cut)} that were found." if cut else ""
    return f"{', '.join(parts)}; {to_review} marked for review.{left}"
