"""Reading summary files, against YAML alone reading the front matter of the same files."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import yaml

from benchmarks.speed.corpus import Corpus, write_summaries
from benchmarks.speed.measuring import interleaved, milliseconds
from benchmarks.speed.table import Row, at_least
from store.ingest.summaries import read_summaries

_FILES = 2_000


def measure(*, big: bool) -> Iterable[Row]:  # noqa: ARG001 (each file is read by itself)
    """Measure with the files in the page cache, and every value made anew."""
    with TemporaryDirectory() as folder:
        write_summaries(Corpus(_FILES).summaries(), Path(folder))
        files = sorted(Path(folder).iterdir())
        click.echo(f"{len(files):,} files", err=True)
        timed = interleaved(lambda: _ours(Path(folder), len(files)), lambda: _floor(files))
    yield Row(
        what="reading summary files",
        ratios=timed.speeds,
        floor="bare CSafeLoader on the same front matter",
        ours=milliseconds(timed.ours),
        theirs=milliseconds(timed.floor),
        goal=at_least(0.6),
    )


def _ours(folder: Path, files: int) -> None:
    reading = read_summaries([folder]).whole()
    if len(reading.summaries) != files:
        raise RuntimeError("files were lost")


def _floor(files: Iterable[Path]) -> None:
    for file in files:
        _, head, _ = file.read_text(encoding="utf-8").split("---\n", 2)
        yaml.load(head, Loader=yaml.CSafeLoader)
